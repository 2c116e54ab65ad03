/* The compare view: the text as a score, the differences beside it, and one way to go through them. */
import { CompareFilter } from "./comparefilter.js";
import { CompareHelp } from "./comparehelp.js";
import { cmpLines, cmpMeasure } from "./comparelanes.js";
import { CompareList, cmpNotes } from "./comparelist.js";
import { el, keepingFocus, mounting } from "./dom.js";
import { commandFor, nameOf } from "./keys.js";
import { say } from "./words.js";

const CMP_PHONE = 767; // pixels, as in the style sheet
const CMP_RUN = 4; // so many clauses in a row without a difference become one line
const CMP_LABELLED = 4; // with more reviewers than this, only the clause at hand names its marks in full

/** Draws the view, or brings it up to date in place; the result takes it down again. */
export const mountCompare = mounting((root) => new Comparison(root));

class Comparison {
  constructor(root) {
    this.root = root;
    this.drawn = new Map();
    this.folds = new Map();
    this.runs = new Set();
    this.whole = false;
    this.at = null;
    this.width = 0;
    this.filter = new CompareFilter(({ again = false } = {}) => {
      if (again) this.at = null;
      this.draw();
      if (again) this.show(this.at);
    });
    this.help = new CompareHelp();
    this.article = el("article", { class: "cmp-article" });
    this.text = el("div", { class: "cmp-text", tabindex: "0", role: "region", "aria-label": say("compare.view.text") }, this.article);
    this.list = new CompareList(root, {
      go: (id) => this.go(id),
      step: (by) => this.step(by),
      open: () => this.ask("open"),
      settle: () => this.ask("settle"),
      help: () => this.help.show(),
    });
    this.frame = el("div", { class: "cmp" }, this.filter.bar, this.text, this.list.node, this.help.box);
    root.querySelector(".ta-root").replaceChildren(this.frame);
    this.watch();
  }

  watch() {
    const again = () => {
      cancelAnimationFrame(this.waiting);
      this.waiting = requestAnimationFrame(() => this.layOut([...this.drawn.values()]));
    };
    const scrolled = () => {
      this.scrolling ??= requestAnimationFrame(() => {
        this.scrolling = null;
        this.setNear();
      });
    };
    this.text.addEventListener("scroll", scrolled, { passive: true });
    const resized = new ResizeObserver(() => {
      // On a phone the filters wait behind their name; elsewhere there is no name to open them by.
      if (this.frame.clientWidth > CMP_PHONE) this.filter.node.open = true;
      if (Math.abs(this.article.clientWidth - this.width) >= 1) again();
    });
    resized.observe(this.article);
    const pressed = (event) => this.key(event);
    const printed = () => this.set([...this.drawn.values()].filter((drawn) => drawn.words));
    document.fonts.addEventListener("loadingdone", again);
    window.addEventListener("keydown", pressed);
    window.addEventListener("beforeprint", printed);
    this.close = () => {
      resized.disconnect();
      cancelAnimationFrame(this.waiting);
      cancelAnimationFrame(this.scrolling);
      document.fonts.removeEventListener("loadingdone", again);
      window.removeEventListener("keydown", pressed);
      window.removeEventListener("beforeprint", printed);
    };
  }

  receive(data, send) {
    this.send = send;
    const print = JSON.stringify(data);
    if (print === this.print) return;
    this.print = print;
    this.data = data;
    this.frame.classList.toggle("cmp-dense", data.reviewers.length > CMP_LABELLED);
    this.article.lang = data.lang;
    this.article.dir = data.dir;
    if (this.document !== data.document) {
      this.document = data.document;
      this.folds.clear();
      this.runs.clear();
      this.text.scrollTop = 0;
      this.at = data.differences.find((one) => one.eid === data.at)?.id ?? null;
      this.bring = this.at !== null;
    }
    this.filter.receive(data);
    this.draw();
    if (this.bring) this.show(this.at);
    this.bring = false;
  }

  /* ---- keys ---- */

  key(event) {
    const pressed = event.repeat ? null : nameOf(event);
    const name = pressed && commandFor(pressed);
    if (!name || this.help.box.open) return;
    const act = {
      j: () => this.stepClause(1), k: () => this.stepClause(-1),
      n: () => this.step(1), p: () => this.step(-1),
      v: () => this.filter.nextKind(),
      t: () => this.filter.sort(this.filter.order === "text" ? "talk" : "text"),
      f: () => this.toggleWhole(),
      o: () => this.ask("open"), s: () => this.ask("settle"),
      "/": () => this.find(),
      "?": () => this.help.show(),
      Escape: () => this.escape(),
    }[name];
    if (!act) return;
    event.preventDefault();
    act();
  }

  find() {
    this.filter.node.open = true;
    this.filter.words.focus();
    this.filter.words.select();
  }

