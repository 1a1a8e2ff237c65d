import assert from "node:assert/strict";
import { test } from "node:test";
import "../../assets/paging.js";

const { wayOf } = globalThis.lianxin.paging;

test("arrows lead through pages, but not under somebody's hands", () => {
  assert.deepEqual(["ArrowRight", "ArrowLeft", "n"].map((key) => wayOf({ key }, false)),
    ["next", "first", null]);
  assert.equal(wayOf({ key: "ArrowRight" }, true), null);
  assert.equal(wayOf({ key: "ArrowLeft", altKey: true }, false), null, "the browser's own way back");
});
