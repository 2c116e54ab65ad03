/* Where the reader is: from clause to clause, from mark to mark, from article to article. */
import { markOf, spanOf } from "./addressing.js";
import { Deciding } from "./deciding.js";
import { memory } from "./dom.js";
import { rangeOf } from "./marks.js";
import { say } from "./words.js";

const PLACE = "ta-place";
const ADDRESS_MS = 60;

/* A page that was opened by an address begins where the address says, wherever one was before. */
let led = performance.getEntriesByType("navigation")[0]?.type === "navigate";

/** The address of the page with another place in it. */
function addressed(place) {
  const address = new URL(window.location.href);
  for (const [name, value] of Object.entries(place)) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  return address;
}

/** The desk's steps through a text; the desk draws what is at hand after each. */
export class Moving extends Deciding {
  goTo(eid, { quiet = false } = {}) {
    if (!eid || !this.nodes.has(eid)) eid = this.order[0];
    if (!eid) return;
    this.leaveNote();
    this.card.close();
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
    this.sayAddress();
  }

  /** Where the reader was when they left for another page, if the page still asks for the same place. */
  stoodAt() {
    const [asked, eid] = (!led && memory.get(PLACE, sessionStorage)) || [];
    led = false;
    return asked === this.asked ? eid : null;
  }

  /** The address that leads here: to the text, to the clause, and to the words of a mark or selection. */
  addressOf(span = null) {
    return addressed(this.placeOf(span));
  }

  placeOf(span) {
    return { doc: this.data.document.slug, at: span?.start_eid ?? this.here, mark: span ? markOf(span, this.texts) : null };
  }

  /**
   * Puts the place into the address once the reader rests: a browser takes longer for that than for
   * drawing a tag, and some may not be asked often.
   */
  sayAddress(span = null) {
    clearTimeout(this.saying);
    this.spoken = this.placeOf(span);
    this.sayLater();
  }

  sayLater() {
    this.saying = setTimeout(() => (this.outbox.passing ? this.sayLater() : this.addressNow()), ADDRESS_MS);
  }

  /** Puts it there now, as before anything that goes by the address. */
  addressNow() {
    clearTimeout(this.saying);
    const { spoken } = this;
    this.spoken = null;
    if (!spoken || this.left || window.location.pathname !== this.page) return;
    const address = String(addressed(spoken));
    if (address === window.location.href) return;
    try {
      window.history.replaceState(window.history.state, "", address);
    } catch {
      /* Some browsers allow a hundred in half a minute; the next step says it. */
    }
  }

  /** A step for the browser's Back: it leads to where one is now. */
  stepForBack() {
    this.addressNow();
    window.history.pushState(window.history.state, "", window.location.href);
  }

  /** The words that an address, or whoever led here, means by `mark`: their mark at hand, or shown for a moment. */
  land(mark) {
    const span = spanOf(mark, this.here, this.texts);
    if (!span) return this.hint(say("review.words_gone"));
    const same = (item) => ["start_eid", "start", "end_eid", "end"].every((name) => item[name] === span[name]);
    const item = this.items.find((one) => same(one) && one.own) ?? this.items.find((one) => same(one) && one.decision !== "rejected");
    if (item) return this.choose(item.key);
    this.sayAddress(span);
    const { start } = span;
    this.following.follow(span.start_eid, span.end_eid === span.start_eid ? { start, end: span.end } : { start });
    return this.say(this.quoteOf(span), this.data.document.lang, "words");
  }

  /** Where the words end that can be seen: on a narrow page the panel lies over them. */
  floor(frame) {
    const panel = this.panel.root.getBoundingClientRect();
    return panel.left < frame.right && panel.top > frame.top ? Math.min(panel.top, frame.bottom) : frame.bottom;
  }

  /** Whether the panel is a sheet over the text. */
  narrow() {
    return matchMedia("(max-width: 56.25em)").matches;
  }

  /** Whether another place has been asked for, maybe from this clause, and is not here yet. */
  onTheWay(from = null) {
    return this.walking.waits(from) || this.outbox.own().some((event) => event.type === "go" && (!from || event.from === from));
  }

