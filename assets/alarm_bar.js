/* The bar of alarms in the head: how many wait, the most pressing of them, and what is new. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const REMEMBERED = "lianxin.alarms.";

  /** Write the bar; the symbol alone blinks, and only while somebody is waited for. */
  function barOf(wall) {
    const { put } = lianxin.numbers;
    const { mark } = lianxin.pieces;
    const bar = wall.querySelector(".alarms");
    const find = (look) => bar.querySelector(look);
    const [lead, symbol, count, name, flooded] =
      [".alarm-lead", ".alarm-symbol", ".alarm-count", ".alarm-name", ".alarm-flooded"].map(find);
    /** What is hidden says nothing either: it may be hidden from visitors. */
    function blank() {
      mark(lead, "sceneGo", "");
      for (const node of [count, name, flooded]) put(node, "");
    }

    return (said) => {
      if (bar.hidden !== !said) bar.hidden = !said;
      if (!said) return blank();
      mark(bar, "waiting", String(said.waiting > 0));
      mark(lead, "sceneGo", said.lead ? `alarm-${said.lead.id}` : "");
      lead.disabled = !said.lead;
      mark(symbol, "severity", said.lead ? said.lead.severity : "none");
      mark(symbol, "blinks", String(said.waiting > 0));
      put(count, said.count);
      put(name, said.name);
      put(flooded, said.flooded);
    };
  }

  /**
   * @param {Element} wall
   * @param {{words: Object, language: string}} told
   * @param {string} scope each wall remembers its own
   * @param {{scenes: Object, sound: Object}} hands
   */
  function alarmBarOf(wall, told, scope, { scenes, sound }) {
    const { alarms } = lianxin;
    const write = barOf(wall);
    const announcer = wall.querySelector(".announcer");
    const memory = alarms.memoryOf(root.sessionStorage, REMEMBERED + scope);

    function announce(fresh) {
      const what = fresh.map((alarm) => alarms.sayOf(alarm, told)).join(", ");
      announcer.textContent = lianxin.clock.fill(told.words.new_alarm, { what });
      sound.ring(fresh[0].severity, alarms.sayOf(fresh[0], told));
      const critical = fresh.filter((alarm) => alarm.severity === "critical").map((alarm) => alarm.id);
      if (critical.length) scenes.jump(critical);
    }

    return {
      /** @param {Object|null} data of the alarms section, null while it is off */
      show(data) {
        write(data && alarms.barOf(data, told));
        const rows = data ? data.rows : [];
        const pressing = new Set(rows.filter(alarms.presses).map((row) => row.id));
        scenes.alarms(alarms.withScene(rows), (id) => pressing.has(id));
        const fresh = memory.take(rows);
        if (fresh.length) announce(fresh);
      },
    };
  }

  lianxin.alarmBar = { alarmBarOf };
})(globalThis);
