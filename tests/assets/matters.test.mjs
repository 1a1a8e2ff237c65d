import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/numbers.js";
import "../../assets/rows.js";
import "../../assets/clusters.js";
import "../../assets/matter_case.js";
import "../../assets/matter_series.js";

const { backOf, caseOf, lineOf, countsOf, pagesOf, shapeOf } = globalThis.lianxin.matterCase;
const { pathsOf, topOf, middleOf, sideOf } = globalThis.lianxin.matterSeries;
const words = new Proxy({ hours: "{n} h", matter_since: "since {time}", matter_overdue_n: "late {n}",
  matter_oldest: "oldest {age}", matter_link: "link {n}", matter_findings: "found {n}", matter_age: "for {age}",
  matter_report_late: "late by {age}", incidents_report_late: "report late by {age}", matter_page: "{at}/{of}",
  matter_open_n: "{n} open", matter_late_n: "{n} late", matter_tasks: "{n} open",
  matter_tasks_done: "{n} done", incidents_tickets: "{n} tickets" },
{ get: (all, name) => all[name] ?? `<${String(name)}>` });
const face = globalThis.lianxin.clock.faceOf("Asia/Shanghai", "zh");
const told = { words, language: "zh", short_names: { health: "卫健" }, moment: face.moment, day: face.shortDay };
const NOW = Date.parse("2026-11-24T06:00:00Z");
const link = (changes) => ({ name_zh: "管道", name_en: "Mains", owner: "health", owner_zh: "市卫健委", owner_en: "",
  state: "unknown", first: false, findings: 0, measures: 0, ...changes });
const party = (changes) => ({ code: "health", name_zh: "市卫健委", name_en: "", state: "present", lead: false,
  tasks: { open: 0, late: 0, done: 0 }, ...changes });
const whole = (changes) => ({ links: [link()], parties: [party()], parties_left_out: 0,
  tasks: { open: 0, late: 0, done: 0 }, series: null, ...changes });
const row = (changes) => ({ id: "sj-1", number: "SJ-2026-0001", category: "water", name_zh: "自来水发黄", name_en: "",
  district: "370681", district_zh: "龙口市", district_en: "", lead: "health", lead_zh: "市卫健委", lead_en: "",
  state: "responding", severity: 2, exercise: false, released: "", since: "2026-11-24T02:00:00+00:00", tickets: 1234,
  due: "2026-11-24T08:00:00+00:00", due_of: "measure", late: 0, late_since: null, report_late_since: null,
  whole: whole(), ...changes });

test("an incident tells what it is, where, how grave, who leads and what is next", () => {
  const said = caseOf(row(), told, NOW);
  assert.deepEqual([said.place, said.title, said.number], ["龙口市", "自来水发黄", "SJ-2026-0001"]);
  assert.deepEqual([said.severity, said.state], ["<incident_severity_2>", "<incident_state_responding>"]);
  assert.deepEqual(said.facts, ["1,234 tickets"]);
  assert.equal(said.figures.lead.value, "卫健");
  assert.deepEqual([said.figures.age.name, said.figures.age.value], ["since 10:00", "4 h"]);
  assert.deepEqual([said.figures.next.value, said.figures.next.about], ["16:00", "<matter_due_measure>"]);
  assert.deepEqual([said.figures.late.value, said.figures.late.presses], ["<matter_none_late>", false]);
  assert.equal(said.figures.report, null);
});

test("what is late presses, and says since when", () => {
  const late = row({ late: 2, late_since: "2026-11-24T03:00:00+00:00", report_late_since: "2026-11-24T04:00:00+00:00" });
  const { figures } = caseOf(late, told, NOW);
  assert.deepEqual([figures.late.value, figures.late.about, figures.late.presses], ["2", "oldest 3 h", true]);
  assert.deepEqual([figures.report.value, figures.report.presses], ["late by 2 h", true]);
});

test("parties that were called are counted by who came; one that stood down is not awaited", () => {
  const parties = [party(), party({ state: "summoned" }), party({ state: "released" }), party({ state: null })];
  const { figures } = caseOf(row({ whole: whole({ parties }) }), told, NOW);
  assert.deepEqual([figures.in.value, figures.in.presses], ["1/2", true]);
  assert.equal(caseOf(row({ whole: whole({ parties: [] }) }), told, NOW).figures.in, null);
});

test("the link where it begins is told in words; a typed name is not known here", () => {
  const links = [link({ state: "cleared", findings: 2 }), link({ name_zh: "", name_en: "", owner: null, owner_zh: "",
    state: "failing", first: true })];
  const [source, first] = caseOf(row({ whole: whole({ links }) }), told, NOW).links;
  assert.deepEqual([source.cry, source.verdict, source.about], ["", "<incident_link_cleared>", ["found 2"]]);
  assert.deepEqual([first.name, first.cry, first.owner], ["link 2", "<incident_first_failing>", ""]);
  const suspected = [link({ state: "suspected", first: true })];
  assert.equal(caseOf(row({ whole: whole({ links: suspected }) }), told, NOW).links[0].cry, "<incident_first_suspected>");
});

