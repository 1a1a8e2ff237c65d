import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/choice.js";

const { choiceOf } = globalThis.lianxin.choice;

test("a switch is off until somebody turns it, and the choice is kept", () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  const choice = choiceOf(storage, "sound");
  assert.equal(choice.on(), false);
  assert.equal(choice.turn(), true);
  assert.equal(choiceOf(storage, "sound").on(), true);
  assert.equal(choiceOf(storage, "another").on(), false);
  assert.equal(choice.turn(), false);
  assert.equal(choiceOf(storage, "sound").on(), false);
});

test("a forbidden storage forgets, and nothing more", () => {
  const forbid = () => { throw new Error("forbidden"); };
  const choice = choiceOf({ getItem: forbid, setItem: forbid }, "sound");
  assert.equal(choice.on(), false);
  assert.equal(choice.turn(), true);
  assert.equal(choiceOf(null, "sound").turn(), true);
});
