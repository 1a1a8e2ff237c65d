import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/numbers.js";
import "../../assets/clusters.js";
import "../../assets/alarms.js";

const { rank, newcomers, memoryOf, barOf, sayOf, withScene } = globalThis.lianxin.alarms;
const words = { alarms_raised: "{n} 起待确认", no_alarm: "无", alarms_flooded: "另 {n} 起",
  severity_critical: "特急", severity_high: "紧急", severity_medium: "一般",
  alarm_says: "{severity}：{what}" };
const told = { words, language: "zh" };
const alarm = (id, changes) => ({ id, version: 1, severity: "high", state: "raised", flooded: false,
  raised: "2026-11-24T03:00:00+00:00", name_zh: "停水", district_zh: "龙口市", reasons: [], ...changes });
const ids = (rows) => rows.map((row) => row.id);

/** A storage as a browser tab has one. */
function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test("what waits comes first, the most severe, then the newest", () => {
  const rows = [alarm("old"), alarm("new", { raised: "2026-11-24T04:00:00+00:00" }),
    alarm("done", { severity: "critical", state: "acknowledged" }), alarm("worst", { severity: "critical" }),
    alarm("flood", { severity: "critical", flooded: true })];
  assert.deepEqual(ids(rank(rows)).slice(0, 3), ["worst", "new", "old"]);
});

test("an alarm is announced once", () => {
  const memory = memoryOf(storage(), "k");
  assert.deepEqual(ids(memory.take([alarm("a")])), ["a"]);
  assert.deepEqual(memory.take([alarm("a"), alarm("b", { state: "acknowledged" })]), []);
  assert.deepEqual(ids(memory.take([alarm("a"), alarm("b")])), ["b"]);
  assert.deepEqual(memory.take([alarm("a", { state: "acknowledged" })]), []);
  assert.deepEqual(memory.take([alarm("a")]), []);
});

test("what comes back from the shelf is announced again, once", () => {
  const tab = storage();
  memoryOf(tab, "k").take([alarm("a")]);
  assert.deepEqual(memoryOf(tab, "k").take([alarm("a", { state: "shelved" })]), []);
  const later = memoryOf(tab, "k");
  assert.deepEqual(ids(later.take([alarm("a")])), ["a"]);
  assert.deepEqual(later.take([alarm("a")]), []);
});

test("it stays announced after a reload, and when it was away for a while", () => {
  const tab = storage();
  memoryOf(tab, "k").take([alarm("a"), alarm("7")]);
  const reloaded = memoryOf(tab, "k");
  assert.deepEqual(reloaded.take([]), []);
  assert.deepEqual(reloaded.take([alarm("a"), alarm("7")]), []);
});

test("it is announced again when it becomes more severe, not when it becomes less", () => {
  const memory = memoryOf(storage(), "k");
  memory.take([alarm("a")]);
  assert.deepEqual(memory.take([alarm("a", { severity: "medium" })]), []);
  assert.deepEqual(ids(memory.take([alarm("a", { severity: "critical" })])), ["a"]);
});

test("what came in a flood is counted and never announced", () => {
  const rows = [alarm("a", { flooded: true })];
  assert.deepEqual(newcomers(new Map(), rows).fresh, []);
  assert.equal(barOf({ rows, raised: 0, left_out: 0 }, told).flooded, "另 1 起");
});

test("a broken or forbidden storage costs nothing but the memory", () => {
  const broken = { getItem: () => "{not json", setItem: () => { throw new Error("full"); } };
  const memory = memoryOf(broken, "k");
  assert.equal(memory.take([alarm("a")]).length, 1);
  assert.equal(memory.take([alarm("a")]).length, 0);
  assert.equal(memoryOf(null, "k").take([alarm("a")]).length, 1);
});

test("only the newest three hundred are remembered", () => {
  let announced = new Map();
  for (let n = 0; n < 40; n += 1) {
    const rows = Array.from({ length: 10 }, (_, i) => alarm(`${n}-${i}`));
    announced = newcomers(announced, rows).announced;
  }
  assert.equal(announced.size, 300);
  assert.ok(announced.has("39-9") && !announced.has("0-0"));
});

test("the bar counts, and names the most pressing", () => {
  const rows = [alarm("a"), alarm("b", { severity: "critical" })];
  const bar = barOf({ rows, raised: 2, left_out: 0 }, told);
  assert.deepEqual([bar.count, bar.name, bar.lead.id], ["2 起待确认", "特急：龙口市\u00a0· 停水", "b"]);
  assert.equal(barOf({ rows: [], raised: 0, left_out: 0 }, told).count, "无");
});

test("shelved and flooded alarms have no scene in the round", () => {
  assert.deepEqual(withScene([alarm("a"), alarm("b", { state: "shelved" }), alarm("c", { flooded: true }),
    alarm("d", { state: "acknowledged", severity: "critical" })]), ["a", "d"]);
});

test("a count far above is said in words, in the language of the wall", () => {
  const far = { cause: "category", subject: "noise", says_zh: "全市 噪音 今日 312 件，上限 251",
    says_en: "Noise, whole city: 312 today, bound 251" };
  const words = { alarm_says: "{severity}: {what}", severity_medium: "medium" };
  const row = alarm("a", { severity: "medium", reasons: [far] });
  assert.equal(sayOf(row, { words, language: "en" }), "medium: Noise, whole city: 312 today, bound 251");
  assert.equal(sayOf(row, { words, language: "zh" }), "medium: 全市 噪音 今日 312 件，上限 251");
  const both = { ...row, reasons: [{ cause: "cluster", subject: "c" }, far] };
  assert.equal(sayOf(both, { words, language: "zh" }), "medium: 龙口市\u00a0· 停水");
});
