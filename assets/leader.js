/* A leader's page, living: the line, the five numbers, what changed, what waits; and the picture
   that was kept, until the line stands. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const JUDGE_MS = 200;
  const SLOW_MS = 950;
  const KEEP_MS = 20000;
  const CUT = ["line_cut", "waiting"];

  /** Write the five numbers. */
  function numbersOf(page, told, still) {
    const { put, roll } = lianxin.numbers;
    const { mark } = lianxin.pieces;
    return (totals, marks) => {
      for (const one of lianxin.leaderFigures.figuresOf(totals, marks, told)) {
        const node = page.querySelector(`[data-figure="${one.name}"]`);
        const part = (name) => node.querySelector(`[data-figure-${name}]`);
        roll(part("value"), one.value, still);
        const unit = node.querySelector(".leader-unit");
        if (unit) unit.hidden = one.value === "–";
        put(part("state"), one.state);
        put(part("note"), one.note);
        put(part("sample"), one.sample);
        put(part("period"), one.period);
        mark(node, "tone", one.tone);
        mark(node.querySelector(".leader-mark"), "mark", one.mark);
      }
    };
  }

  /**
   * What changed, and the hands below it.
   * @param {Element} page
   * @param {Object} told
   * @param {Object} looks
   * @param {Object} rows
   * @param {function(): void} again asks for another drawing
   */
  function changedOf(page, told, looks, rows, again) {
    const { words } = told;
    const { put } = lianxin.numbers;
    const { fill } = lianxin.clock;
    const [note, seen, undo, says] = ['[data-note="changed"]', "[data-seen]", "[data-undo]", "[data-seen-told]"]
      .map((look) => page.querySelector(look));
    let newest = null;
    let first = false;
    let nowMs = 0;
    let seenNow = "";

    seen.addEventListener("click", () => {
      if (!newest) return;
      looks.seen(lianxin.leaderChanges.marksOf(newest));
      seenNow = fill(words.leader_seen, { time: told.time(nowMs) });
      first = false;
      again();
    });
    undo.addEventListener("click", () => {
      looks.undo();
      seenNow = "";
      again();
      seen.focus(); // the other way stands in its place again
    });

    function none() {
      if (first) return words.leader_first;
      return looks.marks() ? words.leader_nothing_changed : "";
    }

    return {
      /** @param {Object} picture @param {number} now @param {boolean} live what was kept is no look */
      show(picture, now, live) {
        nowMs = now;
        newest = live ? picture : null;
        if (live && !lianxin.leaderChanges.readable(looks.marks())) {
          looks.begin(lianxin.leaderChanges.marksOf(picture));
          first = true;
        }
        const marks = lianxin.leaderChanges.readable(looks.marks()) ? looks.marks() : null;
        const found = marks ? lianxin.leaderChanges.changesOf(marks, picture, told) : [];
        rows.changed(found, none());
        put(note, marks ? fill(words.leader_changed_since, { time: told.moment(Date.parse(marks.at), now) }) : "");
        put(says, seenNow);
        seen.disabled = !live;
        seen.hidden = !found.length;
        undo.hidden = !(seenNow && looks.undoable());
      },
      /** The marks there are to compare with: none on the first look of all. */
      marks: () => (!first && lianxin.leaderChanges.readable(looks.marks()) ? looks.marks() : null),
    };
  }

  /** Say of when the picture is, and that the line is cut where it is. */
  function whenOf(page, told) {
    const { words } = told;
    const { put } = lianxin.numbers;
    const { fill, age } = lianxin.clock;
    const [when, banner] = [page.querySelector(".leader-when"), page.querySelector(".leader-offline")];
    const about = banner.querySelector("span");
    return (asOfMs, nowMs, cut) => {
      const time = asOfMs === null ? "" : told.moment(asOfMs, nowMs);
      put(when, asOfMs === null ? "" : fill(words.leader_when, { time: told.clock(asOfMs) }));
      if (banner.hidden !== !cut) banner.hidden = !cut;
      if (!cut) return;
      put(about, asOfMs === null ? words.leader_offline_nothing
        : fill(words.leader_offline_about, { time, age: age((nowMs - asOfMs) / 1000, words) }));
    };
  }

  /**
   * @param {HTMLElement} page
   * @param {Object} facts what the page says of itself
   */
  function start(page, facts) {
    const face = lianxin.clock.faceOf(facts.zone, facts.language);
    const server = lianxin.clock.serverClock(() => performance.now());
    const told = { ...facts, time: face.time, moment: face.moment, clock: face.clock };
    const trust = lianxin.trust.trustOf(page, facts.words);
    const looks = lianxin.leaderKept.looksOf(root.localStorage, facts);
    const rows = lianxin.leaderRows.rowsOf(page, told);
    const numbers = numbersOf(page, told, matchMedia("(prefers-reduced-motion: reduce)").matches);
    const waits = lianxin.leaderWaits.waitsOf(page, told);
    const duties = lianxin.leaderDuties.dutiesOf(page, told);
    const tellWhen = whenOf(page, told);
    const changed = changedOf(page, told, looks, rows, () => draw(true));
    let picture = null;
    let kept = null; // when this device put away what is shown, while that is not from the line
    let drawnAt = -Infinity;
    let keptAt = -Infinity;

    const dataOf = (name) => {
      const section = picture.sections[name];
      return section && section.state !== "off" ? section.data : null;
    };
    /** The city's time: by the line, else as far on from the picture as this device's clock went. */
    function nowMs() {
      const said = server.now();
      if (said !== null) return said;
      return picture ? Date.parse(picture.as_of) + (kept === null ? 0 : Math.max(0, Date.now() - kept)) : Date.now();
    }

    function draw(all) {
      if (!picture) return;
      const now = performance.now();
      const [totals, at] = [dataOf("totals"), nowMs()];
      if (totals) numbers(totals, changed.marks());
      if (!all && now - drawnAt < SLOW_MS) return;
      drawnAt = now;
      waits.show(dataOf("alarms"), at);
      changed.show(picture, at, kept === null);
      rows.clusters(dataOf("clusters"), at);
      rows.departments(dataOf("departments"));
      duties(dataOf("duties"));
    }

    function keep() {
      if (!picture || kept !== null) return;
      keptAt = performance.now();
      lianxin.leaderKept.put(picture, facts, Date.now()).catch(() => {}); // a full device goes without
    }

    const line = lianxin.stream.keepOpen(`/api/v1/live/${encodeURIComponent(facts.scope)}`, {
      picture(said) {
        const begins = !picture || kept !== null;
        [picture, kept] = [said, null];
        page.dataset.kept = "";
        page.dataset.seq = String(said.seq);
        trust.picture(said, performance.now());
        draw(begins);
        if (begins) lianxin.leaderKept.install(facts).catch(() => {}); // without, it needs its network
        if (performance.now() - keptAt >= KEEP_MS) keep();
      },
      beat(said) {
        server.set(Date.parse(said.now));
        trust.beat(said, performance.now());
        judge();
      },
    });

    function judge() {
      trust.tell(performance.now(), line.silence_s());
      const silent = line.silence_s() >= lianxin.freshness.LATE_S || root.navigator.onLine === false;
      const cut = silent && CUT.includes(page.dataset.link);
      tellWhen(picture ? Date.parse(picture.as_of) : null, nowMs(), cut);
    }

    lianxin.leaderKept.take(facts, Date.now()).then((found) => {
      if (!found || picture) return;
      [picture, kept] = [found.picture, found.at_ms];
      page.dataset.kept = "1";
      draw(true);
      judge();
    }).catch(() => {}); // what cannot be read is not there
    setInterval(judge, JUDGE_MS);
    setInterval(() => { line.watch(); draw(false); }, 1000);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) keep();
      else line.hurry();
    });
    root.addEventListener("online", () => line.hurry());
  }

  lianxin.leader = { start };
  const page = root.document && root.document.querySelector("main.leader[data-scope]");
  if (page) start(page, JSON.parse(root.document.getElementById("page-facts").textContent));
})(globalThis);
