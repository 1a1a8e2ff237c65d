import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/ticket.js";

const { ticket } = globalThis.lianxin;

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
