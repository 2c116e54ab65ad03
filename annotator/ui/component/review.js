/* The review view: reads the state, draws it, and turns keys, mouse and touch into decisions. */
import { Assessing } from "./assessing.js";
import { buildArticle, drawStates } from "./clauses.js";
import { compose } from "./compose.js";
import { Deciding } from "./deciding.js";
import { cap, el, icon, isField, keepingFocus, memory, uuid } from "./dom.js";
import { Following } from "./following.js";
import { KEYS, nameOf } from "./keys.js";
import { drawClause, paintTints, piecesOf } from "./marks.js";
import { Outbox } from "./outbox.js";
import { choices, drawPalette, placePalette, SEVERITIES } from "./palette.js";
import { buildPanel, drawPanel } from "./panel.js";
import { itemsOf, project } from "./project.js";
import { moveByWord, widen } from "./selection.js";

const FILTERS = [["all", "all", 0], ["sound", "without the weak", 0.4], ["strong", "the stronger", 0.7], ["none", "none", 2]];
const GRACE_MS = 3000;
const HINT_MS = 5000;
const PLACE = "ta-place";
const DESK = Symbol.for("treaty-annotator.desk");

/**
 * Mounts or updates the review view; called again in place whenever Python sends new data.
 *
 * Under a burst of runs Streamlit now and then drops the component and mounts it anew. A selection
 * half made must not go with it, so the desk outlives its root for a moment and moves to the next.
 */
export function mountReview(root, data, send) {
  let desk = window[DESK];
  if (!desk) {
    desk = new Desk();
    window[DESK] = desk;
  }
  desk.moveTo(root);
  desk.receive(data, send);
  return () => {
    if (desk.root !== root) return;
    desk.leaving = setTimeout(() => {
      desk.close();
      if (window[DESK] === desk) delete window[DESK];
    }, GRACE_MS);
  };
}

/** Of two states of one sheet the later; an answer may be overtaken on its way. */
function later(held, data) {
  if (!held || held.key !== data.key || held.reviewer.id !== data.reviewer.id || held.revision <= data.revision) return data;
  return { ...data, marks: held.marks, suggestions: held.suggestions, clauses: held.clauses, assessed: held.assessed, revision: held.revision };
}

class Desk extends Deciding {
  constructor() {
    super();
    this.root = null;
    this.here = null;
    this.at = null;
    this.selection = null;
    this.draft = null;
    this.ends = false;
    this.filter = memory.get("ta-filter") ?? "all";
    this.last = memory.get("ta-last") ?? { concern: null, polarity: "risk", codes: {}, severity: null };
    this.refusals = [];
    this.further = 0;
    this.moves = 0;
    this.nodes = new Map();
    this.sheet = null;
    this.focus = null;
    this.build();
  }

