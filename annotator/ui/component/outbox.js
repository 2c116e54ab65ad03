/* Decisions on their way to the database.

Triggers are lossy under bursts, so every unacknowledged event goes along with each trigger, with a
nonce by which it is applied once. What is unsent survives a reload and is sent again.
*/
import { memory, uuid } from "./dom.js";

const RETRY_MS = [1500, 3000, 6000, 12000, 20000];
const SLOW_MS = 400;

export class Outbox {
  constructor(key, send, changed) {
    this.key = key;
    this.send = send;
    this.changed = changed;
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
    const full = { nonce: uuid(), ...event };
    if (!this.pending.length) this.since = performance.now();
    this.pending = [...this.pending, full];
    memory.set(this.key, this.pending);
    this.tries = 0;
    this.flush();
    return full.nonce;
  }

  flush() {
    clearTimeout(this.timer);
    if (!this.pending.length) return;
    this.send(this.pending);
    const wait = RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)];
    this.timer = setTimeout(() => {
      this.tries += 1;
      this.changed();
      this.flush();
    }, wait);
    setTimeout(() => this.changed(), SLOW_MS + 20);
  }

  /** Take back what the database answered: nonce -> "" or the reason it was refused. */
  acknowledge(acks) {
    const refused = this.pending.filter((event) => acks[event.nonce]);
    const before = this.pending.length;
    this.pending = this.pending.filter((event) => !(event.nonce in acks));
    if (this.pending.length !== before) {
      memory.set(this.key, this.pending.length ? this.pending : null);
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
    clearTimeout(this.timer);
    window.removeEventListener("beforeunload", this.leave);
    window.removeEventListener("online", this.again);
  }
}
