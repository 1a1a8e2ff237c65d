import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/press.js";

const { wordsFor } = globalThis.lianxin.press;
const facts = { words: { overdue_now: "Overdue" }, names: { category: { w: "Yellow water" } } };

test("a chip says what was chosen in words, also when no row shows it", () => {
  assert.equal(wordsFor("measure", "overdue", facts), "Overdue");
  assert.equal(wordsFor("category", "w", facts), "Yellow water");
});

test("what grew from the tickets is called by its code", () => {
  assert.equal(wordsFor("district", "Dorchester", facts), "Dorchester");
});
