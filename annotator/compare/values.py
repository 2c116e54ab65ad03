"""One value a reviewer and clause: marked, read and left unmarked, or missing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.model import Annotation, Clause, Document, Polarity, Review


class Reading:
    """Which clauses were read by whom, and which clauses an annotation stands in.

    A clause counts as read in the states `concern` and `no_concern`; `reopened`, or no review at
    all, counts as unread, whatever marks stand in it. Reviews of other documents and of clauses
    without words of their own are ignored.
    """

    __slots__ = ("_bodies", "_readers", "_starts", "clauses", "document")

    def __init__(self, document: Document, reviews: Iterable[Review]) -> None:
        self.document = document
        self.clauses = tuple(sorted(document.reviewable(), key=lambda clause: clause.body))
        self._starts = [clause.start for clause in self.clauses]
        self._bodies = [clause.body for clause in self.clauses]
        self._readers: dict[str, set[str]] = {clause.eid: set() for clause in self.clauses}
        for review in reviews:
            if review.document == document.id and review.done:
                self._readers.get(review.eid, set()).add(review.reviewer)

    def readers(self, eid: str) -> frozenset[str]:
        """The reviewers who have read that clause."""
        return frozenset(self._readers.get(eid, ()))

    def touched(self, annotation: Annotation) -> tuple[Clause, ...]:
        """The clauses whose own words the annotation covers in part, in text order.

        Where it covers no clause's own words, the clauses whose number or heading it covers; none
        for the heading of an article that only holds others, since nobody can say they have read a
        heading alone.
        """
        span = annotation.start, annotation.end
        return self._between(self._bodies, *span) or self._between(self._starts, *span)

    def _between(self, begins: list[int], start: int, end: int) -> tuple[Clause, ...]:
        last = bisect_left(begins, end)
        first = last
        while first > 0 and self.clauses[first - 1].own_end > start:
            first -= 1
        return self.clauses[first:last]


@dataclass(frozen=True, slots=True)
class ClauseValues:
    """For one concern, a row a reviewer and a column a clause that anyone of them has read.

    1 is "marked", 0 "read and not marked", `None` "not read": missing, never 0.
    """

    concern: str
    polarity: Polarity | None
    reviewers: tuple[str, ...]
    eids: tuple[str, ...]
    rows: tuple[tuple[int | None, ...], ...]

    def row(self, reviewer: str) -> tuple[int | None, ...]:
        """That reviewer's values, in the order of `eids`."""
        return self.rows[self.reviewers.index(reviewer)]


def clause_values(
    document: Document,
    annotations: Iterable[Annotation],
    reviews: Iterable[Review],
    reviewers: Sequence[str],
    *,
    concern: str,
    polarity: Polarity | None = None,
) -> ClauseValues:
    """What each reviewer made of each clause, for one concern and, if given, one polarity.

    A reviewer who has read a clause has 1 there if an annotation of theirs with that concern covers
    any of its own words, and 0 if none does. Marks in a clause its reviewer has not declared read
    give no value: the reading may not be finished. An annotation over several clauses counts in
    each of them.
    """
    reading = Reading(document, reviews)
    marked: set[tuple[str, str]] = set()
    for annotation in annotations:
        if (
            annotation.document == document.id
            and annotation.concern == concern
            and polarity in (None, annotation.polarity)
        ):
            marked.update((annotation.reviewer, c.eid) for c in reading.touched(annotation))
    readers = [(clause.eid, reading.readers(clause.eid)) for clause in reading.clauses]
    readers = [(eid, who) for eid, who in readers if who.intersection(reviewers)]
    rows = tuple(
        tuple(int((reviewer, eid) in marked) if reviewer in who else None for eid, who in readers)
        for reviewer in reviewers
    )
    return ClauseValues(
        concern=concern,
        polarity=polarity,
        reviewers=tuple(reviewers),
        eids=tuple(eid for eid, _ in readers),
        rows=rows,
    )
