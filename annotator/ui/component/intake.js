/* The intake view: a text with its tree before it is stored, and the keys that put a split right. */
import { cap, el, icon, isField, uuid } from "./dom.js";
import { actionsOf, drawTools, rolesOf } from "./tools.js";
import { say } from "./words.js";

const PAGE_LINES = 10;
// From here on, lines out of sight are not laid out: a correction would take seconds.
const LONG = 1500;
const SLOW_ANSWER_MS = 400;
const SAID_MS = 6000;
const AGAIN_MS = 1500;
const GAP_MS = 3000;
const SPACELESS = /[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]/;

let preview = null;
// What was at hand when the page was left, for when one comes back to it.
let left = null;

/**
 * Draws or redraws the preview; `data.lines` are
 * `[at, words, end, role, depth, indent, label, citation, number]`.
 *
 * Under bursts Streamlit now and then drops the component and mounts it again: as in the review
 * view, what is drawn outlives its root for a moment and moves to the next.
 */
export function mountIntake(root, data, send) {
  preview ??= new Preview();
  const own = preview;
  own.moveTo(root);
  own.receive(data, send);
  return () => own.unmounted(root);
}

class Preview {
  constructor() {
    this.root = null;
    this.keyed = -Infinity;
    this.pending = [];
    this.rows = [];
    this.nodes = new Map();
    this.key = null;
    this.text = "";
    this.here = null;
    this.anchor = null;
    this.cursor = null;
    this.build();
  }

  build() {
    this.counts = el("span", { class: "in-counts" });
    this.made = el("span", { class: "in-made" });
    this.status = el("span", { class: "in-status", role: "status" });
    this.undo = el("button", { class: "small", onclick: () => this.ask({ type: "undo" }) }, icon("undo"), ` ${say("intake.bar.undo")} `, cap("Z"));
    this.redo = el("button", { class: "small", onclick: () => this.ask({ type: "redo" }) }, icon("redo"), ` ${say("intake.bar.redo")} `, cap("Y"));
    this.warnings = el("ul", { class: "in-warnings", "aria-label": say("intake.bar.warnings") });
    this.article = el("div", {
      class: "in-article", role: "tree", "aria-label": say("intake.bar.tree"), "aria-multiselectable": "true",
    });
    this.scroll = el("div", { class: "in-scroll" }, this.article);
    this.caret = el("span", { class: "in-caret", "aria-hidden": "true" });
    this.tools = el("div", { class: "in-tools", role: "group", "aria-label": say("intake.bar.correct") });
    this.host = el("div", { class: "in" },
      el("div", { class: "in-bar" }, this.counts, this.made, this.status, this.undo, this.redo),
      this.warnings, this.scroll, this.tools,
    );
    // On the window, since a key may come while the component is being mounted again.
    this.heard = (event) => this.hears(event);
    window.addEventListener("keydown", this.heard);
    this.scroll.addEventListener("scroll", () => (this.lastTop = this.scroll.scrollTop));
    this.article.addEventListener("click", (event) => this.clicked(event));
    this.article.addEventListener("focusin", (event) => {
      // By keyboard only: a click is answered by itself, and a second one means a word.
      const keyed = event.target.matches(":focus-visible") && event.target.dataset?.at !== undefined;
      if (this.here === null && keyed) this.goTo(Number(event.target.dataset.at), { focus: false });
    });
    this.redrawn = () => this.drawCaret();
    // What is corrected lives in this session until it is stored: a reload would lose it.
    this.unloading = (event) => this.data?.made && event.preventDefault();
    window.addEventListener("beforeunload", this.unloading);
    this.observer = new ResizeObserver(this.redrawn);
    this.observer.observe(this.article);
  }

  moveTo(root) {
    clearTimeout(this.leaving);
    if (this.root === root) return;
    this.root = root;
    const top = this.lastTop;
    (root.querySelector(".ta-root") ?? root).replaceChildren(this.host);
    if (top !== undefined) this.scroll.scrollTop = top;
    this.refocus = this.recent();
  }

