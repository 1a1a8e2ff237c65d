/* Alarms: their order, what is new among them, and what the bar says. Pure. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const RANK = { critical: 0, high: 1, medium: 2 };
  const REMEMBERED = 300; // ids of alarms that were announced

  /** @returns {boolean} whether an alarm waits for somebody, and everybody was told */
  const presses = (alarm) => alarm.state === "raised" && !alarm.flooded;

  /**
   * The most severe first, then the newest; what was acknowledged or shelved last.
   * @param {Object[]} rows
   */
  function rank(rows) {
    const waits = (row) => (presses(row) ? 0 : 1);
    return [...rows].sort((a, b) => waits(a) - waits(b) || RANK[a.severity] - RANK[b.severity]
      || Date.parse(b.raised) - Date.parse(a.raised) || (a.id < b.id ? -1 : 1));
  }

  /**
   * What has to be announced: what waits and was never announced, or has become more severe, or
   * comes back from the shelf, where nobody is thought to remember it.
   * @param {Map<string, string>} announced severity by id, as announced
   * @param {Object[]} rows
   * @returns {{fresh: Object[], announced: Map<string, string>}} the same `announced` where
   *   there is nothing new
   */
  function newcomers(announced, rows) {
    const fresh = rank(rows).filter((row) => presses(row)
      && !(RANK[row.severity] >= RANK[announced.get(row.id)]));
    const shelved = rows.filter((row) => row.state === "shelved" && announced.has(row.id));
    if (!fresh.length && !shelved.length) return { fresh, announced };
    const known = new Map(announced);
    for (const row of shelved) known.delete(row.id);
    for (const row of fresh) {
      known.delete(row.id); // put behind the others: the oldest are forgotten first
      known.set(row.id, row.severity);
    }
    return { fresh, announced: new Map([...known].slice(-REMEMBERED)) };
  }

  /**
   * Announced alarms, remembered for as long as the tab lives.
   * @param {{getItem: function, setItem: function}|null} storage
   * @param {string} key
   */
  function memoryOf(storage, key) {
    let announced = new Map();
    try {
      announced = new Map(JSON.parse((storage && storage.getItem(key)) || "[]"));
    } catch {
      announced = new Map(); // what another version left there
    }
    return {
      /** @returns {Object[]} the alarms among `rows` to announce now; asked again, none of them */
      take(rows) {
        const found = newcomers(announced, rows);
        if (found.announced === announced) return [];
        announced = found.announced;
        try {
          if (storage) storage.setItem(key, JSON.stringify([...announced]));
        } catch {
          // A full or forbidden storage: this page's own memory has to do.
        }
        return found.fresh;
      },
    };
  }

  /** @returns {string} what is far above: "Noise, whole city: 312 today, bound 251"; "" for clusters alone */
  function countOf(alarm, told) {
    const counts = alarm.reasons.filter((one) => one.cause !== "cluster");
    return counts.length < alarm.reasons.length || !counts.length ? ""
      : lianxin.clusters.named(counts[0], "says", told.language);
  }

  /** @returns {string} "critical: Longkou · Yellow water" */
  const sayOf = (alarm, told) => lianxin.clock.fill(told.words.alarm_says, {
    severity: told.words[`severity_${alarm.severity}`],
    what: countOf(alarm, told) || lianxin.clusters.titleOf(alarm, told) });

  /**
   * What the bar says.
   * @param {{rows: Object[], raised: number, left_out: number}} data
   * @param {Object} told
   * @returns {{waiting: number, lead: Object|null, count: string, name: string, flooded: string}}
   */
  function barOf(data, told) {
    const { fill } = lianxin.clock;
    const rows = rank(data.rows);
    const lead = rows.find(presses) || null;
    const held = rows.filter((row) => row.flooded && row.state === "raised").length;
    return {
      waiting: data.raised, lead,
      count: data.raised ? fill(told.words.alarms_raised, { n: data.raised }) : told.words.no_alarm,
      name: lead ? sayOf(lead, told) : "",
      flooded: held ? fill(told.words.alarms_flooded, { n: held }) : "",
    };
  }

  /** @returns {string[]} ids of the alarms that have a scene of their own, in order */
  const withScene = (rows) => rank(rows)
    .filter((row) => !row.flooded && row.state !== "shelved").map((row) => row.id);

  lianxin.alarms = { presses, rank, newcomers, memoryOf, countOf, sayOf, barOf, withScene };
})(globalThis);
