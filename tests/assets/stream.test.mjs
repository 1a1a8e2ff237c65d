import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/stream.js";

const { backOff, keepOpen } = globalThis.lianxin.stream;

/** A world whose clock, timers and sources the test holds in its hands. */
function world() {
  const made = { ms: 0, sources: [], timers: [] };
  made.open = (url) => {
    const source = { url, closed: false, on: {}, close() { this.closed = true; },
      addEventListener(name, listen) { this.on[name] = listen; } };
    made.sources.push(source);
    return source;
  };
  made.now = () => made.ms;
  made.chance = () => 1;
  made.later = (work, ms) => { const timer = { work, ms }; made.timers.push(timer); return timer; };
  made.cancel = (timer) => { made.timers = made.timers.filter((one) => one !== timer); };
  made.run = () => made.timers.splice(0).forEach((timer) => timer.work());
  return made;
}
const deaf = { picture() {}, beat() {} };

test("waits double from half a second to fifteen and are shifted by chance", () => {
  assert.equal(backOff(0, () => 1), 500);
  assert.equal(backOff(0, () => 0), 250);
  assert.equal(backOff(3, () => 1), 4000);
  assert.equal(backOff(50, () => 1), 15000);
});

test("an error closes the source and opens another later", () => {
  const here = world();
  keepOpen("/live", deaf, here);
  here.sources[0].on.error();
  assert.equal(here.sources[0].closed, true);
  assert.equal(here.sources.length, 1);
  here.run();
  assert.equal(here.sources.length, 2);
});

test("many errors of one break count once", () => {
  const here = world();
  keepOpen("/live", deaf, here);
  for (let i = 0; i < 5; i += 1) here.sources[0].on.error();
  assert.equal(here.timers.length, 1);
});

test("tries wait longer each time, and a word resets them", () => {
  const here = world();
  keepOpen("/live", deaf, here);
  for (const wait of [500, 1000, 2000]) {
    here.sources.at(-1).on.error();
    assert.equal(here.timers[0].ms, wait);
    here.run();
  }
  here.sources.at(-1).on.beat({ data: "{}" });
  here.sources.at(-1).on.error();
  assert.equal(here.timers[0].ms, 500);
});

test("a line that is open but quiet is opened anew", () => {
  const here = world();
  const line = keepOpen("/live", deaf, here);
  here.sources[0].on.beat({ data: "{}" });
  here.ms = 4000;
  line.watch();
  assert.equal(here.timers.length, 0);
  here.ms = 9000;
  line.watch();
  assert.equal(here.timers.length, 1);
  assert.equal(line.silence_s(), 9);
});

test("a page that becomes visible tries at once, unless it hears well", () => {
  const here = world();
  const line = keepOpen("/live", deaf, here);
  here.ms = 1000;
  here.sources[0].on.beat({ data: "{}" });
  line.hurry();
  assert.equal(here.sources.length, 1);
  here.ms = 60000;
  line.hurry();
  assert.equal(here.sources.length, 2);
  assert.equal(here.sources[0].closed, true);
});

test("what is said reaches the listener", () => {
  const here = world();
  const said = [];
  keepOpen("/live", { picture: (one) => said.push(one.seq), beat() {} }, here);
  here.sources[0].on.picture({ data: '{"seq": 7}' });
  assert.deepEqual(said, [7]);
});
