import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/numbers.js";
import "../../assets/clusters.js";
import "../../assets/cluster_list.js";

const { watchOf, qualityOf, addressOf } = globalThis.lianxin.clusterList;
const words = { not_watching: "not yet", no_clusters: "none", watch_budget: "{categories} watched, {n} a week",
  getting_ready: "{ready} of {wanted}", quality_no_place: "no place {share}%",
  quality_fallback: "default {share}%", quality_bulk: "bulk {n}", quality_late: "late {n}" };
const quality = { fallback_share: 0.031, no_place_share: 0.0456, bulk_today: 1200, late_feeds: 1, watching: true,
  ready: 93, wanted: 93 };
const data = (changes, rows = []) => ({ rows, left_out: 0, quality: { ...quality, ...changes },
  budget: { categories: 93, false_alarms_per_week: 1 } });

test("no cluster is said together with what is watched and how often it may be wrong", () => {
  assert.deepEqual(watchOf(data({}), words), { state: "none", about: "93 watched, 1 a week" });
});

test("a watch that is not up is never told as calm", () => {
  assert.deepEqual(watchOf(null, words), { state: "not yet", about: "" });
  assert.deepEqual(watchOf({ rows: [] }, words), { state: "not yet", about: "" });
  assert.deepEqual(watchOf(data({ watching: false, ready: 12 }), words), { state: "not yet", about: "12 of 93" });
});

test("a watch that is up in part says in which part", () => {
  assert.deepEqual(watchOf(data({ ready: 90 }), words), { state: "none", about: "90 of 93" });
});

test("where there are clusters there is nothing else to say", () => {
  assert.equal(watchOf(data({}, [{ id: "c" }]), words), null);
});

test("the line about the data has its four figures", () => {
  assert.deepEqual(qualityOf(quality, words), ["no place 4.6%", "default 3.1%", "bulk 1,200", "late 1"]);
});

test("an id is safe in an address", () => {
  assert.equal(addressOf("水/1", "en"), "/clusters/%E6%B0%B4%2F1?lang=en");
});
