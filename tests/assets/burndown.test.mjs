import assert from "node:assert/strict";
import test from "node:test";

import "../../assets/numbers.js";
import "../../assets/performance.js";
import "../../assets/burndown.js";

const { scaleOf, pathsOf, endsOf } = globalThis.lianxin.burndown;

const chart = { actual: [10, 9, null, null], wanted: [10, 8, 6, 4], share: false };

test("counts are drawn from nothing to the highest", () => {
  assert.deepEqual(scaleOf(chart), { low: 0, high: 10 });
  assert.deepEqual(scaleOf({ ...chart, share: true }), { low: 0, high: 1 });
  assert.equal(scaleOf({ actual: [], wanted: [0, 0], share: false }).high, 1);
});

test("the line of the target goes over the whole period, what is ends today", () => {
  const paths = Object.fromEntries(pathsOf(chart));
  assert.match(paths["trace-target"], /^M0\.0 .*L100\.0 /);
  assert.match(paths["trace-line"], /L33\.3 /);
  assert.doesNotMatch(paths["trace-line"], /66\.7/);
  assert.match(paths["trace-end"], /^M33\.3 .*h0$/);
});

test("the ends of the scale are told", () => {
  assert.deepEqual(endsOf({ ...chart, share: true }), ["100%", "0%"]);
  assert.equal(endsOf(chart)[1], "0");
});
