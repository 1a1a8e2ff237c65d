import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/chart.js";

const { between, columns, keySide, latest } = globalThis.lianxin.chart;
const hours = Array.from({ length: 25 }, (_, i) => i);
const flat = (n) => hours.map(() => n);

test("the band is read between its hour marks", () => {
  assert.equal(between([0, 1, 2], [0, 10, 30], 1.5), 20);
  assert.equal(between([0, 1], [4, 8], 0), 4);
});

test("an hour without a baseline has no band", () => {
  assert.equal(between([0, 1], [null, 8], 0.5), null);
  assert.equal(between([], [], 0.5), null);
});

test("a point above the band is drawn apart, a point within is not", () => {
  const data = columns({ step_s: 300, trailing: [5, 25],
    band: { hours, low: flat(2), mid: flat(6), high: flat(10) } });
  assert.equal(data[0].length, 289);
  assert.deepEqual(data[4].slice(0, 4), [null, 5, 25, null]);
  assert.deepEqual(data[5].slice(0, 4), [null, null, 25, null]);
  assert.deepEqual(latest(data), { x: 2 / 12, y: 25 });
});

test("without a band nothing is above", () => {
  const data = columns({ step_s: 300, trailing: [500], band: null });
  assert.equal(data[4][1], 500);
  assert.equal(data[5][1], null);
});

test("a day that just began has no latest point", () => {
  assert.equal(latest(columns({ step_s: 300, trailing: [], band: null })), null);
});

test("the key stands in the half of the day that now is not in", () => {
  assert.deepEqual([0, 6.4, 11.9, 12, 23].map(keySide), ["right", "right", "right", "left", "left"]);
});
