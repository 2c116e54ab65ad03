/* The differences as a list: who says what of which words, and what they noted about it. */
import { el, icon, keepingFocus } from "./dom.js";
import { keyCap } from "./keys.js";
import { say } from "./words.js";

export class CompareList {
  /** `acts` are `go(id)`, `step(by)`, `open()`, `settle()` and `help()`. */
  constructor(root, acts) {
    this.root = root;
    this.acts = acts;
    this.count = el("span", { class: "aside" });
    this.list = el("ol", { class: "cmp-list", role: "list", "aria-label": say("compare.view.differences") });
    this.hand = el("div", { class: "cmp-hand" });
    const step = (by, sign, key, what) => el("button", { class: "round", "aria-label": say(what), title: say(what), onclick: () => acts.step(by) }, icon(sign), keyCap(key));
    this.settle = el("button", { class: "secondary", onclick: () => acts.settle() }, say("compare.view.settle"), " ", keyCap("s"));
    this.walk = el("div", { class: "cmp-walk", role: "toolbar", "aria-label": say("compare.view.walk") },
      step(-1, "left", "p", "compare.view.previous"), this.at = el("span", { class: "cmp-at" }), step(1, "right", "n", "compare.view.next"),
      this.open = el("button", { class: "secondary cmp-open", "aria-label": say("compare.view.open"), title: say("compare.view.open"), onclick: () => acts.open() }, say("shell.page.review"), " ", keyCap("o")), this.settle,
      el("button", { class: "round", "aria-label": say("compare.keys.title"), title: say("compare.keys.title"), onclick: () => acts.help() }, el("span", { "aria-hidden": "true" }, "?")));
    this.node = el("section", { class: "cmp-side", "aria-label": say("compare.view.differences") },
      el("h2", { class: "cmp-title" }, `${say("compare.view.differences")} `, this.count), this.list, el("div", { class: "cmp-foot" }, this.hand, this.walk));
  }

  draw(data, shown) {
    this.data = data;
    this.shown = shown;
    this.clauses = new Map(data.clauses.map((clause) => [clause.eid, clause]));
    this.count.textContent = shown.length ? String(shown.length) : "";
    this.walk.hidden = !shown.length;
    keepingFocus(this.root, () => this.list.replaceChildren(
      ...(shown.length ? shown.map((one) => this.entry(one)) : [el("li", { class: "cmp-none" }, say(data.differences.length ? "compare.view.none" : "compare.view.no_difference"))])));
  }

  entry(one) {
    return el("li", { class: "cmp-entry", dataset: { difference: one.id } },
      el("button", { class: "cmp-choose", dataset: { key: `difference-${one.id}` }, onclick: () => this.acts.go(one.id) }, ...this.told(one)),
      el("div", { class: "cmp-more" }));
  }

  told(one) {
    const { lang, dir } = this.data;
    return [
      el("span", { class: "cmp-kind" }, one.name),
      el("bdi", { class: "cmp-citation" }, one.citation.replace(/^(?:art|para)\. /, "")),
      one.kind === "ends" ? null : el("span", { class: "cmp-quote", lang, dir }, one.quote),
      ...one.lines.map((line) => el("span", { class: "cmp-view" }, ...line.reviewers.map((letter) => this.who(letter)), el("span", { class: "cmp-says", dir: "auto" }, line.text))),
    ];
  }

  /** A reviewer's letter; whoever hears the page hears the name. */
  who(letter) {
    const name = this.data.reviewers.find((one) => one.letter === letter)?.name ?? letter;
    return el("span", { class: "cmp-who", title: name }, el("span", { "aria-hidden": "true" }, letter), el("span", { class: "unseen" }, name));
  }

  /** Shows which one is at hand, with what was noted about its clause and why it should be talked about. */
  mark(id) {
    const place = this.shown.findIndex((one) => one.id === id);
    for (const entry of this.list.querySelectorAll(".cmp-entry")) {
      const here = entry.dataset.difference === id;
      if (here === entry.classList.contains("here")) continue;
      entry.classList.toggle("here", here);
      if (here) entry.firstChild.setAttribute("aria-current", "true");
      else entry.firstChild.removeAttribute("aria-current");
      entry.lastChild.replaceChildren(...(here ? this.more(this.shown[place]) : []));
    }
    this.at.textContent = place < 0 ? "" : say("compare.view.of", { n: place + 1, total: this.shown.length });
    this.hand.replaceChildren(...(place < 0 ? [] : [...this.told(this.shown[place]), ...this.more(this.shown[place])]));
  }

  more(one) {
    const clause = this.clauses.get(one.eid);
    return [
      ...cmpNotes(clause, (letter) => this.who(letter), this.data),
      one.why.length ? el("p", { class: "cmp-why" }, el("b", {}, say("compare.view.why")), " ", one.why.join("; ")) : null,
    ].filter(Boolean);
  }
}

/** What reviewers noted about a clause, and what was said of it in its discussion. */
export function cmpNotes(clause, who, { lang, dir }) {
  return [
    ...clause.notes.map((note) => el("p", { class: "cmp-note" }, who(note.letter), " ", el("span", { dir: "auto" }, note.text),
      note.quote ? el("span", { class: "aside" }, ` ${say("compare.view.about")} `, el("q", { lang, dir }, note.quote)) : null)),
    ...clause.comments.map((one) => el("p", { class: `cmp-comment${one.reply ? " reply" : ""}` }, el("b", { dir: "auto" }, one.name), " ", el("span", { dir: "auto" }, one.text),
      one.resolved ? el("span", { class: "aside" }, ` ${say("compare.view.resolved")}`) : null)),
  ];
}
