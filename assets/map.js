/* The map's view: found under dash-leaflet, fitted to its city, flown to a district. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const PADDING = 0.03;
  const FLY_S = 0.8;
  const waiting = [];
  const made = [];

  // dash-leaflet keeps its Leaflet map to itself; a hook on the class hands it over when made.
  if (root.L && root.L.Map) {
    root.L.Map.addInitHook(function () {
      made.push(this);
      waiting.splice(0).forEach((take) => take(this));
    });
  }

  /**
   * Hand over the map as soon as it is there.
   * @param {function(Object)} take
   */
  function whenMade(take) {
    if (made.length) take(made[made.length - 1]);
    else waiting.push(take);
  }

  /**
   * Draw a place's name; dash-leaflet calls it for each point of the labels layer.
   * @param {Object} feature GeoJSON with name_zh, name_en
   * @param {Object} latlng
   */
  function label(feature, latlng) {
    const english = document.querySelector("main")?.lang === "en";
    const named = feature.properties;
    const name = document.createElement("span");
    name.textContent = (english && named.name_en) || named.name_zh;
    if (named.code) name.dataset.place = named.code;
    const kind = named.kind ? ` place-${named.kind}` : "";
    const icon = root.L.divIcon({ className: `place${kind}`, html: name, iconSize: [0, 0] });
    return root.L.marker(latlng, { icon, interactive: false, keyboard: false });
  }

  /**
   * The box that holds nearly all points: one wrong coordinate must not shrink the city.
   * @param {Array<Array>} cells [id, lat, lon, open, …]
   * @returns {number[]|null} south, west, north, east
   */
  function boxOf(cells) {
    if (!cells.length) return null;
    const within = (place) => {
      const sorted = cells.map((cell) => cell[place]).sort((a, b) => a - b);
      const cut = Math.floor(sorted.length * 0.01);
      return [sorted[cut], sorted[sorted.length - 1 - cut]];
    };
    const [south, north] = within(1);
    const [west, east] = within(2);
    return [south, west, north, east];
  }

  /** @param {number[]} box south, west, north, east @returns {number[][]} Leaflet's two corners */
  const corners = (box) => [[box[0], box[1]], [box[2], box[3]]];

  /**
   * Find the outline of a district among what the map shows.
   * @param {Object} map
   * @param {string} code
   * @returns {Object|null} Leaflet bounds
   */
  function boundsOf(map, code) {
    let found = null;
    map.eachLayer((layer) => {
      const here = layer.feature && layer.feature.properties;
      if (here && String(here.code) === code && layer.getBounds) found = layer.getBounds();
    });
    return found;
  }

  /**
   * Keep the view where it belongs: the whole city, a district or a box; until a person moves it.
   * @param {Object} map
   * @param {{bounds: number[]|null, coveredTop: function(): number, coveredBottom: function(): number}} facts
   */
  function viewOf(map, facts) {
    let whole = facts.bounds;
    let target = null;
    let moved = false;
    let fitting = false;

    function fit(animate) {
      const size = map.getSize();
      if (!size.x || !size.y) return;
      const bounds = (Array.isArray(target) ? corners(target) : target && boundsOf(map, target))
        || (whole && corners(whole));
      if (!bounds) return;
      const room = Math.round(Math.min(size.x, size.y) * PADDING);
      // The title above and the credits below lie on the map: nothing may hide under them.
      const padding = { paddingTopLeft: [room, room + facts.coveredTop()],
        paddingBottomRight: [room, room + facts.coveredBottom()] };
      fitting = true;
      if (animate) map.flyToBounds(bounds, { ...padding, duration: FLY_S });
      else map.fitBounds(bounds, { ...padding, animate: false });
      if (!animate) fitting = false;
    }

    map.on("dragstart", () => { moved = true; });
    map.on("moveend", () => { fitting = false; });
    map.on("zoomstart", () => { if (!fitting) moved = true; });
    map.on("layeradd", (event) => {
      const here = event.layer.feature && event.layer.feature.properties;
      if (target && here && String(here.code) === target && !moved) fit(false);
    });
    /** @returns {boolean} whether the map's room has changed */
    function measure() {
      const before = map.getSize();
      map.invalidateSize({ animate: false, pan: false });
      return !before.equals(map.getSize());
    }

    new ResizeObserver(() => { if (measure() && !moved) fit(false); }).observe(map.getContainer());
    fit(false);
    return {
      /** Go to a district's code, a box, or back to the whole city. */
      show(where, animate) {
        target = where;
        moved = false;
        measure();
        fit(animate);
      },
      /** A city without boundaries is as large as its points. */
      learn(cells) {
        if (whole || !cells.length) return;
        whole = boxOf(cells);
        fit(false);
      },
    };
  }

  /**
   * Choose which names can stand without touching another; the first in the list win.
   * @param {Array<{left: number, top: number, right: number, bottom: number}>} boxes
   * @returns {boolean[]} whether each may stand
   */
  function standing(boxes) {
    const stand = [];
    return boxes.map((box) => {
      const free = stand.every((other) => box.right <= other.left || other.right <= box.left
        || box.bottom <= other.top || other.bottom <= box.top);
      if (free) stand.push(box);
      return free;
    });
  }

  /**
   * Hide the names that would lie on another, on a cluster or over the map's edge; those of abnormal places go first.
   * @param {Element} container of the map
   */
  function thinNames(container) {
    const rank = { far_above: 0, above: 1 };
    const of = (name) => rank[name.dataset.level] ?? 2;
    const names = [...container.querySelectorAll(".place > span")].sort((a, b) => of(a) - of(b));
    const taken = [...container.querySelectorAll(".cluster-name, .cluster-disc, .legend, .credits")]
      .filter((node) => node.style.visibility !== "hidden").map((node) => node.getBoundingClientRect());
    const boxes = names.map((name) => name.getBoundingClientRect());
    const free = standing([...taken, ...boxes]);
    const frame = container.getBoundingClientRect();
    const whole = (box) => box.left >= frame.left && box.right <= frame.right;
    names.forEach((name, place) => {
      const hidden = free[taken.length + place] && whole(boxes[place]) ? "" : "hidden";
      if (name.style.visibility !== hidden) name.style.visibility = hidden;
    });
  }

  lianxin.map = { whenMade, label, boxOf, viewOf, standing, thinNames };
})(globalThis);
