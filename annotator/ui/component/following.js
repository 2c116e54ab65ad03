/* Following a cross-reference: from its words to a preview, from there to the clause, and back. */
import { el, icon, keepingFocus, memory } from "./dom.js";
import { keyCap } from "./keys.js";
import { rangeOf } from "./marks.js";
import { drawPeek, drawReferences, placePeek, referenceAt, wordsOfPeek } from "./references.js";
import { say } from "./words.js";

const TRAIL = "ta-trail";
const LONGEST = 30;
const FLASH_MS = 3500;
const PEEK_PAUSE_MS = 260;
const PEEK_FOCUS_MS = 400;
const PEEK_AWAY_MS = 320;

/**
 * What of a desk has to do with references: the preview that is open, and the way one came.
 *
 * A preview that comes up under the mouse (`by: "hover"`) or with the focus (`by: "focus"`) goes by
 * itself; one that was asked for by key, finger or list stays until it is closed.
 */
export class Following {
  constructor(desk) {
    this.desk = desk;
    this.box = el("div", { class: "peek", role: "dialog", hidden: true, onpointerenter: () => clearTimeout(this.going), onpointerleave: (event) => this.away(event) });
    this.back = el("button", { class: "back", hidden: true, onclick: () => this.goBack() });
    this.open = null;
    this.over = null;
    this.references = new Map();
    this.whole = new Map();
    this.trail = memory.get(TRAIL, sessionStorage) ?? [];
    this.returning = null;
    this.showing = null;
    this.missed = false;
    desk.scroll.addEventListener("pointerleave", (event) => this.away(event));
    desk.scroll.addEventListener("scroll", () => this.open?.by === "hover" && this.shut());
  }

  /** Another sheet is shown. */
  show(references) {
    this.still();
    this.open = null;
    this.over = null;
    this.tabbed = null;
    this.whole.clear();
    this.references = new Map();
    for (const one of references) this.references.set(one.start_eid, [...(this.references.get(one.start_eid) ?? []), one]);
  }

  /** What a preview shows of a clause, by its name. */
  named(name) {
    const { others, linked } = this.desk.data;
    return this.whole.get(name) ?? others[name] ?? linked[name] ?? this.desk.linking.recent().find((one) => one.name === name);
  }

  drawOne(node) {
    const own = node.clause.eid === this.desk.here;
    const references = this.references.get(node.clause.eid) ?? [];
    keepingFocus(this.desk.root, () => drawReferences(node, references, this.desk.data.others, own, (what) => this.actLink(what)));
  }

  draw() {
    const { desk } = this;
    this.drawTabs();
    keepingFocus(desk.root, () => drawPeek(this.box, this.open, (name) => this.named(name), (what) => this.act(what)));
    placePeek(this.box, desk.frame, this.open?.rect());
    const left = this.left();
    this.back.hidden = !left;
    if (!left) return;
    this.back.setAttribute("aria-label", say("references.back_to", { clause: left.citation }));
    this.back.replaceChildren(icon("left"), el("span", { class: "back-words" }, say("references.back_word"), " "), el("span", { class: "back-to" }, left.citation), keyCap("b"));
  }

  /** Of the clause at hand the links are on the way of Tab; of the others they would be too many. */
  drawTabs() {
    const { here, nodes } = this.desk;
    if (this.tabbed === here) return;
    for (const [eid, index] of [[this.tabbed, "-1"], [here, "0"]]) {
      for (const link of nodes.get(eid)?.links.querySelectorAll(".reference-link") ?? []) link.setAttribute("tabindex", index);
    }
    this.tabbed = here;
  }

