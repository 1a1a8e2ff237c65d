/* An incident's map: the city's own outlines, tickets as circles; fetched once it is near the eye. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SVG = "http://www.w3.org/2000/svg";
  const WORLD = 1_000_000; // units across the world: whole numbers stay short in a path
  const AIR = 1.3;
  const LEAST_SPAN = 14; // units: some five hundred metres at these latitudes
  const STEP = 1.6;
  const NEARER = "300px";
  const ORDER = ["neighbours", "land", "districts", "labels"];

  /** Web Mercator. @returns {number[]} x, y from the north-west corner */
  function project(latitude, longitude) {
    const north = Math.asinh(Math.tan((latitude * Math.PI) / 180));
    return [WORLD * (longitude / 360 + 0.5), WORLD * (0.5 - north / (2 * Math.PI))];
  }

  /**
   * The box that holds points, with air around it; never smaller than a few streets.
   * @param {number[][]} points x, y
   * @returns {{x: number, y: number, w: number, h: number}|null}
   */
  function boxOf(points) {
    if (!points.length) return null;
    const xs = points.map((one) => one[0]);
    const ys = points.map((one) => one[1]);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const w = Math.max((right - left) * AIR, LEAST_SPAN);
    const h = Math.max((bottom - top) * AIR, LEAST_SPAN);
    return { x: (left + right - w) / 2, y: (top + bottom - h) / 2, w, h };
  }

  /** Widen a box to the shape of a frame, about its middle. */
  function fitted(box, width, height) {
    const scale = Math.max(box.w / width, box.h / height);
    const [w, h] = [width * scale, height * scale];
    return { x: box.x + (box.w - w) / 2, y: box.y + (box.h - h) / 2, w, h };
  }

  /** Nearer or further about a box's middle. */
  function zoomed(box, by) {
    const [w, h] = [box.w / by, box.h / by];
    return { x: box.x + (box.w - w) / 2, y: box.y + (box.h - h) / 2, w, h };
  }

  const ringPath = (ring) => `${ring.map(([lon, lat], place) => {
    const [x, y] = project(lat, lon);
    return `${place ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
  }).join("")}z`;

  /** The outlines of a GeoJSON layer as one SVG path. */
  function pathOf(layer) {
    return layer.features.map(({ geometry }) => {
      const many = geometry.type === "Polygon" ? [geometry.coordinates]
        : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
      return many.flat().map(ringPath).join("");
    }).join("");
  }

  /** A circle's size by its tickets, px: the area is the count. */
  const sizeOf = (count) => Math.min(26, 5 * Math.sqrt(count));

  /** @param {{points: Array[], unplaced: number, withheld: number}} told */
  function tell(told, words) {
    const { fill } = lianxin.clock;
    const shown = told.points.reduce((sum, point) => sum + point[2], 0);
    const said = [shown ? fill(words.incident_map_told, { n: shown, places: told.points.length })
      : words.incident_map_none];
    if (told.unplaced) said.push(fill(words.incident_map_unplaced, { n: told.unplaced }));
    if (told.withheld) said.push(fill(words.incident_map_withheld, { n: told.withheld }));
    return said.join(" · ");
  }

  function part(tag, look, more = {}, text) {
    const node = root.document.createElementNS(SVG, tag);
    node.setAttribute("class", look);
    for (const [name, value] of Object.entries(more)) node.setAttribute(name, String(value));
    if (text !== undefined) node.textContent = text;
    return node;
  }

  const fetched = async (address) => {
    const answer = await root.fetch(address).catch(() => null);
    return answer && answer.ok ? answer.json() : null;
  };

  /**
   * Follow the map of a page.
   * @param {Element} main
   * @param {Object<string, string>} words
   * @returns {function()} is called when tickets have joined or gone
   */
  function follow(main, words) {
    const frame = main.querySelector("[data-map]");
    const told = main.querySelector("[data-map-told]");
    const english = frame.dataset.lang === "en";
    const svg = part("svg", "inc-map-drawn", { "aria-hidden": "true" });
    const base = part("g", "inc-map-base");
    const above = part("g", "inc-map-found");
    const names = part("g", "inc-map-names"); // over the circles, which would hide them
    svg.append(base, above, names);
    let home = null;
    let box = null;
    let near = false;
    let data = null;

    function show(next) {
      if (!next || !frame.clientWidth) return;
      box = fitted(next, frame.clientWidth, frame.clientHeight);
      svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.w} ${box.h}`);
      const grow = parseFloat(root.getComputedStyle(frame).fontSize) / 16; // as the letters do
      const px = (grow * box.w) / frame.clientWidth;
      for (const node of svg.querySelectorAll("[data-px]")) node.setAttribute("r", node.dataset.px * px);
      for (const node of svg.querySelectorAll("text")) node.setAttribute("font-size", 14 * px);
    }

    function drawBase(name, layer) {
      if (name !== "labels") {
        base.append(part("path", `inc-map-${name}`, { d: pathOf(layer), "fill-rule": "evenodd" }));
        return;
      }
      for (const { properties, geometry } of layer.features) {
        const [x, y] = project(geometry.coordinates[1], geometry.coordinates[0]);
        const said = (english && properties.name_en) || properties.name_zh;
        names.append(part("text", "inc-map-name", { x, y, "text-anchor": "middle" }, said));
      }
    }

    function drawFound() {
      above.replaceChildren();
      if (data.outline) {
        const { latitude, longitude, radius_km: km } = data.outline;
        const [x, y] = project(latitude, longitude);
        const unit = WORLD / (40_075 * Math.cos((latitude * Math.PI) / 180)); // of a kilometre
        above.append(part("circle", "inc-map-outline", { cx: x, cy: y, r: km * unit }));
      }
      for (const [latitude, longitude, count, last] of [...data.points].sort((a, b) => b[2] - a[2])) {
        const [cx, cy] = project(latitude, longitude);
        const dot = part("circle", "inc-map-point", { cx, cy, "data-px": sizeOf(count) });
        dot.append(part("title", "", {}, count > 1 ? String(count) : last.split("/").slice(1).join("/")));
        above.append(dot);
      }
    }

    async function fetchPlaces() {
      const found = await fetched(frame.dataset.map);
      if (!found) {
        told.textContent = words.incident_map_away;
        return false;
      }
      data = found;
      told.textContent = tell(data, words);
      drawFound();
      return true;
    }

    async function begin() {
      near = true;
      if (!(await fetchPlaces())) {
        near = false;
        return;
      }
      const points = data.points.map(([latitude, longitude]) => project(latitude, longitude));
      const [south, west, north, east] = data.view || [];
      home = boxOf(points) || boxOf(data.view ? [project(south, west), project(north, east)] : []);
      frame.replaceChildren(svg);
      show(home);
      for (const name of ORDER.filter((one) => data.layers.includes(one))) {
        const layer = await fetched(`/api/v1/basemap/${name}.json`);
        if (layer) drawBase(name, layer);
        show(box || home);
      }
    }

    const moved = (dx, dy) => show({ ...box, x: box.x + dx * box.w, y: box.y + dy * box.h });
    const ways = { in: () => show(zoomed(box, STEP)), out: () => show(zoomed(box, 1 / STEP)),
      home: () => show(home) };
    const keys = { "+": ways.in, "=": ways.in, "-": ways.out, 0: ways.home, Home: ways.home,
      ArrowLeft: () => moved(-0.2, 0), ArrowRight: () => moved(0.2, 0),
      ArrowUp: () => moved(0, -0.2), ArrowDown: () => moved(0, 0.2) };

    frame.addEventListener("keydown", (event) => {
      if (!box || !keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      keys[event.key]();
    });
    main.addEventListener("click", (event) => {
      const button = event.target.closest?.("[data-map-way]");
      if (button && box) ways[button.dataset.mapWay]();
    });
    frame.addEventListener("pointermove", (event) => {
      if (!box || !frame.hasPointerCapture(event.pointerId)) return;
      moved(-event.movementX / frame.clientWidth, -event.movementY / frame.clientHeight);
    });
    frame.addEventListener("pointerdown", (event) => frame.setPointerCapture(event.pointerId));
    new root.ResizeObserver(() => show(box)).observe(frame);
    new root.IntersectionObserver(([seen]) => {
      if (seen.isIntersecting && !near) begin();
    }, { rootMargin: NEARER }).observe(frame);
    return () => { if (near) fetchPlaces().then(() => show(box)); };
  }

  lianxin.incidentMap = { project, boxOf, fitted, zoomed, pathOf, sizeOf, tell, follow };
})(globalThis);
