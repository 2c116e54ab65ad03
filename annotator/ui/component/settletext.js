/* The clause at hand: its words, and under each line what each view has marked there. */
import { el } from "./dom.js";
import { wordsOf } from "./selection.js";

const LANE = 13;
const LANES_AT_MOST = 8;

/** Draws one clause between what stands around it; `choose` gets the number of a view that is clicked. */
export class SettleText {
  constructor({ choose, select }) {
    this.choose = choose;
    this.root = el("article", { class: "article stl-article" });
    this.root.addEventListener("pointerup", () => setTimeout(select));
    this.again = () => this.lanes();
    this.resized = new ResizeObserver(this.again);
    this.resized.observe(this.root);
    document.fonts?.addEventListener("loadingdone", this.again);
  }

  close() {
    this.resized.disconnect();
    document.fonts?.removeEventListener("loadingdone", this.again);
    for (const name of ["ta-stl", "ta-stl-here", "ta-selection"]) CSS.highlights?.delete(name);
  }

  draw(clause, { lang, dir }, passage, chosen) {
    if (this.clause?.eid !== clause.eid || this.clause.text !== clause.text) this.build(clause, lang, dir);
    this.clause = clause;
    this.passage = passage;
    this.chosen = chosen;
    this.views = (passage?.views ?? []).map((view, index) => ({ ...view, index })).filter((view) => view.finding).slice(0, LANES_AT_MOST);
    this.lay(lang);
    this.lanes();
  }

  build(clause, lang, dir) {
    this.layer = el("div", { class: "layer stl-layer" });
    this.words = el("p", { class: "words" });
    this.laid = null;
    this.root.lang = lang;
    this.root.dir = dir;
    const around = (one, kind) => one && el("p", { class: `stl-around ${kind}` }, one.number ? el("span", { class: "stl-number" }, one.number) : null, el("span", {}, one.text));
    this.root.replaceChildren(
      el("p", { class: "article-place" }, clause.within.join(" · ")),
      ...clause.leads.map((one) => around(one, "lead")),
      ...(clause.leads.some((one) => one.text === clause.before?.text) ? [] : [around(clause.before, "before") ?? ""]),
      el("section", { class: "stl-clause", dataset: { eid: clause.eid }, "aria-label": clause.citation },
        el("span", { class: "stl-number", "aria-hidden": "true" }, clause.number),
        el("div", { class: "stl-column" }, this.words, this.layer)),
      around(clause.behind, "behind") ?? "");
  }

  /** Puts the words there; before each word in question stands a strut, which gives its line room for the lanes. */
  lay(lang) {
    const { text } = this.clause;
    const start = Math.min(text.length, ...this.views.map(({ finding }) => finding.start));
    const end = Math.max(start, ...this.views.map(({ finding }) => finding.end));
    const laid = JSON.stringify([start, end, this.views.length]);
    if (laid === this.laid) return;
    this.laid = laid;
    const depth = `${this.views.length * LANE}px`;
    const begins = [start, ...wordsOf(text.slice(start, end), lang).slice(1).map(([from]) => start + from)];
    const cuts = [...new Set([0, ...(start < end ? [...begins, end] : []), text.length])].sort((a, b) => a - b);
    this.pieces = [];
    const nodes = [];
    cuts.slice(0, -1).forEach((from, index) => {
      const node = document.createTextNode(text.slice(from, cuts[index + 1]));
      if (from >= start && from < end) nodes.push(el("i", { class: "stl-strut", "aria-hidden": "true", style: { height: depth, "--depth": depth } }));
      nodes.push(node);
      this.pieces.push({ from, node });
    });
    this.words.replaceChildren(...nodes);
  }

  /** A range over some of the clause's units. */
  range(start, end) {
    const range = new Range();
    const at = (unit, last) => {
      const piece = this.pieces.findLast(({ from }) => (last ? from < unit : from <= unit)) ?? this.pieces[0];
      return [piece.node, Math.min(unit - piece.from, piece.node.length)];
    };
    range.setStart(...at(start, false));
    range.setEnd(...at(end, true));
    return range;
  }

  /** The rectangles of some units, one a line, from the layer's corner. */
  lines(start, end) {
    const origin = this.layer.getBoundingClientRect();
    const lines = [];
    for (const rect of this.range(start, end).getClientRects()) {
      if (rect.width < 0.5) continue;
      const top = rect.top - origin.top;
      const left = rect.left - origin.left;
      const line = lines.find((other) => Math.abs(other.top - top) < rect.height / 2);
      if (line) {
        const right = Math.max(line.left + line.width, left + rect.width);
        line.left = Math.min(line.left, left);
        line.width = right - line.left;
      } else lines.push({ top, left, width: rect.width, height: rect.height });
    }
    return lines;
  }

  lanes() {
    if (!this.pieces?.length || !this.words.isConnected) return;
    const bars = this.views.flatMap(({ finding, index }, lane) => {
      if (finding.start >= finding.end) return [];
      return this.lines(finding.start, finding.end).map((line, first) => el("button", {
        class: `stl-bar slot-${finding.slot} ${finding.polarity}${index === this.chosen ? " here" : ""}`, tabindex: "-1", "aria-hidden": "true", title: finding.name,
        style: { left: `${line.left}px`, top: `${line.top + line.height + lane * LANE}px`, width: `${line.width}px` },
        onclick: () => this.choose(index),
      }, first === 0 ? el("span", { class: "stl-lane" }, String(index + 1)) : null));
    });
    this.layer.replaceChildren(...bars);
    this.tint();
  }

  tint() {
    if (!CSS.highlights) return;
    const { clause, passage } = this;
    const spans = (one) => one.views.filter((view) => view.finding).map((view) => view.finding);
    const ranges = (findings) => findings.filter((one) => one.start < one.end).map((one) => this.range(one.start, one.end));
    const open = clause.passages.filter((one) => one.id !== passage?.id && ["open", "majority", "single"].includes(one.state));
    CSS.highlights.set("ta-stl", new Highlight(...ranges(open.flatMap(spans))));
    CSS.highlights.set("ta-stl-here", new Highlight(...ranges(passage ? spans(passage) : [])));
    this.mark(...(this.marked ?? [0, 0]));
  }

  /** The words that would be settled. */
  mark(start, end) {
    this.marked = [start, end];
    if (!CSS.highlights || !this.pieces?.length) return;
    const highlight = new Highlight(...(start < end ? [this.range(start, end)] : []));
    highlight.priority = 10;
    CSS.highlights.set("ta-selection", highlight);
  }

  /** What mouse or finger has selected in the clause, as whole words; null where nothing is. */
  selected(root, lang) {
    const selection = document.getSelection();
    const range = selection?.getComposedRanges ? selection.getComposedRanges({ shadowRoots: [root] })[0] : null;
    if (!range || range.collapsed) return null;
    const place = (node, offset, otherwise) => {
      const piece = this.pieces.find((one) => one.node === node);
      return piece ? piece.from + offset : otherwise;
    };
    const touches = [range.startContainer, range.endContainer].some((node) => this.words.contains(node));
    if (!touches) return null;
    // A border beside the words, at a number or in a gap, means their beginning or end.
    const start = place(range.startContainer, range.startOffset, 0);
    const end = place(range.endContainer, range.endOffset, this.clause.text.length);
    const words = wordsOf(this.clause.text, lang).filter(([from, to]) => from < end && to > start);
    return words.length ? { start: words[0][0], end: words.at(-1)[1] } : null;
  }
}
