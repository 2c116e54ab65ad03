"""A text's clauses as they stand, for whoever settles them: all of them that they may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.compare.settling import SettledClause, SettledPassage, settle
from annotator.errors import NotFoundError
from annotator.model import Clause, Document
from annotator.review import blind
from annotator.review.blind import Sight
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class Bench:
    """The clauses of a text that somebody has read, in text order.

    `hidden` counts those that several have read and that may not be seen, which is so in a blind
    project until one is done with a clause. Whether those several agree is not told by it.
    """

    document: Document
    sight: Sight
    clauses: tuple[SettledClause, ...]
    hidden: int

    def clause(self, eid: str) -> SettledClause:
        """The clause with that eId; `NotFoundError` where it is not on the bench."""
        for one in self.clauses:
            if one.eid == eid:
                return one
        name = self.document.clause(eid).citation
        raise NotFoundError(f"{name} is not yours to settle yet: nobody has read it, or not you")


def bench(store: Store, document: Document, reviewer: str | None) -> Bench:
    """What the reviewer (id; `None`: nobody in particular) has to settle in a text.

    Reads that text's work alone, whatever else the store holds.
    """
    sight = blind.visible(store, reviewer, document.id)
    reviews = store.reviews(document=document.id)
    found = settle(
        document,
        store.annotations(document=document.id),
        reviews,
        {one.reviewer for one in reviews if one.done},
        store.adjudications(document=document.id),
    )
    read = [one for one in found if one.readers or one.outdated or one.passages]
    seen = tuple(one for one in read if _shows(sight, one))
    several = sum(len(one.readers) > 1 for one in read) - sum(len(one.readers) > 1 for one in seen)
    return Bench(document, sight, seen, several)


def follows(bench: Bench, clause: SettledClause) -> list[Clause]:
    """The clauses in which that is decided which makes this one wait, where it has nothing itself.

    A tag over several clauses is settled in one of them.
    """
    if any(not one.taken for one in clause.passages):
        return []
    own = bench.document.clause(clause.eid)
    return [
        bench.document.clause(other.eid)
        for other in bench.clauses
        if other.eid != clause.eid
        and any(not one.taken and _reaches(one, own) for one in other.passages)
    ]


def _reaches(passage: SettledPassage, clause: Clause) -> bool:
    return any(start < clause.own_end and end > clause.body for start, end in _words(passage))


def _shows(sight: Sight, clause: SettledClause) -> bool:
    """Whether the clause may be seen, with all the words that are in question there."""
    if sight.everything:
        return True
    if clause.eid not in sight:
        return False
    return not any(
        start < hidden_end and hidden_start < end
        for passage in clause.passages
        for start, end in _words(passage)
        for hidden_start, hidden_end in sight.hidden
    )


def _words(passage: SettledPassage) -> Iterable[tuple[int, int]]:
    return [(one.finding.start, one.finding.end) for one in passage.opinions if one.finding]