  build() {
    const act = (what) => this.act(what);
    this.crumb = el("div", { class: "crumb" });
    this.filterButton = el("button", { class: "plain filter", onclick: () => this.nextFilter() });
    this.saved = el("div", { class: "saved", role: "status" });
    this.notice = el("p", { class: "notice" });
    this.scroll = el("div", { class: "scroll" });
    this.palette = el("div", { class: "palette", role: "dialog", "aria-label": "Tag the selected words", hidden: true });
    this.following = new Following(this);
    this.assessing = new Assessing(this);
    this.help = el("dialog", { class: "help", "aria-label": "All keys" });
    this.live = el("div", { class: "told unseen", "aria-live": "polite" });
    this.panel = buildPanel(act);
    this.foot = el("footer", { class: "keys" },
      ...[["J K", "clause"], ["N P", "suggestion"], ["A", "accept"], ["X", "reject"], ["1 2 3", "tag"], ["Z", "undo"]].map(([keys, name]) =>
        el("span", {}, ...keys.split(" ").map(cap), name)),
      this.guardKey = el("span", { hidden: true }, cap("G"), "safeguards"),
      el("button", { class: "plain", onclick: () => this.toggleHelp() }, cap("?"), "all keys"),
    );
    this.frame = el("div", { class: "review" },
      el("div", { class: "reading" },
        el("header", { class: "bar" }, this.following.back, this.crumb, this.filterButton,
          el("button", { class: "round", "aria-label": "Undo", title: "Undo (Z)", onclick: () => this.undo("undo") }, icon("undo")),
          el("button", { class: "round", "aria-label": "Redo", title: "Redo (Y)", onclick: () => this.undo("redo") }, icon("redo")),
          this.saved),
        this.notice, this.scroll, this.live, this.foot, this.assessing.keys),
      this.panel.root, this.palette, this.following.box, this.help);
    this.scroll.addEventListener("scroll", () => {
      if (this.scroll.isConnected) this.scrolled = this.scroll.scrollTop;
    });
    this.frame.addEventListener("focusin", (event) => {
      this.focused = event.target;
    });
    this.frame.addEventListener("focusout", () => {
      if (this.frame.isConnected) this.focused = null;
    });
    this.scroll.addEventListener("pointermove", (event) => this.following.hover(event));
    this.frame.addEventListener("pointerdown", (event) => this.press(event));
    this.frame.addEventListener("click", (event) => this.release(event));
    this.onKey = (event) => this.key(event);
    this.onUp = (event) => this.pointerUp(event);
    this.onCancel = () => this.release();
    this.onHide = () => {
      if (isField(this.root.activeElement)) this.root.activeElement.blur();
      this.leaveNote();
    };
    this.onTouch = () => {
      clearTimeout(this.touchTimer);
      this.touchTimer = setTimeout(() => this.touched && this.takeSelection(false), 350);
    };
    this.onFonts = () => this.redraw();
    this.onTravel = () => window.location.pathname === this.page && this.following.travelled();
    // Between a link's click and the next page's address the desk is gone from sight and still here.
    this.onLink = (event) => {
      const another = event.ctrlKey || event.metaKey || event.shiftKey;
      if (!another && event.composedPath().some((node) => node.tagName === "A" && node.href)) this.left = true;
    };
    window.addEventListener("click", this.onLink, true);
    window.addEventListener("keydown", this.onKey);
    window.addEventListener("pointerup", this.onUp);
    window.addEventListener("pointercancel", this.onCancel);
    window.addEventListener("pagehide", this.onHide);
    window.addEventListener("popstate", this.onTravel);
    document.addEventListener("selectionchange", this.onTouch);
    document.fonts?.addEventListener("loadingdone", this.onFonts);
    this.resized = new ResizeObserver(() => this.redraw());
    this.resized.observe(this.scroll);
    this.visible = new Set();
    this.watcher = new IntersectionObserver((entries) => this.seen(entries), { root: this.scroll, rootMargin: "400px 0px" });
  }

  /** Stands in this root from now on, with scroll and focus as they were. */
  moveTo(root) {
    clearTimeout(this.leaving);
    if (this.root === root) return;
    this.root = root;
    this.page = window.location.pathname;
    const { focused, scrolled } = this;
    root.querySelector(".ta-root").replaceChildren(this.frame);
    if (scrolled) this.scroll.scrollTop = scrolled;
    focused?.focus({ preventScroll: true });
  }

  close() {
    window.removeEventListener("click", this.onLink, true);
    window.removeEventListener("keydown", this.onKey);
    window.removeEventListener("pointerup", this.onUp);
    window.removeEventListener("pointercancel", this.onCancel);
    window.removeEventListener("pagehide", this.onHide);
    window.removeEventListener("popstate", this.onTravel);
    document.removeEventListener("selectionchange", this.onTouch);
    document.fonts?.removeEventListener("loadingdone", this.onFonts);
    this.resized.disconnect();
    this.watcher.disconnect();
    this.outbox?.close();
    for (const slot of ["blue", "orange", "violet", "selection"]) CSS.highlights?.delete(`ta-${slot}`);
  }

  /* ---- what Python sends ---- */

