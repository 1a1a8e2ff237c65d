import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/evidence_chart.js";

const { tickStep, labelled, stepLine, stepBand, running, ceiling, column } = globalThis.lianxin.evidenceChart;
const same = (value) => value;

test("an axis has few round steps and never less than one", () => {
  assert.equal(tickStep(3, 4), 1);
  assert.equal(tickStep(9, 4), 5);
  assert.equal(tickStep(48, 4), 20);
  assert.equal(tickStep(0.2, 4), 1);
});

test("hours are labelled on the clock's own round hours", () => {
  const locals = Array.from({ length: 60 }, (_, i) => ({ hour: (i + 5) % 24, day: Math.floor((i + 5) / 24) }));
  const found = labelled(locals, true, 6);
  assert.ok(found.length <= 6 && found.length >= 3);
  assert.deepEqual([...new Set(found.map((i) => locals[i].hour % 12))], [0]);
});

test("days are labelled back from the last", () => {
  const locals = Array.from({ length: 60 }, (_, i) => ({ hour: 0, day: i }));
  const found = labelled(locals, false, 10);
  assert.equal(found.at(-1), 59);
  assert.equal(59 - found.at(-2), 7);
});

test("a line goes in steps and a band comes back", () => {
  assert.equal(stepLine([1, 2], same, same), "M0.0 1.0H1.0L1.0 2.0H2.0");
  assert.equal(stepBand([0, 0], [1, 2], same, same),
    "M0.0 1.0H1.0L1.0 2.0H2.0L2.0 0.0H1.0L1.0 0.0H0.0z");
});

test("totals run", () => assert.deepEqual(running([1, 0, 3]), [1, 1, 4]));

test("a time lies within its column, and never outside the chart", () => {
  assert.equal(column(150, [100, 200, 300], 100), 0.5);
  assert.equal(column(50, [100, 200], 100), 0);
  assert.equal(column(900, [100, 200], 100), 2);
});

test("a wide band does not press the observed flat", () => {
  assert.equal(ceiling({ observed: [8, 2], expected: [1, 1], high: [80, 80] }), 10);
  assert.equal(ceiling({ observed: [8, 2], expected: [1, 1], high: [9, 3] }), 9);
  assert.equal(ceiling({ observed: [0, 1], expected: null, high: null }), 4);
});
