import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/numbers.js";
import "../../assets/rows.js";
import "../../assets/totals.js";
import "../../assets/performance.js";
import "../../assets/clusters.js";
import "../../assets/alarms.js";
import "../../assets/leader_kept.js";
import "../../assets/leader_figures.js";
import "../../assets/leader_changes.js";
import "../../assets/leader_rows.js";
import "../../assets/leader_waits.js";
import "../../assets/duty_age.js";
import "../../assets/leader_duties.js";

const { figuresOf } = globalThis.lianxin.leaderFigures;
const { marksOf, readable, changesOf } = globalThis.lianxin.leaderChanges;
const { trimmed, mayShow, looksOf } = globalThis.lianxin.leaderKept;
const { splitOf, clusterFacts, dutyAddress } = globalThis.lianxin.leaderRows;
const { waitingOf } = globalThis.lianxin.leaderWaits;

// Every word says its own name and values, so that a sentence can be told from another.
const words = new Proxy({}, { get: (_, name) => `${String(name)} {n}{what}{name}{before}{now}{callers}{more}` });
const told = { words, language: "en", targets: {}, few: 20, short_names: {},
  names: { category: { noise: "Noise" }, district: { d1: "Zhifu" }, department: { water: "Water" } } };
const totals = { opened_today: 100, closed_today: 80, open_now: 200, overdue_now: 10, figures_d: 30,
  expected_today: { low: 90, high: 110 }, on_time_rate: { value: 0.95, n: 500 },
  satisfaction_rate: { value: 0.9, n: 400 }, solved_rate: { value: 0.88, n: 390 } };
const row = { id: "c1", category: "noise", name_zh: "噪声", name_en: "Noise", district: "d1", district_zh: "芝罘",
  district_en: "Zhifu", callers: 10, expected: 1.2, since: "2026-11-24T02:00:00Z", phase: "growing",
  severity: "high", bulk: false, alarm_state: "raised", recurrence_d: 30 };
const alarm = { id: "a1", version: 3, severity: "critical", state: "raised", raised: "2026-11-24T03:00:00Z",
  flooded: false, category: "noise", name_zh: "噪声", name_en: "Noise", district: "d1", district_zh: "芝罘",
  district_en: "Zhifu", reasons: [{ cause: "cluster", subject: "c1", says_zh: "", says_en: "" }] };
const department = { code: "water", name_zh: "水务局", name_en: "Water", open_now: 50, overdue_now: 4,
  on_time_rate: { value: 0.97, n: 100 } };

const stage = { code: "perform", tickets: 1200, median_h: 40, overdue: 30 };

function picture({ number = {}, clusters = [row], alarms = [alarm], departments = [department], left_out = 0 } = {}) {
  const as_of = "2026-11-24T04:00:00Z";
  const section = (data) => ({ as_of, state: "fresh", data });
  return { scope: "city", seq: 1, version: 1, as_of, sections: {
    totals: section({ ...totals, ...number }),
    clusters: section({ rows: clusters, left_out, quality: { watching: true }, budget: {} }),
    alarms: section({ rows: alarms, left_out, raised: alarms.length }),
    departments: section({ rows: departments, left_out: 0 }),
    duties: section({ stages: [{ ...stage, caller: "13812345678" }], ends: [{ code: "orphans", tickets: 3 }] }),
    recent: section({ rows: [{ at: as_of, category_zh: "噪声" }] }),
    cells: section({ cells: [[1, 2, 3]] }) } };
}
const keys = (found) => found.map((one) => one.key);
const figure = (name, number, marks, more) =>
  figuresOf({ ...totals, ...number }, marks || null, { ...told, ...more }).find((one) => one.name === name);

test("there are five numbers, and each has a state in shape and word and something beside it", () => {
  const found = figuresOf(totals, null, told);
  assert.equal(found.length, 5);
  for (const one of found) {
    assert.ok(one.value !== "–" && one.state && one.mark && one.note, one.name);
  }
  assert.match(found[3].note, /500/);
  assert.match(found[4].note, /400/);
});

test("a count is judged by its usual range, and by none where there is none", () => {
  assert.deepEqual([figure("opened_today").tone, figure("opened_today").mark], ["plain", "round"]);
  assert.deepEqual([figure("opened_today", { opened_today: 111 }).tone, figure("opened_today", { opened_today: 111 }).mark],
    ["abnormal", "up"]);
  assert.equal(figure("opened_today", { opened_today: 89 }).mark, "down");
  assert.equal(figure("opened_today", { expected_today: null }).mark, "none");
});

test("overdue takes colour by its share alone", () => {
  assert.equal(figure("overdue_now").tone, "plain");
  assert.equal(figure("overdue_now", { overdue_now: 30 }).tone, "abnormal");
  assert.match(figure("overdue_now", { overdue_now: 0 }).state, /leader_overdue_none/);
});

