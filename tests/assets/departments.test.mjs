import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/departments.js";

const { kept, keptIn, goesBack } = globalThis.lianxin.departments;

test("what Back brings again is kept beside what others keep", () => {
  const state = kept({ dash: 1 }, { y: 480, open: ["periods"] });
  assert.equal(state.dash, 1);
  assert.deepEqual(keptIn(state), { y: 480, open: ["periods"] });
});

test("an entry of another page's making is left alone", () => {
  assert.equal(keptIn(null), null);
  assert.equal(keptIn({}), null);
  assert.equal(keptIn({ lianxin: { y: "480", open: [] } }), null);
  assert.equal(keptIn({ lianxin: { y: 3 } }), null);
});

test("the way back is the browser's only where one came from here", () => {
  const here = "http://city";
  assert.ok(goesBack("http://city/departments", here, 2));
  assert.ok(!goesBack("http://city/departments", here, 1), "a tab of its own has nothing behind it");
  assert.ok(!goesBack("http://city.elsewhere/", here, 5));
  assert.ok(!goesBack("", here, 5));
});
