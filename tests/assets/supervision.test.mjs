import assert from "node:assert/strict";
import { test } from "node:test";

import "../../assets/desk_acting.js";
import "../../assets/owed.js";
import "../../assets/supervision.js";

const { supervision, owed, deskActing } = globalThis.lianxin;

test("an answer goes to the door of who owes it, all else to its own", () => {
  assert.equal(supervision.addressOf("watch", "", "demo/T-1"), "/api/v1/supervision/watch/demo/T-1");
  assert.equal(
    supervision.addressOf("answer", "water bureau/1", "demo/T%2F1"),
    "/api/v1/supervision/answer/water%20bureau%2F1/demo/T%2F1",
  );
});

test("the kind that is chosen says which act opens it", () => {
  assert.deepEqual(supervision.openingOf("listed"), { act: "list", line: "" });
  assert.deepEqual(supervision.openingOf("summons"), { act: "summon", line: "" });
  assert.deepEqual(supervision.openingOf("public"), { act: "supervise", line: "public" });
});

test("what is no number of days is none, which the server refuses by name", () => {
  assert.deepEqual(["3", " 12 ", "", "three", "-1", "1.5", "9999"].map(supervision.withinOf),
    [3, 12, 0, 0, 0, 0, 0]);
});

test("the list is drawn anew only where nobody has chosen a line and somebody looks", () => {
  assert.equal(owed.mayRefresh(0, false), true);
  assert.equal(owed.mayRefresh(1, false), false);
  assert.equal(owed.mayRefresh(0, true), false);
});

test("what the server says of a line goes before what the page can say", () => {
  const says = { refused: "not yours", away: "nobody answers" };
  assert.equal(owed.outcome({ status: 409, told: "late" }, says), "late");
  assert.equal(owed.outcome({ status: 404 }, says), "not yours");
  assert.equal(owed.outcome({ status: 0 }, says), "nobody answers");
});

test("the desk sends each act to its door with what it asks for", () => {
  const of = (act) => deskActing.requestOf({ act, triage: "hard", within: "5" }, "demo/T-1");
  assert.deepEqual(of("triage"),
    { path: "/api/v1/desk/triage/demo/T-1", body: { triage: "hard" } });
  assert.deepEqual(of("report"),
    { path: "/api/v1/supervision/report/demo/T-1", body: { act: "report" } });
  assert.deepEqual(of("public"), {
    path: "/api/v1/supervision/watch/demo/T-1",
    body: { act: "supervise", line: "public", within: 5 },
  });
  assert.equal(deskActing.requestOf({ act: "public", within: "x" }, "demo/T-1").body.within, 0);
});
