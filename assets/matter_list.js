/* Incidents in a line each: on the overview, and beside the one that stands in their scene. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const PARTS = ["mark", "matter-drill", "line-title", "line-state", "line-lead", "line-age", "line-late"];

  /** Make a line; a finger or Enter leads to the incident's scene. */
  function make(words) {
    const node = document.createElement("button");
    node.className = "matter-line";
    node.append(...PARTS.map((look) => {
      const span = document.createElement("span");
      span.className = look;
      return span;
    }));
    node.children[1].textContent = words.incidents_drill;
    return node;
  }

  /** Write a line where it changed. */
  function write(node, line) {
    const { put } = lianxin.numbers;
    const { mark } = lianxin.pieces;
    mark(node, "sceneGo", line.paged ? `incident-${line.id}` : "");
    node.disabled = !line.paged;
    mark(node, "late", String(line.late !== ""));
    mark(node.children[0], "severity", line.shape);
    if (node.children[1].hidden === line.drill) node.children[1].hidden = !line.drill;
    [line.title, line.state, line.lead, line.age, line.late].forEach((text, place) => {
      const part = node.children[place + 2];
      put(part, text);
      if (part.hidden !== !text) part.hidden = !text;
    });
  }

  /**
   * A body of lines.
   * @param {HTMLElement} body
   * @param {Object} words
   */
  const linesOf = (body, words) =>
    lianxin.tables.table(body, { key: (line) => line.id, make: () => make(words), write });

  lianxin.matterList = { linesOf };
})(globalThis);
