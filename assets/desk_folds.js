/* Duplicates in the desk's table: a main tells how many stand under it and leads to them. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * What lists a main ticket and all that is merged into it.
   * @param {string} number of the main
   * @returns {Object<string, string>} as an address asks for it
   */
  const asking = (number) => ({ number, merged: "each" });

  /**
   * Draw what a row tells of its duplicates.
   * @param {function} make React's `createElement`
   * @param {{fold: ?Array<string>}} row `fold`: the words, the main's number where it is seen, and
   *   what is told beside
   */
  function mark(make, { fold }) {
    if (!fold) return null;
    const [words, number, title] = fold;
    if (!number) return make("span", { className: "desk-mark" }, words);
    const href = `?${lianxin.deskAsking.write(asking(number))}`;
    return make("a", { href, className: "desk-mark desk-fold", tabIndex: -1, title,
      "data-fold": number }, words);
  }

  /** Go to a main and what stands under it: a step in the browser's history. */
  function open(desk, number) {
    if (number) desk.go(asking(number));
  }

  lianxin.deskFolds = { asking, mark, open };
  if (!root.document) return;
  const { document } = root;

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-fold]");
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      open(lianxin.deskPage, link.dataset.fold);
    }
    const more = event.target.closest?.(".desk-more-show");
    if (more) unfold(more, more.getAttribute("aria-expanded") !== "true");
  });

  function unfold(button, yes) {
    button.setAttribute("aria-expanded", String(yes));
    document.getElementById("desk-more").hidden = !yes;
  }

  /** Conditions in the second row are never hidden while one of them is asked for. */
  document.addEventListener("lianxin:desk-asked", ({ detail }) => {
    const button = document.querySelector(".desk-more-show");
    const asked = [...document.querySelectorAll(".desk-more [name]")]
      .filter((one) => detail[one.name]).length;
    button.dataset.more = String(asked);
    if (asked) unfold(button, true);
  });
})(globalThis);
