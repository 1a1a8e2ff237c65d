/* A page's own button that prints it. */
(function (root) {
  "use strict";
  root.document?.addEventListener("click", (event) => {
    if (event.target.closest?.("main.tickets [data-print]")) root.print();
  });
})(globalThis);