  /** Whether its keys were in use a moment ago, and nothing else has the focus now. */
  recent() {
    const free = !document.activeElement || document.activeElement === document.body;
    return free && performance.now() - this.keyed < GAP_MS;
  }

  unmounted(root) {
    if (this.root !== root) return;
    this.leaving = setTimeout(() => this.close(), GAP_MS);
  }

  close() {
    if (this.key) left = { key: this.key, here: this.here, cursor: this.cursor, pending: this.pending, text: this.text, top: this.lastTop };
    this.observer.disconnect();
    window.removeEventListener("beforeunload", this.unloading);
    window.removeEventListener("keydown", this.heard);
    clearTimeout(this.slow);
    clearTimeout(this.again);
    if (preview === this) preview = null;
  }

  receive(data, send) {
    this.send = send;
    if (data.key !== this.key) this.begin(data);
    if (data.text !== null) [this.text, this.textKey] = [data.text, data.key];
    if (this.textKey !== data.key) {
      // The text was sent to an element that is gone.
      this.key = null;
      this.send([{ type: "wake", nonce: uuid(), key: data.key, holds: null }]);
      return;
    }
    this.pending = this.pending.filter((event) => !(event.nonce in data.acks));
    for (const [nonce, refusal] of Object.entries(data.acks)) {
      if (refusal && this.answered !== nonce) {
        this.answered = nonce;
        this.say(refusal);
      }
    }
    if (!this.pending.length) {
      clearTimeout(this.again);
      this.working(false);
    }
    this.data = data;
    this.rows = data.lines.map(([at, words, end, role, depth, indent, label, citation, number]) => ({ at, words, end, role, depth, indent, label, citation, number }));
    this.article.lang = data.lang;
    this.article.dir = data.dir;
    this.host.classList.toggle("in-long", this.rows.length > LONG);
    this.drawLines();
    this.settle();
    this.drawBar();
    this.drawWarnings();
    this.drawHere();
    if (this.top !== undefined) this.scroll.scrollTop = this.top;
    this.top = undefined;
  }

  begin(data) {
    this.key = data.key;
    this.here = this.anchor = this.cursor = null;
    this.nodes.clear();
    this.article.replaceChildren();
    this.scroll.scrollTop = 0;
    this.pending = [];
    this.say("");
    if (left?.key !== data.key) return;
    const { here, cursor, pending, text, top } = left;
    left = null;
    Object.assign(this, { here, cursor, pending, text, textKey: data.key });
    this.top = top;
    this.again = setTimeout(() => this.deliver(), 0);
  }

  // Asking for a correction

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

  // Where one is

  index(at = this.here) {
    return this.rows.findIndex((row) => row.at === at && row.end > row.at);
  }

  /** The line at hand may have gone into another: then that is it. */
  settle() {
    if (this.here === null) return;
    if (this.index() < 0) {
      const row = this.rows.find((one) => one.at <= this.here && this.here < one.end) ?? this.rows.findLast((one) => one.at <= this.here && one.end > one.at);
      this.here = row?.at ?? null;
      this.cursor = null;
    }
    if (this.anchor !== null && this.index(this.anchor) < 0) this.anchor = null;
  }

  chosen() {
    const i = this.index();
    if (i < 0) return [];
    const j = this.anchor === null ? i : this.index(this.anchor);
    return this.rows.slice(Math.min(i, j), Math.max(i, j) + 1).filter((row) => row.end > row.at);
  }

  goTo(at, { extend = false, focus = true } = {}) {
    const anchor = extend ? (this.anchor ?? this.here) : null;
    this.here = at;
    this.anchor = anchor === at ? null : anchor;
    this.cursor = null;
    this.drawHere();
    const node = this.nodes.get(at)?.element;
    if (!node) return;
    if (focus) node.focus({ preventScroll: true });
    const box = node.getBoundingClientRect();
    const frame = this.scroll.getBoundingClientRect();
    if (box.top < frame.top + 8 || box.bottom > frame.bottom - 8) {
      this.scroll.scrollTop += box.top - frame.top - Math.min(frame.height / 3, Math.max(8, frame.height - box.height - 8));
    }
    this.drawCaret();
  }

