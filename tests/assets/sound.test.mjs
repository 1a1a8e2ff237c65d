import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/sound.js";

const { notesOf } = globalThis.lianxin.sound;

test("the more severe, the more notes, and what is unknown sounds like the least", () => {
  assert.ok(notesOf("critical").length > notesOf("high").length);
  assert.deepEqual(notesOf("odd"), notesOf("medium"));
  assert.ok(notesOf("critical").every((note, place, all) => place === 0 || note.at_s > all[place - 1].at_s));
});
