/* The board of incidents: drawn anew when something moved, and the form that opens one. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const EVERY_MS = 3000;

  /**
   * The address that opens an incident, from what is known of its beginning.
   * @param {Object<string, string>} origin cluster, alarm, district, source, external_id
   */
  function openAddress(origin) {
    const asked = new URLSearchParams(Object.entries(origin).filter(([, value]) => value));
    return asked.size ? `/api/v1/incidents?${asked}` : "/api/v1/incidents";
  }

  /** Open an incident by the form in a box; go to it, or say why not. */
  async function open(box, origin, words, lang) {
    const acts = lianxin.incidentActs;
    const button = box.querySelector("[data-open-incident]");
    button.disabled = true;
    box.dataset.key ||= lianxin.incidentNotes.key(); // pressed again it is the same incident
    const answer = await acts.send(openAddress(origin), { act: "open", key: box.dataset.key,
      given: acts.givenOf(acts.fieldsOf(box)), lang });
    button.disabled = false;
    if (answer.done) {
      const [, ...more] = JSON.parse(box.dataset.tickets); // the first is what it was opened from
      return void await joined(box, answer.incident, more, words, lang);
    }
    if (answer.status) delete box.dataset.key;
    box.querySelector(".inc-told").textContent = acts.toldOf(answer, words);
    lianxin.fault.lead(box, button, answer.error?.field);
  }

  /** Let tickets join an incident, one by one; go there, or name each that did not and why. */
  async function joined(box, incident, tickets, words, lang) {
    const acts = lianxin.incidentActs;
    const page = `/incidents/${encodeURIComponent(incident)}?lang=${lang}`;
    const refused = [];
    for (const ticket of tickets) {
      const answer = await acts.send(`/api/v1/incidents/${encodeURIComponent(incident)}/acts`,
        { act: "take_in", key: lianxin.incidentNotes.key(), given: { ticket }, lang });
      if (!answer.done) refused.push(`${ticket}: ${acts.toldOf(answer, words)}`);
    }
    if (!refused.length) return void root.location.assign(page);
    box.querySelector(".inc-told").textContent =
      lianxin.clock.fill(words.incidents_not_joined, { n: refused.length });
    const lines = refused.map((said) => ["li", {}, [said]]);
    const way = ["li", {}, [["a", { href: page, class: "inc-act" }, [words.incidents_go_on]]]];
    box.querySelector("[data-not-joined]").replaceChildren(
      ...[...lines, way].map((one) => lianxin.drawn.build(one, root.document)));
  }

  lianxin.incidentBoard = { openAddress, open, joined };
  const main = root.document?.querySelector(".inc-page[data-board]");
  if (!main) return;
  const { words } = JSON.parse(root.document.getElementById("incident-facts").textContent);
  const { lang, board } = main.dataset;
  let drawnAs = "";

  async function look() {
    if (root.document.hidden) return;
    const ended = board === "ended" ? "&ended=1" : "";
    const answer = await root.fetch(`/api/v1/incidents?lang=${lang}${ended}`, { cache: "no-store" })
      .catch(() => null);
    if (!answer || !answer.ok) return;
    const { drawn } = await answer.json();
    const text = JSON.stringify(drawn.board);
    if (text === drawnAs) return;
    const slot = main.querySelector('[data-slot="board"]');
    if (slot.contains(root.document.activeElement)) return; // not under somebody's keys
    drawnAs = text;
    slot.replaceChildren(...drawn.board.map((one) => lianxin.drawn.build(one, root.document)));
  }

  main.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-open-incident], [data-join-incident]");
    if (!button) return;
    const box = button.closest(".inc-open");
    if (button.dataset.joinIncident !== undefined) {
      const into = box.querySelector("[data-into]").value;
      return void joined(box, into, JSON.parse(box.dataset.tickets), words, lang);
    }
    const district = box.querySelector("[data-district]")?.value;
    open(box, { district, ...JSON.parse(box.dataset.origin) }, words, lang);
  });
  const box = main.querySelector(".inc-open");
  if (box) {
    const filled = Object.entries({ severity: "3", ...JSON.parse(box.dataset.fill) });
    for (const [name, value] of filled) {
      const field = box.querySelector(`[data-field="${name}"]`);
      if (value && field) field.value = value;
    }
  }
  setInterval(look, EVERY_MS);
})(globalThis);
