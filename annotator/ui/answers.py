"""Stores what the browser sends, whichever way it came, and says what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator import review
from annotator.errors import NotFoundError
from annotator.model import Document, Reviewer
from annotator.store import Store
from annotator.ui import session
from annotator.ui.words import refusal, say


@dataclass(frozen=True, slots=True)
class Answers:
    """`acks` says of each nonce "" or why it was refused.

    `undone` is set where a decision was taken back or made again: its `nonce`, the `eid` where it
    stood, which may be out of sight, and `said`, what to tell the reader. `trouble` says why
    nothing could be stored; what is not answered is sent again.
    """

    acks: Mapping[str, str] = field(default_factory=dict)
    undone: Mapping[str, str] | None = None
    trouble: str = ""


Apply = Callable[[Store, Document, str, list[Mapping[str, Any]]], Mapping[str, str]]
"""Stores events of one reviewer in one text; by nonce "" or why one was refused."""


def answer(
    store: Store,
    document: Document,
    reviewer: Reviewer,
    events: Sequence[Mapping[str, Any]],
    *,
    apply: Apply | None = None,
) -> Answers:
    """Apply each event once, to the text and for the reviewer that it names; a review's as it is.

    They may be others than `document` and `reviewer`, which are those at hand: a decision can still
    be on its way when the text or the reviewer is changed.
    """
    apply = apply or _reviewed
    desks: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for event in events:
        whose = (event.get("document", document.id), event.get("reviewer", reviewer.id))
        desks.setdefault((str(whose[0]), str(whose[1])), []).append(event)
    acks: dict[str, str] = {}
    for (named, who), group in desks.items():
        try:
            acks |= apply(store, session.document(named), store.reviewer(who).id, group)
        except NotFoundError as error:
            acks |= {str(event.get("nonce")): refusal(error) for event in group}
    return Answers(acks, _undone(store, document, reviewer, events, acks))


def _reviewed(
    store: Store, document: Document, reviewer: str, events: list[Mapping[str, Any]]
) -> Mapping[str, str]:
    book = session.codebook()
    return review.apply(store, document, reviewer, events, codebook=book, worded=refusal)


def _undone(
    store: Store,
    document: Document,
    reviewer: Reviewer,
    events: Sequence[Mapping[str, Any]],
    acks: Mapping[str, str],
) -> dict[str, str] | None:
    if not events or events[-1].get("type") not in ("undo", "redo"):
        return None
    event = events[-1]
    lines = store.history(document=document.id, reviewer=reviewer.id, limit=1)
    if acks.get(str(event.get("nonce"))) or not lines or lines[0].nonce != event.get("nonce"):
        return None
    rows = [change["after"] or change["before"] for change in lines[0].changes]
    eids = [row["eid"] for row in rows if row.get("eid")]
    named = {row["suggestion"] for row in rows if row.get("suggestion")}
    eids += [suggestion.eid for suggestion in store.suggestions_by_id(named)]
    if not eids:
        return None
    key = "desk.undone" if event["type"] == "undo" else "desk.redone"
    said = say(key, citation=document.clause(eids[0]).citation)
    return {"nonce": str(event["nonce"]), "eid": eids[0], "said": said}