  /** The mouse over words that refer: after a moment the clause is shown, and it goes with the mouse. */
  hover(event) {
    if (event.pointerType !== "mouse" || event.buttons) return;
    const { desk } = this;
    const node = desk.nodes.get(event.target.closest?.(".clause")?.dataset.eid);
    const one = referenceAt(node, event.clientX, event.clientY) ?? null;
    if (node && node.over !== Boolean(one)) {
      node.over = Boolean(one);
      node.words.classList.toggle("over-reference", node.over);
    }
    if (one === this.over) return;
    this.away(event);
    this.over = one;
    const busy = () => desk.draft || desk.selection || (this.open && this.open.by !== "hover");
    if (one && !busy()) this.soon(() => !busy() && this.openReference(one, "hover"), this.open ? 0 : PEEK_PAUSE_MS);
  }

  /** The mouse has left words, or the preview: it goes in a moment, unless the mouse is on it by then. */
  away(event) {
    if (event.pointerType !== "mouse") return;
    if (this.over) clearTimeout(this.coming);
    this.over = null;
    clearTimeout(this.going);
    this.going = setTimeout(() => this.open?.by === "hover" && this.shut(), PEEK_AWAY_MS);
  }

  still() {
    clearTimeout(this.coming);
    clearTimeout(this.going);
  }

  /** Opens what rests under the mouse or has the focus, once it is clear that it is meant. */
  soon(open, pause) {
    clearTimeout(this.coming);
    this.coming = setTimeout(open, pause);
  }

  /** A link over words has or loses the focus, or is followed. */
  actLink(what) {
    if (what.focused) {
      // A press of the mouse gives no focus here; whoever comes by key or a reader's cursor has it.
      this.soon(() => what.by.matches(":focus") && this.openReference(what.focused, "focus"), PEEK_FOCUS_MS);
    } else if (what.blurred) {
      clearTimeout(this.coming);
      if (this.open?.by === "focus" && !this.box.contains(what.to)) this.shut();
    } else {
      const { clicked } = what;
      const at = this.open?.one === clicked ? this.open.index : 0;
      this.go(this.named(clicked.targets[at]));
    }
  }

  /** Whether a press on a clause was one on a reference; of a mark and a reference the shorter is meant. */
  press(eid, event, mark) {
    const one = referenceAt(this.desk.nodes.get(eid), event.clientX, event.clientY);
    if (!one || (mark && mark.end - mark.start < one.end - one.start)) return false;
    this.desk.at = null;
    this.desk.goTo(eid);
    // A mouse has seen what is named; a finger has not, and of several one must be chosen.
    if (this.desk.touched || one.targets.length > 1) this.openReference(one, "press");
    else this.go(this.named(one.targets[0]));
    return true;
  }

  /** Shows the clauses that a reference names. */
  openReference(one, by) {
    const { text } = this.desk.nodes.get(one.start_eid);
    this.openPreview({ one, by, targets: one.targets, rect: () => [...rangeOf(text, one.start, one.end).getClientRects()].at(-1) });
  }

  /** Shows clauses that the panel lists; the focus comes back to what was pressed. */
  openList(targets, from) {
    const rect = from.getBoundingClientRect();
    this.openPreview({ targets, by: "list", from: from.dataset.key, rect: () => rect });
    // What is pressed in the panel keeps the rest from being drawn until it is let go.
    this.draw();
    this.box.querySelector(".primary").focus({ preventScroll: true });
  }

  openPreview(open) {
    const { desk } = this;
    this.still();
    this.open = { index: 0, ...open };
    this.fetchWhole();
    if (open.by === "hover") return this.draw();
    if (open.by !== "focus") desk.clear();
    desk.render(true);
    const named = this.named(open.targets[0]);
    desk.say(`${open.targets.length > 1 ? say("references.first_of", { clause: named.citation, n: open.targets.length }) : named.citation}:`);
    return desk.say(wordsOfPeek(named), named.lang);
  }

  /** The rest of a long clause, while its beginning is read. */
  async fetchWhole() {
    const { open } = this;
    const name = open.targets[open.index];
    if (!this.named(name).more) return;
    const found = await this.desk.inquiring.about({ what: "clause", name });
    if (!found?.rows) return;
    const { title, to } = this.named(name);
    this.whole.set(name, { ...found, title, to });
    if (this.open?.targets[this.open.index] === name) this.draw();
  }

