/* What waits for a leader: critical alarms and long lists nobody has acknowledged, and the two
   presses that do. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * Split the alarms that wait into those for a leader, which are critical or of a list of loose
   * ends, and the number of the others.
   * @param {{rows: Object[], raised: number}} data
   * @returns {{first: Object[], others: number}}
   */
  function waitingOf(data) {
    const first = lianxin.alarms.rank(data.rows)
      .filter((row) => lianxin.alarms.presses(row) && (row.severity === "critical" || listOf(row)));
    return { first, others: Math.max(0, data.raised - first.length) };
  }

  /** @returns {string} the list of loose ends an alarm is of; "" where it is of none */
  const listOf = (row) => (row.reasons.find((one) => one.cause === "loose_end") || {}).subject || "";

  /** Send that an alarm was seen, as it was seen. */
  async function send(alarm, language) {
    const answer = await root.fetch(
      `/leader/alarms/${encodeURIComponent(alarm.id)}/acknowledge?lang=${encodeURIComponent(language)}`,
      { method: "POST", cache: "no-store", body: JSON.stringify({ version: alarm.version }),
        headers: { "Content-Type": "application/json",
          "X-CSRF-Token": lianxin.session.pageToken(root.document.cookie) } });
    const said = await answer.json();
    return said.told || (said.error || {}).reason || "";
  }

  function button(text, press) {
    const node = document.createElement("button");
    node.type = "button";
    node.textContent = text;
    node.addEventListener("click", press);
    return node;
  }

  /**
   * The hands of one alarm: a press asks, a second one does it.
   * @param {function(): Object} alarm as it is shown
   * @param {Object} told
   * @returns {Element}
   */
  function handsOf(alarm, told) {
    const { words } = told;
    const box = document.createElement("div");
    box.className = "leader-hands";
    const say = document.createElement("span");
    say.setAttribute("role", "status");

    function offer(text) {
      say.textContent = text;
      box.replaceChildren(button(words.leader_acknowledge, ask), say);
    }
    function ask() {
      const seen = alarm(); // what is confirmed is what was on the screen at the first press
      say.textContent = "";
      const sure = button(words.leader_sure, () => confirm(seen));
      sure.className = "leader-sure";
      box.replaceChildren(sure, button(words.leader_cancel, () => offer("")), say);
      sure.focus();
    }
    async function confirm(seen) {
      say.textContent = words.leader_sending;
      box.replaceChildren(say);
      offer(await send(seen, told.language).catch(() => words.leader_not_sent));
    }
    offer("");
    return box;
  }

  /** @param {Element} page @param {Object} told */
  function waitsOf(page, told) {
    const { words } = told;
    const { fill } = lianxin.clock;
    const shown = new Map();
    const other = page.querySelector("[data-other-alarms]");
    let nowMs = 0;

    /** The evidence an alarm rests on, where it may be opened: a cluster's page, or the list. */
    function addressOf(row) {
      const list = listOf(row);
      if (list) return lianxin.leaderRows.dutyAddress(list, told);
      const of = row.reasons.find((one) => one.cause === "cluster");
      return of ? lianxin.leaderRows.clusterAddress(of.subject, told) : null;
    }

    function make(row) {
      const node = document.createElement("div");
      node.className = "leader-waiting";
      node.append(lianxin.leaderRows.make(addressOf(row)));
      if (told.acts) node.append(handsOf(() => shown.get(row.id), told));
      return node;
    }

    function write(node, row) {
      shown.set(row.id, row);
      const age = lianxin.clock.age((nowMs - Date.parse(row.raised)) / 1000, words);
      const facts = [fill(words.leader_alarm_since, { age }), ...(told.acts ? [] : [words.leader_by_staff])];
      lianxin.leaderRows.write(node.firstChild,
        { mark: row.severity, tone: row.severity === "critical" ? "severe" : "abnormal", says: lianxin.alarms.sayOf(row, told), facts });
    }

    const table = lianxin.tables.table(page.querySelector('[data-rows="waits"]'),
      { key: (row) => row.id, make, write });
    return {
      /** @param {Object|null} data of the alarms @param {number} now server time, ms */
      show(data, now) {
        nowMs = now;
        const { first, others } = data ? waitingOf(data) : { first: [], others: 0 };
        table.show(first);
        lianxin.leaderRows.nothing(page, "waits", first.length || others ? "" : words.leader_nothing_waits);
        if (other.hidden !== !others) other.hidden = !others;
        lianxin.numbers.put(other, others ? fill(words.leader_other_alarms, { n: others }) : "");
      },
    };
  }

  lianxin.leaderWaits = { waitingOf, waitsOf };
})(globalThis);
