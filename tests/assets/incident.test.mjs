import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/clock.js";
import "../../assets/incident_drawn.js";
import "../../assets/incident_notes.js";
import "../../assets/incident_acts.js";
import "../../assets/incident_board.js";
import "../../assets/stream.js";

const { drawn, incidentNotes, incidentActs, incidentBoard, stream } = globalThis.lianxin;

/** Just enough of a document to build nodes in. */
const document = {
  createTextNode: (text) => ({ text }),
  createElement: (tag) => ({ tag, attributes: {}, children: [],
    setAttribute(name, value) { this.attributes[name] = value; },
    append(...nodes) { this.children.push(...nodes); } }),
};

test("what was drawn becomes nodes, and text stays text", () => {
  const node = drawn.build(["li", { class: "a", "data-slot": "task-1" }, ["<b>x</b>", ["span", {}, ["y"]]]], document);
  assert.equal(node.tag, "li");
  assert.deepEqual(node.attributes, { class: "a", "data-slot": "task-1" });
  assert.deepEqual(node.children[0], { text: "<b>x</b>" });
  assert.equal(node.children[1].children[0].text, "y");
});

test("a list is narrowed by every word, and what was found first is chosen", () => {
  const options = [["市水务局", "water_bureau"], ["东部净水厂", "plant_east"], ["西部净水厂", "plant_west"]]
    .map(([textContent, value]) => ({ textContent, value, hidden: false }));
  const list = { options, selectedIndex: 0 };
  const shown = () => options.filter((one) => !one.hidden).map((one) => one.value);
  incidentActs.narrow(list, "净水 WEST");
  assert.deepEqual([shown(), list.selectedIndex], [["plant_west"], 2]);
  incidentActs.narrow(list, "煤");
  assert.deepEqual([shown(), list.selectedIndex], [[], -1]);
  incidentActs.narrow(list, " ");
  assert.deepEqual([shown().length, list.selectedIndex], [3, -1]);
});

test("no script, no handler, no style and no other server comes in", () => {
  for (const tag of ["script", "iframe", "img", "style", "svg"]) {
    assert.throws(() => drawn.build([tag, {}, []], document), /not to be drawn/);
  }
  for (const [name, value] of [["onclick", "x()"], ["style", "x"], ["src", "/x"],
    ["href", "javascript:x()"], ["href", "//elsewhere"], ["href", "#a:b"], ["href", "https://elsewhere"]]) {
    assert.equal(drawn.fits(name, value), false, name);
  }
  for (const place of ["/clusters/c-1?lang=zh", "#incident-tasks"]) assert.equal(drawn.fits("href", place), true);
});

const storeOf = () => {
  const kept = new Map();
  return { kept, getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value), removeItem: (name) => kept.delete(name) };
};

test("notes wait in their order, and nothing is left of them afterwards", async () => {
  const store = storeOf();
  const notes = incidentNotes.waiting(store, "sj-1 wang");
  for (const text of ["一", "二", "三"]) notes.add({ key: text, text });
  const sent = [];
  let away = true;
  const drain = incidentNotes.sender(notes, async (note) => {
    if (away && note.text === "二") return { status: 0 };
    sent.push(note.text);
    return { status: 200 };
  }, () => assert.fail("nothing was refused"));
  await drain();
  assert.deepEqual([sent, notes.all().map((one) => one.text)], [["一"], ["二", "三"]]);
  away = false;
  await Promise.all([drain(), drain()]); // two at once are one
  assert.deepEqual(sent, ["一", "二", "三"]);
  assert.equal(store.kept.size, 0);
});

test("a note that is refused is told and keeps no other waiting", async () => {
  const notes = incidentNotes.waiting(storeOf(), "sj-1 wang");
  notes.add({ key: "a", text: "一" });
  notes.add({ key: "b", text: "二" });
  const refused = [];
  await incidentNotes.sender(notes, async (note) => ({ status: note.key === "a" ? 409 : 200 }),
    (note) => refused.push(note.text))();
  assert.deepEqual([refused, notes.all()], [["一"], []]);
});

test("a note waits for who has signed out, for a full server and for one that is away", async () => {
  for (const status of [0, 401, 429, 503]) {
    const notes = incidentNotes.waiting(storeOf(), "sj-1 wang");
    notes.add({ key: "a", text: "一" });
    await incidentNotes.sender(notes, async () => ({ status }), () => assert.fail())();
    assert.equal(notes.all().length, 1, String(status));
  }
});

