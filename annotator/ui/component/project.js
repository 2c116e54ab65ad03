/* The stored truth with what is still on its way laid over it: what the reviewer has decided so far. */
import { say } from "./words.js";

/** Marks, suggestions, clause states and safeguards as they will stand once every pending event is stored. */
export function project(data, pending) {
  const marks = new Map(data.marks.map((mark) => [mark.id, { ...mark, saved: true }]));
  const suggestions = new Map(data.suggestions.map((one) => [one.id, { ...one }]));
  const states = new Map(data.clauses.map((clause) => [clause.eid, { state: clause.state, note: clause.note, older: clause.older }]));
  const guards = new Map();
  const guard = (eid) => guards.get(eid) ?? guards.set(eid, new Map()).get(eid);
  for (const { eid, safeguard, state, note, older } of data.assessed) guard(eid).set(safeguard, { state, note, older, saved: true });
  const rejected = new Map();
  const refused = (eid) => rejected.get(eid) ?? rejected.set(eid, new Set()).get(eid);
  for (const { eid, power } of data.rejected ?? []) refused(eid).add(power);
  const links = new Map(data.links.map((link) => [link.id, { ...link, saved: true }]));
  const declined = new Map(data.refused.map((one) => [one.id, one]));
  const fields = ["concern", "code", "polarity", "severity", "note", "start_eid", "start", "end_eid", "end", "quote"];
  const changes = (event) => Object.fromEntries(fields.filter((name) => name in event).map((name) => [name, event[name]]));
  const drop = (id) => {
    const mark = marks.get(id);
    marks.delete(id);
    const from = mark?.suggestion && suggestions.get(mark.suggestion);
    if (from) Object.assign(from, { decision: null, annotation: null });
  };
  const decide = (event) => {
    const proposal = suggestions.get(event.suggestion);
    if (proposal?.annotation) drop(proposal.annotation);
    return proposal;
  };
  const apply = {
    tag: (event) => marks.set(event.id, { note: "", code: "", severity: null, ...changes(event), id: event.id, saved: false }),
    edit: (event) => {
      const mark = marks.get(event.annotation);
      if (!mark) return;
      Object.assign(mark, changes(event), { saved: false });
      // A label that is said anew is said under the codebook of today.
      if (["concern", "code", "polarity"].some((name) => name in event)) mark.older = null;
    },
    confirm: (event) => {
      const mark = marks.get(event.annotation);
      if (mark) Object.assign(mark, { older: null, saved: false });
    },
    remove: (event) => drop(event.annotation),
    accept: (event) => {
      const proposal = decide(event);
      if (!proposal) return;
      marks.set(event.id, { severity: null, note: "", ...changes(proposal), ...changes(event), id: event.id, suggestion: proposal.id, saved: false });
      Object.assign(proposal, { decision: "accepted", annotation: event.id });
    },
    reject: (event) => {
      const proposal = decide(event);
      if (proposal) proposal.decision = "rejected";
    },
    // What is said anew is said under the codebook of today.
    judge: (event) => states.set(event.eid, { ...states.get(event.eid), state: event.state, older: null }),
    note: (event) => states.set(event.eid, { ...states.get(event.eid), note: event.text }),
    assess: (event) => {
      for (const [id, state] of Object.entries(event.states)) {
        guard(event.eid).set(id, { state, note: event.note ?? guard(event.eid).get(id)?.note ?? "", saved: false });
      }
    },
    link: (event) => links.set(event.id, { ...event, own: true, who: "", target: `${event.target_document}#${event.target_eid}`, saved: false }),
    relink: (event) => {
      const link = links.get(event.link);
      if (!link) return;
      Object.assign(link, { note: event.note ?? link.note, saved: false });
      if (event.target_eid) link.target = `${event.target_document}#${event.target_eid}`;
    },
    unlink: (event) => links.delete(event.link),
    reject_link: (event) => declined.set(event.id, { ...event, target: `${event.target_document}#${event.target_eid}` }),
    restore_link: (event) => declined.delete(event.rejection),
    reject_power: (event) => refused(event.eid).add(event.power),
    restore_power: (event) => refused(event.eid).delete(event.power),
    unassess: (event) => event.safeguards.forEach((id) => guard(event.eid).delete(id)),
  };
  for (const event of pending) apply[event.type]?.(event);
  return { marks: [...marks.values()], suggestions: [...suggestions.values()], states, guards, rejected, links: [...links.values()], refused: [...declined.values()] };
}

/** Own marks and suggestions as one list of items with the names the page shows. */
export function itemsOf(view, concerns) {
  const known = new Map(concerns.map((concern) => [concern.id, concern]));
  const item = (one, own) => {
    const concern = known.get(one.concern);
    const code = concern?.codes.find((each) => each.id === one.code || each.replaces.includes(one.code));
    const name = code?.name ?? concern?.name ?? one.concern;
    const what = say(`review.what.${one.polarity}`, { concern: concern?.name ?? one.concern, code: name });
    const title = own ? what : say("review.suggested_what", { what });
    return { ...one, own, key: `${own ? "m" : "s"}:${one.id}`, slot: concern?.slot ?? "gray", letter: concern?.letter ?? "?", name, what, title };
  };
  return [
    ...view.marks.map((mark) => item(mark, true)),
    ...view.suggestions.filter((one) => !["accepted", "changed"].includes(one.decision)).map((one) => item(one, false)),
  ];
}
