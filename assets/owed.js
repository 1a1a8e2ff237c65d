/* The list of what is owed: lines that are chosen are acted on, each by itself; it stays fresh. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const FRESH_MS = 20_000;

  /**
   * Whether the list may be drawn anew by itself: not under somebody's hands.
   * @param {number} chosen how many lines are chosen
   * @param {boolean} hidden whether the page is out of sight
   */
  const mayRefresh = (chosen, hidden) => chosen === 0 && !hidden;

  /**
   * What to say of one line's answer.
   * @param {{status: number, told: ?string}} answer
   * @param {{refused: string, away: string}} says
   */
  function outcome(answer, says) {
    if (answer.told) return answer.told;
    return answer.status === 403 || answer.status === 404 ? says.refused : says.away;
  }

  lianxin.owed = { mayRefresh, outcome };
  if (!root.document) return;
  const { document } = root;
  const hands = () => document.querySelector(".owed-hands");
  const box = (row) => row.querySelector(".owed-box");
  const choose = (row, yes) => box(row).setAttribute("aria-checked", String(yes));
  const chosen = () => [...document.querySelectorAll(".owed-table tbody tr")]
    .filter((row) => box(row).getAttribute("aria-checked") === "true");
  const anew = () => document.getElementById("owed-anew").click();

  function show() {
    const form = hands();
    const { length } = chosen();
    form.hidden = length === 0 && form.querySelector(".owed-results").children.length === 0;
    form.querySelector(".owed-chosen").textContent = form.dataset.chosen.replace("{n}", length);
  }

  async function act(button) {
    const form = hands();
    if (lianxin.supervision.asksAgain(button, form)) return;
    button.blur();
    const results = form.querySelector(".owed-results");
    results.replaceChildren();
    const reason = document.getElementById("owed-reason").value;
    const versions = new Map(); // two debts of one ticket: the first act moves its version on
    for (const row of chosen()) {
      const { ticket, number, owing, version, name } = row.dataset;
      const address = lianxin.supervision.addressOf(button.dataset.door, owing, ticket);
      const answer = await lianxin.supervision.send(address, {
        act: button.dataset.see, number: Number(number), reason, lang: form.dataset.lang,
        expected_version: versions.get(ticket) ?? Number(version),
      });
      if (answer.done) versions.set(ticket, answer.version);
      if (answer.version !== undefined) row.dataset.version = answer.version;
      choose(row, !answer.done);
      const line = document.createElement("li");
      line.className = answer.done ? "desk-done" : "desk-undone";
      line.textContent = `${name}: ${outcome(answer, form.dataset)}`;
      results.append(line);
    }
    if (!chosen().length) {
      document.getElementById("owed-reason").value = "";
      anew();
    }
    show();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".owed-hands [data-see]");
    if (button) act(button);
    const pressed = event.target.closest?.(".owed-box");
    if (!pressed) return;
    choose(pressed.closest("tr"), pressed.getAttribute("aria-checked") !== "true");
    hands().querySelector(".owed-results").replaceChildren();
    show();
  });
  root.setInterval(() => {
    if (hands() && mayRefresh(chosen().length, document.hidden)) anew();
  }, FRESH_MS);
})(globalThis);
