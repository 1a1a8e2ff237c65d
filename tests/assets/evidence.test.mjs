import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/numbers.js";
import "../../assets/evidence.js";
import "../../assets/evidence_watch.js";

const { wayBack, footOfPages, tellOf } = globalThis.lianxin.evidence;
const { judge, busy } = globalThis.lianxin.evidenceWatch;
const said = (status, version) => ({ ok: status < 400, status, version });

test("another version is news, the same is none", () => {
  assert.deepEqual(judge(said(200, "b"), "a"), { state: "fresh", news: true });
  assert.deepEqual(judge(said(200, "a"), "a"), { state: "fresh", news: false });
});

test("a silent server and a database that is away are told apart, and are no news", () => {
  assert.deepEqual(judge(null, "a"), { state: "cut", news: false });
  assert.deepEqual(judge(said(503, null), "a"), { state: "away", news: false });
  assert.deepEqual(judge(said(404, null), "a"), { state: "fresh", news: false });
});

test("a page that was drawn without a database is renewed when it is back", () => {
  assert.equal(judge(said(200, "a"), "away").news, true);
});

test("nobody who types or reads inside is interrupted", () => {
  const idle = { typing: false, typed: false, reading: false };
  assert.equal(busy(idle), false);
  for (const one of Object.keys(idle)) assert.equal(busy({ ...idle, [one]: true }), true);
});

test("the way back leads to the wall as it was left, and nowhere else", () => {
  const origin = "http://h:1";
  assert.equal(wayBack(`${origin}/wall?scene=map&lang=en`, origin, "/wall"), "/wall?scene=map&lang=en");
  assert.equal(wayBack(`${origin}/wall/district-1`, origin, "/wall"), "/wall/district-1");
  assert.equal(wayBack(`${origin}/clusters`, origin, "/wall"), "/wall");
  assert.equal(wayBack(`${origin}/wallet`, origin, "/wall"), "/wall");
  assert.equal(wayBack("http://elsewhere/wall", origin, "/wall"), "/wall");
  assert.equal(wayBack("http://h:12/wall", origin, "/wall"), "/wall");
  assert.equal(wayBack("", origin, "/wall"), "/wall");
});

test("the chart's times are those of the city", () => {
  const tell = tellOf({ zone: "Asia/Shanghai", language: "zh", words: {} });
  const at = Date.UTC(2026, 6, 12, 6);
  assert.equal(tell.moment(at), "07-12 14:00");
  assert.deepEqual(tell.local(at).hour, 14);
  assert.equal(tell.local(at + 10 * 3600e3).hour, 0);
  assert.equal(tell.local(at + 10 * 3600e3).day - tell.local(at).day, 1);
  assert.equal(tell.second(at + 5000), "07-12 14:00:05");
  assert.equal(tell.small(0.04), "< 0.1");
  assert.equal(tell.small(0.94), "0.9");
});

test("the foot of a printed page cannot break out of its quotes", () => {
  assert.match(footOfPages('a "b" \\ c'), /content: "a \\"b\\" \\\\ c";/);
});
