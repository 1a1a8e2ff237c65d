/* What changed since the last look: the marks that are kept of a look, and the sentences that two
   of them make. Marks are numbers and codes; names come from the page. Pure. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const FORM = 1;
  const GROWN = 1.25;
  const GROWN_BY = 5; // callers: fewer more are the noise of an hour
  const RATE = 0.01;
  const OVERDUE = { share: 0.1, least: 10 };
  const DEPARTMENT = { share: 0.1, least: 3 };
  const MOST_DEPARTMENTS = 4;

  const section = (picture, name) => {
    const found = picture.sections[name];
    return found && found.state !== "off" ? found.data : null;
  };
  const byId = (rows, value) => Object.fromEntries(rows.map((row) => [row.id, value(row)]));

  /**
   * What is kept of a look at a picture.
   * @param {Object} picture
   * @returns {Object} numbers and codes alone
   */
  function marksOf(picture) {
    const totals = section(picture, "totals");
    const clusters = section(picture, "clusters");
    const alarms = section(picture, "alarms");
    const departments = section(picture, "departments");
    return {
      form: FORM,
      at: picture.as_of,
      numbers: totals ? { level: lianxin.totals.levelOf(totals.opened_today, totals.expected_today),
        open_now: totals.open_now, overdue_now: totals.overdue_now, on_time_rate: totals.on_time_rate,
        satisfaction_rate: totals.satisfaction_rate } : null,
      clusters: clusters && byId(clusters.rows, (row) => [row.callers, row.category, row.district]),
      alarms: alarms && byId(alarms.rows, (row) => [row.severity, row.category, row.district]),
      departments: departments
        && Object.fromEntries(departments.rows.map((row) => [row.code, row.overdue_now])),
    };
  }

  /** @returns {boolean} whether marks are of this version */
  const readable = (marks) => Boolean(marks && marks.form === FORM && Number.isFinite(Date.parse(marks.at)));

  /** The name of what is there no more, from its codes. */
  function titleOf(category, district, told) {
    const name = (kind, code) => (told.names[kind] || {})[code] || code;
    return [district && name("district", district), category && name("category", category)]
      .filter(Boolean).join("\u00a0· ");
  }

  const passes = (by, before, bound) => by >= Math.max(bound.least, bound.share * before);

  function clusterChanges(before, data, told) {
    const { words } = told;
    const { fill } = lianxin.clock;
    const { titleOf: named, expectedOf } = lianxin.clusters;
    const found = [];
    for (const row of data.rows) {
      const [callers] = before[row.id] || [];
      const said = { what: named(row, told), callers: row.callers, before: callers, expected: expectedOf(row.expected) };
      const tone = row.severity === "critical" || row.severity === "high" ? "abnormal" : "plain";
      if (callers === undefined) {
        found.push({ key: `new:${row.id}`, rank: 0, tone, mark: "up", cluster: row.id, says: fill(words.leader_new_cluster, said) });
      } else if (row.callers >= callers * GROWN && row.callers - callers >= GROWN_BY) {
        found.push({ key: `grown:${row.id}`, rank: 1, tone, mark: "up", cluster: row.id, says: fill(words.leader_grown_cluster, said) });
      }
    }
    if (data.left_out) return found; // what is not listed has not ended
    const living = new Set(data.rows.map((row) => row.id));
    for (const [id, [, category, district]] of Object.entries(before)) {
      if (!living.has(id)) {
        found.push({ key: `ended:${id}`, rank: 5, tone: "plain", mark: "round", cluster: id,
          says: fill(words.leader_ended_cluster, { what: titleOf(category, district, told) }) });
      }
    }
    return found;
  }

  /** @param {Set<string>} toldOf clusters that are told of already */
  function alarmChanges(before, data, told, toldOf) {
    const { words } = told;
    const { fill } = lianxin.clock;
    const found = [];
    const said = (row) => row.reasons.every((one) => one.cause === "cluster" && toldOf.has(one.subject));
    for (const row of data.rows) {
      if (row.id in before || !lianxin.alarms.presses(row) || said(row)) continue;
      const tone = row.severity === "medium" ? "plain" : "abnormal";
      found.push({ key: `alarm:${row.id}`, rank: 0, tone, mark: "up",
        says: fill(words.leader_new_alarm, { what: lianxin.alarms.sayOf(row, told) }) });
    }
    if (data.left_out) return found;
    const standing = new Set(data.rows.map((row) => row.id));
    for (const [id, [, category, district]] of Object.entries(before)) {
      if (!standing.has(id)) {
        found.push({ key: `cleared:${id}`, rank: 5, tone: "plain", mark: "round",
          says: fill(words.leader_cleared_alarm, { what: titleOf(category, district, told) || words.leader_whole_city }) });
      }
    }
    return found;
  }

  function numberChanges(before, totals, told) {
    const { words, few } = told;
    const { count, percent } = lianxin.numbers;
    const { fill } = lianxin.clock;
    const found = [];
    const level = lianxin.totals.levelOf(totals.opened_today, totals.expected_today);
    if (level !== before.level && level !== "unknown" && before.level !== "unknown") {
      const says = { above: words.leader_opened_above, below: words.leader_opened_below, usual: words.leader_opened_usual };
      found.push({ key: "opened", rank: 2, tone: level === "usual" ? "plain" : "abnormal",
        mark: { above: "up", below: "down", usual: "round" }[level], says: fill(says[level], { n: count(totals.opened_today) }) });
    }
    const by = totals.overdue_now - before.overdue_now;
    if (passes(Math.abs(by), before.overdue_now, OVERDUE)) {
      found.push({ key: "overdue", rank: 2, tone: by > 0 ? "abnormal" : "plain", mark: by > 0 ? "up" : "down",
        says: fill(words.leader_overdue_moved, { before: count(before.overdue_now), now: count(totals.overdue_now) }) });
    }
    for (const name of ["on_time_rate", "satisfaction_rate"]) {
      const [now, then] = [totals[name] || {}, before[name] || {}];
      if (!(now.n >= few && then.n >= few) || Math.abs(now.value - then.value) < RATE) continue;
      const up = now.value > then.value;
      found.push({ key: name, rank: 3, tone: up ? "plain" : "abnormal", mark: up ? "up" : "down",
        says: fill(words.leader_rate_moved, { name: words[name], before: percent(then.value), now: percent(now.value) }) });
    }
    return found;
  }

  function departmentChanges(before, data, told) {
    const { words } = told;
    const { fill } = lianxin.clock;
    const grown = data.rows.map((row) => ({ row, more: row.overdue_now - (before[row.code] ?? 0) }))
      .filter(({ row, more }) => passes(more, before[row.code] ?? 0, DEPARTMENT))
      .sort((a, b) => b.more - a.more || (a.row.code < b.row.code ? -1 : 1));
    const found = grown.slice(0, MOST_DEPARTMENTS).map(({ row, more }) => ({ key: `department:${row.code}`, rank: 4,
      tone: "plain", mark: "up", department: row.code, says: fill(words.leader_department_grew, {
        name: lianxin.leaderRows.departmentOf(row, told), more, now: row.overdue_now }) }));
    const left = grown.length - found.length;
    if (left > 0) {
      found.push({ key: "departments", rank: 4, tone: "plain", mark: "up", says: fill(words.leader_departments_more, { n: left }) });
    }
    return found;
  }

  /**
   * Say what changed between a look and a picture, the weightiest first.
   * @param {Object} marks
   * @param {Object} picture
   * @param {Object} told words, names, language
   * @returns {Array<{key: string, tone: string, mark: string, says: string, cluster?: string,
   *   department?: string}>}
   */
  function changesOf(marks, picture, told) {
    const found = [];
    const both = (name, kept, changes) => {
      const data = section(picture, name);
      if (data && kept) found.push(...changes(kept, data));
    };
    both("clusters", marks.clusters, (kept, data) => clusterChanges(kept, data, told));
    const toldOf = new Set(found.filter((one) => one.rank === 0).map((one) => one.cluster));
    both("alarms", marks.alarms, (kept, data) => alarmChanges(kept, data, told, toldOf));
    both("totals", marks.numbers, (kept, data) => numberChanges(kept, data, told));
    both("departments", marks.departments, (kept, data) => departmentChanges(kept, data, told));
    const weight = (one) => one.rank * 2 + (one.tone === "abnormal" ? 0 : 1);
    return found.map((one, place) => ({ ...one, place }))
      .sort((a, b) => weight(a) - weight(b) || a.place - b.place);
  }

  lianxin.leaderChanges = { marksOf, readable, changesOf };
})(globalThis);
