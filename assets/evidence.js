/* A page about clusters: joins its chart, its map, its watch and its way back; prints. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const DAY_MS = 86400000;

  /**
   * Where the way back leads: to the wall as it was left, if this page was opened from one.
   * @param {string} referrer
   * @param {string} origin
   * @param {string} plain
   * @returns {string}
   */
  function wayBack(referrer, origin, plain) {
    if (!referrer.startsWith(`${origin}/`)) return plain;
    const came = referrer.slice(origin.length);
    return /^\/wall(?:[/?]|$)/.test(came) ? came : plain;
  }

  /**
   * The line at the foot of every printed page.
   * @param {string} line
   * @returns {string} a style rule; where margin boxes are unknown it does nothing
   */
  function footOfPages(line) {
    const quoted = line.replace(/[\\"]/g, "\\$&").replace(/[\n\r]/g, " ");
    return `@page { @bottom-center { content: "${quoted}"; font: 8pt "Lianxin Sans", sans-serif; } }`;
  }

  /**
   * Words and clocks for the chart, in the city's zone.
   * @param {{zone: string, language: string, words: Object<string, string>}} facts
   */
  function tellOf(facts) {
    const locale = facts.language === "zh" ? "zh-CN" : "en-GB";
    const make = (options) => new Intl.DateTimeFormat(locale, { timeZone: facts.zone, ...options });
    const parts = new Intl.DateTimeFormat("en-CA", { timeZone: facts.zone, year: "numeric",
      month: "2-digit", day: "2-digit", hour: "2-digit", hourCycle: "h23" });
    const month = make({ day: "numeric", month: "short" });
    const time = make({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const clock = make({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    const read = (ms) => Object.fromEntries(
      parts.formatToParts(ms).map((part) => [part.type, part.value]));
    const date = (ms) => {
      const { month: m, day } = read(ms);
      return facts.language === "zh" ? `${m}-${day}` : month.format(ms);
    };
    return {
      words: facts.words,
      local(ms) {
        const { year, month: m, day, hour } = read(ms);
        return { hour: Number(hour), day: Date.UTC(+year, m - 1, +day) / DAY_MS };
      },
      date,
      time: (ms) => time.format(ms),
      moment: (ms) => `${date(ms)} ${time.format(ms)}`,
      second: (ms) => `${date(ms)} ${clock.format(ms)}`,
      small: (value) => (value < 0.1 ? "< 0.1" : lianxin.numbers.ratio(value)),
    };
  }

  /** Draw each chart that has no drawing yet, and each again when its room changes. */
  function chartsOf(page, tell) {
    const room = new ResizeObserver((seen) => seen.forEach(({ target }) => {
      if (target.dataset.drawn === `${target.clientWidth}`) return;
      target.dataset.drawn = `${target.clientWidth}`;
      lianxin.evidenceChart.draw(target, tell);
    }));
    return () => {
      for (const box of page.querySelectorAll("[data-course]:not([data-drawn])")) {
        box.dataset.drawn = "";
        room.observe(box);
      }
    };
  }

  function start(page, facts) {
    const tell = tellOf(facts);
    const draw = chartsOf(page, tell);
    const back = page.querySelector("[data-way-back]");
    if (back) {
      back.href = wayBack(document.referrer, root.location.origin, back.getAttribute("href"));
    }
    page.querySelector("[data-print]")?.addEventListener("click", () => root.print());
    // The page's policy lets nobody write styles into the document; a sheet made whole it does.
    const foot = new CSSStyleSheet();
    foot.replaceSync(footOfPages(page.querySelector(".watermark").textContent));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, foot];
    new MutationObserver(draw).observe(page, { childList: true, subtree: true });
    draw();
    lianxin.evidenceMap.fit(page);
    if (page.dataset.watch) lianxin.evidenceWatch.over(page, facts, tell.second);
  }

  /** Wait until Dash has drawn the page, then start it once. */
  function boot() {
    const watcher = new MutationObserver(() => {
      const page = document.querySelector("main.dossier");
      const facts = document.getElementById("page-facts");
      if (!page || !facts) return;
      watcher.disconnect();
      start(page, JSON.parse(facts.textContent));
    });
    watcher.observe(document.documentElement, { childList: true, subtree: true });
  }

  lianxin.evidence = { wayBack, footOfPages, tellOf };
  if (root.document) boot();
})(globalThis);
