import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/placing.js";

const { place, touch, reaches, crosses } = globalThis.lianxin.placing;
const FRAME = { left: 0, top: 0, right: 800, bottom: 600 };
const item = (x, y, r = 20) => ({ x, y, r, width: 200, height: 40 });
const boxOf = (spot) => ({ left: spot.left, top: spot.top, right: spot.left + 200, bottom: spot.top + 40 });

test("a label alone stands beside its circle, without a line", () => {
  const [spot] = place([item(300, 300)], FRAME, [], 8);
  assert.deepEqual(spot, { left: 328, top: 280, lead: null });
});

test("near the edge it takes the other side", () => {
  const [spot] = place([item(700, 300)], FRAME, [], 8);
  assert.equal(spot.left, 700 - 20 - 8 - 200);
});

test("no label lies on another, on a circle, or on what is blocked", () => {
  const items = Array.from({ length: 12 }, (_, i) => item(330 + (i % 4) * 45, 250 + Math.floor(i / 4) * 45, 18));
  const blocked = [{ left: 0, top: 0, right: 800, bottom: 120 }];
  const spots = place(items, FRAME, blocked, 8);
  const boxes = spots.filter(Boolean).map(boxOf);
  assert.ok(boxes.length >= 5);
  boxes.forEach((box, i) => {
    assert.ok(!touch(box, blocked[0]));
    assert.ok(items.every((one) => !reaches(one, box)));
    assert.ok(boxes.every((other, j) => i === j || !touch(box, other)));
    assert.ok(box.left >= 0 && box.right <= 800 && box.bottom <= 600);
  });
});

test("the larger cluster, which comes first, keeps the better place", () => {
  const crowd = [item(400, 300), item(400, 318)];
  const alone = place([crowd[0]], FRAME, [], 8)[0];
  assert.deepEqual(place(crowd, FRAME, [], 8)[0], alone);
});

test("a label that had to go further off has a line back", () => {
  const hidden = [{ left: 262, top: 262, right: 338, bottom: 338 }];
  const [spot] = place([{ x: 300, y: 300, r: 20, width: 60, height: 20 }], FRAME, hidden, 8);
  assert.ok(spot.left > 338);
  assert.deepEqual(spot.lead, { x: spot.left, y: 300 });
});

test("a line is known to run through a box, past it or into it", () => {
  const box = { left: 10, top: 10, right: 20, bottom: 20 };
  assert.ok(crosses({ x: 0, y: 15 }, { x: 30, y: 15 }, box));
  assert.ok(crosses({ x: 15, y: 15 }, { x: 40, y: 40 }, box));
  assert.ok(!crosses({ x: 0, y: 0 }, { x: 30, y: 0 }, box));
  assert.ok(!crosses({ x: 0, y: 15 }, { x: 9, y: 15 }, box));
});

test("no line runs through another label", () => {
  const items = Array.from({ length: 8 }, (_, i) => item(400, 250 + i * 12, 14));
  const spots = place(items, FRAME, [], 8);
  const boxes = spots.map((spot) => spot && boxOf(spot));
  spots.forEach((spot, i) => {
    if (!spot || !spot.lead) return;
    boxes.forEach((box, j) => assert.ok(!box || i === j || !crosses(items[i], spot.lead, box)));
  });
});

test("a circle out of sight has no label", () => {
  assert.deepEqual(place([item(-30, 300), item(300, 700)], FRAME, [], 8), [null, null]);
});

test("where there is no room at all there is no label", () => {
  assert.deepEqual(place([item(50, 50)], { left: 0, top: 0, right: 100, bottom: 100 }, [], 8), [null]);
});
