/* Where the reader is: from clause to clause, from mark to mark, from article to article. */
import { memory } from "./dom.js";
import { Deciding } from "./deciding.js";

export const PLACE = "ta-place";

/** The desk's steps through a text; the desk draws what is at hand after each. */
export class Moving extends Deciding {
  goTo(eid, { quiet = false } = {}) {
    if (!eid || !this.nodes.has(eid)) eid = this.order[0];
    if (!eid) return;
    this.leaveNote();
    this.here = eid;
    // Whoever goes to another page and comes back is where they were.
    memory.set(PLACE, [this.asked, eid], sessionStorage);
    const { element } = this.nodes.get(eid);
    const frame = this.scroll.getBoundingClientRect();
    const rect = element.getBoundingClientRect();
    const top = rect.top - frame.top;
    const floor = this.floor(frame);
    if (quiet ? this.order.indexOf(eid) > 0 : top < 12 || rect.bottom > floor - 24) {
      this.scroll.scrollBy({ top: top - (floor - frame.top) / 4 });
    }
    const address = new URL(window.location.href);
    address.searchParams.set("doc", this.data.document.slug);
    address.searchParams.set("at", eid);
    window.history.replaceState(window.history.state, "", address);
  }

  /** Where the words end that can be seen: on a narrow page the panel lies over them. */
  floor(frame) {
    const panel = this.panel.root.getBoundingClientRect();
    return panel.left < frame.right && panel.top > frame.top ? Math.min(panel.top, frame.bottom) : frame.bottom;
  }

  /** Whether another place has been asked for, maybe from this clause, and is not here yet. */
  onTheWay(from = null) {
    return this.outbox.own().some((event) => event.type === "go" && (!from || event.from === from));
  }

  move(step) {
    const next = this.order[this.order.indexOf(this.here) + step];
    this.clear();
    if (!next && this.onTheWay()) {
      // Pressed again before the next article is here: one clause further when it is.
      this.moves += step;
      return undefined;
    }
    if (!next) return this.turn(step > 0 ? this.data.next : this.data.previous, step);
    this.at = null;
    this.goTo(next);
    this.render();
    this.say(`${this.nodes.get(next).clause.citation}:`);
    this.say(this.texts.get(next), this.data.document.lang);
    return undefined;
  }

  /** To the beginning of the next or previous article. */
  leaf(step) {
    const to = step > 0 ? this.data.next : this.data.previous;
    this.turn(to && { first: to.first, last: to.first }, step);
  }

  turn(sheet, step) {
    if (!sheet) {
      this.further = 0;
      this.hint(step > 0 ? "This was the last clause." : "This is the first clause.");
      this.render();
      return;
    }
    this.leaveNote();
    // A key pressed again before the next article is here turns once more when it is.
    if (this.onTheWay()) {
      this.further += step;
      return;
    }
    this.outbox.add({ type: "go", eid: step > 0 ? sheet.first : sheet.last, from: this.here });
    this.render();
  }

  choose(key) {
    this.clear();
    this.at = key;
    const item = this.items.find((one) => one.key === key);
    if (item && !item.pieces.some((piece) => piece.eid === this.here)) this.goTo(item.pieces[0].eid);
    else if (item) this.here = item.pieces[0].eid;
    this.render(true);
    if (item) {
      this.say(`${item.title}:`);
      this.say(item.quote, this.data.document.lang);
    }
    const box = this.root.querySelector(`.rows [data-key="${CSS.escape(key)}"]`);
    box?.closest(".row").scrollIntoView({ block: "nearest" });
  }

  step(which, direction) {
    const list = this.items.filter(which);
    if (!list.length) return this.hint("None in this article.");
    const at = list.findIndex((item) => item.key === this.at);
    let next = list[at + direction];
    if (at < 0) {
      const from = this.order.indexOf(this.here);
      const place = (item) => this.order.indexOf(item.pieces[0].eid);
      next = direction > 0 ? list.find((item) => place(item) >= from) : list.findLast((item) => place(item) <= from);
    }
    if (next) this.choose(next.key);
    else this.hint("No more in this article.");
    return undefined;
  }

  item() {
    return this.items.find((item) => item.key === this.at);
  }
}
