import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/numbers.js";
import "../../assets/rows.js";
import "../../assets/clusters.js";
import "../../assets/alarms.js";
import "../../assets/duties.js";
import "../../assets/alarm_case.js";

const { clustersOf, boxOf, caseOf } = globalThis.lianxin.alarmCase;
const words = new Proxy({ by_chance: "once in {length}", radius: "{n} km", cluster_since: "since {time}",
  lasting: "for {age}", hours: "{n} h", other_clusters: "{n} more",
  alarm_shelved_until: "shelved until {time}" }, { get: (all, name) => all[name] ?? `<${String(name)}>` });
const face = globalThis.lianxin.clock.faceOf("Asia/Shanghai", "zh");
const told = { words, language: "zh", moment: face.moment, names: { category: { water: "供水" } } };
const NOW = Date.parse("2026-11-24T06:00:00Z");
const cluster = (id, changes) => ({ id, category: "water", name_zh: "自来水发黄", district_zh: "龙口市",
  place_zh: "南山街道", latitude: 37.6, longitude: 120.5, radius_km: 1.8, callers: 34, tickets: 41, expected: 1.24,
  since: "2026-11-24T03:00:00+00:00", p: 0.0003, recurrence_d: 1460, basis: "gumbel", hours: Array(24).fill(1),
  zones: [{ code: "z", name_zh: "南山水厂", share: 0.91 }], bulk: false, severity: "critical", alarm: "a", ...changes });
const alarm = (changes) => ({ id: "a", severity: "critical", state: "raised", since: "2026-11-24T02:00:00+00:00",
  shelved_until: null, category: "water", name_zh: "自来水发黄", district: "370681", district_zh: "龙口市",
  reasons: [{ cause: "cluster", subject: "c" }], ...changes });
const far = { cause: "category", subject: "water", says_zh: "全市 供水 今日 66 件，上限 12", tickets: 66, bound: 12 };
const sections = (clusters) => ({
  clusters: { as_of: "2026-11-24T06:00:00+00:00", data: { rows: clusters } },
});

test("an alarm's clusters are those that name it and those it names", () => {
  const rows = [cluster("c", { alarm: null }), cluster("d", { recurrence_d: 9 }), cluster("e", { alarm: "other" })];
  assert.deepEqual(clustersOf(alarm(), rows).map((row) => row.id), ["c", "d"]);
});

test("the view holds every cluster with its surroundings, and no withheld place", () => {
  const [south, west, north, east] = boxOf([cluster("c"), cluster("d", { latitude: 37.8 }),
    cluster("e", { latitude: null, longitude: null })]);
  assert.ok(south < 37.55 && north > 37.85 && west < 120.42 && east > 120.58);
  assert.equal(boxOf([cluster("c", { latitude: null })]), null);
});

test("a case tells who, where, since when, against what, and how sure", () => {
  const said = caseOf(alarm(), sections([cluster("c")]), told, NOW);
  assert.deepEqual([said.place, said.title], ["龙口市", "自来水发黄"]);
  assert.deepEqual(said.where, ["南山街道", "1.8 km", "since 11:00", "for 3 h"]);
  assert.deepEqual(said.numbers.map(([value]) => value), ["34", "1.2", "27", "41"]);
  assert.equal(said.start, 21);
  assert.deepEqual(said.zones, [{ name: "南山水厂", share: 0.91 }]);
  assert.match(said.sure, /^once in <more_than_years>$/);
});

test("what was never expected has no multiple", () => {
  const said = caseOf(alarm(), sections([cluster("c", { expected: 0 })]), told, NOW);
  assert.deepEqual(said.numbers.map(([value]) => value), ["34", "< 0.01", "41"]);
});

test("more than one cluster, and other reasons, are told in words", () => {
  const reasons = [{ cause: "cluster", subject: "c", says_zh: "" }, far];
  const said = caseOf(alarm({ reasons }), sections([cluster("c"), cluster("d")]), told, NOW);
  assert.deepEqual(said.reasons, ["1 more", "全市 供水 今日 66 件，上限 12"]);
});

test("an alarm without a cluster shows what the day brought and may bring", () => {
  const said = caseOf(alarm({ reasons: [far] }), sections([]), told, NOW);
  assert.deepEqual(said.numbers.map(([value]) => value), ["66", "12"]);
  assert.deepEqual(said.reasons, ["全市 供水 今日 66 件，上限 12"]);
  assert.deepEqual([said.hours, said.box, said.district, said.sure], [null, null, "370681", ""]);
  const unknown = { ...far, tickets: null, bound: null };
  assert.deepEqual(caseOf(alarm({ reasons: [unknown] }), sections([]), told, NOW).numbers, []);
});

test("an alarm of a department alone is named by what it says", () => {
  const department = { ...far, cause: "department", subject: "w", says_zh: "水务局 今日 承办 66 件，上限 12" };
  const bare = { category: null, name_zh: "", district: null, district_zh: "", reasons: [department] };
  assert.equal(caseOf(alarm(bare), sections([]), told, NOW).title, "水务局 今日 承办 66 件，上限 12");
});

test("an alarm of a list is named by it, with its number, its bound and who has most", () => {
  const list = { cause: "loose_end", subject: "orphans", says_zh: "悬空 213 件，上限 150；市住建局 40", tickets: 213, bound: 150 };
  const bare = { category: null, name_zh: "", district: null, district_zh: "", reasons: [list] };
  const named = new Proxy(words, { get: (all, name) => (name === "end_orphans" ? "悬空" : all[name]) });
  const short = { ...told, words: named, short_names: { housing: "市住建局" } };
  const said = caseOf(alarm(bare), sections([]), short, NOW);
  assert.equal(said.title, "悬空");
  assert.deepEqual(said.numbers, [["213", "<tickets>"], ["150", "<list_bound>"]]);
  assert.deepEqual(said.reasons, ["悬空 213 件，上限 150；市住建局 40"]);
  const worst = [{ code: "housing", tickets: 40 }];
  const now = { ...sections([]), duties: { data: { ends: [{ code: "orphans", tickets: 213, worst }] } } };
  const live = caseOf(alarm(bare), now, short, NOW);
  assert.deepEqual([live.about, live.sure, live.reasons], ["<list_most>", "市住建局 40", []]);
});

test("a shelved alarm says until when", () => {
  const shelved = alarm({ state: "shelved", shelved_until: "2026-11-24T08:00:00+00:00" });
  assert.equal(caseOf(shelved, sections([]), told, NOW).state, "shelved until 16:00");
});
