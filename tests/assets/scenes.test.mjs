import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/rotation.js";
import "../../assets/scenes.js";

const { fromQuery, toQuery, alarmOf, incidentOf, pagesOf, leftOf } = globalThis.lianxin.scenes;
const { start, parse, jump, pause } = globalThis.lianxin.rotation;
const words = { scene_left: "next {n}", scene_back: "back {n}", paused: "paused" };

test("the address says which scene, which program, and whether it is paused", () => {
  assert.deepEqual(fromQuery("?scene=map&rotate=overview:30,map:20&paused=1&lang=en"),
    { scene: "map", rotate: "overview:30,map:20", paused: true });
  assert.deepEqual(fromQuery(""), { scene: null, rotate: null, paused: false });
});

test("writing a scene leaves the rest of the address alone and readable", () => {
  const before = "?lang=en&rotate=overview%3A30%2Cmap%3A20&category=water";
  assert.equal(toQuery(before, { scene: "map", paused: false }, "overview"),
    "?lang=en&rotate=overview:30,map:20&category=water&scene=map");
  assert.equal(toQuery("?scene=map&paused=1", { scene: "overview", paused: false }, "overview"), "");
  assert.equal(toQuery("", { scene: "overview", paused: true }, "overview"), "?paused=1");
});

test("a scene names its alarm", () => {
  assert.equal(alarmOf("alarm-a-1"), "a-1");
  assert.equal(alarmOf("map"), null);
});

test("a scene names its incident; the gravest stands under the common name", () => {
  assert.equal(incidentOf("incident-sj-1"), "sj-1");
  assert.equal(incidentOf("incidents"), null);
  assert.deepEqual(pagesOf(["a", "b"], "map"), ["incidents", "incident-b"]);
  assert.deepEqual(pagesOf(["a", "b"], "incident-b"), ["incidents", "incident-b"]);
  assert.deepEqual(pagesOf(["a", "b"], "incident-a"), ["incident-a", "incident-b"], "as the wall was told");
  assert.deepEqual(pagesOf([], "map"), []);
});

test("the foot says what is left, or that it is paused, or nothing", () => {
  const state = start(parse("overview:30,map:20", ["overview", "map"]), "overview", 0, false);
  assert.equal(leftOf(state, words), "next 30");
  assert.equal(leftOf(pause(state, 0), words), "paused");
  assert.equal(leftOf(jump(state, ["alarm-a"], 60, 0), words), "back 60");
  assert.equal(leftOf(start([], "overview", 0, false), words), "");
});
