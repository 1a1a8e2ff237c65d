/* Departments side by side: what each holds and how its rates moved, every line on one scale. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SVG = "http://www.w3.org/2000/svg";
  const RATES = [["on_time", "on_time_rate"], ["solved", "solved_rate"], ["satisfaction", "satisfaction_rate"]];
  const HIGH = 100; // of every drawing; its width is the box's own
  const STEP = 0.1;
  const FAR = 0.9; // of its target: from there on a rate stands in the last band
  const LEAST_SPAN = 0.2; // a scale shows a change of one percent as small as it is

  /**
   * The scale all lines of one rate share: from the lowest tenth any of them touches up to one.
   * @param {Array<Array<number|null>>} lines
   * @returns {{low: number, high: number}}
   */
  function scaleOf(lines) {
    const known = lines.flat().filter((value) => Number.isFinite(value));
    const least = known.length ? Math.min(...known) : 1 - LEAST_SPAN;
    const low = Math.floor(least / STEP + 1e-9) * STEP;
    return { low: Math.max(0, Math.min(low, 1 - LEAST_SPAN)), high: 1 };
  }

  /** @returns {number} how far from the top of a drawing a value stands */
  function yOf(value, scale) {
    const share = (value - scale.low) / (scale.high - scale.low);
    return (1 - Math.min(1, Math.max(0, share))) * HIGH;
  }

  /**
   * A line through values at equal distances; where one is unknown the line is broken.
   * @param {Array<number|null>} values
   * @param {{low: number, high: number}} scale
   * @returns {string} SVG path in a box of 100 × 100
   */
  function linePath(values, scale) {
    const step = HIGH / Math.max(1, values.length - 1);
    let path = "";
    let broken = true;
    values.forEach((value, place) => {
      if (!Number.isFinite(value)) {
        broken = true;
        return;
      }
      // A point alone is drawn as a dot: a line of no length has round ends.
      const alone = broken && !Number.isFinite(values[place + 1]);
      path += `${broken ? "M" : "L"}${(place * step).toFixed(1)} ${yOf(value, scale).toFixed(1)}`;
      if (alone) path += "h0";
      broken = false;
    });
    return path;
  }

  /** @returns {string} SVG path of the newest known point, a dot */
  function endPath(values, scale) {
    const place = values.findLastIndex((value) => Number.isFinite(value));
    if (place < 0) return "";
    const step = HIGH / Math.max(1, values.length - 1);
    return `M${(place * step).toFixed(1)} ${yOf(values[place], scale).toFixed(1)}h0`;
  }

  /**
   * Days as bars, today last, as one SVG path in a box of 100 × 100.
   * @param {number[]} days
   * @param {number} most the height of a full bar
   * @returns {string}
   */
  function barsPath(days, most) {
    const wide = HIGH / Math.max(1, days.length);
    return days.map((n, place) => {
      if (!n) return "";
      const high = Math.max(4, (Math.min(n, most) / Math.max(1, most)) * HIGH);
      return `M${(place * wide + wide * 0.12).toFixed(1)} ${HIGH}v${(-high).toFixed(1)}h${(wide * 0.76).toFixed(1)}V${HIGH}z`;
    }).join("");
  }

  /**
   * How a rate stands to its target; what rests on few is judged by nobody.
   * @param {{value: number|null, n: number}} rate
   * @param {number|undefined} target
   * @param {number} few
   * @returns {string} none, few, below (far below its target) or plain
   */
  function standingOf(rate, target, few) {
    if (!rate || !rate.n) return "none";
    if (rate.n < few) return "few";
    return Number.isFinite(target) && rate.value < FAR * target ? "below" : "plain";
  }

  function part(tag, look) {
    const node = document.createElementNS(SVG, tag);
    node.setAttribute("class", look);
    return node;
  }

  /** Make a drawing that fills its box, with one path for each look. */
  function drawing(look, paths) {
    const box = part("svg", `trace ${look}`);
    box.setAttribute("viewBox", `0 0 ${HIGH} ${HIGH}`);
    box.setAttribute("preserveAspectRatio", "none");
    box.setAttribute("aria-hidden", "true");
    box.append(...paths.map((one) => part("path", one)));
    return box;
  }

  function draw(node, path) {
    if (node.getAttribute("d") !== path) node.setAttribute("d", path);
  }

  function measure(look, word, box) {
    const node = document.createElement("span");
    node.className = `measure measure-${look}`;
    for (const name of ["measure-name", "measure-value", "measure-sample"]) {
      const span = document.createElement("span");
      span.className = name;
      node.append(span);
    }
    node.children[0].textContent = word;
    if (box) node.append(box);
    return node;
  }

  /** Make a row: a link to the department's page, so that Enter, a finger and a new tab all work. */
  function make(row, told, opens) {
    const node = document.createElement("a");
    node.className = "row row-performance";
    if (opens) node.href = `/departments/${encodeURIComponent(row.code)}?lang=${encodeURIComponent(told.language)}`;
    const name = document.createElement("span");
    name.className = "name";
    node.append(name, measure("load", told.words.column_open,
      drawing("trace-days", ["trace-before", "trace-today"])));
    node.append(measure("cards", told.words.cards));
    for (const [look, figure] of RATES) {
      node.append(measure(look, told.words[figure],
        drawing("trace-rate", ["trace-target", "trace-line", "trace-end"])));
    }
    return node;
  }

  /** The line of a target across a drawing. */
  const targetPath = (target, scale) => (Number.isFinite(target) && target > scale.low
    ? `M0 ${yOf(target, scale).toFixed(1)}H${HIGH}` : "");

  /**
   * @param {{words: Object, language: string, short_names: Object,
   *   names: Object, targets: Object, few: number}} told
   * @param {function(): boolean} opens whether rows lead to a page
   */
  function kindOf(told, opens) {
    const { put, count, percent } = lianxin.numbers;
    const { fill } = lianxin.clock;
    const { mark } = lianxin.pieces;

    function load(node, row, most) {
      put(node.children[1], count(row.open_now));
      put(node.children[2], fill(told.words.overdue_n, { n: count(row.overdue_now) }));
      mark(node, "weight", lianxin.rows.weightOf(row.open_now, row.overdue_now));
      const [before, today] = node.children[3].children;
      draw(before, barsPath([...row.week.slice(0, -1), 0], most));
      draw(today, barsPath(row.week.map((n, place) => (place === row.week.length - 1 ? n : 0)), most));
    }

    /** Red cards over yellow ones; nothing where the city's rules give none. */
    function cards(node, row) {
      const known = Number.isFinite(row.red_now);
      put(node.children[1], known ? fill(told.words.red_n, { n: count(row.red_now) }) : "–");
      put(node.children[2], known ? fill(told.words.yellow_n, { n: count(row.yellow_now) }) : "");
    }

    function rate(node, said, line, scale, target) {
      const standing = standingOf(said, target, told.few);
      mark(node, "standing", standing);
      put(node.children[1], standing === "none" ? "–" : `${percent(said.value)}%`);
      put(node.children[2], standing === "none" ? "" : fill(told.words.sample_short, { n: count(said.n) }));
      const [aim, course, end] = node.children[3].children;
      draw(aim, standing === "none" ? "" : targetPath(target, scale));
      draw(course, linePath(line, scale));
      draw(end, endPath(line, scale));
    }

    return {
      key: (row) => row.code,
      make: (row) => make(row, told, opens()),
      /** @param {{most: number, scales: Object}} shared what all rows are drawn on */
      write(node, row, shared) {
        // The picture cuts long names for its own sake; the page knows them whole.
        const whole = told.names.department[row.code] || lianxin.rows.nameOf(row, told.language);
        put(node.children[0], told.short_names[row.code] || whole);
        load(node.children[1], row, shared.most);
        cards(node.children[2], row);
        RATES.forEach(([look, figure], place) => {
          rate(node.children[3 + place], row[figure], row.trend[look], shared.scales[look], told.targets[look]);
        });
      },
    };
  }

  /** What all rows are drawn on: the busiest day, and the scale of each rate. */
  function sharedBy(rows) {
    const scales = {};
    for (const [look] of RATES) scales[look] = scaleOf(rows.map((row) => row.trend[look]));
    return { most: Math.max(1, ...rows.flatMap((row) => row.week)), scales };
  }

  /**
   * Say in the heads between what the lines of each rate and the bars stand.
   * @param {Element} wall
   * @param {{most: number, scales: Object}} shared
   */
  function tellScales(wall, { most, scales }) {
    const said = { load: `0–${lianxin.numbers.count(most)}` };
    for (const [look, { low, high }] of Object.entries(scales)) {
      said[look] = `${Math.round(low * 100)}–${Math.round(high * 100)}%`;
    }
    for (const node of wall.querySelectorAll("[data-scale]")) lianxin.numbers.put(node, said[node.dataset.scale]);
  }

  lianxin.performance = { tellScales, scaleOf, yOf, linePath, endPath, barsPath, standingOf, sharedBy, kindOf };
})(globalThis);
