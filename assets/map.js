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
    const english = document.querySelector(".wall")?.lang === "en";
    const named = feature.properties;
    const name = document.createElement("span");
    name.textContent = (english && named.name_en) || named.name_zh;
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

  /** @param {number[]} box south, west, north, east */
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
   * Keep the view where it belongs: the whole city, or a district; until a person moves it.
   * @param {Object} map
   * @param {{bounds: number[]|null}} facts
   */
  function viewOf(map, facts) {
    let whole = facts.bounds;
    let target = null;
    let moved = false;
    let fitting = false;

    function fit(animate) {
      const size = map.getSize();
      if (!size.x || !size.y) return;
      const bounds = (target && boundsOf(map, target)) || (whole && corners(whole));
      if (!bounds) return;
      const room = Math.round(Math.min(size.x, size.y) * PADDING);
      fitting = true;
      if (animate) map.flyToBounds(bounds, { padding: [room, room], duration: FLY_S });
      else map.fitBounds(bounds, { padding: [room, room], animate: false });
      if (!animate) fitting = false;
    }

    map.on("dragstart", () => { moved = true; });
    map.on("moveend", () => { fitting = false; });
    map.on("zoomstart", () => { if (!fitting) moved = true; });
    map.on("layeradd", (event) => {
      const here = event.layer.feature && event.layer.feature.properties;
      if (target && here && String(here.code) === target && !moved) fit(false);
    });
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false, pan: false });
      if (!moved) fit(false);
    }).observe(map.getContainer());
    fit(false);
    return {
      /** Go to a district, or back to the whole city. */
      show(code, animate) {
        target = code;
        moved = false;
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

  lianxin.map = { whenMade, label, boxOf, viewOf };
})(globalThis);
