/* A graticule of its own for a city without a map: points need something to be seen against. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const STEPS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
  const LINES = 6;

  /**
   * Choose round degrees between two bounds, a handful of them.
   * @param {number} from
   * @param {number} to
   * @returns {number[]}
   */
  function lines(from, to) {
    const step = STEPS.find((one) => (to - from) / one <= LINES) || STEPS[STEPS.length - 1];
    const first = Math.ceil(from / step - 1e-9);
    const last = Math.floor(to / step + 1e-9);
    return Array.from({ length: Math.max(0, last - first + 1) },
      (_, place) => Number(((first + place) * step).toFixed(6)));
  }

  /**
   * Say a degree: 71.05°W.
   * @param {number} degree
   * @param {string} positive letter
   * @param {string} negative letter
   */
  function said(degree, positive, negative) {
    return `${Math.abs(degree)}°${degree < 0 ? negative : positive}`;
  }

  /** Draw the graticule of what the map shows, anew after each move. */
  function follow(map) {
    const L = root.L;
    const drawn = L.layerGroup().addTo(map);
    const line = (from, to) => L.polyline([from, to],
      { className: "base-graticule", weight: 1, interactive: false }).addTo(drawn);
    const name = (at, text) => L.marker(at, { interactive: false, keyboard: false,
      icon: L.divIcon({ className: "degree", html: text, iconSize: [0, 0] }) }).addTo(drawn);
    function draw() {
      drawn.clearLayers();
      const box = map.getBounds();
      const [south, north, west, east] = [box.getSouth(), box.getNorth(), box.getWest(), box.getEast()];
      const middle = map.containerPointToLatLng([map.getSize().x / 2, map.getSize().y / 2]);
      for (const lat of lines(south, north)) {
        line([lat, west], [lat, east]);
        if (lat < middle.lat + (north - south) * 0.4) name([lat, east], said(lat, "N", "S"));
      }
      for (const lon of lines(west, east)) line([south, lon], [north, lon]);
    }
    map.on("moveend resize", draw);
    draw();
  }

  lianxin.graticule = { lines, said, follow };
})(globalThis);
