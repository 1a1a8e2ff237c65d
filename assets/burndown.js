/* The days of a campaign: what is, as a line, against what should be, as a broken one. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SVG = "http://www.w3.org/2000/svg";
  const FULL = 100;

  /**
   * Between what the days are drawn: from nothing to the highest in sight.
   * @param {{actual: Array<?number>, wanted: number[], share: boolean}} chart
   */
  function scaleOf({ actual, wanted, share }) {
    if (share) return { low: 0, high: 1 };
    const known = [...actual, ...wanted].filter((value) => Number.isFinite(value));
    return { low: 0, high: Math.max(1, ...known) };
  }

  /** @returns {Array<[string, string]>} the look and the path of each line, in drawing order */
  function pathsOf(chart) {
    const { linePath, endPath } = lianxin.performance;
    const scale = scaleOf(chart);
    const days = chart.wanted.map((_, place) => chart.actual[place] ?? null);
    return [
      ["trace-target", linePath(chart.wanted, scale)],
      ["trace-line", linePath(days, scale)],
      ["trace-end", endPath(days, scale)],
    ];
  }

  /** @returns {string[]} the ends of the scale, in words */
  function endsOf(chart) {
    const { high } = scaleOf(chart);
    return chart.share ? ["100%", "0%"] : [lianxin.numbers.count(Math.round(high)), "0"];
  }

  lianxin.burndown = { scaleOf, pathsOf, endsOf };
  if (!root.document || !root.location.pathname.startsWith("/campaigns/")) return;
  const { document } = root;

  function draw(box) {
    const chart = JSON.parse(box.dataset.burndown);
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("class", "trace");
    drawing.setAttribute("viewBox", `0 0 ${FULL} ${FULL}`);
    drawing.setAttribute("preserveAspectRatio", "none");
    drawing.setAttribute("aria-hidden", "true");
    for (const [look, path] of pathsOf(chart)) {
      const part = document.createElementNS(SVG, "path");
      part.setAttribute("class", look);
      part.setAttribute("d", path);
      drawing.append(part);
    }
    const ends = endsOf(chart).map((text) => {
      const span = document.createElement("span");
      span.className = "campaign-end";
      span.textContent = text;
      return span;
    });
    box.replaceChildren(drawing, ...ends);
  }

  function drawAll() {
    for (const box of document.querySelectorAll("[data-burndown]:empty")) draw(box);
  }

  new root.MutationObserver(drawAll).observe(document.documentElement, {
    childList: true, subtree: true,
  });
})(globalThis);
