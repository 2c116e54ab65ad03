/* Following a cross-reference: from its words to a preview, from there to the clause, and back. */
import { cap, el, icon, keepingFocus, memory } from "./dom.js";
import { rangeOf } from "./marks.js";
import { drawPeek, drawReferences, placePeek, referenceAt } from "./references.js";

const TRAIL = "ta-trail";
const LONGEST = 30;
const FLASH_MS = 3500;

/** What of a desk has to do with references: the preview that is open, and the way one came. */
export class Following {
  constructor(desk) {
    this.desk = desk;
    this.box = el("div", { class: "peek", role: "dialog", hidden: true });
    this.back = el("button", { class: "back", hidden: true, onclick: () => this.goBack() });
    this.open = null;
    this.references = new Map();
    this.trail = memory.get(TRAIL, sessionStorage) ?? [];
    this.returning = null;
    this.showing = null;
    this.missed = false;
  }

  /** Another sheet is shown. */
  show(references) {
    this.open = null;
    this.references = new Map();
    for (const one of references) this.references.set(one.start_eid, [...(this.references.get(one.start_eid) ?? []), one]);
  }

  drawOne(node) {
    drawReferences(node, this.references.get(node.clause.eid) ?? []);
  }

  draw() {
    const { data, frame, root } = this.desk;
    keepingFocus(root, () => drawPeek(this.box, this.open, data.others, (what) => this.act(what)));
    placePeek(this.box, frame, this.open?.rect());
    const left = this.left();
    this.back.hidden = !left;
    if (!left) return;
    this.back.setAttribute("aria-label", `Back to ${left.citation}`);
    this.back.replaceChildren(icon("left"), el("span", { class: "back-words" }, "Back to "), el("span", { class: "back-to" }, left.citation), cap("B"));
  }

  /** The mouse over words that refer: the cursor says that they can be followed. */
  hover(event) {
    if (event.pointerType !== "mouse" || event.buttons) return;
    const node = this.desk.nodes.get(event.target.closest?.(".clause")?.dataset.eid);
    const over = Boolean(referenceAt(node, event.clientX, event.clientY));
    if (node && node.over !== over) {
      node.over = over;
      node.words.classList.toggle("over-reference", over);
    }
  }

  /** Whether a press on a clause was one on a reference; of a mark and a reference the shorter is meant. */
  press(eid, event, mark) {
    const one = referenceAt(this.desk.nodes.get(eid), event.clientX, event.clientY);
    if (!one || (mark && mark.end - mark.start < one.end - one.start)) return false;
    this.desk.at = null;
    this.desk.goTo(eid);
    this.openReference(one);
    return true;
  }

  /** Shows the clauses that a reference names. */
  openReference(one) {
    const { text } = this.desk.nodes.get(one.start_eid);
    this.openPreview({ one, targets: one.targets, rect: () => [...rangeOf(text, one.start, one.end).getClientRects()].at(-1) });
  }

  /** Shows clauses that the panel lists; the focus comes back to what was pressed. */
  openList(targets, from) {
    const rect = from.getBoundingClientRect();
    this.openPreview({ targets, from: from.dataset.key, rect: () => rect });
    // What is pressed in the panel keeps the rest from being drawn until it is let go.
    this.draw();
    this.box.querySelector(".primary").focus({ preventScroll: true });
  }

  openPreview(open) {
    const { desk } = this;
    desk.clear();
    this.open = { index: 0, ...open };
    desk.render(true);
    const named = desk.data.others[open.targets[0]];
    desk.say(`${named.citation}${open.targets.length > 1 ? `, the first of ${open.targets.length}` : ""}:`);
    desk.say(named.words, named.lang);
  }

  close() {
    const from = this.open?.from;
    this.open = null;
    this.desk.render(true);
    if (from) this.desk.panel.root.querySelector(`[data-key="${CSS.escape(from)}"]`)?.focus({ preventScroll: true });
  }

  /** A press elsewhere closes the preview; whether there was one. */
  leave(target) {
    if (!this.open || this.box.contains(target) || target.closest(".citation")) return false;
    this.open = null;
    return true;
  }

  /** The next reference of the clause at hand: each press of the key one further. */
  next() {
    const list = this.references.get(this.desk.here) ?? [];
    if (!list.length) {
      this.missed = true;
      return this.desk.hint("This clause refers to no other.");
    }
    return this.openReference(list[(list.indexOf(this.open?.one) + 1) % list.length]);
  }

  act(what) {
    if (what.close) this.close();
    else if (what.follow) this.go(what.follow);
    else {
      this.open = { ...this.open, index: what.index };
      this.desk.render(true);
    }
  }

  key(name) {
    const missed = this.missed;
    this.missed = false;
    // Whoever would have followed has not said that the clause is done.
    if (missed && name === "Enter") return () => this.desk.hint("There is nothing to follow. Enter again: done.");
    if (!this.open) return null;
    const { targets, index } = this.open;
    const step = { ArrowDown: 1, ArrowUp: -1 }[name];
    if (step && targets.length > 1) return () => this.act({ index: (index + step + targets.length) % targets.length });
    if (name === "Enter") return () => this.go(this.desk.data.others[targets[index]]);
    if (name === "Escape") return () => this.close();
    // The preview stands last in the page: without this Tab would go through everything else first.
    if (name === "Tab" && !this.box.contains(this.desk.root.activeElement)) return () => this.box.querySelector(".primary").focus();
    // Any other key is for the text, and the preview does not stay over it.
    if (!["o", "Tab", "Shift Tab"].includes(name)) {
      this.open = null;
      this.desk.render();
    }
    return null;
  }

  /* ---- there and back ---- */

  /** The place one came from: in this text, or in another that led to it. */
  left() {
    const left = this.trail.at(-1);
    return [left?.document, left?.led].includes(this.desk.data.document.slug) ? left : null;
  }

  /** To a clause that a preview shows, maybe of another text. */
  go(at) {
    if (!at.to) return this.follow(at.land);
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
    if (this.desk.nodes.has(eid)) window.history.pushState(window.history.state, "", window.location.href);
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
    if (!left) return this.desk.hint("You have followed no reference yet.");
    this.keep(this.trail.slice(0, -1));
    if (left.table) return this.toTable();
    this.returning = left;
    return left.document === this.desk.data.document.slug ? this.arrive(left.eid) : this.leaveFor(left.document, left.eid);
  }

  /** Who came from the table of safeguards has the one looked at there open, and a way back. */
  fromTable(safeguard) {
    const { data, here } = this.desk;
    if (!this.left()?.table) this.keep([...(this.left() ? this.trail : []), { document: data.document.slug, table: true, citation: "the table" }].slice(-LONGEST));
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
    if (asked.get("doc") !== desk.data?.document.slug || eid === desk.here || !desk.nodes.has(eid)) return;
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
