/* All tags under one code, with the words around them; many of them re-coded at once, seen before it is done. */
import { clauseAddress, marked, tagBadge } from "./finding.js";
import { el, keepingFocus, mounting, uuid } from "./dom.js";
import { nameOf } from "./keys.js";
import { say } from "./words.js";

const KEEP = "=";

/** Mounts the list of tags, or draws it again with other data. */
export const mountRecoding = mounting((root) => new Recoding(root));

class Recoding {
  constructor(root) {
    this.root = root;
    this.chosen = new Set();
    this.form = { concern: KEEP, code: KEEP, polarity: KEEP, severity: KEEP };
    this.bar = el("div", { class: "rc-bar", role: "group" });
    this.list = el("div", { class: "rc-list" });
    this.live = el("div", { class: "unseen", "aria-live": "polite" });
    root.querySelector(".ta-root").replaceChildren(el("div", { class: "rc" }, this.bar, this.list, this.live));
    this.pressed = (event) => this.key(event);
    window.addEventListener("keydown", this.pressed);
  }

  close() {
    window.removeEventListener("keydown", this.pressed);
  }

  receive(data, send) {
    this.send = send;
    const print = JSON.stringify(data);
    if (print === this.print) return;
    this.print = print;
    this.data = data;
    const known = new Set(data.ids);
    this.chosen = new Set([...this.chosen].filter((id) => known.has(id)));
    if (data.done && data.done.nonce !== this.told) {
      this.told = data.done.nonce;
      this.chosen.clear();
      this.form = { concern: KEEP, code: KEEP, polarity: KEEP, severity: KEEP };
      this.live.textContent = data.done.said;
    }
    const seen = Boolean(this.plan);
    this.plan = data.plan;
    this.draw();
    if (this.plan && !seen) this.bar.querySelector(".rc-title").focus({ preventScroll: true });
  }

  draw() {
    keepingFocus(this.root, () => {
      this.bar.setAttribute("aria-label", say("search.recode.title"));
      this.bar.replaceChildren(...(this.plan ? this.preview() : this.tools()));
      this.list.replaceChildren(...this.groups());
    });
  }

  key(event) {
    const key = nameOf(event);
    if (key !== "j" && key !== "k") return;
    event.preventDefault();
    const boxes = [...this.list.querySelectorAll("input")];
    const at = boxes.indexOf(this.root.activeElement);
    const next = boxes[at < 0 ? 0 : Math.min(Math.max(at + (key === "j" ? 1 : -1), 0), boxes.length - 1)];
    next?.focus({ preventScroll: true });
    next?.closest("li").scrollIntoView({ block: "nearest" });
  }

  /* ---- choosing ---- */

  tools() {
    const { data } = this;
    if (!data.ids.length) return data.done ? [this.done()] : [];
    const own = data.own;
    const all = own.length > 0 && own.every((id) => this.chosen.has(id));
    const every = el("input", {
      type: "checkbox", id: "rc-all", dataset: { key: "all" },
      onchange: () => {
        this.chosen = new Set(all ? [] : own);
        this.draw();
      },
    });
    every.checked = all;
    every.indeterminate = !all && this.chosen.size > 0;
    every.disabled = !own.length;
    return [
      data.done ? this.done() : null,
      el("div", { class: "rc-choose" }, el("label", { for: "rc-all" }, every, own.length ? say("search.recode.all_mine", { n: own.length }) : say("search.recode.none_mine")),
        el("span", { class: "aside" }, say("search.recode.only_own"))),
      this.chosen.size ? this.asking() : null,
    ].filter(Boolean);
  }

  asking() {
    const { concerns } = this.data;
    const { form } = this;
    const concern = concerns.find((one) => one.id === form.concern) ?? this.common();
    const codes = concern ? concern.codes.filter((one) => !one.retired) : [];
    const nothing = Object.values(form).every((one) => one === KEEP);
    return el("div", { class: "rc-form" },
      el("b", {}, say("search.recode.chosen", { n: this.chosen.size })),
      this.select("concern", say("search.concern"), [[KEEP, say("search.recode.keep")], ...concerns.map((one) => [one.id, one.name])]),
      this.select("code", say("search.code"), [[KEEP, say("search.recode.keep")], ["", say("search.recode.no_code")], ...codes.map((one) => [one.id, (one.parent ? "– " : "") + one.name])], !concern),
      this.select("polarity", say("search.polarity"), [[KEEP, say("search.recode.keep")], ["risk", say("search.risk")], ["safeguard", say("search.safeguard")]]),
      this.select("severity", say("search.severity"), [[KEEP, say("search.recode.keep")], ["", say("search.recode.no_severity")], ...["low", "medium", "high"].map((one) => [one, say(`search.severities.${one}`)])]),
      el("button", { class: "primary", disabled: nothing, dataset: { key: "preview" }, onclick: () => this.ask("preview") }, say("search.recode.preview")));
  }

  /** The concern that all chosen tags have, whose codes can be offered without choosing it anew. */
  common() {
    const held = new Set(this.data.items.filter((one) => this.chosen.has(one.id)).map((one) => one.concern));
    return held.size === 1 ? this.data.concerns.find((one) => held.has(one.id)) : this.data.concerns.find((one) => one.id === this.data.concern);
  }

