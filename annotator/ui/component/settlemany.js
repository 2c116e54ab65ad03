/* All that most readers see alike, accepted at once: seen first, one by one to untick, then done. */
import { el } from "./dom.js";
import { keyCap } from "./keys.js";
import { findingLabel, REASON_KEYS, reasonButtons } from "./settleform.js";
import { say } from "./words.js";

export class SettleMany {
  constructor({ add, people }) {
    this.add = add;
    this.people = people;
    this.box = el("dialog", { class: "help stl-many", "aria-label": say("settle.many.title") });
  }

  get open() {
    return this.box.open;
  }

  /** `several` as the server gives them; of one clause, or of the whole text. */
  show(several, where) {
    this.several = several;
    this.where = where;
    this.left = new Set();
    this.reason = null;
    this.note = el("textarea", { class: "stl-note", rows: "1", dir: "auto", maxlength: "4000", "aria-label": say("settle.note"), placeholder: say("settle.note") });
    this.draw();
    this.box.showModal();
  }

  draw() {
    const chosen = this.several.filter((one, index) => !this.left.has(index));
    const held = this.box.getRootNode().activeElement?.dataset?.key;
    this.box.replaceChildren(
      el("header", {}, el("h2", { tabindex: "-1" }, say("settle.many.title")), el("button", { class: "plain", onclick: () => this.box.close() }, say("settle.many.leave"), keyCap("Escape"))),
      el("p", {}, say("settle.many.what", { n: this.several.length, where: this.where })),
      el("ol", { class: "stl-picks", role: "list" }, ...this.several.map((one, index) => this.pick(one, index))),
      reasonButtons(this.reason, (reason) => this.choose(reason)),
      this.note,
      el("p", { class: "stl-decide" }, el("button", { class: "primary", disabled: !chosen.length || !this.reason, dataset: { key: "accept" }, onclick: () => this.accept() }, say("settle.many.do", { n: chosen.length }), keyCap("Enter")),
        this.reason ? null : el("span", { class: "aside" }, say("settle.asks.reason"))));
    if (held) this.box.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
  }

  pick(one, index) {
    const { passage } = one;
    const named = (ids, of) => ids.map((id) => this.people()[id]?.[of] ?? "?");
    const who = (ids) => el("b", { class: "stl-letters", title: named(ids, "name").join(", ") }, el("span", { "aria-hidden": "true" }, named(ids, "letter").join(" ")), el("span", { class: "unseen" }, named(ids, "name").join(", ")));
    const others = passage.views.filter((view) => !view.who.some((id) => passage.holding.includes(id)));
    const box = el("input", {
      type: "checkbox", dataset: { key: `pick-${index}` },
      onchange: () => {
        if (box.checked) this.left.delete(index);
        else this.left.add(index);
        this.draw();
      },
    });
    box.checked = !this.left.has(index);
    return el("li", {}, el("label", {}, box, el("span", { class: "stl-cited" }, one.citation), " ", who(passage.holding), " ",
      ...(passage.finding ? [findingLabel(passage.finding), " ", el("q", { dir: "auto" }, passage.finding.quote)] : [say("settle.outcome.none")])),
    el("p", { class: "aside stl-others" }, say("settle.many.others"), " ", ...others.flatMap((view) => [who(view.who), " ", ...(view.finding ? [findingLabel(view.finding), " ", el("q", { dir: "auto" }, view.finding.quote)] : [say("settle.unmarked")]), " "])));
  }

  choose(reason) {
    this.reason = reason;
    this.draw();
  }

  /** Keys while it is open: a reason each, Enter does it. */
  key(name) {
    if (REASON_KEYS[name]) this.choose(REASON_KEYS[name]);
    else if (name === "Enter" && this.reason) this.accept();
    else return false;
    return true;
  }

  accept() {
    const picks = this.several.filter((one, index) => !this.left.has(index)).map((one) => ({ eid: one.eid, over: one.over, passage: one.passage.id }));
    if (!picks.length) return;
    this.add({ type: "accept_majority", picks, reason: this.reason, note: this.note.value.trim() });
    this.box.close();
  }
}
