import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/numbers.js";
import "../../assets/clock.js";
import "../../assets/freshness.js";
import "../../assets/trust.js";

const ok = { links: { redis: "ok", worker: "ok", source: "ok" }, worker_age_s: 0.3, source_age_s: 4 };
const picture = { sections: { totals: { as_of: "x", state: "fresh" } } };
const words = new Proxy({}, { get: (_, name) => String(name) });

function wallOf() {
  const panel = { dataset: { panel: "totals" }, querySelector: () => null };
  const nodes = new Map();
  const named = (name) => nodes.get(name) || nodes.set(name, { textContent: "" }).get(name);
  return { panel, dataset: {}, querySelectorAll: () => [panel], querySelector: named };
}

function told(...events) {
  const wall = wallOf();
  const trust = globalThis.lianxin.trust.trustOf(wall, words);
  for (const [kind, said] of events) trust[kind](said, 1000);
  trust.tell(1200, 0.2);
  return [wall.dataset.state, wall.dataset.link, wall.panel.dataset.state];
}

test("a picture alone is not called fresh: nothing is known of the links behind it", () => {
  assert.deepEqual(told(["picture", picture]), ["late", "waiting", "late"]);
  assert.deepEqual(told(["picture", picture], ["beat", ok]), ["fresh", "ok", "fresh"]);
});

test("good links without a picture are waited on", () => {
  assert.deepEqual(told(["beat", ok]), ["late", "waiting", "late"]);
});

test("a silent source is said in the head and greys no panel", () => {
  const silent = { ...ok, links: { ...ok.links, source: "silent" } };
  assert.deepEqual(told(["picture", picture], ["beat", silent]), ["late", "source_silent", "fresh"]);
});