  receive(given, send) {
    this.left = false;
    const data = compose(given);
    if (!data) {
      send([{ type: "show", nonce: uuid() }]);
      return;
    }
    const key = `ta-outbox:${data.store}`;
    if (this.outbox?.key !== key) {
      this.outbox?.close();
      this.outbox = new Outbox(key, send, () => this.drawSaved());
      this.data = null;
    }
    const whose = { document: data.document.id, reviewer: data.reviewer.id };
    if (this.outbox.whose?.document !== whose.document || this.outbox.whose?.reviewer !== whose.reviewer) {
      this.leaveNote();
      this.sheet = null;
      this.refusals = [];
    }
    // Saying which words are here spares them the way back.
    this.outbox.send = (events) => send(events.map((event) => ({ ...event, holds: data.key })));
    this.outbox.knock = data.door && ((events) => this.knock(events));
    this.outbox.whose = whose;
    // What was taken back before this view came up has been seen.
    if (!this.data) this.undone = data.undone?.nonce;
    this.data = later(this.data, data);
    this.take(data);
    const sheet = `${data.document.id}/${data.document.sha256}/${data.sheet.eid}`;
    const fresh = sheet !== this.sheet;
    if (fresh) this.show(data, sheet);
    if (fresh || data.focus.token !== this.focus) {
      this.focus = data.focus.token;
      this.asked = `${data.focus.token}/${data.document.slug}/${data.focus.eid}`;
      const [asked, left] = memory.get(PLACE, sessionStorage) ?? [];
      this.goTo((asked === this.asked && left) || data.focus.eid || this.order[0], { quiet: fresh });
      if (data.focus.said) this.hint(data.focus.said);
      if (data.focus.mark) this.at = data.focus.mark;
      if (data.focus.table) this.following.fromTable(data.focus.table.safeguard);
      this.following.returned();
    }
    this.outbox.resume();
    this.render(true);
    const step = fresh ? Math.sign(this.further) : 0;
    this.further -= step;
    if (step) this.leaf(step);
    const { moves } = this;
    if (!this.onTheWay()) this.moves = 0;
    for (let left = Math.abs(moves); left && !this.onTheWay(); left -= 1) this.move(Math.sign(moves));
  }

  /** What was answered to decisions, and where one that was taken back stood. */
  take({ acks, undone }) {
    for (const { event, why } of this.outbox.acknowledge(acks)) {
      if (event.type === "undo" || event.type === "redo") this.hint(why);
      else this.refusals = [...this.refusals.slice(-3), { why, eid: event.start_eid ?? event.eid ?? this.here }];
    }
    if (!undone || undone.nonce === this.undone) return;
    this.undone = undone.nonce;
    if (this.nodes.has(undone.eid)) {
      this.goTo(undone.eid);
      this.hint(undone.said);
    } else this.outbox.add({ type: "go", eid: undone.eid, said: undone.said });
  }

