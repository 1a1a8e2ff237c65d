/* A page about clusters, living: notices news, renews itself where nobody is typing, draws the
   chart, fits the map, prints. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const ASK_MS = 5000;
  const PATIENCE_MS = 4000;
  const DAY_MS = 86400000;
  const AWAY = "away";

  /**
   * What one answer means for what is shown.
   * @param {{ok: boolean, status: number, version: string|null}|null} answer null: none came
   * @param {string} shown version on the page
   * @returns {{state: string, news: boolean}} state: fresh, away (database) or cut (line)
   */
  function judge(answer, shown) {
    if (!answer) return { state: "cut", news: false };
    if (answer.status === 404) return { state: "fresh", news: false };
    if (!answer.ok || !answer.version) return { state: AWAY, news: false };
    return { state: "fresh", news: answer.version !== shown };
  }

  /**
   * Whether renewing now would take something out of a person's hands.
   * @param {{typing: boolean, typed: boolean, reading: boolean}} person
   * @returns {boolean}
   */
  function busy(person) {
    return person.typing || person.typed || person.reading;
  }

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
      small: (value) => (value < 0.1 ? "< 0.1" : lianxin.numbers.ratio(value)),
    };
  }

  /** Ask for the version of what there is. */
  async function ask(url) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), cache: "no-store" });
      const said = await answer.json().catch(() => ({}));
      return { ok: answer.ok, status: answer.status, version: said.version ?? null };
    } catch {
      return null;
    }
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

  /** Hide the names that would lie on a number or on another name; the numbers always stand. */
  function thin(frame) {
    const find = (selector) => [...frame.querySelectorAll(selector)];
    const numbers = find(".callers-number > b");
    const names = [...find(".place-named > span"), ...find(".place:not(.place-named) > span")];
    const free = lianxin.map.standing(
      [...numbers, ...names].map((node) => node.getBoundingClientRect())).slice(numbers.length);
    names.forEach((name, i) => { name.style.visibility = free[i] ? "" : "hidden"; });
  }

  function fitMap(page) {
    const frame = page.querySelector("[data-bounds]");
    if (!frame) return;
    const [south, west, north, east] = frame.dataset.bounds.split(",").map(Number);
    lianxin.map.whenMade((map) => {
      const fit = () => map.fitBounds([[south, west], [north, east]], { animate: false });
      let moved = false;
      map.on("dragstart", () => { moved = true; });
      new ResizeObserver(() => {
        map.invalidateSize({ animate: false, pan: false });
        if (!moved) fit();
        thin(frame);
      }).observe(map.getContainer());
      map.on("zoomend layeradd", () => requestAnimationFrame(() => thin(frame)));
      fit();
    });
  }

  function watchOver(page, facts) {
    const words = page.querySelector(".fresh-words");
    const { fill, age } = lianxin.clock;
    let heardAt = performance.now();
    let renewing = false;

    const shown = () =>
      (page.querySelector("[data-version]:not(main)") || page).dataset.version;
    const person = () => {
      const at = document.activeElement;
      const form = page.querySelector(".act-form");
      return {
        typing: Boolean(form && at && form.contains(at) && at.matches("input")),
        typed: Boolean(document.getElementById("act-note")?.value),
        reading: Boolean(at && at !== document.body && at.closest(".flows, .summary")),
      };
    };

    function renew() {
      page.dataset.news = "";
      if (page.dataset.reload) root.location.reload();
      else page.querySelector(".news").click();
    }

    function tell(state) {
      page.dataset.state = state === "fresh" ? "fresh" : state === AWAY ? "late" : "dead";
      const seconds = (performance.now() - heardAt) / 1000;
      const said = state === "fresh" ? facts.words.dossier_watching
        : state === AWAY ? facts.words.dossier_database_away
          : fill(facts.words.dossier_cut, { age: age(seconds, facts.words) });
      lianxin.numbers.put(words, said);
    }

    async function look() {
      if (document.hidden) return;
      const answer = await ask(page.dataset.watch);
      if (answer) heardAt = performance.now();
      const found = judge(answer, shown());
      tell(found.state);
      if (!found.news) {
        page.dataset.news = "";
        renewing = false;
      } else if (busy(person()) || renewing) {
        page.dataset.news = "1";
      } else {
        renewing = true; // once: should it not help, the button stays
        renew();
      }
    }

    // A page that has to be loaded anew is: its button would only renew a part.
    page.addEventListener("click", (event) => {
      if (!event.target.closest(".news")) return;
      page.dataset.news = "";
      if (page.dataset.reload && event.isTrusted) root.location.reload();
    });
    document.addEventListener("visibilitychange", look);
    root.addEventListener("online", look);
    setInterval(look, ASK_MS);
    tell("fresh");
  }

  function start(page, facts) {
    const draw = chartsOf(page, tellOf(facts));
    const back = page.querySelector("[data-way-back]");
    if (back) {
      back.href = wayBack(document.referrer, root.location.origin, back.getAttribute("href"));
    }
    page.querySelector("[data-print]")?.addEventListener("click", () => root.print());
    new MutationObserver(draw).observe(page, { childList: true, subtree: true });
    draw();
    fitMap(page);
    if (page.dataset.watch) watchOver(page, facts);
  }

  /** Wait until Dash has drawn the page, then start it once. */
  function boot() {
    const watcher = new MutationObserver(() => {
      const page = document.querySelector("main.evidence");
      const facts = document.getElementById("page-facts");
      if (!page || !facts) return;
      watcher.disconnect();
      start(page, JSON.parse(facts.textContent));
    });
    watcher.observe(document.documentElement, { childList: true, subtree: true });
  }

  lianxin.evidence = { judge, busy, wayBack, tellOf };
  if (root.document) boot();
})(globalThis);
