import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/visitors.js";

const { addressOf, choiceOf, opens } = globalThis.lianxin.visitors;

function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test("visitors get a stream of their own", () => {
  assert.equal(addressOf("city", false), "/api/v1/live/city");
  assert.equal(addressOf("department-市", true), "/api/v1/live/department-%E5%B8%82?for=visitors");
});

test("the choice outlives the page, not the tab", () => {
  const tab = storage();
  const choice = choiceOf(tab);
  assert.equal(choice.on(), false);
  assert.equal(choice.turn(), true);
  assert.equal(choiceOf(tab).on(), true);
  assert.equal(choiceOf(storage()).on(), false);
  assert.equal(choice.turn(), false);
  assert.equal(choiceOf(tab).on(), false);
});

test("a storage that is forbidden leaves the choice to the page", () => {
  const forbidden = { getItem() { throw new Error(); }, setItem() { throw new Error(); } };
  const choice = choiceOf(forbidden);
  assert.equal(choice.turn(), true);
  assert.equal(choice.on(), true);
});

test("before visitors no cluster leads to its evidence", () => {
  assert.equal(opens({ dataset: { visitors: "" } }), true);
  for (const visitors of ["waiting", "on"]) assert.equal(opens({ dataset: { visitors } }), false);
});
