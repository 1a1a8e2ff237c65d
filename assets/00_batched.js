/*
 * A page drawn wakes its components once, not once for each component on it.
 *
 * Dash's renderer (4.4) tells its store of every component it has drawn anew, and each word to
 * the store wakes every component there is: a page of n costs n², 30 s for 2,400. These words
 * change nothing that is shown, so whoever listens is woken when all of them have been said.
 */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * Let a store's listeners wait for the end of a run of quiet actions.
   * @param {{dispatch: function, subscribe: function}} store
   * @param {function(object): boolean} isQuiet whether an action's listeners may be woken later
   * @param {function(function)} later runs a function after what runs now
   */
  function batch(store, isQuiet, later) {
    const { dispatch, subscribe } = store;
    const listeners = new Set();
    let quiet = false;
    let waiting = false;
    function wake() {
      waiting = false;
      for (const listener of [...listeners]) listener();
    }
    store.dispatch = (action) => {
      const before = quiet;
      quiet = isQuiet(action);
      try {
        return dispatch(action);
      } finally {
        quiet = before;
      }
    };
    store.subscribe = (listener) => {
      const own = () => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    };
    subscribe(() => {
      if (!quiet) wake();
      else if (!waiting) {
        waiting = true;
        later(() => waiting && wake());
      }
    });
  }

  const isQuiet = (action) => action.type === "RESET_COMPONENT_STATE";

  /** Batch every store that Dash makes; it lists them in `window.dash_stores`. */
  function batchStoresOf(page) {
    const stores = (page.dash_stores = page.dash_stores || []);
    stores.push = (...made) => {
      for (const store of made) batch(store, isQuiet, root.queueMicrotask);
      return Array.prototype.push.apply(stores, made);
    };
  }

  if (root.document) batchStoresOf(root);
  lianxin.batched = { batch, isQuiet, batchStoresOf };
})(globalThis);
