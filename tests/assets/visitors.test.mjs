import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/visitors.js";

const { addressOf, opens } = globalThis.lianxin.visitors;

test("visitors get a stream of their own", () => {
  assert.equal(addressOf("city", false), "/api/v1/live/city");
  assert.equal(addressOf("department-市", true), "/api/v1/live/department-%E5%B8%82?for=visitors");
});

test("before visitors no cluster leads to its evidence", () => {
  assert.equal(opens({ dataset: { visitors: "" } }), true);
  for (const visitors of ["waiting", "on"]) assert.equal(opens({ dataset: { visitors } }), false);
});
