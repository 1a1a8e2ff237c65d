/* Clusters on the map: circles whose area is the callers, labels in plain words of which none
   lies on another. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const WIDEST = 0.06; // of the map's shorter side: radius of the largest circle
  const UNIT = 0.0095; // of the shorter side: radius of one caller, where that is not too wide
  const GAP = 0.5; // of a letter, between circle and label
  const RANK = { critical: 0, high: 1, medium: 2 };
  const EDGE = 0.4; // of a letter, between label and the map's edge

  /**
   * Pixels of radius for one caller: radius = unit * sqrt(callers).
   * @param {Object[]} rows
   * @param {{x: number, y: number}} size of the map, px
   */
  function unitOf(rows, size) {
    const side = Math.min(size.x, size.y);
    const most = rows.reduce((top, row) => Math.max(top, row.callers), 1);
    return Math.min(UNIT * side, (WIDEST * side) / Math.sqrt(most));
  }

  /**
   * What may be drawn. The order is in which labels choose their place: the most severe first, of
   * the same severity the largest, and last what staff entered in bulk.
   * @param {Object[]} rows
   */
  function drawable(rows) {
    const place = (row) => RANK[row.severity] ?? 3;
    return rows.filter((row) => row.latitude !== null).sort((a, b) => a.bulk - b.bulk
      || place(a) - place(b) || b.callers - a.callers || (a.id < b.id ? -1 : 1));
  }

  /**
   * What a cluster says on the map.
   * @param {Object} row
   * @param {Object} told
   * @returns {{severity: string, title: string, about: string}}
   */
  function saidBy(row, told) {
    const { clusters } = lianxin;
    const about = [clusters.standingOf(row, told.words), clusters.againstOf(row, told.words)];
    return { severity: row.bulk ? "bulk" : clusters.severityOf(row), title: clusters.titleOf(row, told),
      about: about.filter(Boolean).join(" · ") };
  }

  /** @returns {boolean[]} whose number within its circle lies on no other number */
  function countable(items) {
    const seen = [];
    return items.map(({ count }) => {
      const free = Boolean(count) && !seen.some((other) => lianxin.placing.touch(count, other));
      if (free) seen.push(count);
      return free;
    });
  }

  /** What came or grew since `before`, callers by id; nothing before the first picture. */
  const grownSince = (before, rows) => (before === null ? []
    : rows.filter((row) => !(row.callers <= before.get(row.id))).map((row) => row.id));

  /**
   * @param {Object} map Leaflet's
   * @param {{told: Object, still: boolean, blocked: function(): Array<Object>, fade: function(): number,
   *   placed: function(), opens: function(): boolean}} look `blocked` gives boxes of the map, px, that labels keep clear of, `fade`
   *   the share of its width that fades away at each side; `placed` is told afterwards,
   *   `opens` says whether a cluster leads to its evidence
   */
  function layerOf(map, look) {
    map.createPane("clusters").style.zIndex = 460;
    map.createPane("cluster-names").style.zIndex = 660;
    map.getPane("cluster-names").style.pointerEvents = "none";
    const open = (id) => location.assign(lianxin.clusterList.addressOf(id, look.told.language));
    const ground = { map, get open() { return look.opens() ? open : null; },
      renderer: root.L.svg({ pane: "clusters", padding: 0.2 }) };
    const marks = new Map();
    let shown = [];
    let before = null;
    let drawn = "";

    /** Give every circle its size and every label its place; after each move of the map. */
    function arrange() {
      const size = map.getSize();
      const unit = unitOf(shown, size);
      const letter = parseFloat(getComputedStyle(map.getContainer()).fontSize);
      const items = shown.map((row) => marks.get(row.id).measure(unit, letter));
      const edge = letter * EDGE;
      const side = Math.max(edge, look.fade() * size.x);
      const frame = { left: side, top: edge, right: size.x - side, bottom: size.y - edge };
      const spots = lianxin.placing.place(items, frame, look.blocked(), letter * GAP);
      const counted = countable(items);
      shown.forEach((row, place) => {
        marks.get(row.id).place(items[place], spots[place]);
        marks.get(row.id).number(counted[place]);
      });
      look.placed();
    }

    function put(said) {
      const wanted = new Set(shown.map((row) => row.id));
      for (const [id, mark] of marks) {
        if (wanted.has(id)) continue;
        mark.remove();
        marks.delete(id);
      }
      shown.forEach((row, place) => {
        if (!marks.has(row.id)) marks.set(row.id, lianxin.clusterMarks.markOf(ground, row));
        marks.get(row.id).write(row, said[place]);
      });
      // The smallest last, so that it lies on top of a larger one and can be reached.
      for (const row of [...shown].sort((a, b) => b.callers - a.callers)) marks.get(row.id).front();
      arrange();
    }

    map.on("zoomend moveend resize", () => { if (shown.length) arrange(); });
    return {
      /** @param {Object[]} rows */
      show(rows) {
        shown = drawable(rows);
        const said = shown.map((row) => saidBy(row, look.told));
        const says = JSON.stringify([said, shown.map((row) => [row.id, row.phase, row.callers, row.latitude,
          row.longitude, row.radius_km, row.extent])]);
        if (says === drawn) return;
        drawn = says;
        put(said);
        const grown = look.still ? [] : grownSince(before, shown);
        for (const id of grown) marks.get(id).pulse();
        before = new Map(shown.map((row) => [row.id, row.callers]));
      },
    };
  }

  lianxin.clusterMap = { unitOf, drawable, saidBy, countable, grownSince, layerOf };
})(globalThis);
