"""A text in the pieces that a tool shows as one task: an article, or a whole news item.

A treaty is more than a screen can hold, and a paragraph by itself too little to judge by. Where a
mark runs from one piece into the next, the two are one, so that no mark is cut.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import TypeVar

from annotator.export.part import Part
from annotator.export.selection import Context
from annotator.model import DIVISIONS, Annotation, Clause, Document, Review, Suggestion

M = TypeVar("M", Annotation, Suggestion)

_start = attrgetter("start")
_BEGINS = DIVISIONS | {"preamble", "article", "annex"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Code points `start` to `end` of a text, with the eId and citation of what it holds."""

    start: int
    end: int
    eid: str
    citation: str

    def holding(self, marks: Sequence[M]) -> list[M]:
        """Those of the marks that stand in it; they come in the order of their places."""
        first = bisect_left(marks, self.start, key=_start)
        return list(marks[first : bisect_left(marks, self.end, key=_start)])

    def read_by(self, part: Part, reviewer: str) -> list[Review]:
        """What that reviewer said of the clauses in it as a whole."""
        return [
            one
            for one in part.reviews
            if one.reviewer == reviewer and self.start <= part.clauses[one.eid].body < self.end
        ]


def pieces(part: Part, context: Context) -> list[Piece]:
    """The text in pieces, each mark and suggestion whole in one of them; `clause` cuts finest."""
    document = part.document
    spans = [(mark.start, mark.end) for mark in part.annotations]
    spans += [(one.start, one.end) for one in part.suggestions]
    spans.sort()
    reach = list(accumulate((end for _, end in spans), max))

    def cuts_a_mark(place: int) -> bool:
        before = bisect_left(spans, (place, 0))
        return before > 0 and reach[before - 1] > place

    begins = sorted(set(_begins(document, context)) | {0})
    cuts = [cut for cut in begins if cut == 0 or not cuts_a_mark(cut)]
    found: list[Piece] = []
    start = 0
    for _, cut in pairwise((*cuts, len(document.text))):
        within = [one for one in document.reviewable() if start <= one.start < cut]
        if not within and cut < len(document.text):
            continue  # the heading of a chapter goes with what follows
        inside = spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (cut, 0))]
        found.append(_piece(document, start, cut, within, inside, context))
        start = cut
    return [piece for piece in found if piece.start < piece.end]


def _begins(document: Document, context: Context) -> Iterator[int]:
    if context == "clause":
        yield from (clause.start for clause in document.reviewable())
    elif document.kind == "treaty":
        yield from (clause.start for clause in document.clauses if clause.kind in _BEGINS)


def _piece(
    document: Document,
    start: int,
    end: int,
    within: list[Clause],
    spans: Iterable[tuple[int, int]],
    context: Context,
) -> Piece:
    text = document.text[start:end]
    first = start + len(text) - len(text.lstrip())
    last = start + len(text.rstrip())
    for span in spans:
        first, last = min(first, span[0]), max(last, span[1])
    named = [_named(document, clause, context) for clause in within]
    whole = document.kind != "treaty" and context == "line"
    if whole or not named:
        return Piece(first, last, "", "")
    citations = dict.fromkeys(clause.citation for clause in named)
    return Piece(first, last, named[0].eid, ", ".join(list(citations)[:3]))


def _named(document: Document, clause: Clause, context: Context) -> Clause:
    """The clause itself, or the outermost that has a name in the law: its article, its annex."""
    while context == "line" and clause.kind != "article" and clause.parent is not None:
        parent = document.clause(clause.parent)
        if parent.kind in DIVISIONS:
            break
        clause = parent
    return clause
