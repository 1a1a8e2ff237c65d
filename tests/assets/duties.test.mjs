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
const words = { hours: "{n} h", days: "{n} d", duty_median: "median {age}", duty_no_age: "none" };
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
  assert.deepEqual(worstOf({ worst }, told), [{ whose: "Housing", tickets: "1,200" },
    { whose: "Police", tickets: "3" }, { whose: "x", tickets: "1" }]);
});

test("an empty list names nobody", () => {
  assert.deepEqual(worstOf({ worst: [] }, told), []);
});
