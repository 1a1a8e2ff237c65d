/* Acts of supervision: on a ticket's page, and on the list of what is owed. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * The address an act goes to.
   * @param {string} door report, watch, refer or answer
   * @param {string} owing the department that owes what is answered
   * @param {string} ticket source and number, as addresses write them
   * @returns {string}
   */
  function addressOf(door, owing, ticket) {
    const who = door === "answer" ? `/${encodeURIComponent(owing)}` : "";
    return `/api/v1/supervision/${door}${who}/${ticket}`;
  }

  /**
   * What opening asks for by the kind chosen: a case that is listed, a summons, or a record.
   * @param {string} kind
   * @returns {{act: string, line: string}}
   */
  function openingOf(kind) {
    if (kind === "listed") return { act: "list", line: "" };
    if (kind === "summons") return { act: "summon", line: "" };
    return { act: "supervise", line: kind };
  }

  /** @param {string} typed @returns {number} 0 for what is no number of days or hours */
  const withinOf = (typed) => (/^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0);

  /**
   * Send an act; whatever comes back is an answer.
   * @returns {Promise<{status: number, told: ?string, done: ?boolean, version: ?number}>}
   */
  async function send(address, body) {
    const answer = await root.fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json",
        "X-CSRF-Token": lianxin.session.pageToken(root.document.cookie) },
      body: JSON.stringify(body),
    }).catch(() => null);
    if (!answer) return { status: 0 };
    const said = await answer.json().catch(() => ({}));
    return { status: answer.status, ...said };
  }

  lianxin.supervision = { addressOf, openingOf, withinOf, send };
  if (!root.document) return;
  const { document } = root;
  const typed = (id) => document.getElementById(id)?.value ?? "";

  /** What the form of a ticket's page says, for the act of a button. */
  function bodyOf(button, face) {
    const said = {
      act: button.dataset.see, number: Number(button.dataset.number), reason: typed("watch-reason"),
      expected_version: Number(face.dataset.version), lang: face.dataset.lang,
    };
    if (said.act !== "supervise") return said;
    const chosen = document.querySelector(".see-departments").selectedOptions;
    return { ...said, ...openingOf(document.querySelector(".see-kind").value),
      departments: [...chosen].map((one) => one.value), within: withinOf(typed("watch-within")),
      sign: typed("watch-sign"), lister: typed("watch-lister") };
  }

  /** Ask again before what a slip would cost; to look elsewhere takes it back. */
  function asksAgain(button, form) {
    if (!button.dataset.confirm || button.dataset.asked) return false;
    const words = button.textContent;
    button.dataset.asked = "yes";
    button.textContent = form.dataset.sure.replace("{act}", words);
    const back = () => {
      delete button.dataset.asked;
      button.textContent = words;
      button.removeEventListener("blur", back);
    };
    button.addEventListener("blur", back);
    button.focus();
    return true;
  }

  lianxin.supervision.asksAgain = asksAgain;

  async function press(button) {
    const face = document.querySelector(".see-face");
    const form = document.querySelector(".see-hands");
    if (asksAgain(button, form)) return;
    const body = bodyOf(button, face);
    button.blur();
    button.disabled = true;
    const { door, owing } = button.dataset;
    const answer = await send(addressOf(door, owing, face.dataset.ticket), body);
    button.disabled = false;
    const refused = answer.status === 403 || answer.status === 404;
    form.querySelector(".see-told").textContent =
      answer.told || (refused ? form.dataset.refused : form.dataset.away);
    if (!answer.done) button.focus();
    if (answer.done) {
      document.getElementById("watch-reason").value = "";
      document.querySelector(".see-hands details")?.removeAttribute("open");
    }
    if (answer.done || answer.version !== undefined) document.getElementById("ticket-anew").click();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".card [data-see]");
    if (button) press(button);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.(".see-kind")) return;
    document.querySelector(".see-listed").hidden = event.target.value !== "listed";
  });
})(globalThis);
