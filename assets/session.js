/* Who is signed in: a page whose session has ended goes to the sign-in page, and back again. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const ASK_MS = 5000;

  /**
   * Where to sign in, and come back from.
   * @param {{pathname: string, search: string}} place
   * @returns {string}
   */
  function loginFor(place) {
    return `/login?next=${encodeURIComponent(place.pathname + place.search)}`;
  }

  /**
   * Whether an answer says that nobody is signed in any more.
   * @param {string} url
   * @param {number} status
   * @param {string} origin
   */
  function hasEnded(url, status, origin) {
    if (status !== 401) return false;
    const asked = new URL(url, origin);
    return asked.origin === origin && /^\/(_dash|api\/v1\/session|account\/)/.test(asked.pathname);
  }

  /**
   * The page's token against requests of other sites, where the server hands one out.
   * @param {string} cookies as document.cookie gives them
   * @returns {string} empty without one
   */
  function pageToken(cookies) {
    const found = cookies.split("; ").find((one) => one.startsWith("lianxin_csrf="));
    return found ? found.slice("lianxin_csrf=".length) : "";
  }

  /** Let every form carry the page's token. */
  function carryToken() {
    root.document.addEventListener("submit", (event) => {
      if (event.target.getAttribute("action") === "/logout") forget();
      const token = pageToken(root.document.cookie);
      if (!token || event.target.method !== "post") return;
      const field = event.target.elements.csrf_token || root.document.createElement("input");
      Object.assign(field, { type: "hidden", name: "csrf_token", value: token });
      event.target.append(field);
    }, true);
  }

  /** What a device keeps of a leader's page goes with the session. */
  function forget() {
    lianxin.leaderKept.forget().catch(() => {}); // a browser that keeps nothing has nothing to drop
  }

  /** Leave for the sign-in page, unless this is it; a wall that was let in shows a code again. */
  function leave() {
    forget();
    if (lianxin.paired?.shutOut()) return; // no page of a wall is without it
    if (!/^\/(login)?$/.test(root.location.pathname)) root.location.replace(loginFor(root.location));
  }

  /** Watch every answer for the end of the session, and ask when the line of a wall is lost. */
  function watch() {
    const plain = root.fetch.bind(root);
    let askedAt = -Infinity;
    root.fetch = async (input, init) => {
      const answer = await plain(input, init);
      if (hasEnded(input.url || String(input), answer.status, root.location.origin)) leave();
      return answer;
    };
    root.document.addEventListener("lianxin:line-lost", () => {
      if (performance.now() - askedAt < ASK_MS) return;
      askedAt = performance.now();
      // Where there are no accounts this address is not known, and nothing happens.
      root.fetch("/api/v1/session", { cache: "no-store" }).catch(() => {});
    });
  }

  /**
   * Tell whether an address stays on this server, as a browser reads it: it drops tabs and turns \\.
   * @param {string} next
   * @param {string} origin
   * @returns {boolean}
   */
  function isOwn(next, origin) {
    try {
      return next.startsWith("/") && new URL(next, origin).origin === origin;
    } catch {
      return false;
    }
  }

  /** Someone who comes from another site has left the cookie behind, and is signed in after all. */
  async function goOn() {
    const asked = new URLSearchParams(root.location.search);
    if (root.location.pathname !== "/login" || asked.get("told") || asked.get("step")) return;
    if (!asked.get("next")) return;
    const answer = await root.fetch("/api/v1/session", { cache: "no-store" }).catch(() => null);
    const next = asked.get("next");
    if (answer && answer.ok && isOwn(next, root.location.origin)) root.location.replace(next);
  }

  lianxin.session = { loginFor, hasEnded, isOwn, pageToken };
  if (root.document) {
    watch();
    carryToken();
    goOn();
    if (root.location.pathname === "/login") forget();
  }
})(globalThis);
