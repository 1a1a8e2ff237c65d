/* Time as the wall tells it: by the server's clock, in the city's zone. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /** Minutes, hours, days in seconds. */
  const STEPS = [["days", 86400], ["hours", 3600], ["minutes", 60]];

  /**
   * Put values into a sentence: fill("{n} s", {n: 3}) is "3 s".
   * @param {string} sentence
   * @param {Object<string, string|number>} values
   * @returns {string}
   */
  function fill(sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, (whole, name) =>
      name in values ? String(values[name]) : whole);
  }

  /**
   * Say a length of time in its largest unit.
   * @param {number} seconds
   * @param {Object<string, string>} words
   * @returns {string}
   */
  function age(seconds, words) {
    const whole = Math.max(0, Math.floor(seconds));
    for (const [name, length] of STEPS) {
      if (whole >= length) return fill(words[name], { n: Math.floor(whole / length) });
    }
    return fill(words.seconds, { n: whole });
  }

  /**
   * Say how long ago something came in: minutes are enough for a glance.
   * @param {number} seconds
   * @param {Object<string, string>} words
   * @returns {string}
   */
  function ago(seconds, words) {
    if (seconds < 60) return words.just_now;
    return fill(words.ago, { age: age(seconds, words) });
  }

  /**
   * A clock that runs on the server's time between two beats.
   * @param {() => number} elapsed monotonic milliseconds of this page
   */
  function serverClock(elapsed) {
    let said = null;
    let saidAt = 0;
    return {
      /** @param {number} ms what the server said, ms since the epoch */
      set(ms) {
        if (Number.isFinite(ms)) {
          said = ms;
          saidAt = elapsed();
        }
      },
      /** @returns {number|null} ms since the epoch, null before the first word */
      now() {
        return said === null ? null : said + (elapsed() - saidAt);
      },
    };
  }

  /**
   * Make the formatters of a zone and a language; making one costs more than using it.
   * @param {string} zone IANA name
   * @param {string} language zh or en
   */
  function faceOf(zone, language) {
    const locale = language === "zh" ? "zh-CN" : "en-GB";
    const make = (options) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    const clock = make({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    const short = make({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const date = make({ year: "numeric", month: "long", day: "numeric" });
    const weekday = make({ weekday: "long" });
    const day = new Intl.DateTimeFormat(locale, { timeZone: zone, day: "numeric", month: "short" });
    const key = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    return {
      clock: (ms) => clock.format(ms),
      time: (ms) => short.format(ms),
      date: (ms) => date.format(ms),
      weekday: (ms) => weekday.format(ms),
      /** @returns {string} 2026-11-24 */
      day: (ms) => key.format(ms),
      /** @returns {string} 07-12, or 12 Jul */
      shortDay: (ms) => (language === "zh" ? key.format(ms).slice(5) : day.format(ms)),
      /** @returns {string} 14:00 of today, 07-12 14:00 of another day */
      moment(ms, nowMs) {
        if (key.format(ms) === key.format(nowMs)) return short.format(ms);
        const date = language === "zh" ? key.format(ms).slice(5) : day.format(ms);
        return `${date} ${short.format(ms)}`;
      },
    };
  }

  lianxin.clock = { fill, age, ago, serverClock, faceOf };
})(globalThis);
