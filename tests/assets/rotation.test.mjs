import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/rotation.js";

const { parse, expand, start, left_s, step, tick, go, jump, settle, leave, pause, hold, restop } =
  globalThis.lianxin.rotation;
const KNOWN = ["overview", "map", "clusters"];
const PROGRAM = parse("overview:30,map:20,clusters:20", KNOWN);

/** Let a fake clock run in quarters of a second. */
function run(state, from, to, seen = []) {
  let now = from;
  while (now < to) {
    now += 250;
    state = tick(state, now);
    if (seen[seen.length - 1] !== state.scene) seen.push(state.scene);
  }
  return state;
}

const instead = () => undefined;
const all = { presses: () => true, stands: () => true, instead };
const without = (...scenes) => ({ presses: (one) => !scenes.includes(one), stands: () => true, instead });

test("a program is read from the address, and what is unknown left out", () => {
  assert.deepEqual(PROGRAM.map((stop) => [stop.scene, stop.dwell_s]),
    [["overview", 30], ["map", 20], ["clusters", 20]]);
  assert.deepEqual(parse("moon:5,map:x,overview", KNOWN),
    [{ scene: "map", dwell_s: 30 }, { scene: "overview", dwell_s: 30 }]);
  assert.deepEqual(parse("map:0,overview:999999", KNOWN).map((stop) => stop.dwell_s), [3, 3600]);
  assert.deepEqual(parse(null, KNOWN), []);
});

test("the word alarms stands for every open alarm in turn", () => {
  const program = parse("overview:30,alarms:15", KNOWN);
  assert.deepEqual(expand(program, { alarms: ["alarm-a", "alarm-b"] }).map((stop) => stop.scene),
    ["overview", "alarm-a", "alarm-b"]);
  assert.deepEqual(expand(program, { alarms: [] }).map((stop) => stop.scene), ["overview"]);
});

test("incidents are in a program only while one is open", () => {
  const program = parse("overview:30,incidents:15", [...KNOWN, "incidents"]);
  assert.deepEqual(expand(program, { alarms: [], incidents: [] }).map((stop) => stop.scene), ["overview"]);
  assert.deepEqual(expand(program, { incidents: ["incidents", "incident-b"] }),
    [{ scene: "overview", dwell_s: 30 }, { scene: "incidents", dwell_s: 15 }, { scene: "incident-b", dwell_s: 15 }]);
});

test("where nothing rotates, a scene that is over gives way to the one in its place", () => {
  const gone = { presses: () => false, stands: (one) => one !== "incident-a", instead: () => "incidents" };
  assert.equal(settle(start([], "incident-a", 0, false), gone, 0).scene, "incidents");
});

test("each scene stands as long as the program says", () => {
  const seen = [];
  const state = run(start(PROGRAM, "overview", 0, false), 0, 71000, seen);
  assert.deepEqual(seen, ["overview", "map", "clusters", "overview"]);
  assert.equal(left_s(state), 29);
});

test("without a program nothing moves by itself", () => {
  const state = run(start([], "map", 0, false), 0, 100000);
  assert.equal(state.scene, "map");
  assert.equal(left_s(state), null);
});

test("a program of the scene that stands has nothing to count down", () => {
  assert.equal(left_s(start(parse("map:5", KNOWN), "map", 0, false)), null);
});

test("a scene outside the program stands its time, then the program begins", () => {
  const program = parse("overview:10,map:10", KNOWN);
  const seen = [];
  run(start(program, "clusters", 0, false), 0, 45000, seen);
  assert.deepEqual(seen, ["clusters", "overview", "map"]);
});

test("paused it stands, and going on it never gives way at once", () => {
  let state = run(start(PROGRAM, "overview", 0, false), 0, 29500);
  state = pause(state, 29500);
  state = run(state, 29500, 500000);
  assert.equal(state.scene, "overview");
  state = pause(state, 500000);
  assert.equal(left_s(state), 5);
  assert.equal(run(state, 500000, 505250).scene, "map");
});

test("next and back walk the list, around its ends, and begin the dwell anew", () => {
  const names = PROGRAM.map((stop) => stop.scene);
  let state = run(start(PROGRAM, "overview", 0, false), 0, 25000);
  state = step(state, names, 1, 25000);
  assert.deepEqual([state.scene, left_s(state)], ["map", 20]);
  state = step(state, names, -1, 25000);
  state = step(state, names, -1, 25000);
  assert.equal(state.scene, "clusters");
  assert.equal(step(state, names, 1, 25000).scene, "overview");
});

