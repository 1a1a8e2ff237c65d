/* Tickets that were chosen in the desk's table are acted on, each by itself. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const MOST = 50;

  /**
   * What to say of one ticket's answer.
   * @param {{status: number, told: ?string}} answer status 0: nobody answered
   * @param {Object<string, string>} words
   */
  function outcome(answer, words) {
    if (answer.told) return answer.told;
    if (answer.status === 403 || answer.status === 404) return words.desk_not_yours;
    return words[lianxin.deskTable.refusal(answer.status)];
  }

  /**
   * Which of the chosen tickets are tried again: those that were not done.
   * @param {{id: string, done: boolean}[]} results
   * @returns {string[]}
   */
  const left = (results) => results.filter((one) => !one.done).map((one) => one.id);

  /**
   * Where an act goes, and what it asks for.
   * @param {Object<string, string>} form act, triage, within, into
   * @param {string} ticket source and number, as addresses write them
   * @returns {{path: string, body: Object}}
   */
  function requestOf({ act, triage, within, into }, ticket) {
    if (act === "merge") return { path: `/api/v1/desk/merge/${ticket}`, body: { act, into } };
    const path = (door) => `/api/v1/supervision/${door}/${ticket}`;
    if (act === "triage") return { path: `/api/v1/desk/triage/${ticket}`, body: { triage } };
    if (act === "report" || act === "refer") return { path: path(act), body: { act } };
    const days = /^\d{1,2}$/.test(within.trim()) ? Number(within) : 0;
    return { path: path("watch"), body: { act: "supervise", line: act, within: days } };
  }

  /**
   * Which of the chosen tickets the others go under: one that leads others, else the oldest.
   * @param {{created: string, under: number}[]} rows
   */
  function mainOf(rows) {
    return [...rows].sort((one, other) => other.under - one.under
      || (one.created < other.created ? -1 : 1))[0];
  }

  /** @param {{href: string}} row @returns {string} source and number, as addresses write them */
  const pathOf = (row) => row.href.split("?")[0].replace("/tickets/", "");

  /**
   * The page on which tickets become an incident or a dispute, or join one: the first says where
   * and what.
   * @param {string} page
   * @param {string[]} tickets source and number, as addresses write them
   * @param {string} language
   */
  function gatheredAt(page, tickets, language) {
    const [first, ...more] = tickets;
    const [source, external_id] = first.split("/").map(decodeURIComponent);
    const asked = { source, external_id, more: more.join(","), lang: language };
    return `${page}?${new URLSearchParams(asked)}`;
  }

  lianxin.deskActing = { MOST, outcome, left, gatheredAt, mainOf, pathOf, requestOf };
  if (!root.document) return;
  const { document } = root;

  /** The form under the table. What is typed stays until all of it is done. */
  class Acting {
    constructor(desk) {
      this.desk = desk;
      this.words = desk.facts.words;
      this.versions = new Map(); // as told since: the next try acts on what is there now
      this.merges = new Map();
      this.form = desk.page.querySelector(".desk-acting");
      if (!this.form) return;
      this.chosen = this.form.querySelector(".desk-chosen");
      this.results = this.form.querySelector(".desk-results");
      desk.api.addEventListener("selectionChanged", () => this.show());
      desk.api.addEventListener("cellClicked", ({ column, node, event }) => {
        const own = column.getColId() === "ag-Grid-SelectionColumn";
        if (own && event.target.type !== "checkbox") node.setSelected(!node.isSelected());
      });
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        const button = this.form.querySelector("[type=submit]");
        // what leaves the city's hands, or its ring, is asked twice for
        if (["report", "refer"].includes(this.form.elements.act.value)) {
          button.dataset.confirm = "yes";
          if (lianxin.supervision.asksAgain(button, button)) return;
          button.blur();
        }
        this.act();
      });
      this.form.elements.act.addEventListener("change", ({ target }) => {
        const known = ["triage", "report", "refer", "merge"];
        const kind = known.includes(target.value) ? target.value : "supervise";
        for (const part of this.form.querySelectorAll("[data-of-act]")) {
          part.hidden = part.dataset.ofAct !== kind;
        }
        this.show();
      });
      this.form.elements.into.addEventListener("change", () => { this.chose = true; });
      for (const [way, page] of [[".desk-incident", "/incidents"], [".desk-dispute", "/disputes"]]) {
        this.form.querySelector(way).addEventListener("click", () => {
          const rows = desk.api.getSelectedRows().slice(0, MOST).map(pathOf);
          if (rows.length) root.location.assign(gatheredAt(page, rows, desk.facts.language));
        });
      }
      this.form.querySelector(".desk-unchoose").addEventListener("click", () => {
        this.results.replaceChildren();
        desk.api.deselectAll();
      });
    }

    show() {
      const rows = this.desk.api.getSelectedRows();
      this.form.hidden = rows.length === 0 && this.results.children.length === 0;
      const said = rows.length > MOST ? this.words.desk_too_many : this.words.desk_chosen;
      this.chosen.textContent = said.replace("{n}", rows.length).replace("{most}", MOST);
      const least = this.form.elements.act.value === "merge" ? 2 : 1;
      this.form.querySelector("[type=submit]").disabled = rows.length < least || rows.length > MOST;
      this.offerMains(rows);
    }

    /** Any of the chosen tickets may be the main; the choice of a person stays. */
    offerMains(rows) {
      const { into } = this.form.elements;
      const usual = mainOf(rows);
      const chosen = rows.some((row) => pathOf(row) === into.value) && this.chose ? into.value
        : usual && pathOf(usual);
      into.replaceChildren(...rows.map((row) => {
        const made = document.createElement("option");
        return Object.assign(made, { value: pathOf(row), textContent: row.number,
          selected: pathOf(row) === chosen });
      }));
    }

    async send(row) {
      const [act, triage, within, into, reason] = ["act", "triage", "within", "into", "reason"]
        .map((name) => this.form.elements[name].value);
      const { path, body } = requestOf({ act, triage, within, into }, pathOf(row));
      // a merge has a version of its own, beside that of decisions
      const known = act === "merge" ? this.merges : this.versions;
      const shown = act === "merge" ? row.merges : row.version;
      const answer = await root.fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json",
          "X-CSRF-Token": lianxin.session.pageToken(document.cookie) },
        body: JSON.stringify({ ...body, reason, expected_version: Math.max(shown, known.get(row.id) ?? 0),
          lang: this.desk.facts.language }),
      }).catch(() => ({ status: 0, json: async () => ({}) }));
      const said = await answer.json().catch(() => ({}));
      if (said.version !== undefined) known.set(row.id, said.version);
      return { status: answer.status, ...said };
    }

    async act() {
      const button = this.form.querySelector("[type=submit]");
      button.disabled = true;
      this.results.replaceChildren();
      const results = [];
      const { act, into } = this.form.elements;
      const rows = this.desk.api.getSelectedRows();
      const main = act.value === "merge" ? rows.find((row) => pathOf(row) === into.value) : null;
      for (const row of rows) {
        if (row === main) continue;
        const said = await this.send(row);
        results.push({ id: row.id, done: Boolean(said.done) });
        const line = document.createElement("li");
        line.className = said.done ? "desk-done" : "desk-undone";
        line.textContent = `${row.number}: ${outcome(said, this.words)}`;
        this.results.append(line);
      }
      const again = new Set(left(results));
      if (main && again.size) again.add(main.id); // the next try goes under the same
      this.desk.api.forEachNode((node) => {
        if (node.isSelected() && !again.has(node.id)) node.setSelected(false);
      });
      if (!again.size) {
        this.form.elements.reason.value = "";
        this.chose = false;
      }
      this.show();
    }
  }

  document.addEventListener("lianxin:desk", () => new Acting(lianxin.deskPage));
})(globalThis);
