import assert from "node:assert/strict";
import { test } from "node:test";
import "../../assets/desk_asking.js";
import "../../assets/desk_table.js";
import "../../assets/desk_keys.js";
import "../../assets/desk_views.js";
import "../../assets/desk_folds.js";
import "../../assets/desk_acting.js";

const { A_BLOCK, Road, inOrder, orderOf, read, source, write } = globalThis.lianxin.deskAsking;
const { counted, refusal } = globalThis.lianxin.deskTable;
const { meaning } = globalThis.lianxin.deskKeys;

test("an address is read, cleaned and written in one order", () => {
  const asked = read("?status=open&words=%20水管%20&lang=en&days=&evil=1");
  assert.deepEqual(asked, { words: "水管", status: "open" });
  assert.equal(write(asked, { lang: "en" }), "words=%E6%B0%B4%E7%AE%A1&status=open&lang=en");
  assert.deepEqual(read(write(asked)), asked);
});

test("the usual order is left out of an address", () => {
  assert.deepEqual(orderOf({}), { by: "created", way: "desc" });
  assert.deepEqual(orderOf({ sort: "due" }), { by: "due", way: "asc" });
  assert.deepEqual(inOrder({ words: "水" }, "due", "desc"), { words: "水", sort: "due", order: "desc" });
  assert.deepEqual(inOrder({ sort: "due" }, "created", "desc"), {});
  assert.deepEqual(inOrder({}, "created", "asc"), { sort: "created", order: "asc" });
  assert.deepEqual(inOrder({}, "updated", "desc"), { sort: "updated" });
});

const rows = (n) => Array.from({ length: n }, (_, id) => ({ id }));
const quiet = { looking() {}, found() {}, failed() {} };

function wanted(startRow) {
  let tell;
  const told = new Promise((done) => { tell = done; });
  return { startRow, told, successCallback: (got, last) => tell({ got: got.length, last }),
    failCallback: () => tell("failed") };
}

test("a block that comes in bounded steps is filled before it is shown", async () => {
  const asked = [];
  const answers = [[30, "a"], [0, "b"], [70, "c"], [5, null]];
  const ask = async (after, most) => {
    asked.push([after, most]);
    const [many, then] = answers.shift();
    return { rows: rows(many), after: then };
  };
  const road = new Road();
  const table = source(ask, road, quiet);
  const first = wanted(0);
  table.getRows(first);
  assert.deepEqual(await first.told, { got: A_BLOCK, last: -1 });
  const second = wanted(A_BLOCK);
  table.getRows(second);
  assert.deepEqual(await second.told, { got: 5, last: A_BLOCK + 5 });
  assert.deepEqual(asked, [["", 100], ["a", 70], ["b", 70], ["c", 100]]);
});

test("the blocks on the way to a far one are asked for once each", async () => {
  let asked = 0;
  const ask = async (_after, most) => ({ rows: rows(most), after: `p${++asked}` });
  const table = source(ask, new Road(), quiet);
  const [far, again] = [wanted(3 * A_BLOCK), wanted(3 * A_BLOCK)];
  table.getRows(far);
  table.getRows(again);
  assert.deepEqual(await far.told, { got: A_BLOCK, last: -1 });
  await again.told;
  assert.equal(asked, 4);
});

test("a place that was kept is asked for without what lies before it", async () => {
  const asked = [];
  const ask = async (after, most) => { asked.push(after); return { rows: rows(most), after: "d" }; };
  const table = source(ask, new Road(["", "a", "b"]), quiet);
  const kept = wanted(2 * A_BLOCK);
  table.getRows(kept);
  await kept.told;
  assert.deepEqual(asked, ["b"]);
});

test("a question that failed is told, and one that was given up is not", async () => {
  const failed = [];
  const ask = async () => { throw new Error("away"); };
  const table = source(ask, new Road(), { ...quiet, failed: (error) => failed.push(error.message) });
  const one = wanted(0);
  table.getRows(one);
  assert.equal(await one.told, "failed");
  table.destroy();
  await table.getRows(wanted(0));
  assert.deepEqual(failed, ["away"]);
});

test("a count says whether it is all", () => {
  const words = { desk_counted: "{n} tickets", desk_counted_least: "{n}+ tickets" };
  assert.equal(counted({ found: 1234, whole: true }, words, "en"), "1,234 tickets");
  assert.equal(counted({ found: 10000, whole: false }, words, "en"), "10,000+ tickets");
  assert.deepEqual([401, 429, 503, 0].map(refusal),
    ["desk_bad_session", "desk_bad_often", "desk_failed", "desk_failed"]);
  assert.deepEqual(["words", "callbacks", "duty"].map((field) => refusal(400, field)),
    ["search_bad_words", "desk_untold", "desk_failed"]);
});

