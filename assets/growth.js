/* A cluster's growth: its callers hour by hour over a day, as bars. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SVG = "http://www.w3.org/2000/svg";
  const HOURS = 24;
  const HEIGHT = 100;
  const WIDTH = 0.76; // of an hour; the rest is air
  const LEAST = 4; // no hour with a caller is invisible

  /**
   * Bars of some hours as one SVG path in a box of 24 × 100.
   * @param {number[]} hours callers per hour, oldest first
   * @param {number} from first hour to draw
   * @param {number} to the hour after the last
   * @param {number} most the height of a full bar
   * @returns {string}
   */
  function bars(hours, from, to, most) {
    let path = "";
    for (let i = from; i < Math.min(to, hours.length); i += 1) {
      if (!hours[i]) continue;
      const high = Math.max(LEAST, (hours[i] / Math.max(most, 1)) * HEIGHT);
      const left = i + (1 - WIDTH) / 2;
      path += `M${left.toFixed(2)} ${HEIGHT}v${(-high).toFixed(1)}h${WIDTH}V${HEIGHT}z`;
    }
    return path;
  }

  function part(tag, look) {
    const node = document.createElementNS(SVG, tag);
    node.setAttribute("class", look);
    return node;
  }

  /**
   * Make the drawing once: the hours before the window, and those within.
   * @param {string} look class of the drawing
   * @returns {SVGElement}
   */
  function make(look) {
    const box = part("svg", `growth ${look}`);
    box.setAttribute("viewBox", `0 0 ${HOURS} ${HEIGHT}`);
    box.setAttribute("preserveAspectRatio", "none");
    box.setAttribute("aria-hidden", "true");
    box.append(part("path", "growth-before"), part("path", "growth-within"));
    return box;
  }

  /**
   * Write the bars, where they changed.
   * @param {SVGElement} box
   * @param {number[]} hours
   * @param {number} start first hour of the window
   */
  function write(box, hours, start) {
    const most = Math.max(3, ...hours);
    const paths = [bars(hours, 0, start, most), bars(hours, start, HOURS, most)];
    paths.forEach((path, place) => {
      const node = box.children[place];
      if (node.getAttribute("d") !== path) node.setAttribute("d", path);
    });
  }

  lianxin.growth = { bars, make, write };
})(globalThis);
