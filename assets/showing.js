/* Which panels can be seen: what the scene or the size hides is not written to. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * @param {Element} wall
   * @param {function(): void} again asks for another drawing, when a panel came into sight
   */
  function showingOf(wall, again) {
    const panels = new Map();
    // Two panels may be of one section: then one has a name of its own.
    const nameOf = (node) => node.dataset.own || node.dataset.panel;
    for (const node of wall.querySelectorAll(".panel, .numbers")) panels.set(nameOf(node), node);
    const isSeen = (node) => node.getClientRects().length > 0;
    let seen = new Map();
    // Asking costs a layout, so an answer stands until the scene changes or a panel comes or goes.
    const forget = () => { seen = new Map(); };
    const observer = new ResizeObserver((sized) => {
      const changed = ({ target }) => {
        const name = nameOf(target);
        return seen.has(name) && seen.get(name) !== isSeen(target);
      };
      if (!sized.some(changed)) return;
      forget();
      again();
    });
    for (const node of panels.values()) observer.observe(node);
    return {
      forget,
      /** @param {string} name of a panel @returns {boolean} whether it is seen */
      has(name) {
        if (!seen.has(name)) seen.set(name, panels.has(name) && isSeen(panels.get(name)));
        return seen.get(name);
      },
    };
  }

  lianxin.showing = { showingOf };
})(globalThis);