  /** Hands decisions in and draws what is stored then; false where nobody could take them. */
  async knock(events) {
    const { outbox } = this;
    const { door, key, document, reviewer } = this.data;
    const answer = await fetch(door.path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Annotator-Key": door.key },
      body: JSON.stringify({ events, document: document.id, reviewer: reviewer.id, eid: this.order[0], holds: key }),
    });
    if (!answer.ok) return false;
    const given = await answer.json();
    if (outbox.closed || this.outbox !== outbox) return true;
    const data = compose(given);
    const same = (one) => [one.document.id, one.sheet.eid, one.reviewer.id].join();
    if (data && same(data) === same(this.data)) this.data = later(this.data, { ...data, focus: this.data.focus });
    this.take(given);
    this.render(true);
    return true;
  }

  show(data, sheet) {
    this.sheet = sheet;
    this.selection = null;
    this.draft = null;
    this.following.show(data.references);
    this.at = null;
    this.order = data.clauses.map((clause) => clause.eid);
    this.texts = new Map(data.clauses.map((clause) => [clause.eid, clause.text]));
    const { article, nodes } = buildArticle(data, (eid, event) => this.pointerDown(eid, event));
    this.article = article;
    this.nodes = nodes;
    this.visible.clear();
    this.watcher.disconnect();
    this.scroll.replaceChildren(article);
    this.scroll.scrollTop = 0;
    for (const node of nodes.values()) this.watcher.observe(node.element);
    this.crumb.textContent = data.sheet.within.join(" · ");
    this.notice.textContent = data.document.notice;
    this.notice.hidden = !data.document.notice;
    this.frame.lang = "en";
  }

  /* ---- drawing ---- */

  render(now = false) {
    this.stale = false;
    this.view = project(this.data, this.outbox.own());
    this.items = itemsOf(this.view, this.data.concerns).map((item) => ({ ...item, pieces: piecesOf(item, this.order, this.texts) })).filter((item) => item.pieces.length);
    const least = FILTERS.find(([id]) => id === this.filter)?.[2] ?? 0;
    this.items = this.items.filter((item) => item.own || item.decision || item.score >= least);
    const place = (item) => this.order.indexOf(item.pieces[0].eid);
    this.items.sort((a, b) => place(a) - place(b) || a.pieces[0].start - b.pieces[0].start || a.pieces[0].end - b.pieces[0].end || a.key.localeCompare(b.key));
    if (this.at && !this.items.some((item) => item.key === this.at)) this.at = null;
    this.drawn = new Map(this.order.map((eid) => [eid, []]));
    for (const item of this.items) {
      if (item.decision === "rejected") continue;
      item.pieces.forEach((piece, index) => this.drawn.get(piece.eid).push({ ...item, start: piece.start, end: piece.end, continued: index > 0 }));
    }
    clearTimeout(this.drawing);
    // A decision leaves in a timer of Streamlit's. Drawing in the next one lets it go before the
    // browser paints, which saves the way to the database a frame.
    if (now) this.draw();
    else this.drawing = setTimeout(() => this.draw(), 0);
  }

  draw() {
    clearTimeout(this.drawing);
    drawStates(this.nodes, this.here, this.view.states);
    paintTints(this.nodes, this.drawn, this.selectionPieces());
    for (const eid of this.visible) this.drawOne(eid);
    const clause = this.data.clauses.find((one) => one.eid === this.here);
    // What reviewers mostly reject stands behind the rest.
    const touching = this.items.filter((item) => item.pieces.some((piece) => piece.eid === this.here))
      .sort((a, b) => Number(!a.own && a.weak) - Number(!b.own && b.weak));
    const { key, references, cited, others } = this.data;
    const shown = { ...this.view, key, references, cited, others, at: this.at, lang: this.data.document.lang, dir: this.data.document.dir, refusals: this.refusals };
    if (this.pressed) this.stale = true;
    else drawPanel(this.panel, this.root, clause, touching, shown, (what) => this.act(what));
    const open = this.items.filter((item) => !item.own && !item.decision).length;
    const [, name] = FILTERS.find(([id]) => id === this.filter) ?? FILTERS[0];
    this.filterButton.replaceChildren("Suggestions: ", el("b", {}, this.filter === "none" ? name : `${name} ${open}`));
    this.drawPaletteNow();
    if (!this.pressed) {
      this.assessing.draw();
      this.following.draw();
    }
    this.drawSaved();
    this.tell();
  }

  drawOne(eid, force = false) {
    const node = this.nodes.get(eid);
    if (!node) return;
    const marks = this.drawn.get(eid);
    const at = marks.some((mark) => mark.key === this.at) ? this.at : null;
    const signature = JSON.stringify([at, marks.map((mark) => [mark.key, mark.start, mark.end, mark.slot, mark.polarity])]);
    if (!force && signature === node.drawn) return;
    node.drawn = signature;
    if (force || !node.lines) this.following.drawOne(node);
    drawClause(node, marks, at, (mark) => this.choose(mark.key));
  }

  redraw() {
    if (!this.drawn) return;
    for (const node of this.nodes.values()) node.drawn = "";
    for (const eid of this.visible) this.drawOne(eid, true);
  }

  seen(entries) {
    for (const entry of entries) {
      const { eid } = entry.target.dataset;
      if (entry.isIntersecting) {
        this.visible.add(eid);
        if (this.drawn?.has(eid)) this.drawOne(eid);
      } else this.visible.delete(eid);
    }
  }

  drawPaletteNow() {
    if (this.pressed) return;
    const known = this.draft && { ...this.draft, lastCode: this.last.codes[this.draft.concern] };
    keepingFocus(this.root, () => drawPalette(this.palette, known, this.data.concerns, (what) => this.actPalette(what)));
    placePalette(this.palette, this.frame, this.draft && this.selectionRect());
  }

  drawSaved() {
    const state = this.outbox.state;
    const waiting = this.outbox.pending.length;
    this.saved.dataset.pending = waiting;
    if (state === this.savedState && waiting === this.savedCount) return;
    this.savedState = state;
    this.savedCount = waiting;
    this.saved.dataset.state = state;
    this.saved.replaceChildren(
      ...(state === "failed"
        ? [icon("warn"), `${waiting} not saved · `, el("button", { class: "plain", onclick: () => this.outbox.flush() }, "Try again")]
        : state === "saving" ? ["Saving"] : [icon("tick"), "Saved"]),
    );
  }

  /** Lets the sidebar's outline follow without a round trip. */
  tell() {
    const states = [...this.view.states.values()].map((one) => one.state);
    const detail = {
      document: this.data.document.id,
      sheet: this.data.sheet.eid,
      done: states.filter((state) => state === "concern" || state === "no_concern").length,
      reopened: states.includes("reopened"),
    };
    window.dispatchEvent(new CustomEvent("ta-progress", { detail }));
  }

  /** Tells those who listen; what is said in one go is one announcement. */
  say(words, lang = "en") {
    // Later, as in render: a page that has nothing to paint lets the decision go first.
    if (!this.words?.length) setTimeout(() => this.speak(), 0);
    this.words = [...(this.words ?? []), el("span", { lang }, words, " ")];
  }

  /** Tells everyone, where a key did nothing or something out of sight. */
  hint(words) {
    this.say(words);
    this.seenHint = true;
  }

  speak() {
    clearTimeout(this.silence);
    this.live.replaceChildren(...this.words);
    this.live.classList.toggle("unseen", !this.seenHint);
    this.words = [];
    this.seenHint = false;
    this.silence = setTimeout(() => {
      this.live.replaceChildren();
      this.live.classList.add("unseen");
    }, HINT_MS);
  }

  /* ---- where we are ---- */

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

  /* ---- keys ---- */

  key(event) {
    // The desk outlives its page for a moment; keys pressed on the next page are not for it.
    if (this.left || this.help.open || window.location.pathname !== this.page) return;
    const name = nameOf(event);
    if (!name || (event.repeat && !/Arrow|^[jknp]$/.test(name))) return;
    const command = (this.draft && this.paletteKey(name)) || this.following.key(name) || this.assessing.key(name) || this.command(name);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    command();
  }

  paletteKey(name) {
    const plain = name.replace("Shift ", "");
    if (/^[123]$/.test(plain)) {
      const concern = this.data.concerns.find((one) => one.key === plain);
      if (!concern) return null;
      return () => this.actPalette({ concern: concern.id, polarity: name.startsWith("Shift") ? "safeguard" : "risk" });
    }
    if (/^[456]$/.test(name)) return () => this.actPalette({ severity: SEVERITIES[Number(name) - 4] });
    if (name === "Enter") return () => this.commit();
    if (name === " ") return () => this.actPalette({ searching: true });
    // The palette stands last in the page: without this Tab would go through everything else first.
    if (name === "Tab" && !this.palette.contains(this.root.activeElement)) return () => this.palette.querySelector("[aria-pressed=true]").focus();
    if (this.draft.armed && /^\p{L}$/u.test(plain) && plain !== "e") {
      const code = choices(this.data.concerns, this.draft).find((one) => one.key.toLowerCase() === plain);
      if (code) return () => this.actPalette({ commit: true, pick: code });
    }
    return null;
  }

  command(name) {
    const rtl = this.data.document.dir === "rtl";
    const forward = rtl ? "ArrowLeft" : "ArrowRight";
    const back = rtl ? "ArrowRight" : "ArrowLeft";
    if ([forward, back, `Shift ${forward}`, `Shift ${back}`].includes(name)) {
      const step = name.endsWith(forward) ? 1 : -1;
      const shift = name.startsWith("Shift");
      return () => {
        const found = moveByWord(this.selection, this.here, this.texts, this.data.document.lang, step, shift || this.ends, this.ends && shift);
        if (found) this.select(found);
      };
    }
    const open = (item) => !item.own && !item.decision;
    const commands = {
      j: () => this.move(1),
      k: () => this.move(-1),
      n: () => this.step(open, 1),
      p: () => this.step(open, -1),
      m: () => this.step((item) => item.own, 1),
      "Shift m": () => this.step((item) => item.own, -1),
      PageDown: () => this.leaf(1),
      PageUp: () => this.leaf(-1),
      "]": () => this.leaf(1),
      "[": () => this.leaf(-1),
      o: () => this.following.next(),
      b: () => this.following.goBack(),
      g: () => this.assessing.toggle(),
      s: () => this.select(widen(this.selection, this.here, this.texts.get(this.here), this.data.document.lang)),
      e: () => this.moveEnds(),
      r: () => this.repeat(),
      a: () => this.accept(this.at),
      x: () => this.reject(this.at),
      Delete: () => this.remove(this.at),
      c: () => this.change(this.at),
      t: () => this.panel.note.focus(),
      0: () => this.judge("no_concern"),
      Enter: () => this.judge("concern"),
      z: () => this.undo("undo"),
      y: () => this.undo("redo"),
      "Shift z": () => this.undo("redo"),
      "?": () => this.toggleHelp(),
      Escape: () => this.escape(),
    };
    if (/^(?:Shift )?[123]$/.test(name)) return () => this.hint("Select words first: drag over them, or press S for the sentence.");
    if (/^[456]$/.test(name)) return this.item()?.own ? () => this.edit(this.at, { severity: SEVERITIES[Number(name) - 4] }) : null;
    return commands[name] ?? null;
  }

  moveEnds() {
    if (!this.selection && this.item()) this.change(this.at);
    this.ends = true;
    this.hint("Arrows move the end, with Shift the start. Enter keeps it.");
  }

  escape() {
    if (this.draft?.searching) {
      this.draft = { ...this.draft, searching: false, query: "" };
      this.root.activeElement?.blur();
      this.render();
      return;
    }
    if (isField(this.root.activeElement)) {
      this.root.activeElement.blur();
      return;
    }
    this.at = this.draft ? this.at : null;
    this.clear(true);
  }

  nextFilter() {
    const at = FILTERS.findIndex(([id]) => id === this.filter);
    this.filter = FILTERS[(at + 1) % FILTERS.length][0];
    memory.set("ta-filter", this.filter);
    this.render();
  }

  toggleHelp() {
    this.help.replaceChildren(
      el("header", {}, el("h2", {}, "All keys"), el("button", { class: "plain", onclick: () => this.help.close() }, "Close", cap("Esc"))),
      el("div", { class: "help-groups" }, ...KEYS.map(([group, rows]) =>
        el("section", {}, el("h3", {}, group),
          el("dl", {}, ...rows.flatMap((row) => [[row[0], row[1]], [row[2], row[3]]]).flatMap(([keys, name]) => [el("dt", {}, el("kbd", {}, keys)), el("dd", {}, name)]))))),
    );
    this.help.showModal();
  }
}
