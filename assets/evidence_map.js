/* The map of a cluster: fitted to it, its circles in the size of the letters, names that give way. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /** Hide the names that would lie on a number or on another name; the numbers always stand. */
  function thin(frame) {
    const find = (selector) => [...frame.querySelectorAll(selector)];
    const numbers = find(".callers-number > b");
    const names = [...find(".place-named > span"), ...find(".place:not(.place-named) > span")];
    const free = lianxin.map.standing(
      [...numbers, ...names].map((node) => node.getBoundingClientRect())).slice(numbers.length);
    names.forEach((name, i) => { name.style.visibility = free[i] ? "" : "hidden"; });
  }

  /**
   * Fit the map to its cluster until a person moves it; on paper it has a size of its own.
   * @param {HTMLElement} page
   */
  function fit(page) {
    const frame = page.querySelector("[data-bounds]");
    if (!frame) return;
    const [south, west, north, east] = frame.dataset.bounds.split(",").map(Number);
    lianxin.map.whenMade((map) => {
      const refit = () => map.fitBounds([[south, west], [north, east]],
        { animate: false, padding: [24, 24] });
      // Circles are drawn for letters of 16 pixels; on a larger screen they grow with these.
      const grow = parseFloat(getComputedStyle(frame).fontSize) / 16;
      const resize = (layer) => {
        if (layer.setRadius && /^callers /.test(layer.options.className || "") && !layer.grown) {
          layer.grown = true;
          layer.setRadius(layer.options.radius * grow);
        }
      };
      map.eachLayer(resize);
      map.on("layeradd", (event) => resize(event.layer));
      let moved = false;
      map.on("dragstart", () => { moved = true; });
      new ResizeObserver(() => {
        map.invalidateSize({ animate: false, pan: false });
        if (!moved) refit();
        thin(frame);
      }).observe(map.getContainer());
      // Leaflet keeps its middle by its own size: paper has another, and is not announced as one.
      const onPaper = (size) => {
        Object.assign(frame.style, size);
        map.invalidateSize({ animate: false, pan: false });
        refit();
      };
      root.addEventListener("beforeprint", () => onPaper({ width: "178mm", height: "75mm" }));
      root.addEventListener("afterprint", () => onPaper({ width: "", height: "" }));
      map.on("zoomend layeradd", () => requestAnimationFrame(() => thin(frame)));
      refit();
    });
  }

  lianxin.evidenceMap = { fit };
})(globalThis);
