import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/numbers.js";
import "../../assets/totals.js";
import "../../assets/trust.js";

const { notesOf, levelOf } = globalThis.lianxin.totals;
const { sectionAges, detailOf } = globalThis.lianxin.trust;
const words = { expected_so_far: "{low}-{high}", no_expectation: "none yet", of_open: "{share} of open",
  direct_today: "{n} direct", net_more: "{n} more", net_less: "{n} fewer", rate_of_due: "n={n}",
  rate_of_callbacks: "n={n}", no_rate: "no sample", waiting: "waiting", seconds: "{n} s",
  minutes: "{n} min", updated: "{age} ago", line_cut: "cut {age}" };
const totals = { opened_today: 100, closed_today: 120, open_now: 200, overdue_now: 10, urgent_open: 1,
  unassigned_now: 0, direct_today: 40, expected_today: { low: 80, mid: 95, high: 110 },
  on_time_rate: { value: 0.9, n: 1234 }, solved_rate: { value: null, n: 0 } };

test("every rate shows its n, and one without a sample says so", () => {
  const notes = notesOf(totals, words);
  assert.equal(notes.on_time_rate, "n=1,234");
  assert.equal(notes.solved_rate, "no sample");
  assert.equal(notes.satisfaction_rate, "no sample");
});

test("a city without a baseline claims no usual range", () => {
  assert.equal(notesOf({ ...totals, expected_today: null }, words).opened_today, "none yet");
  assert.equal(notesOf(totals, words).opened_today, "80-110");
  assert.equal(levelOf(999, null), "unknown");
  assert.equal(levelOf(111, totals.expected_today), "above");
  assert.equal(levelOf(80, totals.expected_today), "usual");
});

test("the balance of the day is said in words, not by a sign", () => {
  assert.equal(notesOf(totals, words).open_now, "20 fewer");
  assert.equal(notesOf({ ...totals, open_now: 0 }, words).overdue_now, "");
});

test("a section ages until its own time moves", () => {
  const ages = sectionAges();
  ages.hear({ cells: { as_of: "1" } }, 0);
  ages.hear({ cells: { as_of: "1" } }, 9000);
  assert.equal(ages.age_s("cells", 9000), 9);
  ages.hear({ cells: { as_of: "2" } }, 10000);
  assert.equal(ages.age_s("cells", 10000), 0);
  assert.equal(ages.age_s("volume", 10000), Infinity);
});

test("the head names the broken link, or the picture's age", () => {
  assert.equal(detailOf({ link: "ok" }, 2, words), "2 s ago");
  assert.equal(detailOf({ link: "line_cut", age_s: 64 }, 2, words), "cut 1 min");
  assert.equal(detailOf({ link: "waiting", age_s: 0 }, 0, words), "waiting");
});
