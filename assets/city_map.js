/* The map of one wall: the city's cells, or those of what it was narrowed to. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  const COVERS = ".panel-cells .panel-head h2, .panel-cells .panel-state, .legend, .credits, .map-home, "
    + ".panel-cells .leaflet-control-zoom, .chip";

  /** @returns {string|null} the district a scope stands for */
  function districtOf(scope) {
    return scope.startsWith("district-") ? scope.slice("district-".length) : null;
  }

  /**
   * @param {Element} wall
   * @param {Object} facts
   * @param {{still: boolean, told: Object}} look
   */
  function cityMapOf(wall, facts, look) {
    const { words } = facts;
    const frame = wall.querySelector(".map-frame");
    const missing = wall.querySelector('[data-note="unplaced"]');
    const legend = wall.querySelector(".legend");
    let layer = null;
    let gathered = null;
    let latest = [];
    let view = null;
    let focus = null;
    let whole = null;
    let narrowed = null;
    let thinning = null;
    let drawnFor = "{}";

    // Many things ask for it at once (each name that appears, each zoom): one pass is enough.
    function thin() {
      clearTimeout(thinning);
      thinning = setTimeout(() => lianxin.map.thinNames(frame), 60);
    }

    /** Boxes of the map, px, on which no label may stand: title, legend, credits, buttons. */
    function covered() {
      const at = frame.getBoundingClientRect();
      return [...wall.querySelectorAll(COVERS)].map((node) => node.getBoundingClientRect())
        .filter((box) => box.width > 0)
        .map((box) => ({ left: box.left - at.left, right: box.right - at.left,
          top: box.top - at.top, bottom: box.bottom - at.top }));
    }

    const target = () => focus || narrowing.chosen().district || districtOf(facts.scope);

    function note(data) {
      const { fill } = lianxin.clock;
      const { put, count } = lianxin.numbers;
      const said = [];
      if (data.unplaced) said.push(fill(words.unplaced, { n: count(data.unplaced) }));
      if (data.withheld) said.push(fill(words.withheld, { n: count(data.withheld) }));
      put(missing, said.join(" · "));
    }

    function draw() {
      if (!layer) return;
      const chosen = JSON.stringify(narrowing.chosen());
      const data = chosen === "{}" ? whole : narrowed;
      if (!data) return;
      view.learn(data.cells);
      layer.show(data.cells, chosen !== drawnFor);
      drawnFor = chosen;
      note(data);
    }

    const narrowing = lianxin.narrowing.narrowing(facts.scope, (chosen, answer, failed) => {
      narrowed = answer;
      lianxin.press.showChosen(wall, chosen, answer, facts, narrowing.press);
      wall.querySelector(".panel-cells").classList.toggle("narrow-failed", failed);
      draw();
      if (view && !answer) view.show(target(), !look.still);
    });
    lianxin.press.listen(wall, narrowing);

    lianxin.map.whenMade((map) => {
      layer = lianxin.cells.layerOf(map, { words, legend, still: look.still });
      gathered = lianxin.clusterMap.layerOf(map,
        { told: look.told, still: look.still, blocked: covered, placed: thin,
          opens: () => lianxin.visitors.opens(wall),
          fade: () => parseFloat(getComputedStyle(frame).getPropertyValue("--fade")) || 0 });
      if (!facts.bounds) lianxin.graticule.follow(map);
      view = lianxin.map.viewOf(map, {
        bounds: facts.bounds,
        coveredTop: () => wall.querySelector(".panel-cells .panel-head").offsetHeight,
        coveredBottom: () => wall.querySelector(".credits").offsetHeight,
      });
      map.on("zoomend layeradd resize", thin);
      wall.querySelector("[data-map-home]").addEventListener("click",
        () => view.show(focus || districtOf(facts.scope), !look.still));
      view.show(target(), false);
      draw();
      gathered.show(latest);
    });
    if (Object.keys(narrowing.chosen()).length) narrowing.restore();
    return {
      /** Mark the districts that are above usual, on their names. */
      mark(rows) {
        for (const row of rows) {
          const name = wall.querySelector(`[data-place="${CSS.escape(row.code)}"]`);
          if (!name || name.dataset.level === row.level) continue;
          name.dataset.level = row.level;
          thin();
        }
      },
      /** @param {{cells: Array<Array>, unplaced: number, withheld: number}} data */
      show(data) {
        whole = data;
        draw();
        lianxin.press.showChosen(wall, narrowing.chosen(), narrowed, facts, narrowing.press);
      },
      /** @param {Object[]} rows of clusters */
      clusters(rows) {
        latest = rows;
        if (gathered) gathered.show(rows);
      },
      /** Look at a box or a district, or with null at what the wall is for. */
      focus(where) {
        if (JSON.stringify(where) === JSON.stringify(focus)) return;
        focus = where;
        if (view) view.show(target(), false);
      },
      /** The scene has changed, and with it the map's room. */
      turn() {
        if (view) view.show(target(), false);
      },
    };
  }

  lianxin.cityMap = { cityMapOf, districtOf };
})(globalThis);
