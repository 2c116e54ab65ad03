"""A text in hostile characters, one suggestion on it, and someone to review it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from annotator import codebook, intake, review, store
from annotator.codebook import Codebook
from annotator.model import Document, Reviewer, Suggestion, new_id, stable_id
from annotator.offsets import Utf16Map
from annotator.store import Store

TEXT = """\
# A treaty of tests

## Preamble

The Parties, 😀 mindful of 𝒜 and of cafe\u0301s,

## Chapter I. Powers

### Article 1. Search

1. An authority may search 👩‍⚖️ any system:

(a) without a warrant; or

(b) يجوز للسلطة أن تطلب البيانات.

2. Nothing in this article is secret.

### Article 2. Final words

This article has a body of its own.
"""


@dataclass
class Desk:
    """A reviewer at a text, with the words of a clause turned into what the browser sends."""

    store: Store
    document: Document
    reviewer: Reviewer
    codebook: Codebook
    suggestion: Suggestion

    def span(self, eid: str, words: str, *, until: tuple[str, str] | None = None) -> dict[str, Any]:
        """The event fields of a selection from `words` in a clause, to `until` in a later one."""
        last, tail = until or (eid, words)
        start = self._offsets(eid, words)[0]
        end = self._offsets(last, tail)[1]
        quote = words if until is None else f"{words}\n\n{tail}"
        return {"start_eid": eid, "start": start, "end_eid": last, "end": end, "quote": quote}

    def _offsets(self, eid: str, words: str) -> tuple[int, int]:
        clause = self.document.clause(eid)
        own = self.document.text[clause.body : clause.own_end]
        at, units = own.index(words), Utf16Map(own)
        return units.to_utf16(at), units.to_utf16(at + len(words))

    def send(self, *events: dict[str, Any]) -> list[str]:
        """Apply the events, each with a nonce if it has none; the answers in their order."""
        told = [{"nonce": new_id(), **event} for event in events]
        answers = review.apply(
            self.store, self.document, self.reviewer.id, told, codebook=self.codebook
        )
        return [answers[event["nonce"]] for event in told]

    def tag(self, eid: str, words: str, **fields: Any) -> str:
        """Tag the words as a privacy risk unless told otherwise; the new annotation's id."""
        event = {"type": "tag", "id": new_id(), "concern": "privacy", "polarity": "risk"}
        event |= self.span(eid, words) | fields
        assert self.send(event) == [""]
        return str(event["id"])

    def marks(self) -> list[tuple[str, str, str]]:
        """What is stored: the clause, the words, and concern with polarity."""
        found = self.store.annotations(document=self.document.id, reviewer=self.reviewer.id)
        for mark in found:
            assert self.document.text[mark.start : mark.end] == mark.quote
        return [(mark.eid, mark.quote, f"{mark.concern} {mark.polarity}") for mark in found]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    document = intake.parse(
        TEXT, kind="treaty", language="en", title="A treaty of tests", form="markdown"
    )
    clause = document.clause("art_1__para_1__point_a")
    words = "without a warrant"
    start = document.text.index(words, clause.body)
    suggestion = Suggestion(
        id=stable_id("suggestion", "test"),
        document=document.id,
        eid=clause.eid,
        start=start,
        end=start + len(words),
        quote=words,
        concern="privacy",
        polarity="risk",
        rule="test-rule",
        score=0.8,
        reason="Nobody asks a judge.",
    )
    with store.open(tmp_path / "review.db") as opened:
        opened.add_document(document)
        opened.set_suggestions(document.id, "rules-1", [suggestion])
        reviewer = opened.add_reviewer("Ana")
        book = codebook.load()
        opened.add_codebook(book.version, book.sha256, book.source)
        yield Desk(opened, document, reviewer, book, suggestion)
