/* Radio buttons and check boxes as what they are, in a group with a name.

   Dash draws them as a list box whose options hold inputs: a screen reader cannot say what is
   asked there, and one thing that can be pressed lies inside another. */
(function () {
  "use strict";
  const LIST = '[role="listbox"]:has(input)';
  // Only what was made plain here: a table's rows, which can be chosen too, lie in a row group.
  const GROUP = ':is([role="radiogroup"], [role="group"]):has(input)';
  const AGAIN = `${GROUP} :is([role="option"], [aria-selected])`; // drawn anew by React
  let waits = false;

  function plain(list) {
    const title = list.closest("fieldset, section")?.querySelector("legend, h2") ?? list;
    list.setAttribute("role", list.querySelector('[type="radio"]') ? "radiogroup" : "group");
    list.setAttribute("aria-label", title.textContent.trim());
    for (const option of list.querySelectorAll('[role="option"], [aria-selected]')) {
      option.removeAttribute("role");
      option.removeAttribute("aria-selected");
    }
  }

  function look() {
    waits = false;
    const found = [...document.querySelectorAll(`${LIST}, ${AGAIN}`)];
    new Set(found.map((one) => one.closest(`${LIST}, ${GROUP}`))).forEach(plain);
  }

  new MutationObserver(() => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(look);
  }).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["role", "aria-selected"],
  });
})();
