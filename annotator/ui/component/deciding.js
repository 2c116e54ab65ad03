/* What a reviewer decides: tags, suggestions, verdicts and notes, on their way to the outbox. */
import { copyWords, quotation } from "./addressing.js";
import { memory, uuid } from "./dom.js";
import { sayKeys } from "./keys.js";
import { choices } from "./palette.js";
import { Pointing } from "./pointing.js";
import { project } from "./project.js";
import { wholeOf } from "./selection.js";
import { say } from "./words.js";

const NOTE_PAUSE_MS = 900;

/* Sooner than this after an article came, nobody has read a clause of it. */
const READ_MS = 400;

/** The desk's decisions; the desk itself draws them and is drawn on. */
export class Deciding extends Pointing {
  act(what) {
    if (what.choose) this.choose(what.choose);
    else if (what.accept) this.accept(what.accept);
    else if (what.reject) this.reject(what.reject);
    else if (what.change) this.change(what.change);
    else if (what.remove) this.remove(what.remove);
    else if (what.confirm) this.confirm(what.confirm);
    else if (what.judge) this.judge(what.judge);
    else if (what.move) this.move(what.move);
    else if (what.whole) this.judgeWhole(what.whole);
    else if (what.copy) this.copyWhat(what.copy, what.key);
    else if (what.letters) this.lettering.toggle();
    else if (what.guard) this.assessing.act(what);
    else if (what.peek) this.following.openList(what.peek, what.from);
    else if (what.dismiss) {
      this.refusals = this.refusals.filter((one) => one !== what.dismiss);
      this.render();
    } else if ("severity" in what) this.edit(what.key, { severity: what.severity });
    else if ("markNote" in what) this.edit(what.key, { note: what.markNote });
    else if ("note" in what) this.writeNote(what.note, what.soon);
  }

  actPalette(what) {
    if (!this.draft) return;
    if (what.close) return this.clear(true);
    if (what.unit) return this.widen(what.unit);
    if (what.side) return this.moveEnd(what.side, what.step);
    if (what.repeat) return this.repeat();
    if (what.link) return this.linking.start();
    if (what.concern) {
      const polarity = this.draft.polarity;
      this.draft = { ...this.draft, concern: what.concern, polarity, code: this.last.codes[what.concern] ?? "", armed: true };
    }
    if (what.polarity) this.draft = { ...this.draft, polarity: what.polarity };
    if ("severity" in what) this.draft = { ...this.draft, severity: what.severity };
    if ("query" in what) this.draft = { ...this.draft, query: what.query };
    if (what.searching) this.draft = { ...this.draft, searching: true };
    if ("query" in what) this.draft.chosen = 0;
    if (what.by) {
      const last = choices(this.data.concerns, this.draft).length - 1;
      this.draft = { ...this.draft, chosen: Math.max(0, Math.min(last, this.draft.chosen + what.by)) };
    }
    if (what.found && (this.draft.query.trim() || this.draft.chosen)) {
      const found = choices(this.data.concerns, this.draft)[this.draft.chosen];
      if (!found) return;
      what = { pick: found, commit: true };
    }
    if (what.pick) this.draft = { ...this.draft, concern: what.pick.concern.id, code: what.pick.id };
    if (what.commit || what.found) return this.commit();
    if (what.concern || what.polarity) this.say(`${this.labelName(this.draft.concern, this.draft.code, this.draft.polarity)}. ${say("review.palette.armed")}`);
    // The field must be there before the next letter, which would be a command without it.
    return this.render(this.draft.searching);
  }

