/* Tables whose rows stay: keyed, reused, moved only when their order changes. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * Say how the rows that stand become the rows that are wanted, with the fewest moves.
   * @param {string[]} standing keys in their present order
   * @param {string[]} wanted keys in the order to show
   * @returns {{drop: string[], add: string[], move: boolean}}
   */
  function plan(standing, wanted) {
    const keep = new Set(wanted);
    const have = new Set(standing);
    const left = standing.filter((key) => keep.has(key));
    const staying = wanted.filter((key) => have.has(key));
    return {
      drop: standing.filter((key) => !keep.has(key)),
      add: wanted.filter((key) => !have.has(key)),
      move: left.some((key, place) => key !== staying[place]),
    };
  }

  /**
   * Sort rows, but let no row jump about: an order stands for `holdMs` unless rows come or go.
   * @param {number} holdMs
   */
  function steadyOrder(holdMs) {
    let order = [];
    let until = -Infinity;
    return (rows, keyOf, compare, nowMs) => {
      const sorted = [...rows].sort(compare);
      const keys = new Set(sorted.map(keyOf));
      const same = order.length === keys.size && order.every((key) => keys.has(key));
      if (!same || nowMs >= until) {
        order = sorted.map(keyOf);
        until = nowMs + holdMs;
        return sorted;
      }
      const byKey = new Map(sorted.map((row) => [keyOf(row), row]));
      return order.map((key) => byKey.get(key));
    };
  }

  /**
   * How many rows a body holds without cutting one.
   * @param {number} height px of the body
   * @param {number} row px of the smallest row
   * @returns {number}
   */
  function capacity(height, row) {
    return row > 0 ? Math.max(1, Math.floor((height + 0.5) / row)) : 1;
  }

  /**
   * Take charge of a table's body.
   * @param {HTMLElement} body
   * @param {{key: function(Object): string, make: function(Object): HTMLElement,
   *   write: function(HTMLElement, Object)}} kind
   */
  function table(body, kind) {
    const nodes = new Map();
    return {
      /** @param {Object[]} rows in the order to show */
      show(rows) {
        const wanted = rows.map(kind.key);
        const change = plan([...nodes.keys()], wanted);
        for (const key of change.drop) {
          nodes.get(key).remove();
          nodes.delete(key);
        }
        rows.forEach((row, place) => {
          let node = nodes.get(wanted[place]);
          if (!node) node = kind.make(row);
          nodes.delete(wanted[place]);
          nodes.set(wanted[place], node);
          if (body.children[place] !== node) body.insertBefore(node, body.children[place] || null);
          kind.write(node, row);
        });
      },
      nodes,
    };
  }

  /**
   * Make a row: a line of spans, one for each part, that a finger or Enter can press.
   * @param {string} look class of the row
   * @param {string[]} parts class of each span
   * @param {{narrow: string, value: string}|null} press what it narrows the map to
   * @returns {HTMLElement}
   */
  function row(look, parts, press) {
    const node = document.createElement("div");
    node.className = `row ${look}`;
    for (const part of parts) {
      const span = document.createElement("span");
      span.className = part;
      node.append(span);
    }
    if (press) {
      node.setAttribute("role", "button");
      node.tabIndex = 0;
      node.dataset.narrow = press.narrow;
      node.dataset.value = press.value;
      node.setAttribute("aria-pressed", "false");
    }
    return node;
  }

  lianxin.tables = { plan, steadyOrder, capacity, table, row };
})(globalThis);
