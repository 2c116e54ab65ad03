/* Handles at both ends of the words at hand: dragged by mouse or finger to another word. */
import { el } from "./dom.js";
import { rangeOf } from "./marks.js";
import { isForward, wordsOf } from "./selection.js";

/** Two handles on a desk's text, on the selection or else on the mark at hand. */
export class Handles {
  constructor(desk) {
    this.desk = desk;
    this.dragged = null;
    this.knobs = Object.fromEntries(["start", "end"].map((side) => [side, this.knob(side)]));
  }

  knob(side) {
    // For mouse and finger only: keys and the palette's buttons do the same for everybody else.
    return el("div", {
      class: `handle ${side}`, "aria-hidden": "true",
      onpointerdown: (event) => this.take(side, event),
      onpointermove: (event) => this.drag(event),
      onpointerup: () => this.drop(),
      onpointercancel: () => this.leave(),
    });
  }

  /** The words whose ends can be moved: what is being dragged, the selection, or the mark at hand. */
  span() {
    const { desk } = this;
    if (this.dragged) return this.dragged.span;
    // A finger's selection has the handles of its own system for as long as it lasts.
    if (desk.selection) return desk.touched && !document.getSelection().isCollapsed ? null : desk.selection;
    return desk.at ? desk.item() ?? null : null;
  }

  draw() {
    const span = this.span();
    for (const [side, knob] of Object.entries(this.knobs)) {
      const node = span && !span[`cut_${side}`] && this.desk.nodes.get(span[`${side}_eid`]);
      const rect = node && this.edge(node, span, side);
      knob.hidden = !rect;
      if (!rect) continue;
      const column = node.layer.parentElement;
      if (knob.parentElement !== column) column.append(knob);
      const origin = column.getBoundingClientRect();
      knob.style.left = `${rect.x - origin.left}px`;
      knob.style.top = `${rect.bottom - origin.top}px`;
    }
  }

  /** Where an end of the words stands on the screen; the side turns with the direction of writing. */
  edge(node, span, side) {
    const at = side === "start" ? span.start : Math.max(0, span.end - 1);
    const rects = rangeOf(node.text, at, at + 1).getClientRects();
    const rect = side === "start" ? rects[0] : rects[rects.length - 1];
    if (!rect) return null;
    const rtl = this.desk.data.document.dir === "rtl";
    return { x: (side === "start") !== rtl ? rect.left : rect.right, bottom: rect.bottom, middle: rect.top + rect.height / 2 };
  }

  take(side, event) {
    if (event.button) return;
    event.preventDefault();
    event.stopPropagation();
    const { start_eid, start, end_eid, end } = this.span();
    const span = { start_eid, start, end_eid, end };
    const edge = this.edge(this.desk.nodes.get(span[`${side}_eid`]), span, side);
    this.dragged = { side, span, before: span, lift: event.clientY - edge.middle, places: new Map() };
    event.currentTarget.setPointerCapture(event.pointerId);
  }

  drag(event) {
    if (!this.dragged) return;
    const { side, span, lift } = this.dragged;
    const found = this.wordAt(event.clientX, event.clientY - lift);
    if (!found) return;
    const moved = { ...span, [`${side}_eid`]: found.eid, [side]: side === "start" ? found.start : found.end };
    if (!isForward(moved, this.desk.order)) return;
    this.dragged.span = moved;
    this.desk.paint();
    this.draw();
  }

  drop() {
    const held = this.dragged;
    this.dragged = null;
    if (!held) return;
    if (JSON.stringify(held.span) !== JSON.stringify(held.before)) this.desk.moveEnds(held.span);
    else this.desk.render(true);
  }

  leave() {
    this.dragged = null;
    this.desk.render(true);
  }

  /** The word nearest to a point, in the clause under it. */
  wordAt(x, y) {
    const { desk } = this;
    const eid = desk.root.elementFromPoint(x, y)?.closest(".clause")?.dataset.eid;
    const node = desk.nodes.get(eid);
    if (!node) return null;
    const origin = node.words.getBoundingClientRect();
    const { places } = this.dragged;
    if (!places.has(eid)) {
      places.set(eid, wordsOf(node.text.data, desk.data.document.lang).flatMap(([start, end]) =>
        [...rangeOf(node.text, start, end).getClientRects()].map((rect) => ({
          start, end, left: rect.left - origin.left, right: rect.right - origin.left, middle: rect.top + rect.height / 2 - origin.top,
        }))));
    }
    const away = (place) => Math.abs(place.middle - (y - origin.top)) * 100 + Math.max(place.left - (x - origin.left), x - origin.left - place.right, 0);
    const nearest = places.get(eid).reduce((best, place) => (!best || away(place) < away(best) ? place : best), null);
    return nearest && { eid, start: nearest.start, end: nearest.end };
  }
}
