import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/numbers.js";
import "../../assets/clusters.js";
import "../../assets/placing.js";
import "../../assets/cluster_marks.js";
import "../../assets/cluster_map.js";

const { unitOf, drawable, saidBy, countable, grownSince } = globalThis.lianxin.clusterMap;
const { pixelsOf } = globalThis.lianxin.clusterMarks;
const row = (id, callers, more) => ({ id, callers, latitude: 37, longitude: 121, bulk: false, severity: "high",
  expected: 1, name_zh: "停水", district_zh: "龙口市", phase: "steady", ...more });

test("a circle's area follows its callers, and the largest stays small enough", () => {
  const size = { x: 1600, y: 1000 };
  const few = unitOf([row("a", 5)], size) * Math.sqrt(5);
  assert.ok(few > 15 && few < 30);
  assert.ok(Math.abs(unitOf([row("a", 5), row("b", 900)], size) * Math.sqrt(900) - 60) < 1e-9);
});

test("a place that may not be shown is not drawn", () => {
  assert.deepEqual(drawable([row("a", 4, { latitude: null })]), []);
});

test("labels choose by severity, then by size, bulk entry last", () => {
  const rows = [row("small", 6), row("bulk", 99, { bulk: true }), row("large", 60), row("plain", 80, { severity: null }),
    row("worst", 7, { severity: "critical" })];
  assert.deepEqual(drawable(rows).map((one) => one.id), ["worst", "large", "small", "plain", "bulk"]);
});

test("a label says matter, severity and figures, never by colour alone", () => {
  const words = { callers_expected: "{callers} 起，预期 {expected}", severity_high: "紧急", bulk: "批量录入" };
  const said = saidBy(row("a", 6), { words, language: "zh" });
  assert.deepEqual(said, { severity: "high", title: "龙口市\u00a0· 停水", about: "紧急 · 6 起，预期 1.0" });
  assert.equal(saidBy(row("a", 6, { bulk: true }), { words, language: "zh" }).severity, "bulk");
});

test("of two numbers on one spot the first is written", () => {
  const box = { left: 0, right: 10, top: 0, bottom: 10 };
  assert.deepEqual(countable([{ count: box }, { count: { ...box, left: 5, right: 15 } }, { count: null }]),
    [true, false, false]);
});

test("what is new or has grown pulses, nothing on the first picture", () => {
  const before = new Map([["a", 5], ["b", 5]]);
  assert.deepEqual(grownSince(before, [row("a", 6), row("b", 5), row("c", 5)]), ["a", "c"]);
  assert.deepEqual(grownSince(null, [row("a", 6)]), []);
});

test("kilometres become pixels as the map has them", () => {
  assert.ok(Math.abs(pixelsOf(1, 0, 8) - 1.635) < 0.001);
  assert.ok(Math.abs(pixelsOf(1, 60, 9) / pixelsOf(1, 0, 8) - 4) < 1e-9);
});
