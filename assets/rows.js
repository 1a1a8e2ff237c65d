/* What one row of each table says. A row gets its node, its data and the words. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /** @returns {string} the name of a row in the wall's language */
  function nameOf(row, language) {
    return (language === "en" && row.name_en) || row.name_zh || row.code;
  }

  // From this share of overdue tickets on, a bar or a disc takes the colour of the abnormal.
  const HEAVY = 0.15;

  /** @returns {string} plain or heavy */
  const weightOf = (open, overdue) => (open > 0 && overdue / open >= HEAVY ? "heavy" : "plain");

  /** Set a CSS variable only where it changed. */
  function share(node, name, value) {
    const text = value.toFixed(4);
    if (node.style.getPropertyValue(name) !== text) node.style.setProperty(name, text);
  }

  function attribute(node, name, value) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }

  /**
   * Split categories into those above usual and, for the room left, the most of today.
   * @param {Object[]} rows most unusual first
   * @param {number} room in units of a plain row
   * @param {number} tall how many plain rows an unusual one takes
   * @returns {{unusual: Object[], most: Object[]}}
   */
  function splitCategories(rows, room, tall) {
    const above = rows.filter((row) => row.level !== "usual");
    const unusual = above.slice(0, Math.max(1, Math.floor(room / tall)));
    const shown = new Set(unusual.map((row) => row.code));
    // The form of a row goes with it: the same category may stand in either list by turns.
    const left = Math.max(0, Math.floor(room - unusual.length * tall));
    const most = rows
      .filter((row) => !shown.has(row.code) && row.opened_today > 0)
      .sort((a, b) => b.opened_today - a.opened_today)
      .slice(0, left);
    return {
      unusual: unusual.map((row) => ({ ...row, form: "unusual" })),
      most: most.map((row) => ({ ...row, form: "most" })),
    };
  }

  /**
   * How far above usual, in words: "7.2×", or that it was rare before.
   * @param {Object} row
   * @param {Object<string, string>} words
   * @returns {string}
   */
  function timesUsual(row, words) {
    if (!Number.isFinite(row.ratio)) return words.no_usual;
    return lianxin.clock.fill(words.times_usual, { n: lianxin.numbers.ratio(row.ratio) });
  }

  /** @param {{words: Object, language: string, few: number, time: function(number): string}} told */
  function kinds(told) {
    const { words, language } = told;
    const { put, count, percent } = lianxin.numbers;
    const { fill } = lianxin.clock;
    const part = (node, place) => node.children[place];
    const press = (narrow) => (row) => ({ narrow, value: row.code });
    const plain = (name, parts, narrow) => (row) =>
      lianxin.tables.row(`row-${name}`, parts, narrow ? press(narrow)(row) : null);

    const unusual = {
      key: (row) => `above:${row.code}`,
      make: plain("unusual", ["level", "name", "times", "level-word", "against", "since", "bullet"],
        "category"),
      write(node, row) {
        attribute(node, "data-level", row.level);
        put(part(node, 1), nameOf(row, language));
        put(part(node, 2), timesUsual(row, words));
        put(part(node, 3), words[row.level]);
        put(part(node, 4), fill(words.against, {
          observed: count(row.observed), expected: lianxin.clusters.expectedOf(row.expected) }));
        put(part(node, 5), row.since
          ? fill(words.since, { time: told.time(Date.parse(row.since)) }) : "");
        const most = Math.max(row.observed, row.high, 1);
        share(node, "--observed", row.observed / most);
        share(node, "--high", row.high / most);
      },
    };
    const most = {
      key: (row) => `most:${row.code}`,
      make: plain("most", ["name", "count"], "category"),
      write(node, row, top) {
        put(part(node, 0), nameOf(row, language));
        put(part(node, 1), fill(words.today_count, { n: count(row.opened_today) }));
        share(node, "--open", row.opened_today / Math.max(top, 1));
      },
    };
    function load(node, row, top) {
      share(node, "--open", row.open_now / Math.max(top, 1));
      share(node, "--overdue", row.overdue_now / Math.max(top, 1));
      attribute(node, "data-weight", weightOf(row.open_now, row.overdue_now));
    }
    const departments = {
      key: (row) => row.code,
      make: plain("departments", ["name", "count", "count overdue", "rate", "sample"], "department"),
      write(node, row, top) {
        if (put(part(node, 0), told.short_names[row.code] || nameOf(row, language))) {
          part(node, 0).title = nameOf(row, language);
        }
        put(part(node, 1), count(row.open_now));
        put(part(node, 2), count(row.overdue_now));
        const rate = row.on_time_rate || {};
        put(part(node, 3), rate.n ? `${percent(rate.value)}%` : "–");
        put(part(node, 4), rate.n ? count(rate.n) : "");
        attribute(node, "data-few", String((rate.n || 0) < told.few));
        load(node, row, top);
      },
    };
    const districts = {
      key: (row) => row.code,
      make: plain("districts", ["level", "name", "count", "count", "count overdue"], "district"),
      write(node, row, top) {
        attribute(node, "data-level", row.level || "usual");
        if (put(part(node, 1), nameOf(row, language))) part(node, 1).title = nameOf(row, language);
        put(part(node, 2), count(row.opened_today));
        put(part(node, 3), count(row.open_now));
        put(part(node, 4), count(row.overdue_now));
        load(node, row, top);
      },
    };
    const towns = {
      ...districts,
      make: plain("districts", ["level", "name", "count", "count", "count overdue"], null),
    };
    const recent = {
      key: (row) => row.key,
      make: (row) => lianxin.tables.row("row-recent", ["ago", "name", "where", "urgent"],
        row.code ? { narrow: "category", value: row.code } : null),
      write(node, row) {
        put(part(node, 0), lianxin.clock.ago(row.age_s, words));
        put(part(node, 1), (language === "en" && row.category_en) || row.category_zh || "–");
        put(part(node, 2), (language === "en" && row.district_en) || row.district_zh
          || words.unknown_district);
        put(part(node, 3), row.urgent ? words.urgent_mark : "");
      },
    };
    const channels = {
      key: (row) => row.code,
      make: plain("channels", ["name", "count"], null),
      write(node, row, top) {
        put(part(node, 0), words[`channel_${row.code}`] || row.code);
        put(part(node, 1), count(row.opened_today));
        share(node, "--open", row.opened_today / Math.max(top, 1));
      },
    };
    return { unusual, most, departments, districts, towns, recent, channels };
  }

  /**
   * Give what just came in a key of its own, and the code its category narrows by.
   * @param {Object[]} rows newest first
   * @param {Object<string, string>} codes category code by Chinese name
   * @param {number} nowMs server time
   * @returns {Object[]}
   */
  function recentRows(rows, codes, nowMs) {
    const seen = new Map();
    return rows.map((row) => {
      const base = `${row.at}|${row.category_zh}|${row.district_zh}`;
      const again = seen.get(base) || 0;
      seen.set(base, again + 1);
      return { ...row, key: `${base}|${again}`, code: codes[row.category_zh] || row.category_zh,
        age_s: Math.max(0, (nowMs - Date.parse(row.at)) / 1000) };
    });
  }

  lianxin.rows = { nameOf, weightOf, splitCategories, timesUsual, kinds, recentRows };
})(globalThis);
