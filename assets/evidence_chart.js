/* A cluster's course as SVG: observed bars over what is usual, the scan's window, the running
   total. SVG, so that the style sheet colours it on screen and on paper alike. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SVG = "http://www.w3.org/2000/svg";
  const HOUR_MS = 3600000;
  const DAY_MS = 24 * HOUR_MS;
  const HOUR_STEPS = [1, 2, 3, 6, 12, 24, 48, 72, 168];
  const DAY_STEPS = [1, 2, 7, 14, 28, 56];

  /**
   * The smallest of 1, 2, 5 · 10ⁿ steps with which an axis of at most `most` ticks holds a value.
   * @param {number} value
   * @param {number} most ticks
   * @returns {number} whole
   */
  function tickStep(value, most) {
    for (let ten = 1; ; ten *= 10) {
      for (const lead of [1, 2, 5]) if (lead * ten * most >= value) return lead * ten;
    }
  }

  /**
   * Which points get a label: every so many hours of the local clock, or every so many days.
   * @param {Array<{hour: number, day: number}>} locals local hour and a number of the local day
   * @param {boolean} hourly
   * @param {number} most labels that fit
   * @returns {number[]} places
   */
  function labelled(locals, hourly, most) {
    const places = locals.map((_, place) => place);
    for (const step of hourly ? HOUR_STEPS : DAY_STEPS) {
      const found = places.filter((place) => hourly
        ? (locals[place].day * 24 + locals[place].hour) % step === 0
        : (locals.length - 1 - place) % step === 0);
      if (found.length <= most) return found;
    }
    return [];
  }

  /**
   * A line in steps over equally wide columns.
   * @param {number[]} values
   * @param {function(number): number} x of a column's left edge
   * @param {function(number): number} y of a value
   * @returns {string} SVG path
   */
  function stepLine(values, x, y) {
    return values.map((value, i) =>
      `${i ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}H${x(i + 1).toFixed(1)}`).join("");
  }

  /** The area between two stepped lines. @returns {string} SVG path */
  function stepBand(low, high, x, y) {
    const back = [...low.keys()].reverse().map((i) =>
      `L${x(i + 1).toFixed(1)} ${y(low[i]).toFixed(1)}H${x(i).toFixed(1)}`).join("");
    return `${stepLine(high, x, y)}${back}z`;
  }

  /** @param {number[]} values @returns {number[]} running sums */
  function running(values) {
    let sum = 0;
    return values.map((value) => (sum += value));
  }

  /**
   * The value the axis must reach: everything observed and usual; a wide band is cut off.
   * @param {{observed: number[], expected: ?number[], high: ?number[]}} data
   * @returns {number}
   */
  function ceiling(data) {
    const seen = Math.max(4, ...data.observed, ...(data.expected || []));
    return Math.max(seen, Math.min(1.25 * seen, ...[Math.max(0, ...(data.high || []))]));
  }

  /** Where a time lies among points, as a fraction of columns. */
  function column(ms, starts, step_ms) {
    let i = starts.length - 1;
    while (i > 0 && starts[i] > ms) i -= 1;
    return Math.min(starts.length, Math.max(0, i + (ms - starts[i]) / step_ms));
  }

  function node(tag, attributes, text) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** Make an empty drawing with a y axis. */
  function frameOf(width, height, em, top, highest) {
    const left = em * 2.4;
    const bottom = height - em * 1.7;
    const step = tickStep(highest, Math.max(1, Math.min(4, Math.floor((bottom - top) / (em * 1.7)))));
    const most = Math.ceil(highest / step) * step;
    const drawing = node("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
    const y = (value) => bottom - (Math.min(value, most) / most) * (bottom - top);
    for (let value = 0; value <= most; value += step) {
      drawing.append(node("line", { class: "grid", x1: left, x2: width - em * 0.5,
        y1: y(value), y2: y(value) }));
      drawing.append(node("text", { class: "tick", x: left - em * 0.4, y: y(value) + em * 0.32,
        "text-anchor": "end" }, lianxin.numbers.count(value)));
    }
    return { drawing, y, left, right: width - em * 0.5, top, bottom };
  }

  function timeAxis(frame, data, x, tell, em) {
    const hourly = data.step_ms < DAY_MS;
    const locals = data.starts.map(tell.local);
    const most = Math.max(2, Math.floor((frame.right - frame.left) / (em * 4.2)));
    for (const place of labelled(locals, hourly, most)) {
      const date = !hourly || locals[place].hour === 0;
      const at = data.starts[place];
      frame.drawing.append(node("text", { class: date ? "tick tick-date" : "tick",
        x: hourly ? x(place) : (x(place) + x(place + 1)) / 2, y: frame.bottom + em * 1.3,
        "text-anchor": "middle" }, date ? tell.date(at) : tell.time(at)));
    }
  }

  function bars(frame, data, x) {
    const gap = Math.min(2, (x(1) - x(0)) * 0.2);
    const bar = (i, from, to, look) => {
      if (to <= from) return;
      frame.drawing.append(node("rect", { class: look, x: x(i) + gap / 2,
        width: Math.max(0.5, x(i + 1) - x(i) - gap), y: frame.y(to),
        height: frame.y(from) - frame.y(to) }));
    };
    data.observed.forEach((all, i) => {
      bar(i, 0, data.in_window[i], "bar-inside");
      bar(i, data.in_window[i], all, "bar-before");
    });
  }

  /** Draw the bars, the usual and the window. */
  function course(data, width, height, em, tell) {
    const top = em * 1.9;
    const frame = frameOf(width, height, em, top, ceiling(data));
    const wide = (frame.right - frame.left) / data.starts.length;
    const x = (i) => frame.left + i * wide;
    const [from, to] = data.window.map((ms) => x(column(ms, data.starts, data.step_ms)));
    frame.drawing.prepend(node("rect", { class: "window", x: from, y: top - em * 0.3,
      width: Math.max(2, to - from), height: frame.bottom - top + em * 0.3 }));
    if (data.expected) {
      frame.drawing.append(node("path", { class: "band", d: stepBand(data.low, data.high, x, frame.y) }));
    }
    bars(frame, data, x);
    if (data.expected) {
      frame.drawing.append(node("path", { class: "usual", d: stepLine(data.expected, x, frame.y) }));
    }
    const before = from - frame.left > em * 9;
    frame.drawing.append(node("text", { class: "window-word", x: before ? to : from,
      y: top - em * 0.7, "text-anchor": before ? "end" : "start" },
    `${tell.words.dossier_course_window} ${tell.moment(data.window[0])} – ${tell.moment(data.window[1])}`));
    timeAxis(frame, data, x, tell, em);
    return frame.drawing;
  }

  /** Draw the running totals within the window. */
  function total(data, width, height, em, tell) {
    const first = data.in_window.findIndex((n, i) =>
      data.starts[i] + data.step_ms > data.window[0]);
    const part = { ...data, starts: data.starts.slice(first) };
    const seen = running(data.in_window.slice(first));
    const usual = data.expected_in_window && running(data.expected_in_window.slice(first));
    const most = Math.max(4, ...seen, ...(usual || []));
    const frame = frameOf(width, height, em, em * 1.7, most);
    const room = em * 4;
    const x = (i) => frame.left + (i * (frame.right - room - frame.left)) / part.starts.length;
    frame.drawing.append(node("text", { class: "window-word", x: frame.left, y: em },
      tell.words.dossier_course_sum));
    const end = (value, look, text) => frame.drawing.append(node("text", { class: look,
      x: x(part.starts.length) + em * 0.3, y: frame.y(value) + em * 0.35 }, text));
    if (usual) {
      frame.drawing.append(node("path", { class: "usual", d: stepLine(usual, x, frame.y) }));
      end(usual[usual.length - 1], "end-usual", tell.small(usual[usual.length - 1]));
    }
    frame.drawing.append(node("path", { class: "sum", d: stepLine(seen, x, frame.y) }));
    end(seen[seen.length - 1], "end-sum", lianxin.numbers.count(seen[seen.length - 1]));
    timeAxis(frame, part, x, tell, em);
    return frame.drawing;
  }

  /**
   * Draw both charts into a box that carries its data.
   * @param {HTMLElement} box `[data-course]`
   * @param {Object} tell words, and local, date, time, moment, small as functions
   */
  function draw(box, tell) {
    const data = JSON.parse(box.dataset.course);
    const width = box.clientWidth;
    if (width < 40 || !data.starts.length) return;
    const em = parseFloat(getComputedStyle(box).fontSize);
    const height = Math.max(em * 11, Math.min(em * 18, width * 0.42));
    box.replaceChildren(course(data, width, height, em, tell),
      total(data, width, height * 0.58, em, tell));
  }

  lianxin.evidenceChart = { tickStep, labelled, stepLine, stepBand, running, ceiling, column, draw };
})(globalThis);