test("a party from outside has no name, one with a task alone was not called", () => {
  const parties = [party({ code: null, name_zh: "", state: "summoned" }),
    party({ state: null, tasks: { open: 3, late: 1, done: 0 } }), party({ tasks: { open: 0, late: 0, done: 2 } })];
  const said = caseOf(row({ whole: whole({ parties, parties_left_out: 4 }) }), told, NOW);
  assert.deepEqual(said.parties.map((one) => [one.name, one.state, one.tasks, one.late]), [
    ["<matter_outside>", "summoned", "", ""], ["卫健", "uncalled", "3 open", "late 1"], ["卫健", "present", "2 done", ""]]);
  assert.equal(said.partiesLeftOut, 4);
});

test("released text stands in the place of the matter, which goes among the facts", () => {
  const said = caseOf(row({ released: "抢修中" }), told, NOW);
  assert.deepEqual([said.title, said.facts[0]], ["抢修中", "自来水发黄"]);
});

test("a matter without name or place is an incident of the whole city", () => {
  const bare = row({ name_zh: "", district: null, district_zh: "", whole: null, due: null, due_of: null });
  const said = caseOf(bare, told, NOW);
  assert.deepEqual([said.place, said.title], ["<incidents_whole_city>", "<scene_incidents>"]);
  assert.deepEqual([said.links, said.parties, said.series], [[], [], null]);
  assert.deepEqual([said.figures.next.value, said.figures.next.about], ["–", ""]);
});

test("a shape for each severity, none of them the one of what is late; a drill has that of nothing grave", () => {
  assert.deepEqual([1, 2, 3, 4].map((severity) => shapeOf(row({ severity }))), ["critical", "high", "serious", "none"]);
  assert.equal(shapeOf(row({ severity: 1, exercise: true })), "none");
  assert.equal(caseOf(row({ exercise: true }), told, NOW).drill, true);
});

test("a line tells the same in few words: what is late, else a late report", () => {
  const line = lineOf(row({ late: 2 }), told, NOW);
  assert.deepEqual([line.title, line.lead, line.age, line.late], ["龙口市 · 自来水发黄", "卫健", "for 4 h", "late 2"]);
  assert.equal(lineOf(row({ report_late_since: "2026-11-24T04:00:00+00:00" }), told, NOW).late, "report late by 2 h");
  assert.equal(lineOf(row(), told, NOW).late, "");
});

test("the head says which of how many, and how many are open and late", () => {
  const data = { rows: [row(), row({ id: "sj-2" }), row({ id: "sj-3", whole: null })], open: 9, late: 2, left_out: 6 };
  assert.deepEqual(pagesOf(data), ["sj-1", "sj-2"]);
  assert.deepEqual(countsOf(data, data.rows[1], words), { page: "2/2", counts: ["9 open", "2 late"] });
  const alone = [row()];
  assert.deepEqual(countsOf({ rows: alone, open: 0, late: 0 }, alone[0], words), { page: "", counts: [] });
});

test("a drill is paged to and is none of those that are counted", () => {
  const data = { rows: [row(), row({ id: "yl", exercise: true }), row({ id: "sj-2" })], open: 2, late: 0, left_out: 0 };
  assert.deepEqual(pagesOf(data), ["sj-1", "yl", "sj-2"]);
  const pages = data.rows.map((one) => countsOf(data, one, words).page);
  assert.deepEqual(pages, ["1/2", "", "2/2"]);
});

test("days above the usual range are drawn apart, and today as what is not over", () => {
  const days = [[2, 2, 4], [9, 2, 4], [0, 2, 4], [5, 2, 4]];
  const paths = pathsOf({ days, opened: 1 });
  assert.equal(topOf(days), 9);
  assert.equal(paths.bars.match(/M/g).length, 1);
  assert.match(paths.above, /^M28\.50 100v-100\.0h18\.00V100z$/);
  assert.match(paths.today, /^M78\.50 100v-55\.6/);
  assert.equal(paths.opened, "M25.00 0V100");
  assert.equal(paths.pressing, true);
  assert.equal(pathsOf({ days, opened: null }).opened, "");
  assert.equal(middleOf(1, 4), "37.50%");
});

test("complaints that are not back are so in words, not for 0 days", () => {
  const said = { matter_back: "back {n} of {wanted}", matter_not_back: "not back, {wanted}", matter_no_series: "none" };
  assert.deepEqual([{ back_d: 2 }, { back_d: 0 }, null].map((one) => backOf(one, 3, said)),
    ["back 2 of 3", "not back, 3", "none"]);
});

test("a small matter is not drawn as a great one", () => {
  assert.equal(topOf([[1, 0.2, 1]]), 4);
});

test("the words of the opening go where the ends of the axis leave room", () => {
  assert.deepEqual([0, 10, 13, null].map((opened) => sideOf(opened, 15)), ["right", "middle", "left", "middle"]);
  assert.equal(sideOf(1, 3), "middle");
});
