/* Lists that come in pages: the right arrow leads to the next page, the left one to the first. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * Which way a key leads.
   * @param {{key: string, altKey: boolean, ctrlKey: boolean, metaKey: boolean}} event
   * @param {boolean} elsewhere somebody types, or something else moves by arrows
   * @returns {?string} what the way is called in the page
   */
  function wayOf(event, elsewhere) {
    if (elsewhere || event.altKey || event.ctrlKey || event.metaKey) return null;
    return { ArrowRight: "next", ArrowLeft: "first" }[event.key] || null;
  }

  lianxin.paging = { wayOf };
  if (!root.document) return;
  const { document } = root;

  document.addEventListener("keydown", (event) => {
    const focused = document.activeElement;
    const elsewhere = /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName)
      || focused.scrollWidth > focused.clientWidth && focused !== document.body;
    const way = wayOf(event, elsewhere);
    const link = way && document.querySelector(`.pages-ways [data-page="${way}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
})(globalThis);
