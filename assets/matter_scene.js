/* The scene of one incident, and the lines of the overview: into the nodes the layout drew once. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  function span(look) {
    const node = document.createElement("span");
    node.className = look;
    return node;
  }

  /** A body whose nodes are reused in their order: `make` one, `write` it. */
  function pool(body, make, write) {
    return (rows) => {
      while (body.children.length < rows.length) body.append(make());
      [...body.children].forEach((node, place) => {
        const gone = place >= rows.length;
        if (node.hidden !== gone) node.hidden = gone;
        if (!gone) write(node, rows[place], place);
      });
    };
  }

  function makeLink() {
    const node = document.createElement("li");
    node.className = "matter-link";
    const verdict = span("link-verdict");
    verdict.append(span("link-shape"), span("link-word"));
    node.append(span("link-cry"), span("link-name"), verdict, span("link-owner"), span("facts link-about"));
    return node;
  }

  function writeLink(node, link) {
    const { put } = lianxin.numbers;
    const [cry, name, verdict, owner, about] = node.children;
    lianxin.pieces.mark(node, "verdict", link.state);
    lianxin.pieces.mark(node, "first", String(link.first));
    put(cry, link.cry);
    put(name, link.name);
    put(verdict.children[1], link.verdict);
    put(owner, link.owner);
    lianxin.pieces.write(about, link.about);
  }

  function makeParty() {
    const node = document.createElement("div");
    node.className = "matter-party";
    node.append(...["party-shape", "party-name", "party-word", "party-tasks", "party-late"].map(span));
    return node;
  }

  function writeParty(node, party) {
    const { put } = lianxin.numbers;
    lianxin.pieces.mark(node, "party", party.state);
    lianxin.pieces.mark(node, "lead", String(party.lead));
    [party.name, party.word, party.tasks, party.late].forEach((text, place) => put(node.children[place + 1], text));
  }

  /**
   * Show no party that would be cut at the foot. It keeps its place, so that the room stays what it is.
   * @returns {number} how many are not shown
   */
  function cut(body) {
    const room = body.clientHeight + 1;
    const shown = [...body.children].filter((node) => !node.hidden);
    const over = shown.map((node) => room > 1 && node.offsetTop + node.offsetHeight > room);
    shown.forEach((node, place) => lianxin.pieces.mark(node, "over", String(over[place])));
    return over.filter(Boolean).length;
  }

  /** A mark under the day on which measures began or ended. */
  function writeMark(node, mark) {
    lianxin.pieces.mark(node, "mark", mark.done ? "done" : "began");
    if (node.style.left !== mark.left) node.style.left = mark.left;
  }

  /** The figures beside the name; one that says nothing is not there. */
  function figuresOf(panel) {
    const nodes = new Map([...panel.querySelectorAll("[data-figure]")].map((node) => [node.dataset.figure, node]));
    return (figures) => {
      for (const [name, node] of nodes) {
        const said = figures[name];
        if (node.hidden !== !said) node.hidden = !said;
        const [title, value, about] = node.children;
        lianxin.numbers.put(title, said ? said.name : "");
        lianxin.numbers.put(value, said ? said.value : "");
        lianxin.numbers.put(about, said ? said.about : "");
        lianxin.pieces.mark(node, "presses", String(Boolean(said && said.presses)));
      }
    };
  }

  /** The series: bars, what is usual, and the days of measures. */
  function seriesOf(at, lists, told) {
    const { put } = lianxin.numbers;
    const drawing = lianxin.matterSeries.make();
    at.series.append(drawing);
    const writeMarks = pool(lists.marks, () => span("matter-mark"), writeMark);

    return (series, wanted) => {
      const box = at.series.closest(".matter-series");
      lianxin.pieces.mark(box, "known", String(Boolean(series)));
      put(at.back, lianxin.matterCase.backOf(series, wanted, told.words));
      if (!series) return;
      const { length } = series.days;
      lianxin.matterSeries.write(drawing, series);
      put(at.most, lianxin.numbers.count(Math.round(lianxin.matterSeries.topOf(series.days))));
      put(at.from, lianxin.matterCase.dayOf(series, 0, told));
      const opened = series.opened === null ? ""
        : `${lianxin.matterCase.dayOf(series, series.opened, told)} ${told.words.matter_opened}`;
      put(at.opened, opened);
      const left = `${(((series.opened || 0) / length) * 100).toFixed(2)}%`;
      if (at.opened.style.left !== left) at.opened.style.left = left;
      // Beside the ends of the axis its words go to the side that has room.
      lianxin.pieces.mark(at.axis, "side", lianxin.matterSeries.sideOf(series.opened, length));
      writeMarks(series.marks.map((mark) => (
        { ...mark, left: lianxin.matterSeries.middleOf(mark.day, length) })));
    };
  }

  function nodesOf(panel, name) {
    return Object.fromEntries([...panel.querySelectorAll(`[data-${name}]`)].map((node) => [node.dataset[name], node]));
  }

  /** Write one incident. */
  function caseOf(panel, at, lists, told) {
    const { put } = lianxin.numbers;
    const writeLinks = pool(lists.chain, makeLink, writeLink);
    const writeParties = pool(lists.parties, makeParty, writeParty);
    const writeFigures = figuresOf(panel);
    const writeSeries = seriesOf(at, lists, told);
    return (said, wanted) => {
      lianxin.pieces.mark(panel, "drill", String(said.drill));
      lianxin.pieces.mark(at.mark, "severity", said.shape);
      if (at.drill.hidden === said.drill) at.drill.hidden = !said.drill;
      for (const name of ["severity", "state", "number", "place", "title"]) put(at[name], said[name]);
      lianxin.pieces.write(at.facts, said.facts);
      writeFigures(said.figures);
      writeLinks(said.links);
      writeParties(said.parties);
      writeSeries(said.series, wanted);
    };
  }

  /**
   * @param {Element} wall
   * @param {{words: Object, language: string, short_names: Object, moment: function, day: function}} told
   */
  function mattersOf(wall, told) {
    const { put } = lianxin.numbers;
    const { fill } = lianxin.clock;
    const panel = wall.querySelector(".panel-incidents");
    const strip = wall.querySelector(".panel-strip");
    const at = nodesOf(panel, "matter");
    const lists = nodesOf(panel, "matters");
    const write = caseOf(panel, at, lists, told);
    const others = lianxin.matterList.linesOf(lists.others, told.words);
    const lines = lianxin.matterList.linesOf(strip.querySelector("[data-matters]"), told.words);
    const lineOf = (row, nowMs) => (
      { ...lianxin.matterCase.lineOf(row, told, nowMs), paged: Boolean(row.whole) });

    /** How many lines there is room for, as the style sheet says. */
    const roomOf = (node) => parseInt(getComputedStyle(node).getPropertyValue("--lines"), 10) || 1;

    function showLines(table, more, rows, out, nowMs) {
      const room = roomOf(more.parentElement);
      table.show(rows.slice(0, room).map((row) => lineOf(row, nowMs)));
      const left = out + rows.slice(room).filter((row) => !row.exercise).length;
      put(more, left ? fill(told.words.matter_more, { n: left }) : "");
    }

    function showNothing(word) {
      at.nothing.hidden = false;
      at.case.hidden = true;
      put(at.none, word);
      lianxin.pieces.write(at.page, []);
    }

    return {
      /** Write the scene: the incident that is asked for, else the gravest. */
      scene(data, id, nowMs) {
        if (!data) return showNothing(told.words.matter_untold);
        const pages = lianxin.matterCase.pagesOf(data);
        const shown = pages.includes(id) ? id : pages[0];
        const row = data.rows.find((one) => one.id === shown);
        if (!row) return showNothing(told.words.matter_none);
        at.nothing.hidden = true;
        at.case.hidden = false;
        const { page, counts } = lianxin.matterCase.countsOf(data, row, told.words);
        lianxin.pieces.write(at.page, [page, ...counts].filter(Boolean));
        const said = lianxin.matterCase.caseOf(row, told, nowMs);
        write(said, data.baseline_d);
        const rest = data.rows.filter((one) => one !== row);
        at.others.hidden = !rest.length;
        lianxin.pieces.mark(panel, "others", String(rest.length > 0));
        showLines(others, at["others-more"], rest, data.left_out, nowMs);
        const left = said.partiesLeftOut + cut(lists.parties); // once all around them stands
        put(at["parties-more"], left ? fill(told.words.matter_parties_more, { n: left }) : "");
      },
      /** Write the overview's lines. */
      strip(data, nowMs) {
        const rows = data ? data.rows : [];
        lianxin.pieces.mark(wall, "matters", rows.length ? "some" : "none");
        if (strip.hidden !== !rows.length) strip.hidden = !rows.length;
        if (rows.length) showLines(lines, strip.querySelector(".strip-more"), rows, data.left_out, nowMs);
      },
      /** Say nothing of any incident, seen or not. */
      clear() {
        this.strip(null, 0);
        lines.show([]);
        others.show([]);
        for (const node of panel.querySelectorAll("[data-matter], [data-matters] *, [data-figure] *")) {
          if (!node.childElementCount && node !== at.drill) put(node, "");
        }
        showNothing(told.words.matter_untold);
      },
    };
  }

  lianxin.matterScene = { mattersOf };
})(globalThis);
