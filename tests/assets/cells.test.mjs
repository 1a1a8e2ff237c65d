import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/cells.js";
import "../../assets/map.js";

const { unitOf, steady, legendSteps, change } = globalThis.lianxin.cells;
const { boxOf, standing } = globalThis.lianxin.map;
const cell = (id, open, overdue = 0) => [id, 37, 120, open, overdue, 0, 7];

test("area is the count: four times the tickets, twice the radius", () => {
  const unit = unitOf([cell("a", 40)], { x: 800, y: 600 });
  assert.equal((unit * Math.sqrt(40)) / (unit * Math.sqrt(10)), 2);
});

test("one huge cell does not cover the map", () => {
  const unit = unitOf([cell("a", 100000)], { x: 800, y: 600 });
  assert.ok(unit * Math.sqrt(100000) <= 0.07 * 600 + 1e-9);
});

test("an empty map has a unit all the same", () => {
  assert.ok(Number.isFinite(unitOf([], { x: 800, y: 600 })));
});

test("circles keep their scale until it is far off", () => {
  assert.equal(steady(null, 2), 2);
  assert.equal(steady(2, 2.2), 2);
  assert.equal(steady(2, 4), 4);
});

test("only what changed is drawn again, only what grew pulses", () => {
  const drawn = new Map([["a", cell("a", 9)], ["b", cell("b", 9)], ["c", cell("c", 9)]]);
  const made = change(drawn, [cell("a", 9), cell("b", 8), cell("d", 5)]);
  assert.deepEqual(made.gone, ["c"]);
  assert.deepEqual(made.put.map((one) => one[0]), ["b", "d"]);
  assert.deepEqual(made.grown, ["d"]);
  assert.deepEqual(change(drawn, [cell("a", 10)]).grown, ["a"]);
});

test("the legend shows round numbers within what is on the map", () => {
  assert.deepEqual(legendSteps(347), [200, 50, 10]);
  assert.deepEqual(legendSteps(1), [1]);
});

test("a city without outlines is as large as its points, but for the odd stray", () => {
  const cells = Array.from({ length: 300 }, (_, i) => ["x", 42 + i / 3000, -71 + i / 3000, 1]);
  cells.push(["stray", 0, 0, 1]);
  const [south, west, north, east] = boxOf(cells);
  assert.ok(south > 41.9 && north < 42.2 && west > -71.1 && east < -70.8);
  assert.equal(boxOf([]), null);
});

test("of two names that touch, the first stands", () => {
  const box = (left, top) => ({ left, top, right: left + 10, bottom: top + 10 });
  assert.deepEqual(standing([box(0, 0), box(5, 5), box(12, 12)]), [true, false, true]);
});
