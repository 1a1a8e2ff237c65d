/* The history of a figure, day by day, in the room it has: shares as a line against their target,
   counts as bars. SVG, so that the style sheet colours it on screen and on paper alike. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SVG = "http://www.w3.org/2000/svg";
  const FULL = 100;
  const HOUR_MIN = 60;
  const DAY_MIN = 1440;

  /**
   * Between what a history is drawn: shares from the lowest tenth in sight up to one, everything
   * else from nothing to its highest.
   * @param {{unit: string, points: Array<number|null>, target: number|null}} chart
   * @returns {{low: number, high: number}}
   */
  function scaleOf({ unit, points, target }) {
    const known = [...points, target].filter((value) => Number.isFinite(value));
    const most = Math.max(0, ...known);
    if (unit !== "share") return { low: 0, high: most || 1 };
    // A rate of what should be rare has its target near nothing: it is drawn from nothing.
    if (Number.isFinite(target) && target < 0.5) return { low: 0, high: Math.min(1, most * 1.1) || 1 };
    return lianxin.performance.scaleOf([known]);
  }

  /** @returns {string} places of the days that have changed since, as small marks under the axis */
  function marksPath(places, days) {
    const wide = FULL / Math.max(1, days);
    return places.map((place) => `M${(place * wide + wide / 2).toFixed(1)} ${FULL}h0`).join("");
  }

  /** @returns {string} name and the paths of a chart, in the order they are drawn */
  function pathsOf(chart) {
    const { linePath, endPath, barsPath, yOf } = lianxin.performance;
    const scale = scaleOf(chart);
    const last = chart.points.length - 1;
    const paths = [];
    if (chart.unit === "tickets") {
      const bars = chart.points.map((value) => value || 0);
      paths.push(["trace-before", barsPath(bars.map((n, i) => (i === last ? 0 : n)), scale.high)]);
      paths.push(["trace-today", barsPath(bars.map((n, i) => (i === last ? n : 0)), scale.high)]);
    } else {
      if (Number.isFinite(chart.target)) {
        paths.push(["trace-target", `M0 ${yOf(chart.target, scale).toFixed(1)}H${FULL}`]);
      }
      paths.push(["trace-line", linePath(chart.points, scale)]);
      paths.push(["trace-end", endPath(chart.points, scale)]);
    }
    if (chart.corrected.length) {
      paths.push(["trace-corrected", marksPath(chart.corrected, chart.points.length)]);
    }
    return paths;
  }

  /**
   * The ends of a chart's scale, in words.
   * @param {Object} chart
   * @param {Object<string, string>} words
   * @returns {string[]} high and low
   */
  function endsOf(chart, words) {
    const { low, high } = scaleOf(chart);
    if (chart.unit === "share") return [high, low].map((value) => `${Math.round(value * 100)}%`);
    if (chart.unit === "tickets") return [lianxin.numbers.count(high), "0"];
    const long = high >= 2 * DAY_MIN;
    const n = (high / (long ? DAY_MIN : HOUR_MIN)).toFixed(0);
    return [(long ? words.departments_length_days : words.departments_hours).replace("{n}", n), "0"];
  }

  function node(tag, look) {
    const made = document.createElementNS(SVG, tag);
    made.setAttribute("class", look);
    return made;
  }

  /** Draw a chart into a box that carries its data. */
  function draw(box, words) {
    const chart = JSON.parse(box.dataset.chart);
    const drawing = node("svg", "trace");
    drawing.setAttribute("viewBox", `0 0 ${FULL} ${FULL}`);
    drawing.setAttribute("preserveAspectRatio", "none");
    drawing.setAttribute("aria-hidden", "true");
    for (const [look, path] of pathsOf(chart)) {
      const part = node("path", look);
      part.setAttribute("d", path);
      drawing.append(part);
    }
    const ends = endsOf(chart, words).map((text) => {
      const span = document.createElement("span");
      span.className = "bureau-end";
      span.textContent = text;
      return span;
    });
    box.replaceChildren(drawing, ...ends);
  }

  lianxin.figureCharts = { scaleOf, marksPath, pathsOf, endsOf, draw };
})(globalThis);
