/* Saved views: named, renamed, deleted, and deleted ones brought back. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const UNDO_MS = 15_000;

  /**
   * What to send the server so that a deleted view comes back.
   * @param {string} name
   * @param {string} asked JSON, as the link has it
   */
  const broughtBack = (name, asked) => ({ name, asked: JSON.parse(asked) });

  lianxin.deskViews = { broughtBack };
  if (!root.document) return;
  const { document } = root;

  async function send(path, body) {
    const answer = await root.fetch(`/api/v1/desk/views${path}`, {
      method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json",
        "X-CSRF-Token": lianxin.session.pageToken(document.cookie) },
    });
    if (!answer.ok) throw Object.assign(new Error("view"), { status: answer.status });
    return answer.json();
  }

  const put = (tag, values, text = "") => Object.assign(document.createElement(tag), values, {
    textContent: text });

  /** Draw a saved view as the server does. */
  function drawn(view, words) {
    const item = put("li", {});
    item.dataset.viewId = view.id;
    const link = put("a", { className: "choice desk-view",
      href: `/desk?${lianxin.deskAsking.write(view.asked)}` }, view.name);
    link.dataset.view = JSON.stringify(view.asked);
    item.append(link, ...["rename", "drop"].map((act) => {
      const button = put("button", { type: "button", className: "desk-view-act" },
        words[`view_${act}`]);
      button.dataset.viewAct = act;
      button.setAttribute("aria-label", words[`view_${act}_named`].replace("{name}", view.name));
      return button;
    }));
    return item;
  }

  /** The page's saved views. */
  class Views {
    constructor(desk) {
      Object.assign(this, { desk, words: desk.facts.words });
      this.list = desk.page.querySelector(".desk-views-list");
      this.told = put("p", { className: "desk-told", hidden: true });
      this.told.setAttribute("role", "status");
      desk.page.append(this.told);
      desk.page.querySelector(".desk-save")?.addEventListener("submit", (event) => {
        event.preventDefault();
        this.save(event.target.elements[0]);
      });
      this.list.addEventListener("click", (event) => {
        const act = event.target.dataset.viewAct;
        if (act) this[act](event.target.closest("li"));
      });
    }

    tell(words, undo) {
      clearTimeout(this.timer);
      this.told.replaceChildren(put("span", {}, words));
      if (undo) {
        const button = put("button", { type: "button", className: "press" }, this.words.desk_undo);
        button.addEventListener("click", undo);
        this.told.append(button);
      }
      this.told.hidden = false;
      this.timer = setTimeout(() => { this.told.hidden = true; }, UNDO_MS);
    }

    async trying(work) {
      try {
        await work();
      } catch (error) {
        const key = error.status === 400 ? "desk_named_badly"
          : lianxin.deskTable.refusal(error.status || 0);
        this.tell(this.words[key]);
      }
    }

    add(view, before = null) {
      this.list.insertBefore(drawn(view, this.words), before);
      this.desk.mark();
    }

    save(field) {
      return this.trying(async () => {
        const name = field.value.trim();
        this.add(await send("", { name, asked: this.desk.asked }));
        field.value = "";
        this.tell(this.words.desk_saved.replace("{name}", name));
      });
    }

    /** The name becomes a field where it stands; Enter keeps it, Esc leaves it as it was. */
    rename(item) {
      const link = item.querySelector("[data-view]");
      const field = put("input", { className: "desk-rename", maxLength: 40, value: link.textContent });
      field.setAttribute("aria-label", this.words.desk_name_of);
      link.hidden = true;
      item.prepend(field);
      field.focus();
      field.select();
      const end = () => {
        field.remove();
        link.hidden = false;
        link.focus();
      };
      field.addEventListener("keydown", (event) => {
        if (event.key === "Escape") end();
        if (event.key !== "Enter") return;
        this.trying(async () => {
          const name = field.value.trim();
          await send(`/${item.dataset.viewId}/rename`, { name });
          const asked = JSON.parse(link.dataset.view);
          end();
          item.replaceWith(drawn({ id: item.dataset.viewId, name, asked }, this.words));
          this.desk.mark();
          this.tell(this.words.desk_renamed.replace("{name}", name));
        });
      });
    }

    drop(item) {
      return this.trying(async () => {
        const link = item.querySelector("[data-view]");
        const after = item.nextElementSibling;
        await send(`/${item.dataset.viewId}/drop`, {});
        item.remove();
        const again = broughtBack(link.textContent, link.dataset.view);
        this.tell(this.words.desk_dropped.replace("{name}", again.name), () =>
          this.trying(async () => {
            this.add(await send("", again), after?.isConnected ? after : null);
            this.told.hidden = true;
          }));
      });
    }
  }

  document.addEventListener("lianxin:desk", () => new Views(lianxin.deskPage));
})(globalThis);
