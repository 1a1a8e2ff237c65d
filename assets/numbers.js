/* Numbers as text, and the only way text gets into a node. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const ROLL_MS = 240;
  const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

  /**
   * @param {number|null|undefined} value
   * @returns {string} 12,345, or a dash where there is no number
   */
  function count(value) {
    return Number.isFinite(value) ? grouped.format(value) : "–";
  }

  /**
   * @param {number|null|undefined} value a share between 0 and 1
   * @param {number} [digits]
   * @returns {string} 94.2, without the sign, or a dash
   */
  function percent(value, digits = 1) {
    return Number.isFinite(value) ? (value * 100).toFixed(digits) : "–";
  }

  /**
   * Say a ratio shortly: one decimal under ten, none above.
   * @param {number} value
   * @returns {string}
   */
  function ratio(value) {
    return value < 10 ? value.toFixed(1) : grouped.format(value);
  }

  /**
   * Write text where it changed. Touching a node that did not change costs a layout.
   * @param {Element|null} node
   * @param {string} text
   * @returns {boolean} whether it changed
   */
  function put(node, text) {
    if (!node || node.textContent === text) return false;
    node.textContent = text;
    return true;
  }

  /**
   * Write a number; the new one stands at once and rolls softly into its place.
   * @param {Element|null} node
   * @param {string} text
   * @param {boolean} still true where motion is unwelcome
   */
  function roll(node, text, still) {
    const before = node && node.textContent;
    if (!put(node, text) || still || before === "–" || !node.animate) return;
    const up = parseFloat(text.replace(/,/g, "")) > parseFloat(before.replace(/,/g, ""));
    node.animate(
      [{ transform: `translateY(${up ? 10 : -10}%)`, opacity: 0.6 },
        { transform: "none", opacity: 1 }],
      { duration: ROLL_MS, easing: "cubic-bezier(.2,.7,.3,1)" });
  }

  /**
   * Where a count stands on a bar that keeps its usual range in the middle.
   * @param {number} value
   * @param {{low: number, high: number}} usual
   * @returns {{from: number, to: number, at: number}} shares of the bar's width
   */
  function onRange(value, usual) {
    const width = Math.max(usual.high - usual.low, usual.high * 0.05, 1);
    const start = usual.low - width;
    const share = (x) => Math.min(1, Math.max(0, (x - start) / (3 * width)));
    return { from: share(usual.low), to: share(usual.high), at: share(value) };
  }

  lianxin.numbers = { count, percent, ratio, put, roll, onRange };
})(globalThis);
