import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/paired.js";

const { follow, move, shutOut, spaced } = globalThis.lianxin.paired;
const told = (changes) => ({ state: "paired", address: "/wall", reload_at: null, ...changes });
const kept = { address: "/wall", reload_at: null };

test("a wall that was let in goes to what it shows", () => {
  assert.deepEqual(follow(null, told()), { kept, go: "/wall" });
});

test("nothing new moves nothing", () => {
  assert.equal(follow(kept, told()).go, null);
});

test("another scope or other scenes are gone to", () => {
  assert.equal(follow(kept, told({ address: "/wall?rotate=map:20" })).go, "/wall?rotate=map:20");
});

test("told to reload it reloads, once", () => {
  const step = follow(kept, told({ reload_at: "2026-11-24T02:00:00+00:00" }));
  assert.equal(step.go, "/wall");
  assert.equal(follow(step.kept, told({ reload_at: "2026-11-24T02:00:00+00:00" })).go, null);
});

test("a wall that was shut out, or is no longer known, shows a code again", () => {
  for (const state of ["revoked", "pairing"])
    assert.deepEqual(follow(kept, { state }), { kept: null, go: "/pair" });
});

test("a code is written in two halves", () => {
  assert.equal(spaced("ABC234"), "ABC 234");
});

test("a page that is left for another is left once", () => {
  const gone = [];
  const held = new Map();
  const place = { pathname: "/wall", search: "", assign: (to) => gone.push(to), reload: () => gone.push("again") };
  const store = { getItem: (name) => held.get(name) ?? null, removeItem: (name) => held.delete(name),
    setItem: (name, value) => held.set(name, value) };
  for (const [name, value] of Object.entries({ location: place, localStorage: store }))
    Object.defineProperty(globalThis, name, { value, configurable: true });
  assert.equal(shutOut(), false, "this is no wall");
  move({ kept, go: null });
  assert.deepEqual(gone, []);
  move(follow(kept, { state: "revoked" }));
  assert.equal(shutOut(), true, "nobody else sends it to another page");
  move(follow(null, told()));
  assert.deepEqual([gone, held.size], [["/pair"], 0]);
});
