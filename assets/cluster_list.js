/* The ranked list of clusters, and what it says when there is none. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const MOST = 12;

  /** @returns {string} the page that shows a cluster's evidence */
  const addressOf = (id, language) =>
    `/clusters/${encodeURIComponent(id)}?lang=${encodeURIComponent(language)}`;

  /**
   * What stands in the place of rows: that there is none, or that nobody watches yet.
   * @param {Object|null} data the section's, null while it is off
   * @param {Object<string, string>} words
   * @returns {{state: string, about: string}|null} null where there are clusters to show
   */
  function watchOf(data, words) {
    const { fill } = lianxin.clock;
    if (!data || !data.quality) return { state: words.not_watching, about: "" };
    const { quality } = data;
    const getting = quality.ready < quality.wanted
      ? fill(words.getting_ready, { ready: quality.ready, wanted: quality.wanted }) : "";
    if (!quality.watching) return { state: words.not_watching, about: getting };
    if (data.rows.length) return null;
    return { state: words.no_clusters, about: getting || budgetOf(data.budget, words) };
  }

  /** @returns {string} how much is watched, and how often it may be wrong */
  const budgetOf = (budget, words) => lianxin.clock.fill(words.watch_budget,
    { categories: budget.categories, n: budget.false_alarms_per_week });

  /**
   * The line about the data: only what was asked for and is known.
   * @param {{fallback_share: number, no_place_share: number, bulk_today: number,
   *   late_feeds: number}} quality
   * @param {Object<string, string>} words
   * @returns {string[]}
   */
  function qualityOf(quality, words) {
    const { fill } = lianxin.clock;
    const { percent, count } = lianxin.numbers;
    return [
      fill(words.quality_no_place, { share: percent(quality.no_place_share) }),
      fill(words.quality_fallback, { share: percent(quality.fallback_share) }),
      fill(words.quality_bulk, { n: count(quality.bulk_today) }),
      fill(words.quality_late, { n: count(quality.late_feeds) }),
    ];
  }

  /** Make a row: a link to the evidence, so that Enter, a finger and a new tab all work. */
  function make(row, told, opens) {
    const node = document.createElement("a");
    node.className = "row row-cluster";
    if (opens) node.href = addressOf(row.id, told.language);
    const parts = ["mark", "name", "facts", "facts row-evidence"].map((look) => {
      const span = document.createElement("span");
      span.className = look;
      return span;
    });
    node.append(...parts, lianxin.growth.make("spark"));
    return node;
  }

  /** Hide the rows that would be cut at the foot of the list. */
  function fit(body) {
    for (const node of body.children) node.hidden = false;
    const grows = getComputedStyle(body).getPropertyValue("--grows").trim() === "1";
    if (grows || !body.clientHeight) return;
    const room = body.clientHeight + 1;
    const over = [...body.children].map((node) => node.offsetTop + node.offsetHeight > room);
    [...body.children].forEach((node, place) => { node.hidden = over[place] && place > 0; });
  }

  /**
   * @param {Element} wall
   * @param {{words: Object, language: string, moment: function}} told
   * @param {function(): void} again asks for another drawing, when the room changed
   */
  function panelOf(wall, told, again) {
    const { clusters, pieces, growth, numbers } = lianxin;
    const body = wall.querySelector('[data-rows="clusters"]');
    const watch = wall.querySelector(".watch");
    const more = wall.querySelector('[data-watch="more"]');
    const foot = wall.querySelector('[data-watch="foot"]');
    const line = wall.querySelector(".quality");
    let asOf = "";
    let nowMs = 0;
    let drawn = "";

    function write(node, row) {
      pieces.mark(node, "severity", row.bulk ? "bulk" : clusters.severityOf(row));
      pieces.mark(node, "phase", row.phase);
      pieces.mark(node.children[0], "severity", node.dataset.severity);
      numbers.put(node.children[1], clusters.titleOf(row, told));
      pieces.write(node.children[2], clusters.factsOf(row, told, nowMs));
      pieces.write(node.children[3], clusters.evidenceOf(row, told, nowMs));
      growth.write(node.children[4], row.hours, clusters.windowStart(row.since, asOf));
    }
    const refit = () => { drawn = ""; };
    new ResizeObserver(() => { refit(); again(); }).observe(body);
    const table = lianxin.tables.table(body, { key: (row) => row.id, 
      make: (row) => make(row, told, lianxin.visitors.opens(wall)), write });

    function showQuality(quality) {
      const known = Boolean(quality && quality.watching);
      if (line.hidden === known) line.hidden = !known;
      if (known) pieces.write(line.querySelector(".facts"), qualityOf(quality, told.words));
    }

    function showRows(data, nothing) {
      const rows = nothing ? [] : clusters.rank(data.rows).slice(0, MOST);
      if (watch.hidden !== !nothing) watch.hidden = !nothing;
      numbers.put(watch.querySelector('[data-watch="state"]'), nothing ? nothing.state : "");
      numbers.put(watch.querySelector('[data-watch="about"]'), nothing ? nothing.about : "");
      numbers.put(more, rows.length
        ? lianxin.clock.fill(told.words.more_clusters, { n: data.rows.length + data.left_out }) : "");
      numbers.put(foot, rows.length ? budgetOf(data.budget, told.words) : "");
      table.show(rows);
      // Which rows fit changes with what they say, not with every picture.
      const says = body.textContent;
      if (says !== drawn) fit(body);
      drawn = says;
    }

    return {
      /**
       * @param {{as_of: string, data: Object|null}} section
       * @param {number} now server time, ms
       * @param {boolean} seen whether the list can be seen; the line about the data always can
       */
      show(section, now, seen) {
        nowMs = now;
        asOf = section.as_of;
        const nothing = watchOf(section.data, told.words);
        pieces.mark(wall, "gathering", clusters.gathering(nothing ? 0 : section.data.rows.length));
        if (seen) showRows(section.data, nothing);
        showQuality(section.data && section.data.quality);
      },
      refit,
      /** Say nothing of any cluster, seen or not. */
      clear() {
        table.show([]);
        numbers.put(more, "");
        drawn = "";
      },
    };
  }

  lianxin.clusterList = { addressOf, watchOf, qualityOf, panelOf };
})(globalThis);
