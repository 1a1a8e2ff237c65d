/* The search for tickets by keys: / to the words, arrows through what was found, Enter opens. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * Which of so many rows comes next; -1 is the field of words above them.
   * @param {number} at the row that has the focus, -1 for none
   * @param {string} key
   * @param {number} many
   * @returns {number}
   */
  function nextRow(at, key, many) {
    return Math.min(Math.max(at + (key === "ArrowDown" ? 1 : -1), -1), many - 1);
  }

  /** @param {string} tag of the element that has the focus */
  const takesText = (tag) => /^(INPUT|TEXTAREA|SELECT)$/.test(tag);

  lianxin.search = { nextRow, takesText };
  if (!root.document) return;
  root.document.addEventListener("keydown", (event) => {
    const field = document.getElementById("search-words");
    if (!field || event.altKey || event.ctrlKey || event.metaKey) return;
    const focused = document.activeElement;
    if (event.key === "/" && !takesText(focused.tagName)) {
      event.preventDefault();
      field.focus();
      field.select();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const rows = [...document.querySelectorAll(".found a")];
    const at = rows.indexOf(focused);
    if (at < 0 && focused !== field && takesText(focused.tagName)) return;
    event.preventDefault();
    const next = nextRow(at, event.key, rows.length);
    (next < 0 ? field : rows[next]).focus();
  });
})(globalThis);
