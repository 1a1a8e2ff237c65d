import assert from "node:assert/strict";
import { test } from "node:test";
import "../../assets/pairs.js";

const { requestOf, backOf, outcome, meaning } = globalThis.lianxin.pairs;
const pair = { older: "12345/T%2F1", younger: "wechat/W-2", olderVersion: "3", youngerVersion: "0", pair: "2" };

test("each act goes to the ticket it moves, with the version that was seen of it", () => {
  assert.deepEqual(requestOf("younger", pair, "同一处"), { path: "/api/v1/desk/merge/wechat/W-2",
    body: { act: "merge", into: "12345/T%2F1", reason: "同一处", expected_version: 0 } });
  assert.deepEqual(requestOf("older", pair, ""), { path: "/api/v1/desk/merge/12345/T%2F1",
    body: { act: "merge", into: "wechat/W-2", reason: "", expected_version: 3 } });
  assert.deepEqual(requestOf("distinct", pair, ""), { path: "/api/v1/desk/distinct/12345/T%2F1",
    body: { act: "distinct", other: "wechat/W-2", reason: "", expected_version: 2 } });
});

test("an act is taken back where it was done, at the version it left", () => {
  const merged = backOf(requestOf("younger", pair, "x"), 1);
  assert.equal(merged.path, "/api/v1/desk/merge/wechat/W-2");
  assert.deepEqual([merged.body.act, merged.body.expected_version, merged.body.reason], ["unmerge", 1, ""]);
  const said = backOf(requestOf("distinct", pair, "x"), 3);
  assert.deepEqual([said.body.act, said.body.other, said.body.expected_version],
    ["not_distinct", "wechat/W-2", 3]);
});

test("keys mean nothing while somebody types", () => {
  assert.deepEqual(["m", "X", "u", "ArrowDown", "ArrowUp", "q"].map((key) => meaning(key, false)),
    ["merge", "distinct", "undo", "next", "last", null]);
  assert.equal(meaning("m", true), null);
});

test("what was not done is told, whoever did not answer", () => {
  const words = { likely_not_yours: "not yours", likely_away: "away", desk_bad_session: "signed out",
    desk_bad_often: "often" };
  assert.equal(outcome({ status: 409, told: "overtaken" }, words), "overtaken");
  assert.deepEqual([403, 404, 401, 429, 0, 503].map((status) => outcome({ status }, words)),
    ["not yours", "not yours", "signed out", "often", "away", "away"]);
});
