/* The rows of a leader's page: what changed, clusters, departments. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const MOST_CLUSTERS = 6;
  const LEAST_DEPARTMENTS = 6;
  const MOST_ATTENTION = 10;

  /** @returns {string} the everyday name of a department, else the whole one */
  function departmentOf(row, told) {
    return told.short_names[row.code] || (told.names.department || {})[row.code]
      || lianxin.rows.nameOf(row, told.language);
  }

  const withLanguage = (path, told) => `${path}?lang=${encodeURIComponent(told.language)}`;
  /** @returns {string} the department's page, within the district this page is of */
  function departmentAddress(code, told) {
    const district = /^district-(.+)$/.exec(told.scope || "");
    return withLanguage(`/departments/${encodeURIComponent(code)}`, told)
      + (district ? `&district=${encodeURIComponent(district[1])}` : "");
  }
  /** @returns {string|null} the desk at a stage or list, within this page's scope; null where it may not be opened */
  function dutyAddress(code, told) {
    const [kind, name] = (told.scope || "").split(/-(.*)/);
    const within = name ? `&${kind}=${encodeURIComponent(name)}` : "";
    return told.searches ? `${withLanguage("/desk", told)}&duty=${encodeURIComponent(code)}${within}` : null;
  }
  const clusterAddress = (id, told) => (told.studies
    ? withLanguage(`/clusters/${encodeURIComponent(id)}`, told) : null);

  /**
   * Whether a department needs a look: a large share overdue, or on time below its target.
   * @param {Object} row
   * @param {{targets: Object, few: number}} told
   * @returns {{overdue: boolean, late: boolean}}
   */
  function attentionOf(row, told) {
    return {
      overdue: lianxin.rows.weightOf(row.open_now, row.overdue_now) === "heavy",
      late: lianxin.performance.standingOf(row.on_time_rate, told.targets.on_time, told.few) === "below",
    };
  }

  const needsLook = (row) => row.needs.overdue || row.needs.late;

  /**
   * Split departments into those that stand first, the ones that need a look before the others,
   * and the rest; each by what is overdue.
   * @param {Object[]} rows
   * @param {Object} told
   * @returns {{needing: number, first: Object[], rest: Object[]}}
   */
  function splitOf(rows, told) {
    const marked = rows.map((row) => ({ ...row, needs: attentionOf(row, told) }))
      .sort((a, b) => needsLook(b) - needsLook(a) || b.overdue_now - a.overdue_now
        || b.open_now - a.open_now || (a.code < b.code ? -1 : 1));
    const needing = marked.filter(needsLook).length;
    const shown = Math.max(LEAST_DEPARTMENTS, Math.min(needing, MOST_ATTENTION));
    return { needing, first: marked.slice(0, shown), rest: marked.slice(shown) };
  }

  /** @returns {string[]} what a department holds, how it does, and of how many */
  function departmentFacts(row, told) {
    const { words } = told;
    const { count, percent } = lianxin.numbers;
    const { fill } = lianxin.clock;
    const rate = row.on_time_rate || {};
    return [
      fill(words.leader_department_facts, { open: count(row.open_now), overdue: count(row.overdue_now) }),
      rate.n ? fill(words.leader_on_time, { n: percent(rate.value) }) : "",
      rate.n ? fill(rate.n < told.few ? words.leader_sample_few : words.leader_sample, { n: count(rate.n) }) : "",
    ].filter(Boolean);
  }

  /** @returns {string} why a department stands where it stands, in a word */
  function departmentWord(row, { words }) {
    if (row.needs.overdue) return words.leader_overdue_heavy;
    return row.needs.late ? words.leader_below_target : words.leader_steady;
  }

  /** @returns {string[]} a cluster in a glance: its standing, its callers, its age */
  function clusterFacts(row, told, nowMs) {
    const { words } = told;
    const age = lianxin.clock.age((nowMs - Date.parse(row.since)) / 1000, words);
    return [
      lianxin.clusters.standingOf(row, words) || words.leader_watched,
      words[`phase_${row.phase}`],
      lianxin.clusters.againstOf(row, words),
      lianxin.clock.fill(words.leader_lasting, { age }),
    ].filter((one, place, all) => one && !all.slice(0, place).some((before) => before.includes(one)));
  }

  /** Make a row: a mark, what it says, and its facts; a link where it leads somewhere. */
  function make(href) {
    const node = document.createElement(href ? "a" : "div");
    node.className = "leader-row";
    if (href) node.href = href;
    for (const look of ["leader-mark", "leader-says", "leader-facts"]) {
      const span = document.createElement("span");
      span.className = look;
      node.append(span);
    }
    node.firstChild.setAttribute("aria-hidden", "true");
    return node;
  }

  function write(node, { mark, tone, says, facts }) {
    lianxin.pieces.mark(node.children[0], "mark", mark);
    lianxin.pieces.mark(node, "tone", tone);
    lianxin.numbers.put(node.children[1], says);
    lianxin.pieces.write(node.children[2], facts);
  }

  /** Say that there is nothing to list, or hide the place of it. */
  function nothing(page, name, text) {
    const node = page.querySelector(`[data-nothing="${name}"]`);
    if (node.hidden !== !text) node.hidden = !text;
    lianxin.numbers.put(node, text);
  }

  /** @param {Element} page @param {Object} told */
  function rowsOf(page, told) {
    const { words } = told;
    const { fill } = lianxin.clock;
    const body = (name) => page.querySelector(`[data-rows="${name}"]`);
    const tableOf = (name, key, href, say) => body(name) && lianxin.tables.table(body(name),
      { key, make: (row) => make(href(row)), write: (node, row) => write(node, say(row)) });
    let nowMs = 0;

    const changed = tableOf("changed", (row) => row.key,
      (row) => (row.department ? departmentAddress(row.department, told) : row.cluster ? clusterAddress(row.cluster, told) : null),
      (row) => ({ ...row, facts: [] }));
    const clusters = tableOf("clusters", (row) => row.id, (row) => clusterAddress(row.id, told),
      (row) => ({ mark: row.bulk ? "none" : lianxin.clusters.severityOf(row), tone: "plain",
        says: lianxin.clusters.titleOf(row, told), facts: clusterFacts(row, told, nowMs) }));
    const department = (row) => ({
      mark: needsLook(row) ? "down" : "round", tone: needsLook(row) ? "abnormal" : "plain",
      says: departmentOf(row, told), facts: [departmentWord(row, told), ...departmentFacts(row, told)] });
    const address = (row) => departmentAddress(row.code, told);
    const first = tableOf("departments", (row) => row.code, address, department);
    const rest = tableOf("rest", (row) => row.code, address, department);

    return {
      /** @param {Object[]} rows @param {string} none what is said where there is no row */
      changed(rows, none) {
        changed.show(rows);
        nothing(page, "changed", rows.length ? "" : none);
      },
      /** @param {Object|null} data @param {number} now server time, ms */
      clusters(data, now) {
        nowMs = now;
        const rows = data ? lianxin.clusters.rank(data.rows) : [];
        clusters.show(rows.slice(0, MOST_CLUSTERS));
        const watched = data && data.quality && data.quality.watching;
        nothing(page, "clusters", rows.length ? "" : watched ? words.no_clusters : words.not_watching);
        const more = page.querySelector('[data-more="clusters"]');
        const all = rows.length + (data ? data.left_out : 0);
        if (!more) return;
        more.hidden = all <= MOST_CLUSTERS;
        lianxin.numbers.put(more, fill(words.leader_clusters_more, { n: all }));
      },
      /** @param {Object|null} data */
      departments(data) {
        if (!first || !data) return;
        const split = splitOf(data.rows, told);
        first.show(split.first);
        rest.show(split.rest);
        nothing(page, "departments", split.needing ? "" : words.leader_no_attention);
        page.querySelector(".leader-rest").hidden = !split.rest.length;
        lianxin.numbers.put(page.querySelector('[data-rest="departments"]'),
          fill(words.leader_other_departments, { n: split.rest.length }));
      },
    };
  }

  lianxin.leaderRows = { departmentOf, departmentAddress, dutyAddress, clusterAddress, splitOf, clusterFacts, make, write, nothing, rowsOf };
})(globalThis);
