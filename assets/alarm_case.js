/* What the scene of one alarm says: made from the picture's alarms, clusters and figures. Pure. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const CLOSE_KM = 9; // a view narrower than this shows no coast and no names
  const ROOM = 3; // radii of the cluster that the view holds to each side
  const DEGREE_KM = 111.2;
  const LEAST_EXPECTED = 0.005; // under it a multiple of what is expected says nothing

  /** @returns {Object[]} the alarm's clusters, the most severe and rarest first */
  function clustersOf(alarm, rows) {
    const named = new Set(alarm.reasons.filter((one) => one.cause === "cluster").map((one) => one.subject));
    return lianxin.clusters.rank(rows.filter((row) => row.alarm === alarm.id || named.has(row.id)));
  }

  /**
   * The part of the map that shows clusters in their surroundings.
   * @param {Object[]} rows
   * @returns {number[]|null} south, west, north, east; null where nothing may be shown
   */
  function boxOf(rows) {
    const placed = rows.filter((row) => row.latitude !== null);
    if (!placed.length) return null;
    const edges = placed.map((row) => {
      const high = Math.max(CLOSE_KM, row.radius_km * ROOM) / DEGREE_KM;
      const wide = high / Math.cos((row.latitude * Math.PI) / 180);
      return [row.latitude - high, row.longitude - wide, row.latitude + high, row.longitude + wide];
    });
    return [0, 1, 2, 3].map((side) => (side < 2 ? Math.min : Math.max)(...edges.map((edge) => edge[side])));
  }

  /** The large numbers of a cluster. */
  function numbersOf(row, words) {
    const { count, ratio } = lianxin.numbers;
    const times = [ratio(row.callers / row.expected), words.as_expected];
    return [[count(row.callers), words.callers], [lianxin.clusters.expectedOf(row.expected), words.expected],
      ...(row.expected >= LEAST_EXPECTED ? [times] : []), [count(row.tickets), words.tickets]];
  }

  /** The large numbers of what is far above: what there is, and what there may be. */
  function countsOf(alarm, words) {
    const { count } = lianxin.numbers;
    const far = alarm.reasons.find((one) => one.tickets !== null && one.cause !== "cluster");
    const bound = far && far.cause === "loose_end" ? words.list_bound : words.bound;
    return far ? [[count(far.tickets), words.tickets], [count(far.bound), bound]] : [];
  }

  /** Every reason but the clusters shown, in words. */
  function reasonsOf(alarm, clusters, told) {
    const { fill } = lianxin.clock;
    const said = alarm.reasons.filter((one) => one.cause !== "cluster")
      .map((one) => lianxin.clusters.named(one, "says", told.language));
    if (clusters.length > 1) said.unshift(fill(told.words.other_clusters, { n: clusters.length - 1 }));
    return said;
  }

  /** The list of loose ends an alarm is of: its name, and the departments with most; null of none. */
  function listOf(alarm, sections, told) {
    const list = alarm.reasons.find((one) => one.cause === "loose_end");
    if (!list) return null;
    const ends = ((sections.duties || {}).data || { ends: [] }).ends;
    const end = ends.find((one) => one.code === list.subject);
    return { name: told.words[`end_${list.subject}`], most: end ? lianxin.duties.worstTold(end, told) : "" };
  }

  function stateOf(alarm, told, nowMs) {
    if (alarm.state !== "shelved" || !alarm.shelved_until) return told.words[`alarm_${alarm.state}`];
    return lianxin.clock.fill(told.words.alarm_shelved_until,
      { time: told.moment(Date.parse(alarm.shelved_until), nowMs) });
  }

  function whereOf(alarm, main, told, nowMs) {
    const { fill, age } = lianxin.clock;
    const since = Date.parse(main ? main.since : alarm.since);
    return [
      main ? lianxin.clusters.whereOf(main, told) : "",
      main && main.radius_km ? fill(told.words.radius, { n: lianxin.clusters.kilometres(main.radius_km) }) : "",
      fill(told.words.cluster_since, { time: told.moment(since, nowMs) }),
      fill(told.words.lasting, { age: age((nowMs - since) / 1000, told.words) }),
    ].filter(Boolean);
  }

  /**
   * Everything the scene of an alarm says.
   * @param {Object} alarm
   * @param {Object<string, Object>} sections of the picture
   * @param {{words: Object, language: string, names: Object, moment: function}} told
   * @param {number} nowMs server time
   */
  function caseOf(alarm, sections, told, nowMs) {
    const { clusters } = lianxin;
    const { words } = told;
    const rows = clustersOf(alarm, (sections.clusters.data || {}).rows || []);
    const main = rows[0] || null;
    const list = main ? null : listOf(alarm, sections, told);
    const zones = main ? main.zones.map((zone) => (
      { name: clusters.named(zone, "name", told.language), share: zone.share })) : [];
    return {
      severity: alarm.severity, state: stateOf(alarm, told, nowMs),
      place: clusters.named(main || alarm, "district", told.language),
      title: clusters.named(main || alarm, "name", told.language) || alarm.category
        || (list && list.name) || lianxin.alarms.countOf(alarm, told), where: whereOf(alarm, main, told, nowMs),
      numbers: main ? numbersOf(main, words) : countsOf(alarm, words),
      hours: main ? main.hours : null,
      start: main ? clusters.windowStart(main.since, sections.clusters.as_of) : 0,
      from: nowMs - 24 * 3600000,
      zones: zones.slice(0, 4), reasons: list && list.most ? [] : reasonsOf(alarm, rows, told),
      about: list ? words.list_most : words.how_sure,
      sure: list ? list.most : main ? lianxin.clock.fill(words.by_chance, { length: clusters.lengthOf(main.recurrence_d, words, true) }) : "",
      rarity: main ? lianxin.clock.fill(words.recurrence,
        { length: clusters.lengthOf(main.recurrence_d, words) }) : "",
      chance: main ? lianxin.clock.fill(words.chance,
        { p: clusters.chanceOf(main.p), basis: words[`basis_${main.basis}`] }) : "",
      box: boxOf(rows), district: alarm.district,
    };
  }

  lianxin.alarmCase = { clustersOf, boxOf, caseOf };
})(globalThis);
