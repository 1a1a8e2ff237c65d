/* Keys that lead from scene to scene: a keyboard's, and those a presenter's remote sends. Pure. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  const ACTIONS = {
    ArrowRight: "next", PageDown: "next", MediaTrackNext: "next",
    ArrowLeft: "back", PageUp: "back", MediaTrackPrevious: "back",
    " ": "pause", MediaPlayPause: "pause", MediaPlay: "pause", MediaPause: "pause",
    Escape: "leave", s: "sound", S: "sound", v: "visitors", V: "visitors",
  };
  const SCROLLS = [" ", "PageDown", "PageUp"];

  /**
   * What a key asks for.
   * @param {{key: string, altKey: boolean, ctrlKey: boolean, metaKey: boolean}} event
   * @param {{pressable: boolean, map: boolean, scrolls: boolean}} here what has the focus: a button
   *   or link, which has the space bar to itself; the map, which the arrows pan; and whether the
   *   page is longer than the screen, so that page keys scroll it as everywhere
   * @returns {string|null} next, back, pause, leave, sound, visitors
   */
  function actionOf(event, here) {
    if (event.altKey || event.ctrlKey || event.metaKey) return null;
    const { key } = event;
    if (key === " " && here.pressable) return null;
    if (here.map && key.startsWith("Arrow")) return null;
    if (here.scrolls && SCROLLS.includes(key)) return null;
    return ACTIONS[key] || null;
  }

  /**
   * What an event's target means to the keys.
   * @param {KeyboardEvent} event
   * @param {Element} wall
   */
  function hereOf(event, wall) {
    const near = (selector) => Boolean(event.target.closest && event.target.closest(selector));
    return {
      pressable: near('button, a, [role="button"], [role="link"], input, select, textarea'),
      map: near(".leaflet-container"),
      scrolls: wall.scrollHeight > wall.clientHeight + 1,
    };
  }

  lianxin.remote = { actionOf, hereOf };
})(globalThis);
