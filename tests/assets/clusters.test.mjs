import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/numbers.js";
import "../../assets/clusters.js";

const { rank, gathering, titleOf, expectedOf, lengthOf, factsOf, evidenceOf, standingOf, windowStart,
  chanceOf } = globalThis.lianxin.clusters;
const words = {
  callers_expected: "{callers} 起，预期 {expected}", cluster_since: "始于 {time}", radius: "{n} km",
  recurrence: "重现期 {length}", over_year: "> 1 年", over_years: "> {n} 年", about_days: "{n} 天",
  place_withheld: "不标位置", bulk: "批量录入", severity_critical: "特急", alarm_acknowledged: "已确认",
  phase_growing: "上升", phase_quietening: "回落", tickets_n: "{n} 件", newest: "最近 {time}",
  chance: "p {p}（{basis}）", basis_gumbel: "Gumbel 尾部", zone_share: "{share}% 在{zone}",
};
const face = globalThis.lianxin.clock.faceOf("Asia/Shanghai", "zh");
const told = { words, language: "zh", moment: face.moment };
const NOW = Date.parse("2024-07-12T08:00:00Z");
const row = (changes) => ({
  id: "c1", category: "water_yellow", name_zh: "自来水发黄", name_en: "Yellow tap water",
  district_zh: "龙口市", district_en: "Longkou", place_zh: "南山街道", place_en: "Nanshan",
  extent: "circle", latitude: 37.6, longitude: 120.5, radius_km: 0.5, callers: 12, tickets: 15,
  expected: 0.9, since: "2024-07-12T06:00:00Z", newest: "2024-07-12T07:50:00Z", p: 0.00042,
  recurrence_d: 512, basis: "gumbel", phase: "growing", bulk: false, severity: "critical",
  alarm: "a1", alarm_state: "raised",
  zones: [{ code: "z", name_zh: "南山水厂供水区", name_en: "Nanshan works", share: 0.831 }], ...changes });

test("a cluster speaks in plain words", () => {
  assert.equal(titleOf(row(), told), "龙口市\u00a0· 自来水发黄");
  assert.deepEqual(factsOf(row(), told, NOW),
    ["特急", "12 起，预期 0.9", "始于 14:00", "0.5 km", "重现期 > 1 年", "南山街道"]);
  assert.deepEqual(factsOf(row(), told, NOW + 86400000)[2], "始于 07-12 14:00");
  assert.equal(titleOf(row(), { ...told, language: "en" }), "Longkou\u00a0· Yellow tap water");
});

test("a cluster whose place is withheld names category and district only", () => {
  const few = row({ latitude: null, longitude: null, radius_km: null, callers: 4 });
  assert.deepEqual(factsOf(few, told, NOW).slice(3), ["重现期 > 1 年", "不标位置"]);
});

test("a matter without a district or an English name has the name it has", () => {
  assert.equal(titleOf(row({ district_zh: "", district_en: "" }), told), "自来水发黄");
  assert.equal(titleOf(row({ name_en: "" }), { ...told, language: "en" }), "Longkou\u00a0· 自来水发黄");
});

test("the evidence tells course, tickets, chance and zones", () => {
  assert.deepEqual(evidenceOf(row(), told, NOW),
    ["上升", "15 件", "最近 15:50", "p = 0.00042（Gumbel 尾部）", "83% 在南山水厂供水区"]);
});

test("the severest stand first, then the rarest, and bulk entry last", () => {
  const rows = [row({ id: "bulk", bulk: true }), row({ id: "plain", severity: null, recurrence_d: 9999 }),
    row({ id: "high", severity: "high" }), row({ id: "rare", severity: "high", recurrence_d: 900 }),
    row({ id: "worst" })];
  assert.deepEqual(rank(rows).map((one) => one.id), ["worst", "rare", "high", "plain", "bulk"]);
});

test("standing is a word beside the shape, and bulk entry says so before all", () => {
  assert.equal(standingOf(row(), words), "特急");
  assert.equal(standingOf(row({ alarm_state: "acknowledged" }), words), "特急 · 已确认");
  assert.equal(standingOf(row({ severity: null, phase: "quietening" }), words), "回落");
  assert.equal(standingOf(row({ bulk: true }), words), "批量录入");
  assert.equal(standingOf(row({ severity: null }), words), "");
});

test("an expected number is never written as nothing", () => {
  assert.deepEqual([0.004, 0.04, 0.9, 9.96, 22.4, 0].map(expectedOf),
    ["< 0.01", "0.04", "0.9", "10", "22", "< 0.01"]);
});

test("rarity is said in days, then in years it exceeds", () => {
  assert.equal(lengthOf(400, { ...words, more_than_year: "一年以上" }, true), "一年以上");
  assert.deepEqual([2.34, 45.6, 364.9, 365, 800, 99999].map((days) => lengthOf(days, words)),
    ["2.3 天", "46 天", "365 天", "> 1 年", "> 2 年", "> 10 年"]);
});

test("a chance is never nothing", () => {
  assert.deepEqual([0, 0.0002, 0.0441, 0.5].map(chanceOf),
    ["< 0.0001", "= 0.00020", "= 0.044", "= 0.50"]);
});

test("the window begins within the last 24 hours or at their edge", () => {
  const at = "2024-07-12T08:00:00Z";
  assert.equal(windowStart("2024-07-12T06:00:00Z", at), 22);
  assert.equal(windowStart("2024-07-12T05:59:00Z", at), 21);
  assert.equal(windowStart("2024-07-01T00:00:00Z", at), 0);
  assert.equal(windowStart(at, at), 23);
});

test("the layout knows none, few and many", () => {
  assert.deepEqual([0, 1, 3, 4].map(gathering), ["none", "few", "few", "many"]);
});
