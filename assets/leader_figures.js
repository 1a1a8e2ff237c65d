/* The five numbers of a leader's page: each with its state, its comparison and its n. Pure. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const POINT = 0.0005; // half of the tenth of a percent that is shown

  /** Compare a rate with the one of the last look, in percentage points. */
  function movedOf(now, before, words) {
    if (!before || !before.n || !Number.isFinite(before.value)) return { mark: "none", state: words.leader_no_last };
    const by = now.value - before.value;
    if (Math.abs(by) < POINT) return { mark: "round", state: words.leader_level };
    const n = (Math.abs(by) * 100).toFixed(1);
    return by > 0 ? { mark: "up", state: lianxin.clock.fill(words.leader_better, { n }) }
      : { mark: "down", state: lianxin.clock.fill(words.leader_worse, { n }) };
  }

  /** A rate against its target, where there is one, else against the last look. */
  function rateOf(name, rate, before, told) {
    const { words, targets, few } = told;
    const { fill } = lianxin.clock;
    const target = targets[name.replace(/_rate$/, "")];
    const standing = lianxin.performance.standingOf(rate, target, few);
    if (standing === "none") return { tone: "plain", mark: "none", state: words.no_rate };
    if (standing === "few") return { tone: "plain", mark: "none", state: words.leader_few };
    if (!Number.isFinite(target)) return { tone: "plain", ...movedOf(rate, before, words) };
    const said = { target: lianxin.numbers.percent(target, 0) };
    if (rate.value >= target) return { tone: "plain", mark: "round", state: fill(words.leader_target_met, said) };
    // A little below is said, far below takes colour: as on the wall.
    return { tone: standing === "below" ? "abnormal" : "plain", mark: "down", state: fill(words.leader_target_missed, said) };
  }

  function openedOf(totals, words) {
    const level = lianxin.totals.levelOf(totals.opened_today, totals.expected_today);
    return {
      above: { tone: "abnormal", mark: "up", state: words.above },
      below: { tone: "abnormal", mark: "down", state: words.leader_below },
      usual: { tone: "plain", mark: "round", state: words.usual },
      unknown: { tone: "plain", mark: "none", state: words.no_expectation },
    }[level];
  }

  function overdueOf(totals, words) {
    if (!totals.overdue_now) return { tone: "plain", mark: "round", state: words.leader_overdue_none };
    return lianxin.rows.weightOf(totals.open_now, totals.overdue_now) === "heavy"
      ? { tone: "abnormal", mark: "up", state: words.leader_overdue_heavy }
      : { tone: "plain", mark: "round", state: words.leader_overdue_some };
  }

  function balanceOf(totals, note) {
    const by = totals.opened_today - totals.closed_today;
    return { tone: "plain", mark: by > 0 ? "up" : by < 0 ? "down" : "round", state: note };
  }

  /**
   * What the five numbers say.
   * @param {Object} totals of the picture
   * @param {Object|null} marks of the last look
   * @param {{words: Object, targets: Object, few: number}} told
   * @returns {Array<{name: string, value: string, tone: string, mark: string, state: string,
   *   note: string, sample: string, period: string}>}
   */
  function figuresOf(totals, marks, told) {
    const { words } = told;
    const { count, percent } = lianxin.numbers;
    const { fill } = lianxin.clock;
    const notes = lianxin.totals.notesOf(totals, words);
    const past = (marks && marks.numbers) || {};
    const last = (name) => (name in past ? fill(words.leader_last, { n: count(past[name]) }) : "");
    const period = fill(words.figures_period, { n: totals.figures_d });
    const solved = totals.solved_rate || {};
    const rate = (name, more) => ({ name, period, value: percent((totals[name] || {}).value),
      ...rateOf(name, totals[name], past[name], told),
      note: (totals[name] || {}).n ? notes[name] : "", sample: more });
    return [
      { name: "opened_today", value: count(totals.opened_today), ...openedOf(totals, words),
        note: totals.expected_today ? notes.opened_today : "", sample: "", period: "" },
      { name: "open_now", value: count(totals.open_now), ...balanceOf(totals, notes.open_now),
        note: fill(words.leader_closed, { n: count(totals.closed_today) }), sample: last("open_now"), period: "" },
      { name: "overdue_now", value: count(totals.overdue_now), ...overdueOf(totals, words),
        note: totals.overdue_now ? notes.overdue_now : "", sample: last("overdue_now"), period: "" },
      rate("on_time_rate", ""),
      rate("satisfaction_rate", solved.n ? fill(words.leader_solved, { n: percent(solved.value) }) : ""),
    ];
  }

  lianxin.leaderFigures = { figuresOf };
})(globalThis);
