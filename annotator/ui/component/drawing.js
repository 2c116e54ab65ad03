/* What the desk shows: marks, panel, palette, and whether everything is saved. */
import { drawStates } from "./clauses.js";
import { el, keepingFocus, memory } from "./dom.js";
import { drawClause, paintSelection, paintTints, piecesOf, rangeOf } from "./marks.js";
import { Moving } from "./moving.js";
import { drawPalette, placePalette } from "./palette.js";
import { drawPanel } from "./panel.js";
import { itemsOf, project } from "./project.js";
import { say } from "./words.js";

/* Which suggestions are shown: the least score of each choice. */
const FILTERS = [["all", 0], ["sound", 0.4], ["strong", 0.7], ["none", 2]];

/** The desk as it is drawn: what is stored with what is on its way laid over it. */
export class Drawing extends Moving {
  render(now = false) {
    this.stale = false;
    // Most keys only move; what there is to draw is worked out again where something was said.
    const from = [this.data, this.outbox.pending, this.filter, this.order];
    if (!this.workedOut || from.some((one, n) => one !== this.workedOut[n])) this.workOut();
    this.workedOut = from;
    if (this.at && !this.items.some((item) => item.key === this.at)) this.at = null;
    if (now) {
      this.draw();
      return;
    }
    // Once a key, when all that it does is done: a decision has left by then. In a timer it would
    // come after the next frame, which shows nothing of it.
    this.due = true;
    queueMicrotask(() => this.due && this.draw());
  }

  /** The marks and suggestions as they will stand, in reading order, and by clause. */
  workOut() {
    this.view = project(this.data, this.outbox.own());
    const places = new Map(this.order.map((eid, place) => [eid, place]));
    const least = FILTERS.find(([id]) => id === this.filter)?.[1] ?? 0;
    this.items = itemsOf(this.view, this.data.concerns)
      .filter((item) => item.own || item.decision || item.score >= least)
      .map((item) => ({ ...item, place: places.get(item.start_eid), pieces: piecesOf(item, this.order, this.texts, places) }))
      .filter((item) => item.pieces.length);
    this.items.sort((a, b) => a.place - b.place || a.pieces[0].start - b.pieces[0].start || a.pieces[0].end - b.pieces[0].end || a.key.localeCompare(b.key));
    this.drawn = new Map(this.order.map((eid) => [eid, []]));
    for (const item of this.items) {
      if (item.decision === "rejected") continue;
      item.pieces.forEach((piece, index) => this.drawn.get(piece.eid).push({ ...item, start: piece.start, end: piece.end, continued: index > 0 }));
    }
  }

  draw() {
    this.due = false;
    drawStates(this.nodes, this.here, this.view.states);
    this.paint();
    for (const eid of this.visible) this.drawOne(eid);
    const clause = this.data.clauses.find((one) => one.eid === this.here);
    // What reviewers mostly reject stands behind the rest.
    const touching = this.items.filter((item) => item.pieces.some((piece) => piece.eid === this.here))
      .sort((a, b) => Number(!a.own && a.weak) - Number(!b.own && b.weak));
    const { key, references, cited, others } = this.data;
    const shown = { ...this.view, key, references, cited, others, at: this.at, offered: this.at ? null : this.offered()?.key, length: clause?.text.trimEnd().length, concerns: this.data.concerns, lang: this.data.document.lang, dir: this.data.document.dir, refusals: this.refusals };
    if (this.pressed) this.stale = true;
    else drawPanel(this.panel, this.root, clause, touching, shown, (what) => this.act(what));
    const open = this.items.filter((item) => !item.own && !item.decision).length;
    const [chosen] = FILTERS.find(([id]) => id === this.filter) ?? FILTERS[0];
    this.filterButton.replaceChildren(el("span", { class: "filter-name" }, `${say("review.suggestions")} `), el("b", {}, say(`review.filter.${chosen}`, { open })));
    this.drawPaletteNow();
    if (!this.pressed) {
      this.assessing.draw();
      this.following.draw();
      this.linking.draw();
      this.beside.draw();
    }
    this.handles.draw();
    this.card.draw();
    this.drawSaved();
    this.tell();
    this.tour.place();
  }

