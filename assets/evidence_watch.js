/* The watch of a page about clusters: notices news, and renews it where nobody is typing. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const ASK_MS = 5000;
  const PATIENCE_MS = 4000;
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

  /** Ask for the version of what there is. */
  async function ask(url) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), cache: "no-store" });
      const said = await answer.json().catch(() => ({}));
      return { ok: answer.ok, status: answer.status, version: said.version ?? null,
        now: Date.parse(said.now) };
    } catch {
      return null;
    }
  }

  /**
   * Ask for news as long as the page is open.
   * @param {HTMLElement} page
   * @param {{words: Object<string, string>, zone_name: string}} facts
   * @param {function(number): string} second says a moment to the second
   */
  function over(page, facts, second) {
    const { words } = facts;
    const asOf = page.querySelector(".fresh-as-of");
    const told = page.querySelector(".fresh-words");
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
      const said = state === "fresh" ? words.dossier_watching
        : state === AWAY ? words.dossier_database_away
          : fill(words.dossier_cut, { age: age(seconds, words) });
      lianxin.numbers.put(told, said);
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
        // What is shown was drawn earlier, and still is so at this moment.
        if (found.state === "fresh" && answer.now) {
          lianxin.numbers.put(asOf, fill(words.dossier_as_of,
            { time: second(answer.now), zone: facts.zone_name }));
        }
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

  lianxin.evidenceWatch = { judge, busy, over };
})(globalThis);
