"""From a citation that is typed, or stands in an address, to the clause that is shown for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from annotator.intake import references
from annotator.model import Clause, Document


def landing(reviewable: Sequence[Clause], start: int) -> str:
    """The first of the clauses from that place of the text on, else the last; its eId."""
    at = bisect_left(reviewable, start, key=lambda clause: clause.start)
    return reviewable[min(at, len(reviewable) - 1)].eid


def clause_cited(document: Document, typed: str, *, at: str | None = None) -> str | None:
    """The eId to go to for "28(4)", "Article 28.4.a" or "§ 5"; None where nothing is called so.

    `at` is the clause being read, for "paragraph 2" and "the next article".
    """
    known = {clause.eid for clause in document.clauses}
    found = references.resolve(document, typed, at=at if at in known else None)
    reviewable = list(document.reviewable())
    return landing(reviewable, found[0].start) if found and reviewable else None
