/* The form of a wall: a usual screen fills in its pitch, Enter in a field presses the form's button. */
(function (root) {
  "use strict";
  const set = root.HTMLInputElement
    && Object.getOwnPropertyDescriptor(root.HTMLInputElement.prototype, "value").set;

  /** Write into a field as a person would, so that the page's own state follows. */
  function type(input, text) {
    set.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Whoever comes to shut a wall out is led to where that is done. */
  function lead() {
    const watcher = new MutationObserver(() => {
      const there = document.querySelector("#revoke input");
      if (!there) return;
      watcher.disconnect();
      if (location.hash !== "#revoke") return;
      there.closest("#revoke").scrollIntoView({ block: "center" });
      there.focus();
    });
    watcher.observe(document.documentElement, { childList: true, subtree: true });
  }

  if (root.document && /^\/screens\/./.test(location.pathname)) lead();
  root.document?.addEventListener("click", (event) => {
    const preset = event.target.closest?.("[data-fills]");
    if (!preset) return;
    const input = preset.closest(".wall-pitch").querySelector("input");
    type(input, preset.dataset.fills);
    input.focus();
  });

  root.document?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches?.('.wall-form input[type="text"]')) return;
    const form = event.target.closest(".wall-form");
    event.target.blur(); // the page learns what was typed before the button is pressed
    form.querySelector(".press-main").click();
  });
})(globalThis);
