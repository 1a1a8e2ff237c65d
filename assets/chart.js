/* Tickets in the hour before, all day long, over the band that is usual. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const HOURS = 24;

  /**
   * Read the band between two hour marks.
   * @param {number[]} hours ascending
   * @param {Array<number|null>} values
   * @param {number} at hour
   * @returns {number|null}
   */
  function between(hours, values, at) {
    for (let i = 1; i < hours.length; i += 1) {
      if (at > hours[i]) continue;
      const [from, to] = [values[i - 1], values[i]];
      if (from === null || to === null || from === undefined || to === undefined) return null;
      const share = (at - hours[i - 1]) / (hours[i] - hours[i - 1]);
      return from + (to - from) * Math.min(1, Math.max(0, share));
    }
    return null;
  }

  /**
   * Turn the volume section into columns: hour, high, low, mid, observed, above.
   * @param {Object} volume the section's data
   * @returns {Array<Array<number|null>>}
   */
  function columns(volume) {
    const step = volume.step_s / 3600;
    const band = volume.band || { hours: [], low: [], mid: [], high: [] };
    const out = [[], [], [], [], [], []];
    for (let i = 0; i <= Math.round(HOURS / step); i += 1) {
      const hour = i * step;
      const high = between(band.hours, band.high, hour);
      const seen = i > 0 ? volume.trailing[i - 1] ?? null : null;
      const row = [hour, high, between(band.hours, band.low, hour),
        between(band.hours, band.mid, hour), seen,
        seen !== null && high !== null && seen > high ? seen : null];
      row.forEach((value, place) => out[place].push(value));
    }
    return out;
  }

  /** @returns {{x: number, y: number}|null} the last observed point */
  function latest(data) {
    for (let i = data[4].length - 1; i >= 0; i -= 1) {
      if (data[4][i] !== null) return { x: data[0][i], y: data[4][i] };
    }
    return null;
  }

  function axes(paint) {
    const font = `${paint.small}px ${paint.family}`;
    const common = { stroke: paint.muted, font, ticks: { show: false } };
    return [
      { ...common, size: paint.small * 1.7, gap: paint.small * 0.4, grid: { show: false },
        splits: () => [0, 4, 8, 12, 16, 20, 24],
        values: (u, splits) => splits.map((h) => `${String(h).padStart(2, "0")}:00`) },
      { ...common, size: paint.small * 3, gap: paint.small * 0.4,
        grid: { stroke: paint.line, width: paint.hair },
        space: paint.small * 2,
        values: (u, splits) => splits.map((n) => (n % 1 ? "" : lianxin.numbers.count(n))) },
    ];
  }

  /** @returns {string} the side the key stands on: the half of the day that now is not in */
  function keySide(hour) {
    return hour < HOURS / 2 ? "right" : "left";
  }

  /** Put the key where the mark of now is not; where it stands to the left is the style sheet's. */
  function placeKey(u, hour) {
    const key = u.root.closest("[data-panel]")?.querySelector(".chart-key");
    if (key && key.dataset.side !== keySide(hour)) key.dataset.side = keySide(hour);
  }

  function nowMark(paint) {
    return (u) => {
      const point = latest(u.data);
      if (!point) return;
      placeKey(u, point.x);
      const { ctx, bbox } = u;
      const x = u.valToPos(point.x, "x", true);
      const y = u.valToPos(point.y, "y", true);
      const dot = paint.small * 0.32 * devicePixelRatio;
      ctx.save();
      ctx.strokeStyle = paint.muted;
      ctx.lineWidth = paint.hair * devicePixelRatio;
      ctx.setLineDash([dot, dot]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.fillStyle = paint.text;
      ctx.beginPath();
      ctx.arc(x, y, dot, 0, 2 * Math.PI);
      ctx.fill();
      ctx.font = `600 ${paint.small * devicePixelRatio}px ${paint.family}`;
      const words = `${paint.now} ${lianxin.numbers.count(point.y)}`;
      const right = x + dot * 2 + ctx.measureText(words).width < bbox.left + bbox.width;
      ctx.textAlign = right ? "left" : "right";
      ctx.textBaseline = "top";
      ctx.fillText(words, x + (right ? dot * 1.5 : -dot * 1.5), bbox.top);
      ctx.restore();
    };
  }

  function options(box, paint) {
    const thick = paint.hair * 2.2;
    const none = { points: { show: false }, width: 0 };
    return {
      width: box.clientWidth, height: box.clientHeight, padding: [paint.small * 0.6, paint.small * 1.8, 0, 0],
      cursor: { show: false }, legend: { show: false }, select: { show: false },
      scales: { x: { time: false, range: [0, HOURS] },
        y: { range: (u, low, high) => [0, Math.max(5, (high || 0) * 1.12)] } },
      axes: axes(paint),
      bands: [{ series: [1, 2], fill: paint.band }],
      series: [{}, { ...none, stroke: "transparent" }, { ...none, stroke: "transparent" },
        { points: { show: false }, stroke: paint.mid, width: paint.hair, dash: [6, 6] },
        { points: { show: false }, stroke: paint.text, width: thick },
        { points: { show: false }, stroke: paint.above, width: thick * 1.5 }],
      hooks: { draw: [nowMark(paint)] },
    };
  }

  /**
   * Keep a chart in a box; it is made anew when the box changes its size.
   * @param {HTMLElement} box
   * @param {function(): Object} paintOf colours and sizes as the style sheet has them now
   */
  function chartOf(box, paintOf) {
    let plot = null;
    let data = null;
    function make() {
      if (plot) plot.destroy();
      plot = null;
      if (!data || box.clientWidth < 40 || box.clientHeight < 40) return;
      plot = new root.uPlot(options(box, paintOf()), data, box);
    }
    new ResizeObserver(() => {
      if (!plot || plot.width !== box.clientWidth || plot.height !== box.clientHeight) make();
    }).observe(box);
    return {
      show(volume) {
        data = columns(volume);
        if (plot) plot.setData(data);
        else make();
      },
    };
  }

  lianxin.chart = { between, columns, keySide, latest, chartOf };
})(globalThis);
