/* What an adjudicator does in the settle view: chooses, decides, goes on; and the keys for it. */
import { isField } from "./dom.js";
import { commandFor, nameOf } from "./keys.js";
import { moveEnd, wordsOf } from "./selection.js";
import { eventOf, freshDraft, labelledLike, likeFinding, movedTo, overWords } from "./settledraft.js";
import { REASON_KEYS } from "./settleform.js";
import { settleProject } from "./settlestate.js";
import { say } from "./words.js";

export const WAITS = ["open", "majority"];
/** Whether a passage is to be decided, or what was decided there to be confirmed. */
export const waiting = (passage) => WAITS.includes(passage.state) || (passage.was && passage.state !== "unanimous");
const MOVING = ["j", "k", "ArrowLeft", "ArrowRight", "Shift ArrowLeft", "Shift ArrowRight"];

/** The part of the view that acts; `settle.js` draws, and knows where one is. */
export class Adjudicating {
  /* ---- what the adjudicator does ---- */

  get draft() {
    const id = this.isFresh ? "new" : this.passage?.id ?? "";
    const fresh = () => freshDraft(this.passage, this.drafts.reason);
    return this.drafts.of(this.here, id) ?? (this.isFresh ? { ...fresh(), how: "finding", open: true, label: { concern: this.data.concerns[0].id, code: "", polarity: "risk", severity: null } } : fresh());
  }

  set draft(draft) {
    this.drafts.set(this.here, this.isFresh ? "new" : this.passage?.id ?? "", draft);
  }

  act(what) {
    const { clause, passage, draft } = this;
    if (!clause) return;
    this.asks = "";
    const view = passage?.views[what.view ?? what.label];
    if (what.go) return this.go(what.go);
    if (what.passage !== undefined) this.turn(what.passage);
    else if (what.fresh) this.isFresh = true;
    else if (what.view !== undefined && view) this.draft = view.finding ? likeFinding(draft, view.finding, what.view) : { ...draft, how: "none" };
    else if (what.label !== undefined && view?.finding) this.draft = labelledLike(draft, view.finding);
    else if (what.none && passage) this.draft = { ...draft, how: "none" };
    else if (what.disagree && passage) this.draft = { ...draft, how: draft.how === "disagree" ? null : "disagree" };
    else if (what.words && passage) {
      const over = overWords(draft, passage, what.words === "all");
      if (over) this.draft = over;
      else this.tell(say("settle.none_shared"));
    } else if (what.open) this.openDraft();
    else if (what.field) this.relabel(what.field, what.value);
    else if (what.side) this.move(what.side, what.by);
    else if (what.reason) this.draft = { ...draft, reason: what.reason };
    else if (what.note !== undefined) {
      this.draft = { ...draft, note: what.note };
      return null; // the field that is written in stays as it is
    } else if (what.decide) return this.decide();
    else if (what.keep) return this.keep(what.keep);
    else if (what.unsettle) return this.send({ type: "unsettle", eid: clause.eid, over: clause.over, decision: what.unsettle, instead: clause.passages.find((one) => one.decision?.id === what.unsettle)?.decision.stamp ?? "" });
    this.draw();
    if (what.open || what.fresh) this.form.root.querySelector(".stl-draft")?.scrollIntoView({ block: "nearest" });
    return null;
  }

  turn(to) {
    const { passages } = this.clause;
    this.isFresh = false;
    this.at = Math.min(Math.max(0, to), passages.length - 1);
  }

  openDraft() {
    const { passage, draft } = this;
    const first = passage?.views.find((one) => one.finding)?.finding;
    const base = draft.how === "finding" || !first ? draft : likeFinding(draft, first, null);
    if (base.how === "finding") this.draft = { ...base, open: !draft.open };
  }

  relabel(field, value) {
    const label = { ...this.draft.label, [field]: value || (field === "code" ? "" : null) };
    if (field === "concern") label.code = "";
    this.draft = { ...this.draft, chosen: null, label };
  }

  /** One end of the chosen words a word on or back; the first words where none are chosen. */
  move(side, by) {
    const { draft, clause } = this;
    if (draft.how !== "finding") return;
    const { lang } = this.data.document;
    const words = wordsOf(clause.text, lang);
    if (!draft.start) {
      if (words.length) this.draft = movedTo(draft, words[0][0], words[0][1]);
      return;
    }
    const texts = new Map([[clause.eid, clause.text]]);
    const held = { start_eid: clause.eid, start: draft.start.unit, end_eid: clause.eid, end: draft.end.unit };
    const { start, end } = moveEnd(held, side, by, [clause.eid], texts, lang);
    this.draft = movedTo(draft, start, end);
  }

  /** Words selected with mouse or finger are the words that would be settled, where a label is chosen. */
  select() {
    const { clause, draft } = this;
    if (!clause) return;
    const found = this.text.selected(this.root, this.data.document.lang);
    if (!found) return;
    if (draft.how !== "finding") {
      if (this.passage && this.passage.views.some((view) => view.finding)) this.openDraft();
      else this.isFresh = true;
    }
    this.draft = movedTo(this.draft, found.start, found.end);
    document.getSelection().removeAllRanges();
    this.draw();
  }