  step(by, extend = false) {
    const real = this.rows.filter((row) => row.end > row.at);
    if (!real.length) return;
    const i = real.findIndex((row) => row.at === this.here);
    const next = i < 0 ? 0 : Math.max(0, Math.min(real.length - 1, i + by));
    this.goTo(real[next].at, { extend });
  }

  stepCursor(by) {
    const row = this.rows[this.index()];
    if (!row) return;
    const starts = wordStarts(this.text, row);
    const now = this.cursor ?? row.words;
    const next = by > 0 ? starts.find((at) => at > now) : starts.findLast((at) => at < now);
    this.cursor = next === undefined ? (by > 0 ? this.cursor : null) : next > row.words ? next : null;
    this.drawHere();
    this.drawCaret();
  }

  // Keys and clicks

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

  clicked(event) {
    const line = event.composedPath().find((one) => one.dataset?.at !== undefined);
    if (!line) return;
    const at = Number(line.dataset.at);
    if (at !== this.here || event.shiftKey || this.anchor !== null) {
      this.goTo(at, { extend: event.shiftKey });
      return;
    }
    const row = this.rows[this.index()];
    const word = this.wordAt(row, event.clientX, event.clientY);
    this.cursor = word !== null && word > row.words ? word : null;
    this.drawHere();
    this.drawCaret();
  }

  /** The word under a point, as where it begins in the text. */
  wordAt(row, x, y) {
    const { text } = this.nodes.get(row.at);
    const starts = wordStarts(this.text, row);
    const range = new Range();
    let best = null;
    let least = Infinity;
    starts.forEach((start, i) => {
      range.setStart(text, start - row.words);
      range.setEnd(text, (starts[i + 1] ?? row.end) - row.words);
      for (const box of range.getClientRects()) {
        const dx = Math.max(box.left - x, 0, x - box.right);
        const dy = Math.max(box.top - y, 0, y - box.bottom);
        if (dx + 4 * dy < least) [least, best] = [dx + 4 * dy, start];
      }
    });
    return best;
  }

  // Drawing

  drawLines() {
    const kept = new Set();
    let before = null;
    for (const row of this.rows) {
      const name = row.end > row.at ? row.at : `empty ${row.at} ${row.role}`;
      const drawn = JSON.stringify([row.words, row.end, row.role, row.depth, row.indent, row.label, row.citation]);
      let node = this.nodes.get(name);
      if (!node || node.drawn !== drawn) {
        const fresh = this.line(row);
        fresh.drawn = drawn;
        if (node) {
          const focused = this.root.activeElement === node.element;
          node.element.replaceWith(fresh.element);
          if (focused) this.refocus = true;
        }
        this.nodes.set(name, fresh);
        node = fresh;
      }
      kept.add(name);
      const after = before ? before.nextSibling : this.article.firstChild;
      if (node.element !== after) this.article.insertBefore(node.element, after);
      before = node.element;
    }
    for (const [name, node] of this.nodes) {
      if (kept.has(name)) continue;
      if (this.root.activeElement === node.element) this.refocus = true;
      node.element.remove();
      this.nodes.delete(name);
    }
  }

