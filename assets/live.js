/* The wall, living: joins the line, the numbers, the tables, the chart and the map. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SLOW_MS = 1000;
  const SHIFT_MS = 180000;
  const JUDGE_MS = 200; // late means three seconds, not three and the rest of this page's own
  // Four corners a few pixels apart: no letter burns into the same pixels for weeks.
  const SHIFTS = [[0, 0], [3, 1], [2, 4], [-2, 2], [-3, -2], [1, -3]];

  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** Write the clock and the day into the head. */
  function clockOf(wall, facts, face) {
    const { put } = lianxin.numbers;
    return (now) => {
      put(wall.querySelector(".clock"), face.clock(now));
      put(wall.querySelector(".date-day"), face.date(now));
      const named = facts.named_days[face.day(now)];
      put(wall.querySelector(".date-name"), [face.weekday(now), named].filter(Boolean).join(" · "));
    };
  }

  /** Move the whole wall by a few pixels every few minutes. */
  function keepMoving(wall) {
    let shift = 0;
    setInterval(() => {
      shift = (shift + 1) % SHIFTS.length;
      wall.style.setProperty("--shift", SHIFTS[shift].map((n) => `${n}px`).join(" "));
    }, SHIFT_MS);
  }

  /**
   * Draw pictures: the quick parts at each, the slow parts once a second, everything at once
   * when the scene or the room has changed.
   * @param {{screen: Object, bar: Object}} to
   * @param {function(): number|null} serverNow
   * @param {function(Object): void} done told the picture that stands
   */
  function painterOf(to, serverNow, done) {
    let picture = null;
    let shown = null;
    let slowAt = -Infinity;
    let frame = null;

    function paint() {
      frame = null;
      if (!picture) return;
      const now = performance.now();
      const nowMs = serverNow() ?? Date.parse(picture.as_of);
      const all = slowAt === -Infinity;
      const fresh = picture !== shown;
      shown = picture; // before `done`, which may turn the scene and so come back here
      if (fresh || all) to.screen.quick(picture, nowMs);
      if (fresh) done(picture);
      if (now - slowAt < SLOW_MS - 50) return;
      slowAt = now;
      to.screen.slow(picture, nowMs);
    }

    return {
      /** Draw soon. */
      soon() { if (frame === null) frame = requestAnimationFrame(paint); },
      /** Draw all of it soon. */
      anew() {
        slowAt = -Infinity;
        this.soon();
      },
      /** Draw all of it now: before the next frame, so that no empty panel is ever seen. */
      now() {
        slowAt = -Infinity;
        paint();
      },
      /** @param {Object} said the newest picture */
      take(said) {
        picture = said;
        this.soon();
      },
      /** Draw that nothing is known. */
      blank() {
        if (picture) picture = { ...picture, sections: {} };
        this.now();
      },
    };
  }

  /**
   * Start a wall that Dash has drawn.
   * @param {HTMLElement} wall
   * @param {Object} facts what the page says of itself
   */
  function start(wall, facts) {
    const { words } = facts;
    const face = lianxin.clock.faceOf(facts.zone, facts.language);
    const server = lianxin.clock.serverClock(() => performance.now());
    const told = { ...facts, time: face.time, moment: face.moment, day: face.shortDay };
    const still = isStill();
    const trust = lianxin.trust.trustOf(wall, words);
    const sound = lianxin.sound.soundOf(wall, words);
    const tellTime = clockOf(wall, facts, face);
    const to = {};
    const painter = painterOf(to, server.now, (picture) => {
      wall.dataset.seq = String(picture.seq);
      to.bar.show(lianxin.screen.dataOf(picture, "alarms"));
      const incidents = lianxin.screen.dataOf(picture, "incidents");
      if (wall.dataset.visitors) scenes.incidents(null);
      else if (incidents) scenes.incidents(lianxin.matterCase.pagesOf(incidents));
    });
    to.screen = lianxin.screen.screenOf(wall, facts, told, { still, again: () => painter.anew() });
    const scenes = lianxin.scenes.scenesOf(wall, facts, {
      sound: sound.toggle,
      visitors: () => visitors.toggle(),
      changed(alarm, incident) {
        to.screen.turn(alarm, incident);
        painter.now();
      },
    });
    to.bar = lianxin.alarmBar.alarmBarOf(wall, told, facts.scope, { scenes, sound });

    const heard = {
      picture(said) {
        visitors.arrived();
        trust.picture(said, performance.now());
        painter.take(said);
      },
      beat(said) {
        server.set(Date.parse(said.now));
        trust.beat(said, performance.now());
        trust.tell(performance.now(), 0);
      },
    };
    const visitors = lianxin.visitors.visitorsOf(wall, root.sessionStorage, () => {
      line.close();
      sound.hush();
      wall.querySelector(".announcer").textContent = "";
      painter.blank();
      to.screen.wipe();
      line = lianxin.stream.keepOpen(visitors.address(facts.scope), heard);
    });
    let line = lianxin.stream.keepOpen(visitors.address(facts.scope), heard);

    function second() {
      line.watch();
      if (server.now() !== null) tellTime(server.now());
      painter.soon();
      setTimeout(second, 1000 - ((server.now() ?? Date.now()) % 1000) + 5);
    }

    setInterval(() => trust.tell(performance.now(), line.silence_s()), JUDGE_MS);
    keepMoving(wall);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) line.hurry(); });
    root.addEventListener("online", () => line.hurry());
    second();
  }

  /** Wait until Dash has drawn the wall, then start it once. */
  function boot() {
    const found = () => {
      const wall = document.querySelector(".wall[data-scope]");
      const facts = document.getElementById("page-facts");
      return wall && facts ? [wall, JSON.parse(facts.textContent)] : null;
    };
    const watcher = new MutationObserver(() => {
      const both = found();
      if (!both) return;
      watcher.disconnect();
      start(...both);
    });
    watcher.observe(document.documentElement, { childList: true, subtree: true });
  }

  lianxin.live = { start };
  if (root.document) boot();
})(globalThis);
