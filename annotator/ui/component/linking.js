/* Linking claims to the clauses they speak of: the chooser, what is proposed, and the rows in the panel. */
import { buildChooser, drawChooser } from "./chooser.js";
import { claimAt, drawClaims, outSection, saidSections } from "./claims.js";
import { el, isField, keepingFocus, memory, uuid } from "./dom.js";
import { rangeOf } from "./marks.js";
import { placePeek } from "./references.js";
import { say } from "./words.js";

const RECENT = "ta-linked";
const RECENT_KEPT = 6;
const TYPING_MS = 140;

/** What of a desk has to do with links; the desk draws it and hands it keys and presses. */
export class Linking {
  constructor(desk) {
    this.desk = desk;
    this.draft = null;
    this.at = null;
    this.asked = 0;
    this.parts = buildChooser((what) => this.actChooser(what));
    this.box = this.parts.box;
    this.section = el("div", { class: "panel-linking" });
    this.said = el("div", { class: "panel-linking" });
    desk.panel.note.before(this.section);
    desk.panel.citing.before(this.said);
  }

  /** Another sheet is shown. */
  show() {
    this.draft = null;
    this.at = null;
    this.drawn = "";
  }

  /* ---- what there is ---- */

  /** The clauses that claims are proposed to speak of and that the reviewer has neither linked nor rejected. */
  proposals() {
    const { claims, before } = this.desk.data;
    const own = this.desk.view.links.filter((link) => link.own);
    const { refused } = this.desk.view;
    const within = (link, claim) => link.start_eid === claim.start_eid && link.start < claim.end && claim.start < link.end;
    const offered = [...before.map((one) => ({ ...one, before: true })), ...claims];
    return offered.flatMap((claim) => claim.targets.map((target) => ({ ...claim, target })))
      .filter((one) => ![...own, ...refused].some((said) => said.target === one.target && within(said, one)));
  }

  here(list) {
    const { here } = this.desk;
    return list.filter((one) => one.start_eid === here || one.end_eid === here);
  }

  link() {
    return this.desk.view.links.find((one) => one.id === this.at);
  }

  /* ---- drawing ---- */

  drawOne(node) {
    const { desk } = this;
    const place = desk.order.indexOf(node.clause.eid);
    const claims = [...this.proposals(), ...desk.view.links].filter((one) => desk.order.indexOf(one.start_eid) <= place && place <= desk.order.indexOf(one.end_eid));
    if (claims.length || node.claims) drawClaims(node, claims, this.at, desk.order, desk.texts);
  }

  draw() {
    const { desk } = this;
    if (this.at && (desk.at || !this.here([this.link()].filter(Boolean)).length)) this.at = null;
    const { links, refused } = desk.view;
    const proposals = this.proposals();
    const drawn = JSON.stringify([desk.here, this.at, links, proposals, refused, desk.data.said]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      for (const node of desk.nodes.values()) if (node.lines) this.drawOne(node);
      this.drawSection(this.here(links), this.here(proposals), this.here(refused));
    }
    drawChooser(this.parts, this.draft, { lang: desk.data.document.lang, dir: desk.data.document.dir }, (what) => this.actChooser(what));
    placePeek(this.box, desk.frame, this.draft && this.rect());
  }

  drawSection(links, proposals, refused) {
    const { desk } = this;
    const { document, said } = desk.data;
    const field = desk.root.activeElement;
    // A note that is being written stays as it is; what has come meanwhile is drawn after it.
    if (this.section.contains(field) && isField(field) && field.dataset.key === `link-note-${this.at}`) {
      this.drawn = "";
      return;
    }
    const named = (name) => this.named(name);
    const run = { lang: document.lang, dir: document.dir };
    const act = (what) => this.act(what);
    keepingFocus(desk.root, () => {
      const out = outSection({ links, proposals, refused, chosen: this.at, named, news: document.kind === "news", run }, act);
      this.section.replaceChildren(...(out ? [out] : []));
      this.said.replaceChildren(...saidSections(said, desk.here, (eid) => this.citationOf(eid), act));
    });
    if (this.at && this.at !== this.inSight) this.section.querySelector(".row.here")?.scrollIntoView({ block: "nearest" });
    this.inSight = this.at;
  }

  named(name) {
    return this.desk.following.named(name);
  }

  citationOf(eid) {
    const { nodes, data } = this.desk;
    return nodes.get(eid)?.clause.citation ?? data.around[eid];
  }