  decide() {
    const { clause, passage, draft } = this;
    const wordless = draft.how === "finding" && !(draft.start && draft.start.unit < draft.end.unit);
    this.asks = !draft.how ? "view" : wordless ? "words" : !draft.reason ? "reason" : "";
    if (this.asks) {
      this.draw();
      return;
    }
    this.send(eventOf(clause, passage, draft));
    this.drafts.decided(draft.reason);
    this.draft = null;
    this.isFresh = false;
    this.onwards();
  }

  /** What was decided before is right still: on the passage at hand, or in the whole clause. */
  keep(which) {
    const { clause } = this;
    this.send({ type: "keep", eid: clause.eid, over: clause.over, decision: which === "all" ? "" : which });
    this.draft = null;
    this.onwards();
  }

  /** To the next passage that waits here, else to the next clause that does. */
  onwards() {
    const passages = this.clause?.passages ?? [];
    const next = passages.findIndex((one, index) => index > this.at && waiting(one));
    const first = next >= 0 ? next : passages.findIndex(waiting);
    if (first >= 0) {
      this.at = first;
      this.draw();
      return;
    }
    const place = this.order.indexOf(this.here);
    const waits = (eid) => this.waits(eid) && eid !== this.here;
    const eid = this.order.slice(place + 1).find(waits) ?? this.order.find(waits);
    if (eid) this.go(eid);
    else this.tell(say("settle.all_done"));
    this.draw();
  }

  /** Whether a clause waits, with what is on its way counted. */
  waits(eid) {
    const row = this.rows.get(eid);
    const clause = this.clauses.get(eid);
    if (!row?.waits || !clause) return Boolean(row?.waits);
    const pending = this.outbox.own().filter((event) => event.eid === eid || event.picks?.some((one) => one.eid === eid));
    if (!pending.length) return row.waits;
    return settleProject(clause, pending, this.data).passages.some(waiting);
  }

  acceptMany(hereOnly) {
    const several = this.majorities.filter((one) => !hereOnly || one.eid === this.here);
    if (several.length) this.many.show(several, hereOnly ? this.clause.citation : this.data.document.title);
    else this.tell(say("settle.no_majority"));
  }

  send(event) {
    this.outbox.add(event);
    if (event.type === "accept_majority") this.tell(say("settle.accepted", { n: event.picks.length }));
    this.draw();
  }

  open(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.sendUp([{ type: "open", eid: this.here, nonce: String(performance.now()) }]);
  }

  tell(words, wrong = false) {
    this.live.textContent = words;
    this.live.classList.toggle("wrong", wrong);
  }

  /* ---- keys ---- */

  key(event) {
    const pressed = nameOf(event);
    if (!pressed) return;
    if (this.help.box.open) return;
    const name = commandFor(pressed);
    if (!name || (event.repeat && !MOVING.includes(name))) return;
    if (this.many.open) {
      if (this.many.key(name)) event.preventDefault();
      return;
    }
    if (name === "Escape") {
      if (isField(this.root.activeElement)) this.root.activeElement.blur();
      this.isFresh = false;
      this.draw();
      return;
    }
    const act = this.command(name);
    if (!act) return;
    event.preventDefault();
    act();
    this.letGo();
  }

  /** A button that was pressed before must not take the next Enter, which is to decide. */
  letGo() {
    if (this.root.activeElement?.tagName === "BUTTON") this.scroll.focus({ preventScroll: true });
  }

  command(name) {
    // These ask nothing of the clause at hand, which may still be on its way.
    const always = {
      "?": () => this.help.show(),
      j: () => this.step(1), k: () => this.step(-1),
      z: () => this.send({ type: "undo" }), y: () => this.send({ type: "redo" }), "Shift z": () => this.send({ type: "redo" }),
    };
    if (name in always) return always[name];
    if (!this.clause) return null;
    const view = /^(Shift )?([1-9])$/u.exec(name);
    if (view) return () => this.act({ [view[1] ? "label" : "view"]: Number(view[2]) - 1 });
    if (REASON_KEYS[name]) return () => this.act({ reason: REASON_KEYS[name] });
    return {
      n: () => this.act({ passage: this.at + 1 }), p: () => this.act({ passage: this.at - 1 }),
      0: () => this.act({ none: true }), d: () => this.act({ disagree: true }),
      u: () => this.act({ words: "all" }), i: () => this.act({ words: "shared" }),
      c: () => this.act({ open: true }), w: () => this.act({ fresh: true }),
      b: () => this.clause.outdated.length && this.act({ keep: this.passage?.was && !this.passage.decision ? this.passage.was.id : "all" }),
      "Shift b": () => this.clause.outdated.length && this.act({ keep: "all" }),
      x: () => this.passage?.decision && !this.passage.decision.pending && this.act({ unsettle: this.passage.decision.id }),
      t: () => this.form.root.querySelector(".stl-note")?.focus(),
      m: () => this.talk.write(),
      o: () => this.sendUp([{ type: "open", eid: this.here, nonce: String(performance.now()) }]),
      Enter: () => this.act({ decide: true }), "Shift Enter": () => this.acceptMany(true),
      ArrowRight: () => this.act({ side: "end", by: 1 }), ArrowLeft: () => this.act({ side: "end", by: -1 }),
      "Shift ArrowRight": () => this.act({ side: "start", by: 1 }), "Shift ArrowLeft": () => this.act({ side: "start", by: -1 }),
    }[name];
  }
}
