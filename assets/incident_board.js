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
    if (answer.incident && (answer.done || answer.status === 409)) {
      if (answer.done) return void root.location.assign(`/incidents/${answer.incident}?lang=${lang}`);
    }
    if (answer.status) delete box.dataset.key;
    box.querySelector(".inc-told").textContent = acts.toldOf(answer, words);
  }

  lianxin.incidentBoard = { openAddress, open };
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
    const button = event.target.closest?.("[data-open-incident]");
    if (!button) return;
    const box = button.closest(".inc-open");
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
