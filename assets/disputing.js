/* Tickets that were chosen become a dispute, or join one; a ticket is found by its number and added. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const MOST_FOUND = 8;

  /**
   * Whether what was said of one ticket holds for all of them: nobody answers, the reason is
   * missing, somebody else has acted, or the dispute takes none any more.
   * @param {{status: number, done: ?boolean, error: ?{field: string}}} answer
   */
  const stops = (answer) => !answer.done && (answer.status === 0 || answer.status >= 500
    || ["reason", "act", "expected_version"].includes(answer.error?.field));

  /**
   * Open a dispute on the first of the tickets that can be in one, and let the others join it.
   * @param {string[]} tickets source and number, as addresses write them
   * @param {?{number: string, version: number}} into an open dispute; null: one is opened
   * @param {Object} asked the reason and the language
   * @param {function(string, Object): Promise<Object>} send
   * @param {function(string, Object)} each is called with every ticket's answer
   * @returns {Promise<{into: ?Object, refused: number, stopped: ?Object}>} `into` as it is then
   */
  async function gather(tickets, into, asked, send, each) {
    let held = into;
    let refused = 0;
    for (const ticket of tickets) {
      const answer = held
        ? await send(`/api/v1/disputes/${held.number}/join/${ticket}`,
          { ...asked, expected_version: held.version })
        : await send(`/api/v1/disputes/open/${ticket}`, asked);
      if (answer.done) held = { number: answer.number, version: answer.version };
      else if (held && answer.version !== undefined) held = { ...held, version: answer.version };
      if (stops(answer)) return { into: held, refused, stopped: answer };
      refused += answer.done ? 0 : 1;
      each(ticket, answer);
    }
    return { into: held, refused, stopped: null };
  }

  lianxin.disputing = { gather, stops };
  if (!root.document) return;
  const { document } = root;

  const made = (tag, more, ...inside) => {
    const node = Object.assign(document.createElement(tag), more);
    node.append(...inside);
    return node;
  };

  /** Which dispute the tickets join: the one that is chosen, or the one opened a moment ago. */
  function intoOf(box, button) {
    if (button.dataset.gather === "open") {
      return box.dataset.number
        ? { number: box.dataset.number, version: Number(box.dataset.version) } : null;
    }
    const chosen = box.querySelector("select[name=into]").selectedOptions[0];
    return { number: chosen.value, version: Number(chosen.dataset.version) };
  }

  /** What is known now of a dispute, for the next press. */
  function keep(box, button, into) {
    if (!into) return;
    if (button.dataset.gather === "open") Object.assign(box.dataset, into);
    else box.querySelector("select[name=into]").selectedOptions[0].dataset.version = into.version;
  }

  async function press(button) {
    const box = button.closest(".dispute-gather");
    const page = button.closest(".acting");
    const told = button.closest(".acting-form").querySelector(".acting-told");
    const rows = [...box.querySelectorAll("[data-ticket]:not([data-in])")];
    const rowOf = (ticket) => rows.find((one) => one.dataset.ticket === ticket);
    const presses = [...box.querySelectorAll("[data-gather]")];
    presses.forEach((one) => { one.disabled = true; });
    const asked = { reason: box.querySelector("input[name=reason]").value.trim(),
      lang: page.dataset.lang };
    const done = await gather(rows.map((one) => one.dataset.ticket), intoOf(box, button), asked,
      lianxin.supervision.send, (ticket, answer) => {
        const row = rowOf(ticket);
        if (answer.done) row.dataset.in = "yes";
        row.querySelector(".dispute-gathered").textContent = answer.done
          ? box.dataset.joined : lianxin.acting.toldOf(answer, page.dataset);
      });
    presses.forEach((one) => { one.disabled = false; });
    keep(box, button, done.into);
    const link = done.into && `/disputes/${done.into.number}?lang=${page.dataset.lang}`;
    if (!done.stopped && !done.refused) return void root.location.assign(link);
    const inIt = box.querySelector("[data-in]") && done.into;
    const words = done.stopped ? lianxin.acting.toldOf(done.stopped, page.dataset)
      : lianxin.clock.fill(inIt ? box.dataset.some : box.dataset.none,
        { n: done.refused, number: done.into?.number ?? "" });
    told.replaceChildren(words);
    if (inIt) told.append(" ", made("a", { href: link, textContent: box.dataset.go }));
  }

  /** Look for tickets by their number; each that is found has a form that adds it. */
  async function find(box) {
    const page = box.closest(".acting");
    const number = box.querySelector("input").value.trim();
    const list = box.querySelector(".dispute-found");
    const told = box.querySelector(".dispute-find-told");
    list.replaceChildren();
    told.textContent = "";
    if (!number) return;
    const asked = new URLSearchParams({ number, most: MOST_FOUND, lang: page.dataset.lang });
    const answer = await root.fetch(`/api/v1/desk/tickets?${asked}`).catch(() => null);
    if (!answer?.ok) {
      told.textContent = lianxin.acting.toldOf({ status: answer?.status ?? 0 }, page.dataset);
      return;
    }
    const { rows } = await answer.json();
    if (!rows.length) told.textContent = box.dataset.none;
    list.replaceChildren(...rows.map((row) => formOf(row, box, page)));
  }

  function formOf(row, box, page) {
    const button = made("button", { type: "button", className: "press", textContent: box.dataset.add });
    button.dataset.act = "join";
    const form = made("div", { className: "acting-form" },
      made("a", { href: row.href, textContent: `${row.number} ${row.title}` }),
      made("div", { className: "search-ways" }, button),
      made("p", { className: "told acting-told", role: "status" }));
    form.setAttribute("role", "group");
    form.setAttribute("aria-label", `${box.dataset.add} ${row.number}`);
    form.dataset.post = `${box.dataset.find}/${lianxin.deskActing.pathOf(row)}`;
    form.dataset.seen = page.querySelector("[data-seen]").dataset.seen;
    return made("li", {}, form);
  }

  document.addEventListener("click", (event) => {
    const gathers = event.target.closest?.(".dispute-gather [data-gather]");
    if (gathers) press(gathers);
    const finds = event.target.closest?.(".dispute-find [data-look]");
    if (finds) find(finds.closest(".dispute-find"));
    // what was found was found beside an older version of the page
    if (event.target.matches?.("[data-anew]")) {
      document.querySelector(".dispute-found")?.replaceChildren();
    }
  });
  document.addEventListener("keydown", (event) => {
    const box = event.key === "Enter" && event.target.closest?.(".dispute-find");
    if (!box || !event.target.matches("input")) return;
    event.preventDefault();
    find(box);
  });
})(globalThis);
