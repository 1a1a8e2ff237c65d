import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/incident_map.js";

const { project, boxOf, fitted, zoomed, pathOf, sizeOf, tell } = globalThis.lianxin.incidentMap;
const near = (a, b) => assert.ok(Math.abs(a - b) < 0.01, `${a} is not ${b}`);

test("the middle of the world is its middle, and north is up", () => {
  const [x, y] = project(0, 0);
  near(x, 500_000);
  near(y, 500_000);
  const [east, north] = project(37.5, 121);
  assert.ok(east > x && north < y);
  near(east, 836_111.11);
  const sine = Math.sin((37.5 * Math.PI) / 180); // the other way to write Mercator's formula
  near(north, 1_000_000 * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)));
});

test("a box holds its points, and one point still has streets around it", () => {
  const box = boxOf([[0, 0], [100, 50]]);
  assert.ok(box.x < 0 && box.x + box.w > 100 && box.y < 0 && box.y + box.h > 50);
  const one = boxOf([[7, 9]]);
  assert.deepEqual([one.w, one.h], [14, 14]);
  near(one.x + one.w / 2, 7);
  assert.equal(boxOf([]), null);
});

test("a frame of another shape shows more, never less, about the same middle", () => {
  const box = { x: 0, y: 0, w: 100, h: 100 };
  assert.deepEqual(fitted(box, 400, 200), { x: -50, y: 0, w: 200, h: 100 });
  assert.deepEqual(zoomed(box, 2), { x: 25, y: 25, w: 50, h: 50 });
  assert.deepEqual(zoomed(zoomed(box, 2), 1 / 2), box);
});

test("outlines become one path; what has none becomes none", () => {
  const ring = [[0, 0], [0, 1], [1, 1]];
  const layer = { features: [{ geometry: { type: "Polygon", coordinates: [ring] } },
    { geometry: { type: "MultiPolygon", coordinates: [[ring], [ring]] } },
    { geometry: { type: "Point", coordinates: [0, 0] } }] };
  assert.equal(pathOf(layer).split("M").length - 1, 3);
  assert.equal(pathOf(layer).split("z").length - 1, 3);
});

test("a circle's area is its count, up to a bound", () => {
  near(sizeOf(4) / sizeOf(1), 2);
  assert.equal(sizeOf(10_000), 26);
});

test("what is not on the map is said", () => {
  const words = { incident_map_told: "{n} at {places}", incident_map_none: "none",
    incident_map_unplaced: "{n} nowhere", incident_map_withheld: "{n} hidden" };
  const points = [[37, 121, 2, "a/1"], [37.1, 121, 3, "a/2"]];
  assert.equal(tell({ points, unplaced: 0, withheld: 0 }, words), "5 at 2");
  assert.equal(tell({ points: [], unplaced: 4, withheld: 1 }, words), "none · 4 nowhere · 1 hidden");
});
