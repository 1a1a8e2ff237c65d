import assert from "node:assert/strict";
import test from "node:test";

await import("../../assets/fault.js");
const { clear, lead } = globalThis.lianxin.fault;

function field(told, canFocus = true) {
  const marks = new Map();
  const made = {
    dataset: {}, name: "", ...told,
    setAttribute: (name, value) => marks.set(name, value),
    removeAttribute: (name) => marks.delete(name),
    focus: () => { if (canFocus) globalThis.document.activeElement = made; },
    marks,
  };
  return made;
}

function formOf(...fields) {
  return {
    querySelectorAll: (asked) => asked === "[aria-invalid]"
      ? fields.filter((one) => one.marks.has("aria-invalid")) : fields,
  };
}

test("keys go on from the field at fault, by whichever name it has", () => {
  globalThis.document = { activeElement: null };
  const button = field({});
  for (const told of [{ dataset: { field: "title" } }, { name: "title" }, { dataset: { box: "title" } }]) {
    const [right, wrong] = [field(told), field({ name: "lead" })];
    lead(formOf(wrong, right), button, "title");
    assert.equal(document.activeElement, right);
    assert.equal(right.marks.get("aria-invalid"), "true");
    assert.equal(wrong.marks.size, 0);
  }
});

test("a mark of the last time goes", () => {
  globalThis.document = { activeElement: null };
  const [one, other, button] = [field({ name: "a" }), field({ name: "b" }), field({})];
  const form = formOf(one, other);
  lead(form, button, "a");
  lead(form, button, "b");
  assert.deepEqual([one.marks.size, other.marks.size], [0, 1]);
  clear(form);
  assert.equal(other.marks.size, 0);
});

test("else they go back to the button", () => {
  globalThis.document = { activeElement: null };
  const [plain, hidden, button] = [field({ name: "a" }), field({ name: "b" }, false), field({})];
  for (const asked of [undefined, "expected_version", "b"]) {
    document.activeElement = null;
    lead(formOf(plain, hidden), button, asked);
    assert.equal(document.activeElement, button);
  }
});
