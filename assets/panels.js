/* The tables of the wall: which rows fit, in which order, written without moving what stands. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const ORDER_HOLD_MS = 30000;
  const UNMEASURED = { categories: 8, departments: 10, districts: 16, towns: 12, recent: 8, channels: 8,
    performance: 24 };

  /**
   * @param {Element} wall
   * @param {{words: Object, language: string, time: function}} told
   * @param {function(): void} again asks for another drawing, when the room changed
   */
  function panelsOf(wall, told, again) {
    const kinds = lianxin.rows.kinds(told);
    const codes = { ...told.category_codes };
    const bodies = {};
    const tables = {};
    const orders = { departments: lianxin.tables.steadyOrder(ORDER_HOLD_MS),
      performance: lianxin.tables.steadyOrder(ORDER_HOLD_MS) };
    const side = lianxin.performance.kindOf(told, () => lianxin.visitors.opens(wall));
    const worstFirst = (a, b) => b.overdue_now - a.overdue_now || b.open_now - a.open_now;
    const room = new Map();

    for (const body of wall.querySelectorAll("[data-rows]")) bodies[body.dataset.rows] = body;
    const observer = new ResizeObserver((seen) => {
      for (const { target } of seen) room.delete(target);
      again();
    });
    for (const body of Object.values(bodies)) observer.observe(body);

    /** Rows that fit; on a page that scrolls, where height follows the rows, a fixed number. */
    function fits(name) {
      const body = bodies[name];
      if (!room.has(body)) {
        const style = getComputedStyle(body);
        const row = parseFloat(style.fontSize) * parseFloat(style.getPropertyValue("--row"));
        const grows = style.getPropertyValue("--grows").trim() === "1";
        const columns = parseFloat(style.getPropertyValue("--columns")) || 1;
        const rows = grows || !body.clientHeight
          ? UNMEASURED[name] : columns * lianxin.tables.capacity(body.clientHeight, row);
        room.set(body, rows);
      }
      return room.get(body);
    }

    function show(name, kind, rows, top) {
      if (!tables[name]) {
        tables[name] = lianxin.tables.table(bodies[name], {
          key: kind.key, make: kind.make, write: (node, row) => kind.write(node, row, tables[name].top) });
      }
      tables[name].top = top;
      tables[name].show(rows);
    }

    const most = (rows, value) => rows.reduce((top, row) => Math.max(top, value(row)), 1);

    function categories(data) {
      const tall = parseFloat(getComputedStyle(bodies.categories).getPropertyValue("--tall")) || 2;
      for (const row of data.rows) codes[row.name_zh] = row.code;
      const split = lianxin.rows.splitCategories(data.rows, fits("categories"), tall);
      const calm = wall.querySelector(".calm");
      if (calm.hidden !== split.unusual.length > 0) calm.hidden = split.unusual.length > 0;
      const top = most(split.most, (row) => row.opened_today);
      show("categories", {
        key: (row) => kinds[row.form].key(row),
        make: (row) => kinds[row.form].make(row),
        write: (node, row, widest) => kinds[row.form].write(node, row, widest),
      }, [...split.unusual, ...split.most], top);
    }

    return {
      /** Tell whether this wall has a table. */
      has: (name) => name in bodies,
      categories,
      /** Show no row of a table. */
      clear(name) { if (tables[name]) tables[name].show([]); },
      departments(data, nowMs) {
        const rows = orders.departments(data.rows, (row) => row.code, worstFirst, nowMs);
        show("departments", kinds.departments, rows.slice(0, fits("departments")),
          most(rows, (row) => row.open_now));
      },
      performance(data, nowMs) {
        const rows = orders.performance(data.rows, (row) => row.code, worstFirst, nowMs)
          .slice(0, fits("performance"));
        const shared = lianxin.performance.sharedBy(rows);
        lianxin.performance.tellScales(wall, shared);
        show("performance", side, rows, shared);
        const more = data.rows.length + data.left_out - rows.length;
        lianxin.numbers.put(wall.querySelector('[data-performance="more"]'), more
          ? lianxin.clock.fill(told.words.performance_more, { n: more }) : "");
      },
      districts(data) {
        show("districts", kinds.districts, data.rows.slice(0, fits("districts")),
          most(data.rows, (row) => row.open_now));
      },
      towns(data) {
        show("towns", kinds.towns, data.rows.slice(0, fits("towns")),
          most(data.rows, (row) => row.open_now));
      },
      recent(data, nowMs) {
        const rows = lianxin.rows.recentRows(data.rows.slice(0, fits("recent")), codes, nowMs);
        show("recent", kinds.recent, rows, 1);
      },
      channels(data) {
        const rows = [...data.rows].sort((a, b) => b.opened_today - a.opened_today);
        show("channels", kinds.channels, rows.slice(0, fits("channels")),
          most(rows, (row) => row.opened_today));
      },
    };
  }

  lianxin.panels = { panelsOf };
})(globalThis);
