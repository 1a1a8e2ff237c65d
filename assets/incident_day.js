/* The day an incident's page is drawn of: when another begins, all of it is asked for anew. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const AGAIN_MS = 60_000;
  const SETTLE_MS = 5_000;
  const APART_MS = 30_000;

  /** @returns {number} ms: what came in before midnight is counted first, and not all screens ask at once */
  const spread = () => SETTLE_MS + Math.random() * APART_MS;

  /**
   * Follow the days of the server's clock: a while into each the page is drawn anew, and again a
   * minute later where that failed.
   * @param {function(number): string} dayOf the day of a moment, as 2026-11-24
   * @param {function(): Promise<boolean>} draw tells whether it was drawn
   * @param {function(): number} [apart] ms
   * @returns {function(number): Promise<void>} takes the time, ms since the epoch; first that of the page
   */
  function follow(dayOf, draw, apart = spread) {
    let drawn = null;
    let dueMs = null;
    return async (nowMs) => {
      const day = dayOf(nowMs);
      drawn = drawn ?? day;
      if (day <= drawn) return;
      dueMs = dueMs ?? nowMs + apart();
      if (nowMs < dueMs) return;
      dueMs = nowMs + AGAIN_MS; // said before it is asked, so that no second beat asks too
      if (!(await draw())) return;
      drawn = day;
      dueMs = null;
    };
  }

  lianxin.incidentDay = { follow };
})(globalThis);
