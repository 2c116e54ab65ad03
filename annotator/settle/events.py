"""What an adjudicator does in the browser, stored once each.

An event is a mapping with `nonce`, `type` and its fields. Offsets that were moved on the page come
as UTF-16 units of the clause's own words; this is where they become code points of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, cast

from annotator.compare.deciding import Majority, accept_all, keep, replaced, settle_as
from annotator.compare.opinions import Finding
from annotator.compare.settling import SettledClause, decide
from annotator.errors import AnnotatorError, SpanError
from annotator.model import REASONS, Adjudication, Clause, Document, Polarity, Reason, Severity
from annotator.offsets import Utf16Map
from annotator.review import blind
from annotator.review.once import Event, once
from annotator.settle.bench import Bench, bench
from annotator.settle.talking import TALKING, talk
from annotator.store import Seen, Store


def apply(
    store: Store,
    document: Document,
    reviewer: str,
    events: Iterable[Event],
    *,
    worded: Callable[[AnnotatorError], str] = str,
) -> dict[str, str]:
    """Apply the events in order, each once; by nonce "" or why it was refused, as `worded`.

    A decision is refused where the clause is not as whoever decided saw it. `UnavailableError`
    where the database cannot take them now: what was stored before stays.
    """
    take = partial(_one, store, document, reviewer)
    return once(store, events, take, worded=worded)


def _one(store: Store, document: Document, reviewer: str, event: Event) -> None:
    if event.get("type") in TALKING:
        sight = blind.visible(store, reviewer, document.id)
        talk(store, document, reviewer, event, sight=sight)
    elif event.get("type") in ("undo", "redo"):
        _turn(store, document, reviewer, event)
    elif handler := _HANDLERS.get(str(event.get("type"))):
        handler(store, bench(store, document, reviewer), reviewer, event)
    else:
        raise AnnotatorError(f"{event.get('type')!r} is nothing an adjudicator can do")


def _turn(store: Store, document: Document, reviewer: str, event: Event) -> None:
    if event["type"] == "undo":
        # A browser says what it knows of, so that nothing is taken back unseen.
        seen = (
            Seen(int(event["seen"]), frozenset(event.get("mine", ()))) if "seen" in event else None
        )
        done = store.undo(
            reviewer, document=document.id, nonce=event["nonce"], seen=seen, settling=True
        )
    else:
        done = store.redo(reviewer, document=document.id, nonce=event["nonce"], settling=True)
    if not done:
        raise AnnotatorError(
            f"there is nothing to {event['type']} here in this text",
            key=f"nothing_to_{event['type']}",
        )


def _settle(store: Store, found: Bench, reviewer: str, event: Event) -> None:
    clause = _as_seen(found, event)
    passage = clause.passage(str(event["passage"])) if event.get("passage") else None
    _not_unseen(clause, passage.decision if passage else None, reviewer, event)
    reason, note = _reason(event), str(event.get("note", "")).strip()
    if event["how"] == "disagree":
        row = decide(
            clause,
            "disagree",
            reason=reason,
            adjudicator=reviewer,
            passage=passage.id if passage else "",
            note=note,
        )
    else:
        finding = _finding(found.document, clause, event) if event["how"] == "finding" else None
        row = settle_as(clause, passage, finding, reason=reason, adjudicator=reviewer, note=note)
    store.settle(
        found.document.id,
        [row],
        reviewer=reviewer,
        known=_decided(clause),
        instead=replaced(clause, [row]),
        nonce=event["nonce"],
    )


def _accept_majority(store: Store, found: Bench, reviewer: str, event: Event) -> None:
    picks = []
    for pick in event["picks"]:
        clause = _as_seen(found, pick)
        passage = clause.passage(str(pick["passage"]))
        if passage.provenance != "majority":
            raise AnnotatorError(
                f"{clause.citation} has no majority any more: look at it again",
                key="no_majority",
                citation=clause.citation,
            )
        picks.append(Majority(clause, passage))
    if not picks:
        raise AnnotatorError("none is chosen: tick what is to be accepted", key="none_ticked")
    rows = accept_all(
        picks,
        reason=_reason(event),
        adjudicator=reviewer,
        note=str(event.get("note", "")).strip(),
    )
    known = {row.id: row for one in picks for row in _decided(one.clause)}
    clauses = {one.clause.eid: one.clause for one in picks}
    instead = [id for eid, one in clauses.items() for id in replaced(one, _of(rows, eid))]
    store.settle(
        found.document.id,
        rows,
        reviewer=reviewer,
        known=known.values(),
        instead=instead,
        nonce=event["nonce"],
    )


def _keep(store: Store, found: Bench, reviewer: str, event: Event) -> None:
    clause = _as_seen(found, event)
    document = found.document.id
    if not clause.reopened:
        raise AnnotatorError(
            f"{clause.citation} is not open again any more: look at it again",
            key="not_open_again",
            citation=clause.citation,
        )
    ids = {row.id for row in clause.outdated}
    # One of them alone, or all that was decided on the clause.
    gone = ids & {str(event["decision"])} if event.get("decision") else ids
    if rows := keep(clause, adjudicator=reviewer, only=gone):
        store.settle(
            document,
            rows,
            reviewer=reviewer,
            known=_decided(clause),
            instead={*gone, *replaced(clause, rows)},
            nonce=event["nonce"],
        )
    else:
        store.unsettle(
            document,
            clause.eid,
            reviewer=reviewer,
            decisions=gone,
            known=_decided(clause),
            nonce=event["nonce"],
        )


def _unsettle(store: Store, found: Bench, reviewer: str, event: Event) -> None:
    clause = _as_seen(found, event)
    only = [str(event["decision"])] if event.get("decision") else None
    for passage in clause.passages:
        if passage.decision and (only is None or passage.decision.id in only):
            _not_unseen(clause, passage.decision, reviewer, event)
    store.unsettle(
        found.document.id,
        clause.eid,
        reviewer=reviewer,
        decisions=only,
        known=_decided(clause),
        nonce=event["nonce"],
    )


_HANDLERS: dict[str, Callable[[Store, Bench, str, Event], None]] = {
    "settle": _settle,
    "accept_majority": _accept_majority,
    "keep": _keep,
    "unsettle": _unsettle,
}


def _of(rows: Iterable[Adjudication], eid: str) -> list[Adjudication]:
    return [row for row in rows if row.eid == eid]


def _decided(clause: SettledClause) -> list[Adjudication]:
    """All that is decided on the clause, be it that it no longer holds."""
    return [*filter(None, (one.decision for one in clause.passages)), *clause.outdated]


def _as_seen(found: Bench, event: Event) -> SettledClause:
    clause = found.clause(str(event["eid"]))
    if clause.over != event["over"]:
        raise AnnotatorError(
            f"{clause.citation} has changed since it was shown: look at it again",
            key="clause_changed",
            citation=clause.citation,
        )
    return clause


def _not_unseen(
    clause: SettledClause, decided: Adjudication | None, reviewer: str, event: Event
) -> None:
    """Raise where somebody else has decided and whoever decides now has not seen it.

    What they saw comes as `instead`, the time of that decision.
    """
    if decided and decided.reviewer != reviewer and event.get("instead") != decided.updated:
        raise AnnotatorError(
            f"somebody else has decided {clause.citation} since it was shown: look at it again",
            key="decided_meanwhile",
            citation=clause.citation,
        )


def _reason(event: Event) -> Reason:
    if event.get("reason") not in REASONS:
        raise AnnotatorError(
            f"{event.get('reason')!r} is no reason: there are {', '.join(REASONS)}"
        )
    return cast(Reason, event["reason"])


def _finding(document: Document, clause: SettledClause, event: Event) -> Finding:
    """The words and label that were chosen; `seen` are the words as the page shows them."""
    own = document.clause(clause.eid)
    label = event["label"]
    start, end = _point(document, own, event["start"]), _point(document, own, event["end"])
    if not start < end:
        raise SpanError("no words are chosen: choose some", key="nothing_selected")
    told = str(event["seen"])
    seen = document.text[max(start, own.body) : min(end, own.own_end)]
    if seen != told:
        raise SpanError(
            f"the text reads {seen[:60]!r} where {told[:60]!r} was chosen: try again",
            key="words_changed",
            reads=seen[:60],
            told=told[:60],
        )
    return Finding(
        start,
        end,
        document.text[start:end],
        str(label["concern"]),
        cast(Polarity, label["polarity"]),
        str(label.get("code") or ""),
        cast("Severity | None", label.get("severity") or None),
    )


def _point(document: Document, clause: Clause, given: Mapping[str, Any]) -> int:
    """A place in the document: as a view has it, or moved within the clause's own words."""
    if "point" in given:
        return int(given["point"])
    words = Utf16Map(document.text[clause.body : clause.own_end])
    return clause.body + words.to_code_points(int(given["unit"]))