  /** Takes the preview away, and nothing else. */
  shut() {
    this.still();
    this.open = null;
    this.draw();
  }

  close() {
    const from = this.open?.from;
    this.open = null;
    this.desk.render(true);
    if (from) this.desk.panel.root.querySelector(`[data-key="${CSS.escape(from)}"]`)?.focus({ preventScroll: true });
  }

  /** A press elsewhere closes the preview; whether there was one. */
  leave(target) {
    this.still();
    if (!this.open || this.box.contains(target) || target.closest(".citation")) return false;
    this.open = null;
    return true;
  }

  /** The next reference of the clause at hand: each press of the key one further. */
  next() {
    const { open } = this;
    // Seen already, under the mouse or with the focus: now it is gone to.
    if (open?.one && ["hover", "focus"].includes(open.by)) return this.go(this.named(open.targets[open.index]));
    const list = this.references.get(this.desk.here) ?? [];
    if (!list.length) {
      this.missed = true;
      return this.desk.hint(say("references.none_here"));
    }
    return this.openReference(list[(list.indexOf(open?.one) + 1) % list.length], "key");
  }

  act(what) {
    if (what.close) this.close();
    else if (what.follow) this.go(what.follow);
    else {
      // One that is chosen from is there on purpose.
      this.open = { ...this.open, index: what.index, by: this.open.by === "focus" ? "focus" : "key" };
      this.fetchWhole();
      this.desk.render(true);
    }
  }

  key(name) {
    const missed = this.missed;
    this.missed = false;
    // Whoever would have followed has not said that the clause is done.
    if (missed && name === "Enter") return () => this.desk.hint(say("references.nothing_to_follow"));
    if (!this.open) return null;
    const { targets, index, by } = this.open;
    if (name === "Escape") return () => this.close();
    if (name === "o") return null;
    if (by !== "hover") {
      const step = { ArrowDown: 1, ArrowUp: -1 }[name];
      if (step && targets.length > 1) return () => this.act({ index: (index + step + targets.length) % targets.length });
      if (name === "Enter") return () => this.go(this.named(targets[index]));
      // The preview stands last in the page: without this Tab would go through everything else first.
      if (name === "Tab" && by !== "focus" && !this.box.contains(this.desk.root.activeElement)) return () => this.box.querySelector(".primary").focus();
      if (["Tab", "Shift Tab"].includes(name)) return null;
    }
    // Any other key is for the text, and the preview does not stay over it.
    this.open = null;
    this.desk.render();
    return null;
  }

  /* ---- there and back ---- */

  /** The place one came from: in this text, or in another that led to it. */
  left() {
    const left = this.trail.at(-1);
    return [left?.document, left?.led].includes(this.desk.data.document.slug) ? left : null;
  }

  /** To a clause that a preview shows, maybe of another text; `words` in it are shown for a moment. */
  go(at, words = null) {
    this.showing = words && { ...words, eid: at.land };
    if (!at.to) return this.follow(at.land, words);
    this.keep([...this.trail, { ...this.standing(), led: at.to }].slice(-LONGEST));
    return this.leaveFor(at.to, at.land);
  }

  standing() {
    const { data, here, nodes, scroll } = this.desk;
    return { document: data.document.slug, eid: here, citation: nodes.get(here).clause.citation, top: scroll.scrollTop };
  }

  leaveFor(to, eid) {
    const { desk } = this;
    this.open = null;
    desk.clear();
    desk.leaveNote();
    desk.outbox.add({ type: "go", to, eid, from: desk.here });
    desk.render();
  }

  /** To a clause; `words` in it are shown for a moment, `safeguard` is opened again on the way back. */
  follow(eid, words = null, safeguard = null) {
    this.showing = words && { ...words, eid };
    if (words && eid === this.desk.here) return this.flash();
    this.keep([...(this.left() ? this.trail : []), { ...this.standing(), safeguard }].slice(-LONGEST));
    // A step for the browser's Back too; to another article Python makes it.
    if (this.desk.nodes.has(eid)) this.desk.stepForBack();
    return this.arrive(eid);
  }

