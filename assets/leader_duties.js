/* The five responsibilities on a leader's page: how many stand in each, how old, how many late. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * What one stage says.
   * @param {{tickets: number, median_h: number|null, overdue: number}} stage
   * @param {Object<string, string>} words
   * @returns {{tickets: string, age: string, late: string, tone: string}} nothing of what is not
   */
  function stageOf(stage, words) {
    const { count } = lianxin.numbers;
    const heavy = lianxin.rows.weightOf(stage.tickets, stage.overdue) === "heavy";
    return {
      tickets: count(stage.tickets),
      age: stage.tickets ? lianxin.dutyAge.ageOf(stage.median_h, words) : words.duty_no_age,
      late: stage.overdue ? lianxin.clock.fill(words.overdue_n, { n: count(stage.overdue) }) : "",
      tone: heavy ? "abnormal" : "plain",
    };
  }

  /** @param {Element} page @param {{words: Object}} told */
  function dutiesOf(page, told) {
    const { put } = lianxin.numbers;
    const { mark } = lianxin.pieces;
    const nodes = new Map([...page.querySelectorAll("[data-stage]")].map((node) => [node.dataset.stage, node]));
    /** @param {{stages: Object[]}|null} data */
    return (data) => {
      for (const stage of data ? data.stages : []) {
        const node = nodes.get(stage.code);
        const said = stageOf(stage, told.words);
        for (const part of ["tickets", "age", "late"]) put(node.querySelector(`[data-stage-${part}]`), said[part]);
        mark(node, "tone", said.tone);
      }
    };
  }

  lianxin.leaderDuties = { stageOf, dutiesOf };
})(globalThis);
