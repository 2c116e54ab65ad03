"""What of a text's rows a selection takes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from annotator.codebook import Codebook
from annotator.export.selection import Selection
from annotator.model import (
    Adjudication,
    Annotation,
    Assessment,
    Comment,
    Decision,
    Link,
    LinkRejection,
    PowerRejection,
    Review,
    Suggestion,
)

if TYPE_CHECKING:
    # Loaded where it is used: few datasets have any of it.
    from annotator.compare.opinions import Finding
    from annotator.compare.settling import SettledClause, SettledPassage

Said = TypeVar("Said", Adjudication, Annotation, Assessment, Comment, Decision, Link, Review)
Rejection = TypeVar("Rejection", LinkRejection, PowerRejection)
Noted = TypeVar("Noted", Adjudication, Annotation, Assessment, Link, Review)


class Narrowing:
    """A selection worked out for one database.

    `documents` are the ids of the texts asked for, `None` for all of them; `reviewers` the ids of
    those whose words are taken.
    """

    def __init__(
        self,
        selection: Selection,
        codebook: Codebook,
        *,
        documents: frozenset[str] | None,
        reviewers: frozenset[str],
    ) -> None:
        self.documents = documents
        self.reviewers = reviewers
        self._selection = selection
        self._concerns = frozenset(selection.concerns)
        self._labels = selection.labels(codebook)
        self._polarities = frozenset(selection.polarities)
        self._safeguards = {one.id: one.concern for one in codebook.safeguards}
        self._dated = bool(selection.since or selection.until)

    def taken(self, document: str) -> bool:
        """Whether anything said of the text goes into the dataset."""
        return self.documents is None or document in self.documents

    def said(self, rows: Iterable[Said]) -> list[Said]:
        """What the chosen reviewers said."""
        return [row for row in rows if row.reviewer in self.reviewers]

    def dated(self, rows: Iterable[Said]) -> list[Said]:
        """What was last changed in the days asked for."""
        if not self._dated:
            return list(rows)
        return [row for row in rows if self._selection.dated(row.updated)]

    def rejected(self, rows: Iterable[Rejection]) -> list[Rejection]:
        """What the chosen reviewers rejected, in the days asked for, where that is to go along."""
        if not self._selection.rejected or self._selection.suggestions == "none":
            return []
        return [
            row
            for row in rows
            if row.reviewer in self.reviewers
            and (not self._dated or self._selection.dated(row.created))
        ]

    def noted(self, rows: Iterable[Noted]) -> list[Noted]:
        """The same, without notes where none are to go along."""
        if self._selection.notes:
            return list(rows)
        return [dataclasses.replace(row, note="") if row.note else row for row in rows]

    def labelled(self, row: Annotation | Finding | Suggestion) -> bool:
        """Whether concern, code and polarity are among those asked for."""
        return (
            (not self._concerns or row.concern in self._concerns)
            and (not self._polarities or row.polarity in self._polarities)
            and (self._labels is None or (row.concern, row.code) in self._labels)
        )

    def annotations(self, rows: Iterable[Annotation]) -> list[Annotation]:
        """Those with a label and a day asked for."""
        return self.noted(self.dated(row for row in rows if self.labelled(row)))

    def assessments(self, rows: Iterable[Assessment]) -> list[Assessment]:
        """Those of safeguards of the concerns asked for."""
        taken = (
            row
            for row in rows
            if not self._concerns or self._safeguards.get(row.safeguard) in self._concerns
        )
        return self.noted(self.dated(taken))

    def adjudications(self, rows: Iterable[Adjudication]) -> list[Adjudication]:
        """Those on the labels asked for, be it that nothing is to be marked with them."""
        return self.noted(self.dated(row for row in rows if self._settles(row)))

    def _settles(self, row: Adjudication) -> bool:
        if row.polarity and self._polarities and row.polarity not in self._polarities:
            return False
        labels = {(row.concern, row.code)} if row.concern else {(a, b) for a, b in about(row)}
        return any(
            (not self._concerns or concern in self._concerns)
            and (self._labels is None or (concern, code) in self._labels)
            for concern, code in labels
        )

    def on_days(self, updated: str) -> bool:
        """Whether something last changed then is taken."""
        return not self._dated or self._selection.dated(updated)

    def settled(
        self,
        clauses: Iterable[SettledClause],
        changed: Callable[[SettledPassage], str],
        read: Mapping[str, str],
    ) -> list[SettledClause]:
        """The clauses with their passages on which somebody has a label asked for.

        Where days are asked for, only passages last `changed` then, and clauses that have one; a
        clause without any where it was last `read` then, by its eId.
        """
        clauses = list(clauses)
        if self._dated:
            on_days = [
                dataclasses.replace(
                    clause,
                    passages=tuple(one for one in clause.passages if self.on_days(changed(one))),
                )
                for clause in clauses
            ]
            clauses = [
                left
                for clause, left in zip(clauses, on_days, strict=True)
                if left.passages or (not clause.passages and self.on_days(read.get(clause.eid, "")))
            ]
        if not (self._concerns or self._polarities or self._labels):
            return clauses
        return [
            dataclasses.replace(
                clause,
                passages=tuple(
                    one
                    for one in clause.passages
                    if any(
                        found is not None and self.labelled(found)
                        for found in (one.finding, *(view.finding for view in one.opinions))
                    )
                ),
            )
            for clause in clauses
        ]

    def decisions(
        self,
        rows: Iterable[Decision],
        suggestions: Iterable[Suggestion],
        annotations: Iterable[Annotation],
    ) -> list[Decision]:
        """Those on a suggestion, or that made an annotation, with a label asked for.

        A decision does not name an annotation that is left out.
        """
        proposed = {one.id for one in suggestions if self.labelled(one)}
        made = {one.id for one in annotations}
        return [
            row
            if row.annotation is None or row.annotation in made
            else dataclasses.replace(row, annotation=None)
            for row in self.dated(rows)
            if (row.suggestion in proposed or row.annotation in made)
            and (self._selection.rejected or row.decision != "rejected")
        ]

    def comments(self, rows: Iterable[Comment]) -> list[Comment]:
        """Those of the days asked for, thread by thread; a reply only behind what it answers.

        One that somebody resolved whose words are not taken stands open: it would name them.
        """
        if not self._selection.notes:
            return []
        taken = [
            row
            if row.resolved_by is None or row.resolved_by in self.reviewers
            else dataclasses.replace(row, resolved="", resolved_by=None)
            for row in self.dated(rows)
        ]
        threads = {row.id: [row] for row in taken if row.parent is None}
        for row in taken:
            if row.parent in threads:
                threads[row.parent].append(row)
        return [row for thread in threads.values() for row in thread]


def over(row: Adjudication) -> dict[str, str]:
    """By reviewer's id a digest of what they had said when it was settled."""
    found: dict[str, str] = json.loads(row.over)
    return found


def about(row: Adjudication) -> list[tuple[str, str]]:
    """The pairs of concern and code that were in dispute."""
    return [(concern, code) for concern, code in json.loads(row.about)]