  /** The tints, and the words selected or being dragged over. */
  paint() {
    if (this.tinted !== this.drawn) paintTints(this.nodes, this.drawn);
    this.tinted = this.drawn;
    paintSelection(this.nodes, this.selectionPieces());
  }

  drawOne(eid, force = false) {
    const node = this.nodes.get(eid);
    if (!node) return;
    const marks = this.drawn.get(eid);
    const at = marks.some((mark) => mark.key === this.at) ? this.at : null;
    const signature = JSON.stringify([at, marks.map((mark) => [mark.key, mark.start, mark.end, mark.slot, mark.polarity])]);
    if (!force && signature === node.drawn) return;
    node.drawn = signature;
    if (force || !node.lines) {
      this.following.drawOne(node);
      this.linking.drawOne(node);
    }
    drawClause(node, marks, at, (mark) => this.choose(mark.key));
  }

  redraw() {
    if (!this.drawn) return;
    for (const node of this.nodes.values()) node.drawn = "";
    for (const eid of this.visible) this.drawOne(eid, true);
    this.tour.place();
  }

  seen(entries) {
    for (const entry of entries) {
      const { eid } = entry.target.dataset;
      if (entry.isIntersecting) {
        this.visible.add(eid);
        if (this.drawn?.has(eid)) this.drawOne(eid);
      } else this.visible.delete(eid);
    }
  }

  /** On a narrow page the palette is a sheet: the words it is about are moved above it. */
  clearOfSheet() {
    const [first] = this.selectionPieces();
    if (!first) return;
    const words = rangeOf(this.nodes.get(first.eid).text, first.start, first.end).getBoundingClientRect();
    const seen = this.scroll.getBoundingClientRect();
    const sheet = this.palette.getBoundingClientRect().top;
    if (words.top < seen.top || Math.min(words.bottom, words.top + 62) > sheet) this.scroll.scrollTop += words.top - seen.top - 8;
  }

  /** The tag given last, in words; "" where there is none to repeat. */
  lastName() {
    const { concern, codes, polarity } = this.last;
    return this.labelName(concern, codes[concern], polarity);
  }

  labelName(concern, chosen, polarity) {
    const known = this.data.concerns.find((one) => one.id === concern);
    const code = known?.codes.find((one) => one.id === chosen);
    return known ? `${known.name}, ${say(`review.${polarity}`)}${code ? `: ${code.name}` : ""}` : "";
  }

  drawPaletteNow() {
    if (this.pressed) return;
    const known = this.draft && { ...this.draft, lastCode: this.last.codes[this.draft.concern], repeats: this.draft.target ? "" : this.lastName() };
    keepingFocus(this.root, () => drawPalette(this.palette, known, this.data.concerns, (what) => this.actPalette(what)));
    // By a class of its own all that is in it would be styled anew.
    this.scroll.style.paddingBottom = this.draft && this.narrow() ? "80vh" : "";
    placePalette(this.palette, this.frame, this.draft && this.selectionRect());
    if (this.draft && this.narrow()) this.clearOfSheet();
  }

  drawSaved() {
    this.saving.draw(this.outbox);
  }

  /** Lets the sidebar's outline follow without a round trip. */
  tell() {
    const states = [...this.view.states.values()].map((one) => one.state);
    const detail = {
      document: this.data.document.id,
      sheet: this.data.sheet.eid,
      done: states.filter((state) => state === "concern" || state === "no_concern").length,
      reopened: states.includes("reopened"),
      ...this.queue.told(),
    };
    window.dispatchEvent(new CustomEvent("ta-progress", { detail }));
  }

  nextFilter() {
    const at = FILTERS.findIndex(([id]) => id === this.filter);
    this.filter = FILTERS[(at + 1) % FILTERS.length][0];
    memory.set("ta-filter", this.filter);
    this.render();
    this.say(`${say("review.suggestions")} ${this.filterButton.lastChild.textContent}`);
  }
}
