"""Answers the settle view, whichever way its events came: at the door, or by a trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotator import settle
from annotator.model import Document, Reviewer
from annotator.store import Store
from annotator.ui import session
from annotator.ui.answers import Answers
from annotator.ui.bench import STATES, WAITING, Wanted, bench_data
from annotator.ui.words import say

_NEAR_AT_MOST = 40


def answered(store: Store, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Store the events; the list and the clauses near the one at hand, as they stand then."""
    document = session.document(str(asked["document"]))
    reviewer = store.reviewer(str(asked["reviewer"]))
    events = [event for event in asked["events"] if isinstance(event, dict)]
    found = answer(store, document, reviewer, events)
    near = [str(eid) for eid in asked["near"]][:_NEAR_AT_MOST]
    return {
        **bench_data(
            store,
            settle.bench(store, document, reviewer.id),
            reviewer,
            session.codebook(),
            wanted_of(asked["wanted"]),
            at=None,
            near=near,
        ),
        "acks": dict(found.acks),
        "undone": found.undone,
    }


def answer(
    store: Store, document: Document, reviewer: Reviewer, events: Sequence[Mapping[str, Any]]
) -> Answers:
    """Apply each event once, to the text and for the adjudicator that it names.

    They may be others than those at hand: a decision can still be on its way when they change.
    """
    acks: dict[str, str] = {}
    desks: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for event in events:
        whose = (event.get("document", document.id), event.get("reviewer", reviewer.id))
        desks.setdefault((str(whose[0]), str(whose[1])), []).append(event)
    for (named, who), group in desks.items():
        acks |= settle.apply(store, session.document(named), store.reviewer(who).id, group)
    return Answers(acks, _undone(store, document, reviewer, events, acks))


def _undone(
    store: Store,
    document: Document,
    reviewer: Reviewer,
    events: Sequence[Mapping[str, Any]],
    acks: Mapping[str, str],
) -> dict[str, str] | None:
    """Where the last event took something back, or brought it forth; what to say of it."""
    if not events or events[-1].get("type") not in ("undo", "redo"):
        return None
    event = events[-1]
    lines = store.history(document=document.id, reviewer=reviewer.id, limit=1)
    if acks.get(str(event.get("nonce"))) or not lines or lines[0].nonce != event.get("nonce"):
        return None
    rows = [change["after"] or change["before"] for change in lines[0].changes]
    eid = str(rows[0]["eid"])
    key = "desk.undone" if event["type"] == "undo" else "desk.redone"
    said = say(key, citation=document.clause(eid).citation)
    return {"nonce": str(event["nonce"]), "eid": eid, "said": said}


def wanted_of(given: Mapping[str, Any]) -> Wanted:
    """Which clauses the list is to have, as the page said it to the browser."""
    return Wanted(
        states=frozenset(given.get("states", WAITING)) & frozenset(STATES),
        concern=str(given.get("concern") or ""),
        talked=bool(given.get("talked")),
        order=str(given.get("order", "text")),
    )


def wanted_data(wanted: Wanted) -> dict[str, Any]:
    """The same as the browser keeps it."""
    return {
        "states": [state for state in STATES if state in wanted.states],
        "concern": wanted.concern,
        "talked": wanted.talked,
        "order": wanted.order,
    }