test("a rate is judged by its target, else set beside the last look; of few it is not judged", () => {
  const targets = { on_time: 0.96 };
  const little = figure("on_time_rate", {}, null, { targets });
  assert.deepEqual([little.tone, little.mark], ["plain", "down"]);
  assert.match(little.state, /leader_target_missed/);
  assert.equal(figure("on_time_rate", { on_time_rate: { value: 0.6, n: 500 } }, null, { targets }).tone, "abnormal");
  assert.equal(figure("on_time_rate", { on_time_rate: { value: 0.97, n: 500 } }, null, { targets }).mark, "round");
  assert.match(figure("on_time_rate", { on_time_rate: { value: 0.1, n: 19 } }, null, { targets }).state, /leader_few/);
  const marks = { numbers: { on_time_rate: { value: 0.962, n: 480 } } };
  assert.match(figure("on_time_rate", {}, marks).state, /leader_worse 1\.2/);
  assert.match(figure("on_time_rate").state, /leader_no_last/);
  assert.match(figure("on_time_rate", { on_time_rate: { value: null, n: 0 } }).state, /no_rate/);
});

test("nothing has changed between a picture and itself", () => {
  const marks = JSON.parse(JSON.stringify(marksOf(picture())));
  assert.ok(readable(marks));
  assert.deepEqual(changesOf(marks, picture(), told), []);
});

test("marks hold numbers and codes, no name and no word", () => {
  const kept = JSON.stringify(marksOf(picture()));
  assert.doesNotMatch(kept, /[^\x00-\x7f]|Noise|Zhifu|Water/);
});

test("a new cluster is told once, its alarm with it", () => {
  const marks = marksOf(picture({ clusters: [], alarms: [] }));
  assert.deepEqual(keys(changesOf(marks, picture(), told)), ["new:c1"]);
  const other = { ...alarm, id: "a2", reasons: [{ cause: "category", subject: "noise", says_en: "Noise 9", says_zh: "噪声 9" }] };
  assert.deepEqual(keys(changesOf(marks, picture({ alarms: [alarm, other] }), told)), ["new:c1", "alarm:a2"]);
});

test("a cluster has grown by a quarter and five callers, not by less", () => {
  const at = (callers) => keys(changesOf(marksOf(picture()), picture({ clusters: [{ ...row, callers }] }), told));
  assert.deepEqual(at(14), []);
  assert.deepEqual(at(15), ["grown:c1"]);
  const many = marksOf(picture({ clusters: [{ ...row, callers: 100 }] }));
  assert.deepEqual(keys(changesOf(many, picture({ clusters: [{ ...row, callers: 124 }] }), told)), []);
});

test("what ended is named from its codes; what only was left out has not ended", () => {
  const marks = marksOf(picture());
  const found = changesOf(marks, picture({ clusters: [], alarms: [] }), told);
  assert.deepEqual(keys(found), ["ended:c1", "cleared:a1"]);
  assert.match(found[0].says, /Zhifu\u00a0· Noise/);
  assert.deepEqual(changesOf(marks, picture({ clusters: [], alarms: [], left_out: 1 }), told), []);
});

test("numbers that left their band and departments with more overdue are told, the abnormal first", () => {
  const marks = marksOf(picture());
  const now = picture({ number: { opened_today: 130, overdue_now: 24, on_time_rate: { value: 0.93, n: 500 } },
    departments: [{ ...department, overdue_now: 7 }] });
  assert.deepEqual(keys(changesOf(marks, now, told)), ["opened", "overdue", "on_time_rate", "department:water"]);
  const little = picture({ number: { overdue_now: 19, on_time_rate: { value: 0.941, n: 500 } },
    departments: [{ ...department, overdue_now: 6 }] });
  assert.deepEqual(changesOf(marks, little, told), []);
});

test("a section that is off says nothing of changes", () => {
  const off = picture();
  off.sections.clusters = { as_of: off.as_of, state: "off", data: { rows: [], left_out: 0 } };
  assert.deepEqual(changesOf(marksOf(picture()), off, told), []);
  assert.equal(marksOf(off).clusters, null);
});

