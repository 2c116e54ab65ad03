/* The settle view: a list of what waits, the clause at hand with every view of it, and what is decided.

Decisions are drawn at once and sent until they are answered, as in Review; what the server says then is
laid under those still on their way. The list keeps its order while it is worked through: what is settled
stays where it was, with a tick, until the filters are changed or the page is loaded again.
*/
import { Discussion } from "./discussion.js";
import { el, icon, keepingFocus, mounting } from "./dom.js";
import { clauseAddress } from "./finding.js";
import { keyCap } from "./keys.js";
import { Outbox } from "./outbox.js";
import { Saving } from "./saving.js";
import { Adjudicating, waiting } from "./settleacting.js";
import { chosenView, Drafts } from "./settledraft.js";
import { SettleForm } from "./settleform.js";
import { SettleHelp } from "./settlehelp.js";
import { SettleMany } from "./settlemany.js";
import { settleKnock, settleProject, withoutState } from "./settlestate.js";
import { SettleText } from "./settletext.js";
import { numeral, say } from "./words.js";

const NEAR = 12;
const AT_ONCE = 300;
const RESTED = 1500;

/** Mounts the view, or gives it other data. */
export const mountSettle = mounting((root) => new Settle(root));

class Settle extends Adjudicating {
  constructor(root) {
    super();
    this.root = root;
    this.clauses = new Map();
    this.rows = new Map();
    this.order = [];
    this.here = null;
    this.at = 0;
    this.isFresh = false;
    this.asks = "";
    this.answered = 0;
    this.build();
    this.pressed = (event) => this.key(event);
    window.addEventListener("keydown", this.pressed);
  }

  build() {
    const round = (name, sign, act) => el("button", { class: "round", "aria-label": say(`settle.bar.${name}`), title: say(`settle.bar.${name}`), onclick: act }, icon(sign));
    this.saving = new Saving();
    this.citation = el("h2", { class: "stl-citation", tabindex: "-1" });
    this.openLink = el("a", { class: "plain stl-open", onclick: (event) => this.open(event) }, say("settle.open"));
    this.text = new SettleText({ choose: (view) => this.act({ view }), select: () => this.select() });
    this.form = new SettleForm((what) => this.act(what));
    this.talk = new Discussion((event) => this.send(event), { key: "m" });
    this.many = new SettleMany({ add: (event) => this.send(event), people: () => this.data.people });
    this.help = new SettleHelp();
    this.live = el("p", { class: "stl-told", role: "status" });
    this.left = el("span", { class: "aside" });
    this.list = el("ol", { class: "stl-list", role: "list", "aria-label": say("settle.list") });
    this.manyButton = el("button", { class: "small", onclick: () => this.acceptMany(false) });
    this.scroll = el("div", { class: "stl-scroll", tabindex: "-1" }, this.text.root, this.form.root);
    this.frame = el("div", { class: "stl" },
      el("div", { class: "stl-main" },
        el("header", { class: "bar stl-bar-top" }, this.citation, this.openLink, this.live,
          round("previous", "left", () => this.step(-1)), round("next", "right", () => this.step(1)),
          round("undo", "undo", () => this.send({ type: "undo" })), round("redo", "redo", () => this.send({ type: "redo" })),
          el("button", { class: "round", "aria-label": say("settle.bar.help"), title: say("settle.bar.help"), onclick: () => this.help.show() }, el("span", { "aria-hidden": "true" }, "?")),
          this.saving.mark),
        this.saving.reason, this.scroll,
        el("footer", { class: "keys stl-keys" },
          ...[["clause", "j", "k"], ["passage", "n", "p"], ["view", "1", "2"], ["none", "0"], ["disagree", "d"], ["why", "a", "g", "s", "l"], ["decide", "Enter"], ["undo", "z"]].map(([name, ...keys]) => el("span", {}, ...keys.map(keyCap), say(`settle.foot.${name}`))),
          el("button", { class: "plain", onclick: () => this.help.show() }, keyCap("?"), say("settle.foot.all")))),
      el("aside", { class: "stl-side" },
        el("section", { class: "stl-queue" }, el("h2", { class: "stl-title" }, say("settle.list"), " ", this.left), this.manyButton, this.list),
        this.talk.root),
      this.many.box, this.help.box);
    this.frame.addEventListener("click", (event) => event.detail && !this.many.open && !this.help.box.open && this.letGo());
    this.empty = el("p", { class: "stl-empty" });
    this.root.querySelector(".ta-root").replaceChildren(this.frame, this.empty);
  }

