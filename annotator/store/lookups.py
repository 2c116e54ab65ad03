"""What the review page asks with each key: answered from an index, however large the project."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from annotator.model import Annotation, Decision, DocumentInfo, RuleFare, Suggestion, canonical
from annotator.store import read, rows, tallies
from annotator.store.opened import Opened
from annotator.store.rows import V


class Lookups(Opened):
    """The part of `Store` that finds single values, and those in sight."""

    def first_documents(self, limit: int) -> list[DocumentInfo]:
        """So many texts in the order in which they are read: treaties before the news of them."""
        return self._ask(lambda: read.first_documents(self._connection, limit))

    def document_info(self, name: str) -> DocumentInfo | None:
        """A text without its words, by slug, id or hash; of a slug the latest version."""
        return self._ask(lambda: read.document_info(self._connection, name))

    def document_titled(self, words: str) -> DocumentInfo | None:
        """The first text with those words in its title; capitals do not matter."""
        return self._ask(lambda: read.document_titled(self._connection, words))

    def annotation(self, id: str) -> Annotation | None:
        """The annotation with that id."""
        found = self._ask(
            lambda: _found(self._connection, Annotation, "annotations t", "t.id = ?", id)
        )
        return found[0] if found else None

    def annotations_touching(
        self, document: str, reviewer: str, start: int, end: int
    ) -> list[Annotation]:
        """A reviewer's annotations that reach into that stretch of a text, in order."""
        return self._ask(
            lambda: _found(
                self._connection,
                Annotation,
                "annotations t",
                't.reviewer = ? and t.document = ? and t.start < ? and t."end" > ?'
                ' order by t.start, t."end", t.concern, t.polarity, t.id',
                reviewer, document, end, start,
            )
        )  # fmt: skip

    def suggestion(self, document: str, id: str) -> Suggestion | None:
        """The suggestion with that id, if it is one of the document's latest run."""
        return self._ask(lambda: read.suggestion(self._connection, document, id))

    def decisions_in(self, document: str, reviewer: str, eids: Iterable[str]) -> list[Decision]:
        """What a reviewer made of the suggestions in those clauses."""
        # In this order: a reviewer may have decided on thousands, a clause has a few.
        tables = (
            "json_each(?) e cross join suggestions s on s.document = ? and s.eid = e.value"
            " cross join decisions t on t.suggestion = s.id"
        )
        asked = canonical(list(eids))
        return self._ask(
            lambda: _found(
                self._connection, Decision, tables, "t.reviewer = ? order by t.suggestion",
                asked, document, reviewer,
            )
        )  # fmt: skip

    def decision(self, suggestion: str, reviewer: str) -> Decision | None:
        """What a reviewer made of a suggestion."""
        found = self._ask(
            lambda: _found(
                self._connection, Decision, "decisions t", "t.suggestion = ? and t.reviewer = ?",
                suggestion, reviewer,
            )
        )  # fmt: skip
        return found[0] if found else None

    def rule_tallies(
        self, rules: Iterable[str], *, reviewer: str | None = None
    ) -> dict[str, RuleFare]:
        """What became of those rules' suggestions, with that reviewer or everyone; counts alone."""
        return self._ask(lambda: tallies.of_rules(self._connection, rules, reviewer=reviewer))

    def decisions_that_made(self, annotation: str) -> list[Decision]:
        """The decisions by which an annotation came to be."""
        return self._ask(
            lambda: _found(
                self._connection, Decision, "decisions t", "t.annotation = ?", annotation
            )
        )


def _found(
    connection: sqlite3.Connection, kind: type[V], tables: str, condition: str, *given: Any
) -> list[V]:
    names = ", ".join(f't."{name}"' for name in rows.columns(kind))
    cursor = connection.cursor()
    cursor.row_factory = None
    found = cursor.execute(f"select {names} from {tables} where {condition}", given)
    return [kind(*row) for row in found]