test("keys mean what the list says, and nothing while somebody types", () => {
  const calm = { typing: false, inWords: false, inTable: false, told: false };
  assert.equal(meaning("/", calm), "words");
  assert.equal(meaning("?", calm), "keys");
  assert.equal(meaning("ArrowDown", calm), "table");
  assert.equal(meaning("r", calm), "again");
  assert.equal(meaning("N", calm), "fresh");
  for (const key of ["/", "?", "r", "n", "ArrowDown"]) {
    assert.equal(meaning(key, { ...calm, typing: true }), null, key);
  }
  assert.equal(meaning("ArrowDown", { ...calm, typing: true, inWords: true }), "table");
  assert.equal(meaning("ArrowDown", { ...calm, inTable: true }), null);
  assert.equal(meaning("Escape", { ...calm, inTable: true }), "words");
  assert.equal(meaning("Escape", { ...calm, inTable: true, told: true }), "close");
  assert.equal(meaning("Escape", calm), null);
});

test("a deleted view comes back as it was", () => {
  const { broughtBack } = globalThis.lianxin.deskViews;
  assert.deepEqual(broughtBack("退单", '{"status":"returned"}'),
    { name: "退单", asked: { status: "returned" } });
});

test("what was not done is told and stays chosen", async () => {
  const { left, outcome } = globalThis.lianxin.deskActing;
  const words = { desk_not_yours: "not yours", desk_failed: "failed", desk_bad_session: "session" };
  assert.equal(outcome({ status: 409, told: "overtaken" }, words), "overtaken");
  assert.deepEqual([404, 403, 401, 0].map((status) => outcome({ status }, words)),
    ["not yours", "not yours", "session", "failed"]);
  assert.deepEqual(left([{ id: "1", done: true }, { id: "2", done: false }]), ["2"]);
});

test("a row tells how it stands among its duplicates, and leads to the main's list", () => {
  const make = (tag, values, words) => ({ tag, values, words });
  const { asking, mark } = globalThis.lianxin.deskFolds;
  assert.deepEqual(asking("T-1"), { number: "T-1", merged: "each" });
  assert.equal(mark(make, {}), null);
  const main = mark(make, { fold: ["2 merged into it", "T-1", ""] });
  assert.deepEqual([main.tag, main.values.href, main.words],
    ["a", "?number=T-1&merged=each", "2 merged into it"]);
  assert.equal(mark(make, { fold: ["merged", "", ""] }).tag, "span", "a main out of sight is no link");
  const there = { typing: false, inWords: false, inTable: true, told: false };
  assert.equal(meaning("f", there), "folded");
  assert.equal(meaning("f", { ...there, typing: true }), null);
  let went = null;
  globalThis.lianxin.deskFolds.open({ go: (asked) => { went = asked; } }, undefined);
  assert.equal(went, null);
  globalThis.lianxin.deskFolds.open({ go: (asked) => { went = asked; } }, "T-1");
  assert.deepEqual(went, asking("T-1"));
});

test("several are merged under one: one that leads others already, else the oldest", () => {
  const { mainOf, pathOf, requestOf } = globalThis.lianxin.deskActing;
  const row = (number, created, under = 0) => ({ created, under, href: `/tickets/12345/${number}?lang=zh` });
  const rows = [row("T%2F3", "2026-11-24 10:03"), row("T1", "2026-11-24 10:01"), row("T2", "2026-11-24 10:02")];
  assert.equal(pathOf(mainOf(rows)), "12345/T1");
  assert.equal(pathOf(mainOf([...rows, row("T9", "2026-11-24 11:00", 2)])), "12345/T9");
  assert.equal(mainOf([]), undefined);
  const { gatheredAt } = globalThis.lianxin.deskActing;
  const asked = new URLSearchParams(gatheredAt("/disputes", rows.map(pathOf), "zh").split("?")[1]);
  assert.deepEqual(Object.fromEntries(asked), { source: "12345", external_id: "T/3",
    more: "12345/T1,12345/T2", lang: "zh" });
  assert.deepEqual(requestOf({ act: "merge", into: "12345/T1" }, pathOf(rows[0])),
    { path: "/api/v1/desk/merge/12345/T%2F3", body: { act: "merge", into: "12345/T1" } });
});