  close() {
    window.removeEventListener("keydown", this.pressed);
    this.text.close();
    this.outbox?.close();
    clearTimeout(this.counting);
  }

  /** The sidebar counts anew, which runs the page: once nothing has been decided for a moment. */
  recount() {
    clearTimeout(this.counting);
    this.counting = setTimeout(() => {
      if (this.outbox.pending.length) this.recount();
      else this.sendUp([{ type: "count", nonce: String(performance.now()) }]);
    }, RESTED);
  }

  /* ---- what Python sends ---- */

  receive(data, send) {
    const key = `ta-settled:${data.store}`;
    if (this.outbox?.key !== key) {
      this.outbox?.close();
      this.outbox = new Outbox(key, send, () => this.saving.draw(this.outbox));
    }
    this.sendUp = send;
    this.outbox.send = send;
    this.outbox.knock = data.door && ((events, options) => settleKnock(this, events, options));
    this.outbox.whose = { document: data.document.id, reviewer: data.reviewer.id };
    const place = `${data.document.id} ${data.reviewer.id}`;
    if (this.drafts?.place !== place) this.drafts = new Drafts(place);
    const fresh = this.data?.key !== data.key;
    const led = this.token !== data.place.token;
    if (fresh) {
      this.answered = 0;
      this.clauses.clear();
      this.rows.clear();
      this.order = [];
    }
    const overtaken = !fresh && data.revision < this.answered;
    if (!overtaken) this.data = data;
    this.take(overtaken ? withoutState(data) : data);
    this.token = data.place.token;
    if (led && this.rows.has(data.place.eid)) this.here = data.place.eid;
    if (!this.rows.has(this.here)) this.here = this.order.find((eid) => this.rows.get(eid).waits) ?? this.order[0] ?? null;
    if (fresh || led) this.arrive();
    this.outbox.resume();
    this.draw();
  }

  /** An answer: what is stored by now, and what became of what was sent. */
  take(given) {
    if (given.trouble) this.outbox.fail(given.trouble);
    this.answered = Math.max(this.answered, given.revision);
    this.outbox.seen = this.answered;
    for (const { event, why } of this.outbox.acknowledge(given.acks ?? {})) {
      this.tell(why, true);
      if (event.type === "settle") this.here = event.eid;
    }
    for (const one of given.clauses) this.clauses.set(one.eid, one);
    if (given.rows) this.merge(given);
    if (given.majorities) this.majorities = given.majorities;
    if (given.undone && given.undone.nonce !== this.undone) {
      this.undone = given.undone.nonce;
      this.tell(given.undone.said);
      if (this.rows.has(given.undone.eid)) this.go(given.undone.eid, { quiet: true });
    }
  }

  /** What came new stands behind the one it follows; what is not wanted any more stays till the list is made anew. */
  merge({ rows, others }) {
    const told = new Set([...rows, ...others].map((row) => row.eid));
    for (const eid of this.order.filter((one) => !told.has(one))) {
      this.rows.set(eid, { ...this.rows.get(eid), waits: false, state: "adjudicated" });
      if (eid !== this.here) this.clauses.delete(eid);
    }
    for (const row of [...rows, ...others]) this.rows.set(row.eid, row);
    let last = -1;
    for (const { eid } of rows) {
      const known = this.order.indexOf(eid);
      if (known >= 0) last = known;
      else this.order.splice(++last, 0, eid);
    }
  }

  /* ---- where one is ---- */

  get clause() {
    const found = this.clauses.get(this.here);
    return found ? settleProject(found, this.outbox.own(), this.data) : null;
  }

  get passage() {
    return this.isFresh ? null : this.clause?.passages[this.at] ?? null;
  }

  /** The first passage that waits, else the first. */
  arrive() {
    this.isFresh = false;
    this.asks = "";
    const passages = this.clause?.passages ?? [];
    this.at = Math.max(0, passages.findIndex(waiting));
    this.ahead();
  }

  go(eid, { quiet = false } = {}) {
    if (!eid || (eid === this.here && this.clause)) return;
    this.here = eid;
    this.arrive();
    this.scroll.scrollTop = 0;
    if (!quiet) this.tell("");
    this.address();
    this.draw();
  }

  step(by) {
    const next = this.order[this.order.indexOf(this.here) + by];
    if (next) this.go(next);
    else this.tell(say(by > 0 ? "settle.last" : "settle.first"));
  }

