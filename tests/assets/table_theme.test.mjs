import assert from "node:assert/strict";
import { test } from "node:test";
import "../../assets/table_theme.js";

const { shelf } = globalThis.lianxin.tableTheme;

function stage() {
  const document = { adoptedStyleSheets: ["ours"], createElement: () => ({}) };
  return { document, place: shelf(document, (text) => ({ text })) };
}
const style = (textContent) => ({ textContent });
const texts = (document) => document.adoptedStyleSheets.map((one) => one.text || one);

test("styles become sheets at once, in the order they were put", () => {
  const { document, place } = stage();
  const core = style("core");
  place.insertBefore(core);
  assert.deepEqual(texts(document), ["ours", "core"]);
  core.after(style("theme"));
  core.after(style("part"));
  assert.deepEqual(texts(document), ["ours", "core", "part", "theme"]);
  place.insertBefore(style("first"));
  assert.deepEqual(texts(document), ["ours", "first", "core", "part", "theme"]);
});

test("a style that is taken out is taken out alone", () => {
  const { document, place } = stage();
  const [core, params] = [style("core"), style("params")];
  place.insertBefore(core);
  core.after(params);
  params.remove();
  assert.deepEqual(texts(document), ["ours", "core"]);
});
