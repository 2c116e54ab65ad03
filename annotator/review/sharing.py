"""Sharing a text out among reviewers, so that each clause gets as many as asked and all get alike.

A text is given out in portions as it is read: an article, the preamble, an annex, a whole news
item. The longest go first, each to those who have about the fewest words so far (after Graham 1969,
longest processing time); where nothing was given out before, nobody then has more words than
another by more than twice the longest portion. The same texts and reviewers give the same shares.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from annotator.errors import AnnotatorError
from annotator.model import Assignment, Clause, Document
from annotator.review.reading import sheets


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a text that is given out together.

    `given` are the eIds an assignment must name to cover it and nothing else, `(None,)` for the
    whole text; `eids` the clauses in it, `words` how many words those have themselves.
    """

    document: str
    eid: str
    number: str
    heading: str
    kind: str
    given: tuple[str | None, ...]
    eids: tuple[str, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Share:
    """What a reviewer (id) is given: portions, and how many clauses and words they come to."""

    reviewer: str
    portions: tuple[Portion, ...] = field(default=())

    @property
    def clauses(self) -> int:
        """The clauses to read."""
        return sum(len(portion.eids) for portion in self.portions)

    @property
    def words(self) -> int:
        """The words to read."""
        return sum(portion.words for portion in self.portions)


def portions(document: Document) -> list[Portion]:
    """The parts of a text in its own order; together they hold every reviewable clause once."""
    everything = {clause.eid for clause in document.reviewable()}
    found = []
    for sheet in sheets(document):
        given: tuple[str | None, ...] = (sheet.eid,)
        if set(sheet.eids) == everything:
            given = (None,)
        elif covered(document, sheet.eid) != set(sheet.eids):
            given = sheet.eids
        words = sum(
            len(document.text[clause.body : clause.own_end].split()) for clause, _ in sheet.clauses
        )
        found.append(
            Portion(
                document.id,
                sheet.eid,
                sheet.number,
                sheet.heading,
                sheet.kind,
                given,
                sheet.eids,
                words,
            )
        )
    return found


def covered(document: Document, eid: str | None) -> set[str]:
    """The reviewable clauses that an assignment of a clause, or of the whole text, gives out."""
    by_eid, reviewable = _index(document)
    if eid is None:
        return {clause.eid for clause in reviewable}
    whole = by_eid.get(eid) or document.clause(eid)
    first = bisect_left(reviewable, whole.start, key=lambda clause: clause.start)
    last = bisect_left(reviewable, whole.end, key=lambda clause: clause.start)
    return {clause.eid for clause in reviewable[first:last] if clause.end <= whole.end}


@lru_cache(maxsize=16)
def _index(document: Document) -> tuple[dict[str, Clause], list[Clause]]:
    """The clauses by eId, and those that can be reviewed by where they begin."""
    reviewable = sorted(document.reviewable(), key=lambda clause: clause.start)
    return {clause.eid: clause for clause in document.clauses}, reviewable


def holders(document: Document, assignments: Iterable[Assignment]) -> dict[str, set[str]]:
    """By clause, the reviewers (ids) it is assigned to, in whatever portion."""
    held: dict[str, set[str]] = {clause.eid: set() for clause in document.reviewable()}
    for one in assignments:
        if one.document == document.id:
            for eid in covered(document, one.eid):
                held[eid].add(one.reviewer)
    return held


def evenly(
    parts: Sequence[Portion],
    reviewers: Sequence[str],
    each: int,
    *,
    held: Mapping[tuple[str, str], Iterable[str]] | None = None,
) -> list[Share]:
    """What to give to each reviewer (ids) so that `each` of them read every clause.

    `held` says who has a portion, named by document and eId, already: those count, and only who is
    still missing is chosen. A share for every reviewer, in the order given. `AnnotatorError` where
    there are fewer reviewers than each clause needs.
    """
    people = list(dict.fromkeys(reviewers))
    if each < 1:
        raise AnnotatorError(
            f"{each} reviewers a clause is none: ask for 1 or more", key="no_reviewers"
        )
    if each > len(people):
        raise AnnotatorError(
            f"{each} reviewers a clause are more than the {len(people)} there are: "
            "ask for fewer, or add reviewers",
            key="too_many_reviewers",
            each=each,
            there=len(people),
        )
    loads: Counter[str] = Counter()
    have = {
        (part.document, part.eid): set((held or {}).get((part.document, part.eid), ()))
        for part in parts
    }
    for part in parts:
        for person in have[part.document, part.eid]:
            loads[person] += part.words
    given: dict[str, set[int]] = {person: set() for person in people}
    met: Counter[frozenset[str]] = Counter()
    for place in sorted(range(len(parts)), key=lambda n: (-parts[n].words, n)):
        part = parts[place]
        there = have[part.document, part.eid]
        for person in _missing(part, people, there, each, loads, met):
            loads[person] += part.words
            given[person].add(place)
    return [
        Share(person, tuple(parts[place] for place in sorted(given[person]))) for person in people
    ]


def _missing(
    part: Portion,
    people: Sequence[str],
    there: set[str],
    each: int,
    loads: Mapping[str, int],
    met: Counter[frozenset[str]],
) -> list[str]:
    """Who is to read a portion besides those who do.

    First whoever has least; then, of those who have no more than the portion above that, whoever
    has read least together with the others, so that everyone can be compared with everyone.
    """
    free = [person for person in people if person not in there]
    chosen: list[str] = []
    while free and len(chosen) < each - len(there):
        free.sort(key=lambda person: (loads.get(person, 0), people.index(person)))
        limit = loads.get(free[0], 0) + part.words
        beside = [*there, *chosen]
        near = [one for one in free if loads.get(one, 0) <= limit] if beside else free[:1]
        one = min(near, key=lambda one: sum(met[frozenset((one, other))] for other in beside))
        met.update(frozenset((one, other)) for other in beside)
        chosen.append(one)
        free.remove(one)
    return chosen
