import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/numbers.js";
import "../../assets/rows.js";
import "../../assets/clusters.js";

const { kinds, splitCategories, timesUsual, recentRows, nameOf, weightOf } = globalThis.lianxin.rows;
const row = (code, level, opened_today = 1) => ({ code, level, opened_today });

test("unusual categories come first, the most of today fill the room that is left", () => {
  const rows = [row("y", "far_above"), row("c", "above"), row("a", "usual", 5), row("b", "usual", 9)];
  const split = splitCategories(rows, 6, 2);
  assert.deepEqual(split.unusual.map((one) => one.code), ["y", "c"]);
  assert.deepEqual(split.most.map((one) => one.code), ["b", "a"]);
});

test("a bad day shows as many unusual ones as fit, and nothing else", () => {
  const rows = Array.from({ length: 9 }, (_, i) => row(`u${i}`, "above"));
  const split = splitCategories(rows, 6, 2);
  assert.equal(split.unusual.length, 3);
  assert.equal(split.most.length, 0);
});

test("a category that was never usual has no ratio, but words", () => {
  const words = { times_usual: "{n}x", no_usual: "rare" };
  assert.equal(timesUsual({ ratio: null }, words), "rare");
  assert.equal(timesUsual({ ratio: 7.21 }, words), "7.2x");
});

test("what is usual bears out how many times it is exceeded, a fraction of a ticket too", () => {
  const words = { against: "{observed}, usual {expected}", times_usual: "{n}x", above: "above" };
  const cell = () => ({ textContent: "", style: { getPropertyValue: () => "", setProperty() {} } });
  const said = (expected) => {
    const node = { ...cell(), children: Array.from({ length: 7 }, cell), getAttribute: () => "", setAttribute() {} };
    kinds({ words, language: "zh" }).unusual.write(node, { code: "x", level: "above", observed: 34, expected,
      ratio: 34 / expected, high: 3 });
    return [node.children[2].textContent, node.children[4].textContent];
  };
  assert.deepEqual(said(0.5), ["68x", "34, usual 0.5"]);
  assert.deepEqual(said(12.4), ["2.7x", "34, usual 12"]);
});

test("two tickets of the same moment and kind are two rows", () => {
  const one = { at: "2026-11-24T03:00:00Z", category_zh: "停水", district_zh: "龙口市" };
  const rows = recentRows([one, { ...one }], { 停水: "water_cut" }, Date.parse("2026-11-24T03:02:05Z"));
  assert.equal(new Set(rows.map((each) => each.key)).size, 2);
  assert.equal(rows[0].code, "water_cut");
  assert.equal(rows[0].age_s, 125);
});

test("a ticket from the future is of now", () => {
  const rows = recentRows([{ at: "2026-11-24T03:00:09Z" }], {}, Date.parse("2026-11-24T03:00:00Z"));
  assert.equal(rows[0].age_s, 0);
});

test("a name without English falls back to Chinese, and that to the code", () => {
  assert.equal(nameOf({ code: "x", name_zh: "停水", name_en: "Water cut" }, "en"), "Water cut");
  assert.equal(nameOf({ code: "x", name_zh: "停水" }, "en"), "停水");
  assert.equal(nameOf({ code: "x" }, "zh"), "x");
});

test("colour of the abnormal starts at fifteen in a hundred overdue", () => {
  assert.equal(weightOf(100, 14), "plain");
  assert.equal(weightOf(100, 15), "heavy");
  assert.equal(weightOf(0, 0), "plain");
});
