/* Fingers and keys: a row or number narrows the map, Escape undoes, L changes the language. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  const MEASURE_WORDS = { overdue: "overdue_now", urgent: "urgent_open",
    unassigned: "unassigned_now", open: "open_now" };

  /**
   * Find the words for what is chosen; a code without a name is its own name.
   * @param {string} kind
   * @param {string} value
   * @param {{words: Object<string, string>, names: Object<string, Object<string, string>>}} facts
   * @returns {string}
   */
  function wordsFor(kind, value, facts) {
    if (kind === "measure") return facts.words[MEASURE_WORDS[value]] || value;
    return (facts.names[kind] || {})[value] || value;
  }

  function chipOf(text, words, undo) {
    const chip = document.createElement("button");
    chip.className = "chip";
    chip.title = words.undo;
    const name = document.createElement("span");
    name.textContent = text;
    const cross = document.createElement("span");
    cross.className = "cross";
    cross.setAttribute("aria-label", words.undo);
    chip.append(name, cross);
    chip.addEventListener("click", undo);
    return chip;
  }

  /**
   * Show what is chosen: a chip for each, the number that matches, the pressed rows.
   * @param {Element} wall
   * @param {Object<string, string>} chosen
   * @param {{total: number}|null} answer
   * @param {Object} facts of the page
   * @param {function(string, string)} press lets go of one
   */
  function showChosen(wall, chosen, answer, facts, press) {
    const { words } = facts;
    const box = wall.querySelector(".chips");
    const kinds = Object.entries(chosen);
    const key = JSON.stringify(chosen);
    if (box.dataset.key !== key) {
      box.dataset.key = key;
      box.replaceChildren(...kinds.map(([kind, value]) => chipOf(
        `${words.only} ${wordsFor(kind, value, facts)}`, words, () => press(kind, value))));
      if (kinds.length) box.append(Object.assign(document.createElement("span"),
        { className: "chip-count" }));
    }
    const total = box.querySelector(".chip-count");
    if (total) {
      lianxin.numbers.put(total, !answer ? "…" : answer.total
        ? lianxin.clock.fill(words.matching, { n: lianxin.numbers.count(answer.total) })
        : words.no_matching);
    }
    markPressed(wall, chosen);
  }

  /** Mark the rows that are chosen; rows come and go, so this runs after tables were written. */
  function markPressed(wall, chosen) {
    for (const node of wall.querySelectorAll("[data-narrow]")) {
      const pressed = String(chosen[node.dataset.narrow] === node.dataset.value);
      if (node.getAttribute("aria-pressed") !== pressed) node.setAttribute("aria-pressed", pressed);
    }
  }

  /**
   * Listen on the wall; rows need no listener of their own.
   * @param {Element} wall
   * @param {{press: function(string, string), clear: function(), chosen: function(): Object}} narrowing
   */
  function listen(wall, narrowing) {
    const target = (event) => event.target.closest && event.target.closest("[data-narrow]");
    wall.addEventListener("click", (event) => {
      const node = target(event);
      if (node) narrowing.press(node.dataset.narrow, node.dataset.value);
    });
    document.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const node = target(event);
      if (node && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        narrowing.press(node.dataset.narrow, node.dataset.value);
      }
      if (event.key === "Escape" && Object.keys(narrowing.chosen()).length) narrowing.clear();
      if (event.key === "l" || event.key === "L") switchLanguage();
    });
  }

  /** Open this very view in the other language. */
  function switchLanguage() {
    const link = document.querySelector("[data-language-switch]");
    if (!link) return;
    const query = new URLSearchParams(location.search);
    query.set("lang", link.dataset.languageSwitch);
    location.assign(`${location.pathname}?${query}`);
  }

  root.document?.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-language-switch]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    switchLanguage();
  });

  lianxin.press = { wordsFor, showChosen, markPressed, listen };
})(globalThis);
