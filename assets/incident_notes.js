/* Notes typed while the line is away: kept in the browser, sent in the order they were typed.

   A note goes with a key of its own, so that one whose answer was lost is not written twice. What
   is kept is of one incident and one reader; the server's clock says when it came, the note when it
   was typed. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const MOST = 200;

  /** @returns {string} a key that no other act has */
  function key() {
    const bytes = root.crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  }

  /**
   * The notes that wait, in a store of texts.
   * @param {{getItem: function(string): ?string, setItem: function(string, string),
   *   removeItem: function(string)}} store
   * @param {string} name of the incident and its reader
   */
  function waiting(store, name) {
    const place = `lianxin-notes ${name}`;
    function all() {
      try {
        const kept = JSON.parse(store.getItem(place) || "[]");
        return Array.isArray(kept) ? kept : [];
      } catch {
        return [];
      }
    }
    function keep(notes) {
      if (notes.length) store.setItem(place, JSON.stringify(notes));
      else store.removeItem(place);
    }
    return {
      all,
      /** @returns {boolean} false where there is no more room: what was typed stays typed */
      add(note) {
        const notes = all();
        if (notes.length >= MOST) return false;
        try {
          keep([...notes, note]);
        } catch {
          return false;
        }
        return true;
      },
      drop: (gone) => keep(all().filter((one) => one.key !== gone)),
    };
  }

  /**
   * Send what waits, one after another; the first that cannot be sent keeps the others waiting.
   * @param {Object} notes of `waiting`
   * @param {function(Object): Promise<{status: number, told: ?string}>} send
   * @param {function(Object, Object)} refused hears of a note the server will not have
   */
  function sender(notes, send, refused) {
    let sending = null;
    async function drain() {
      for (let [note] = notes.all(); note; [note] = notes.all()) {
        const answer = await send(note);
        if (answer.status === 0 || answer.status === 429 || answer.status >= 500) return;
        if (answer.status === 401) return; // signed out: it waits for its reader to come back
        if (answer.status !== 200) refused(note, answer);
        notes.drop(note.key);
      }
    }
    return () => (sending ??= drain().finally(() => (sending = null)));
  }

  lianxin.incidentNotes = { key, waiting, sender };
})(globalThis);
