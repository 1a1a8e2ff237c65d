/* A ticket's protected fields: one is shown for a while, in the page's memory and nowhere else. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * How long a field may be shown. The server's own clock is in its answer, so that a wrong clock
   * here makes it neither longer nor shorter.
   * @param {string} until ISO 8601
   * @param {?string} answeredAt the answer's Date header
   * @param {number} nowMs the clock here, for an answer without one
   * @returns {number} milliseconds
   */
  function lengthOf(until, answeredAt, nowMs) {
    const at = Date.parse(answeredAt || "");
    return Math.max(Date.parse(until) - (Number.isNaN(at) ? nowMs : at), 0);
  }

  /** @param {number} ms @returns {string} minutes and seconds: 04:59 */
  function countdown(ms) {
    const seconds = Math.max(Math.ceil(ms / 1000), 0);
    const two = (number) => String(number).padStart(2, "0");
    return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  }

  /**
   * Which words tell of a refusal.
   * @param {number} status
   * @returns {string} the end of a name among the form's data: told-…
   */
  function refusalOf(status) {
    if (status === 422 || status === 400) return "toldReason";
    if (status === 401) return "toldSession";
    if (status === 403 || status === 404) return "toldRefused";
    return status === 429 ? "toldOften" : "toldAway";
  }

  /** The one field that is shown, and when that ends by both clocks: one may be set or stand still. */
  let shown = null;

  const page = () => document.querySelector("[data-reveal]");
  const form = () => document.querySelector(".reveal-form");
  const tell = (words) => { document.querySelector("[data-reveal-told]").textContent = words; };

  function mask(words) {
    if (!shown) return;
    const { row, timer } = shown;
    shown = null;
    clearInterval(timer);
    delete row.dataset.shown;
    row.querySelector(".field-shown").textContent = "";
    row.querySelector(".field-left").textContent = "";
    const button = row.querySelector("[data-show]");
    button.textContent = button.dataset.wordShow;
    if (words !== undefined) tell(words);
  }

  function tick() {
    if (!shown) return;
    const left = Math.min(shown.endsAt - Date.now(), shown.endsAfter - performance.now());
    if (left <= 0) return void mask(form().dataset.toldOver);
    const words = page().dataset.fieldLeft.replace("{left}", countdown(left));
    shown.row.querySelector(".field-left").textContent = words;
  }

  function show(row, said, answeredAt) {
    mask();
    const ms = lengthOf(said.until, answeredAt, Date.now());
    row.querySelector(".field-shown").textContent = said.value;
    row.dataset.shown = "1";
    const button = row.querySelector("[data-show]");
    button.textContent = button.dataset.wordHide;
    shown = { row, endsAt: Date.now() + ms, endsAfter: performance.now() + ms,
      timer: setInterval(tick, 250) };
    tick();
    button.focus();
  }

  function ask(row) {
    const asking = form();
    mask("");
    asking.dataset.field = row.dataset.field;
    const title = asking.querySelector(".reveal-asked");
    title.textContent = title.dataset.asked.replace("{field}", row.dataset.label);
    row.after(asking);
    asking.hidden = false;
    asking.querySelector(".reveal-reason").focus();
  }

  function close() {
    const asking = form();
    asking.hidden = true;
    asking.querySelector(".reveal-reason").value = "";
  }

  async function reveal() {
    const asking = form(), field = asking.dataset.field;
    const row = document.querySelector(`[data-field="${field}"]`);
    const reason = asking.querySelector(".reveal-reason").value.trim();
    const headers = { "Content-Type": "application/json" };
    const token = lianxin.session.pageToken(document.cookie);
    if (token) headers["X-CSRF-Token"] = token;
    const minutes = Number(asking.querySelector(".reveal-minutes").value);
    let answer, said;
    try {
      answer = await fetch(page().dataset.reveal, { method: "POST", headers, cache: "no-store",
        body: JSON.stringify({ field, reason, minutes }) });
      said = await answer.json();
    } catch (error) {
      return void tell(asking.dataset.toldAway);
    }
    if (!answer.ok) return void tell(asking.dataset[refusalOf(answer.status)]);
    close();
    tell(said.value === null ? asking.dataset.toldEmpty : "");
    if (said.value !== null) show(row, said, answer.headers.get("Date"));
    document.getElementById("ticket-seen-anew").click();
  }

  /** The way back leads to the very search that led here, at the ticket somebody was at. */
  function wayBack(link, event) {
    const from = document.referrer && new URL(document.referrer);
    if (!from || from.origin !== root.location.origin) return;
    if (from.pathname !== link.dataset.backTo) return;
    event.preventDefault();
    root.history.back();
  }

  lianxin.ticket = { lengthOf, countdown, refusalOf };
  if (!root.document) return;
  root.document.addEventListener("click", (event) => {
    const at = (what) => event.target.closest && event.target.closest(what);
    const link = at("[data-back-to]");
    if (link) wayBack(link, event);
    const button = at("[data-show]");
    if (button) {
      const row = button.closest("[data-field]");
      if (row.dataset.shown) mask("");
      else ask(row);
    }
    const reason = at("[data-reason]");
    if (reason) form().querySelector(".reveal-reason").value = reason.dataset.reason;
    if (at(".reveal-go")) reveal();
    if (at(".reveal-cancel")) close();
  });
  root.document.addEventListener("keydown", (event) => {
    if (!event.target.closest || !event.target.closest(".reveal-form")) return;
    if (event.key === "Escape") close();
    if (event.key === "Enter" && event.target.matches(".reveal-reason")) {
      event.preventDefault();
      reveal();
    }
  });
  // A page that is kept for the way back keeps no value.
  root.addEventListener("pagehide", () => mask(""));
})(globalThis);
