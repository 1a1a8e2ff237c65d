/* Visitor mode: the server gives this wall what anyone may see, until somebody says otherwise. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const KEY = "lianxin.visitors";

  /** @returns {boolean} whether a cluster on this wall leads to its evidence */
  const opens = (wall) => !wall.dataset.visitors;

  /** @returns {string} where this wall's pictures come from */
  const addressOf = (scope, on) =>
    `/api/v1/live/${encodeURIComponent(scope)}${on ? "?for=visitors" : ""}`;

  /**
   * @param {HTMLElement} wall
   * @param {Object|null} storage remembers for as long as this tab lives
   * @param {function(): void} changed takes off what stands, and asks for other pictures
   */
  function visitorsOf(wall, storage, changed) {
    const choice = lianxin.choice.choiceOf(storage, KEY);
    const button = wall.querySelector(".visitors");
    const mark = wall.querySelector(".visitor-mark");

    function tell() {
      button.setAttribute("aria-pressed", String(choice.on()));
      mark.hidden = !choice.on();
      wall.dataset.visitors = choice.on() ? "waiting" : "";
    }

    tell();
    return {
      /** @param {string} scope @returns {string} */
      address: (scope) => addressOf(scope, choice.on()),
      /** A picture of the kind that was asked for has come. */
      arrived() {
        if (wall.dataset.visitors === "waiting") wall.dataset.visitors = "on";
      },
      toggle() {
        choice.turn();
        tell();
        changed();
      },
    };
  }

  lianxin.visitors = { opens, addressOf, visitorsOf };
})(globalThis);