  escape() {
    if (this.root.activeElement === this.filter.words && !this.filter.asked.words) this.filter.words.blur();
    else if (this.filter.active) this.filter.reset();
    else this.root.activeElement?.blur();
  }

  ask(type) {
    const one = this.shown.find((difference) => difference.id === this.at);
    if (one) this.send({ type, eid: one.eid, nonce: String(performance.now()) });
  }

  /* ---- drawing what the data says ---- */

  draw() {
    this.shown = this.filter.shown();
    if (!this.shown.some((one) => one.id === this.at)) this.at = this.shown[0]?.id ?? null;
    const place = this.text.scrollTop;
    this.list.draw(this.data, this.shown);
    keepingFocus(this.root, () => this.drawText());
    this.text.scrollTop = place;
    this.mark();
  }

  /** Clauses that have not changed keep their element, and with it their place and their fold. */
  drawText() {
    const { data } = this;
    const reviewers = JSON.stringify(data.reviewers);
    const shown = new Set(this.shown.map((one) => one.id));
    const before = this.drawn;
    this.drawn = new Map();
    const nodes = data.notice ? [el("p", { class: "cmp-notice" }, data.notice)] : [];
    const fresh = [];
    const place = (clause, disputed) => {
      if (clause.opens) {
        nodes.push(el("h2", { class: "cmp-heading" }, el("span", { class: "cmp-number" }, clause.opens.number), el("span", {}, clause.opens.heading)));
      }
      const print = reviewers + JSON.stringify([clause, disputed]);
      let drawn = before.get(clause.eid);
      if (drawn?.print !== print) {
        drawn = { print, clause, disputed, node: el("section", { class: "cmp-clause", "aria-label": clause.citation, dataset: { eid: clause.eid, depth: clause.depth } }) };
        fresh.push(drawn);
      }
      this.drawn.set(clause.eid, drawn);
      nodes.push(drawn.node);
    };
    let skipped = [];
    let run = [];
    const flush = () => {
      if (skipped.length) nodes.push(cmpSkipped(skipped));
      if (run.length >= CMP_RUN && !this.whole && !this.runs.has(run[0].eid)) nodes.push(this.runLine(run));
      else for (const clause of run) place(clause, []);
      skipped = [];
      run = [];
    };
    for (const clause of data.clauses) {
      const disputed = clause.compared ? clause.disputed.filter((part) => shown.has(part.difference)) : [];
      const quiet = clause.compared && !disputed.length && this.folds.get(clause.eid) !== false;
      if ((clause.compared && skipped.length) || (!quiet && run.length)) flush();
      if (!clause.compared) skipped.push(clause);
      else if (quiet) run.push(clause);
      else place(clause, disputed);
    }
    flush();
    this.article.replaceChildren(...nodes);
    this.layOut(fresh);
  }

  /** One line for many clauses on which nobody differs; it opens to a line each. */
  runLine(run) {
    const [first, last] = [run[0], run[run.length - 1]];
    return el("button", { class: "cmp-run", "aria-expanded": "false", onclick: () => this.openRun(first.eid) },
      say(this.filter.active ? "compare.view.run_asked" : "compare.view.run", { n: run.length, first: first.citation, last: last.citation }));
  }

  openRun(eid) {
    this.runs.add(eid);
    this.drawText();
    this.drawn.get(eid).node.querySelector("button")?.focus({ preventScroll: true });
  }

  folded({ clause, disputed }) {
    return this.folds.get(clause.eid) ?? disputed.length === 0;
  }

  /** Draws the clauses as plain text; those in sight, and near it, then get their lines and lanes. */
  layOut(clauses) {
    this.width = this.article.clientWidth;
    for (const drawn of clauses) {
      const folded = this.folded(drawn);
      drawn.node.classList.toggle("cmp-folded", folded);
      drawn.words = folded ? this.fold(drawn) : this.unfold(drawn);
    }
    this.setNear();
    this.mark();
  }

  /** Sets the clauses within a screen's height of what is in sight; a long treaty would take a second. */
  setNear() {
    const sight = this.text.getBoundingClientRect();
    this.set([...this.drawn.values()].filter((drawn) => {
      if (!drawn.words) return false;
      const box = drawn.node.getBoundingClientRect();
      return box.bottom > sight.top - sight.height && box.top < sight.bottom + sight.height;
    }));
  }

  /** Measures all of them first and writes afterwards, and keeps what is in sight where it is. */
  set(waiting) {
    if (!waiting.length) return;
    const sight = this.text.getBoundingClientRect();
    const held = [...this.article.children].find((node) => node.getBoundingClientRect().bottom > sight.top);
    const before = held?.getBoundingClientRect().top;
    const measured = waiting.map(({ clause, disputed, words }) => cmpMeasure(clause, disputed, words.firstChild));
    waiting.forEach((drawn, index) => {
      drawn.words.replaceWith(el("div", { class: "cmp-lines" }, ...cmpLines(this.data, drawn.clause, measured[index])));
      drawn.words = null;
    });
    if (held && this.text.scrollTop > 0) this.text.scrollTop += held.getBoundingClientRect().top - before;
    this.mark();
  }

