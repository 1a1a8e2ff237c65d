/* Which scene stands, for how long, and which comes next. Pure: time is handed in, a new state
   is handed back. A program is a list of stops; a jump interrupts it and leads back. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const LEAST_S = 3;
  const MOST_S = 3600;
  const USUAL_S = 30;
  const BACK_LEAST_MS = 5000; // what a scene has left after a jump, at least
  const FIRST = "overview";
  const ALARMS = "alarms"; // in a program: every open alarm in turn, as "incidents" is every open one

  /**
   * Read a program: "overview:30,map:20"; what is unknown is left out.
   * @param {string|null} text
   * @param {string[]} known names of scenes
   * @returns {Array<{scene: string, dwell_s: number}>}
   */
  function parse(text, known) {
    return (text || "").split(",").map((part) => {
      const [scene, dwell] = part.trim().split(":");
      const asked = Number(dwell);
      const dwell_s = dwell && Number.isFinite(asked) ? asked : USUAL_S;
      return { scene, dwell_s: Math.min(MOST_S, Math.max(LEAST_S, dwell_s)) };
    }).filter((stop) => known.includes(stop.scene) || stop.scene === ALARMS);
  }

  /**
   * Put scenes where the program speaks of all of a kind; a kind that has none is passed by.
   * @param {Array<{scene: string, dwell_s: number}>} program
   * @param {Object<string, string[]>} kinds names of scenes by kind: alarms, incidents
   */
  function expand(program, kinds) {
    return program.flatMap((stop) => (kinds[stop.scene]
      ? kinds[stop.scene].map((scene) => ({ scene, dwell_s: stop.dwell_s })) : [stop]));
  }

  const dwellMs = (state, scene) =>
    (state.stops.find((stop) => stop.scene === scene) || { dwell_s: USUAL_S }).dwell_s * 1000;

  /** Stand at a scene from now on, with its full dwell. */
  function at(state, scene, now) {
    const place = state.stops[state.place]?.scene === scene
      ? state.place : state.stops.findIndex((stop) => stop.scene === scene);
    return { ...state, scene, at: now, left_ms: dwellMs(state, scene),
      place: place < 0 ? state.place : place };
  }

  /**
   * @param {Array<{scene: string, dwell_s: number}>} stops empty where nothing rotates
   * @param {string} scene the first to stand
   * @param {number} now ms
   * @param {boolean} paused
   */
  function start(stops, scene, now, paused) {
    return at({ stops, place: -1, paused, jumps: [], home: null }, scene, now);
  }

  /** @returns {boolean} whether the present scene will give way by itself */
  function rolls(state) {
    const elsewhere = state.stops.some((stop) => stop.scene !== state.scene);
    return state.jumps.length > 0 || elsewhere;
  }

  /** @returns {number|null} seconds until the scene gives way, null where it does not */
  function left_s(state) {
    return rolls(state) ? Math.max(0, Math.ceil(state.left_ms / 1000)) : null;
  }

  /** The same state without its jumps; who paused before the jump still means it. */
  const freed = (state) => ({ ...state, jumps: [], home: null,
    paused: state.paused || Boolean(state.home && state.home.paused) });

  /**
   * Take a new program, because alarms came or went; the scene that stands goes on standing.
   * @param {Object} state
   * @param {Array<{scene: string, dwell_s: number}>} stops
   */
  function restop(state, stops) {
    if (JSON.stringify(stops) === JSON.stringify(state.stops)) return state;
    const shown = state.home ? state.home.scene : state.scene;
    const here = stops[state.place]?.scene === shown
      ? state.place : stops.findIndex((stop) => stop.scene === shown);
    // A stop that is gone gives its place to the one after it.
    const before = state.stops[state.place]?.scene === shown ? state.place - 1 : state.place;
    return { ...state, stops, place: here < 0 ? Math.min(before, stops.length - 1) : here };
  }

  /** Go to the next or the previous of `list`, counted from `from`; a jump is over with that. */
  function step(state, list, by, now) {
    const from = state.home ? state.home.scene : state.scene;
    const free = freed(state);
    if (!list.length) return at(free, from, now);
    const here = list[state.place] === from ? state.place : list.indexOf(from);
    const start = here < 0 && by < 0 ? 0 : here;
    const place = (start + by + list.length) % list.length;
    return at({ ...free, place }, list[place], now);
  }

  function nextStop(state, now) {
    const names = state.stops.map((stop) => stop.scene);
    const known = names.includes(state.scene) ? state.scene : names[state.place];
    return step({ ...state, scene: known ?? state.scene }, names, 1, now);
  }

  /** End the jump that stands: to the one that waits, or back to where it interrupted. */
  function endJump(state, now) {
    const jumps = state.jumps.slice(1);
    if (jumps.length) {
      return { ...state, jumps, scene: jumps[0].scene, left_ms: jumps[0].dwell_s * 1000, at: now };
    }
    const { home } = state;
    return { ...state, jumps, home: null, scene: home.scene, at: now, paused: home.paused,
      left_ms: Math.max(home.left_ms, BACK_LEAST_MS) };
  }

  /** Let time pass. */
  function tick(state, now) {
    if (state.paused || !rolls(state)) return { ...state, at: now };
    const left_ms = state.left_ms - (now - state.at);
    if (left_ms > 0) return { ...state, left_ms, at: now };
    return state.jumps.length ? endJump(state, now) : nextStop(state, now);
  }

  /** Show a scene because somebody asked for it. */
  function go(state, scene, now) {
    return at(freed(state), scene, now);
  }

  /** End every jump and be back where it interrupted. */
  function leave(state, now) {
    return state.jumps.length ? endJump({ ...state, jumps: state.jumps.slice(0, 1) }, now) : state;
  }

  /** Interrupt for scenes nobody asked for, one after the other, each for `dwell_s`. */
  function jump(state, scenes, dwell_s, now) {
    const waiting = state.jumps.map((one) => one.scene);
    const fresh = scenes.filter((scene) => scene !== state.scene && !waiting.includes(scene));
    if (!fresh.length) return state;
    const jumps = [...state.jumps, ...fresh.map((scene) => ({ scene, dwell_s }))];
    if (state.jumps.length) return { ...state, jumps };
    const home = { scene: state.scene, left_ms: state.left_ms, paused: state.paused };
    return { ...state, jumps, home, paused: false, scene: jumps[0].scene,
      left_ms: dwell_s * 1000, at: now };
  }

  /**
   * Leave what is over: a jump whose alarm was acknowledged, a scene that is no more. A jump
   * that somebody paused stands as long as its scene does.
   * @param {Object} state
   * @param {{presses: function(string): boolean, stands: function(string): boolean,
   *   instead: function(string): string|undefined}} is whether a jump is still called for; whether a
   *   scene still exists; which one takes its place where nothing rotates
   * @param {number} now
   */
  function settle(state, is, now) {
    if (!state.jumps.length) {
      if (is.stands(state.scene)) return state;
      return state.stops.length ? nextStop(state, now)
        : at(state, is.instead(state.scene) || FIRST, now);
    }
    const home = is.stands(state.home.scene) ? state.home : { ...state.home, scene: is.instead(state.home.scene) || FIRST };
    const [first, ...rest] = state.jumps;
    const waiting = rest.filter((one) => is.presses(one.scene));
    const stays = state.paused ? is.stands(first.scene) : is.presses(first.scene);
    const settled = { ...state, home, jumps: [first, ...waiting] };
    return stays ? settled : endJump(settled, now);
  }

  /** Stand still, or go on; nothing gives way in the very moment somebody lets go. */
  function pause(state, now) {
    const left_ms = state.paused ? Math.max(state.left_ms, BACK_LEAST_MS) : state.left_ms;
    return { ...state, paused: !state.paused, left_ms, at: now };
  }

  /** Somebody touches the screen: the scene does not go from under the hand. */
  function hold(state, least_ms, now) {
    return { ...state, left_ms: Math.max(state.left_ms, least_ms), at: now };
  }

  lianxin.rotation = { parse, expand, start, rolls, left_s, step, tick, go, jump, settle, leave,
    pause, hold, restop };
})(globalThis);
