/* An incident's complaints by day, against what is usual, as paths in a box of 100 × 100. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SVG = "http://www.w3.org/2000/svg";
  const HIGH = 100;
  const WIDTH = 0.72; // of a day; the rest is air
  const LEAST = 1.5; // no day with a complaint is invisible
  const NEAR = 4; // days: so many are as wide as a date with a word
  const LOOKS = ["band", "usual", "bars", "above", "today", "opened"];

  /** @returns {number} what the drawing's top stands for */
  const topOf = (days) => Math.max(4, ...days.map(([count, , bound]) => Math.max(count, bound)));

  const yOf = (value, top) => HIGH - (Math.min(value, top) / top) * HIGH;

  /** Bars of those days that `is` chooses. */
  function bars(days, top, is) {
    const wide = HIGH / days.length;
    return days.map(([count, , bound], place) => {
      if (!count || !is(count, bound, place)) return "";
      const high = Math.max(LEAST, HIGH - yOf(count, top));
      const left = place * wide + (wide * (1 - WIDTH)) / 2;
      return `M${left.toFixed(2)} ${HIGH}v${(-high).toFixed(1)}h${(wide * WIDTH).toFixed(2)}V${HIGH}z`;
    }).join("");
  }

  /** A line of steps, a step to a day. */
  function steps(days, top, valueOf) {
    const wide = HIGH / days.length;
    return days.map((day, place) => {
      const y = yOf(valueOf(day), top).toFixed(1);
      return `${place ? "V" : "M0 "}${y}H${((place + 1) * wide).toFixed(2)}`;
    }).join("");
  }

  /**
   * @param {{days: number[][], opened: number|null}} series each day: count, usual, up to what
   * @returns {{band: string, usual: string, bars: string, above: string, today: string, opened: string}}
   */
  function pathsOf({ days, opened }) {
    const top = topOf(days);
    const last = days.length - 1;
    const over = ([count, , bound]) => count > bound;
    return {
      band: `${steps(days, top, ([, , bound]) => bound)}V${HIGH}H0z`,
      usual: steps(days, top, ([, usual]) => usual),
      bars: bars(days, top, (count, bound, place) => place !== last && count <= bound),
      above: bars(days, top, (count, bound, place) => place !== last && count > bound),
      today: bars(days.map((day, place) => (place === last ? day : [0, 0, 0])), top, () => true),
      opened: opened === null ? "" : `M${((opened / days.length) * HIGH).toFixed(2)} 0V${HIGH}`,
      pressing: last >= 0 && over(days[last]),
    };
  }

  /** Where the middle of a day stands, from the left. */
  const middleOf = (place, days) => `${(((place + 0.5) / days) * 100).toFixed(2)}%`;

  /** @returns {string} to which side of the opening its words stand: under it, or where there is room */
  function sideOf(opened, days) {
    if (opened === null || days < 2 * NEAR) return "middle";
    return opened < NEAR ? "right" : days - opened <= NEAR ? "left" : "middle";
  }

  /** Make the drawing once. */
  function make() {
    const box = document.createElementNS(SVG, "svg");
    box.setAttribute("class", "matter-svg");
    box.setAttribute("viewBox", `0 0 ${HIGH} ${HIGH}`);
    box.setAttribute("preserveAspectRatio", "none");
    box.setAttribute("aria-hidden", "true");
    box.append(...LOOKS.map((look) => {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("class", `series-${look}`);
      return path;
    }));
    return box;
  }

  /** Write the paths where they changed. */
  function write(box, series) {
    const paths = pathsOf(series);
    LOOKS.forEach((look, place) => {
      const node = box.children[place];
      if (node.getAttribute("d") !== paths[look]) node.setAttribute("d", paths[look]);
    });
    lianxin.pieces.mark(box, "pressing", String(paths.pressing));
  }

  lianxin.matterSeries = { topOf, pathsOf, middleOf, sideOf, make, write };
})(globalThis);
