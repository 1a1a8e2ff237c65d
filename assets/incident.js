/* An incident's page: kept up by its stream, acted on by its buttons, written to offline too. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const TRY_MS = 5000;
  /** What a node was drawn from, so that what has not changed is left under the hand that uses it. */
  const drawnFrom = new WeakMap();

  /**
   * Put what changed into a page; a slot with somebody's focus keeps it where it can.
   * @param {Element} main
   * @param {{slots: Object<string, Array>, lines: Object<string, Array>}} changes
   */
  function put(main, changes) {
    const { document } = root;
    const find = (name) => main.querySelector(`[data-slot="${name}"]`);
    for (const [name, drawn] of Object.entries(changes.slots)) {
      const held = find(name);
      const from = JSON.stringify(drawn);
      if (held && drawnFrom.get(held) === from) continue;
      const node = lianxin.drawn.build(drawn, document);
      drawnFrom.set(node, from);
      if (held) swap(held, node);
      else main.querySelector('[data-list="task"]').prepend(node);
    }
    for (const [name, drawn] of Object.entries(changes.lines)) {
      const node = lianxin.drawn.build(drawn, document);
      const held = find(name);
      if (held) swap(held, node);
      else if (Number(name.slice(5)) > newest(main)) main.querySelector('[data-list="line"]').prepend(node);
    }
  }

  const newest = (main) =>
    Number(main.querySelector('[data-list="line"] > [data-slot]')?.dataset.slot.slice(5) ?? 0);

  /** Replace a node; the button somebody stood on is looked for in the new one. */
  function swap(held, node) {
    const active = held.contains(root.document.activeElement) ? root.document.activeElement : null;
    held.replaceWith(node);
    if (!active || !active.dataset.act) return;
    const { act, number } = active.dataset;
    node.querySelector(`[data-act="${act}"][data-number="${number}"]`)?.focus();
  }

  /** @returns {number} how many of some moments, in µs with spaces between them, are past */
  const pastOf = (moments, nowMs) => moments.split(" ").filter((us) => us && Number(us) / 1000 < nowMs).length;

  lianxin.incident = { put, pastOf };
  const main = root.document?.querySelector(".inc-page[data-incident]");
  if (!main) return;
  const { document } = root;
  const { words, now_ms, files, zone } = JSON.parse(document.getElementById("incident-facts").textContent);
  const page = { incident: main.dataset.incident, lang: main.dataset.lang, own: main.dataset.own,
    may: main.dataset.may.split(" ") };
  const one = `/api/v1/incidents/${encodeURIComponent(page.incident)}`;
  const clock = lianxin.clock.serverClock(() => performance.now());
  clock.set(now_ms);
  let seq = Number(main.dataset.seq);

  /** Mark what is this reader's own department's, and what is late by now. */
  function mark() {
    for (const node of main.querySelectorAll("[data-owner]")) {
      if (page.own && node.dataset.owner === page.own) node.dataset.mine = "yes";
    }
    const now = clock.now();
    for (const node of main.querySelectorAll("[data-due-us]")) {
      const late = now !== null && Number(node.dataset.dueUs) / 1000 < now ? "yes" : "";
      if (node.dataset.late !== late) node.dataset.late = late;
    }
    for (const node of main.querySelectorAll("[data-dues-us]")) {
      const late = now === null ? 0 : pastOf(node.dataset.duesUs, now);
      if (node.hidden !== !late) node.hidden = !late;
      const told = lianxin.clock.fill(words.incidents_overdue, { n: late });
      if (node.textContent !== told) node.textContent = told;
    }
  }

  function take(changes) {
    if (changes.seq <= seq) return;
    if (changes.since > seq) return void catchUp();
    show(changes);
  }

  function show(changes) {
    seq = changes.seq;
    main.dataset.seq = String(seq);
    if (!changes.whole) beginLines(changes.lines); // more lines came than are told at once
    put(main, changes);
    lianxin.incidentFiles.look(main);
    redraw();
    if (changes.slots.tickets) remap();
    mark();
  }

  /** Begin the timeline anew with the newest lines; those before them are asked for as ever. */
  function beginLines(lines) {
    main.querySelector('[data-list="line"]').replaceChildren();
    const first = Math.min(...Object.keys(lines).map((name) => Number(name.slice(5))));
    const button = main.querySelector("[data-older]");
    button.dataset.older = String(first);
    button.hidden = first <= 1;
  }

  async function changesSince(since) {
    const answer = await root.fetch(`${one}/changes?since=${since}&lang=${page.lang}`,
      { cache: "no-store" }).catch(() => null);
    return answer && answer.ok ? answer.json() : null;
  }

  async function catchUp() {
    const changes = await changesSince(seq);
    if (changes) take(changes);
  }

  /** Draw all of it anew; false where that failed, or somebody acted before the answer came. */
  async function drawAnew() {
    const changes = await changesSince(0);
    if (!changes || changes.seq < seq) return false;
    show(changes);
    return true;
  }

  const turn = lianxin.incidentDay.follow(lianxin.clock.faceOf(zone, page.lang).day, drawAnew);
  turn(now_ms);

  const line = lianxin.stream.keepOpen(() => `${one}/live?since=${seq}&lang=${page.lang}`, {
    changes: (said) => {
      take(said);
      tellLine(); // the first word says that the line stands, a second before the clock does
    },
    beat: (said) => {
      clock.set(Date.parse(said.now));
      turn(clock.now());
      drain();
    },
  });

  function tellLine() {
    const silence_s = line.silence_s();
    const cut = silence_s > 3;
    main.dataset.line = cut ? "cut" : "ok";
    main.querySelector(".inc-line").textContent = cut
      ? lianxin.clock.fill(words.incident_line_cut, { age: lianxin.clock.age(silence_s, words) })
      : words.incident_line_ok;
  }

  // Notes: what cannot be sent now waits here, in its order.
  const notes = lianxin.incidentNotes.waiting(root.localStorage, `${page.incident} ${main.dataset.mark}`);
  const typed = main.querySelector("[data-note]");
  const drain = lianxin.incidentNotes.sender(notes, sendNote, (note, answer) => {
    main.querySelector("[data-note-told]").textContent =
      `${lianxin.incidentActs.toldOf(answer, words)} ${note.text}`;
  });

  async function sendNote(note) {
    const answer = await lianxin.incidentActs.send(lianxin.incidentActs.addressOf(page, "note"),
      { act: "note", key: note.key, given: { text: note.text }, lang: page.lang,
        typed_ms: note.typed_ms });
    setTimeout(showWaiting, 0);
    return answer;
  }

  function showWaiting() {
    const all = notes.all();
    main.querySelector("[data-waiting]").replaceChildren(...all.map((note) =>
      Object.assign(document.createElement("li"), { textContent: note.text })));
    main.querySelector(".inc-kept").textContent = all.length
      ? lianxin.clock.fill(words.incident_waiting_n, { n: all.length }) : "";
  }

  async function write() {
    const text = typed.value.trim();
    if (!text) return;
    main.querySelector("[data-note-told]").textContent = "";
    const typed_ms = Math.round(clock.now() ?? Date.now());
    if (!notes.add({ key: lianxin.incidentNotes.key(), text, typed_ms })) {
      main.querySelector("[data-note-told]").textContent = words.incident_away;
      return;
    }
    typed.value = "";
    showWaiting();
    await drain();
    showWaiting();
    catchUp();
  }

  async function older(button) {
    const answer = await root.fetch(
      `${one}/lines?before=${button.dataset.older}&lang=${page.lang}`, { cache: "no-store" })
      .catch(() => null);
    if (!answer || !answer.ok) return;
    const { lines, last } = await answer.json();
    main.querySelector('[data-list="line"]').append(
      ...lines.map((drawn) => lianxin.drawn.build(drawn, document)));
    button.dataset.older = String(last);
    button.hidden = last <= 1;
    lianxin.incidentFiles.look(main);
    mark();
  }

  main.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (button?.dataset.noteSend !== undefined) write();
    if (button?.dataset.older !== undefined) older(button);
  });
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) write();
  });
  lianxin.incidentActs.listen(main, page, words, catchUp);
  const redraw = lianxin.incidentCourse.follow(main);
  const remap = lianxin.incidentMap.follow(main, words);
  lianxin.incidentFiles.listen(main, page, words, files, catchUp);
  setInterval(() => {
    line.watch();
    tellLine();
    mark();
  }, 1000);
  setInterval(drain, TRY_MS);
  root.addEventListener("online", () => {
    line.hurry();
    drain();
  });
  mark();
  showWaiting();
  drain();
})(globalThis);
