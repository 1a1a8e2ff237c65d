import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/incident_course.js";

const { tickStep, placed, stepLine } = globalThis.lianxin.incidentCourse;
const course = {
  days: ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"], counts: [2, 30, 12, 0],
  usual: [2, 2, 3, 3], bounds: [5, 5, 12, 12], opened: 1, back: 2,
  marks: ["2026-03-02", "2026-03-03", "2026-03-03", "2026-05-01"],
};

test("an axis has at most four steps of 1, 2 or 5", () => {
  assert.deepEqual([1, 4, 5, 8, 9, 20, 21, 400].map(tickStep), [1, 1, 2, 2, 5, 5, 10, 100]);
});

test("a day above its bound stands out, one at the bound does not", () => {
  const { bars } = placed(course, 436);
  assert.deepEqual(bars.map((one) => one.above), [false, true, false, false]);
});

test("an unknown day is neither at the baseline's foot nor above it", () => {
  const at = placed({ ...course, counts: [2, null, null, null] }, 436);
  assert.deepEqual(at.bars.map((one) => [one.count, one.above]),
    [[2, false], [null, false], [null, false], [null, false]]);
  assert.deepEqual(at.ticks, [0, 5, 10, 15]);
});

test("bars grow from the floor and fit under the top", () => {
  const at = placed(course, 436);
  assert.equal(at.wide, 100);
  assert.equal(at.y(0), at.floor);
  assert.ok(at.y(30) < at.y(12) && at.y(30) >= 26);
  assert.deepEqual(at.ticks, [0, 10, 20, 30]);
});

test("measures stand at their day by number, those outside of it nowhere", () => {
  assert.deepEqual(placed(course, 436).marks, [{ place: 1, text: "1" }, { place: 2, text: "2 3" }]);
});

test("the days back at the baseline are the last ones, or none", () => {
  assert.equal(placed(course, 436).back, 2);
  assert.equal(placed({ ...course, back: 0 }, 436).back, null);
});

test("labels keep their distance, and the last day has one", () => {
  assert.deepEqual(placed(course, 436).labels, [0, 1, 2, 3]);
  assert.deepEqual(placed(course, 156).labels, [0, 3]);
});

test("a line goes in steps", () => {
  assert.equal(stepLine([1, 2], { x: (i) => i * 10, y: (v) => v }), "M0.0 1.0H10.0L10.0 2.0H20.0");
});

test("no day at all is no division by nothing", () => {
  const at = placed({ ...course, days: [], counts: [], usual: [], bounds: [], marks: [], back: 0 }, 436);
  assert.deepEqual([at.bars, at.labels, at.back], [[], [], null]);
});
