/* Everything a wall shows of a picture: each section to its panel, while the panel can be seen. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const TABLES = ["categories", "departments", "performance", "districts", "towns", "channels"];
  const SECTIONS = { performance: "departments" }; // two panels of one section

  function paintOf(wall, words) {
    return () => {
      const style = getComputedStyle(wall);
      const read = (name) => style.getPropertyValue(name).trim();
      const small = parseFloat(getComputedStyle(wall.querySelector(".chart")).fontSize);
      return { small, family: style.fontFamily, text: read("--text"), muted: read("--muted"),
        line: read("--line"), band: read("--band"), mid: read("--band-mid"),
        above: read("--abnormal"), hair: Math.max(1, small / 16), now: words.now };
    };
  }

  /** @returns {Object|null} a section's data, null while nothing watches it */
  function dataOf(picture, name) {
    const section = picture.sections[name];
    return section && section.state !== "off" ? section.data : null;
  }

  /**
   * @param {HTMLElement} wall
   * @param {Object} facts what the page says of itself
   * @param {Object} told words, language and ways to say a time
   * @param {{still: boolean, again: function(): void}} look
   */
  function screenOf(wall, facts, told, { still, again }) {
    const { words } = facts;
    const showing = lianxin.showing.showingOf(wall, again);
    const panels = lianxin.panels.panelsOf(wall, told, again);
    const totals = lianxin.totals.totalsOf(wall, words, still);
    const chart = lianxin.chart.chartOf(wall.querySelector(".chart"), paintOf(wall, words));
    const duties = lianxin.duties.dutiesOf(wall, told);
    const clusters = lianxin.clusterList.panelOf(wall, told, again);
    const matters = lianxin.matterScene.mattersOf(wall, told);
    const single = lianxin.alarmScene.alarmSceneOf(wall, told);
    const city = lianxin.cityMap.cityMapOf(wall, facts, { still, told });
    let alarm = null;
    let incident = null;
    let told_matters = "";

    function drawMatters(picture, nowMs) {
      const data = dataOf(picture, "incidents");
      if (wall.dataset.scene === "overview") matters.strip(data, nowMs);
      if (showing.has("incidents")) matters.scene(data, incident, nowMs);
    }

    function drawMap(picture) {
      const [cells, districts] = [dataOf(picture, "cells"), dataOf(picture, "districts")];
      if (cells) city.show(cells);
      if (districts) city.mark(districts.rows);
      city.clusters((dataOf(picture, "clusters") || { rows: [] }).rows);
    }

    function drawAlarm(picture, nowMs) {
      const rows = (dataOf(picture, "alarms") || { rows: [] }).rows;
      const row = rows.find((one) => one.id === alarm);
      if (!row) return;
      const said = lianxin.alarmCase.caseOf(row, picture.sections, told, nowMs);
      single.show(said, nowMs);
      city.focus(said.box || said.district);
    }

    return {
      /** Take another scene: its alarm, its incident, or none. The layout has changed already. */
      turn(ofAlarm, ofIncident) {
        alarm = ofAlarm;
        incident = ofIncident;
        showing.forget();
        clusters.refit();
        if (alarm) return; // its drawing looks where it has to
        city.focus(null);
        city.turn();
      },
      /** Say nothing any more of alarms, clusters and single tickets, in the panels nobody sees too. */
      wipe() {
        single.clear();
        clusters.clear();
        matters.clear();
        panels.clear("recent");
        city.clusters([]);
      },
      /** What changes with every picture. */
      quick(picture, nowMs) {
        const counted = showing.has("totals") || showing.has("volume"); // its note is a total
        if (dataOf(picture, "totals") && counted) totals.show(dataOf(picture, "totals"));
        // An act is seen at once; ages go on once a second.
        const matter = JSON.stringify(dataOf(picture, "incidents"));
        if (matter !== told_matters) drawMatters(picture, nowMs);
        told_matters = matter;
        if (dataOf(picture, "recent") && showing.has("recent")) panels.recent(dataOf(picture, "recent"), nowMs);
      },
      /** What takes its turn, once a second. */
      slow(picture, nowMs) {
        for (const name of TABLES) {
          const data = dataOf(picture, SECTIONS[name] || name);
          if (panels.has(name) && data && showing.has(name)) panels[name](data, nowMs);
        }
        if (dataOf(picture, "duties") && showing.has("duties")) duties(dataOf(picture, "duties"));
        if (dataOf(picture, "volume") && showing.has("volume")) chart.show(dataOf(picture, "volume"));
        const gathered = { as_of: picture.as_of, data: dataOf(picture, "clusters") };
        clusters.show(gathered, nowMs, showing.has("clusters"));
        if (alarm) drawAlarm(picture, nowMs);
        drawMatters(picture, nowMs);
        if (showing.has("cells")) drawMap(picture);
      },
    };
  }

  lianxin.screen = { dataOf, screenOf };
})(globalThis);
