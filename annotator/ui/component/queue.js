/* Working along a queue: what comes next, also in another text, and the line that says where one is. */
import { el, memory } from "./dom.js";
import { say } from "./words.js";

const QUEUE_TRAIL = "ta-queue-trail";
const QUEUE_TRAIL_LENGTH = 400;

/** The queue of a desk: its steps, the way back, and the line above the text. */
export class Queue {
  constructor(desk) {
    this.desk = desk;
    this.data = null;
    this.line = el("p", { class: "queue-line", hidden: true });
    this.ahead = [];
  }

  /** What Python says of the queue, with each answer. */
  take(data) {
    const whose = data.queue && [data.store, data.reviewer.id, data.queue.kind, data.queue.order].join();
    if (whose !== this.whose) {
      this.whose = whose;
      const kept = memory.get(QUEUE_TRAIL, sessionStorage);
      const same = kept?.whose === whose;
      this.trail = same ? kept.trail : [];
      this.at = same ? kept.at : -1;
      this.most = same ? kept.most : 0;
    }
    this.data = data.queue;
    this.counts = data.counts;
    if (!this.data) return this.draw();
    this.ahead = [...this.data.ahead];
    this.most = Math.max(this.most, this.left);
    return this.draw();
  }

  /** The queue that data is of, to ask for it again. */
  static named({ queue }) {
    return queue ? { kind: queue.kind, order: queue.order } : null;
  }

  /** What the list of articles is told of it. */
  told() {
    return { counts: this.counts, ...(this.data ? { waiting: this.data.eids.length } : {}) };
  }

  get left() {
    return this.data?.counts[this.data.kind] ?? 0;
  }

  get here() {
    return { slug: this.desk.data.document.slug, eid: this.desk.here };
  }

  /** Moves a step along the queue; false where none is chosen, or another article is on its way. */
  move(step) {
    const { desk } = this;
    if (!this.data || desk.onTheWay()) return false;
    this.remember();
    const to = step > 0 ? this.next() : this.previous();
    if (!to) {
      const waits = this.left && !(this.left === 1 && this.data.eids.includes(desk.here));
      desk.hint(step < 0 || waits ? say("queue.no_further") : this.over());
      desk.render();
    } else this.go(to);
    return true;
  }

  /** Where one is stands at the end of the way back, or on it. */
  remember() {
    const { slug, eid } = this.here;
    const known = this.trail[this.at];
    if (known?.slug === slug && known.eid === eid) return;
    this.trail = [...this.trail.slice(0, this.at + 1), { slug, eid }].slice(-QUEUE_TRAIL_LENGTH);
    this.at = this.trail.length - 1;
  }

  next() {
    if (this.at < this.trail.length - 1) {
      this.at += 1;
      return this.trail[this.at];
    }
    const to = this.onward();
    if (!to) return null;
    this.trail = [...this.trail, { slug: to.slug, eid: to.eid }].slice(-QUEUE_TRAIL_LENGTH);
    this.at = this.trail.length - 1;
    return to;
  }

  onward() {
    const { desk, data } = this;
    const { slug, eid } = this.here;
    if (data.order === "text") {
      const place = desk.order.indexOf(eid);
      const behind = desk.order.slice(place + 1).find((one) => data.eids.includes(one));
      if (behind) return { slug, eid: behind };
      // Round the whole queue there may be some left in front, in this very article.
      return this.ahead[0] ?? this.wrapped(desk.order.slice(0, place).find((one) => data.eids.includes(one)), slug);
    }
    while (this.ahead.length) {
      const to = this.ahead.shift();
      if (to.slug !== slug || to.eid !== eid) return to;
    }
    return null;
  }

  wrapped(eid, slug) {
    return eid ? { slug, eid } : null;
  }

  previous() {
    if (this.at > 0) {
      this.at -= 1;
      return this.trail[this.at];
    }
    const { desk, data } = this;
    const { slug, eid } = this.here;
    const front = desk.order.slice(0, desk.order.indexOf(eid)).findLast((one) => data.eids.includes(one));
    const to = front ? { slug, eid: front } : data.behind;
    if (to) {
      this.trail = [{ slug: to.slug, eid: to.eid }, ...this.trail];
      this.at = 0;
    }
    return to;
  }

  go(to) {
    const { desk } = this;
    this.keep();
    if (to.slug === desk.data.document.slug && desk.nodes.has(to.eid)) return desk.arrive(to.eid);
    desk.leaveNote();
    if (to.slug === desk.data.document.slug && desk.walking.to(to.eid)) return undefined;
    desk.outbox.add({ type: "go", eid: to.eid, to: to.slug, from: desk.here });
    return desk.render();
  }

  keep() {
    const { whose, trail, at, most } = this;
    memory.set(QUEUE_TRAIL, { whose, trail, at, most }, sessionStorage);
  }

  over() {
    return this.most ? say("queue.all_done", { n: this.most }) : say("queue.nothing");
  }

  draw() {
    this.line.hidden = !this.data;
    if (!this.data) return;
    const { kind, order } = this.data;
    const said = [kind, order, this.left, this.most].join();
    if (said === this.said) return;
    this.said = said;
    this.keep();
    this.line.replaceChildren(
      el("span", {},
        ...(this.left
          ? [el("b", {}, say(`queue.kind.${kind}`)), ` · ${say("queue.left", { n: this.left })}${order === "worth" ? ` · ${say("queue.by_worth")}` : ""}`]
          : [this.over()])),
      ...(kind === "disagreed" && this.left ? [el("a", { href: `compare${window.location.search}` }, say("queue.see_others"))] : []),
      el("button", { class: "plain", onclick: () => window.dispatchEvent(new CustomEvent("ta-queue", { detail: { kind: "", order: "text" } })) }, say("queue.show_all")),
    );
  }
}
