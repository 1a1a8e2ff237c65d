/* An incident's complaints day by day: bars over the band that is usual, measures by their number. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 240;
  const LEFT = 36;
  const BELOW = 44;
  const ABOVE = 26;
  const LABEL = 64;

  /**
   * The smallest of 1, 2, 5 · 10ⁿ with which an axis of at most four steps holds a value.
   * @param {number} most
   */
  function tickStep(most) {
    for (let ten = 1; ; ten *= 10) {
      for (const lead of [1, 2, 5]) if (lead * ten * 4 >= most) return lead * ten;
    }
  }

  /**
   * Where everything stands.
   * @param {{days: string[], counts: (number|null)[], usual: number[], bounds: number[], opened: number,
   *   back: number, marks: string[]}} course
   * @param {number} width
   */
  function placed(course, width) {
    const { days, counts, bounds } = course;
    const most = Math.max(1, ...counts, ...bounds);
    const step = tickStep(most);
    const top = step * Math.ceil(most / step);
    const wide = (width - LEFT) / Math.max(days.length, 1);
    const floor = HEIGHT - BELOW;
    const x = (place) => LEFT + place * wide;
    const y = (value) => floor - (value / top) * (floor - ABOVE);
    const every = Math.max(1, Math.ceil(LABEL / wide));
    const ticks = [];
    for (let value = 0; value <= top; value += step) ticks.push(value);
    const byDay = new Map();
    course.marks.forEach((day, number) => {
      const place = days.indexOf(day);
      if (place >= 0) byDay.set(place, [...(byDay.get(place) || []), number + 1]);
    });
    return {
      x, y, wide, floor, ticks,
      bars: counts.map((count, place) => ({ place, count, above: count > bounds[place] })),
      labels: days.map((_, place) => place).filter((place) => (days.length - 1 - place) % every === 0),
      marks: [...byDay].map(([place, numbers]) => ({ place, text: numbers.join(" ") })),
      back: course.back ? days.length - course.back : null,
    };
  }

  /** A line in steps over equally wide columns. @returns {string} SVG path */
  const stepLine = (values, at) => values.map((value, place) =>
    `${place ? "L" : "M"}${at.x(place).toFixed(1)} ${at.y(value).toFixed(1)}H${at.x(place + 1).toFixed(1)}`)
    .join("");

  function part(tag, look, more, text) {
    const node = root.document.createElementNS(SVG, tag);
    node.setAttribute("class", look);
    for (const [name, value] of Object.entries(more)) node.setAttribute(name, String(value));
    if (text !== undefined) node.textContent = text;
    return node;
  }

  /** Draw one course into its box; the numbers are the box's own. */
  function draw(box) {
    const width = Math.round(box.clientWidth);
    if (!width || box.dataset.drawn === String(width)) return;
    box.dataset.drawn = String(width);
    const course = JSON.parse(box.dataset.course);
    const grow = parseFloat(root.getComputedStyle(box).fontSize) / 16; // as the letters do
    const at = placed(course, width / grow);
    const end = LEFT + at.wide * course.days.length;
    const svg = part("svg", "inc-course-drawn", { width, height: HEIGHT * grow,
      viewBox: `0 0 ${(width / grow).toFixed(1)} ${HEIGHT}` });
    const add = (...given) => svg.append(part(...given));
    for (const value of at.ticks) {
      add("path", "inc-course-grid", { d: `M${LEFT} ${at.y(value)}H${end}` });
      add("text", "inc-course-tick", { x: LEFT - 8, y: at.y(value) + 4, "text-anchor": "end" }, value);
    }
    add("path", "inc-course-band", { d: `${stepLine(course.bounds, at)}V${at.floor}H${LEFT}z` });
    for (const { place, count, above } of at.bars) {
      if (count === null) { // nothing came to the city: not a day without a complaint
        add("text", "inc-course-tick", { x: at.x(place) + at.wide / 2, y: at.floor - 6,
          "text-anchor": "middle" }, "?");
      }
      if (!count) continue;
      const air = at.wide * 0.14;
      add("rect", above ? "inc-course-above" : "inc-course-bar", { x: at.x(place) + air,
        width: Math.max(1, at.wide - 2 * air), y: at.y(count), height: at.floor - at.y(count) });
      if (above) { // a cap besides the colour
        add("rect", "inc-course-cap", { x: at.x(place), width: at.wide, y: at.y(count) - 3, height: 3 });
      }
    }
    add("path", "inc-course-usual", { d: stepLine(course.usual, at) });
    add("path", "inc-course-opened", { d: `M${at.x(course.opened)} ${ABOVE}V${at.floor}` });
    for (const { place, text } of at.marks) {
      const middle = at.x(place) + at.wide / 2;
      add("path", "inc-course-mark", { d: `M${middle} ${ABOVE}V${at.floor}` });
      add("text", "inc-course-number", { x: middle, y: ABOVE - 8, "text-anchor": "middle" }, text);
    }
    if (at.back !== null) {
      add("path", "inc-course-back", { d: `M${at.x(at.back)} ${at.floor + 5}H${end}` });
    }
    for (const place of at.labels) {
      add("text", "inc-course-tick", { x: at.x(place) + at.wide / 2, y: HEIGHT - 14,
        "text-anchor": "middle" }, course.days[place].slice(5));
    }
    box.replaceChildren(svg);
  }

  /** Draw what is in sight, and again when its width changes. */
  function follow(main) {
    const boxes = () => main.querySelectorAll(".inc-course");
    const sized = new root.ResizeObserver((seen) => seen.forEach(({ target }) => draw(target)));
    const watch = () => boxes().forEach((box) => sized.observe(box));
    watch();
    return watch;
  }

  lianxin.incidentCourse = { tickStep, placed, stepLine, follow };
})(globalThis);
