import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/tables.js";

const { plan, steadyOrder, capacity, table } = globalThis.lianxin.tables;

test("rows that stay are neither dropped nor added", () => {
  assert.deepEqual(plan(["a", "b"], ["a", "b"]), { drop: [], add: [], move: false });
  assert.deepEqual(plan(["a", "b", "c"], ["c", "a", "d"]), { drop: ["b"], add: ["d"], move: true });
});

test("only whole rows fit", () => {
  assert.equal(capacity(100, 33), 3);
  assert.equal(capacity(99.8, 33.3), 3);
  assert.equal(capacity(10, 33), 1);
});

test("an order stands for a while, unless rows come or go", () => {
  const order = steadyOrder(30000);
  const key = (row) => row.code;
  const byLate = (a, b) => b.late - a.late;
  const show = (rows, at) => order(rows, key, byLate, at).map(key).join("");
  assert.equal(show([{ code: "a", late: 1 }, { code: "b", late: 2 }], 0), "ba");
  assert.equal(show([{ code: "a", late: 9 }, { code: "b", late: 2 }], 5000), "ba");
  assert.equal(show([{ code: "a", late: 9 }, { code: "b", late: 2 }], 31000), "ab");
  assert.equal(show([{ code: "c", late: 99 }, { code: "b", late: 2 }], 31001), "cb");
});

test("an order that stands shows the newest figures", () => {
  const order = steadyOrder(30000);
  const key = (row) => row.code;
  order([{ code: "a", late: 1 }], key, () => 0, 0);
  assert.equal(order([{ code: "a", late: 7 }], key, () => 0, 10)[0].late, 7);
});

/** A body that counts what is done to it. */
function body() {
  return {
    children: [], moves: 0,
    insertBefore(node, before) {
      this.moves += 1;
      this.children = this.children.filter((one) => one !== node);
      const place = before ? this.children.indexOf(before) : this.children.length;
      this.children.splice(place, 0, node);
    },
  };
}

test("a row's node is kept through every change of its figures", () => {
  const here = body();
  const kind = { key: (row) => row.code, make: (row) => ({ code: row.code, remove() {
    here.children = here.children.filter((one) => one !== this); } }),
  write: (node, row) => { node.n = row.n; } };
  const rows = table(here, kind);
  rows.show([{ code: "a", n: 1 }, { code: "b", n: 1 }]);
  const [a, b] = here.children;
  const before = here.moves;
  rows.show([{ code: "a", n: 2 }, { code: "b", n: 3 }]);
  assert.equal(here.moves, before);
  assert.deepEqual([a.n, b.n], [2, 3]);
  rows.show([{ code: "b", n: 4 }, { code: "c", n: 1 }]);
  assert.equal(here.children[0], b);
  assert.equal(here.children.length, 2);
});
