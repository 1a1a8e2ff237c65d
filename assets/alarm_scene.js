/* The panel of one alarm, written into the nodes the layout drew once. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /** A zone: its name, its share as a bar and a number. */
  function zoneRow() {
    const node = document.createElement("div");
    node.className = "case-zone";
    node.append(...["name", "share"].map((look) => {
      const span = document.createElement("span");
      span.className = look;
      return span;
    }));
    return node;
  }

  function writeZones(body, zones) {
    while (body.children.length < zones.length) body.append(zoneRow());
    [...body.children].forEach((node, place) => {
      const zone = zones[place];
      node.hidden = !zone;
      if (!zone) return;
      lianxin.numbers.put(node.children[0], zone.name);
      lianxin.numbers.put(node.children[1], `${Math.round(zone.share * 100)}%`);
      node.style.setProperty("--share", zone.share.toFixed(3));
    });
  }

  function writeNumbers(box, numbers) {
    [...box.children].forEach((node, place) => {
      node.hidden = !numbers[place];
      if (!numbers[place]) return;
      lianxin.numbers.put(node.children[0], numbers[place][0]);
      lianxin.numbers.put(node.children[1], numbers[place][1]);
    });
  }

  /** @param {Element} wall @param {{moment: function}} told */
  function alarmSceneOf(wall, told) {
    const { put } = lianxin.numbers;
    const { mark, write } = lianxin.pieces;
    const panel = wall.querySelector(".panel-alarm");
    const at = {};
    for (const node of panel.querySelectorAll("[data-case]")) at[node.dataset.case] = node;
    const bars = lianxin.growth.make("growth-large");
    at.growth.append(bars);

    function writeGrowth(told_case, nowMs) {
      const { hours } = told_case;
      panel.querySelector(".case-growth").hidden = !hours;
      if (!hours) return;
      lianxin.growth.write(bars, hours, told_case.start);
      put(panel.querySelector(".growth-most"), lianxin.numbers.count(Math.max(3, ...hours)));
      put(panel.querySelector(".axis-from"), told.moment(told_case.from, nowMs));
    }

    return {
      /** Say nothing of any alarm. */
      clear() {
        for (const node of panel.querySelectorAll("[data-case], [data-case] *")) {
          if (!node.childElementCount) put(node, "");
        }
        lianxin.growth.write(bars, Array(24).fill(0), 0);
      },
      /** @param {Object} said what lianxin.alarmCase.caseOf gives @param {number} nowMs */
      show(said, nowMs) {
        for (const node of [panel, at.mark]) mark(node, "severity", said.severity);
        put(at.severity, told.words[`severity_${said.severity}`]);
        put(at.state, said.state);
        put(at.place, said.place);
        put(at.title, said.title);
        write(at.where, said.where);
        writeNumbers(at.numbers, said.numbers);
        writeGrowth(said, nowMs);
        panel.querySelector(".case-zones").hidden = !said.zones.length;
        writeZones(at.zones, said.zones);
        panel.querySelector(".case-sureness").hidden = !said.sure && !said.reasons.length;
        put(at.rarity, said.rarity);
        put(at.about, said.about);
        put(at.sure, said.sure);
        write(at.reasons, [said.chance, ...said.reasons].filter(Boolean));
      },
    };
  }

  lianxin.alarmScene = { alarmSceneOf };
})(globalThis);