test("what is put away are aggregates by name: no arrival, no cell, no field that comes later", () => {
  const now = picture({ clusters: [{ ...row, latitude: 37.5, caller: "13812345678" }] });
  now.sections.totals.data.caller = "13812345678";
  now.sections.departments.data.rows[0].handler = "王芳";
  const kept = trimmed(now);
  assert.deepEqual(Object.keys(kept.sections).sort(), ["alarms", "clusters", "departments", "duties", "totals"]);
  assert.doesNotMatch(JSON.stringify(kept), /13812345678|王芳|37\.5|噪声","district_zh":"芝罘"}\]/);
  assert.equal(kept.sections.clusters.data.rows[0].callers, 10);
  assert.deepEqual(kept.sections.duties.data, { stages: [stage] });
});

test("what was put away is shown to the same person, of the same scope, while the session could last", () => {
  const facts = { reader: "r1", scope: "city" };
  const kept = { form: 1, reader: "r1", until_ms: 1000, at_ms: 1, picture: picture() };
  assert.ok(mayShow(kept, facts, 999));
  assert.ok(mayShow({ ...kept, until_ms: null }, facts, 9e12));
  assert.ok(!mayShow(kept, facts, 1000));
  assert.ok(!mayShow(kept, { ...facts, reader: "r2" }, 1));
  assert.ok(!mayShow(kept, { ...facts, scope: "district-1" }, 1));
  assert.ok(!mayShow({ ...kept, form: 0 }, facts, 1));
  assert.ok(!mayShow(null, facts, 1));
});

test("a look is kept for a person and a scope, survives a reload, and can be taken back once", () => {
  const held = new Map();
  const storage = { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => held.set(key, value) };
  const facts = { reader: "r1", scope: "city" };
  const looks = looksOf(storage, facts);
  looks.begin({ at: "1" });
  assert.ok(!looks.undoable());
  looks.seen({ at: "2" });
  assert.equal(looksOf(storage, facts).marks().at, "2");
  assert.equal(looksOf(storage, { ...facts, reader: "r2" }).marks(), null);
  looks.undo();
  assert.equal(looksOf(storage, facts).marks().at, "1");
  assert.ok(!looks.undoable());
  storage.setItem("lianxin.leader.r1.city", "{");
  assert.equal(looksOf(storage, facts).marks(), null);
  assert.equal(looksOf(null, facts).marks(), null);
});

test("critical alarms nobody acknowledged wait; the others are counted", () => {
  const rows = [alarm, { ...alarm, id: "a2", severity: "high" }, { ...alarm, id: "a3", state: "acknowledged" },
    { ...alarm, id: "a4", flooded: true }];
  const found = waitingOf({ rows, raised: 2 });
  assert.deepEqual(found.first.map((one) => one.id), ["a1"]);
  assert.equal(found.others, 1);
});

test("a list of loose ends that is too long waits, however severe, and leads to the desk", () => {
  const list = { ...alarm, id: "a2", severity: "medium", reasons: [{ cause: "loose_end", subject: "orphans" }] };
  const far = { ...alarm, id: "a3", severity: "medium", reasons: [{ cause: "category", subject: "noise" }] };
  const found = waitingOf({ rows: [far, list, { ...list, id: "a4", state: "shelved" }, alarm], raised: 3 });
  assert.deepEqual([found.first.map((one) => one.id), found.others], [["a1", "a2"], 1]);
  const may = { ...told, searches: true };
  assert.equal(dutyAddress("orphans", may), "/desk?lang=en&duty=orphans");
  assert.equal(dutyAddress("orphans", { ...may, scope: "city" }), "/desk?lang=en&duty=orphans");
  assert.equal(dutyAddress("perform", { ...may, scope: "district-d-1" }), "/desk?lang=en&duty=perform&district=d-1");
  assert.equal(dutyAddress("orphans", { ...told, searches: false }), null);
});

test("a stage of the five says how many, how old and how many late, and takes colour where many are", () => {
  const { stageOf } = globalThis.lianxin.leaderDuties;
  assert.deepEqual(stageOf(stage, words), { tickets: "1,200", age: "duty_median {n}{what}{name}{before}{now}{callers}{more}",
    late: "overdue_n 30{what}{name}{before}{now}{callers}{more}", tone: "plain" });
  assert.equal(stageOf({ ...stage, overdue: 180 }, words).tone, "abnormal");
  assert.equal(stageOf({ ...stage, overdue: 0 }, words).late, "");
  assert.match(stageOf({ ...stage, tickets: 0, median_h: null, overdue: 0 }, words).age, /^duty_no_age/);
});

test("departments that need a look stand first, by what is overdue; below target counts too", () => {
  const rows = [department, { ...department, code: "housing", open_now: 40, overdue_now: 8 },
    { ...department, code: "traffic", overdue_now: 5, on_time_rate: { value: 0.8, n: 100 } }];
  const plain = splitOf(rows, told);
  assert.deepEqual([plain.needing, ...plain.first.map((one) => one.code)], [1, "housing", "traffic", "water"]);
  const aimed = splitOf(rows.map((one) => ({ ...one, overdue_now: one.code === "water" ? 6 : one.overdue_now })),
    { ...told, targets: { on_time: 0.9 } });
  assert.deepEqual([aimed.needing, ...aimed.first.map((one) => one.code)], [2, "housing", "traffic", "water"]);
  const many = Array.from({ length: 9 }, (_, n) => ({ ...department, code: `d${n}` }));
  assert.deepEqual([splitOf(many, told).first.length, splitOf(many, told).rest.length], [6, 3]);
});

test("a department leads to its page, within the district the page is of", () => {
  const { departmentAddress } = globalThis.lianxin.leaderRows;
  assert.equal(departmentAddress("a/b", { ...told, scope: "city" }), "/departments/a%2Fb?lang=en");
  assert.equal(departmentAddress("water", { ...told, scope: "district-370681" }), "/departments/water?lang=en&district=370681");
});

test("a cluster in a glance says its standing, callers and age, and nothing twice", () => {
  const facts = clusterFacts(row, told, Date.parse("2026-11-24T05:00:00Z"));
  assert.equal(new Set(facts).size, facts.length);
  assert.match(facts.at(-1), /leader_lasting/);
});
