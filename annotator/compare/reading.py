"""Who has read which clause, and which clauses a mark stands in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from annotator.model import Annotation, Clause, Document, Review


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
