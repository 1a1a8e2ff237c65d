/* Freshness on the screen: the word in the head, and the age and state of every panel. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * Say what is wrong with the line, or how old the picture is.
   * @param {{state: string, link: string, age_s: number}} line
   * @param {number} picture_s since the last picture
   * @param {Object<string, string>} words
   * @returns {string}
   */
  function detailOf(line, picture_s, words) {
    const { fill, age } = lianxin.clock;
    if (line.link === "waiting") return words.waiting;
    if (line.link !== "ok") return fill(words[line.link], { age: age(line.age_s, words) });
    return fill(words.updated, { age: age(picture_s, words) });
  }

  /**
   * Keep the ages of the sections: how long ago each section's own time last moved. Counted on
   * this page's clock, so that a city living at another pace ages at the same rate.
   */
  function sectionAges() {
    const moved = new Map();
    return {
      hear(sections, nowMs) {
        for (const [name, section] of Object.entries(sections)) {
          const before = moved.get(name);
          if (!before || before.as_of !== section.as_of) {
            moved.set(name, { as_of: section.as_of, at: nowMs });
          }
        }
      },
      age_s: (name, nowMs) => (moved.has(name) ? (nowMs - moved.get(name).at) / 1000 : Infinity),
    };
  }

  /** @param {Element} wall @param {Object} words */
  function trustOf(wall, words) {
    const { put } = lianxin.numbers;
    const ages = sectionAges();
    const panels = [...wall.querySelectorAll("[data-panel]")].map((node) => ({
      node, name: node.dataset.panel, age: node.querySelector(".panel-age") }));
    const word = wall.querySelector(".freshness-word");
    const detail = wall.querySelector(".freshness-detail");
    let redisDownAt = null;
    let beat = null;
    let pictureAt = null;
    let sections = {};

    function state(node, value) {
      if (node.dataset.state !== value) node.dataset.state = value;
    }

    return {
      beat(said, nowMs) {
        beat = said;
        if (said.links.redis !== "down") redisDownAt = null;
        else redisDownAt = redisDownAt ?? nowMs;
      },
      picture(shown, nowMs) {
        sections = shown.sections;
        pictureAt = nowMs;
        ages.hear(sections, nowMs);
      },
      /** Write all of it; called every second and at every picture. */
      tell(nowMs, silence_s) {
        const redisDown_s = redisDownAt === null ? 0 : (nowMs - redisDownAt) / 1000;
        const line = lianxin.freshness.judge({ silence_s, redisDown_s, beat });
        if (pictureAt === null && line.state === "fresh") {
          line.state = "late";
          line.link = "waiting";
        }
        state(wall, line.state);
        if (wall.dataset.link !== line.link) wall.dataset.link = line.link;
        put(word, words[line.state]);
        put(detail, detailOf(line, pictureAt === null ? 0 : (nowMs - pictureAt) / 1000, words));
        // A silent source leaves the figures true: it is said in the head, nothing is greyed.
        const behind = line.link === "source_silent" ? "fresh" : line.state;
        for (const panel of panels) {
          const section = sections[panel.name];
          const age_s = ages.age_s(panel.name, nowMs);
          state(panel.node, lianxin.freshness.panel(behind, section && section.state, age_s));
          if (panel.age) {
            put(panel.age, Number.isFinite(age_s) ? lianxin.clock.age(age_s, words) : "–");
          }
        }
      },
    };
  }

  lianxin.trust = { detailOf, sectionAges, trustOf };
})(globalThis);