test("where there is no room what was typed stays typed", () => {
  const full = { ...storeOf(), setItem: () => { throw new Error("full"); } };
  assert.equal(incidentNotes.waiting(full, "x").add({ key: "a" }), false);
  const odd = { ...storeOf(), getItem: () => "{" };
  assert.deepEqual(incidentNotes.waiting(odd, "x").all(), []);
});

test("keys differ and are as the server wants them", () => {
  const keys = new Set(Array.from({ length: 100 }, incidentNotes.key));
  assert.equal(keys.size, 100);
  for (const one of keys) assert.match(one, /^[0-9a-f]{32}$/);
});

test("a form says what was filled in, numbers as numbers", () => {
  assert.deepEqual(incidentActs.givenOf([
    { name: "text", value: " 看了 ", number: false }, { name: "value", value: "0,9", number: true },
    { name: "limit", value: "", number: true }, { name: "unit", value: "1", number: false },
    { name: "within_min", value: "much", number: true },
  ]), { text: "看了", value: 0.9, unit: "1", within_min: "much" });
});

test("who runs it acts as such, a department as itself, words go their own way", () => {
  const page = (may) => ({ incident: "sj-1", may, own: "水务" });
  assert.equal(incidentActs.addressOf(page(["command"]), "note"), "/api/v1/incidents/sj-1/acts");
  assert.equal(incidentActs.addressOf(page(["report"]), "note"),
    "/api/v1/incidents/sj-1/answers/%E6%B0%B4%E5%8A%A1");
  assert.equal(incidentActs.addressOf(page(["command", "release"]), "release"),
    "/api/v1/incidents/sj-1/release");
});

test("every answer has words", () => {
  const words = { incident_away: "away", incident_not_yours: "not yours" };
  const told = (answer) => incidentActs.toldOf(answer, words);
  assert.equal(told({ status: 409, told: "first" }), "first");
  assert.equal(told({ status: 404 }), "not yours");
  assert.equal(told({ status: 400, error: { reason: "a number" } }), "a number");
  assert.equal(told({ status: 503, error: { reason: "x" } }), "away");
  assert.equal(told({ status: 0 }), "away");
});

test("an incident is opened from what is known of its beginning", () => {
  assert.equal(incidentBoard.openAddress({}), "/api/v1/incidents");
  assert.equal(incidentBoard.openAddress({ district: "", cluster: "c 1" }), "/api/v1/incidents?cluster=c+1");
});

test("a line asks for what came since at each try, and hears events by their names", () => {
  const opened = [];
  const timers = [];
  let seq = 3;
  const source = () => {
    const heard = {};
    return { heard, addEventListener: (name, tell) => (heard[name] = tell), close() {} };
  };
  const took = [];
  stream.keepOpen(() => `/live?since=${seq}`, { changes: (one) => took.push(one) }, {
    open: (url) => { const one = source(); opened.push([url, one]); return one; },
    now: () => 0, chance: () => 0, later: (work) => timers.push(work), cancel: () => {} });
  opened[0][1].heard.changes({ data: '{"seq": 4}' });
  seq = 4;
  opened[0][1].heard.error();
  timers[0]();
  assert.deepEqual(opened.map(([url]) => url), ["/live?since=3", "/live?since=4"]);
  assert.deepEqual(took, [{ seq: 4 }]);
});

test("what has not changed is left under the hand that uses it", async () => {
  const slots = {};
  globalThis.document = { ...document, querySelector: () => null, activeElement: null };
  await import("../../assets/incident.js");
  const made = document.createElement;
  globalThis.document.createElement = (tag) => ({ ...made(tag), contains: () => false,
    querySelector: () => null, replaceWith(node) { slots[name] = node; } });
  const name = "stages";
  slots[name] = globalThis.document.createElement("div"); // as the server drew it
  const main = { querySelector: () => slots[name] };
  const { put, pastOf } = globalThis.lianxin.incident;
  assert.deepEqual(["", "2000 3000 9000000"].map((dues) => pastOf(dues, 3)), [0, 1], "what is due now is not late");
  const drawnAs = (text) => ({ slots: { [name]: ["div", {}, [text]] }, lines: {} });
  put(main, drawnAs("受控"));
  const first = slots[name];
  put(main, drawnAs("受控"));
  assert.equal(slots[name], first);
  put(main, drawnAs("关闭"));
  assert.equal(slots[name].children[0].text, "关闭");
  delete globalThis.document;
});
