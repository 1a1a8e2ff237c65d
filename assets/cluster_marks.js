/* One cluster on the map: circle, ring, label, and the line between circle and label. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const FINGER = 22; // px of radius a finger needs
  const PULSE_MS = 900;
  const RING_MOST = 0.35; // of the map's shorter side
  const RING_FROM = 1.15; // times the circle: a ring that hugs it says nothing
  const EARTH_M = 40075016.686;

  /**
   * Pixels of a distance on the map.
   * @param {number} km
   * @param {number} latitude
   * @param {number} zoom
   */
  function pixelsOf(km, latitude, zoom) {
    const metres = (EARTH_M * Math.cos((latitude * Math.PI) / 180)) / 2 ** (zoom + 8);
    return (km * 1000) / metres;
  }

  function child(parent, tag, look) {
    const node = document.createElement(tag);
    node.className = look;
    parent.append(node);
    return node;
  }

  function labelOf() {
    const node = document.createElement("div");
    node.className = "cluster-label";
    const count = child(node, "span", "cluster-count");
    const name = child(node, "div", "cluster-name");
    return { node, count, name, mark: child(name, "span", "mark"), title: child(name, "strong", "cluster-title"),
      about: child(name, "span", "cluster-about") };
  }

  function partsOf(renderer, row, label) {
    const L = root.L;
    const at = [row.latitude, row.longitude];
    const style = { renderer, pane: "clusters", interactive: false };
    const icon = L.divIcon({ className: "cluster-icon", html: label.node, iconSize: [0, 0] });
    return {
      ring: L.circle(at, { ...style, className: "cluster-ring", fill: false, weight: 2 }),
      disc: L.circleMarker(at, { ...style, className: "cluster-disc", weight: 3 }),
      lead: L.polyline([at, at], { ...style, className: "cluster-lead", weight: 1.5 }),
      hit: L.circleMarker(at, { ...style, className: "cluster-hit", interactive: true, stroke: false }),
      name: L.marker(at, { icon, pane: "cluster-names", interactive: false, keyboard: false }),
    };
  }

  /**
   * Put a cluster on the map.
   * @param {{map: Object, renderer: Object, open: function(string): void}} ground Leaflet's map with
   *   the panes "clusters" and "cluster-names"; `open` goes to the evidence of an id, null: nowhere
   * @param {Object} row
   */
  function markOf({ map, renderer, open }, row) {
    const { numbers, pieces } = lianxin;
    const label = labelOf();
    const parts = partsOf(renderer, row, label);
    for (const part of Object.values(parts)) part.addTo(map);
    const path = parts.hit.getElement();
    if (open) {
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "link");
      parts.hit.on("click", () => open(row.id));
      path.addEventListener("keydown", (event) => { if (event.key === "Enter") open(row.id); });
    }

    return {
      /** Say what a row says; `said` is severity, title and figures. */
      write(now, said) {
        row = now;
        for (const name of ["ring", "disc", "hit", "name"]) parts[name].setLatLng([row.latitude, row.longitude]);
        numbers.put(label.count, numbers.count(row.callers));
        for (const node of [label.node, label.mark, parts.disc.getElement(), parts.ring.getElement()]) {
          pieces.mark(node, "severity", said.severity);
          pieces.mark(node, "phase", row.phase);
        }
        numbers.put(label.title, said.title);
        numbers.put(label.about, said.about);
        path.setAttribute("aria-label", `${said.title} · ${said.about}`);
      },
      /** Give the circle its size; tell what the label needs. `letter` is a letter's height, px. */
      measure(unit, letter) {
        const r = unit * Math.sqrt(row.callers);
        parts.disc.setRadius(r);
        parts.hit.setRadius(Math.max(r, FINGER));
        parts.ring.setRadius((row.radius_km || 0) * 1000);
        const reach = pixelsOf(row.radius_km || 0, row.latitude, map.getZoom());
        const ringed = reach > r * RING_FROM && row.extent !== "city";
        parts.ring.getElement().style.display = ringed ? "" : "none";
        const { x, y } = map.latLngToContainerPoint([row.latitude, row.longitude]);
        const half = label.count.textContent.length * letter * 0.31;
        const count = half > 0.86 * r ? null
          : { left: x - half, right: x + half, top: y - letter * 0.6, bottom: y + letter * 0.6 };
        // A ring that fills the view is no obstacle for its own label, a smaller one is.
        const size = map.getSize();
        const around = ringed && reach < RING_MOST * Math.min(size.x, size.y) ? reach : r;
        return { x, y, r: around, count, width: label.name.offsetWidth, height: label.name.offsetHeight };
      },
      /** Show the number within the circle, or leave it to the label. */
      number(seen) { label.count.hidden = !seen; },
      /** Stand the label at a spot, or hide it where there is none. */
      place(item, spot) {
        label.name.style.visibility = spot ? "" : "hidden";
        const lead = spot && spot.lead;
        parts.lead.getElement().style.display = lead ? "" : "none";
        if (!spot) return;
        label.name.style.translate = `${Math.round(spot.left - item.x)}px ${Math.round(spot.top - item.y)}px`;
        if (!lead) return;
        const share = item.r / Math.hypot(lead.x - item.x, lead.y - item.y);
        const edge = [item.x + (lead.x - item.x) * share, item.y + (lead.y - item.y) * share];
        parts.lead.setLatLngs([edge, [lead.x, lead.y]].map((point) => map.containerPointToLatLng(point)));
      },
      /** Pulse once: it is new, or has grown. */
      pulse() {
        const disc = parts.disc.getElement();
        if (disc.animate) {
          disc.animate([{ strokeWidth: "0.7em" }, { strokeWidth: "0.15em" }],
            { duration: PULSE_MS, easing: "ease-out" });
        }
      },
      front: () => ["ring", "disc", "hit"].forEach((name) => parts[name].bringToFront()),
      remove: () => Object.values(parts).forEach((part) => part.remove()),
    };
  }

  lianxin.clusterMarks = { pixelsOf, markOf };
})(globalThis);