  line(row) {
    const text = document.createTextNode(this.text.slice(row.words, row.end));
    const named = row.role === "outside" ? `${say("intake.is.outside")}: ` : `${say(`intake.is.${row.role}`)} ${row.label}: `;
    if (row.end === row.at) {
      return { text, element: el("div", { class: "in-implied", role: "presentation" }, say(`intake.implied.${row.role}`)) };
    }
    const headless = row.words === row.end || row.role === "outside";
    const words = el("p", { class: "in-words" }, headless ? document.createTextNode(this.text.slice(row.at, row.end)) : text);
    const element = el("div", {
      class: `in-line is-${row.role} in-indent-${Math.min(row.indent, 3)}`,
      role: "treeitem", tabindex: "-1", "aria-level": row.depth + 1, dataset: { at: row.at },
    }, el("span", { class: "in-number", "aria-hidden": "true" }, headless && row.role !== "paragraph" ? "" : row.label),
      el("div", { class: "in-column" }, el("span", { class: "unseen" }, named), words),
      el("span", { class: "in-cite", title: row.citation }, row.citation));
    return { text, element, words };
  }

  drawBar() {
    const { counts, made } = this.data;
    this.counts.textContent = counts;
    this.made.textContent = made ? say("intake.bar.made", { n: made }) : "";
    this.undo.disabled = !this.data.undo;
    this.redo.disabled = !this.data.redo;
  }

  drawWarnings() {
    this.warnings.hidden = !this.data.warnings.length;
    const drawn = JSON.stringify(this.data.warnings);
    if (drawn === this.warned) return;
    this.warned = drawn;
    this.warnings.replaceChildren(...this.data.warnings.map((parts) => el("li", {}, icon("warn"), el("span", {}, parts.map((part) =>
      typeof part === "string" ? part : el("button", { class: "plain", onclick: () => this.goTo(part.at) }, part.label))))));
  }

  nextWarning() {
    const places = this.data.warnings.flat().filter((part) => part.at !== undefined).map((part) => part.at).sort((a, b) => a - b);
    const next = places.find((at) => at > (this.here ?? -1)) ?? places[0];
    if (next !== undefined) this.goTo(next);
  }

  drawHere() {
    const chosen = new Set(this.chosen().map((row) => row.at));
    const first = this.here ?? this.rows.find((row) => row.end > row.at)?.at;
    for (const [at, node] of this.nodes) {
      if (node.here !== chosen.has(at)) {
        node.here = chosen.has(at);
        node.element.classList.toggle("here", node.here);
        node.element.setAttribute("aria-selected", String(node.here));
      }
      if (typeof at === "number") node.element.tabIndex = at === first ? 0 : -1;
    }
    if (this.refocus && this.here !== null) this.nodes.get(this.here)?.element.focus({ preventScroll: true });
    this.refocus = false;
    this.drawTools();
    this.drawCaret();
  }

  drawTools() {
    drawTools(this);
  }

  /** Where there is no room for the field beside the keys, a dialog of the browser's asks. */
  askNumber(row) {
    const value = window.prompt(say("intake.line.number_ask"), row.number);
    if (value !== null) this.correct("number", value);
  }

  focusHere() {
    this.nodes.get(this.here)?.element.focus({ preventScroll: true });
  }

  drawCaret() {
    const row = this.rows[this.index()];
    const node = row && this.nodes.get(row.at);
    if (this.cursor === null || !node?.words) {
      this.caret.remove();
      return;
    }
    const range = new Range();
    const at = this.cursor - row.words;
    range.setStart(node.text, at);
    range.setEnd(node.text, at + 1);
    const box = range.getBoundingClientRect();
    const frame = node.words.getBoundingClientRect();
    const left = this.data.dir === "rtl" ? box.right - frame.left : box.left - frame.left - 2;
    this.caret.style.cssText = `left:${left}px;top:${box.top - frame.top}px;height:${box.height}px`;
    node.words.append(this.caret);
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

/** Where the words of a line begin, with the brackets and quotation marks before them. */
function wordStarts(text, row) {
  const words = text.slice(row.words, row.end);
  const starts = new Set();
  for (const match of words.matchAll(/\S+/gu)) starts.add(match.index);
  if (SPACELESS.test(words)) {
    for (const part of new Intl.Segmenter(undefined, { granularity: "word" }).segment(words)) {
      if (part.isWordLike) starts.add(part.index);
    }
  }
  return [...starts].sort((a, b) => a - b).map((start) => start + row.words);
}
