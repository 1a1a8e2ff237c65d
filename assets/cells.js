/* Open tickets as circles whose area is the count; the inner disc is the overdue among them. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  // All circles together cover this share of the map, none is wider than a seventh of it.
  const COVER = 0.06;
  const WIDEST = 0.07;
  const MOST_PULSES = 30;
  const ID = 0, LAT = 1, LON = 2, OPEN = 3, OVERDUE = 4, URGENT = 5;

  /**
   * Pixels of radius for one ticket: radius = unit * sqrt(count).
   * @param {Array<Array>} cells
   * @param {{x: number, y: number}} size of the map, px
   * @returns {number}
   */
  function unitOf(cells, size) {
    let all = 0;
    let most = 1;
    for (const cell of cells) {
      all += cell[OPEN];
      most = Math.max(most, cell[OPEN]);
    }
    const cover = Math.sqrt((COVER * size.x * size.y) / (Math.PI * Math.max(all, 1)));
    return Math.min(cover, (WIDEST * Math.min(size.x, size.y)) / Math.sqrt(most));
  }

  /**
   * Keep the present unit while it is near enough: circles that all breathe say nothing.
   * @param {number|null} present
   * @param {number} ideal
   * @returns {number}
   */
  function steady(present, ideal) {
    return present && ideal / present > 0.72 && ideal / present < 1.4 ? present : ideal;
  }

  /**
   * Round numbers for the legend: large, middle, small.
   * @param {number} most largest count on the map
   * @returns {number[]}
   */
  function legendSteps(most) {
    const nice = (x) => {
      const ten = 10 ** Math.floor(Math.log10(Math.max(x, 1)));
      const lead = x / ten;
      return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * ten;
    };
    const large = nice(Math.max(most, 1));
    return [...new Set([large, nice(large / 4), nice(large / 20)])].filter((n) => n >= 1);
  }

  /**
   * What changed between what is drawn and what is wanted.
   * @param {Map<string, Array>} drawn
   * @param {Array<Array>} cells
   * @returns {{gone: string[], put: Array<Array>, grown: string[]}}
   */
  function change(drawn, cells) {
    const wanted = new Set();
    const put = [];
    const grown = [];
    for (const cell of cells) {
      wanted.add(cell[ID]);
      const old = drawn.get(cell[ID]);
      if (!old || cell.some((value, place) => value !== old[place])) put.push(cell);
      if (!old || cell[OPEN] > old[OPEN]) grown.push(cell[ID]);
    }
    return { gone: [...drawn.keys()].filter((id) => !wanted.has(id)), put, grown };
  }

  /**
   * Draw cells on a Leaflet map.
   * @param {Object} map
   * @param {{words: Object, legend: Element, still: boolean}} look
   */
  function layerOf(map, look) {
    const L = root.L;
    const { count } = lianxin.numbers;
    const pane = map.createPane("cells");
    pane.style.zIndex = 450;
    const renderer = L.svg({ pane: "cells", padding: 0.2 });
    const drawn = new Map();
    const shapes = new Map();
    let unit = null;
    let unitZoom = map.getZoom();
    let first = true;

    const perTicket = () => unit * 2 ** ((map.getZoom() - unitZoom) * 0.5);
    const radius = (n) => (n > 0 ? perTicket() * Math.sqrt(n) : 0);

    function make(cell) {
      const at = [cell[LAT], cell[LON]];
      const style = { renderer, pane: "cells", weight: 1 };
      const open = L.circleMarker(at, { ...style, className: "cell-open" }).addTo(map);
      const overdue = L.circleMarker(at, {
        ...style, className: "cell-overdue", interactive: false }).addTo(map);
      open.bindTooltip(() => lianxin.clock.fill(look.words.map_cell, {
        open: count(drawn.get(cell[ID])[OPEN]),
        overdue: count(drawn.get(cell[ID])[OVERDUE]),
        urgent: count(drawn.get(cell[ID])[URGENT]) }), { direction: "top" });
      return { open, overdue };
    }

    function size(cell) {
      const shape = shapes.get(cell[ID]);
      shape.open.setRadius(radius(cell[OPEN]));
      shape.overdue.setRadius(radius(cell[OVERDUE]));
      const path = shape.overdue.getElement();
      const weight = lianxin.rows.weightOf(cell[OPEN], cell[OVERDUE]);
      if (path && path.dataset.weight !== weight) path.dataset.weight = weight;
    }

    function pulse(ids) {
      if (look.still || ids.length > MOST_PULSES) return;
      for (const id of ids) {
        const path = shapes.get(id).open.getElement();
        if (path && path.animate) {
          path.animate([{ strokeWidth: "7px", strokeOpacity: 1 }, { strokeWidth: "1px" }],
            { duration: 900, easing: "ease-out" });
        }
      }
    }

    function legend(cells) {
      const most = cells.reduce((top, cell) => Math.max(top, cell[OPEN]), 1);
      const key = `${most}|${perTicket().toFixed(3)}`;
      if (look.legend.dataset.key === key) return;
      look.legend.dataset.key = key;
      lianxin.legend.draw(look.legend, legendSteps(most), radius, look.words);
    }

    function resize() {
      for (const cell of drawn.values()) size(cell);
      legend([...drawn.values()]);
    }

    map.on("zoomend", () => { if (unit) resize(); });
    return {
      /**
       * @param {Array<Array>} cells
       * @param {boolean} anew scale from scratch, because what is counted changed
       */
      show(cells, anew) {
        const before = unit;
        unit = steady(anew ? null : before && perTicket(), unitOf(cells, map.getSize()));
        unitZoom = map.getZoom();
        const made = change(drawn, cells);
        for (const id of made.gone) {
          shapes.get(id).open.remove();
          shapes.get(id).overdue.remove();
          shapes.delete(id);
          drawn.delete(id);
        }
        // Large circles first, so that a small one is never hidden under them.
        for (const cell of made.put.sort((a, b) => b[OPEN] - a[OPEN])) {
          drawn.set(cell[ID], cell);
          if (!shapes.has(cell[ID])) shapes.set(cell[ID], make(cell));
          size(cell);
        }
        if (unit !== before) resize();
        else legend(cells);
        if (!first && !anew) pulse(made.grown);
        first = false;
      },
    };
  }

  lianxin.cells = { unitOf, steady, legendSteps, change, layerOf };
})(globalThis);
