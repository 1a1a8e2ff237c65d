/* The scenes of one wall: which stands, by whose wish, and how the address and the foot tell it.
   A scene is a layout of the same nodes (assets/08_scenes.css): nothing is made anew. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const TICK_MS = 250;
  const TOUCH_MS = 60000; // under a hand the scene stands at least so long
  const ALARM = "alarm-";
  const INCIDENTS = "incidents"; // the gravest of them
  const INCIDENT = "incident-";

  /**
   * Read what the address asks for.
   * @param {string} search
   * @returns {{scene: string|null, rotate: string|null, paused: boolean}}
   */
  function fromQuery(search) {
    const query = new URLSearchParams(search);
    return { scene: query.get("scene"), rotate: query.get("rotate"), paused: query.get("paused") === "1" };
  }

  /**
   * Write what stands into the address, leaving everything else in it alone.
   * @param {string} search
   * @param {{scene: string, paused: boolean}} state
   * @param {string} first the scene that needs no mention
   * @returns {string} with its question mark, or empty
   */
  function toQuery(search, state, first) {
    const query = new URLSearchParams(search);
    if (state.scene === first) query.delete("scene");
    else query.set("scene", state.scene);
    if (state.paused) query.set("paused", "1");
    else query.delete("paused");
    // A program stays readable: these two need no escape in a query.
    const text = query.toString().replace(/%3A/g, ":").replace(/%2C/g, ",");
    return text ? `?${text}` : "";
  }

  /** @returns {string|null} the alarm a scene stands for */
  const alarmOf = (scene) => (scene.startsWith(ALARM) ? scene.slice(ALARM.length) : null);

  /** @returns {string|null} the incident a scene stands for */
  const incidentOf = (scene) => (scene.startsWith(INCIDENT) ? scene.slice(INCIDENT.length) : null);

  /** @returns {string} how the layout calls a scene */
  const layoutOf = (scene) => (alarmOf(scene) !== null ? "alarm" : incidentOf(scene) !== null ? INCIDENTS : scene);

  /**
   * The scenes of open incidents: the gravest stands under the common name, whichever it is, unless
   * a wall was told to show this very one.
   * @param {string[]} ids the gravest first
   * @param {string} scene that stands
   * @returns {string[]}
   */
  const pagesOf = (ids, scene) => ids.map((id, place) => (
    place || scene === INCIDENT + id ? INCIDENT + id : INCIDENTS));

  /** @returns {string} what the foot says of the time that is left */
  function leftOf(state, words) {
    if (state.paused) return words.paused;
    const left = lianxin.rotation.left_s(state);
    if (left === null) return "";
    return lianxin.clock.fill(state.jumps.length ? words.scene_back : words.scene_left, { n: left });
  }

  /** The foot: which scene stands, whether it is paused, how long it will stand. */
  function footOf(wall, words) {
    const { put } = lianxin.numbers;
    const buttons = [...wall.querySelectorAll(".scenes [data-scene-go]")];
    const alarm = wall.querySelector(".scene-alarm");
    const pause = wall.querySelector(".scene-pause");
    const left = wall.querySelector(".scene-left");
    return {
      names: buttons.map((button) => button.dataset.sceneGo),
      /** Take a scene's button off, or put it back. */
      offer(name, isThere) {
        const button = buttons.find((one) => one.dataset.sceneGo === name);
        if (button.hidden === isThere) button.hidden = !isThere;
      },
      tell(state, alarms) {
        for (const button of buttons) {
          const current = String(button.dataset.sceneGo === layoutOf(state.scene));
          if (button.getAttribute("aria-current") !== current) button.setAttribute("aria-current", current);
        }
        const place = alarms.indexOf(alarmOf(state.scene));
        alarm.hidden = alarmOf(state.scene) === null;
        put(alarm, place < 0 || alarms.length < 2 ? words.alarm : `${words.alarm} ${place + 1}/${alarms.length}`);
        pause.hidden = !state.paused && !lianxin.rotation.rolls(state);
        pause.setAttribute("aria-pressed", String(state.paused));
        put(left, leftOf(state, words));
      },
    };
  }

  /** Let fingers and keys lead. `lead` has a function for each action. */
  function listen(wall, lead) {
    wall.addEventListener("click", (event) => {
      const go = event.target.closest("[data-scene-go]");
      if (go && go.dataset.sceneGo) lead.go(go.dataset.sceneGo);
      if (event.target.closest(".scene-pause")) lead.pause();
      if (event.target.closest(".sound")) lead.sound();
      if (event.target.closest(".visitors")) lead.visitors();
    });
    wall.addEventListener("pointerdown", () => lead.hold());
    document.addEventListener("keydown", (event) => {
      const action = lianxin.remote.actionOf(event, lianxin.remote.hereOf(event, wall));
      if (!action) return;
      if (action !== "leave") event.preventDefault();
      lead[action]();
    });
  }

  /**
   * @param {Element} wall
   * @param {{words: Object, rotation: string, jump_s: number}} facts
   * @param {{changed: function(string|null, string|null), sound: function(), visitors: function()}} hooks
   *   `changed` is told the alarm and the incident whose scene stands now, after the layout has
   *   changed and before anything is painted
   */
  function scenesOf(wall, facts, hooks) {
    const { rotation } = lianxin;
    const foot = footOf(wall, facts.words);
    const [first] = foot.names;
    const asked = fromQuery(location.search);
    const program = rotation.parse(asked.rotate ?? facts.rotation, foot.names);
    const is = (scene) => scene && (foot.names.includes(scene) || alarmOf(scene) !== null
      || incidentOf(scene) !== null);
    let alarms = [];
    let incidents = [];
    let offered = true; // incidents are nothing for visitors
    let state = null;
    const now = () => performance.now();
    const kinds = () => ({ alarms: alarms.map((id) => ALARM + id),
      incidents: pagesOf(incidents, state ? state.scene : "") });
    const standsNow = (scene) => (alarmOf(scene) !== null ? alarms.includes(alarmOf(scene))
      : incidentOf(scene) !== null ? incidents.includes(incidentOf(scene)) : scene !== INCIDENTS || offered);

    /** The scenes the arrows lead through. */
    function round() {
      if (state.stops.length) return state.stops.map((stop) => stop.scene);
      const pages = incidents.length ? kinds().incidents : [INCIDENTS].filter(() => offered);
      return [...foot.names.flatMap((name) => (name === INCIDENTS ? pages : [name])), ...kinds().alarms];
    }

    function become(next) {
      const before = state;
      state = next;
      if (!before || before.scene !== state.scene) {
        wall.dataset.scene = layoutOf(state.scene);
        hooks.changed(alarmOf(state.scene), incidentOf(state.scene));
      }
      // A jump is nobody's wish: after a reload the wall is where it was before it.
      if (!state.jumps.length) address();
      foot.tell(state, alarms);
    }

    function address() {
      const query = toQuery(location.search, state, first);
      if (query === location.search) return;
      history.replaceState(history.state, "", location.pathname + query + location.hash);
    }

    const begins = (program.find((stop) => is(stop.scene)) || { scene: first }).scene;
    become(rotation.start(rotation.expand(program, kinds()), is(asked.scene) ? asked.scene : begins, now(), asked.paused));
    setInterval(() => become(rotation.tick(state, now())), TICK_MS);
    listen(wall, {
      go: (scene) => become(rotation.go(state, scene, now())),
      next: () => become(rotation.step(state, round(), 1, now())),
      back: () => become(rotation.step(state, round(), -1, now())),
      pause: () => become(rotation.pause(state, now())),
      leave: () => become(rotation.leave(state, now())),
      hold: () => { state = rotation.hold(state, TOUCH_MS, now()); },
      sound: hooks.sound,
      visitors: hooks.visitors,
    });
    /** Take what came or went: the program follows, and what is no more is left. */
    function settle(presses) {
      state = rotation.restop(state, rotation.expand(program, kinds()));
      const instead = (scene) => (offered && incidentOf(scene) !== null ? INCIDENTS : undefined);
      become(rotation.settle(state, { presses, stands: standsNow, instead }, now()));
    }

    let pressing = () => false;
    return {
      /** Take the alarms of a picture: their ids in order, and whether one still presses. */
      alarms(ids, presses) {
        alarms = ids;
        pressing = (scene) => presses(alarmOf(scene));
        settle(pressing);
      },
      /** Take the incidents a wall pages through, the gravest first; null where they are nothing for it. */
      incidents(ids) {
        incidents = ids || [];
        offered = ids !== null;
        foot.offer(INCIDENTS, offered);
        settle(pressing);
      },
      /** Interrupt for new critical alarms. */
      jump(ids) {
        if (facts.jump_s > 0) become(rotation.jump(state, ids.map((id) => ALARM + id), facts.jump_s, now()));
      },
    };
  }

  lianxin.scenes = { fromQuery, toQuery, alarmOf, incidentOf, pagesOf, leftOf, scenesOf };
})(globalThis);