  rect() {
    return this.rectOf(this.draft);
  }

  /* ---- doing ---- */

  /** The key: selected words are linked, a chosen link changed, else the next proposal confirmed. */
  start() {
    const { desk } = this;
    if (desk.selection) {
      const { start_eid, start, end_eid, end } = desk.selection;
      return this.choose({ start_eid, start, end_eid, end, quote: desk.quoteOf(desk.selection), note: "" });
    }
    const link = this.link();
    if (link?.own) return this.choose({ ...link, link: link.id });
    const [next] = this.here(this.proposals());
    if (next) return this.confirm(next);
    return desk.hint(say("links.select_first"));
  }

  /** Opens the chooser for these words; the palette makes way for it. */
  choose(span) {
    const { desk } = this;
    desk.draft = null;
    this.draft = { ...span, typed: "", found: this.likely(span), index: 0, looking: false };
    desk.render(true);
    this.parts.field.focus({ preventScroll: true });
    this.parts.field.select();
  }

  /** What is offered before anything is typed: clauses cited in these words, and those linked to last. */
  likely(span) {
    const cited = this.desk.data.references.filter((one) => one.start_eid === span.start_eid && span.start < one.end && one.start < span.end).flatMap((one) => one.targets);
    const named = [span.target, ...cited].filter(Boolean);
    const known = [...new Set(named)].map((name) => ({ ...this.named(name), name })).filter((one) => one.citation);
    return [...known, ...this.recent().filter((one) => !named.includes(one.name))];
  }

  recent() {
    return (memory.get(RECENT) ?? []).filter((one) => one.store === this.desk.data.store);
  }

  confirm(claim) {
    const left = this.here(this.proposals()).length - 1;
    const { start_eid, start, end_eid, end, quote, note } = claim;
    this.send({ start_eid, start, end_eid, end, quote, note }, claim.target);
    const clause = this.named(claim.target).citation;
    this.desk.hint(left > 0 ? say("links.linked_more", { clause, n: left }) : say("links.linked", { clause }));
  }

  /** Says that the claim does not speak of the clause: it is not proposed again. */
  reject(claim) {
    const { desk } = this;
    const { start_eid, start, end_eid, end, quote } = claim;
    desk.outbox.add({ type: "reject_link", id: uuid(), start_eid, start, end_eid, end, quote, ...this.split(claim.target) });
    desk.hint(say("links.rejected", { clause: this.named(claim.target).citation }));
    desk.render();
  }

  send(span, target) {
    const id = uuid();
    this.desk.outbox.add({ type: "link", id, ...span, ...this.split(target) });
    this.at = id;
    this.desk.at = null;
    this.desk.clear();
    this.desk.render();
  }

  split(name) {
    const [document, eid] = name.includes("#") ? name.split("#") : [this.desk.data.document.id, name];
    return { target_document: document, target_eid: eid };
  }

  actChooser(what) {
    if (!this.draft) return;
    if ("note" in what) {
      this.draft.note = what.note;
      return;
    }
    if (what.close) return this.leave();
    if (what.commit) return this.commit();
    if ("typed" in what) return this.look(what.typed);
    const last = this.draft.found.length - 1;
    const index = "pick" in what ? what.pick : Math.max(0, Math.min(last, this.draft.index + what.step));
    this.draft = { ...this.draft, index };
    this.draw();
    if ("pick" in what) this.parts.field.focus({ preventScroll: true });
  }

  leave() {
    this.draft = null;
    this.desk.root.activeElement?.blur();
    this.desk.render();
  }

  /** Asks for what is typed once the hand rests; of two answers the later question's counts. */
  look(typed) {
    this.asked += 1;
    const asked = this.asked;
    clearTimeout(this.timer);
    const empty = !typed.trim();
    this.draft = { ...this.draft, typed, error: "", deaf: false, looking: !empty, ...(empty ? { found: this.likely(this.draft), index: 0 } : {}) };
    this.draw();
    if (empty) return;
    this.timer = setTimeout(async () => {
      const answer = await this.desk.inquiring.about({ what: "find", typed });
      if (!this.draft || asked !== this.asked) return;
      this.draft = { ...this.draft, looking: false, deaf: !answer, error: answer?.error ?? "", found: answer?.found ?? [], index: 0 };
      this.draw();
      if (this.draft.waiting) this.commit();
    }, TYPING_MS);
  }