  select(name, label, options, disabled = false) {
    const list = el("select", {
      dataset: { key: `field-${name}` }, disabled,
      onchange: (event) => {
        this.form = { ...this.form, [name]: event.target.value, ...(name === "concern" ? { code: event.target.value === KEEP ? KEEP : "" } : {}) };
        this.draw();
      },
    }, ...options.map(([value, text]) => el("option", { value, selected: this.form[name] === value }, text)));
    return el("label", { class: "rc-field" }, el("span", {}, label), list);
  }

  changes() {
    const { form } = this;
    const changes = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== KEEP));
    if ("code" in changes && !("concern" in changes)) changes.concern = this.common().id;
    return changes;
  }

  ask(type) {
    this.send({ type, nonce: uuid(), ids: this.data.ids.filter((id) => this.chosen.has(id)), changes: this.changes() });
  }

  /* ---- seeing before doing ---- */

  preview() {
    const { plan } = this;
    return [
      el("h2", { class: "rc-title", tabindex: "-1" }, plan.changed ? say("search.recode.will_change", { n: plan.changed, texts: say("count.text", { n: plan.texts }) }) : say("search.recode.will_change_none")),
      plan.kinds.length ? el("ul", { class: "rc-kinds", role: "list" }, ...plan.kinds.map((one) => el("li", {}, el("b", {}, String(one.n)), " ", label(one.before), arrow(), label(one.after)))) : null,
      ...plan.stays.map((line) => el("p", { class: "aside" }, line)),
      el("div", { class: "rc-acts" },
        plan.changed ? el("button", { class: "primary", dataset: { key: "apply" }, onclick: () => this.ask("apply") }, say("search.recode.do", { n: plan.changed })) : null,
        el("button", { class: "secondary", dataset: { key: "back" }, onclick: () => this.ask("cancel") }, say("search.recode.back"))),
    ].filter(Boolean);
  }

  done() {
    const { done } = this.data;
    return el("p", { class: "rc-done", role: "status" }, done.said,
      done.seq ? [" ", el("button", { class: "plain", dataset: { key: "undo" }, onclick: () => this.send({ type: "undo", nonce: uuid(), seq: done.seq }) }, say("search.recode.undo"))] : null);
  }

  /* ---- the tags ---- */

  groups() {
    const { data } = this;
    const nodes = [];
    let slug = null;
    let list = null;
    for (const item of data.items) {
      if (item.slug !== slug) {
        slug = item.slug;
        list = el("ol", { class: "rc-tags", role: "list" });
        nodes.push(el("h2", { class: "rc-text", lang: item.lang, dir: "auto" }, item.title, " ", el("span", { class: "aside" }, say("search.recode.in_text", { n: data.counts[slug] }))), list);
      }
      list.append(this.tag(item));
    }
    if (data.more) nodes.push(el("button", { class: "secondary rc-more", dataset: { key: "more" }, onclick: () => this.send({ type: "more", nonce: uuid() }) }, say("search.recode.more", { n: data.more })));
    return nodes;
  }

  tag(item) {
    const box = el("input", {
      type: "checkbox", dataset: { key: `tag-${item.id}` },
      "aria-label": say("search.recode.choose", { citation: item.citation, quote: item.short }),
      onchange: (event) => {
        if (event.target.checked) this.chosen.add(item.id);
        else this.chosen.delete(item.id);
        this.draw();
      },
    });
    box.checked = this.chosen.has(item.id);
    const planned = this.plan?.after[item.id];
    return el("li", { class: `rc-tag${item.own ? "" : " rc-other"}${planned ? " rc-planned" : ""}` },
      item.own && !this.plan ? box : el("span", { class: "rc-nobox" }),
      el("div", { class: "rc-body" },
        el("p", { class: "rc-head" },
          el("a", {
            class: "rc-open", href: clauseAddress(item),
            onclick: (event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              this.send({ type: "open", nonce: uuid(), slug: item.slug, eid: item.eid, mark: item.mark });
            },
          }, el("bdi", { dir: "ltr" }, item.citation)),
          item.under ? el("span", { class: "aside", lang: item.lang, dir: "auto" }, item.under) : null,
          el("span", { class: "aside rc-who" }, item.who)),
        el("p", { class: "fd-words", lang: item.lang, dir: item.dir }, ...marked(item.pieces, `slot-${item.label.slot} ${item.label.polarity}`)),
        el("p", { class: "rc-label" }, label(item.label), planned ? [arrow(), label(planned)] : null,
          item.note ? el("span", { class: "fd-note", dir: "auto" }, item.note) : null)));
  }
}

/** Between what a tag is and what it would be. */
function arrow() {
  return el("span", {}, el("span", { class: "rc-arrow", "aria-hidden": "true" }, " → "), el("span", { class: "unseen" }, ` ${say("search.recode.becomes")} `));
}

/** A tag's label: its sign, code and severity. */
function label(one) {
  return el("span", { class: "fd-tag" }, tagBadge(one), el("span", {}, one.name, el("span", { class: "unseen" }, `, ${one.is}`), one.severity ? el("span", { class: "aside" }, ` ${one.severity}`) : null));
}
