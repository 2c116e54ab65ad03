"""What the review view asks for while it is worked with, and nothing is stored by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from annotator import review
from annotator.errors import AnnotatorError
from annotator.model import Document
from annotator.store import Store
from annotator.ui import beside, session, targets
from annotator.ui.previews import preview, text_of
from annotator.ui.words import refusal

Asked = Mapping[str, Any]


def answer(store: Store, asked: Asked) -> dict[str, Any]:
    """The answer to one question; `error` says what was wrong with it.

    `what` is `find` (clauses that `typed` may mean), `clause` (the whole of what a preview shows
    of `name`), or `beside` (the sheet of clause `eid` in the text `other`); `document` and
    `reviewer` say who reads what.
    """
    try:
        return _ANSWERS[str(asked["what"])](store, text_of(store, str(asked["document"])), asked)
    except AnnotatorError as error:
        return {"error": refusal(error)}


def _find(store: Store, document: Document, asked: Asked) -> dict[str, Any]:
    return {"found": targets.found(store, document, str(asked["typed"]))}


def _clause(store: Store, document: Document, asked: Asked) -> dict[str, Any]:
    named, _, eid = str(asked["name"]).rpartition("#")
    text = text_of(store, named) if named else document
    return preview(text, text.clause(eid))


def _beside(store: Store, document: Document, asked: Asked) -> dict[str, Any]:
    return beside.clauses(
        store,
        document,
        review.sheet_of(document, str(asked["eid"])),
        str(asked["other"]),
        store.reviewer(str(asked["reviewer"])),
        session.codebook(),
    )


_ANSWERS: dict[str, Callable[[Store, Document, Asked], dict[str, Any]]] = {
    "find": _find,
    "clause": _clause,
    "beside": _beside,
}