test("a scene that stands twice in a program has its own successor each time", () => {
  const program = parse("overview:5,map:5,overview:5,clusters:5", KNOWN);
  const seen = [];
  run(start(program, "overview", 0, false), 0, 21000, seen);
  assert.deepEqual(seen, ["overview", "map", "overview", "clusters", "overview"]);
});

test("a new critical alarm interrupts, and the rotation goes on where it was", () => {
  let state = run(start(PROGRAM, "overview", 0, false), 0, 34000);
  state = jump(state, ["alarm-a"], 60, 34000);
  assert.deepEqual([state.scene, left_s(state)], ["alarm-a", 60]);
  state = run(state, 34000, 94000);
  assert.deepEqual([state.scene, left_s(state)], ["map", 16]);
});

test("two alarms are shown one after the other, an alarm that waits is not doubled", () => {
  let state = start([], "overview", 0, false);
  state = jump(state, ["alarm-a"], 10, 0);
  state = jump(state, ["alarm-b", "alarm-a"], 10, 1000);
  state = jump(state, ["alarm-b"], 10, 2000);
  const seen = [];
  state = run(state, 2000, 30000, seen);
  assert.deepEqual(seen, ["alarm-a", "alarm-b", "overview"]);
  assert.equal(left_s(state), null);
});

test("acknowledged, a jump returns before its dwell is over", () => {
  let state = jump(start([], "map", 0, false), ["alarm-a", "alarm-b"], 60, 0);
  state = settle(state, without("alarm-a"), 5000);
  assert.equal(state.scene, "alarm-b");
  state = settle(state, without("alarm-a", "alarm-b"), 6000);
  assert.equal(state.scene, "map");
  assert.equal(settle(state, all, 7000), state);
});

test("an alarm that waited and was acknowledged meanwhile is never shown", () => {
  let state = jump(start([], "map", 0, false), ["alarm-a", "alarm-b"], 10, 0);
  state = settle(state, without("alarm-b"), 1000);
  const seen = [];
  run(state, 1000, 20000, seen);
  assert.deepEqual(seen, ["alarm-a", "map"]);
});

test("who paused before the jump finds the wall paused after it", () => {
  let state = pause(start(PROGRAM, "clusters", 0, false), 0);
  state = run(jump(state, ["alarm-a"], 20, 1000), 1000, 30000);
  assert.deepEqual([state.scene, state.paused], ["clusters", true]);
});

test("a paused jump stands through its acknowledgement, not through its end", () => {
  let state = pause(jump(start([], "map", 0, false), ["alarm-a"], 20, 0), 1000);
  state = settle(state, without("alarm-a"), 2000);
  assert.equal(state.scene, "alarm-a");
  state = settle(state, { presses: () => false, stands: (one) => one !== "alarm-a", instead }, 3000);
  assert.equal(state.scene, "map");
});

test("a key during a jump leaves it, counted from where it interrupted", () => {
  const state = jump(start([], "overview", 0, false), ["alarm-a"], 60, 0);
  assert.equal(step(state, KNOWN, 1, 1000).scene, "map");
  assert.equal(leave(state, 1000).scene, "overview");
  assert.deepEqual(go(state, "clusters", 1000).jumps, []);
});

test("a scene whose alarm is over gives way", () => {
  const gone = { presses: () => false, stands: (one) => !one.startsWith("alarm-"), instead };
  assert.equal(settle(start([], "alarm-x", 0, false), gone, 0).scene, "overview");
  const program = expand(parse("overview:9,alarms:9,map:9", KNOWN), { alarms: ["alarm-x"] });
  let state = start(program, "alarm-x", 0, false);
  state = restop(state, expand(parse("overview:9,alarms:9,map:9", KNOWN), { alarms: [] }));
  assert.equal(settle(state, gone, 0).scene, "map");
});

test("a new program leaves the scene that stands alone", () => {
  let state = start(PROGRAM, "map", 0, false);
  state = restop(state, [{ scene: "alarm-a", dwell_s: 9 }, ...PROGRAM]);
  assert.deepEqual([state.scene, state.place], ["map", 2]);
  assert.equal(restop(state, [...state.stops]), state);
});

test("under a hand no scene goes away", () => {
  let state = run(start(PROGRAM, "overview", 0, false), 0, 29000);
  state = hold(state, 60000, 29000);
  assert.equal(run(state, 29000, 80000).scene, "overview");
});