  /** Words that were gone to, seen for a moment and brought into sight. */
  flash() {
    const { desk, showing } = this;
    const node = desk.nodes.get(showing?.eid);
    if (!node || showing.eid !== desk.here) return;
    this.showing = null;
    const range = rangeOf(node.text, showing.start ?? 0, showing.end ?? node.text.data.length);
    const rect = range.getBoundingClientRect();
    const frame = desk.scroll.getBoundingClientRect();
    if (rect.top < frame.top + 12 || rect.bottom > desk.floor(frame) - 12) desk.scroll.scrollTop += rect.top - frame.top - (desk.floor(frame) - frame.top) / 4;
    if (!CSS.highlights) return;
    const words = new Highlight(range);
    words.priority = 20;
    CSS.highlights.set("ta-evidence", words);
    clearTimeout(this.fading);
    this.fading = setTimeout(() => CSS.highlights.delete("ta-evidence"), FLASH_MS);
  }

  goBack() {
    const left = this.left();
    if (!left) return this.desk.hint(say("references.not_followed"));
    this.keep(this.trail.slice(0, -1));
    if (left.table) return this.toTable();
    this.returning = left;
    return left.document === this.desk.data.document.slug ? this.arrive(left.eid) : this.leaveFor(left.document, left.eid);
  }

  /** Who came from the table of safeguards has the one looked at there open, and a way back. */
  fromTable(safeguard) {
    const { data, here } = this.desk;
    if (!this.left()?.table) this.keep([...(this.left() ? this.trail : []), { document: data.document.slug, table: true, citation: say("references.table") }].slice(-LONGEST));
    if (safeguard) this.returning = { eid: here, safeguard };
  }

  toTable() {
    this.desk.leaveNote();
    // The page's own link keeps the session; on a phone it is folded away, and the address does.
    const link = document.querySelector('a[data-testid="stTopNavLink"][href$="/safeguards"]');
    if (link) return link.click();
    const address = new URL(window.location.href);
    address.pathname = address.pathname.replace(/[^/]*$/, "safeguards");
    return window.location.assign(address);
  }

  keep(trail) {
    this.trail = trail;
    memory.set(TRAIL, trail, sessionStorage);
  }

  arrive(eid) {
    const { desk } = this;
    this.open = null;
    desk.clear();
    if (!desk.nodes.has(eid)) {
      desk.leaveNote();
      desk.outbox.add({ type: "go", eid, from: desk.here });
      desk.render();
      return;
    }
    desk.at = null;
    desk.goTo(eid);
    this.returned();
    desk.render();
    desk.say(`${desk.nodes.get(eid).clause.citation}:`);
    desk.say(desk.texts.get(eid), desk.data.document.lang);
  }

  /** The browser's Back or Forward came to a clause of this article; Python takes it to any other. */
  travelled() {
    const { desk } = this;
    const asked = new URL(window.location.href).searchParams;
    const eid = asked.get("at");
    if (asked.get("doc") !== desk.data?.document.slug || eid === desk.here) return;
    if (!desk.nodes.has(eid)) {
      // Python may not know yet that the reader has gone on by themselves, and so see no way back.
      if (eid && desk.walking.gone) this.arrive(eid);
      return;
    }
    desk.clear();
    desk.at = null;
    desk.goTo(eid);
    this.returned();
    desk.render();
  }

  /** Whoever has come back finds the words where they stood. */
  returned() {
    const { returning } = this;
    this.returning = null;
    // By the browser's Back, or by chance: where one is, one need not be led back to.
    const left = this.left();
    if (left && !left.table && left.eid === this.desk.here && left.document === this.desk.data.document.slug) this.keep(this.trail.slice(0, -1));
    this.flash();
    if (returning?.eid !== this.desk.here) return;
    if ("top" in returning) this.desk.scroll.scrollTop = returning.top;
    if (returning.safeguard) setTimeout(() => this.desk.assessing.resume(returning.safeguard), 0);
  }
}
