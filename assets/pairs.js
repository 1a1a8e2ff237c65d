/* The list of likely pairs: merged or said to be no duplicates one by one, by keys and by touch. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * Where an act on a pair goes, and what it asks for.
   * @param {string} act younger or older: that one is merged into the other; distinct
   * @param {Object<string, string>} pair older, younger, their versions, and the pair's own
   * @param {string} reason
   * @returns {{path: string, body: Object}}
   */
  function requestOf(act, pair, reason) {
    const { older, younger } = pair;
    if (act === "distinct") {
      return { path: `/api/v1/desk/distinct/${older}`,
        body: { act, other: younger, reason, expected_version: Number(pair.pair) } };
    }
    const [ticket, into, version] = act === "younger" ? [younger, older, pair.youngerVersion]
      : [older, younger, pair.olderVersion];
    return { path: `/api/v1/desk/merge/${ticket}`,
      body: { act: "merge", into, reason, expected_version: Number(version) } };
  }

  /**
   * What takes an act back.
   * @param {{path: string, body: Object}} done
   * @param {number} version as the answer told it
   */
  function backOf(done, version) {
    const act = done.body.act === "distinct" ? "not_distinct" : "unmerge";
    return { path: done.path, body: { ...done.body, act, reason: "", expected_version: version } };
  }

  /**
   * What to say of an answer.
   * @param {{status: number, told: ?string}} answer status 0: nobody answered
   * @param {Object<string, string>} words
   */
  function outcome(answer, words) {
    if (answer.told) return answer.told;
    if (answer.status === 403 || answer.status === 404) return words.likely_not_yours;
    return { 401: words.desk_bad_session, 429: words.desk_bad_often }[answer.status]
      || words.likely_away;
  }

  /**
   * What a key means in the list.
   * @param {string} key
   * @param {boolean} typing
   */
  function meaning(key, typing) {
    if (typing) return null;
    return { ArrowDown: "next", ArrowUp: "last", m: "merge", M: "merge", x: "distinct",
      X: "distinct", u: "undo", U: "undo" }[key] || null;
  }

  lianxin.pairs = { requestOf, backOf, outcome, meaning };
  if (!root.document) return;
  const { document } = root;
  const done = new WeakMap(); // what was done to a pair, so that it can be taken back
  const page = () => document.querySelector("[data-pairs]");
  const facts = () => JSON.parse(page().dataset.pairs);
  const all = () => [...document.querySelectorAll(".pairs-one")];

  async function send(pair, request) {
    pair.dataset.busy = "yes";
    const answer = await lianxin.supervision.send(request.path,
      { ...request.body, lang: facts().language });
    delete pair.dataset.busy;
    return answer;
  }

  function tell(pair, words, undo) {
    const line = pair.querySelector(".pairs-told");
    line.replaceChildren(document.createTextNode(words));
    if (!undo) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "press", textContent: facts().words.desk_undo });
    button.dataset.pairAct = "undo";
    line.append(button);
  }

  async function act(pair, name) {
    if (pair.dataset.busy) return;
    if (name === "undo") return undo(pair);
    if (pair.dataset.decided) return;
    const reason = document.getElementById("likely-reason").value.trim();
    const request = requestOf(name, pair.dataset, reason);
    const answer = await send(pair, request);
    tell(pair, outcome(answer, facts().words), answer.done);
    if (!answer.done) return;
    pair.dataset.decided = request.body.act;
    done.set(pair, { ...backOf(request, answer.version), name });
    if (pair.contains(document.activeElement) || document.activeElement === pair) go(pair, 1);
  }

  async function undo(pair) {
    const request = done.get(pair);
    if (!request) return;
    const answer = await send(pair, request);
    tell(pair, outcome(answer, facts().words), !answer.done);
    if (!answer.done) return;
    const version = { distinct: "pair", younger: "youngerVersion", older: "olderVersion" };
    pair.dataset[version[request.name]] = String(answer.version);
    delete pair.dataset.decided;
    done.delete(pair);
    pair.focus();
  }

  /** Move to the next pair, or the one before; at an end it stays. */
  function go(from, way) {
    const pairs = all();
    const at = pairs.indexOf(from);
    const to = pairs[at < 0 ? 0 : Math.min(Math.max(at + way, 0), pairs.length - 1)];
    to?.focus();
    to?.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-pair-act]");
    if (button) act(button.closest(".pairs-one"), button.dataset.pairAct);
  });
  document.addEventListener("keydown", (event) => {
    if (!page() || event.altKey || event.ctrlKey || event.metaKey) return;
    const focused = document.activeElement;
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName);
    const pair = focused.closest?.(".pairs-one");
    const name = meaning(event.key, typing);
    if (event.key === "Enter" && focused === pair) pair?.querySelector("a").click();
    if (!name) return;
    event.preventDefault();
    if (name === "next" || name === "last") return go(pair, name === "next" ? 1 : -1);
    if (!pair) return;
    const first = pair.querySelector("[data-pair-act]:not([data-pair-act=distinct])");
    const wanted = { merge: first?.dataset.pairAct, distinct: first && "distinct", undo: "undo" };
    if (wanted[name]) act(pair, wanted[name]);
  });
})(globalThis);