  /** Asks for the clauses around the one at hand before they are needed. */
  ahead() {
    const place = this.order.indexOf(this.here);
    const missing = this.order.slice(Math.max(0, place - 2), place + NEAR / 2).some((eid) => !this.clauses.has(eid));
    if (!missing || this.asking) return;
    this.asking = true;
    const done = () => (this.asking = false);
    if (this.data.door) settleKnock(this, [], {}).then(done, done);
    else {
      this.sendUp([{ type: "stay", eid: this.here, nonce: String(performance.now()) }]);
      done();
    }
  }

  near() {
    const place = Math.max(0, this.order.indexOf(this.here));
    return this.order.slice(Math.max(0, place - 3), place + NEAR);
  }

  /** The address says where one is, for a reload and for a colleague. */
  address() {
    const address = new URL(window.location.href);
    if (!address.pathname.endsWith("/settle")) return;
    address.searchParams.set("at", this.here);
    try {
      window.history.replaceState(window.history.state, "", address);
    } catch {
      /* Some browsers allow a hundred in half a minute; the next step says it. */
    }
  }

  /* ---- drawing ---- */

  draw() {
    const { clause, data } = this;
    this.saving.draw(this.outbox);
    this.frame.hidden = !this.order.length;
    this.empty.hidden = this.order.length > 0;
    this.empty.textContent = data.none;
    if (!this.order.length) return;
    keepingFocus(this.root, () => {
      this.drawList();
      if (!clause) {
        this.citation.textContent = this.rows.get(this.here)?.citation ?? "";
        return;
      }
      this.at = Math.max(0, Math.min(this.at, clause.passages.length - 1));
      const { passage, draft } = this;
      this.citation.textContent = clause.citation;
      this.openLink.href = clauseAddress({ slug: data.document.slug, eid: clause.eid });
      this.text.draw(clause, data.document, passage, passage ? chosenView(passage, draft) : -1);
      if (draft.how === "finding" && draft.start) this.text.mark(draft.start.unit, draft.end.unit);
      else this.text.mark(0, 0);
      this.form.draw({ clause, people: data.people, concerns: data.concerns, veiled: data.veiled, at: this.at, draft, fresh: this.isFresh, asks: this.asks });
      const unsent = this.outbox.own().filter((event) => ["comment", "reply"].includes(event.type) && (event.eid === clause.eid || clause.threads.some((one) => one.id === event.comment)));
      this.talk.draw(clause.eid, clause.citation, clause.threads, unsent.map((event) => event.text));
    });
  }

  drawList() {
    const left = this.order.filter((eid) => this.waits(eid)).length;
    this.left.textContent = say("settle.left", { n: left });
    const n = this.majorities.length;
    this.manyButton.hidden = !n;
    this.manyButton.textContent = say("settle.many.button", { n });
    const place = this.order.indexOf(this.here);
    const first = Math.max(0, Math.min(place - AT_ONCE / 2, this.order.length - AT_ONCE));
    const shown = this.order.slice(first, first + AT_ONCE);
    this.list.replaceChildren(
      first ? el("li", { class: "aside stl-more" }, say("settle.more_before", { n: first })) : "",
      ...shown.map((eid) => this.row(this.rows.get(eid))),
      first + AT_ONCE < this.order.length ? el("li", { class: "aside stl-more" }, say("settle.more_behind", { n: this.order.length - first - AT_ONCE })) : "");
    const here = this.list.querySelector("[aria-current]");
    if (here && this.shownAt !== this.here) {
      this.shownAt = this.here;
      const box = here.parentElement;
      if (box.offsetTop < this.list.scrollTop || box.offsetTop + box.offsetHeight > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = box.offsetTop - this.list.clientHeight / 3;
    }
  }

  row(row) {
    const waits = this.waits(row.eid);
    const state = row.waits && !waits ? "adjudicated" : row.state;
    return el("li", {}, el("button", { class: `stl-entry${waits ? "" : " settled"}`, "aria-current": row.eid === this.here ? "true" : null, dataset: { key: `row-${row.eid}` }, onclick: () => this.go(row.eid) },
      el("span", { class: `stl-sign ${state}`, title: say(`settle.state.${state}`) }, el("span", { class: "unseen" }, say(`settle.state.${state}`))),
      el("span", { class: "stl-cited" }, row.citation),
      el("span", { class: "stl-dots-row" }, ...row.slots.map((slot) => el("span", { class: `stl-dot slot-${slot}`, "aria-hidden": "true" }))),
      row.talk ? el("span", { class: "stl-talk", title: say("discussion.open", { n: row.talk }) }, numeral(row.talk), el("span", { class: "unseen" }, ` ${say("discussion.open", { n: row.talk })}`)) : null,
      el("span", { class: "stl-start", dir: "auto" }, row.quote)));
  }
}
