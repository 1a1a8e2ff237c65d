import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";

createRequire(import.meta.url)("../../assets/reports.js");
const { outcome } = globalThis.lianxin.reports;

test("what became of a report is told by its answer", () => {
  assert.equal(outcome(201), "done");
  assert.equal(outcome(400), "notOver");
  assert.deepEqual([0, 403, 429, 500, 503].map(outcome), Array(5).fill("failed"));
});
