/* Files of an incident: chosen, photographed or dropped, sent with their progress, and looked at. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * Say why a file need not be sent at all; the server asks again, by what is in it.
   * @param {{size: number, type: string}} file
   * @param {{most_bytes: number, media: string[]}} bounds
   * @param {Object<string, string>} words
   * @returns {string} "" for one that may be sent
   */
  function refusal(file, bounds, words) {
    if (!file.size) return words.incident_bad_file;
    if (file.type && !bounds.media.includes(file.type)) return words.incident_bad_media;
    if (file.size > bounds.most_bytes) return filled(words.incident_bad_large, bounds);
    return "";
  }

  const filled = (text, bounds) =>
    text.replace("{mb}", String(Math.round(bounds.most_bytes / 100_000) / 10));

  /**
   * Where a file goes: who runs the incident sends as such, a department as itself.
   * @param {{incident: string, may: string[], own: string, lang: string}} page
   * @param {{at: string, of: number}} place
   * @param {string} once the sender's own name of this act
   */
  function addressOf(page, place, once) {
    const one = `/api/v1/incidents/${encodeURIComponent(page.incident)}`;
    const way = page.may.includes("command") ? "" : `/answers/${encodeURIComponent(page.own)}`;
    const asked = new URLSearchParams({ ...place, once, lang: page.lang });
    return `${one}${way}/files?${asked}`;
  }

  /** Send a file; `share` is told how much of it has gone. Whatever comes back is an answer. */
  function send(address, file, share) {
    return new Promise((resolve) => {
      const asked = new root.XMLHttpRequest();
      asked.open("POST", address);
      asked.setRequestHeader("Content-Type", "application/octet-stream");
      asked.setRequestHeader("X-File-Name", encodeURIComponent(file.name || ""));
      asked.setRequestHeader("X-CSRF-Token", lianxin.session.pageToken(root.document.cookie));
      asked.upload.addEventListener("progress", (event) => share(event.loaded / event.total));
      asked.addEventListener("load", () => {
        let said = {};
        try { said = JSON.parse(asked.responseText); } catch { /* a proxy's own page */ }
        resolve({ ...said, status: asked.status });
      });
      for (const end of ["error", "abort", "timeout"]) {
        asked.addEventListener(end, () => resolve({ status: 0 }));
      }
      asked.send(file);
    });
  }

  const made = (document, tag, more, ...children) => {
    const node = Object.assign(document.createElement(tag), more);
    node.append(...children);
    return node;
  };

  /** Make a chooser of files that is a button to the eye, the finger and the keyboard. */
  function chooser(document, word, more, taken) {
    const input = made(document, "input", { type: "file", className: "inc-chooser", ...more });
    input.addEventListener("change", () => {
      taken([...input.files]);
      input.value = "";
    });
    return made(document, "label", { className: "inc-act inc-act-main" },
      made(document, "span", { textContent: word }), input);
  }

  /**
   * Listen on an incident's page.
   * @param {Element} main
   * @param {Object} page
   * @param {Object<string, string>} words
   * @param {{most_bytes: number, media: string[]}} bounds
   * @param {function()} acted is called when a file has come
   */
  function listen(main, page, words, bounds, acted) {
    const { document } = root;
    const box = main.querySelector(".inc-sender");
    const list = box.querySelector("[data-file-list]");
    const view = main.querySelector(".inc-view");
    let place = null;
    let going = Promise.resolve();

    box.querySelector("[data-file-hint]").textContent = filled(words.incident_file_hint, bounds);
    const accept = bounds.media.join(",");
    const pictures = bounds.media.filter((one) => one.startsWith("image/")).join(",");
    box.querySelector("[data-file-ways]").append(
      chooser(document, words.incident_act_take_photo, { accept: pictures, capture: "environment" }, take),
      chooser(document, words.incident_act_choose_file, { accept, multiple: true }, take));

    /** One after another: a field's line is narrow, and the first is there soonest. */
    function take(files) {
      const at = place;
      for (const file of files) {
        const row = rowOf(file);
        list.append(row.node);
        const why = refusal(file, bounds, words);
        if (why) row.tell(why);
        else going = going.then(() => attempt(file, at, row, lianxin.incidentNotes.key()));
      }
    }

    function rowOf(file) {
      const bar = made(document, "progress", { max: 1, value: 0 });
      bar.setAttribute("aria-label", file.name);
      const told = made(document, "span", { className: "inc-fine" });
      const node = made(document, "li", {}, made(document, "span", { textContent: file.name }), bar, told);
      return {
        node,
        share: (part) => { bar.value = part; },
        tell: (text, state) => {
          bar.hidden = state !== "sending";
          told.className = state ? "inc-fine" : "inc-told";
          told.textContent = text;
        },
      };
    }

    async function attempt(file, at, row, key) {
      row.tell(words.incident_file_sending, "sending");
      const answer = await send(addressOf(page, at, key), file, row.share);
      if (answer.done) {
        row.tell(words.incident_file_sent, "sent");
        acted();
        return;
      }
      row.tell(lianxin.incidentActs.toldOf(answer, words));
      if (answer.status >= 400 && answer.status < 500) return;
      // it was not answered: the same key once more, so that it is one file whatever had come
      const again = made(document, "button",
        { type: "button", className: "inc-act", textContent: words.incident_file_again });
      again.addEventListener("click", () => {
        again.remove();
        going = going.then(() => attempt(file, at, row, key));
      });
      row.node.append(again);
    }

    function open(button) {
      place = JSON.parse(button.dataset.attach);
      list.replaceChildren();
      box.showModal();
    }

    /** Show a photograph large; a paper is saved by the browser as ever. */
    function show(link) {
      const picture = made(document, "img", { src: link.getAttribute("href"), alt: link.title });
      view.querySelector(".inc-view-picture").replaceChildren(picture);
      view.querySelector(".inc-view-name").textContent = link.title;
      view.showModal();
    }

    main.addEventListener("click", (event) => {
      const button = event.target.closest?.("button");
      if (button?.dataset.attach) open(button);
      if (button?.dataset.viewClose !== undefined) view.close();
      const link = event.target.closest?.('a[data-file="picture"]');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(link);
    });
    view.addEventListener("close", () => view.querySelector(".inc-view-picture").replaceChildren());
    for (const name of ["dragover", "drop"]) {
      box.addEventListener(name, (event) => event.preventDefault());
    }
    box.addEventListener("drop", (event) => take([...event.dataTransfer.files]));
    look(main);
  }

  /** Put the small picture into each link to one; a browser fetches it once it is near the eye. */
  function look(main) {
    for (const link of main.querySelectorAll('a[data-file="picture"]:not(:has(img))')) {
      const picture = root.document.createElement("img");
      Object.assign(picture, { loading: "lazy", decoding: "async", alt: "",
        src: `${link.getAttribute("href")}?small=1` });
      link.prepend(picture);
    }
  }

  lianxin.incidentFiles = { refusal, addressOf, listen, look };
})(globalThis);
