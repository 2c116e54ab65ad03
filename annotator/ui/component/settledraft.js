/* What is chosen for a passage and not decided yet: a view, or parts of several, and why. */
import { memory } from "./dom.js";

const DRAFTS_KEPT = "ta-settle-drafts";
const LABEL = ["concern", "code", "polarity", "severity"];

/** The drafts of one text, by clause and passage; they outlive a reload of the page, not the window. */
export class Drafts {
  constructor(place) {
    this.place = place;
    const kept = memory.get(DRAFTS_KEPT, sessionStorage);
    this.all = kept?.place === place ? kept.all : {};
    // A slip says nothing of the text or the codebook, so it may be taken for the next one too.
    this.reason = null;
  }

  of(eid, passage) {
    return this.all[`${eid} ${passage}`] ?? null;
  }

  set(eid, passage, draft) {
    if (draft) this.all[`${eid} ${passage}`] = draft;
    else delete this.all[`${eid} ${passage}`];
    memory.set(DRAFTS_KEPT, { place: this.place, all: this.all }, sessionStorage);
  }

  decided(reason) {
    this.reason = reason === "slip" ? reason : null;
  }
}

/** Nothing chosen yet; of a majority its view, which Enter then takes. */
export function freshDraft(passage, reason) {
  const draft = { how: null, label: null, start: null, end: null, chosen: null, reason, note: "", open: false };
  if (passage?.state !== "majority") return draft;
  return passage.finding ? likeFinding(draft, passage.finding, viewOf(passage, passage.finding)) : { ...draft, how: "none" };
}

/** The draft with words and label as a finding has them. */
export function likeFinding(draft, finding, chosen) {
  return { ...draft, how: "finding", chosen, label: labelOf(finding), ...wordsOfFinding(finding) };
}

/** The draft with a finding's label and the words it had, if any. */
export function labelledLike(draft, finding) {
  const label = labelOf(finding);
  return draft.how === "finding" ? { ...draft, label, chosen: null } : { ...draft, how: "finding", label, chosen: null, ...wordsOfFinding(finding) };
}

export function labelOf(finding) {
  return Object.fromEntries(LABEL.map((name) => [name, finding[name] ?? (name === "code" ? "" : null)]));
}

/** A finding's ends: `unit` where it is drawn, `point` in the document, which may lie beyond the clause. */
function wordsOfFinding(finding) {
  return { start: { unit: finding.start, point: finding.from }, end: { unit: finding.end, point: finding.to } };
}

/** The draft over all words that views have, or only those that all have; null where there are none. */
export function overWords(draft, passage, all) {
  const found = passage.views.map((view) => view.finding).filter(Boolean);
  if (!found.length) return null;
  const pick = (side, best) => found.reduce((one, other) => (best(other[side], one[side]) ? other : one));
  const less = (a, b) => a < b;
  const more = (a, b) => a > b;
  const first = pick("from", all ? less : more);
  const last = pick("to", all ? more : less);
  if (first.from >= last.to) return null;
  const base = draft.how === "finding" ? draft : likeFinding(draft, found[0], null);
  return { ...base, chosen: null, start: wordsOfFinding(first).start, end: wordsOfFinding(last).end };
}

/** Which view has just these words and this label; -1 for none. */
export function viewOf(passage, finding) {
  const same = (one) => one && one.from === finding.from && one.to === finding.to && LABEL.every((name) => (one[name] || "") === (finding[name] || ""));
  return passage.views.findIndex((view) => same(view.finding));
}

/** The view that a draft is like by now, however it was come by; -1 for none. */
export function chosenView(passage, draft) {
  if (draft?.how === "none") return passage.views.findIndex((view) => !view.finding);
  if (draft?.how !== "finding" || draft.start?.point === undefined || draft.end?.point === undefined) return -1;
  return viewOf(passage, { ...draft.label, from: draft.start.point, to: draft.end.point });
}

/** The end or start moved to another unit of the clause's words: then the page alone knows where. */
export function movedTo(draft, start, end) {
  const keep = (held, unit) => (held?.unit === unit ? held : { unit });
  return { ...draft, chosen: null, start: keep(draft.start, start), end: keep(draft.end, end) };
}

/** A draft as the server takes it. */
export function eventOf(clause, passage, draft) {
  const given = { type: "settle", eid: clause.eid, over: clause.over, passage: passage?.id ?? "", how: draft.how, reason: draft.reason, note: draft.note.trim(), instead: passage?.decision?.stamp ?? "" };
  if (draft.how !== "finding") return given;
  const place = ({ unit, point }) => (point === undefined ? { unit } : { point });
  return { ...given, label: draft.label, start: place(draft.start), end: place(draft.end), seen: clause.text.slice(draft.start.unit, draft.end.unit) };
}
