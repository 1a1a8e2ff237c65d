import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/narrowing.js";

const { fromQuery, toQuery, toggle, addressOf } = globalThis.lianxin.narrowing;

test("what is chosen survives the address, with any character", () => {
  const chosen = { category: "自来水 & 井盖/响动", district: "370681" };
  assert.deepEqual(fromQuery(toQuery("?lang=en", chosen)), chosen);
});

test("the rest of the query stays", () => {
  assert.equal(toQuery("?lang=en&measure=overdue", {}), "?lang=en");
  assert.equal(toQuery("", {}), "");
});

test("a measure nobody knows is not chosen", () => {
  assert.deepEqual(fromQuery("?measure=nonsense"), {});
});

test("pressing again lets go, pressing another changes", () => {
  const one = toggle({}, "category", "a");
  assert.deepEqual(one, { category: "a" });
  assert.deepEqual(toggle(one, "category", "b"), { category: "b" });
  assert.deepEqual(toggle(one, "category", "a"), {});
  assert.deepEqual(toggle(one, "district", "d"), { category: "a", district: "d" });
});

test("the server is asked by scope, percent-encoded", () => {
  assert.equal(addressOf("department-市水务局", { measure: "overdue" }),
    `/api/v1/cells/${encodeURIComponent("department-市水务局")}?measure=overdue`);
});
