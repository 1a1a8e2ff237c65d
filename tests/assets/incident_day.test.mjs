import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/incident_day.js";

const { clock, incidentDay } = globalThis.lianxin;
const MINUTE = 60_000;
const NIGHT = Date.parse("2026-11-24T23:59:58+08:00");
const { day } = clock.faceOf("Asia/Shanghai", "zh");

/** Days followed by a page that notes when it was drawn, and can be cut off. */
function house(apart = 5_000) {
  const made = { drawn: [], away: false };
  let now = null;
  const turn = incidentDay.follow(day, async () => {
    made.drawn.push(now);
    return !made.away;
  }, () => apart);
  made.at = (ms) => {
    now = ms;
    return turn(ms);
  };
  return made;
}

test("another day is drawn once, a while after midnight in the city's zone", async () => {
  const page = house();
  for (let ms = 0; ms < 10 * MINUTE; ms += 1_000) await page.at(NIGHT + ms);
  assert.deepEqual(page.drawn, [NIGHT + 7_000]);
  await page.at(NIGHT + 24 * 60 * MINUTE + MINUTE);
  await page.at(NIGHT + 24 * 60 * MINUTE + 2 * MINUTE);
  assert.equal(page.drawn.length, 2, "and so is the next");
});

test("where it failed it is asked again a minute later, no sooner", async () => {
  const page = house();
  page.away = true;
  for (let ms = 0; ms < 90_000; ms += 1_000) await page.at(NIGHT + ms);
  assert.deepEqual(page.drawn, [NIGHT + 7_000, NIGHT + 67_000]);
  page.away = false;
  for (let ms = 90_000; ms < 10 * MINUTE; ms += 1_000) await page.at(NIGHT + ms);
  assert.equal(page.drawn.length, 3);
});

test("beats that come while it is asked ask for nothing more", async () => {
  let answer;
  let asked = 0;
  const turn = incidentDay.follow(day, () => {
    asked += 1;
    return new Promise((done) => { answer = done; });
  }, () => 0);
  await turn(NIGHT);
  const first = turn(NIGHT + 3_000);
  await turn(NIGHT + 4_000);
  answer(true);
  await first;
  await turn(NIGHT + 5_000);
  assert.equal(asked, 1);
});

test("a page that slept through the night is drawn when its line is back, and none for the past", async () => {
  const page = house(0);
  await page.at(NIGHT);
  await page.at(NIGHT + 9 * 60 * MINUTE);
  assert.equal(page.drawn.length, 1);
  await page.at(NIGHT);
  await page.at(NIGHT + 10 * 60 * MINUTE);
  assert.equal(page.drawn.length, 1);
});
