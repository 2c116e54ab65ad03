/* What people say to each other about a clause: threads, replies, resolved marks. For any view to mount.

`new Discussion(add)` makes it, its `root` goes into the view, `draw` shows the threads of a clause as
`discussing.py` gives them; `add` gets each event for the server: `comment`, `reply`, `edit_comment`,
`remove_comment`, `resolve_comment`, `reopen_comment`. What is being written stays while it is drawn anew.
*/
import { el, icon, keepingFocus } from "./dom.js";
import { keyCap } from "./keys.js";
import { say } from "./words.js";

const FOLDED = 3;

export class Discussion {
  constructor(add, { key = null } = {}) {
    this.add = add;
    this.key = key;
    this.writing = new Map(); // what is written and not sent, by what it answers
    this.answering = null;
    this.editing = null;
    this.unfolded = new Set();
    this.eid = null;
    this.print = "";
    this.list = el("div", { class: "dsc-list" });
    this.place = el("div", { class: "dsc-new" });
    this.title = el("h2", { class: "dsc-title" });
    this.root = el("section", { class: "dsc", "aria-label": say("discussion.title") }, this.title, this.list, this.place);
  }

  /** Shows the threads of a clause; `waiting` are comments on their way, which no thread has yet. */
  draw(eid, citation, threads, waiting = []) {
    const print = JSON.stringify([eid, citation, threads, waiting, this.answering, this.editing, [...this.unfolded]]);
    if (print === this.print) return;
    this.print = print;
    if (this.eid !== eid) this.answering = this.editing = null;
    this.eid = eid;
    this.drawn = { citation, threads, waiting };
    keepingFocus(this.root.getRootNode(), () => {
      const open = threads.filter((one) => !one.resolved).length;
      this.title.replaceChildren(say("discussion.on", { citation }), " ", el("span", { class: "aside" }, open ? String(open) : ""));
      this.list.replaceChildren(...threads.map((one) => this.thread(one)), ...waiting.map((text) => el("p", { class: "dsc-text dsc-sending", dir: "auto" }, text)));
      this.place.replaceChildren(this.form("new", say("discussion.say"), say("discussion.send"), (text) => this.add({ type: "comment", eid, text })));
    });
  }

  again() {
    this.print = "";
    const { citation, threads, waiting } = this.drawn;
    this.draw(this.eid, citation, threads, waiting);
  }

  /** Puts the caret where a new comment is written. */
  write() {
    this.place.querySelector("textarea").focus();
  }

  thread(thread) {
    const [first, ...replies] = thread.comments;
    if (thread.resolved && !this.unfolded.has(thread.id)) {
      return el("div", { class: "dsc-thread dsc-resolved" },
        el("button", { class: "dsc-fold", "aria-expanded": "false", dataset: { key: `fold-${thread.id}` }, onclick: () => this.unfold(thread.id) },
          icon("tick"), el("span", { class: "dsc-start", dir: "auto" }, first.text), el("span", { class: "aside" }, thread.resolved)));
    }
    const hidden = this.unfolded.has(thread.id) ? 0 : Math.max(0, replies.length - FOLDED);
    return el("div", { class: `dsc-thread${thread.resolved ? " dsc-resolved" : ""}`, role: "group", "aria-label": say("discussion.thread", { name: first.name }) },
      thread.origin ? el("p", { class: "aside dsc-origin" }, thread.origin) : null,
      thread.about ? el("q", { class: "dsc-about", dir: "auto" }, thread.about) : null,
      this.comment(first, replies.length > 0),
      hidden ? el("button", { class: "plain dsc-more", dataset: { key: `more-${thread.id}` }, onclick: () => this.unfold(thread.id) }, say("discussion.earlier", { n: hidden })) : null,
      el("div", { class: "dsc-replies" }, ...replies.slice(hidden).map((one) => this.comment(one, false))),
      thread.resolved ? el("p", { class: "dsc-done" }, icon("tick"), thread.resolved) : null,
      this.answering === thread.id
        ? this.form(thread.id, say("discussion.answer_to", { name: first.name }), say("discussion.answer"), (text) => this.add({ type: "reply", comment: thread.id, text }))
        : el("p", { class: "dsc-acts" },
          this.act("answer", thread.id, () => this.answer(thread.id)),
          thread.resolved
            ? this.act("reopen", thread.id, () => this.add({ type: "reopen_comment", comment: thread.id }))
            : this.act("resolve", thread.id, () => this.add({ type: "resolve_comment", comment: thread.id }))));
  }

  comment(one, answered) {
    if (this.editing === one.id) {
      if (!this.writing.has(one.id)) this.writing.set(one.id, one.text);
      return this.form(one.id, say("discussion.edit"), say("discussion.save"), (text) => this.add({ type: "edit_comment", comment: one.id, text }));
    }
    return el("div", { class: "dsc-comment" },
      el("p", { class: "dsc-head" }, el("b", { dir: "auto" }, one.name), " ", el("span", { class: "aside" }, one.at),
        one.own ? el("span", { class: "dsc-own" },
          this.act("edit", one.id, () => this.edit(one.id)),
          answered ? null : this.act("remove", one.id, () => this.add({ type: "remove_comment", comment: one.id }))) : null),
      el("p", { class: "dsc-text", dir: "auto" }, one.text));
  }

  act(name, id, act) {
    return el("button", { class: "plain", dataset: { key: `${name}-${id}` }, onclick: act }, say(`discussion.${name}`));
  }

  unfold(id) {
    this.unfolded.add(id);
    this.again();
  }

  answer(id) {
    this.answering = id;
    this.again();
    this.root.querySelector(`[data-key="write-${CSS.escape(id)}"]`)?.focus();
  }

  edit(id) {
    this.editing = id;
    this.again();
    this.root.querySelector(`[data-key="write-${CSS.escape(id)}"]`)?.focus();
  }

  /** A field with its button; Ctrl or ⌘ and Enter send it too, Escape leaves it. */
  form(id, label, button, send) {
    const at = id === "new" ? `new-${this.eid}` : id;
    const done = () => {
      const text = field.value.trim();
      if (!text) return field.focus();
      this.writing.delete(at);
      this.answering = this.editing = null;
      field.value = "";
      send(text);
      return this.again();
    };
    const field = el("textarea", {
      class: "dsc-write", rows: "2", dir: "auto", "aria-label": label, placeholder: label, maxlength: "10000", dataset: { key: `write-${id}` },
      oninput: () => this.writing.set(at, field.value),
      onkeydown: (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          done();
        } else if (event.key === "Escape") {
          event.stopPropagation();
          field.blur();
          if (id !== "new") {
            this.writing.delete(at);
            this.answering = this.editing = null;
            this.again();
          }
        }
      },
    });
    field.value = this.writing.get(at) ?? "";
    return el("div", { class: "dsc-form" }, field,
      el("button", { class: "small", dataset: { key: `send-${id}` }, onclick: done }, button, id === "new" && this.key ? keyCap(this.key) : null));
  }
}
