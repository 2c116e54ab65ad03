/* Decisions on their way to the database.

They go through the door, one request at a time; what is decided meanwhile goes with the next. Where
there is no door, or nobody answers, a trigger of the component carries them. Triggers are lossy under
bursts, so every unacknowledged event goes along with each, with a nonce by which it is applied once.
What is unsent survives a reload and is sent again. Each event says whose decision on which text it is,
so that a change of reviewer or text meanwhile cannot misplace it.
*/
import { memory, uuid } from "./dom.js";

const RETRY_MS = [1500, 3000, 4000, 5000, 8000];
const SLOW_MS = 400;

export class Outbox {
  constructor(key, send, changed) {
    this.key = key;
    this.send = send;
    this.changed = changed;
    this.whose = null;
    this.knock = null;
    this.knocking = false;
    this.pending = memory.get(key) ?? [];
    this.tries = 0;
    this.since = 0;
    this.timer = null;
    this.leave = (event) => {
      if (this.pending.length) event.preventDefault();
    };
    window.addEventListener("beforeunload", this.leave);
    this.again = () => this.flush();
    window.addEventListener("online", this.again);
    if (this.pending.length) queueMicrotask(this.again);
  }

  /** Queue an event and send it at once; returns its nonce. */
  add(event) {
    const full = { nonce: uuid(), ...this.whose, ...event };
    if (!this.pending.length) this.since = performance.now();
    this.pending = [...this.pending, full];
    // Read again before each change: another tab keeps its unsent decisions in the same place.
    if (event.type !== "go") memory.set(this.key, [...(memory.get(this.key) ?? []), full]);
    this.tries = 0;
    this.flush();
    return full.nonce;
  }

  /** What is on its way of the reviewer and text at hand. */
  own() {
    return this.pending.filter((event) => event.document === this.whose.document && event.reviewer === this.whose.reviewer);
  }

  flush() {
    clearTimeout(this.timer);
    if (!this.pending.length) return;
    // Going to another article is for the page itself, and takes along what is decided here.
    if (!this.knock || this.tries > 0 || this.pending.some((event) => event.type === "go")) this.send(this.pending);
    else if (!this.knocking) this.pass(this.pending);
    this.retry();
  }

  /** Through the door; what came up meanwhile follows, and what found no way goes by a trigger. */
  async pass(events) {
    this.knocking = true;
    const heard = await this.knock(events).catch(() => false);
    this.knocking = false;
    if (this.closed || !this.pending.length) return;
    if (heard && events.every((event) => !this.pending.includes(event))) this.flush();
    else this.send(this.pending);
  }

  /** A server that was started anew takes nothing before it has run the whole page once. */
  wake() {
    this.woken = true;
    window.dispatchEvent(new Event("ta-unanswered"));
    this.retry();
  }

  retry() {
    const wait = RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)];
    this.timer = setTimeout(() => {
      this.tries += 1;
      this.changed();
      if (this.tries % 2) this.flush();
      else this.wake();
    }, wait);
    setTimeout(() => this.changed(), SLOW_MS + 20);
  }

  /** Send at once what waited for the page to be run. */
  resume() {
    if (this.woken) this.flush();
    this.woken = false;
  }

  /** Take back what the database answered: nonce -> "" or the reason it was refused. */
  acknowledge(acks) {
    const refused = this.pending.filter((event) => acks[event.nonce]);
    const before = this.pending.length;
    this.pending = this.pending.filter((event) => !(event.nonce in acks));
    if (this.pending.length !== before) {
      const left = (memory.get(this.key) ?? []).filter((event) => !(event.nonce in acks));
      memory.set(this.key, left.length ? left : null);
      this.tries = 0;
      this.since = performance.now();
    }
    if (!this.pending.length) clearTimeout(this.timer);
    return refused.map((event) => ({ event, why: acks[event.nonce] }));
  }

  /** "saved", "saving" (after a moment), or "failed" after the first unanswered try. */
  get state() {
    if (!this.pending.length) return "saved";
    if (this.tries > 0) return "failed";
    return performance.now() - this.since > SLOW_MS ? "saving" : "saved";
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    window.removeEventListener("beforeunload", this.leave);
    window.removeEventListener("online", this.again);
  }
}
