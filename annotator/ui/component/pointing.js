/* Words chosen by mouse, touch and key: what the desk does with a selection and a pointer. */
import { piecesOf, rangeOf } from "./marks.js";
import { readSelection } from "./selection.js";

const CLICK_MS = 300;

/** The desk's ways with a selection; `Deciding` and the desk stand on it. */
export class Pointing {
  selectionPieces() {
    const span = this.handles.dragged?.span ?? this.selection;
    return span ? piecesOf(span, this.order, this.texts) : [];
  }

  /** The rectangle around the selected words, cut to what can be seen of them. */
  selectionRect() {
    const seen = this.scroll.getBoundingClientRect();
    const rects = this.selectionPieces().flatMap((piece) => [...rangeOf(this.nodes.get(piece.eid).text, piece.start, piece.end).getClientRects()]);
    if (!rects.length) return null;
    const top = Math.max(seen.top, Math.min(...rects.map((rect) => rect.top)));
    const bottom = Math.min(seen.bottom, Math.max(...rects.map((rect) => rect.bottom)));
    return { top, bottom: Math.max(top, bottom), left: rects.length > 1 ? rects[rects.length - 1].left : rects[0].left };
  }

  select(selection, target = null) {
    this.selection = selection;
    if (!selection) return this.clear(true);
    this.here = selection.start_eid;
    const concern = this.draft?.concern ?? this.last.concern ?? this.data.concerns[0].id;
    this.draft = {
      concern,
      polarity: "risk",
      code: this.last.codes[concern] ?? "",
      severity: null,
      query: "",
      searching: false,
      chosen: 0,
      armed: false,
      ...(this.draft ?? {}),
      target: target ?? this.draft?.target ?? null,
    };
    this.render();
    return undefined;
  }

  clear(draw = false) {
    this.lettering.close();
    this.selection = null;
    this.draft = null;
    this.ends = false;
    if (draw) this.render();
  }

  pointerDown(eid, event) {
    this.touched = event.pointerType !== "mouse";
    if (event.button === 0) this.down = { x: event.clientX, y: event.clientY, eid };
  }

  /** What is pressed must still be there when it is let go, or the click would be lost. */
  press(event) {
    this.pressed = [this.panel.root, this.palette, this.following.box, this.card.box].some((part) => part.contains(event.target));
    if (this.following.leave(event.target)) this.stale = true;
    if (this.linking.leaveFor(event.target)) this.stale = true;
    if (!this.pressed && this.selection && !event.target.closest(".clause, button")) this.clear(true);
    if (!this.card.box.contains(event.target) && this.card.close()) this.stale = true;
  }

  release(event) {
    this.pressed = false;
    // A button clicked with the mouse does not keep the focus: Enter goes on meaning what the page says.
    if (event?.pointerType === "mouse" && this.root.activeElement?.tagName === "BUTTON" && !this.help.open) this.root.activeElement.blur();
    if (this.stale) this.render();
  }

  /** At once, not in the next frame: a key pressed on the heels of the mouse must find the words. */
  pointerUp(event) {
    const { down } = this;
    this.down = null;
    if (this.pressed) setTimeout(() => this.release(), CLICK_MS);
    if (!down) return;
    const dragged = Math.hypot(event.clientX - down.x, event.clientY - down.y) > 3 || event.detail > 1;
    if (!dragged && event.composedPath().some((node) => node.classList?.contains("margin"))) return;
    if (this.takeSelection(!this.touched) || dragged) return;
    const hit = this.hit(down.eid, event.clientX, event.clientY);
    if (this.following.press(down.eid, event, hit)) return;
    if (!hit && this.linking.press(down.eid, event)) return;
    this.clear();
    this.at = null;
    this.goTo(down.eid);
    if (hit) this.choose(hit.key);
    else this.render();
  }

  takeSelection(release) {
    const found = readSelection(this.root, this.order, this.texts, this.data.document.lang);
    if (!found) return false;
    if (release) document.getSelection().removeAllRanges();
    this.at = null;
    this.draft = null;
    this.select(found);
    return true;
  }

  /** The mouse rests on marks: their card comes up. */
  hover(event) {
    if (event.pointerType !== "mouse") return;
    const eid = event.buttons ? null : event.target.closest?.(".clause")?.dataset.eid;
    this.card.hover(eid ? this.hits(eid, event.clientX, event.clientY).map((mark) => mark.key) : null);
  }

  hit(eid, x, y) {
    return this.hits(eid, x, y)[0];
  }

  /** The marks under a point, the shortest first. */
  hits(eid, x, y) {
    const node = this.nodes.get(eid);
    const under = (this.drawn.get(eid) ?? []).filter((mark) =>
      [...rangeOf(node.text, mark.start, mark.end).getClientRects()].some((rect) => rect.left <= x && x <= rect.right && rect.top <= y && y <= rect.bottom + 6));
    return under.sort((a, b) => a.end - a.start - (b.end - b.start));
  }

  quoteOf(selection) {
    return piecesOf(selection, this.order, this.texts).map((piece) => this.texts.get(piece.eid).slice(piece.start, piece.end)).join("\n\n");
  }
}
