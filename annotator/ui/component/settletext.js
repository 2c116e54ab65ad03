/* The clause at hand: its words once, untouched, and under each line what each view has marked. */
import { el } from "./dom.js";
import { linesOf, rangeOf } from "./marks.js";

const LEADING = 30;
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
    this.lanes();
  }

  build(clause, lang, dir) {
    this.text = document.createTextNode(clause.text);
    this.layer = el("div", { class: "layer stl-layer" });
    this.words = el("p", { class: "words" }, this.text);
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

  lanes() {
    if (!this.text?.isConnected) return;
    const { clause, passage, text } = this;
    const views = (passage?.views ?? []).map((view, index) => ({ ...view, index })).filter((view) => view.finding).slice(0, LANES_AT_MOST);
    this.root.style.setProperty("--leading", `${LEADING + LANE * views.length}px`);
    const origin = this.layer.getBoundingClientRect();
    const bars = views.flatMap((view, lane) => {
      const { finding } = view;
      return linesOf(text, finding.start, finding.end, origin).map((line, first) => {
        // The box of a line of text is as high as its font; the lanes stand in the leading below it.
        const place = { left: `${line.left}px`, top: `${line.top + line.height + 1 + lane * LANE}px`, width: `${line.width}px` };
        return el("button", {
          class: `stl-bar slot-${finding.slot} ${finding.polarity}${view.index === this.chosen ? " here" : ""}`, style: place, tabindex: "-1", "aria-hidden": "true",
          title: finding.name, onclick: () => this.choose(view.index),
        }, first === 0 ? el("span", { class: "stl-lane" }, String(view.index + 1)) : null);
      });
    });
    this.layer.replaceChildren(...bars);
    this.tint(clause, passage);
  }

  tint(clause, passage) {
    if (!CSS.highlights) return;
    const spans = (one) => one.views.filter((view) => view.finding).map((view) => view.finding);
    const ranges = (findings) => findings.filter((one) => one.start < one.end).map((one) => rangeOf(this.text, one.start, one.end));
    const open = clause.passages.filter((one) => one.id !== passage?.id && ["open", "majority", "single"].includes(one.state));
    CSS.highlights.set("ta-stl", new Highlight(...ranges(open.flatMap(spans))));
    CSS.highlights.set("ta-stl-here", new Highlight(...ranges(passage ? spans(passage) : [])));
  }

  /** The words that would be settled. */
  mark(start, end) {
    if (!CSS.highlights || !this.text) return;
    const shown = start < end ? [rangeOf(this.text, start, end)] : [];
    const highlight = new Highlight(...shown);
    highlight.priority = 10;
    CSS.highlights.set("ta-selection", highlight);
  }
}
