/* The map of one wall: the city's cells, or those of what it was narrowed to. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /** @returns {string|null} the district a scope stands for */
  function districtOf(scope) {
    return scope.startsWith("district-") ? scope.slice("district-".length) : null;
  }

  /**
   * @param {Element} wall
   * @param {Object} facts
   * @param {{still: boolean}} look
   */
  function cityMapOf(wall, facts, look) {
    const { words } = facts;
    const missing = wall.querySelector('[data-note="unplaced"]');
    const legend = wall.querySelector(".legend");
    let layer = null;
    let view = null;
    let whole = null;
    let narrowed = null;
    let thinning = null;
    let drawnFor = "{}";

    // Many things ask for it at once (each name that appears, each zoom): one pass is enough.
    function thin() {
      clearTimeout(thinning);
      thinning = setTimeout(() => lianxin.map.thinNames(wall.querySelector(".map-frame")), 60);
    }

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
      if (view && !answer) view.show(chosen.district || districtOf(facts.scope), !look.still);
    });
    lianxin.press.listen(wall, narrowing);

    lianxin.map.whenMade((map) => {
      layer = lianxin.cells.layerOf(map, { words, legend, still: look.still });
      if (!facts.bounds) lianxin.graticule.follow(map);
      view = lianxin.map.viewOf(map, {
        bounds: facts.bounds,
        coveredTop: () => wall.querySelector(".panel-cells .panel-head").offsetHeight,
        coveredBottom: () => wall.querySelector(".credits").offsetHeight,
      });
      map.on("zoomend layeradd resize", thin);
      wall.querySelector("[data-map-home]").addEventListener("click",
        () => view.show(districtOf(facts.scope), !look.still));
      view.show(narrowing.chosen().district || districtOf(facts.scope), false);
      draw();
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
    };
  }

  lianxin.cityMap = { cityMapOf, districtOf };
})(globalThis);
