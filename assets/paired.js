/* A wall as a device: shows its code, goes on to its wall when let in, and follows what it is told. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const KEPT = "lianxin-screen";
  const OWN = "/api/v1/screens/me";
  const ASK_MS = 2000;
  const TURN_MS = 3600000;
  const AGAIN_MS = 10000;
  let leaves = false;

  /**
   * What a wall does with what it is told of itself.
   * @param {{address: string, reload_at: string|null}|null} kept what it followed last
   * @param {{state: string, address?: string, reload_at?: string|null}} told
   * @returns {{kept: Object|null, go: string|null}} what to keep, and where to go; null: stay
   */
  function follow(kept, told) {
    if (told.state !== "paired") return { kept: null, go: "/pair" };
    const now = { address: told.address, reload_at: told.reload_at ?? null };
    const same = kept && kept.address === now.address && kept.reload_at === now.reload_at;
    return { kept: now, go: same ? null : now.address };
  }

  /**
   * Write a code in two halves, as people read it out.
   * @param {string} code
   * @returns {string}
   */
  function spaced(code) {
    return `${code.slice(0, 3)} ${code.slice(3)}`;
  }

  /**
   * Read the token that shows a change comes from a page of ours.
   * @param {string} cookies as the document gives them
   * @returns {string}
   */
  function token(cookies) {
    return /(?:^|; )lianxin_csrf=([^;]*)/.exec(cookies)?.[1] ?? "";
  }

  /** Ask what this wall is; null while the server does not answer. */
  async function meet() {
    try {
      const headers = { "X-CSRF-Token": token(document.cookie), "Content-Type": "application/json" };
      const software = document.querySelector("main[data-software]")?.dataset.software ?? "";
      const body = JSON.stringify({ software });
      const answer = await fetch(OWN, { method: "POST", cache: "no-store", headers, body });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  function read() {
    try {
      return JSON.parse(localStorage.getItem(KEPT));
    } catch {
      return null;
    }
  }

  /** Take a step; once under way to another page nothing more, which would break that off. */
  function move(step) {
    if (leaves) return;
    if (step.kept) localStorage.setItem(KEPT, JSON.stringify(step.kept));
    else localStorage.removeItem(KEPT);
    if (step.go === null) return;
    leaves = true;
    // An address that differs in nothing would not load the page anew.
    if (location.pathname + location.search === step.go) location.reload();
    else location.assign(step.go);
  }

  /**
   * Show a code again on a wall that was let in.
   * @returns {boolean} false where this is no such wall
   */
  function shutOut() {
    if (!leaves && !read()) return false; // one under way may have forgotten what it was
    move(follow(null, { state: "revoked" }));
    return true;
  }

  /** Show the code until somebody has typed it in. */
  async function wait(page) {
    const told = await meet();
    if (told && told.state === "paired") return move(follow(null, told));
    page.querySelector(".pair-state").textContent = told ? "" : page.dataset.away;
    if (told) page.querySelector(".pair-code").textContent = spaced(told.code);
    setTimeout(() => wait(page), ASK_MS);
  }

  /** Follow what the wall is told, as long as the page is open. */
  function listen() {
    const line = new EventSource(`${OWN}/live`);
    line.addEventListener("screen", (event) => {
      const step = follow(read(), JSON.parse(event.data));
      if (step.go !== null) line.close();
      move(step);
    });
    line.addEventListener("error", () => {
      if (line.readyState !== EventSource.CLOSED) return;
      setTimeout(async () => {
        const told = await meet();
        if (told && told.state !== "paired") move(follow(read(), told));
        else listen();
      }, AGAIN_MS);
    });
  }

  /** Wait until Dash has drawn the page, then start once. */
  function boot() {
    const watcher = new MutationObserver(() => {
      const page = document.querySelector("main.pair");
      const wall = document.querySelector(".wall[data-scope]");
      if (!page && !wall) return;
      watcher.disconnect();
      if (page) wait(page);
      else if (read()) {
        meet(); // says of which version this page is
        listen();
        setInterval(meet, TURN_MS);
      }
    });
    watcher.observe(document.documentElement, { childList: true, subtree: true });
  }

  lianxin.paired = { follow, spaced, move, shutOut };
  if (root.document) boot();
})(globalThis);
