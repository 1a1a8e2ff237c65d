/* The page of reports: asks for one to be made, says what became of it, and shows it. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * Which of the page's words say what became of it.
   * @param {number} status of the answer, 0 for none
   */
  function outcome(status) {
    if (status === 201) return "done";
    return status === 400 ? "notOver" : "failed";
  }

  lianxin.reports = { outcome };
  if (!root.document) return;
  const { document } = root;

  async function ask(page, kind, period) {
    try {
      const answer = await root.fetch(`/api/v1/reports?${page.dataset.ask}`, {
        method: "POST", body: JSON.stringify({ kind, period }),
        headers: { "Content-Type": "application/json",
          "X-CSRF-Token": lianxin.session.pageToken(document.cookie) },
      });
      return answer.status;
    } catch {
      return 0;
    }
  }

  async function make(page, kind, period) {
    const told = page.querySelector(".reports-told");
    const says = (name) => {
      told.textContent = page.dataset[`told${name[0].toUpperCase()}${name.slice(1)}`]
        .replace("{period}", period);
    };
    const buttons = [...page.querySelectorAll("button.press:not([formaction])")];
    buttons.forEach((button) => { button.disabled = true; });
    page.setAttribute("aria-busy", "true");
    says("making");
    const status = await ask(page, kind, period);
    says(outcome(status));
    if (status === 201 || status === 401) {
      root.location.reload(); // shows it; or the way in again
      return;
    }
    page.removeAttribute("aria-busy");
    buttons.forEach((button) => { button.disabled = false; });
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".reports-new")) return;
    event.preventDefault();
    const { kind, day } = event.target.elements;
    if (day.value) make(event.target.closest(".reports"), kind.value, day.value);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".reports button[data-period]");
    if (button) make(button.closest(".reports"), button.dataset.kind, button.dataset.period);
  });
})(typeof window === "undefined" ? globalThis : window);
