import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/ticket.js";
import "../../assets/search.js";

const { ticket, search } = globalThis.lianxin;

test("a field is shown as long as the server's own clock says", () => {
  const until = "2026-11-24T02:05:00+00:00";
  const wrong = Date.parse("2026-11-24T09:00:00Z");
  assert.equal(ticket.lengthOf(until, "Tue, 24 Nov 2026 02:04:00 GMT", wrong), 60_000);
  assert.equal(ticket.lengthOf(until, null, Date.parse("2026-11-24T02:04:30Z")), 30_000);
  assert.equal(ticket.lengthOf(until, "Tue, 24 Nov 2026 02:06:00 GMT", wrong), 0);
});

test("the time left is told in minutes and seconds and never below nought", () => {
  assert.equal(ticket.countdown(299_001), "05:00");
  assert.equal(ticket.countdown(59_000), "00:59");
  assert.equal(ticket.countdown(-5), "00:00");
});

test("every refusal has its words", () => {
  const told = [422, 401, 403, 404, 429, 503, 500].map(ticket.refusalOf);
  assert.deepEqual(told, ["toldReason", "toldSession", "toldRefused", "toldRefused", "toldOften",
    "toldAway", "toldAway"]);
});

test("arrows go through the rows and back to the words", () => {
  assert.equal(search.nextRow(-1, "ArrowDown", 3), 0);
  assert.equal(search.nextRow(2, "ArrowDown", 3), 2);
  assert.equal(search.nextRow(0, "ArrowUp", 3), -1);
  assert.equal(search.nextRow(-1, "ArrowUp", 3), -1);
  assert.equal(search.nextRow(-1, "ArrowDown", 0), -1);
});

test("a slash is only text where text is written", () => {
  assert.equal(search.takesText("INPUT"), true);
  assert.equal(search.takesText("A"), false);
});
