import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/numbers.js";
import "../../assets/performance.js";
import "../../assets/figure_charts.js";

const { scaleOf, marksPath, pathsOf, endsOf } = globalThis.lianxin.figureCharts;
const share = (points, target = null, corrected = []) => ({ unit: "share", points, target, corrected });
const looks = (chart) => pathsOf(chart).map(([look]) => look);

test("a share is drawn up to one, its target in sight", () => {
  assert.deepEqual(scaleOf(share([0.93, 0.95], 0.62)), { low: 0.6000000000000001, high: 1 });
});

test("a rate that should be rare is drawn from nothing", () => {
  const scale = scaleOf(share([0.02, 0.04], 0.05));
  assert.equal(scale.low, 0);
  assert.ok(scale.high > 0.05 && scale.high < 0.06);
});

test("counts and times begin at nothing, and none of them stands in an empty box", () => {
  assert.deepEqual(scaleOf({ unit: "tickets", points: [3, 9], target: null }), { low: 0, high: 9 });
  assert.deepEqual(scaleOf({ unit: "minutes", points: [null], target: null }), { low: 0, high: 1 });
});

test("a share is a line against its target, a count bars of which today stands out", () => {
  assert.deepEqual(looks(share([0.9, 0.8], 0.95)), ["trace-target", "trace-line", "trace-end"]);
  const bars = { unit: "tickets", points: [1, 2, 3], target: null, corrected: [] };
  assert.deepEqual(looks(bars), ["trace-before", "trace-today"]);
  const [before, today] = pathsOf(bars).map(([, path]) => path);
  assert.equal(before.match(/M/g).length, 2);
  assert.equal(today.match(/M/g).length, 1);
});

test("a day that has changed since has a mark under it", () => {
  assert.deepEqual(looks(share([0.9, 0.8], null, [1])), ["trace-line", "trace-end", "trace-corrected"]);
  assert.equal(marksPath([0, 3], 4), "M12.5 100h0M87.5 100h0");
});

test("the ends of a scale are said in its unit", () => {
  assert.deepEqual(endsOf(share([0.5, 0.9])), ["100%", "50%"]);
  assert.deepEqual(endsOf({ unit: "tickets", points: [1234], target: null }), ["1,234", "0"]);
  const words = { departments_hours: "{n} 小时", departments_length_days: "{n} 天" };
  assert.deepEqual(endsOf({ unit: "minutes", points: [600], target: null }, words), ["10 小时", "0"]);
  assert.deepEqual(endsOf({ unit: "minutes", points: [5760], target: null }, words), ["4 天", "0"]);
});
