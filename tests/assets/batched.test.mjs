import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/00_batched.js";

const { batch, batchStoresOf } = globalThis.lianxin.batched;

/** A store as Redux makes them: every action wakes every listener. */
function storeOf() {
  let state = 0;
  const listeners = new Set();
  return {
    getState: () => state,
    dispatch(action) {
      state += action.add;
      for (const listener of listeners) listener();
      return action;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const quiet = (add) => ({ type: "RESET_COMPONENT_STATE", add });
const loud = (add) => ({ type: "ON_PROP_CHANGE", add });

function batched() {
  const store = storeOf();
  const waiting = [];
  batch(store, (action) => action.type === "RESET_COMPONENT_STATE", (run) => waiting.push(run));
  const seen = [];
  const leave = store.subscribe(() => seen.push(store.getState()));
  return { store, seen, leave, flush: () => waiting.splice(0).forEach((run) => run()) };
}

test("quiet actions count at once and wake their listeners together", () => {
  const { store, seen, flush } = batched();
  for (let n = 0; n < 1000; n += 1) assert.equal(store.dispatch(quiet(1)).add, 1);
  assert.equal(store.getState(), 1000);
  assert.deepEqual(seen, []);
  flush();
  assert.deepEqual(seen, [1000]);
});

test("any other action wakes them at once, and then nothing is left to wake for", () => {
  const { store, seen, flush } = batched();
  store.dispatch(quiet(1));
  store.dispatch(loud(1));
  assert.deepEqual(seen, [2]);
  flush();
  assert.deepEqual(seen, [2]);
  store.dispatch(quiet(1));
  flush();
  assert.deepEqual(seen, [2, 3]);
});

test("who has left is woken no more, and an action that fails leaves the next one loud", () => {
  const { store, seen, leave } = batched();
  assert.throws(() => store.dispatch({ type: "RESET_COMPONENT_STATE", get add() { throw new Error("no"); } }));
  store.dispatch(loud(1));
  assert.deepEqual(seen, [1]);
  leave();
  store.dispatch(loud(1));
  assert.deepEqual(seen, [1]);
});

test("the stores a page lists are batched from the moment they are listed", async () => {
  const page = {};
  batchStoresOf(page);
  const store = storeOf();
  page.dash_stores.push(store);
  assert.deepEqual([...page.dash_stores], [store]);
  let woken = 0;
  store.subscribe(() => { woken += 1; });
  for (let n = 0; n < 100; n += 1) store.dispatch(quiet(1));
  assert.equal(woken, 0);
  await null;
  assert.equal(woken, 1);
});
