/* What is asked at the desk, as its address says it; and the places at which its blocks begin. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const NAMES = ["words", "number", "status", "category", "department", "district", "due",
    "urgency", "ring", "watched", "duty", "merged", "days", "sort", "order"];
  const DOWN_FIRST = ["created", "updated"];
  const A_BLOCK = 100;

  /**
   * Read what an address asks for.
   * @param {string} query
   * @returns {Object<string, string>} by name, without what is empty
   */
  function read(query) {
    const given = new URLSearchParams(query);
    const asked = NAMES.map((name) => [name, (given.get(name) || "").trim()]);
    return Object.fromEntries(asked.filter(([, value]) => value));
  }

  /**
   * Write what is asked for, always in the same order, so that equal questions have equal addresses.
   * @param {Object<string, string>} asked
   * @param {Object<string, string>} [more]
   * @returns {string}
   */
  function write(asked, more = {}) {
    const given = NAMES.filter((name) => asked[name]).map((name) => [name, asked[name]]);
    return new URLSearchParams([...given, ...Object.entries(more)]).toString();
  }

  /**
   * Tell the order of an address, with what it leaves out.
   * @param {Object<string, string>} asked
   * @returns {{by: string, way: string}}
   */
  function orderOf(asked) {
    const by = asked.sort || "created";
    return { by, way: asked.order || (DOWN_FIRST.includes(by) ? "desc" : "asc") };
  }

  /**
   * Ask for the same in another order; the usual one is left out.
   * @param {Object<string, string>} asked
   * @param {string} by
   * @param {string} way
   */
  function inOrder(asked, by, way) {
    const { sort, order, ...rest } = asked;
    const usual = orderOf({ sort: by }).way;
    const isFirst = by === "created" && way === "desc";
    return isFirst ? rest : { ...rest, sort: by, ...(way === usual ? {} : { order: way }) };
  }

  /**
   * Where the blocks of a table begin; each place is told by the block before. The first begins at
   * the start, `null` is behind the last ticket.
   */
  class Road {
    /** @param {string[]} places that are known already */
    constructor(places = [""]) {
      this.places = places;
    }

    /** @param {number} block @returns {boolean} */
    knows(block) {
      return block < this.places.length;
    }

    /** @returns {number} the last block whose place is known */
    get last() {
      return this.places.length - 1;
    }

    /** @param {number} block @param {?string} place */
    note(block, place) {
      if (place !== null && block === this.places.length) this.places.push(place);
    }
  }

  /**
   * Make what the grid takes its rows from.
   * @param {function(string, number): Promise<{rows: Object[], after: ?string}>} ask
   * @param {Road} road
   * @param {{looking: function(number), found: function(number, boolean), failed: function(Error)}} tell
   */
  function source(ask, road, tell) {
    let gone = false;
    const filling = new Map();
    /** One question for a block at a time, however often the grid asks. */
    function fill(block) {
      if (!filling.has(block)) {
        filling.set(block, filled(block).finally(() => filling.delete(block)));
      }
      return filling.get(block);
    }
    async function filled(block) {
      const rows = [];
      let after = road.places[block];
      do {
        const got = await ask(after, A_BLOCK - rows.length);
        rows.push(...got.rows);
        after = got.after;
        if (!gone) tell.looking(block * A_BLOCK + rows.length);
      } while (after !== null && rows.length < A_BLOCK && !gone);
      road.note(block + 1, after);
      return { rows, whole: after === null };
    }
    async function getRows(wanted) {
      const block = wanted.startRow / A_BLOCK;
      try {
        while (!road.knows(block) && !gone) {
          const { whole } = await fill(road.last);
          if (whole) break;
        }
        const { rows, whole } = road.knows(block) ? await fill(block) : { rows: [], whole: true };
        if (gone) return;
        const end = wanted.startRow + rows.length;
        wanted.successCallback(rows, whole ? end : -1);
        tell.found(end, whole);
      } catch (error) {
        if (gone) return;
        wanted.failCallback();
        tell.failed(error);
      }
    }
    return { getRows, destroy: () => { gone = true; } };
  }

  lianxin.deskAsking = { A_BLOCK, Road, inOrder, orderOf, read, source, write };
})(globalThis);
