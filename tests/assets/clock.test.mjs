import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";

const { fill, age, ago, serverClock, faceOf } = globalThis.lianxin.clock;
const words = { seconds: "{n} s", minutes: "{n} min", hours: "{n} h", days: "{n} d",
  ago: "{age} ago", just_now: "now" };

test("a sentence takes its values and keeps what it does not know", () => {
  assert.equal(fill("{n} of {all}", { n: 3 }), "3 of {all}");
});

test("an age is said in its largest unit", () => {
  assert.equal(age(0.4, words), "0 s");
  assert.equal(age(59.9, words), "59 s");
  assert.equal(age(60, words), "1 min");
  assert.equal(age(7300, words), "2 h");
  assert.equal(age(200000, words), "2 d");
  assert.equal(age(-5, words), "0 s");
});

test("what came in less than a minute ago came in now", () => {
  assert.equal(ago(59, words), "now");
  assert.equal(ago(61, words), "1 min ago");
});

test("between two beats the clock runs on the server's time, not on this machine's", () => {
  let elapsed = 1000;
  const clock = serverClock(() => elapsed);
  assert.equal(clock.now(), null);
  clock.set(5_000_000);
  elapsed += 400;
  assert.equal(clock.now(), 5_000_400);
  clock.set(NaN);
  assert.equal(clock.now(), 5_000_400);
});

test("time is told in the city's zone, on 24 hours", () => {
  const face = faceOf("Asia/Shanghai", "zh");
  const at = Date.parse("2026-10-01T16:05:09Z");
  assert.equal(face.clock(at), "00:05:09");
  assert.equal(face.time(at), "00:05");
  assert.equal(face.day(at), "2026-10-02");
  assert.equal(face.weekday(at), "星期五");
});

test("a moment of another day says which", () => {
  const at = Date.parse("2026-10-01T16:05:00Z");
  assert.equal(faceOf("Asia/Shanghai", "zh").moment(at, at + 3600000), "00:05");
  assert.equal(faceOf("Asia/Shanghai", "zh").moment(at, at + 86400000), "10-02 00:05");
  assert.equal(faceOf("Asia/Shanghai", "en").moment(at, at + 86400000), "2 Oct 00:05");
});
