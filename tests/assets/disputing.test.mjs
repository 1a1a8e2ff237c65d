import assert from "node:assert/strict";
import test from "node:test";

await import("../../assets/disputing.js");
const { gather, stops } = globalThis.lianxin.disputing;

const ASKED = { reason: "几家都说不归自己", lang: "zh" };

/** Answers in turn, and keeps what was sent. */
function house(...answers) {
  const sent = [];
  const told = {};
  return {
    sent, told,
    send: async (path, body) => {
      sent.push([path.replace("/api/v1/disputes/", ""), body.expected_version]);
      return answers.shift();
    },
    each: (ticket, answer) => { told[ticket] = Boolean(answer.done); },
  };
}
const done = (version) => ({ status: 200, done: true, number: "ZY1", version });
const no = (field, more = {}) => ({ status: 409, done: false, error: { field }, ...more });

test("the first opens it and the others join, each at the version the last one left", async () => {
  const city = house(done(1), done(2), done(3));
  const { into, refused, stopped } = await gather(["d/1", "d/2", "d/3"], null, ASKED, city.send, city.each);
  assert.deepEqual(city.sent, [["open/d/1", undefined], ["ZY1/join/d/2", 1], ["ZY1/join/d/3", 2]]);
  assert.deepEqual([into, refused, stopped], [{ number: "ZY1", version: 3 }, 0, null]);
});

test("a ticket that cannot be in it is named, and the next one opens it", async () => {
  const city = house(no("ticket"), done(1), { status: 403 }, done(2));
  const { into, refused } = await gather(["d/1", "d/2", "d/3", "d/4"], null, ASKED, city.send, city.each);
  assert.deepEqual(city.told, { "d/1": false, "d/2": true, "d/3": false, "d/4": true });
  assert.deepEqual(city.sent[3], ["ZY1/join/d/4", 1]);
  assert.deepEqual([into.version, refused], [2, 2]);
});

test("what holds for all of them is told once, and nothing more is sent", async () => {
  for (const answer of [no("reason"), no("act"), { status: 0 }, { status: 503 }]) {
    const city = house(answer);
    const { into, stopped } = await gather(["d/1", "d/2"], null, ASKED, city.send, city.each);
    assert.deepEqual([city.sent.length, city.told, into, stopped], [1, {}, null, answer]);
  }
  assert.equal(stops(done(1)), false);
  assert.equal(stops({ status: 404 }), false);
});

test("who comes second is told, and the next press acts on what is there now", async () => {
  const city = house(done(5), no("expected_version", { version: 9 }), done(10));
  const first = await gather(["d/1", "d/2"], { number: "ZY1", version: 4 }, ASKED, city.send, city.each);
  assert.deepEqual(first.into, { number: "ZY1", version: 9 });
  await gather(["d/2"], first.into, ASKED, city.send, city.each);
  assert.deepEqual(city.sent, [["ZY1/join/d/1", 4], ["ZY1/join/d/2", 5], ["ZY1/join/d/2", 9]]);
});
