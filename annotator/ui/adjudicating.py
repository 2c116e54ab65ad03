"""Answers the settle view, whichever way its events came: at the door, or by a trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from annotator import settle
from annotator.model import Document, Reviewer
from annotator.store import Store
from annotator.ui import answers, session
from annotator.ui.answers import Answers
from annotator.ui.bench import STATES, WAITING, Wanted, bench_data
from annotator.ui.words import refusal

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
    """Apply each event once, to the text and for the adjudicator that it names."""
    apply = partial(settle.apply, worded=refusal)
    return answers.answer(store, document, reviewer, events, apply=apply)


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
