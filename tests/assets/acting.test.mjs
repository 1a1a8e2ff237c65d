import assert from "node:assert/strict";
import test from "node:test";

await import("../../assets/acting.js");
const { saidBy, toldOf } = globalThis.lianxin.acting;

test("a field is a text, one where several may be chosen is a list", () => {
  const said = saidBy([
    { name: "reason", value: "三家都说不归自己", several: false },
    { name: "departments", value: "water", several: true },
    { name: "", value: "unnamed", several: false },
  ]);
  assert.deepEqual(said, { reason: "三家都说不归自己", departments: ["water"] });
});

test("boxes and a list of one name are added up", () => {
  const said = saidBy([
    { name: "departments", value: "roads", several: true },
    { name: "departments", value: "water", several: true },
    { name: "departments", value: "telecom", several: true },
  ]);
  assert.deepEqual(said.departments, ["roads", "water", "telecom"]);
});

test("what is told is the answer's own, else that it is refused or away", () => {
  const page = { refused: "not yours", away: "away" };
  assert.equal(toldOf({ status: 409, told: "say why" }, page), "say why");
  assert.equal(toldOf({ status: 403 }, page), "not yours");
  assert.equal(toldOf({ status: 404 }, page), "not yours");
  assert.equal(toldOf({ status: 0 }, page), "away");
});

test("every act has a name of its own, of hexadecimal digits", () => {
  const { newKey } = globalThis.lianxin.acting;
  const counted = { getRandomValues: (bytes) => bytes.map((_, place) => place) };
  assert.equal(newKey(counted), "000102030405060708090a0b0c0d0e0f");
  assert.notEqual(newKey(), newKey());
});
