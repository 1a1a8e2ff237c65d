/* Which panels can be seen: what the scene or the size hides is not written to. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * @param {Element} wall
   * @param {function(): void} again asks for another drawing, when the room changed
   */
  function showingOf(wall, again) {
    const panels = new Map();
    for (const node of wall.querySelectorAll(".panel, .numbers")) panels.set(node.dataset.panel, node);
    let seen = new Map();
    // Asking costs a layout, so an answer stands until the scene or the size changes.
    const forget = () => { seen = new Map(); };
    new ResizeObserver(() => { forget(); again(); }).observe(wall);
    return {
      forget,
      /** @param {string} name of a section @returns {boolean} whether a panel of it is seen */
      has(name) {
        if (!seen.has(name)) {
          seen.set(name, panels.has(name) && panels.get(name).getClientRects().length > 0);
        }
        return seen.get(name);
      },
    };
  }

  lianxin.showing = { showingOf };
})(globalThis);
