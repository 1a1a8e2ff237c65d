/* Acts on an incident: a button opens its form or sends at once; what was typed is never lost. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /** Acts that go at once and are not easily taken back ask a second time. */
  const SURE = new Set(["close", "confirm_close", "review", "control", "stand_down", "complete"]);

  /**
   * What a form says: empty fields left out, numbers as numbers.
   * @param {{name: string, value: string, number: boolean}[]} fields
   * @returns {Object}
   */
  function givenOf(fields) {
    const given = {};
    for (const { name, value, number } of fields) {
      const typed = value.trim();
      if (typed === "") continue;
      const read = Number(typed.replace(",", "."));
      given[name] = number && Number.isFinite(read) ? read : typed;
    }
    return given;
  }

  /**
   * Where an act goes: who runs the incident acts as such, a department as itself.
   * @param {{incident: string, may: string[], own: string}} page
   * @param {string} act
   */
  function addressOf(page, act) {
    const one = `/api/v1/incidents/${encodeURIComponent(page.incident)}`;
    if (act === "release") return `${one}/release`;
    if (page.may.includes("command")) return `${one}/acts`;
    return `${one}/answers/${encodeURIComponent(page.own)}`;
  }

  /** Send; whatever comes back is an answer, status 0 none. */
  async function send(address, body) {
    const answer = await root.fetch(address, {
      method: "POST",
      cache: "no-store",
      headers: { "Content-Type": "application/json",
        "X-CSRF-Token": lianxin.session.pageToken(root.document.cookie) },
      body: JSON.stringify(body),
    }).catch(() => null);
    if (!answer) return { status: 0 };
    const said = await answer.json().catch(() => ({}));
    return { ...said, status: answer.status };
  }

  /** What to tell of an answer. */
  function toldOf(answer, words) {
    if (answer.told) return answer.told;
    if ([401, 403, 404].includes(answer.status)) return words.incident_not_yours;
    return answer.error && answer.status < 500 ? answer.error.reason : words.incident_away;
  }

  /**
   * Narrow a list to what holds every word that is typed; the first that does is chosen.
   * @param {HTMLSelectElement} list
   * @param {string} typed
   */
  function narrow(list, typed) {
    const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
    for (const option of list.options) {
      const text = `${option.textContent} ${option.value}`.toLowerCase();
      option.hidden = !wanted.every((word) => text.includes(word));
    }
    const first = wanted.length ? [...list.options].findIndex((option) => !option.hidden) : -1;
    list.selectedIndex = first;
  }

  const fieldsOf = (box) => [...box.querySelectorAll("[data-field]")].map((node) => ({
    name: node.dataset.field, value: node.value, number: node.dataset.number !== undefined }));

  /** Fill a form with what its button says; what a person typed before stays where it says nothing. */
  function fill(form, said) {
    for (const node of form.querySelectorAll("[data-field]")) {
      if (said[node.dataset.field] !== undefined) node.value = said[node.dataset.field];
    }
  }

  /**
   * Listen on an incident's page.
   * @param {Element} main
   * @param {{incident: string, may: string[], own: string, lang: string}} page
   * @param {Object<string, string>} words
   * @param {function()} acted is called when something was done, or somebody else came first
   */
  function listen(main, page, words, acted) {
    const { key } = lianxin.incidentNotes;
    let open = null;

    function bodyOf(about, given, sent) {
      return { act: about.act, key: sent, number: about.number, version: about.version,
        given: { ...about.said, ...given }, lang: page.lang };
    }

    function ask(button) {
      const form = main.querySelector(`[data-form="${button.dataset.form}"].inc-form`);
      const said = JSON.parse(button.dataset.fill || "{}");
      const about = { act: button.dataset.act, number: Number(button.dataset.number),
        version: Number(button.dataset.version), said };
      const other = !open || open.form !== form || open.about.act !== about.act
        || open.about.number !== about.number;
      open = { form, about, key: key() };
      if (other) form.querySelectorAll("[data-field]").forEach(clear);
      fill(form, said);
      form.querySelector(".inc-form-title").textContent = button.textContent;
      form.querySelector(".inc-told").textContent = "";
      lianxin.fault.clear(form);
      form.showModal();
      form.querySelector("[data-field]")?.focus();
    }

    function clear(node) {
      if (node.tagName !== "SELECT") node.value = "";
      else if (node.size > 1) narrow(node, "");
      else node.selectedIndex = 0;
    }

    const listOf = (node) => node.closest(".inc-form")
      .querySelector(`[data-field="${node.dataset.narrows}"]`);

    async function press(button) {
      if (button.dataset.form) return void ask(button);
      if (asksAgain(button)) return;
      button.disabled = true;
      const about = { act: button.dataset.act, number: Number(button.dataset.number),
        version: Number(button.dataset.version), said: JSON.parse(button.dataset.fill || "{}") };
      const answer = await send(addressOf(page, about.act), bodyOf(about, {}, key()));
      button.disabled = false;
      if (answer.done) return void acted();
      button.focus();
      tell(button, answer);
    }

    function asksAgain(button) {
      if (!SURE.has(button.dataset.act) || button.dataset.asked) return false;
      const before = button.textContent;
      button.dataset.asked = "yes";
      button.textContent = lianxin.clock.fill(words.incident_sure, { act: before });
      button.addEventListener("blur", () => {
        delete button.dataset.asked;
        button.textContent = before;
      }, { once: true });
      button.focus();
      return true;
    }

    /** Say beside a button why it was not done; the slot may be drawn anew meanwhile. */
    function tell(button, answer) {
      const box = button.closest(".inc-ways, li") || main;
      let told = box.querySelector(":scope > .inc-told");
      if (!told) {
        told = document.createElement("p");
        told.className = "inc-told";
        told.setAttribute("role", "alert");
        box.append(told);
      }
      told.textContent = toldOf(answer, words);
      acted();
    }

    async function submit(form) {
      const { about } = open;
      const button = form.querySelector("[data-send]");
      button.disabled = true;
      const given = givenOf(fieldsOf(form));
      const answer = await send(addressOf(page, about.act), bodyOf(about, given, open.key));
      button.disabled = false;
      if (answer.done) {
        form.close();
        form.querySelectorAll("[data-field]").forEach(clear);
        open = null;
      } else {
        form.querySelector(".inc-told").textContent = toldOf(answer, words);
        lianxin.fault.lead(form, button, answer.error?.field);
        if (answer.version !== undefined) about.version = answer.version;
        if (answer.status !== 0) open.key = key(); // it was answered: the next one is another act
      }
      if (answer.status) acted();
    }

    /** Open the form of a visit that a ticket's page asked for. */
    function visit(ticket) {
      const button = main.querySelector('[data-act="give"]');
      if (!button || !ticket || !page.may.includes("command")) return;
      const before = button.dataset.fill;
      button.dataset.fill = JSON.stringify({ title: words.incident_visit_title, ticket });
      ask(button);
      button.dataset.fill = before;
    }

    visit(new URLSearchParams(root.location.search).get("visit"));
    main.addEventListener("click", (event) => {
      const button = event.target.closest?.("button");
      if (!button) return;
      const form = button.closest(".inc-form");
      if (form && button.dataset.send !== undefined) submit(form);
      else if (form && button.dataset.cancel !== undefined) form.close();
      else if (button.dataset.act) press(button);
    });
    main.addEventListener("input", (event) => {
      if (event.target.dataset.narrows) narrow(listOf(event.target), event.target.value);
    });
    main.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && event.target.dataset.narrows) listOf(event.target).focus();
      const field = event.target.closest?.('.inc-form textarea[rows="1"]');
      if (!field || event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      submit(field.closest(".inc-form"));
    });
  }

  lianxin.incidentActs = { narrow, givenOf, addressOf, send, toldOf, fieldsOf, listen };
})(globalThis);
