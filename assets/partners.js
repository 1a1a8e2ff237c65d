/* The registry of partners: a form to add or change one, and a table taken in. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * What a form says; an empty field is said too, for a telephone may be taken away.
   * @param {{name: string, value: string}[]} fields
   * @returns {Object<string, string>}
   */
  function saidOf(fields) {
    return Object.fromEntries(fields.map(({ name, value }) => [name, value.trim()]));
  }

  lianxin.partners = { saidOf };
  const main = root.document?.querySelector(".inc-page[data-partners]");
  if (!main) return;
  const { document } = root;
  const { words } = JSON.parse(document.getElementById("incident-facts").textContent);
  const acts = lianxin.incidentActs;
  const form = main.querySelector('[data-form="partner"]');
  const address = (end) => `/api/v1/partners${end}?lang=${main.dataset.lang}`;
  let version = 0;

  function open(button) {
    const said = JSON.parse(button.dataset.fill);
    version = Number(button.dataset.version);
    for (const node of form.querySelectorAll("[data-field]")) {
      node.value = said[node.dataset.field] ?? "";
      if (node.tagName === "SELECT" && node.selectedIndex < 0) node.selectedIndex = 0;
    }
    const code = form.querySelector('[data-field="code"]');
    code.readOnly = version > 0; // what an incident called it by stays
    form.querySelector(".inc-form-title").textContent = button.textContent;
    form.querySelector(".inc-told").textContent = "";
    form.showModal();
    form.querySelector(version > 0 ? '[data-field="name_zh"]' : '[data-field="code"]').focus();
  }

  async function send() {
    const button = form.querySelector("[data-send]");
    button.disabled = true;
    const answer = await acts.send(address(""), { ...saidOf(acts.fieldsOf(form)), version });
    button.disabled = false;
    if (answer.done) return void root.location.reload();
    if (answer.version !== undefined) version = answer.version;
    form.querySelector(".inc-told").textContent = acts.toldOf(answer, words);
    lianxin.fault.lead(form, button, answer.error?.field);
  }

  /** Let a name onto walls, or take it off; the page then says how it stands. */
  async function release(button) {
    button.disabled = true;
    const { release: code, version: seen, to } = button.dataset;
    const end = `/${encodeURIComponent(code)}/release`;
    const answer = await acts.send(address(end), { version: Number(seen), released: to === "yes" });
    if (answer.done) return void root.location.reload();
    button.disabled = false;
    button.focus();
    main.querySelector("[data-partners-told]").textContent = acts.toldOf(answer, words);
  }

  /** Choose a file, and send it as text. */
  function takeIn() {
    const chosen = Object.assign(document.createElement("input"), { type: "file", accept: ".csv" });
    chosen.addEventListener("change", async () => {
      const csv = await chosen.files[0].text();
      const answer = await acts.send(address(".csv"), { csv });
      main.querySelector("[data-partners-told]").textContent = acts.toldOf(answer, words);
      if (answer.done) setTimeout(() => root.location.reload(), 1500);
    });
    chosen.click();
  }

  main.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (button?.dataset.partner !== undefined) open(button);
    else if (button?.dataset.release !== undefined) release(button);
    else if (button?.dataset.csvIn !== undefined) takeIn();
    else if (button?.dataset.send !== undefined) send();
    else if (button?.dataset.cancel !== undefined) form.close();
  });
  main.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "TEXTAREA") return;
    event.preventDefault();
    if (event.target.closest("form")) event.target.closest("form").requestSubmit();
    else send();
  });
})(globalThis);
