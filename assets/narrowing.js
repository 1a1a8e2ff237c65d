/* Narrowing the map: what is chosen, kept in the address, asked of the server while it lasts. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const KINDS = ["measure", "category", "district", "department"];
  const MEASURES = ["open", "overdue", "urgent", "unassigned"];
  const AGAIN_MS = 5000;

  /**
   * Read what is chosen from an address's query.
   * @param {string} search
   * @returns {Object<string, string>}
   */
  function fromQuery(search) {
    const query = new URLSearchParams(search);
    const chosen = {};
    for (const kind of KINDS) {
      const value = query.get(kind);
      if (value && (kind !== "measure" || MEASURES.includes(value))) chosen[kind] = value;
    }
    return chosen;
  }

  /**
   * Write what is chosen into a query, leaving everything else in it alone.
   * @param {string} search
   * @param {Object<string, string>} chosen
   * @returns {string} with its question mark, or empty
   */
  function toQuery(search, chosen) {
    const query = new URLSearchParams(search);
    for (const kind of KINDS) {
      if (chosen[kind]) query.set(kind, chosen[kind]);
      else query.delete(kind);
    }
    const text = query.toString();
    return text ? `?${text}` : "";
  }

  /**
   * Choose, or choose again to let go.
   * @param {Object<string, string>} chosen
   * @param {string} kind
   * @param {string} value
   * @returns {Object<string, string>}
   */
  function toggle(chosen, kind, value) {
    const next = { ...chosen };
    if (next[kind] === value) delete next[kind];
    else next[kind] = value;
    return next;
  }

  /** @returns {string} the address that answers for what is chosen */
  function addressOf(scope, chosen) {
    const query = toQuery("", chosen);
    return `/api/v1/cells/${encodeURIComponent(scope)}${query}`;
  }

  /**
   * Take charge of the narrowing of one wall.
   * @param {string} scope
   * @param {function(Object, Object|null, boolean)} changed chosen, answer, whether it failed
   */
  function narrowing(scope, changed) {
    let chosen = fromQuery(location.search);
    let asking = null;
    let timer = null;
    let answer = null;

    async function ask() {
      clearTimeout(timer);
      if (asking) asking.abort();
      if (!Object.keys(chosen).length) return;
      const mine = (asking = new AbortController());
      let failed = false;
      try {
        const reply = await fetch(addressOf(scope, chosen), { signal: mine.signal });
        if (!reply.ok) throw new Error(`cells answered ${reply.status}`);
        answer = await reply.json();
      } catch (error) {
        if (mine.signal.aborted) return;
        failed = true;
      }
      if (mine !== asking) return;
      changed(chosen, answer, failed);
      timer = setTimeout(ask, AGAIN_MS);
    }

    function become(next) {
      chosen = next;
      answer = null;
      const query = toQuery(location.search, chosen);
      history.replaceState(history.state, "", location.pathname + query + location.hash);
      if (asking) asking.abort();
      clearTimeout(timer);
      changed(chosen, null, false);
      ask();
    }

    return {
      /** @returns {Object<string, string>} */
      chosen: () => chosen,
      press: (kind, value) => become(toggle(chosen, kind, value)),
      clear: () => become({}),
      restore: () => become(chosen),
    };
  }

  lianxin.narrowing = { fromQuery, toQuery, toggle, addressOf, narrowing };
})(globalThis);
