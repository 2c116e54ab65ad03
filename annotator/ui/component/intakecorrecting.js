/* What a reader does to a text that is not stored yet, and the keys for it: each correction is asked for. */
import { isField, uuid } from "./dom.js";
import { Place } from "./intakeplace.js";
import { actionsOf, rolesOf } from "./tools.js";
import { say } from "./words.js";

const PAGE_LINES = 10;
const SLOW_ANSWER_MS = 400;
const SAID_MS = 6000;
const AGAIN_MS = 1500;

/** The part of the preview that acts; `intake.js` draws what the server answers. */
export class Correcting extends Place {
  ask(event) {
    this.pending.push({ nonce: uuid(), holds: this.key, key: this.key, ...event });
    this.working(true);
    this.deliver();
  }

  /** Sends what has no answer yet, and again after a while: of quick triggers some are lost. */
  deliver() {
    clearTimeout(this.again);
    if (!this.pending.length) return;
    this.again = setTimeout(() => this.deliver(), AGAIN_MS);
    this.send(this.pending);
  }

  /** A role, or what else is done, for the lines chosen; from the cursor on where there is one. */
  correct(action, value = "") {
    const chosen = this.chosen();
    // A line that this view has begun, and whose answer is on its way, can be worked on already.
    const coming = !chosen.length && this.here !== null && this.pending.length > 0;
    if (!chosen.length && !coming) return;
    if (["in", "out"].includes(action) && this.data.kind === "news") return;
    if (action === "split" && this.cursor === null) {
      this.say(say("intake.line.go_split"));
      return;
    }
    let ats = coming ? [this.here] : chosen.map((row) => row.at);
    if (this.cursor !== null && !["in", "out", "join", "number"].includes(action)) ats = [this.cursor];
    else if (action === "join" && ats.length > 1) ats = ats.slice(1);
    else if (action === "in" || action === "out") ats = outermost(chosen).map((row) => row.at);
    if (this.cursor !== null && action !== "heading") this.here = ats[0];
    this.cursor = null;
    this.say("");
    this.ask({ type: "correct", action, ats, value });
  }

  /** Leave out every line before the one at hand, or every line after it. */
  leaveOut(before) {
    const i = this.index();
    if (i < 0) return;
    const rows = before ? this.rows.slice(0, i) : this.rows.slice(i + 1);
    if (!rows.length) return;
    this.ask({ type: "correct", action: "outside", ats: [rows[0].at], end: rows.at(-1).end });
  }

  working(on) {
    clearTimeout(this.slow);
    if (on) this.slow = setTimeout(() => (this.status.textContent = say("intake.bar.working")), SLOW_ANSWER_MS);
    else if (this.status.textContent === say("intake.bar.working")) this.status.textContent = "";
  }

  say(words) {
    clearTimeout(this.saying);
    this.status.textContent = words;
    this.status.classList.toggle("in-refused", Boolean(words));
    if (words) this.saying = setTimeout(() => this.say(""), SAID_MS);
  }

  /** Where there is no room for the field beside the keys, a dialog of the browser's asks. */
  askNumber(row) {
    const value = window.prompt(say("intake.line.number_ask"), row.number);
    if (value !== null) this.correct("number", value);
  }

  // Keys

  hears(event) {
    const inside = event.composedPath().includes(this.host);
    if (!inside && !(this.here !== null && this.recent())) return;
    this.pressed(event, inside);
  }

  pressed(event, inside) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.composedPath()[0];
    if (isField(target)) return;
    const onLine = !inside || target.getAttribute?.("role") === "treeitem";
    if (!onLine && ["Enter", " ", "Tab"].includes(event.key)) return;
    const written = /^\p{Script=Latin}$/u.test(event.key) ? event.key : (/^Key([A-Z])$/.exec(event.code)?.[1] ?? event.key);
    const name = (event.shiftKey ? "Shift " : "") + (written.length === 1 ? written.toLowerCase() : written);
    const act = this.keyOf(name);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    this.keyed = performance.now();
    act();
  }

  keyOf(name) {
    const rtl = this.data?.dir === "rtl";
    const moves = {
      ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), j: () => this.step(1), k: () => this.step(-1),
      "Shift ArrowDown": () => this.step(1, true), "Shift ArrowUp": () => this.step(-1, true),
      PageDown: () => this.step(PAGE_LINES), PageUp: () => this.step(-PAGE_LINES),
      Home: () => this.step(-Infinity), End: () => this.step(Infinity),
      ArrowRight: () => this.stepCursor(rtl ? -1 : 1), ArrowLeft: () => this.stepCursor(rtl ? 1 : -1),
      Escape: () => this.leave(), z: () => this.ask({ type: "undo" }), y: () => this.ask({ type: "redo" }),
      "]": () => this.correct("in"), "[": () => this.correct("out"), Delete: () => this.correct("outside"),
      w: () => this.nextWarning(),
    };
    if (moves[name]) return moves[name];
    const role = rolesOf(this.data?.kind).find(([, key]) => key === name);
    if (role) return () => this.correct(role[0]);
    if (name === "h") return () => this.correct("heading");
    if (name === "e") return () => this.number.focus();
    const action = actionsOf(this.data?.kind).find(([, key]) => key === name);
    return action ? () => this.correct(action[0]) : null;
  }

  /** Escape takes back the cursor, then a choice of several lines, then leaves the text. */
  leave() {
    if (this.cursor !== null || this.anchor !== null) {
      this.cursor = this.anchor = null;
      this.drawHere();
      this.drawCaret();
    } else this.tools.querySelector("button, select")?.focus();
  }
}

/** The rows of a choice that lie in no other of it: their children move with them. */
function outermost(rows) {
  const found = [];
  for (const row of rows) {
    const above = found.at(-1);
    if (!above || row.depth <= above.depth) found.push(row);
  }
  return found;
}
