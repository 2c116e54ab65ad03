/* What the compare view shows of the differences: by kind, concern, risk or safeguard, and words. */
import { el } from "./dom.js";
import { keyCap } from "./keys.js";
import { say } from "./words.js";

const CMP_NOTHING = { kinds: [], concern: "", polarity: "", words: "" };

/** The bar above the text; `changed` is called when something else is asked for, with `again` to begin at its first. */
export class CompareFilter {
  constructor(changed) {
    this.changed = changed;
    this.asked = { ...CMP_NOTHING };
    this.order = "text";
    this.said = el("p", { class: "cmp-told", role: "status" });
    this.kinds = el("div", { class: "cmp-kinds", role: "group", "aria-label": say("compare.filter.kinds") });
    this.concern = el("select", { "aria-label": say("compare.filter.concern"), onchange: (event) => this.ask({ concern: event.target.value }) });
    this.polarity = el("select", { "aria-label": say("compare.filter.polarity"), onchange: (event) => this.ask({ polarity: event.target.value }) },
      el("option", { value: "" }, say("compare.filter.both")), el("option", { value: "risk" }, say("compare.filter.risk")), el("option", { value: "safeguard" }, say("compare.filter.safeguard")));
    this.words = el("input", { type: "search", "aria-label": say("compare.filter.words"), placeholder: say("compare.filter.words"), oninput: (event) => this.ask({ words: event.target.value }) });
    this.sorted = el("select", { "aria-label": say("compare.filter.order"), onchange: (event) => this.sort(event.target.value) },
      el("option", { value: "text" }, say("compare.filter.by_text")), el("option", { value: "talk" }, say("compare.filter.by_talk")));
    this.clear = el("button", { class: "plain", hidden: true, onclick: () => this.reset() }, say("compare.filter.clear"));
    this.node = el("details", { class: "cmp-filter" },
      el("summary", {}, say("compare.filter.title")),
      this.kinds, el("div", { class: "cmp-asks" }, this.concern, this.polarity, el("span", { class: "cmp-search" }, this.words, keyCap("/")), this.sorted, this.clear));
    this.bar = el("header", { class: "cmp-bar" }, this.said, this.node);
  }

  /** Offers what there is in the data; what is asked for stays. */
  receive(data) {
    this.data = data;
    this.concern.replaceChildren(el("option", { value: "" }, say("compare.filter.all_concerns")), ...data.concerns.map((one) => el("option", { value: one.id }, one.name)));
    if (!data.concerns.some((one) => one.id === this.asked.concern)) this.asked.concern = "";
    this.asked.kinds = this.asked.kinds.filter((kind) => data.kinds.some((one) => one.kind === kind));
    this.draw();
  }

  ask(change) {
    this.asked = { ...this.asked, ...change };
    this.draw();
    this.changed();
  }

  sort(order) {
    this.order = order;
    this.sorted.value = order;
    this.changed({ again: order === "talk" });
  }

  reset() {
    this.ask({ ...CMP_NOTHING });
  }

  get active() {
    return JSON.stringify(this.asked) !== JSON.stringify(CMP_NOTHING);
  }

  /** The next kind alone; after the last one, all of them. */
  nextKind() {
    const kinds = this.data.kinds.map((one) => one.kind);
    const [at] = this.asked.kinds;
    const next = kinds[kinds.indexOf(at) + 1];
    this.ask({ kinds: next ? [next] : [] });
  }

  /** The differences asked for, in the order asked for. */
  shown() {
    const { kinds, concern, polarity } = this.asked;
    const wanted = cmpPlain(this.asked.words).split(/\s+/).filter(Boolean);
    const found = this.data.differences.filter((one) =>
      (!kinds.length || kinds.includes(one.kind)) && (!concern || one.concerns.includes(concern)) && (!polarity || one.polarities.includes(polarity))
      && wanted.every((word) => cmpPlain(one.words).includes(word)));
    return this.order === "talk" ? found.sort((a, b) => a.rank - b.rank) : found;
  }

  draw() {
    const { kinds } = this.asked;
    const most = Math.max(1, ...this.data.kinds.map((one) => one.n));
    this.kinds.replaceChildren(...this.data.kinds.map(({ kind, name, n }) =>
      el("button", {
        class: "cmp-chip", "aria-pressed": String(kinds.includes(kind)), dataset: { key: `kind-${kind}`, kind },
        style: { "--share": `${Math.round((100 * n) / most)}%` },
        onclick: () => this.ask({ kinds: kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind] }),
      }, el("span", {}, name), el("b", {}, String(n)))));
    this.concern.value = this.asked.concern;
    this.polarity.value = this.asked.polarity;
    if (this.words.value !== this.asked.words) this.words.value = this.asked.words;
    this.clear.hidden = !this.active;
    const n = this.shown().length;
    const clauses = new Set(this.data.differences.map((one) => one.eid)).size;
    this.said.replaceChildren(...(this.active
      ? [say("compare.filter.some", { n, total: this.data.differences.length })]
      : [el("strong", {}, say("compare.filter.differences", { n })), " ", say("compare.filter.clauses", { n: clauses, total: this.data.compared })]));
  }
}

/** Without accents and capitals, as people search. */
function cmpPlain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
