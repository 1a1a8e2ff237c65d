import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/graticule.js";

const { lines, said } = globalThis.lianxin.graticule;

test("a city gets a handful of round degrees, a region too", () => {
  assert.deepEqual(lines(42.23, 42.4), [42.25, 42.3, 42.35, 42.4]);
  assert.deepEqual(lines(-71.19, -70.91), [-71.15, -71.1, -71.05, -71, -70.95]);
  assert.ok(lines(20, 50).length <= 7);
});

test("degrees name their half of the earth", () => {
  assert.equal(said(-71.05, "E", "W"), "71.05°W");
  assert.equal(said(42.3, "N", "S"), "42.3°N");
});