  move(step) {
    if (this.queue.data && !this.onTheWay()) return this.queue.move(step);
    if (this.queue.data) {
      this.moves += step;
      return undefined;
    }
    const next = this.order[this.order.indexOf(this.here) + step];
    this.clear();
    if (!next && this.onTheWay()) {
      // Pressed again before the next article is here: one clause further when it is.
      this.moves += step;
      return undefined;
    }
    if (!next) return this.turn(step > 0 ? this.data.next : this.data.previous, step);
    return this.arrive(next);
  }

  /** At a clause of this article, by the reader's own step. */
  arrive(eid) {
    this.clear();
    this.at = null;
    this.goTo(eid);
    this.render();
    this.tellPlace();
  }

  /** Tells those who listen where they are: the clause's words, and how much is marked in them. */
  tellPlace() {
    this.say(`${this.nodes.get(this.here).clause.citation}:`);
    this.say(this.texts.get(this.here), this.data.document.lang);
    const marked = this.items.filter((item) => item.pieces.some((piece) => piece.eid === this.here));
    const own = marked.filter((item) => item.own).length;
    const open = marked.filter((item) => !item.own && !item.decision).length;
    if (own || open) this.say(say("review.marks_count", { own, open }));
  }

  /** To the beginning of the next or previous article. */
  leaf(step) {
    const to = step > 0 ? this.data.next : this.data.previous;
    this.turn(to && { first: to.first, last: to.first }, step);
  }

  turn(sheet, step) {
    if (!sheet) {
      this.further = 0;
      this.hint(say(step > 0 ? "review.last_clause" : "review.first_clause"));
      this.render();
      return;
    }
    this.leaveNote();
    // A key pressed again before the next article is here turns once more when it is.
    if (this.onTheWay()) {
      this.further += step;
      return;
    }
    const eid = step > 0 ? sheet.first : sheet.last;
    if (this.walking.to(eid)) return;
    this.outbox.add({ type: "go", eid, from: this.here });
    this.render();
  }

  choose(key) {
    this.clear();
    this.at = key;
    const item = this.items.find((one) => one.key === key);
    if (item && item.pieces[0].eid !== this.here) this.goTo(item.pieces[0].eid);
    this.card.pin(key);
    this.render(true);
    if (item) {
      this.bring(item);
      this.sayAddress(item);
      this.say(`${item.title}:`);
      this.say(item.quote, this.data.document.lang);
      if (item.reason) this.say([item.reason, item.standard].filter(Boolean).join(" "));
    }
    const box = this.root.querySelector(`.rows [data-key="${CSS.escape(key)}"]`);
    box?.closest(".row").scrollIntoView({ block: "nearest" });
  }

  /** Scrolls a mark of a long clause into sight. */
  bring(item) {
    const { text } = this.nodes.get(item.pieces[0].eid);
    const rect = rangeOf(text, item.pieces[0].start, item.pieces[0].end).getBoundingClientRect();
    const frame = this.scroll.getBoundingClientRect();
    const floor = this.floor(frame);
    if (rect.top < frame.top + 12 || rect.top > floor - 40) {
      this.scroll.scrollBy({ top: rect.top - frame.top - (floor - frame.top) / 4 });
      this.card.draw();
    }
  }

  /** To the next of these marks; with `onward`, along the queue where the article has no more. */
  step(which, direction, onward = false) {
    const list = this.items.filter(which);
    if (!list.length && onward && this.queue.data) return this.move(direction);
    if (!list.length) return this.hint(say("review.none_here"));
    const at = list.findIndex((item) => item.key === this.at);
    let next = list[at + direction];
    if (at < 0) {
      const from = this.order.indexOf(this.here);
      const place = (item) => this.order.indexOf(item.pieces[0].eid);
      next = direction > 0 ? list.find((item) => place(item) >= from) : list.findLast((item) => place(item) <= from);
    }
    if (next) this.choose(next.key);
    else if (onward && this.queue.data) this.move(direction);
    else this.hint(say("review.no_more"));
    return undefined;
  }

  item() {
    return this.items.find((item) => item.key === this.at);
  }

  /** The suggestion that Accept and Reject mean where none is chosen: the first open one of the clause. */
  offered() {
    if (this.draft) return undefined;
    const open = this.items.filter((item) => !item.own && !item.decision && item.pieces[0].eid === this.here);
    return open.find((item) => !item.weak) ?? open[0];
  }
}