  commit() {
    const { target, concern, code, polarity, severity } = this.draft;
    const fields = { concern, code, polarity, severity };
    this.last = { concern, polarity, severity, codes: { ...this.last.codes, [concern]: code } };
    const item = target && this.items.find((one) => one.key === target);
    const span = this.spanOf(item, this.selection);
    this.clear();
    if (item?.own) {
      this.outbox.add({ type: "edit", annotation: item.id, ...span, ...fields });
      this.at = item.key;
    } else if (item) {
      const id = uuid();
      this.outbox.add({ type: "accept", suggestion: item.id, id, ...span, ...fields });
      this.at = `m:${id}`;
    } else {
      const id = uuid();
      this.outbox.add({ type: "tag", id, ...span, ...fields });
      this.at = `m:${id}`;
    }
    memory.set("ta-last", this.last);
    this.render();
    const made = this.item();
    if (!made) return;
    this.sayAddress(made);
    this.say(say("review.tagged", { what: made.title }));
  }

  /** The ends as an event gives them; an end of a tag that stands in another article stays there. */
  spanOf(item, span) {
    const sides = ["start_eid", "start", "end_eid", "end"];
    if (item && sides.every((name) => item[name] === span[name])) return {};
    const { start_eid, start, end_eid, end } = span;
    const ends = { start_eid, start, end_eid, end };
    if (item?.cut_start) return { ...ends, keeps: "start", words: this.texts.get(end_eid).slice(0, end) };
    if (item?.cut_end) return { ...ends, keeps: "end", words: this.texts.get(start_eid).slice(start) };
    return { ...ends, quote: this.quoteOf(span) };
  }

  accept(key) {
    const item = this.items.find((one) => one.key === key);
    if (!item || item.own) return this.hint(sayKeys("review.no_suggestion"));
    this.outbox.add({ type: "accept", suggestion: item.id, id: uuid() });
    this.say(say("review.accepted", { what: item.what }));
    return this.onward(item);
  }

  reject(key) {
    const item = this.items.find((one) => one.key === key);
    if (!item) return this.hint(sayKeys("review.no_suggestion"));
    if (item.own) return this.remove(key);
    this.outbox.add({ type: "reject", suggestion: item.id });
    this.say(say("review.rejected_said", { what: item.what }));
    return this.onward(item);
  }

  /** After a decision, the next open suggestion of this clause is at hand. */
  onward(item) {
    const open = this.items.filter((one) => !one.own && !one.decision && one.key !== item.key && one.pieces[0].eid === item.pieces[0].eid);
    const after = open.find((one) => one.pieces[0].start >= item.pieces[0].start) ?? open[0];
    this.at = after?.key ?? null;
    this.render();
  }

  change(key) {
    const item = this.items.find((one) => one.key === key);
    if (!item) return this.hint(sayKeys("review.nothing_chosen"));
    this.at = key;
    this.draft = { concern: item.concern, polarity: item.polarity, code: item.code ?? "", severity: item.severity ?? null, query: "", searching: false, chosen: 0, armed: true };
    const { start_eid, start, end_eid, end } = item;
    return this.select({ start_eid, start, end_eid, end }, key);
  }

  edit(key, fields) {
    const item = this.items.find((one) => one.key === key);
    if (!item?.own) return;
    const changes = Object.entries(fields).some(([name, value]) => (item[name] ?? "") !== (value ?? ""));
    if (changes) this.outbox.add({ type: "edit", annotation: item.id, ...fields });
    this.render();
  }

  confirm(key) {
    const item = this.items.find((one) => one.key === key);
    if (!item?.own) return;
    this.outbox.add({ type: "confirm", annotation: item.id });
    this.say(say("review.confirmed", { what: item.title }));
    this.render();
  }

  remove(key) {
    const item = this.items.find((one) => one.key === key);
    if (!item?.own) return;
    this.outbox.add({ type: "remove", annotation: item.id });
    this.hint(sayKeys("review.removed", { what: item.title }));
    this.render();
  }

  /** Whether a verdict has led to this article so lately that nobody has read anything of it. */
  justCame() {
    return performance.now() - this.cameAt < READ_MS;
  }

