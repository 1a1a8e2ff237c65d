import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/growth.js";

const { bars } = globalThis.lianxin.growth;

test("an hour without a caller has no bar, the highest fills the box", () => {
  const path = bars([0, 5, 10], 0, 3, 10);
  assert.equal(path.match(/M/g).length, 2);
  assert.match(path, /^M1\.12 100v-50\.0h0\.76V100z/);
  assert.match(path, /v-100\.0h/);
});

test("only the asked hours are drawn, and a single caller is seen", () => {
  assert.equal(bars([3, 3, 3], 1, 2, 3).match(/M/g).length, 1);
  assert.match(bars([1], 0, 1, 500), /v-4\.0h/);
  assert.equal(bars([], 0, 24, 0), "");
});
