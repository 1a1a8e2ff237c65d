/* The line to the server: one EventSource that is closed and opened again when it goes quiet. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  const FIRST_MS = 500;
  const MOST_MS = 15000;
  // Native EventSource never retries after an answer other than 200, and not at all when the
  // server accepts and stays silent: the watchdog opens it anew in both cases.
  const QUIET_MS = 5000;
  const FRESH_LINE_MS = 8000;

  /**
   * How long to wait before the next try: doubling, and shifted by chance so that a hundred
   * walls do not knock at the same moment.
   * @param {number} tries failed so far, from 0
   * @param {() => number} chance uniform in [0, 1)
   * @returns {number} milliseconds
   */
  function backOff(tries, chance) {
    const most = Math.min(MOST_MS, FIRST_MS * 2 ** tries);
    return Math.round(most / 2 + (most / 2) * chance());
  }

  /**
   * Keep a line open.
   * @param {string|function(): string} url asked anew at each try where it is a function
   * @param {Object<string, function(Object)>} hear what is called with each kind of event
   * @param {{open?: function(string), now?: function(): number, chance?: function(): number,
   *   later?: function(function(), number), cancel?: function(*)}} [world] for tests
   */
  function keepOpen(url, hear, world = {}) {
    const open = world.open || ((address) => new EventSource(address));
    const now = world.now || (() => performance.now());
    const chance = world.chance || Math.random;
    const later = world.later || ((work, ms) => setTimeout(work, ms));
    const cancel = world.cancel || ((timer) => clearTimeout(timer));
    // It may be that nobody is signed in any more: session.js looks.
    const lost = () => root.document && root.document.dispatchEvent(new Event("lianxin:line-lost"));
    let source = null;
    let heardAt = null;
    let openedAt = 0;
    let tries = 0;
    let timer = null;
    const startedAt = now();

    function heard(tell) {
      return (event) => {
        heardAt = now();
        tries = 0;
        tell(JSON.parse(event.data));
      };
    }

    function close() {
      if (timer !== null) cancel(timer);
      timer = null;
      if (source) source.close();
      source = null;
    }

    function connect() {
      close();
      openedAt = now();
      source = open(typeof url === "function" ? url() : url);
      for (const [event, tell] of Object.entries(hear)) source.addEventListener(event, heard(tell));
      source.addEventListener("error", again);
    }

    function again() {
      if (timer !== null) return;
      close();
      lost();
      timer = later(connect, backOff(tries, chance));
      tries += 1;
    }

    connect();
    return {
      /** @returns {number} seconds since anything was heard, or since the start */
      silence_s: () => (now() - (heardAt ?? startedAt)) / 1000,
      /** Open anew when the line is open but quiet. Called every second. */
      watch() {
        const quiet_ms = now() - (heardAt ?? startedAt);
        const line_ms = now() - openedAt;
        if (timer === null && quiet_ms > QUIET_MS && line_ms > FRESH_LINE_MS) again();
      },
      /** Try at once: the page became visible, or the machine is online again. */
      hurry() {
        if (now() - (heardAt ?? startedAt) > 2000) {
          tries = 0;
          connect();
        }
      },
      close,
    };
  }

  lianxin.stream = { backOff, keepOpen };
})(globalThis);
