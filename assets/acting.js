/* Forms of acts on disputes and clinics: sent with the version that was seen, told where they
 * stand. What is typed stays until it is done. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const LOOK_EVERY_MS = 5000;

  /**
   * What a form says: a value each, a list where several may be chosen.
   * @param {Array<{name: string, value: string, several: boolean}>} fields
   * @returns {Object<string, string|string[]>}
   */
  function saidBy(fields) {
    const said = {};
    for (const { name, value, several } of fields) {
      if (!name) continue;
      if (several || Array.isArray(said[name])) {
        said[name] = [...(said[name] === undefined ? [] : [].concat(said[name])), value];
      } else if (said[name] === undefined) said[name] = value;
      else said[name] = [said[name], value];
    }
    return said;
  }

  /**
   * What is told of an answer: its own words, what was wrong with which field, or that it is away.
   * @param {{status: number, told: ?string}} answer
   * @param {{refused: string, away: string}} page
   */
  function toldOf(answer, page) {
    if (answer.told) return answer.told;
    return answer.status === 403 || answer.status === 404 ? page.refused : page.away;
  }

  /** A name for one act: pressed again after an answer was lost, it is the same act. */
  function newKey(random = root.crypto) {
    const bytes = random.getRandomValues(new Uint8Array(16));
    return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  }

  lianxin.acting = { saidBy, toldOf, newKey };
  if (!root.document) return;
  const { document } = root;

  function fieldsOf(form) {
    const found = [];
    for (const one of form.querySelectorAll("input[name], textarea[name]")) {
      found.push({ name: one.name, value: one.value.trim(), several: false });
    }
    for (const one of form.querySelectorAll("select[name]")) {
      for (const option of one.selectedOptions) {
        found.push({ name: one.name, value: option.value, several: one.multiple });
      }
    }
    for (const one of form.querySelectorAll("[data-box][aria-checked=true]")) {
      found.push({ name: one.dataset.box, value: one.dataset.value, several: true });
    }
    return found;
  }

  async function press(button) {
    const form = button.closest(".acting-form");
    const page = button.closest(".acting");
    if (lianxin.supervision.asksAgain(button, page)) return;
    button.blur();
    button.disabled = true;
    form.dataset.key = form.dataset.key || newKey();
    const beside = form.dataset.beside && page.querySelector(`[data-act="${form.dataset.beside}"]`);
    const fields = [...(beside ? fieldsOf(beside.closest(".acting-form")) : []), ...fieldsOf(form)];
    const body = { ...saidBy(fields), lang: page.dataset.lang, key: form.dataset.key };
    if (form.dataset.seen) body.expected_version = Number(form.dataset.seen);
    const answer = await lianxin.supervision.send(form.dataset.post, body);
    button.disabled = false;
    form.querySelector(".acting-told").textContent = toldOf(answer, page.dataset);
    if (answer.status !== 0) delete form.dataset.key; // it was answered: the next is another act
    if (!answer.done) return lianxin.fault.lead(form, button, answer.error?.field);
    lianxin.fault.clear(form);
    if (answer.href && answer.href !== root.location.pathname) {
      root.location.assign(`${answer.href}?lang=${page.dataset.lang}`);
    } else lookAgain(page);
  }

  /** Draw what stands there now; where the page has no part for that, all of it. */
  function lookAgain(page) {
    const anew = page.querySelector("[data-anew]");
    if (anew) anew.click();
    else root.location.reload();
  }

  /** Somebody else may have acted: say so where something is typed, else show it. */
  async function look() {
    const page = document.querySelector(".acting[data-version-at]");
    const seen = page?.querySelector("[data-seen]")?.dataset.seen;
    if (!seen || !page.dataset.versionAt || document.hidden) return;
    const answer = await root.fetch(page.dataset.versionAt).catch(() => null);
    const now = answer?.ok ? (await answer.json().catch(() => ({}))).version : undefined;
    if (now === undefined || String(now) === page.querySelector("[data-seen]")?.dataset.seen) return;
    const typing = [...page.querySelectorAll("textarea, details[open] input")];
    if (typing.some((one) => one.value && one.value !== one.defaultValue)) told(page);
    else lookAgain(page);
  }

  function told(page) {
    if (page.querySelector(".acting-changed")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "press acting-changed";
    button.textContent = page.dataset.changed;
    button.addEventListener("click", () => {
      button.remove();
      lookAgain(page);
    });
    page.prepend(button);
  }

  document.addEventListener("click", (event) => {
    const box = event.target.closest?.(".acting-box");
    if (box) box.setAttribute("aria-checked", String(box.getAttribute("aria-checked") !== "true"));
    const button = event.target.closest?.(".acting-form [data-act]");
    if (button) press(button);
  });
  root.setInterval(look, LOOK_EVERY_MS);
})(globalThis);
