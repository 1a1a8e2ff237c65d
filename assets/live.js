/* The wall, living: joins the line, the numbers, the tables, the chart and the map. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SLOW_MS = 1000;
  const TABLES = ["categories", "departments", "districts", "towns", "channels", "recent"];
  const SHIFT_MS = 180000;
  const JUDGE_MS = 200; // late means three seconds, not three and the rest of this page's own
  // Four corners a few pixels apart: no letter burns into the same pixels for weeks.
  const SHIFTS = [[0, 0], [3, 1], [2, 4], [-2, 2], [-3, -2], [1, -3]];

  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function paintOf(wall, words) {
    return () => {
      const style = getComputedStyle(wall);
      const read = (name) => style.getPropertyValue(name).trim();
      const small = parseFloat(getComputedStyle(wall.querySelector(".chart")).fontSize);
      return { small, family: style.fontFamily, text: read("--text"), muted: read("--muted"),
        line: read("--line"), band: read("--band"), mid: read("--band-mid"),
        above: read("--abnormal"), hair: Math.max(1, small / 16), now: words.now };
    };
  }

  /**
   * Start a wall that Dash has drawn.
   * @param {HTMLElement} wall
   * @param {Object} facts what the page says of itself
   */
  function start(wall, facts) {
    const { words } = facts;
    const face = lianxin.clock.faceOf(facts.zone, facts.language);
    const server = lianxin.clock.serverClock(() => performance.now());
    const told = { words, language: facts.language, time: face.time,
      short_names: facts.short_names, category_codes: facts.category_codes };
    const panels = lianxin.panels.panelsOf(wall, told, () => draw(true));
    const totals = lianxin.totals.totalsOf(wall, words, still());
    const trust = lianxin.trust.trustOf(wall, words);
    const chart = lianxin.chart.chartOf(wall.querySelector(".chart"), paintOf(wall, words));
    const city = lianxin.cityMap.cityMapOf(wall, facts, { still: still() });
    const { put } = lianxin.numbers;
    let picture = null;
    let shown = null;
    let slowAt = -Infinity;
    let frame = null;

    function draw(all) {
      if (all) slowAt = -Infinity;
      if (frame === null && picture) frame = requestAnimationFrame(paint);
    }

    function data(name) {
      const section = picture.sections[name];
      return section && section.state !== "off" ? section.data : null;
    }

    function paint() {
      frame = null;
      const now = performance.now();
      const serverNow = server.now() ?? Date.parse(picture.as_of);
      if (picture !== shown) {
        if (data("totals")) totals.show(data("totals"));
        if (data("recent")) panels.recent(data("recent"), serverNow);
        wall.dataset.seq = String(picture.seq);
        shown = picture;
      }
      if (now - slowAt < SLOW_MS - 50) return;
      slowAt = now;
      for (const name of TABLES) {
        if (panels.has(name) && data(name)) panels[name](data(name), serverNow);
      }
      if (data("volume")) chart.show(data("volume"));
      if (data("cells")) city.show(data("cells"));
      if (data("districts")) city.mark(data("districts").rows);
    }

    const line = lianxin.stream.keepOpen(`/api/v1/live/${encodeURIComponent(facts.scope)}`, {
      picture(said) {
        picture = said;
        trust.picture(said, performance.now());
        draw(false);
      },
      beat(said) {
        server.set(Date.parse(said.now));
        trust.beat(said, performance.now());
        trust.tell(performance.now(), 0);
      },
    });

    function tellTime() {
      const now = server.now();
      if (now === null) return;
      put(wall.querySelector(".clock"), face.clock(now));
      put(wall.querySelector(".date-day"), face.date(now));
      const named = facts.named_days[face.day(now)];
      put(wall.querySelector(".date-name"), [face.weekday(now), named].filter(Boolean).join(" · "));
    }

    function second() {
      line.watch();
      tellTime();
      draw(false);
      const now = server.now() ?? Date.now();
      setTimeout(second, 1000 - (now % 1000) + 5);
    }

    setInterval(() => trust.tell(performance.now(), line.silence_s()), JUDGE_MS);
    let shift = 0;
    setInterval(() => {
      shift = (shift + 1) % SHIFTS.length;
      wall.style.setProperty("--shift", SHIFTS[shift].map((n) => `${n}px`).join(" "));
    }, SHIFT_MS);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) line.hurry(); });
    root.addEventListener("online", () => line.hurry());
    second();
  }

  /** Wait until Dash has drawn the wall, then start it once. */
  function boot() {
    const found = () => {
      const wall = document.querySelector(".wall[data-scope]");
      const facts = document.getElementById("page-facts");
      return wall && facts ? [wall, JSON.parse(facts.textContent)] : null;
    };
    const watcher = new MutationObserver(() => {
      const both = found();
      if (!both) return;
      watcher.disconnect();
      start(...both);
    });
    watcher.observe(document.documentElement, { childList: true, subtree: true });
  }

  lianxin.live = { start };
  if (root.document) boot();
})(globalThis);
