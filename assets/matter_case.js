/* What a wall says of an incident: made from a row of the picture. Pure. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  // By how grave it is: octagon and triangle as of alarms, then grey: a diamond, a ring. A triangle
  // on its head is what is late here.
  const SHAPES = ["critical", "critical", "high", "serious", "none"];
  const DUE = { task: "matter_due_task", measure: "matter_due_measure", report: "matter_due_report" };
  const DAY_MS = 86400000;

  const { fill, age } = lianxin.clock;
  const named = (row, field, told) => lianxin.clusters.named(row, field, told.language);
  const ageOf = (since, nowMs, told) => age((nowMs - Date.parse(since)) / 1000, told.words);

  /** @returns {string} a department's everyday name; nothing of what is no code */
  function unitOf(code, row, field, told) {
    return (code && told.short_names[code]) || named(row, field, told);
  }

  /** @returns {string} the shape of its severity; a drill has none, whatever it plays */
  const shapeOf = (row) => (row.exercise ? "none" : SHAPES[row.severity]);

  /** @returns {string} where it is */
  const placeOf = (row, told) => named(row, "district", told) || told.words.incidents_whole_city;

  /** @returns {string} the text that was released, else the matter, else that it is an incident */
  const titleOf = (row, told) => row.released || named(row, "name", told) || told.words.scene_incidents;

  /** @returns {string} what is due next: when, and what */
  function nextOf(row, told, nowMs) {
    return row.due ? told.moment(Date.parse(row.due), nowMs) : "–";
  }

  /** @returns {string} the kind of what is due; a kind this page does not know is a task */
  const kindOf = (row, told) => (row.due
    ? told.words[DUE[row.due_of] || DUE.task] : "");

  /**
   * The figures beside its name: name, value, what is beside it, and whether it presses.
   * @returns {Object<string, {name: string, value: string, about: string, presses: boolean}|null>}
   */
  function figuresOf(row, told, nowMs) {
    const { words } = told;
    const figure = (name, value, about = "", presses = false) => ({ name, value, about, presses });
    const parties = row.whole ? row.whole.parties.filter((one) => one.state && one.state !== "released") : [];
    const present = parties.filter((one) => one.state === "present").length;
    return {
      lead: figure(words.incident_lead, unitOf(row.lead, row, "lead", told) || "–"),
      age: figure(fill(words.matter_since, { time: told.moment(Date.parse(row.since), nowMs) }),
        ageOf(row.since, nowMs, told)),
      next: figure(words.matter_next, nextOf(row, told, nowMs), kindOf(row, told)),
      late: figure(words.matter_overdue, row.late ? lianxin.numbers.count(row.late) : words.matter_none_late,
        row.late ? fill(words.matter_oldest, { age: ageOf(row.late_since, nowMs, told) }) : "", row.late > 0),
      report: row.report_late_since ? figure(words.matter_report,
        fill(words.matter_report_late, { age: ageOf(row.report_late_since, nowMs, told) }), "", true) : null,
      in: parties.length ? figure(words.matter_in, `${present}/${parties.length}`, "", present < parties.length)
        : null,
    };
  }

  /** The links from the source on: name, verdict, whose, what was done there, and which stands out. */
  function linksOf(row, told) {
    const { words } = told;
    return row.whole.links.map((link, place) => ({
      name: named(link, "name", told) || fill(words.matter_link, { n: place + 1 }),
      state: link.state, first: link.first,
      verdict: words[`incident_link_${link.state}`],
      cry: link.first ? words[`incident_first_${link.state}`] : "",
      owner: unitOf(link.owner, link, "owner", told),
      about: [
        link.findings ? fill(words.matter_findings, { n: link.findings }) : "",
        link.measures ? fill(words.matter_measures, { n: link.measures }) : "",
      ].filter(Boolean),
    }));
  }

  /** Who was called, whether they came, and what of their tasks is open and late. */
  function partiesOf(row, told) {
    const { words } = told;
    return row.whole.parties.map((party) => ({
      name: unitOf(party.code, party, "name", told) || words.matter_outside,
      lead: party.lead,
      state: party.state || "uncalled",
      word: party.state ? words[`incident_party_${party.state}`] : words.matter_uncalled,
      tasks: party.tasks.open ? fill(words.matter_tasks, { n: party.tasks.open })
        : party.tasks.done ? fill(words.matter_tasks_done, { n: party.tasks.done }) : "",
      late: party.tasks.late ? fill(words.matter_overdue_n, { n: party.tasks.late }) : "",
    }));
  }

  /**
   * A line that tells of it among others.
   * @returns {{id: string, shape: string, drill: boolean, title: string, state: string, lead: string,
   *   age: string, late: string}}
   */
  function lineOf(row, told, nowMs) {
    const { words } = told;
    const late = row.late ? fill(words.matter_overdue_n, { n: row.late }) : "";
    const report = row.report_late_since ? fill(words.incidents_report_late,
      { age: ageOf(row.report_late_since, nowMs, told) }) : "";
    return {
      id: row.id, shape: shapeOf(row), drill: row.exercise,
      title: `${placeOf(row, told)} · ${titleOf(row, told)}`,
      state: words[`incident_state_${row.state}`],
      lead: unitOf(row.lead, row, "lead", told),
      age: fill(words.matter_age, { age: ageOf(row.since, nowMs, told) }),
      late: late || report,
    };
  }

  /** @returns {string} a day of the series, as 11-24 or 24 Nov */
  const dayOf = (series, place, told) =>
    told.day(Date.parse(`${series.first}T12:00:00Z`) + place * DAY_MS);

  /** @returns {string} for how long its complaints are back at the baseline, in words where they are not */
  function backOf(series, wanted, words) {
    if (!series) return words.matter_no_series;
    return fill(series.back_d ? words.matter_back : words.matter_not_back, { n: series.back_d, wanted });
  }

  /**
   * Everything the scene of one incident says.
   * @param {Object} row
   * @param {{words: Object, language: string, short_names: Object, moment: function, day: function}} told
   * @param {number} nowMs server time
   */
  function caseOf(row, told, nowMs) {
    const { words } = told;
    const matter = named(row, "name", told);
    return {
      shape: shapeOf(row), drill: row.exercise, number: row.number,
      severity: words[`incident_severity_${row.severity}`], state: words[`incident_state_${row.state}`],
      place: placeOf(row, told), title: titleOf(row, told),
      facts: [row.released ? matter : "",
        fill(words.incidents_tickets, { n: lianxin.numbers.count(row.tickets) })].filter(Boolean),
      figures: figuresOf(row, told, nowMs),
      links: row.whole ? linksOf(row, told) : [],
      parties: row.whole ? partiesOf(row, told) : [],
      partiesLeftOut: row.whole ? row.whole.parties_left_out : 0,
      series: row.whole ? row.whole.series : null,
    };
  }

  /**
   * What the head of the scene says: which of how many, how many are open, how many are late.
   * A drill is none of them, and says so itself.
   * @param {Object} row the incident that is shown
   * @returns {{page: string, counts: string[]}}
   */
  function countsOf(data, row, words) {
    const pages = data.rows.filter((one) => one.whole && !one.exercise);
    const place = pages.indexOf(row);
    return {
      page: place >= 0 && pages.length > 1 ? fill(words.matter_page, { at: place + 1, of: pages.length }) : "",
      counts: [
        data.open ? fill(words.matter_open_n, { n: data.open }) : "",
        data.late ? fill(words.matter_late_n, { n: data.late }) : "",
      ].filter(Boolean),
    };
  }

  /** @returns {string[]} the incidents a wall pages through, the gravest first */
  const pagesOf = (data) => data.rows.filter((row) => row.whole).map((row) => row.id);

  lianxin.matterCase = { caseOf, lineOf, countsOf, pagesOf, dayOf, backOf, shapeOf };
})(globalThis);
