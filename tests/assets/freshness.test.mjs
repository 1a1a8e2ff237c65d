import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/freshness.js";

const { judge, panel } = globalThis.lianxin.freshness;
const ok = { links: { redis: "ok", worker: "ok", source: "ok" }, worker_age_s: 0.3, source_age_s: 4 };
const seen = (more) => ({ silence_s: 0.5, redisDown_s: 0, beat: ok, ...more });
const links = (more) => ({ ...ok, links: { ...ok.links, ...more } });

test("a beat within three seconds is fresh", () => {
  assert.deepEqual(judge(seen({ silence_s: 2.9 })).state, "fresh");
});

test("three silent seconds are late, thirty dead, and the line is named", () => {
  assert.deepEqual(judge(seen({ silence_s: 3 })), { state: "late", link: "line_cut", age_s: 3 });
  assert.equal(judge(seen({ silence_s: 30 })).state, "dead");
});

test("four broken links are told apart", () => {
  assert.equal(judge(seen({ silence_s: 5 })).link, "line_cut");
  assert.equal(judge(seen({ beat: links({ redis: "down" }), redisDown_s: 2 })).link, "redis_down");
  assert.equal(judge(seen({ beat: links({ worker: "silent" }) })).link, "worker_silent");
  assert.equal(judge(seen({ beat: links({ source: "silent" }) })).link, "source_silent");
});

test("the link nearest to the screen is named: beyond it nothing is known", () => {
  const all = links({ redis: "down", worker: "silent", source: "silent" });
  assert.equal(judge(seen({ beat: all })).link, "redis_down");
  assert.equal(judge(seen({ beat: all, silence_s: 4 })).link, "line_cut");
});

test("a worker silent for half a minute is dead, also on a page just opened", () => {
  const silent = { ...links({ worker: "silent" }), worker_age_s: 3600 };
  assert.equal(judge(seen({ beat: silent })).state, "dead");
  assert.equal(judge(seen({ beat: { ...silent, worker_age_s: null } })).state, "dead");
});

test("a silent source never makes the figures dead", () => {
  const night = { ...links({ source: "silent" }), source_age_s: 90000 };
  assert.equal(judge(seen({ beat: night })).state, "late");
});

test("before the first word the page waits, then calls the line cut", () => {
  assert.equal(judge({ silence_s: 1, redisDown_s: 0, beat: null }).link, "waiting");
  assert.equal(judge({ silence_s: 4, redisDown_s: 0, beat: null }).link, "line_cut");
});

test("a panel is as bad as the line, its section, or its age", () => {
  assert.equal(panel("fresh", "fresh", 2), "fresh");
  assert.equal(panel("late", "fresh", 2), "late");
  assert.equal(panel("fresh", "dead", 2), "dead");
  assert.equal(panel("fresh", "fresh", 20), "late");
  assert.equal(panel("fresh", "fresh", 61), "dead");
  assert.equal(panel("fresh", undefined, Infinity), "late");
});
