"""Comments as the browser sends them, wherever a clause is talked about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model import Document
from annotator.offsets import Utf16Map
from annotator.review.blind import Sight
from annotator.store import Store

TALKING = frozenset(
    {"comment", "reply", "edit_comment", "remove_comment", "resolve_comment", "reopen_comment"}
)
"""The types of events that `talk` takes."""


def talk(
    store: Store, document: Document, reviewer: str, event: Mapping[str, Any], *, sight: Sight
) -> None:
    """Store one event about a comment; `AnnotatorError` where it cannot be.

    A `comment` names its clause (`eid`), and may name words of it: `start` and `end` in UTF-16
    units of the clause's own words, with the words in `quote`. The others name a `comment` by id.
    """
    kind, nonce, text = event["type"], event["nonce"], str(event.get("text", ""))
    if kind == "comment":
        eid = str(event["eid"])
        _allowed(sight, document, eid)
        span = _span(document, event) if event.get("end") is not None else None
        store.comment(document.id, eid, text, reviewer=reviewer, span=span, nonce=nonce)
        return
    named = str(event["comment"])
    for one in store.comments(document=document.id):
        if one.id == named:
            _allowed(sight, document, one.eid)
    if kind == "reply":
        store.reply(named, text, reviewer=reviewer, nonce=nonce)
    elif kind == "edit_comment":
        store.edit_comment(named, text, reviewer=reviewer, nonce=nonce)
    elif kind == "remove_comment":
        store.remove_comment(named, reviewer=reviewer, nonce=nonce)
    elif kind == "resolve_comment":
        store.resolve_comment(named, reviewer=reviewer, nonce=nonce)
    else:
        store.reopen_comment(named, reviewer=reviewer, nonce=nonce)


def _allowed(sight: Sight, document: Document, eid: str) -> None:
    if eid not in sight:
        name = document.clause(eid).citation
        raise AnnotatorError(
            f"this project is blind: finish {name} first, then talk about it",
            key="finish_first",
            citation=name,
        )


def _span(document: Document, event: Mapping[str, Any]) -> tuple[int, int, str]:
    clause = document.clause(str(event["eid"]))
    places = Utf16Map(document.text[clause.body : clause.own_end])
    start, end = (
        clause.body + places.to_code_points(int(event[side])) for side in ("start", "end")
    )
    return start, end, str(event["quote"])
