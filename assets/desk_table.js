/* The desk: its form, its address and its table are one; what is asked is fetched block by block. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const LONG_MS = 1000;
  const FRESH_MS = 10_000;

  /**
   * Say how many were found.
   * @param {{found: number, whole: boolean}} count
   * @param {Object<string, string>} words
   * @param {string} language
   */
  function counted(count, words, language) {
    const said = count.whole ? words.desk_counted : words.desk_counted_least;
    return said.replace("{n}", count.found.toLocaleString(language));
  }

  /**
   * Which words tell of an answer that is none.
   * @param {number} status 0 where nobody answered
   * @param {string} [field] what was wrong
   */
  function refusal(status, field) {
    if (status === 400 && field === "words") return "search_bad_words";
    if (status === 400 && field === "callbacks") return "desk_untold";
    return { 401: "desk_bad_session", 429: "desk_bad_often" }[status] || "desk_failed";
  }

  lianxin.deskTable = { counted, refusal };
  if (!root.document) return;
  const { A_BLOCK, Road, inOrder, orderOf, read, source, write } = lianxin.deskAsking;
  const { document, history, location } = root;

  /** One opened desk. */
  class DeskPage {
    constructor(page, table, api) {
      Object.assign(this, { page, api, facts: JSON.parse(table.dataset.desk), newest: null });
      this.form = page.querySelector(".desk-form");
      this.said = page.querySelector(".desk-count");
      this.fresh = page.querySelector(".desk-fresh");
      this.again = page.querySelector(".desk-again");
      this.nothing = page.querySelector(".desk-nothing");
      this.wrong = page.querySelector(".desk-wrong");
      this.listen();
      this.show(read(location.search), history.state?.desk);
      api.setGridOption("datasource", { getRows: (wanted) => this.source.getRows(wanted) });
      this.toKept(history.state?.desk);
      root.setInterval(() => this.lookForFresh(), FRESH_MS);
    }

    listen() {
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.go({ ...this.formed(), ...this.ordered() });
      });
      this.form.addEventListener("change", (event) => {
        if (event.target.tagName === "SELECT") this.form.requestSubmit();
      });
      root.addEventListener("popstate", (event) => {
        if (location.pathname === "/desk") this.show(read(location.search), event.state?.desk);
      });
      this.page.querySelector(".desk-views").addEventListener("click", (event) => {
        const link = event.target.closest("[data-view]");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.go(JSON.parse(link.dataset.view));
      });
      this.again.addEventListener("click", () => this.show(this.asked));
      this.fresh.addEventListener("click", () => this.show(this.asked));
      this.page.querySelector(".desk-copy").addEventListener("click", () => this.copy());
      this.api.addEventListener("sortChanged", (event) => {
        if (event.source !== "uiColumnSorted") return;
        const [by] = this.api.getColumnState().filter((one) => one.sort);
        if (by) this.go(inOrder(this.asked, by.colId, by.sort));
      });
      this.api.addEventListener("cellKeyDown", (event) => {
        if (event.event.key === "Enter" && event.data) this.open(event.data.href);
      });
      this.api.addEventListener("rowDoubleClicked", (event) => {
        if (event.data) this.open(event.data.href);
      });
      root.addEventListener("pagehide", () => this.keepPlace());
    }

    /** Ask for something else: a step in the browser's history. */
    go(asked) {
      this.keepPlace();
      history.pushState({}, "", `?${write(asked, { lang: this.facts.language })}`);
      this.show(asked);
    }

    /** Show what is asked for, from the first ticket or at a place that was kept. */
    show(asked, kept) {
      this.asked = asked;
      this.road = new Road(kept ? [...kept.places] : undefined);
      this.waiting?.abort();
      this.waiting = new AbortController();
      for (const field of this.form.elements) {
        if (field.name && field.name !== "lang") field.value = asked[field.name] || "";
      }
      this.mark();
      document.dispatchEvent(new CustomEvent("lianxin:desk-asked", { detail: asked }));
      for (const link of this.page.querySelectorAll(".desk-export")) {
        link.href = `${link.pathname}?${write(asked, { lang: this.facts.language })}`;
      }
      this.keepLanguage();
      this.wrong.textContent = "";
      this.again.hidden = this.fresh.hidden = this.nothing.hidden = true;
      this.fill();
      this.count();
      this.toKept(kept);
    }

    /** Mark the view that is on screen. */
    mark() {
      const here = write(this.asked);
      for (const link of this.page.querySelectorAll("[data-view]")) {
        if (write(JSON.parse(link.dataset.view)) === here) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }

    fill() {
      this.startedMs = performance.now();
      this.found = null;
      this.source?.destroy();
      this.source = source(
        (after, most) => this.ask("tickets", { ...(after ? { after } : {}), most }), this.road,
        { looking: (n) => this.looking(n), found: (n, whole) => this.filled(n, whole),
          failed: (error) => this.failed(error) },
      );
      const { by, way } = orderOf(this.asked);
      this.api.applyColumnState({ state: [{ colId: by, sort: way }], defaultState: { sort: null } });
      this.api.purgeInfiniteCache();
    }

    /** Go to the ticket somebody was at, without reading what lies before it. */
    toKept(kept) {
      this.goal = kept && kept.row > 0 ? kept.row : null;
      if (this.goal === null) return;
      this.api.setRowCount(Math.max(kept.row + 1, (kept.places.length - 1) * A_BLOCK + 1), false);
      this.api.ensureIndexVisible(kept.row, "middle");
    }

    async ask(what, more) {
      const query = write(this.asked, { lang: this.facts.language, ...more });
      const answer = await root.fetch(`/api/v1/desk/${what}?${query}`,
        { signal: this.waiting.signal, cache: "no-store" });
      const said = await answer.json().catch(() => ({}));
      if (!answer.ok) {
        throw Object.assign(new Error(what), { status: answer.status, field: said.error?.field });
      }
      return said;
    }

    async count() {
      this.said.textContent = this.facts.words.desk_looking;
      this.counting = null;
      try {
        this.counting = await this.ask("count", {});
        this.newest = this.counting.newest;
        this.tell();
      } catch (error) {
        if (error.name !== "AbortError") this.failed(error);
      }
    }

    looking(n) {
      if (performance.now() - this.startedMs < LONG_MS) return;
      this.said.textContent =
        this.facts.words.desk_looking_long.replace("{n}", n.toLocaleString(this.facts.language));
    }

    filled(n, whole) {
      this.found = { found: n, whole };
      this.startedMs = Infinity;
      this.nothing.hidden = !(whole && n === 0);
      this.tell();
      if (this.goal === null || this.goal >= n) return;
      this.api.ensureIndexVisible(this.goal, "middle");
      this.api.setFocusedCell(this.goal, "title");
      this.goal = null;
    }

    /** Say the surest number there is: the table's, where it has come to its end. */
    tell() {
      const count = this.found?.whole ? this.found : this.counting;
      if (!count) return;
      const least = !count.whole && this.found && this.found.found > count.found;
      this.said.textContent =
        counted(least ? { ...this.found, whole: false } : count, this.facts.words, this.facts.language);
    }

    failed(error) {
      this.again.hidden = error.status === 400;
      this.said.textContent = "";
      this.wrong.textContent = this.facts.words[refusal(error.status || 0, error.field)];
      if (error.status === 401) root.location.replace(lianxin.session.loginFor(location));
    }

    async lookForFresh() {
      if (document.hidden || this.newest === null) return;
      const asked = this.asked;
      const fresh = await this.ask("fresh", { since: this.newest }).catch(() => null);
      if (!fresh || asked !== this.asked) return;
      const many = `${fresh.found.toLocaleString(this.facts.language)}${fresh.whole ? "" : "+"}`;
      this.fresh.textContent = this.facts.words.desk_fresh.replace("{n}", many);
      this.fresh.hidden = fresh.found === 0;
    }

    formed() {
      const given = new FormData(this.form);
      return read(new URLSearchParams([...given].filter(([name]) => name !== "lang")).toString());
    }

    ordered() {
      const { sort, order } = this.asked;
      return { ...(sort ? { sort } : {}), ...(order ? { order } : {}) };
    }

    open(href) {
      this.keepPlace();
      location.assign(href);
    }

    /** Keep, in the browser's own step, where in the table somebody was. */
    keepPlace() {
      const row = this.api.getFocusedCell()?.rowIndex ?? this.api.getFirstDisplayedRowIndex();
      const desk = { row: Math.max(row, 0), places: this.road.places };
      history.replaceState({ ...history.state, desk }, "");
    }

    keepLanguage() {
      const other = document.querySelector(".desk .language");
      if (!other) return;
      const to = new URL(other.href, location.href);
      other.href = `${to.pathname}?${write(this.asked, { lang: to.searchParams.get("lang") })}`;
    }

    async copy() {
      await root.navigator.clipboard?.writeText(location.href);
      this.wrong.textContent = this.facts.words.desk_copied;
    }
  }

  /** A ticket's title with its number and what is to be noticed of it. */
  function titleCell(props) {
    const make = root.React.createElement;
    if (!props.data) return make("span", { className: "desk-waiting" });
    const { href, title, number, place, marks } = props.data;
    const link = make("a", { href, className: "desk-title", tabIndex: -1 },
      make("span", { className: "desk-title-words" },
        marks.map(([kind, word]) =>
          make("span", { key: kind, className: `desk-mark desk-mark-${kind}` }, word)),
        make("strong", { title }, title)),
      make("span", { className: "fine" }, place ? `${number} · ${place}` : number));
    return make("div", { className: "desk-titled" }, link, lianxin.deskFolds.mark(make, props.data));
  }
  root.dashAgGridComponentFunctions = { ...root.dashAgGridComponentFunctions, DeskTitle: titleCell };

  /** Wait until Dash has drawn the desk and the grid stands, then start it once. */
  function boot() {
    const watcher = new MutationObserver(async () => {
      const table = document.querySelector("[data-desk]:not([data-joined])");
      if (!table || !root.dash_ag_grid?.getApiAsync) return;
      table.dataset.joined = "1";
      const api = await root.dash_ag_grid.getApiAsync("desk-table");
      // The component gives the grid a source of its own when it is ready: ours comes after it.
      while (!api.getGridOption("datasource")) {
        await new Promise((next) => root.requestAnimationFrame(next));
      }
      lianxin.deskPage = new DeskPage(table.closest("main"), table, api);
      document.dispatchEvent(new CustomEvent("lianxin:desk"));
    });
    watcher.observe(document.documentElement, { childList: true, subtree: true });
  }
  boot();
})(globalThis);
