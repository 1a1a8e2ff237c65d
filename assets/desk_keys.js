/* The desk by keys: / to the words, arrows through the table, Enter opens, Esc goes back, ? tells. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * What a key means at the desk.
   * @param {string} key
   * @param {{typing: boolean, inWords: boolean, inTable: boolean, told: boolean}} where the focus
   *   is; `told`: the list of keys is open
   * @returns {?string}
   */
  function meaning(key, where) {
    if (key === "Escape") return where.told ? "close" : where.inTable ? "words" : null;
    if (key === "ArrowDown" && (where.inWords || (!where.typing && !where.inTable))) return "table";
    if (where.typing) return null;
    return { "/": "words", "?": "keys", r: "again", R: "again", n: "fresh", N: "fresh",
      f: "folded", F: "folded" }[key] || null;
  }

  lianxin.deskKeys = { meaning };
  if (!root.document) return;
  const { document } = root;

  function toggle(open) {
    const list = document.getElementById("desk-keys");
    const button = document.querySelector(".desk-help");
    const show = open ?? list.hidden;
    list.hidden = !show;
    button.setAttribute("aria-expanded", String(show));
    (show ? list.querySelector("button") : button).focus();
  }

  const acts = {
    words() {
      const field = document.getElementById("search-words");
      field.focus();
      field.select();
    },
    table() {
      const { api } = lianxin.deskPage;
      const row = api.getFocusedCell()?.rowIndex ?? 0;
      api.ensureIndexVisible(row);
      api.setFocusedCell(row, "title");
    },
    keys: () => toggle(),
    close: () => toggle(false),
    folded() {
      const { api } = lianxin.deskPage;
      const row = api.getDisplayedRowAtIndex(api.getFocusedCell()?.rowIndex ?? -1)?.data;
      lianxin.deskFolds.open(lianxin.deskPage, row?.fold?.[1]);
    },
    again: () => lianxin.deskPage.show(lianxin.deskPage.asked),
    fresh: () => document.querySelector(".desk-fresh:not([hidden])")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (!lianxin.deskPage || !document.querySelector("main.desk")) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const focused = document.activeElement;
    const act = meaning(event.key, {
      typing: /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName) && focused.type !== "checkbox",
      inWords: focused.id === "search-words",
      inTable: Boolean(focused.closest(".desk-grid")),
      told: !document.getElementById("desk-keys").hidden,
    });
    if (!act) return;
    event.preventDefault();
    acts[act]();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".desk-help")) toggle();
    if (event.target.closest(".desk-keys-close")) toggle(false);
  });
  // On a ticket's page Esc goes back to the list it was opened from.
  document.addEventListener("keydown", (event) => {
    const back = document.querySelector("[data-back-to]");
    if (event.key !== "Escape" || !back || event.defaultPrevented) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    back.click();
  });
})(globalThis);
