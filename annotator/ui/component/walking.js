/* The next and the previous article are at hand before they are asked for, so that a key shows them at once. */
import { compose } from "./compose.js";
import { uuid } from "./dom.js";
import { ask } from "./knocking.js";

const CALM_MS = 150;
const STAY_MS = 700;

/** What of a desk has to do with going on to a neighbouring article without waiting for the page. */
export class Walking {
  constructor(desk) {
    this.desk = desk;
    this.ready = new Map();
    this.fetching = null;
    this.wish = null;
    // Whether the reader has gone on by themselves since the page last led them somewhere.
    this.gone = false;
  }

  name(eid) {
    const { document, reviewer } = this.desk.data;
    return [document.id, reviewer.id, eid].join();
  }

  /** A sheet is shown: once nothing is on its way, its neighbours are fetched. */
  prepare() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(), CALM_MS);
  }

  async fetch() {
    const { desk } = this;
    const { data } = desk;
    if (!data.door || desk.outbox.closed) return;
    if (desk.outbox.pending.length) {
      this.prepare();
      return;
    }
    const fetching = {};
    this.fetching = fetching;
    for (const side of [data.next, data.previous].filter(Boolean)) {
      if (this.ready.has(this.name(side.first))) continue;
      const { given } = await ask(data, [], side.first, { holds: "" }).catch(() => ({}));
      if (this.fetching !== fetching || desk.outbox.closed) return;
      if (!given || !compose(given)) break;
      for (const eid of [side.first, side.last]) this.ready.set(this.name(eid), { ...given, words: null });
      if (this.wish && this.grant()) return;
    }
    this.fetching = null;
    if (this.wish) this.grant();
  }

  /** What was asked for while it was still on its way, and what was asked for since. */
  grant() {
    const { desk, wish } = this;
    const there = this.ready.has(this.name(wish));
    if (!there && this.fetching) return false;
    this.wish = null;
    if (!this.to(wish)) {
      desk.outbox.add({ type: "go", eid: wish, from: desk.here });
      return true;
    }
    const step = Math.sign(desk.further);
    desk.further -= step;
    if (step) desk.leaf(step);
    const { moves } = desk;
    if (!desk.onTheWay()) desk.moves = 0;
    for (let left = Math.abs(moves); left && !desk.onTheWay(); left -= 1) desk.move(Math.sign(moves));
    return true;
  }

  /** Shows the article of that clause, if it is at hand or nearly so; the page is told when the reader rests. */
  to(eid) {
    const { desk } = this;
    const given = this.ready.get(this.name(eid));
    const data = given && compose(given);
    if (!data) {
      const { next, previous } = desk.data;
      const near = [next, previous].some((side) => side && [side.first, side.last].includes(eid));
      if (!this.fetching || !near) return false;
      Object.assign(this, { wish: eid, from: desk.here });
      return true;
    }
    this.gone = true;
    this.fetching = null;
    this.ready.clear();
    desk.clear();
    desk.stepForBack();
    desk.data = { ...data, focus: desk.data.focus };
    desk.show(desk.data, `${data.document.id}/${data.document.sha256}/${data.sheet.eid}`);
    desk.goTo(eid, { quiet: true });
    desk.take({ acks: {} });
    desk.render(true);
    desk.tellPlace();
    // A step of the browser's is known by its address: it has one as soon as it is seen.
    requestAnimationFrame(() => setTimeout(() => desk.addressNow()));
    // What came to be since it was fetched, here or in another window.
    desk.windows.look();
    this.fetch();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.stay(), STAY_MS);
    return true;
  }

  /** Whether an article is on its way, maybe asked for at that clause. */
  waits(from) {
    return this.wish !== null && (!from || this.from === from);
  }

  /** Tells the page where the reader is, so that whatever it does next begins there. */
  stay() {
    const { desk } = this;
    if (desk.outbox.closed || desk.onTheWay()) return;
    desk.outbox.send([{ type: "stay", nonce: uuid(), document: desk.data.document.id, eid: desk.here }]);
  }

  /** Whether what the page sends is of a sheet that the reader has left by themselves. */
  behind(data, sheet) {
    const { desk } = this;
    return this.gone && desk.sheet !== null && sheet !== desk.sheet && data.focus.token === desk.focus;
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.resting);
  }
}
