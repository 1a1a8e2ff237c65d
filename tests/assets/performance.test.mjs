import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/performance.js";

const { scaleOf, yOf, linePath, endPath, barsPath, standingOf, sharedBy } = globalThis.lianxin.performance;
const ALL = { low: 0, high: 1 };

test("one scale holds every line, and begins at a whole tenth", () => {
  assert.deepEqual(scaleOf([[0.93, 0.71], [null, 0.88]]).low.toFixed(2), "0.70");
  assert.equal(scaleOf([[0.3]]).low.toFixed(2), "0.30");
});

test("a change of one percent does not look like a fall", () => {
  assert.equal(scaleOf([[0.99, 0.98]]).low, 0.8);
  assert.equal(scaleOf([[null], []]).low, 0.8);
});

test("what is good stands high", () => {
  assert.equal(yOf(1, ALL), 0);
  assert.equal(yOf(0.25, ALL), 75);
  assert.equal(yOf(0.5, { low: 0.8, high: 1 }), 100);
});

test("a line is broken where nothing is known, and a point alone is a dot", () => {
  assert.equal(linePath([1, null, 0.5, 0], ALL), "M0.0 0.0h0M66.7 50.0L100.0 100.0");
  assert.equal(linePath([null, null], ALL), "");
  assert.equal(linePath([0.5], ALL), "M0.0 50.0h0");
});

test("the dot stands at the newest known point", () => {
  assert.equal(endPath([0.2, 0.5, null], ALL), "M50.0 50.0h0");
  assert.equal(endPath([], ALL), "");
});

test("a day with one ticket is seen, a day with none is not", () => {
  assert.equal(barsPath([0, 0], 10), "");
  assert.match(barsPath([0, 1], 1000), /^M56\.0 100v-4\.0h38\.0V100z$/);
});

test("marked is only who is far below the target and has enough cases to be judged", () => {
  assert.equal(standingOf({ value: 0.5, n: 100 }, 0.9, 20), "below");
  assert.equal(standingOf({ value: 0.82, n: 100 }, 0.9, 20), "plain");
  assert.equal(standingOf({ value: 0.5, n: 19 }, 0.9, 20), "few");
  assert.equal(standingOf({ value: null, n: 0 }, 0.9, 20), "none");
  assert.equal(standingOf({ value: 0.5, n: 100 }, undefined, 20), "plain");
});

test("all rows share the busiest day and each rate its own scale", () => {
  const row = (week, on_time) => ({ week, trend: { on_time, solved: [1], satisfaction: [null] } });
  const shared = sharedBy([row([1, 2], [0.5]), row([9, 0], [0.9])]);
  assert.equal(shared.most, 9);
  assert.equal(shared.scales.on_time.low, 0.5);
  assert.equal(shared.scales.solved.low, 0.8);
});
