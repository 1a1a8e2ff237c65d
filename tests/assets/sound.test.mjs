import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/sound.js";

const { notesOf, choiceOf } = globalThis.lianxin.sound;

test("the more severe, the more notes, and what is unknown sounds like the least", () => {
  assert.ok(notesOf("critical").length > notesOf("high").length);
  assert.deepEqual(notesOf("odd"), notesOf("medium"));
  assert.ok(notesOf("critical").every((note, place, all) => place === 0 || note.at_s > all[place - 1].at_s));
});

test("sound is off until somebody wants it, and the choice is kept", () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  const choice = choiceOf(storage);
  assert.equal(choice.on(), false);
  assert.equal(choice.turn(), true);
  assert.equal(choiceOf(storage).on(), true);
  assert.equal(choice.turn(), false);
  assert.equal(choiceOf(storage).on(), false);
});

test("a forbidden storage forgets, and nothing more", () => {
  const forbid = () => { throw new Error("forbidden"); };
  const choice = choiceOf({ getItem: forbid, setItem: forbid });
  assert.equal(choice.on(), false);
  assert.equal(choice.turn(), true);
  assert.equal(choiceOf(null).turn(), true);
});
