/* How old the tickets of one of the five responsibilities are, in words. Pure. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const DAY_H = 24;
  const DAYS_FROM_H = 72; // a younger age is said in hours

  /**
   * An age in hours, as a person says it.
   * @param {number|null} hours
   * @param {Object<string, string>} words
   * @returns {string}
   */
  function ageOf(hours, words) {
    if (!Number.isFinite(hours)) return words.duty_no_age;
    const age = hours < DAYS_FROM_H
      ? lianxin.clock.fill(words.hours, { n: hours })
      : lianxin.clock.fill(words.days, { n: Math.floor(hours / DAY_H) });
    return lianxin.clock.fill(words.duty_median, { age });
  }

  lianxin.dutyAge = { ageOf };
})(globalThis);