  judge(state) {
    // Pressed for a clause that is not here yet: nobody has read it, and the one in sight was left.
    if (this.onTheWay(this.here)) return;
    if (this.justCame()) {
      this.hint(say("review.just_came"));
      return;
    }
    this.leaveNote();
    const held = this.view.states.get(this.here)?.state ?? "open";
    const risks = this.items.some((item) => item.own && item.polarity === "risk" && item.pieces[0].eid === this.here);
    // Done says what the tags say: with a risk of mine a concern was found, without one none was.
    const meant = state === "concern" && !risks ? "no_concern" : state;
    if (meant === "no_concern" && risks) {
      this.refusals = [{ why: say("review.risk_here"), eid: this.here }];
      this.render();
      return;
    }
    if (held !== meant || this.view.states.get(this.here)?.older) {
      this.outbox.add({ type: "judge", eid: this.here, state: meant });
      // The next article may be here before this one is drawn again; the outline hears of it now.
      this.view = project(this.data, this.outbox.own());
      this.tell();
    }
    this.say(say(`review.state.${meant}`));
    if (state === "reopened") {
      this.render();
      return;
    }
    this.passing = true;
    this.move(1);
    this.passing = this.onTheWay();
  }

  /** A concern about the clause as a whole: a tag on all of its words, to be given its code. */
  judgeWhole(concern) {
    const { end } = wholeOf(this.here, this.texts.get(this.here));
    const said = this.items.find((item) => item.own && item.concern === concern && item.start_eid === this.here && item.end_eid === this.here && item.start === 0 && item.end >= end);
    if (said) return this.choose(said.key);
    this.at = null;
    this.draft = null;
    this.widen("whole");
    return this.actPalette({ concern });
  }

  copyWhat(what, key) {
    const item = key ? this.items.find((one) => one.key === key) : this.item();
    return what === "link" ? this.copyLink(item) : this.copyQuote(item);
  }

  /** An address that leads a colleague to these words, or to the clause; not into this reader's name. */
  async copyLink(span) {
    const address = this.addressOf(this.selection ?? span);
    for (const own of ["as", "lang"]) address.searchParams.delete(own);
    const done = await copyWords(String(address));
    this.hint(say(done ? "review.link_copied" : "review.not_copied"));
  }

  /** The words with where they stand, as a footnote has them; what the text says of itself is told too. */
  async copyQuote(item) {
    const { title, notice } = this.data.document;
    const eid = (this.selection ?? item)?.start_eid ?? this.here;
    const words = this.selection ? this.quoteOf(this.selection) : item?.quote ?? this.texts.get(eid).trimEnd();
    const { citation } = this.nodes.get(eid).clause;
    const done = await copyWords(quotation(words, title, citation));
    this.hint(done ? [say("review.quote_copied"), notice].filter(Boolean).join(" ") : say("review.not_copied"));
  }

  undo(type) {
    this.outbox.add({ type });
    this.render();
  }

  repeat() {
    if (!this.selection) return this.hint(sayKeys("review.select_to_repeat"));
    if (!this.last.concern) return this.hint(say("review.none_to_repeat"));
    const { concern, polarity, severity, codes } = this.last;
    this.draft = { ...this.draft, concern, polarity, severity, code: codes[concern] ?? "" };
    return this.commit();
  }

  writeNote(text, soon) {
    clearTimeout(this.noteTimer);
    this.noteDraft = { eid: this.here, text };
    if (soon) this.noteTimer = setTimeout(() => this.leaveNote(), NOTE_PAUSE_MS);
    else this.leaveNote();
  }

  leaveNote() {
    clearTimeout(this.noteTimer);
    const draft = this.noteDraft;
    this.noteDraft = null;
    if (!draft || draft.text === (this.view.states.get(draft.eid)?.note ?? "")) return;
    this.outbox.add({ type: "note", eid: draft.eid, text: draft.text });
    this.view = project(this.data, this.outbox.own());
    this.drawSaved();
  }
}
