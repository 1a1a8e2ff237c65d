/* A page of departments, living: its charts, the numbers of this moment, the way back. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const JUDGE_MS = 500;
  const KEEP_MS = 200;

  /**
   * What of a page a browser's Back has to bring again.
   * @param {Object|null} state of the history's entry
   * @param {{y: number, open: string[]}} seen
   * @returns {Object} the state to keep
   */
  const kept = (state, seen) => ({ ...(state || {}), lianxin: seen });

  /** @returns {{y: number, open: string[]}|null} what was kept, null where nothing was */
  function keptIn(state) {
    const seen = state && state.lianxin;
    return seen && Number.isFinite(seen.y) && Array.isArray(seen.open) ? seen : null;
  }

  /**
   * Whether the way back is the browser's own: only where this page was opened from one of ours,
   * which then stands as it was left.
   * @param {string} referrer
   * @param {string} origin
   * @param {number} steps entries of this tab's history
   */
  const goesBack = (referrer, origin, steps) => steps > 1 && referrer.startsWith(`${origin}/`);

  /** Remember where the page stands, in the entry of its address, and stand there again. */
  function keepPlace(page) {
    const open = () => [...page.querySelectorAll("details[open][data-kept]")].map((one) => one.dataset.kept);
    const keep = () => history.replaceState(kept(history.state, { y: root.scrollY, open: open() }), "");
    const seen = keptIn(history.state);
    if (seen) {
      for (const one of page.querySelectorAll("details[data-kept]")) one.open = seen.open.includes(one.dataset.kept);
      root.scrollTo(0, seen.y);
    } else if (root.location.hash) { // the page was not there yet when the browser looked for it
      const at = document.getElementById(decodeURIComponent(root.location.hash.slice(1)));
      if (at) at.scrollIntoView();
    }
    let timer = null;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, KEEP_MS);
    };
    root.addEventListener("scroll", soon, { passive: true });
    page.addEventListener("toggle", soon, true);
    root.addEventListener("pagehide", () => {
      clearTimeout(timer);
      keep();
    });
  }

  /** Let the way back be the browser's where it leads to where one came from. */
  function leadBack(page) {
    const way = page.querySelector("[data-way-back]");
    if (!way || !goesBack(document.referrer, root.location.origin, history.length)) return;
    way.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      history.back();
    });
  }

  /** Write a picture's numbers into the nodes that stand. */
  function writerOf(page, words, still) {
    const { roll, count, put } = lianxin.numbers;
    const find = (name, code) => page.querySelector(`[data-${name}="${code}"]`);
    const numbers = [...page.querySelectorAll("[data-kpi]")];
    // A category may have the code of a department: only rows of departments are written.
    const rows = new Map([...page.querySelectorAll('[data-by="department"] tr[data-code]')].map((row) => [
      row.dataset.code, [...row.querySelectorAll("[data-row-kpi]")]]));
    return (sections) => {
      const totals = lianxin.screen.dataOf({ sections }, "totals");
      if (totals) for (const node of numbers) roll(node, count(totals[node.dataset.kpi]), still);
      const duties = lianxin.screen.dataOf({ sections }, "duties");
      for (const one of duties ? duties.stages : []) {
        put(find("stage", one.code), count(one.tickets));
        put(find("stage-age", one.code), lianxin.dutyAge.ageOf(one.median_h, words));
        put(find("stage-late", one.code), lianxin.clock.fill(words.overdue_n, { n: count(one.overdue) }));
      }
      const departments = sections.departments && lianxin.screen.dataOf({ sections }, "departments");
      for (const row of departments ? departments.rows : []) {
        for (const node of rows.get(row.code) || []) put(node, count(row[node.dataset.rowKpi]));
      }
    };
  }

  /** Keep the line to the scope's pictures, and say how far they can be believed. */
  function live(page, facts) {
    const write = writerOf(page, facts.words, matchMedia("(prefers-reduced-motion: reduce)").matches);
    const trust = lianxin.trust.trustOf(page, facts.words);
    let frame = null;
    const line = lianxin.stream.keepOpen(`/api/v1/live/${encodeURIComponent(facts.scope)}`, {
      picture(said) {
        trust.picture(said, performance.now());
        if (frame !== null) cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => write(said.sections));
      },
      beat(said) { trust.beat(said, performance.now()); },
    });
    setInterval(() => {
      line.watch();
      trust.tell(performance.now(), line.silence_s());
    }, JUDGE_MS);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) line.hurry(); });
    root.addEventListener("online", () => line.hurry());
    root.addEventListener("pagehide", () => line.close());
    root.addEventListener("pageshow", (event) => { if (event.persisted) line.hurry(); });
  }

  function start(page, facts) {
    for (const box of page.querySelectorAll("[data-chart]")) lianxin.figureCharts.draw(box, facts.words);
    page.querySelector("[data-print]").addEventListener("click", () => root.print());
    leadBack(page);
    keepPlace(page);
    if (facts.scope) live(page, facts);
  }

  /** Wait until Dash has drawn the page, then start it once. */
  function boot() {
    const watcher = new MutationObserver(() => {
      const page = document.querySelector("main.bureau");
      const facts = document.getElementById("page-facts");
      if (!page || !facts) return;
      watcher.disconnect();
      start(page, JSON.parse(facts.textContent));
    });
    watcher.observe(document.documentElement, { childList: true, subtree: true });
  }

  lianxin.departments = { kept, keptIn, goesBack };
  if (root.document) boot();
})(globalThis);
