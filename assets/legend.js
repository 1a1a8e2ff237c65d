/* The legend of the circles: what an area means, drawn at the size it has on the map. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SVG = "http://www.w3.org/2000/svg";

  function shape(tag, attributes) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  }

  function circle(n, r, withInner) {
    const half = Math.ceil(r) + 1;
    const box = shape("svg", { width: 2 * half, height: 2 * half });
    const at = { cx: half, cy: half };
    box.append(shape("circle", { ...at, r, class: "cell-open" }));
    if (withInner) box.append(shape("circle", { ...at, r: r * 0.5, class: "cell-overdue" }));
    const item = document.createElement("span");
    item.className = "legend-item";
    const number = document.createElement("span");
    number.textContent = lianxin.numbers.count(n);
    item.append(box, number);
    return item;
  }

  function line(text, look) {
    const node = document.createElement("span");
    node.className = look ? `legend-word ${look}` : "legend-word";
    node.textContent = text;
    return node;
  }

  /**
   * @param {Element} box emptied and filled again; changes rarely
   * @param {number[]} steps counts to show
   * @param {function(number): number} radius of a count, px
   * @param {Object<string, string>} words
   */
  function draw(box, steps, radius, words) {
    // A circle of more than three lines' height would cover more of the map than it explains.
    const largest = 1.5 * parseFloat(getComputedStyle(box).fontSize);
    const shown = [...steps].reverse().filter((n, place) => place === 0 || radius(n) <= largest);
    const circles = document.createElement("span");
    circles.className = "legend-circles";
    circles.append(...shown.map((n, place) => circle(n, radius(n), place === shown.length - 1)));
    box.replaceChildren(circles, line(words.map_legend), line(words.map_legend_overdue),
      line(words.map_cluster_legend, "legend-cluster"), line(words.map_cluster_radius, "legend-cluster"));
  }

  lianxin.legend = { draw };
})(globalThis);