  commit() {
    const { draft } = this;
    // Enter pressed before the answer is here means the first of what comes.
    if (draft.looking) {
      this.draft = { ...draft, waiting: true };
      return;
    }
    this.draft = { ...draft, waiting: false };
    const target = draft.found[draft.index];
    if (!target) return;
    this.remember(target);
    const { start_eid, start, end_eid, end, quote, note } = draft;
    this.draft = null;
    this.desk.root.activeElement?.blur();
    if (draft.link) {
      const moved = target.name === draft.target ? {} : this.split(target.name);
      this.desk.outbox.add({ type: "relink", link: draft.link, note, ...moved });
      this.desk.render();
    } else this.send({ start_eid, start, end_eid, end, quote, note }, target.name);
    this.desk.hint(say("links.linked", { clause: target.citation }));
  }

  remember(target) {
    const kept = { ...target, rows: target.rows.slice(0, 2).map((row) => ({ ...row, text: row.text.slice(0, 240) })), store: this.desk.data.store };
    memory.set(RECENT, [kept, ...(memory.get(RECENT) ?? []).filter((one) => one.name !== target.name)].slice(0, RECENT_KEPT));
  }

  /** What the panel's rows ask for. */
  act(what) {
    const { desk } = this;
    if (what.peek) desk.act(what);
    else if (what.chooseLink) this.pick(what.chooseLink);
    else if (what.changeLink) {
      this.at = what.changeLink;
      this.choose({ ...this.link(), link: this.at });
    } else if (what.removeLink) this.remove(what.removeLink);
    else if (what.confirmLink) this.confirm(what.confirmLink);
    else if (what.rejectLink) this.reject(what.rejectLink);
    else if (what.restoreLink) {
      desk.outbox.add({ type: "restore_link", rejection: what.restoreLink });
      desk.render();
    }
    else if (what.openClaim) this.openClaim(what.openClaim);
    else if ("linkNote" in what) {
      const link = desk.view.links.find((one) => one.id === what.link);
      if (link && link.note !== what.linkNote.trim()) desk.outbox.add({ type: "relink", link: link.id, note: what.linkNote });
      desk.render();
    }
  }

  pick(id) {
    const { desk } = this;
    desk.clear();
    desk.at = null;
    this.at = id;
    const link = this.link();
    if (link && ![link.start_eid, link.end_eid].includes(desk.here)) desk.goTo(link.start_eid);
    desk.render(true);
    if (link) desk.say(`${say("links.speaks_of")} ${this.named(link.target)?.citation ?? ""}: ${link.quote}`);
  }

  remove(id) {
    const { desk } = this;
    const link = desk.view.links.find((one) => one.id === id);
    if (!link?.own) return;
    desk.outbox.add({ type: "unlink", link: id });
    this.at = null;
    desk.hint(say("links.removed", { clause: this.named(link.target)?.citation ?? "" }));
    desk.render();
  }

  /** To where somebody says it, with the words shown for a moment. */
  openClaim({ to, land, start, end }) {
    this.desk.following.go({ to, land }, { start, ...(end === null ? {} : { end }) });
  }

  /** Whether a press was on words that are linked. */
  press(eid, event) {
    const claim = claimAt(this.desk.nodes.get(eid), event.clientX, event.clientY);
    if (!claim) {
      this.at = null;
      return false;
    }
    this.desk.here = eid;
    this.pick(claim.id);
    return true;
  }

  /** A press outside the chooser closes it. */
  leaveFor(target) {
    if (!this.draft || this.box.contains(target)) return false;
    this.draft = null;
    return true;
  }

  key(name) {
    if (this.draft) return name === "Escape" ? () => this.leave() : null;
    if (!this.at || this.desk.selection || this.desk.at || isField(this.desk.root.activeElement)) return null;
    if (["x", "Delete"].includes(name)) return () => this.remove(this.at);
    if (name === "o") return () => this.desk.following.openPreview({ targets: [this.link().target], by: "key", rect: () => this.rectOf(this.link()) });
    if (name === "Escape") return () => {
      this.at = null;
      this.desk.render();
    };
    return null;
  }

  rectOf(link) {
    const node = this.desk.nodes.get(link.start_eid);
    return [...rangeOf(node.text, link.start, link.start_eid === link.end_eid ? link.end : node.text.data.length).getClientRects()].at(-1);
  }
}
