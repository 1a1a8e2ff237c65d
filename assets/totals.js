/* The row of large numbers, and what stands under each. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const COUNTS = ["opened_today", "closed_today", "open_now", "overdue_now", "urgent_open",
    "unassigned_now"];
  const RATES = { on_time_rate: "rate_of_due", solved_rate: "rate_of_callbacks",
    satisfaction_rate: "rate_of_callbacks" };

  /**
   * The line under each number, so that no figure stands without its measure.
   * @param {Object} totals the section's data
   * @param {Object<string, string>} words
   * @returns {Object<string, string>} by the number's name
   */
  function notesOf(totals, words) {
    const { count, percent } = lianxin.numbers;
    const { fill } = lianxin.clock;
    const usual = totals.expected_today;
    const share = (n) => (totals.open_now > 0
      ? fill(words.of_open, { share: `${percent(n / totals.open_now)}%` }) : "");
    const notes = {
      opened_today: usual
        ? fill(words.expected_so_far, { low: count(usual.low), high: count(usual.high) })
        : words.no_expectation,
      closed_today: fill(words.direct_today, { n: count(totals.direct_today) }),
      open_now: fill(totals.opened_today >= totals.closed_today ? words.net_more : words.net_less,
        { n: count(Math.abs(totals.opened_today - totals.closed_today)) }),
      overdue_now: share(totals.overdue_now),
      urgent_open: share(totals.urgent_open),
      unassigned_now: share(totals.unassigned_now),
    };
    for (const [name, word] of Object.entries(RATES)) {
      const rate = totals[name] || {};
      notes[name] = rate.n ? fill(words[word], { n: count(rate.n) }) : words.no_rate;
    }
    return notes;
  }

  /**
   * Whether a number stands above, below or within what is usual.
   * @param {number} value
   * @param {{low: number, high: number}|null} usual
   * @returns {string} above, below, usual or unknown
   */
  function levelOf(value, usual) {
    if (!usual) return "unknown";
    return value > usual.high ? "above" : value < usual.low ? "below" : "usual";
  }

  /** @param {Element} wall @param {Object} words @param {boolean} still */
  function totalsOf(wall, words, still) {
    const { count, percent, put, roll, onRange } = lianxin.numbers;
    const find = (kind, name) => wall.querySelector(`[data-${kind}="${name}"]`);
    const nodes = {};
    for (const name of [...COUNTS, ...Object.keys(RATES), "opened_last_hour"]) {
      nodes[name] = { value: find("kpi", name), note: find("note", name) };
    }
    const opened = wall.querySelector(".number-opened_today");
    const range = opened.querySelector(".range");
    return {
      show(totals) {
        const notes = notesOf(totals, words);
        for (const name of COUNTS) roll(nodes[name].value, count(totals[name]), still);
        for (const name of Object.keys(RATES)) {
          roll(nodes[name].value, percent((totals[name] || {}).value), still);
        }
        for (const [name, note] of Object.entries(notes)) put(nodes[name].note, note);
        roll(nodes.opened_last_hour.value, count(totals.opened_last_hour), still);
        for (const node of wall.querySelectorAll(".number-period")) {
          put(node, lianxin.clock.fill(words.figures_period, { n: totals.figures_d }));
        }
        const hour = totals.expected_last_hour;
        put(nodes.opened_last_hour.note, hour ? lianxin.clock.fill(words.expected_range,
          { low: count(hour.low), high: count(hour.high) }) : "");
        opened.dataset.level = levelOf(totals.opened_today, totals.expected_today);
        range.hidden = !totals.expected_today;
        if (totals.expected_today) {
          const at = onRange(totals.opened_today, totals.expected_today);
          for (const [name, value] of Object.entries(at)) {
            range.style.setProperty(`--${name}`, value.toFixed(3));
          }
        }
      },
    };
  }

  lianxin.totals = { notesOf, levelOf, totalsOf };
})(globalThis);
