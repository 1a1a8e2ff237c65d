/* The five responsibilities and the loose ends: a picture's numbers into the nodes that stand. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * Whose a list mostly is: department and number, the most first.
   * @param {{worst: Object[]}} end
   * @param {{short_names: Object, names: Object}} told
   * @returns {{whose: string, tickets: string}[]}
   */
  function worstOf(end, told) {
    const named = told.names.department || {};
    return end.worst.map(({ code, tickets }) => ({
      whose: told.short_names[code] || named[code] || code, tickets: lianxin.numbers.count(tickets) }));
  }

  /** @returns {string} the same in one line; that nobody tells of it where nobody does */
  function worstTold(end, told) {
    if (end.tickets === null) return told.words.end_untold;
    return worstOf(end, told).map(({ whose, tickets }) => `${whose} ${tickets}`).join(" · ");
  }

  /** Write whose a list is, a department to a piece that no line's end cuts from its number. */
  function writeWorst(node, worst) {
    if (node.textContent === worst.map(({ whose, tickets }) => `${whose} ${tickets}`).join("")) return;
    node.replaceChildren(...worst.map(({ whose, tickets }) => {
      const [one, name, number] = ["one", "whose", "n"].map((part) => {
        const made = document.createElement("span");
        made.className = `loose-${part}`;
        return made;
      });
      name.textContent = whose;
      number.textContent = tickets;
      one.append(name, " ", number);
      return one;
    }));
  }

  /**
   * @param {Element} wall
   * @param {{words: Object, short_names: Object, names: Object}} told
   */
  function dutiesOf(wall, told) {
    const { put, count } = lianxin.numbers;
    const { mark } = lianxin.pieces;
    const { fill } = lianxin.clock;
    const by = (name) => new Map([...wall.querySelectorAll(`[data-${name}]`)]
      .map((node) => [node.dataset[name], node]));
    const stages = by("duty");
    const ends = by("end");

    function stage(node, said, most) {
      const [, tickets, bar, age, late] = node.children;
      put(tickets, count(said.tickets));
      const share = (said.tickets / Math.max(1, most)).toFixed(3);
      if (bar.style.getPropertyValue("--share") !== share) bar.style.setProperty("--share", share);
      put(age, lianxin.dutyAge.ageOf(said.median_h, told.words));
      put(late, fill(told.words.overdue_n, { n: count(said.overdue) }));
      mark(node, "weight", lianxin.rows.weightOf(said.tickets, said.overdue));
    }

    function end(node, said) {
      const [, tickets, worst] = node.children;
      put(tickets, said.tickets === null ? "–" : said.tickets ? count(said.tickets) : told.words.end_empty);
      if (said.tickets === null) put(worst, told.words.end_untold);
      else writeWorst(worst, worstOf(said, told));
      mark(node, "empty", String(!said.tickets));
    }

    /** @param {{stages: Object[], ends: Object[]}} data */
    return (data) => {
      const most = data.stages.reduce((top, one) => Math.max(top, one.tickets), 1);
      for (const one of data.stages) stage(stages.get(one.code), one, most);
      for (const one of data.ends) end(ends.get(one.code), one);
    };
  }

  lianxin.duties = { worstOf, worstTold, dutiesOf };
})(globalThis);
