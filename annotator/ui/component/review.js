/* The review view: takes what Python sends, and stands in the page as long as it is there. */
import { Assessing } from "./assessing.js";
import { Beside } from "./beside.js";
import { buildArticle } from "./clauses.js";
import { Card } from "./card.js";
import { Commanding } from "./commands.js";
import { compose } from "./compose.js";
import { el, icon, isField, memory, uuid } from "./dom.js";
import { Following } from "./following.js";
import { Handles } from "./handles.js";
import { Help } from "./help.js";
import { drawCaps, keyCap } from "./keys.js";
import { Inquiring } from "./inquiring.js";
import { knock, later, Windows } from "./knocking.js";
import { Lettering } from "./lettering.js";
import { Linking } from "./linking.js";
import { Outbox } from "./outbox.js";
import { buildPanel } from "./panel.js";
import { Queue } from "./queue.js";
import { Saving } from "./saving.js";
import { Telling } from "./telling.js";
import { Walking } from "./walking.js";
import { Tour } from "./tour.js";
import { language, say } from "./words.js";

const GRACE_MS = 3000;
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

class Desk extends Commanding {
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
    // Whether a verdict is leading to the next clause, and when one last led to another article.
    this.passing = false;
    this.cameAt = -Infinity;
    this.outdated = false;
    this.nodes = new Map();
    this.sheet = null;
    this.focus = null;
    this.build();
  }

  build() {
    const act = (what) => this.act(what);
    this.crumb = el("div", { class: "crumb" });
    this.filterButton = el("button", { class: "plain filter", onclick: () => this.nextFilter() });
    this.saving = new Saving();
    this.notice = el("p", { class: "notice" });
    // A press on the words would else give the focus, and a frame around it, to the whole page.
    this.scroll = el("div", { class: "scroll", tabindex: "-1" });
    this.palette = el("div", { class: "palette", role: "dialog", "aria-label": say("review.palette.title"), hidden: true });
    this.inquiring = new Inquiring(this);
    this.following = new Following(this);
    this.assessing = new Assessing(this);
    this.card = new Card(this);
    this.handles = new Handles(this);
    this.lettering = new Lettering(this);
    this.queue = new Queue(this);
    this.telling = new Telling();
    this.walking = new Walking(this);
    this.tour = new Tour(this);
    this.help = new Help(() => this.drawKeys(), this.tour.button);
    this.panel = buildPanel(act);
    this.linking = new Linking(this);
    this.beside = new Beside(this);
    this.foot = el("footer", { class: "keys" },
      ...[["clause", "j", "k"], ["suggestion", "n", "p"], ["accept", "a"], ["reject", "x"], ["words", "w"], ["tag", "1", "2", "3"], ["undo", "z"]].map(([name, ...keys]) =>
        el("span", {}, ...keys.map(keyCap), say(`review.foot.${name}`))),
      this.guardKey = el("span", { hidden: true }, keyCap("g"), say("review.foot.safeguards")),
      el("button", { class: "plain", onclick: () => this.help.show() }, keyCap("?"), say("review.foot.all_keys")),
    );
    const round = (name, sign, act) => el("button", { class: `round ${name}`, "aria-label": say(`review.bar.${name}`), title: say(`review.bar.${name}`), onclick: act }, typeof sign === "string" ? icon(sign) : sign);
    this.frame = el("div", { class: "review" },
      el("div", { class: "reading" },
        el("header", { class: "bar" }, this.following.back, this.crumb, this.filterButton,
          round("suggestion_previous", "left", () => this.command("p")()),
          round("suggestion_next", "right", () => this.command("n")()),
          round("undo", "undo", () => this.undo("undo")),
          round("redo", "redo", () => this.undo("redo")),
          round("help", el("span", { "aria-hidden": "true" }, "?"), () => this.help.show()),
          this.saving.mark),
        this.saving.reason, this.queue.line, this.notice, this.tour.strip, this.scroll, this.telling.live, this.foot, this.assessing.keys),
      this.panel.root, this.card.box, this.palette, this.linking.box, this.following.box, this.tour.ring, this.help.box);
    this.frame.addEventListener("scroll", () => this.tour.place(), { capture: true, passive: true });
    this.scroll.addEventListener("scroll", () => {
      if (this.scroll.isConnected) this.scrolled = this.scroll.scrollTop;
      this.card.draw();
    });
    this.frame.addEventListener("focusin", (event) => {
      this.focused = event.target;
      const row = event.target.closest?.(".row-main")?.dataset.key;
      if (row && event.target.matches(":focus-visible")) this.card.hover([row]);
    });
    this.frame.addEventListener("focusout", () => {
      if (this.frame.isConnected) this.focused = null;
    });
    this.scroll.addEventListener("pointermove", (event) => {
      this.following.hover(event);
      this.hover(event);
    });
    this.scroll.addEventListener("pointerleave", () => this.card.hover(null));
    this.frame.addEventListener("pointerdown", (event) => this.press(event));
    this.frame.addEventListener("click", (event) => this.release(event));
    this.onKey = (event) => this.key(event);
    this.onUp = (event) => this.pointerUp(event);
    this.onCancel = () => this.release();
    this.onHide = () => {
      if (isField(this.root.activeElement)) this.root.activeElement.blur();
      this.leaveNote();
      this.addressNow();
    };
    this.onTouch = () => {
      clearTimeout(this.touchTimer);
      this.touchTimer = setTimeout(() => this.touched && this.takeSelection(false), 350);
    };
    this.onFonts = () => this.redraw();
    this.onTravel = () => {
      this.spoken = null;
      if (window.location.pathname === this.page) this.following.travelled();
    };
    // Between a link's click and the next page's address the desk is gone from sight and still here.
    this.onLink = (event) => {
      const another = event.ctrlKey || event.metaKey || event.shiftKey;
      if (another || !event.composedPath().some((node) => node.tagName === "A" && node.href)) return;
      this.addressNow();
      this.left = true;
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

  /** Every key that is named on the page, after keys were moved or switched. */
  drawKeys() {
    drawCaps(this.frame);
    this.tour.sayKeys();
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
    clearTimeout(this.saying);
    this.outbox?.close();
    this.windows?.close();
    this.walking.close();
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
      if (!this.outbox.kept) this.hint(say("saving.forgets"));
      this.data = null;
    }
    const whose = { document: data.document.id, reviewer: data.reviewer.id };
    if (this.outbox.whose?.document !== whose.document || this.outbox.whose?.reviewer !== whose.reviewer) {
      this.leaveNote();
      this.sheet = null;
      this.refusals = [];
    }
    // Saying which words are here spares them the way back.
    this.outbox.send = (events) => {
      this.addressNow();
      send(events.map((event) => ({ ...event, holds: this.data?.key ?? data.key })));
    };
    this.outbox.knock = data.door && ((events, options) => knock(this, events, options));
    this.outbox.whose = whose;
    const sheet = `${data.document.id}/${data.document.sha256}/${data.sheet.eid}`;
    if (this.walking.behind(data, sheet)) {
      this.take(data);
      this.inquiring.heard(data.told);
      this.outbox.resume();
      this.render(true);
      return;
    }
    // What was taken back before this view came up has been seen.
    if (!this.data) this.undone = data.undone?.nonce;
    this.data = later(this.data, data);
    this.windows ??= new Windows(this);
    this.take(data);
    this.inquiring.heard(data.told);
    const known = this.sheet;
    const fresh = sheet !== known;
    if (fresh) this.show(data, sheet);
    if (fresh) this.walking.gone = false;
    this.walking.prepare();
    let landing = null;
    if (fresh || data.focus.token !== this.focus) {
      this.focus = data.focus.token;
      // Whoever has said where to go is there, and keys are for the text again.
      this.asking?.blur();
      this.asking = null;
      this.asked = `${data.focus.token}/${data.document.slug}/${data.focus.eid}`;
      this.spoken = null;
      const address = new URL(window.location.href).searchParams;
      landing = data.focus.mark ?? (address.get("at") === data.focus.eid ? address.get("mark") : null);
      this.goTo(this.stoodAt() || data.focus.eid || this.order[0], { quiet: fresh });
      if (data.focus.said) this.hint(data.focus.said);
      if (data.focus.table) this.following.fromTable(data.focus.table.safeguard);
      this.following.returned();
    }
    this.outbox.resume();
    this.render(true);
    // Decisions were taken back in articles that are not here: the list of them is read anew.
    if (fresh && this.outdated) window.dispatchEvent(new Event("ta-outdated"));
    if (fresh) this.outdated = false;
    if (landing) this.land(landing);
    else if (fresh && known) this.tellPlace();
    const step = fresh ? Math.sign(this.further) : 0;
    this.further -= step;
    if (step) this.leaf(step);
    this.tour.settle();
    const { moves } = this;
    if (!this.onTheWay()) this.moves = 0;
    for (let left = Math.abs(moves); left && !this.onTheWay(); left -= 1) this.move(Math.sign(moves));
  }

  /** What was answered to decisions, and where one that was taken back stood. */
  take({ acks, undone, trouble }) {
    this.outbox.seen = this.data.revision;
    this.queue.take(this.data);
    if (trouble) this.outbox.fail(trouble);
    for (const { event, why } of this.outbox.acknowledge(acks)) {
      if (event.type === "undo" || event.type === "redo") this.hint(why);
      else this.refusals = [...this.refusals.slice(-3), { why, eid: event.start_eid ?? event.eid ?? this.here }];
    }
    if (!undone || undone.nonce === this.undone) return;
    this.undone = undone.nonce;
    if (this.nodes.has(undone.eid)) {
      this.goTo(undone.eid);
      this.hint(undone.said);
    } else {
      this.outdated = true;
      this.outbox.add({ type: "go", eid: undone.eid, said: undone.said });
    }
  }

  show(data, sheet) {
    this.sheet = sheet;
    if (this.passing) {
      // Counted from when it is drawn: a key that was waiting meanwhile is no reader's.
      this.cameAt = Infinity;
      setTimeout(() => {
        this.cameAt = performance.now();
      });
    }
    this.passing = false;
    this.selection = null;
    this.draft = null;
    this.lettering.close();
    this.following.show(data.references);
    this.linking.show();
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
    this.beside.show();
    for (const node of nodes.values()) this.watcher.observe(node.element);
    this.crumb.textContent = data.sheet.within.join(" · ");
    this.notice.textContent = data.document.notice;
    this.notice.hidden = !data.document.notice;
    this.frame.lang = language();
  }

  say(words, lang = language(), topic = null) {
    this.telling.say(words, lang, { topic });
  }

  hint(words) {
    this.telling.hint(words, language());
  }
}
