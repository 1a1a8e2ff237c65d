/* What a leader's device keeps: the last picture for the time offline, and the marks of the last
   look. No ticket, no caller, no name of a person. Signing out drops the picture; the marks are
   numbers without names, under a mark that names nobody. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const PICTURE = "lianxin-leader-picture";
  const AT = "/leader/last-picture";
  const FORM = 1;
  const LOOK = "lianxin.leader.";

  // Every field that is kept by name: what a picture learns to tell later stays out of here.
  const TOTALS = ["opened_today", "closed_today", "open_now", "overdue_now", "expected_today", "figures_d",
    "on_time_rate", "satisfaction_rate", "solved_rate"];
  const DEPARTMENT = ["code", "name_zh", "name_en", "open_now", "overdue_now", "on_time_rate"];
  const CLUSTER = ["id", "category", "name_zh", "name_en", "district", "district_zh", "district_en", "callers",
    "expected", "since", "phase", "severity", "bulk", "alarm_state", "recurrence_d"];
  const ALARM = ["id", "version", "severity", "state", "raised", "flooded", "category", "name_zh", "name_en",
    "district", "district_zh", "district_en", "reasons"];

  const STAGE = ["code", "tickets", "median_h", "overdue"];

  const only = (names) => (row) => Object.fromEntries(
    names.filter((name) => name in row).map((name) => [name, row[name]]));
  const listed = (names, ...more) => (data) => ({ ...only(more)(data), rows: data.rows.map(only(names)) });
  const SECTIONS = {
    totals: only(TOTALS),
    departments: listed(DEPARTMENT, "left_out"),
    clusters: listed(CLUSTER, "left_out", "quality", "budget"),
    alarms: listed(ALARM, "left_out", "raised"),
    duties: (data) => ({ stages: data.stages.map(only(STAGE)) }),
  };

  /**
   * What of a picture is put away: aggregates by name, no arrivals, no cells.
   * @param {Object} picture
   * @returns {Object}
   */
  function trimmed(picture) {
    const sections = {};
    for (const [name, cut] of Object.entries(SECTIONS)) {
      const section = picture.sections[name];
      if (section) sections[name] = { as_of: section.as_of, state: section.state, data: cut(section.data) };
    }
    const { scope, seq, version, as_of } = picture;
    return { scope, seq, version, as_of, sections };
  }

  /**
   * Whether what was put away may be shown: to the same person, of the same scope, in time.
   * @param {Object|null} kept
   * @param {{scope: string, reader: string}} facts
   * @param {number} nowMs of this device
   */
  function mayShow(kept, facts, nowMs) {
    return Boolean(kept && kept.form === FORM && kept.reader === facts.reader
      && kept.picture.scope === facts.scope && (kept.until_ms === null || nowMs < kept.until_ms));
  }

  // One after another, so that nothing is put away behind the back of who drops everything.
  let turn = Promise.resolve();
  let ended = false;
  function inTurn(work) {
    turn = turn.then(work, work);
    return turn;
  }

  /** Drop the picture and the page; from then on this page keeps nothing. */
  function forget() {
    ended = true;
    return inTurn(drop);
  }

  async function drop() {
    const stores = root.caches ? await root.caches.keys() : [];
    await Promise.all(stores.filter((name) => name.startsWith("lianxin-leader-"))
      .map((name) => root.caches.delete(name)));
    const workers = root.navigator.serviceWorker ? await root.navigator.serviceWorker.getRegistrations() : [];
    await Promise.all(workers.filter((one) => new URL(one.scope).pathname === "/leader")
      .map((one) => one.unregister()));
  }

  /** Put a picture away; a device that keeps nothing goes without. */
  function put(picture, facts, nowMs) {
    return inTurn(() => (ended || !root.caches ? null : store(picture, facts, nowMs)));
  }

  async function store(picture, facts, nowMs) {
    const said = JSON.stringify({ form: FORM, reader: facts.reader, until_ms: facts.until_ms, at_ms: nowMs,
      picture: trimmed(picture) });
    const held = await root.caches.open(PICTURE);
    await held.put(AT, new Response(said, { headers: { "Content-Type": "application/json" } }));
  }

  /**
   * Take out what was put away.
   * @returns {Promise<{picture: Object, at_ms: number}|null>}
   */
  async function take(facts, nowMs) {
    if (!root.caches) return null;
    const found = await root.caches.match(AT, { cacheName: PICTURE });
    const kept = found ? await found.json() : null;
    if (!kept) return null;
    if (mayShow(kept, facts, nowMs)) return kept;
    await root.caches.delete(PICTURE);
    return null;
  }

  /** Let the browser keep this page: its worker keeps sheets and scripts, and from then on the page. */
  async function install(facts) {
    const workers = root.navigator.serviceWorker;
    if (!workers || !root.caches) return;
    await workers.register("/leader/worker.js", { scope: "/leader", updateViaCache: "none" });
    await workers.ready;
    const shell = await root.caches.open(`lianxin-leader-shell-${facts.version}`);
    if (await shell.match("/leader/page")) return;
    // The first time the page was there before its worker.
    const answer = await root.fetch(root.location.href, { cache: "no-store", redirect: "error" });
    if (answer.ok && !ended) await shell.put("/leader/page", answer);
  }

  /**
   * The marks of the last look, and those before them.
   * @param {Storage|null} storage
   * @param {{reader: string, scope: string}} facts
   */
  function looksOf(storage, facts) {
    const key = `${LOOK}${facts.reader}.${facts.scope}`;
    let held = { now: null, before: null };
    try {
      held = { ...held, ...JSON.parse((storage && storage.getItem(key)) || "{}") };
    } catch {
      held = { now: null, before: null }; // what another version left there
    }
    function write() {
      try {
        if (storage) storage.setItem(key, JSON.stringify(held));
      } catch {
        // A full or forbidden storage: this page's own memory has to do.
      }
    }
    return {
      marks: () => held.now,
      undoable: () => held.before !== null,
      /** The first look of all. */
      begin(marks) {
        held = { now: marks, before: null };
        write();
      },
      /** Everything up to these marks was seen. */
      seen(marks) {
        held = { now: marks, before: held.now };
        write();
      },
      /** It was not, after all. */
      undo() {
        if (held.before === null) return;
        held = { now: held.before, before: null };
        write();
      },
    };
  }

  lianxin.leaderKept = { trimmed, mayShow, forget, put, take, install, looksOf };
})(globalThis);
