import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/remote.js";

const { actionOf } = globalThis.lianxin.remote;
const WALL = { pressable: false, map: false, scrolls: false };
const key = (name, more) => ({ key: name, altKey: false, ctrlKey: false, metaKey: false, ...more });

test("a keyboard, a presenter's remote and a media remote all lead", () => {
  for (const name of ["ArrowRight", "PageDown", "MediaTrackNext"]) assert.equal(actionOf(key(name), WALL), "next");
  for (const name of ["ArrowLeft", "PageUp", "MediaTrackPrevious"]) assert.equal(actionOf(key(name), WALL), "back");
  for (const name of [" ", "MediaPlayPause"]) assert.equal(actionOf(key(name), WALL), "pause");
  assert.equal(actionOf(key("S"), WALL), "sound");
  for (const name of ["v", "V"]) assert.equal(actionOf(key(name), WALL), "visitors");
  assert.equal(actionOf(key("Escape"), WALL), "leave");
  assert.equal(actionOf(key("x"), WALL), null);
});

test("a shortcut of the browser is left to the browser", () => {
  assert.equal(actionOf(key("ArrowLeft", { altKey: true }), WALL), null);
  assert.equal(actionOf(key("s", { ctrlKey: true }), WALL), null);
});

test("the space bar presses the button that has the focus", () => {
  assert.equal(actionOf(key(" "), { ...WALL, pressable: true }), null);
  assert.equal(actionOf(key("ArrowRight"), { ...WALL, pressable: true }), "next");
});

test("the arrows pan the map that has the focus, page keys still lead", () => {
  assert.equal(actionOf(key("ArrowRight"), { ...WALL, map: true }), null);
  assert.equal(actionOf(key("PageDown"), { ...WALL, map: true }), "next");
});

test("a page longer than the screen scrolls by its keys, the arrows still lead", () => {
  const long = { ...WALL, scrolls: true };
  for (const name of [" ", "PageDown", "PageUp"]) assert.equal(actionOf(key(name), long), null);
  assert.equal(actionOf(key("ArrowRight"), long), "next");
});