  fold({ clause, node }) {
    node.replaceChildren(
      el("button", { class: "cmp-fold", "aria-expanded": "false", dataset: { key: `fold-${clause.eid}` }, onclick: () => this.toggle(clause, false) },
        el("span", { class: "cmp-number" }, clause.number),
        el("span", { class: "cmp-start" }, clause.text),
        el("span", { class: "cmp-summary" }, cmpSummary(clause))),
    );
    return null;
  }

  unfold({ clause, disputed, node }) {
    const words = el("div", { class: "cmp-lines cmp-words" }, clause.text);
    const foldable = disputed.length === 0;
    node.replaceChildren(...[
      el("span", { class: "cmp-number" }, clause.number),
      words,
      foldable ? el("div", { class: "cmp-noted" }, ...cmpNotes(clause, (letter) => this.list.who(letter), this.data)) : null,
      foldable
        ? el("button", { class: "cmp-summary cmp-close", "aria-expanded": "true", dataset: { key: `fold-${clause.eid}` }, onclick: () => this.toggle(clause, true) }, say("compare.view.fold", { what: cmpSummary(clause) }))
        : null,
    ].filter(Boolean));
    return words;
  }

  toggle(clause, folded) {
    this.folds.set(clause.eid, folded);
    keepingFocus(this.root, () => this.layOut([this.drawn.get(clause.eid)]));
  }

  /** Opens the whole text, or folds all that nobody disputes. */
  toggleWhole() {
    this.whole = !this.whole;
    this.runs.clear();
    this.folds.clear();
    if (this.whole) for (const clause of this.data.clauses) if (clause.compared) this.folds.set(clause.eid, false);
    this.drawText();
    this.layOut([...this.drawn.values()]);
    this.show(this.at);
  }

  /* ---- going through ---- */

  /** Shows which difference is at hand, in the list and in the text. */
  mark() {
    this.list.mark(this.at);
    for (const { disputed, node } of this.drawn.values()) {
      node.classList.toggle("here", disputed.some((part) => part.difference === this.at));
    }
    for (const box of this.article.querySelectorAll(".cmp-disputed")) {
      box.classList.toggle("here", box.dataset.difference === this.at);
    }
  }

  step(by) {
    if (!this.shown.length) return;
    const at = this.shown.findIndex((one) => one.id === this.at);
    this.go(this.shown[Math.min(this.shown.length - 1, Math.max(0, at + by))].id);
  }

  /** The first difference of the next clause that has one, or of the one before. */
  stepClause(by) {
    const eids = [...new Set(this.shown.map((one) => one.eid))];
    const here = this.shown.find((one) => one.id === this.at);
    const eid = eids[eids.indexOf(here?.eid) + by] ?? here?.eid;
    const found = this.shown.find((one) => one.eid === eid);
    if (found) this.go(found.id);
  }

  go(id) {
    this.at = id;
    this.mark();
    const entry = this.list.list.querySelector(".cmp-entry.here");
    // On a phone the list lies below the text, and what is said stands at the foot of the screen.
    if (this.list.hand.checkVisibility?.()) this.list.hand.scrollTop = 0;
    else entry?.firstChild.focus({ preventScroll: true });
    this.show(id);
  }

  /** Brings a difference into sight, in the list and in the text. */
  show(id) {
    const entry = this.list.list.querySelector(".cmp-entry.here");
    if (entry && !this.list.hand.checkVisibility?.()) entry.scrollIntoView({ block: "nearest" });
    this.set([...this.drawn.values()].filter((drawn) => drawn.words && drawn.disputed.some((part) => part.difference === id)));
    const words = this.article.querySelector(".cmp-disputed.here");
    if (!words) return;
    this.text.scrollIntoView({ block: "nearest" });
    this.text.scrollTop += words.getBoundingClientRect().top - this.text.getBoundingClientRect().top - this.text.clientHeight / 4;
    this.setNear();
  }
}

function cmpSummary(clause) {
  const noted = clause.notes.length + clause.comments.length;
  const what = clause.summary || say("compare.view.hidden");
  return noted ? `${what} · ${say("compare.view.noted", { n: noted })}` : what;
}

function cmpSkipped(clauses) {
  const [first, last] = [clauses[0].citation, clauses[clauses.length - 1].citation];
  const n = clauses.length;
  return el("p", { class: "cmp-skipped" }, n === 1 ? say("compare.view.skipped_one", { citation: first }) : say("compare.view.skipped", { n, first, last }));
}
