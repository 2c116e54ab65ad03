/* The intake view: a text with its tree before it is stored, and the keys that put a split right. */
import { cap, el, icon, uuid } from "./dom.js";
import { Correcting } from "./intakecorrecting.js";
import { wordStarts } from "./intakeplace.js";
import { drawTools } from "./tools.js";
import { say } from "./words.js";

// From here on, lines out of sight are not laid out: a correction would take seconds.
const LONG = 1500;
const GAP_MS = 3000;

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

class Preview extends Correcting {
  constructor() {
    super();
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

  // Clicks

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
