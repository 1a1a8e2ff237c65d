/* Whether what is shown can be believed, and if not, which link failed. Pure rules. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  const LATE_S = 3;
  const DEAD_S = 30;
  // A section is made anew every second or so; charts and lists may take their turn.
  const SECTION_LATE_S = 15;
  const SECTION_DEAD_S = 60;
  const ORDER = ["fresh", "late", "dead"];

  /**
   * @param {string} one
   * @param {string} two
   * @returns {string} the worse of two states
   */
  function worse(one, two) {
    return ORDER.indexOf(one) >= ORDER.indexOf(two) ? one : two;
  }

  const byAge = (age_s, late_s, dead_s) =>
    age_s >= dead_s ? "dead" : age_s >= late_s ? "late" : "fresh";

  /**
   * Judge the whole line from source to screen; the link nearest to the screen is named,
   * because beyond a cut link nothing is known.
   * @param {{silence_s: number, redisDown_s: number, beat: Object|null}} seen
   *   silence_s since the last event; redisDown_s since the beats say that Redis is lost
   * @returns {{state: string, link: string, age_s: number}}
   */
  function judge(seen) {
    const { silence_s, redisDown_s, beat } = seen;
    if (silence_s >= LATE_S || (!beat && silence_s > 0)) {
      const link = beat ? "line_cut" : silence_s >= LATE_S ? "line_cut" : "waiting";
      return { state: silence_s >= DEAD_S ? "dead" : "late", link, age_s: silence_s };
    }
    const links = (beat && beat.links) || {};
    if (links.redis === "down") {
      return { state: redisDown_s >= DEAD_S ? "dead" : "late", link: "redis_down", age_s: redisDown_s };
    }
    if (links.worker === "silent") {
      const age_s = beat.worker_age_s ?? DEAD_S;
      return { state: age_s >= DEAD_S ? "dead" : "late", link: "worker_silent", age_s };
    }
    if (links.source === "silent") {
      return { state: "late", link: "source_silent", age_s: beat.source_age_s ?? 0 };
    }
    return { state: "fresh", link: "ok", age_s: 0 };
  }

  /**
   * Judge one panel: as bad as the line, what its section says of itself, and its age.
   * @param {string} line state of the line
   * @param {string|undefined} section state the picture gives
   * @param {number} age_s since the section's own time last moved; infinite before the first
   * @returns {string}
   */
  function panel(line, section, age_s) {
    const own = ORDER.includes(section) ? section : "fresh";
    const old = Number.isFinite(age_s) ? byAge(age_s, SECTION_LATE_S, SECTION_DEAD_S) : "late";
    return worse(worse(line, own), old);
  }

  lianxin.freshness = { judge, panel, worse, LATE_S, DEAD_S };
})(globalThis);
