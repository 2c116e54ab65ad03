/* Decisions on their way to the database.

They go through the door, one request at a time; what is decided meanwhile goes with the next. Where
there is no door, or nobody answers, a trigger of the component carries them. Triggers are lossy under
bursts, so every unacknowledged event goes along with each, with a nonce by which it is applied once.
What finds no way is sent again by itself, and at once when the network, the window or the lid comes
back. What is unsent survives a reload, and the next window takes it over. Each event says whose decision
on which text it is, so that a change of reviewer or text meanwhile cannot misplace it.
*/
import { memory, uuid } from "./dom.js";

/** How long to wait before the next try: the door says at once that nobody is there, a trigger never does. */
const KNOCK_MS = [500, 800, 1200, 2000];
const TRIGGER_MS = [1500, 3000, 4000, 5000, 8000];
const SLOW_MS = 400;
// Longer than the store waits for another program that is writing.
const PATIENCE_MS = 20_000;
const STUCK_MS = 2500;
// Undo asks whether the last deed was one of this window's.
const OWN_KEPT = 100;

export class Outbox {
  constructor(key, send, changed) {
    this.key = key;
    this.send = send;
    this.changed = changed;
    this.whose = null;
    this.knock = null;
    this.passing = null;
    this.pending = memory.get(key) ?? [];
    this.mine = [];
    this.seen = null;
    this.kept = memory.works();
    this.tries = 0;
    this.failed = false;
    this.why = "";
    this.since = performance.now();
    this.timer = null;
    this.leave = (event) => {
      if (this.pending.length) event.preventDefault();
    };
    this.again = () => this.hurry();
    this.hidden = () => (document.visibilityState === "hidden" ? this.parting() : this.hurry());
    window.addEventListener("beforeunload", this.leave);
    window.addEventListener("pagehide", this.hidden);
    for (const name of ["online", "focus", "pageshow"]) window.addEventListener(name, this.again);
    document.addEventListener("visibilitychange", this.hidden);
    document.addEventListener("resume", this.again);
    if (this.pending.length) queueMicrotask(() => this.flush());
  }

  /** Queue an event and send it at once; returns its nonce. */
  add(event) {
    const full = { nonce: uuid(), ...this.whose, ...event };
    // What another window did since must not be undone unseen.
    if (event.type === "undo" && this.seen !== null) Object.assign(full, { seen: this.seen, mine: this.mine });
    this.mine = [...this.mine.slice(1 - OWN_KEPT), full.nonce];
    if (!this.pending.length) this.since = performance.now();
    this.pending = [...this.pending, full];
    if (!this.failed) this.tries = 0;
    // It leaves first: a note of it is for a reload, which comes after this in any case.
    this.flush();
    if (event.type !== "go") this.keep((left) => [...left, full]);
    return full.nonce;
  }

  /** What is on its way of the reviewer and text at hand. */
  own() {
    return this.pending.filter((event) => event.document === this.whose.document && event.reviewer === this.whose.reviewer);
  }

  /** Notes for a reload what is unsent; read again before each change, since other windows write there too. */
  keep(change) {
    const left = change(memory.get(this.key) ?? []);
    this.kept = memory.set(this.key, left.length ? left : null) || !left.length;
  }

  flush() {
    clearTimeout(this.timer);
    if (!this.pending.length) return;
    // Going to another article is for the page itself, and takes along what is decided here.
    const going = this.pending.some((event) => event.type === "go");
    const decided = this.pending.filter((event) => event.type !== "go");
    const knocks = this.knock && decided.length > 0 && (!going || this.failed);
    if (knocks) this.pass(decided);
    if (!knocks || going) this.send(this.pending);
    this.retry(!knocks);
  }

  /** Through the door; what came up meanwhile follows, and what found no way goes by a trigger too. */
  async pass(events) {
    if (this.passing) return;
    const gaveUp = new AbortController();
    const passing = { since: performance.now(), gaveUp };
    this.passing = passing;
    const impatient = setTimeout(() => gaveUp.abort(), PATIENCE_MS);
    const answer = await this.knock(events, { signal: gaveUp.signal }).catch(() => ({ heard: false, why: "" }));
    clearTimeout(impatient);
    if (this.passing !== passing) return;
    this.passing = null;
    if (this.closed || !this.pending.length) return;
    if (answer.heard && events.every((event) => !this.pending.includes(event))) {
      this.flush();
      return;
    }
    this.fail(answer.why);
    // A reason was given by somebody who is there and cannot: the other way would say the same.
    if (!answer.why) this.send(this.pending);
    this.retry();
  }

  fail(why = this.why) {
    this.failed = true;
    this.why = why;
    this.changed();
  }

  /** A server that was started anew takes no trigger before it has run the whole page once. */
  wake() {
    this.woken = true;
    window.dispatchEvent(new Event("ta-unanswered"));
  }

  retry(byTrigger = false) {
    clearTimeout(this.timer);
    const waits = byTrigger || !this.knock ? TRIGGER_MS : KNOCK_MS;
    this.timer = setTimeout(() => {
      if (this.passing && !byTrigger) {
        this.retry();
        return;
      }
      this.tries += 1;
      this.fail();
      if (this.tries % 4 === 2) this.wake();
      this.flush();
    }, waits[Math.min(this.tries, waits.length - 1)]);
    clearTimeout(this.slowly);
    this.slowly = setTimeout(() => this.changed(), SLOW_MS + 20);
  }

  /** The network, the window or the lid is back: send now, and do not wait for what may be lost. */
  hurry() {
    if (this.closed) return;
    this.adopt();
    if (!this.pending.length) return;
    if (this.passing && performance.now() - this.passing.since > STUCK_MS) {
      this.passing.gaveUp.abort();
      this.passing = null;
    }
    this.tries = 0;
    this.flush();
  }

  /** Takes over what a window that is closed by now could not send. */
  adopt() {
    const known = new Set(this.pending.map((event) => event.nonce));
    const left = (memory.get(this.key) ?? []).filter((event) => !known.has(event.nonce) && !this.mine.includes(event.nonce));
    if (left.length) this.pending = [...left, ...this.pending];
  }

  /** The page goes away, maybe for good: a request that outlives it takes what is unsent. */
  parting() {
    const decided = this.pending.filter((event) => event.type !== "go");
    if (this.knock && decided.length) this.knock(decided, { keepalive: true }).catch(() => null);
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
      this.keep((left) => left.filter((event) => !(event.nonce in acks)));
      this.tries = 0;
      this.failed = false;
      this.why = "";
      this.since = performance.now();
    }
    if (!this.pending.length) clearTimeout(this.timer);
    return refused.map((event) => ({ event, why: acks[event.nonce] }));
  }

  /** "saved", "saving" (after a moment), or "failed" after the first try in vain. */
  get state() {
    if (!this.pending.length) return "saved";
    if (this.failed) return "failed";
    return performance.now() - this.since > SLOW_MS ? "saving" : "saved";
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.slowly);
    window.removeEventListener("beforeunload", this.leave);
    window.removeEventListener("pagehide", this.hidden);
    for (const name of ["online", "focus", "pageshow"]) window.removeEventListener(name, this.again);
    document.removeEventListener("visibilitychange", this.hidden);
    document.removeEventListener("resume", this.again);
  }
}
