import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/numbers.js";

const { count, percent, ratio, put, roll, onRange } = globalThis.lianxin.numbers;

test("what is not known is a dash, never a nought", () => {
  assert.equal(count(null), "–");
  assert.equal(percent(undefined), "–");
  assert.equal(count(0), "0");
  assert.equal(percent(0), "0.0");
});

test("numbers are grouped, rates have one decimal, ratios one below ten", () => {
  assert.equal(count(65153), "65,153");
  assert.equal(percent(0.9412), "94.1");
  assert.equal(ratio(7.24), "7.2");
  assert.equal(ratio(23.4), "23");
});

test("text is written only where it changed", () => {
  let writes = 0;
  const node = { get textContent() { return "12"; }, set textContent(text) { writes += 1; } };
  assert.equal(put(node, "12"), false);
  assert.equal(put(node, "13"), true);
  assert.equal(writes, 1);
  assert.equal(put(null, "13"), false);
});

test("a new number stands at once and rolls only where motion is welcome", () => {
  let rolled = 0;
  const node = { textContent: "12", animate() { rolled += 1; } };
  roll(node, "13", false);
  assert.deepEqual([node.textContent, rolled], ["13", 1]);
  roll(node, "14", true);
  assert.deepEqual([node.textContent, rolled], ["14", 1]);
});

test("a count above its usual range stands right of the band, never off the bar", () => {
  const usual = { low: 100, high: 200 };
  const at = onRange(150, usual);
  assert.ok(at.from < at.at && at.at < at.to);
  assert.ok(onRange(220, usual).at > at.to);
  assert.equal(onRange(9999, usual).at, 1);
  assert.equal(onRange(0, { low: 0, high: 0 }).at >= 0, true);
});
