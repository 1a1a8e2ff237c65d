/* What a cluster says of itself: its rank, its name and its figures in plain words. Pure. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const RANK = { critical: 0, high: 1, medium: 2 };
  const HOUR_MS = 3600000;
  const HOURS = 24;
  const YEAR_D = 365;
  const MOST_YEARS = 10;
  const FEW = 3;

  /** @returns {string} critical, high, medium or none: shape and colour hang on it */
  const severityOf = (row) => row.severity || "none";

  /**
   * Rank clusters: the most severe first, then the rarest; what staff entered in bulk last.
   * @param {Object[]} rows
   * @returns {Object[]}
   */
  function rank(rows) {
    const place = (row) => RANK[row.severity] ?? 3;
    return [...rows].sort((a, b) => a.bulk - b.bulk || place(a) - place(b)
      || b.recurrence_d - a.recurrence_d || b.callers - a.callers || (a.id < b.id ? -1 : 1));
  }

  /** How many there are, as far as the layout cares. */
  const gathering = (count) => (count === 0 ? "none" : count <= FEW ? "few" : "many");

  const named = (row, part, language) => (language === "en" && row[`${part}_en`]) || row[`${part}_zh`] || "";

  /**
   * The name people would say: district and matter.
   * @param {Object} row a cluster or an alarm
   * @param {{language: string}} told
   * @returns {string}
   */
  function titleOf(row, told) {
    const what = named(row, "name", told.language) || row.category || "";
    // The dot stays with the district where the line breaks.
    return [named(row, "district", told.language), what].filter(Boolean).join("\u00a0· ");
  }

  /**
   * An expected number: whole from ten on, and never so short that it reads as nothing.
   * @param {number} value
   * @returns {string}
   */
  function expectedOf(value) {
    if (value >= 9.95) return lianxin.numbers.count(Math.round(value));
    if (value < 0.005) return "< 0.01";
    return value < 0.095 ? value.toFixed(2) : value.toFixed(1);
  }

  /**
   * How rarely chance alone brings such a cluster: days, or whole years it exceeds.
   * @param {number} days
   * @param {Object<string, string>} words
   * @param {boolean} [inSentence] "more than a year" instead of "> 1 year"
   * @returns {string}
   */
  function lengthOf(days, words, inSentence) {
    const { fill } = lianxin.clock;
    const years = Math.min(MOST_YEARS, Math.floor(days / YEAR_D));
    const [one, many] = inSentence ? [words.more_than_year, words.more_than_years]
      : [words.over_year, words.over_years];
    if (years >= 1) return years === 1 ? one : fill(many, { n: years });
    return fill(words.about_days, { n: days < 10 ? Math.round(days * 10) / 10 : Math.round(days) });
  }

  /** @returns {string} callers against what was to be expected */
  const againstOf = (row, words) => lianxin.clock.fill(words.callers_expected, {
    callers: lianxin.numbers.count(row.callers), expected: expectedOf(row.expected) });

  /** @returns {string} a length: one decimal under ten, none above */
  const kilometres = (km) => (km >= 10 ? String(Math.round(km)) : km.toFixed(1));

  /** Where, finer than the district: the place's name, or why there is none. */
  function whereOf(row, told) {
    if (row.latitude === null) return told.words.place_withheld;
    return named(row, "place", told.language);
  }

  /** @returns {string} severity and state of the cluster's alarm, or that it was entered in bulk */
  function standingOf(row, words) {
    if (row.bulk) return words.bulk;
    const state = row.alarm_state === "acknowledged" || row.alarm_state === "shelved"
      ? words[`alarm_${row.alarm_state}`] : "";
    const severity = row.severity ? words[`severity_${row.severity}`] : "";
    const course = row.phase === "quietening" ? words.phase_quietening : "";
    return [severity, state || course].filter(Boolean).join(" · ");
  }

  /**
   * What a glance needs, in the order of weight: what has no room is left out from the end.
   * @param {Object} row
   * @param {{words: Object, language: string, moment: function(number, number): string}} told
   * @param {number} nowMs server time
   * @returns {string[]}
   */
  function factsOf(row, told, nowMs) {
    const { words } = told;
    const { fill } = lianxin.clock;
    return [
      standingOf(row, words),
      againstOf(row, words),
      fill(words.cluster_since, { time: told.moment(Date.parse(row.since), nowMs) }),
      row.radius_km ? fill(words.radius, { n: kilometres(row.radius_km) }) : "",
      fill(words.recurrence, { length: lengthOf(row.recurrence_d, words) }),
      whereOf(row, told),
    ].filter(Boolean);
  }

  /** @returns {string} a chance as it is printed: never 0 */
  const chanceOf = (p) => (p < 0.0001 ? "< 0.0001" : `= ${p < 0.1 ? p.toPrecision(2) : p.toFixed(2)}`);

  /**
   * What the figures rest on: tickets, course, chance, zones.
   * @param {Object} row
   * @param {{words: Object, language: string, moment: function(number, number): string}} told
   * @param {number} nowMs
   * @returns {string[]}
   */
  function evidenceOf(row, told, nowMs) {
    const { words } = told;
    const { fill } = lianxin.clock;
    const course = words[`phase_${row.phase}`];
    return [
      ...(standingOf(row, words).includes(course) ? [] : [course]),
      fill(words.tickets_n, { n: lianxin.numbers.count(row.tickets) }),
      fill(words.newest, { time: told.moment(Date.parse(row.newest), nowMs) }),
      fill(words.chance, { p: chanceOf(row.p), basis: words[`basis_${row.basis}`] }),
      ...row.zones.slice(0, 2).map((zone) => fill(words.zone_share, {
        share: Math.round(zone.share * 100), zone: named(zone, "name", told.language) })),
    ];
  }

  /**
   * The first of the last 24 hours that lies in the cluster's window.
   * @param {string} since
   * @param {string} as_of
   * @returns {number} 0 to 23
   */
  function windowStart(since, as_of) {
    const hours = Math.ceil((Date.parse(as_of) - Date.parse(since)) / HOUR_MS);
    return Math.min(HOURS - 1, Math.max(0, HOURS - hours));
  }

  lianxin.clusters = { severityOf, rank, gathering, named, titleOf, expectedOf, lengthOf, againstOf, kilometres,
    whereOf, factsOf, evidenceOf, standingOf, windowStart, chanceOf };
})(globalThis);
