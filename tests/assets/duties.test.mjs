import assert from "node:assert/strict";
import test from "node:test";

import "../../assets/clock.js";
import "../../assets/numbers.js";
import "../../assets/pieces.js";
import "../../assets/rows.js";
import "../../assets/duty_age.js";
import "../../assets/duties.js";

const { ageOf } = globalThis.lianxin.dutyAge;
const { worstOf } = globalThis.lianxin.duties;
const words = { hours: "{n} h", days: "{n} d", duty_median: "median {age}", duty_no_age: "none",
  end_untold: "not told" };
const told = { words, short_names: { housing: "Housing" }, names: { department: { housing: "Bureau of housing",
  police: "Police" } } };

test("a young age is said in hours, an old one in whole days", () => {
  assert.equal(ageOf(0, words), "median 0 h");
  assert.equal(ageOf(71, words), "median 71 h");
  assert.equal(ageOf(72, words), "median 3 d");
  assert.equal(ageOf(119, words), "median 4 d");
});

test("where nothing stands there is no age", () => {
  assert.equal(ageOf(null, words), "none");
});

test("the departments with most are named, by their everyday name where they have one", () => {
  const worst = [{ code: "housing", tickets: 1200 }, { code: "police", tickets: 3 }, { code: "x", tickets: 1 }];
  assert.equal(worstOf({ tickets: 1203, worst }, told), "Housing 1,200 · Police 3 · x 1");
});

test("a list nobody tells of says so, an empty one says nothing", () => {
  assert.equal(worstOf({ tickets: null, worst: [] }, told), "not told");
  assert.equal(worstOf({ tickets: 0, worst: [] }, told), "");
});
