import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";

createRequire(import.meta.url)("../../assets/snapshot.js");
const { momentIn, ratioOf, fileName, titleOf } = globalThis.lianxin.snapshot;

test("a moment is told in the city's zone", () => {
  const at = new Date("2026-11-24T02:00:05Z");
  assert.equal(momentIn(at, "Asia/Shanghai"), "2026-11-24 10:00:05");
  assert.equal(momentIn(at, "America/New_York"), "2026-11-23 21:00:05");
});

test("a long page gets fewer dots, so that its canvas is not left empty", () => {
  assert.equal(ratioOf(1920, 1080), 2);
  assert.ok(ratioOf(1200, 20_000) * 20_000 <= 16_000);
});

test("a file is named after its page and moment, whatever the address holds", () => {
  assert.equal(fileName("/departments/water", "2026-11-24 10:00:05"),
    "lianxin-departments-water-20261124-100005.png");
  assert.equal(fileName("/departments/%2F..%2Fx", "2026-11-24 10:00:05"),
    "lianxin-departments-_2F_2Fx-20261124-100005.png");
  assert.equal(fileName("/", "2026-11-24 10:00:05"), "lianxin-start-20261124-100005.png");
});

test("a head's parts stand apart in the picture's title", () => {
  assert.equal(titleOf([{ textContent: "Water cut off " }, { textContent: "" }, { textContent: "Growing" }]),
    "Water cut off Growing");
});
