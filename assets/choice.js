/* What a person switched on or off on this machine, kept for as long as a storage keeps it. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * A switch that is off until somebody turns it.
   * @param {{getItem: function, setItem: function}|null} storage
   * @param {string} key
   * @returns {{on: function(): boolean, turn: function(): boolean}}
   */
  function choiceOf(storage, key) {
    let on = false;
    try {
      on = Boolean(storage) && storage.getItem(key) === "on";
    } catch {
      on = false; // forbidden: the choice lasts as long as the page
    }
    return {
      on: () => on,
      turn() {
        on = !on;
        try {
          if (storage) storage.setItem(key, on ? "on" : "off");
        } catch {
          return on;
        }
        return on;
      },
    };
  }

  lianxin.choice = { choiceOf };
})(globalThis);
