/* The settle view and the server: asking at the door, and laying what is on its way over what is stored. */

/** Hands decisions in and takes what is stored then; not `heard` where nobody could take them. */
export async function settleKnock(view, events, options = {}) {
  const { data, outbox } = view;
  const response = await fetch(events.length ? data.door.path : data.door.look, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Annotator-Key": data.door.key },
    body: JSON.stringify({ view: "settle", events, document: data.document.id, reviewer: data.reviewer.id, wanted: data.wanted, near: view.near() }),
    ...options,
  });
  if (!response.ok) return { heard: false, why: [400, 413, 503].includes(response.status) ? (await response.json()).error : "" };
  const given = await response.json();
  if (outbox.closed || view.outbox !== outbox || view.data.document.id !== data.document.id) return { heard: true, why: "" };
  view.take(given.revision < view.answered ? withoutState(given) : given);
  view.draw();
  if (events.length) view.recount();
  return { heard: true, why: "" };
}

/** An answer that a later one has overtaken: only what it says of the events still counts. */
export function withoutState(given) {
  return { ...given, clauses: [], rows: null, majorities: null };
}

/** A clause with the decisions that are on their way drawn as made. */
export function settleProject(clause, pending, data) {
  let { passages, outdated } = clause;
  const mine = { by: data.people[data.reviewer.id]?.name ?? data.reviewer.name, at: data.today, pending: true };
  const decided = (one, finding, outcome, event) => ({ ...one, state: "adjudicated", finding, was: null, decision: { id: "", passage: one.id, outcome, reason: event.reason, note: event.note, finding, ...mine } });
  for (const event of pending) {
    if (event.type === "settle" && event.eid === clause.eid) {
      const place = event.passage && passages.find((one) => one.id === event.passage)?.was?.id;
      outdated = outdated.filter((one) => one.id !== place);
      const finding = event.how === "finding" ? drawn(clause, event, data) : null;
      const outcome = event.how === "finding" ? "change" : event.how;
      if (!event.passage) passages = [...passages, decided({ id: "", views: [], holding: [] }, finding, "new", event)];
      else passages = passages.map((one) => (one.id === event.passage ? decided(one, finding, outcome, event) : one));
    } else if (event.type === "accept_majority") {
      const picked = new Set(event.picks.filter((one) => one.eid === clause.eid).map((one) => one.passage));
      passages = passages.map((one) => (picked.has(one.id) ? decided(one, one.finding, one.finding ? "accept" : "none", event) : one));
    } else if (event.type === "keep" && event.eid === clause.eid) {
      const kept = (one) => one && (!event.decision || one.id === event.decision);
      outdated = outdated.filter((one) => !kept(one));
      passages = passages.map((one) => (!kept(one.was) || one.state === "unanimous" ? one : decided(one, one.was.finding, one.was.outcome, one.was)));
    }
  }
  return passages === clause.passages && outdated === clause.outdated ? clause : { ...clause, passages, outdated };
}

/** What an event settles, as the server will give it back. */
function drawn(clause, event, data) {
  const concern = data.concerns.find((one) => one.id === event.label.concern);
  const code = concern?.codes.find((one) => one.id === event.label.code);
  const at = clause.text.indexOf(event.seen);
  const start = event.start.unit ?? at;
  return {
    ...event.label, letter: concern?.letter ?? "?", slot: concern?.slot ?? "gray", name: code?.name ?? concern?.name ?? event.label.concern,
    start, end: start + event.seen.length, from: -1, to: -1, quote: event.seen,
  };
}
