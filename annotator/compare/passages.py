"""Passages: marks of several reviewers that speak of the same words, gathered to be held together.

A passage holds marks of the same concern, polarity and code whose words overlap; passages that
overlap and have no reviewer in common are then joined, nearest meaning first, since there one
reviewer says one thing of the words and another says something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.compare.extents import Extents, clip, covers, overlap, trimmed
from annotator.compare.reading import Reading
from annotator.model import Annotation, Clause


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation, and the clauses whose words it covers, in text order."""

    annotation: Annotation
    clauses: tuple[Clause, ...]

    @property
    def meaning(self) -> tuple[str, str, str]:
        """Its concern, polarity and code."""
        a = self.annotation
        return a.concern, a.polarity, a.code


Passage = list[Mark]
"""Marks that speak of the same words; never empty."""


def passages(
    reading: Reading, annotations: Iterable[Annotation], reviewers: frozenset[str]
) -> list[Passage]:
    """The passages of those reviewers' marks; a mark counts where its reviewer has read a clause.

    Neither the order of the reviewers nor that of the annotations changes them.
    """
    return _passages(_readers_marks(reading, annotations, reviewers))


def clauses_of(passage: Passage) -> list[Clause]:
    """The clauses that the passage touches, in text order."""
    return sorted(
        {clause for mark in passage for clause in mark.clauses}, key=lambda clause: clause.body
    )


def _readers_marks(
    reading: Reading, annotations: Iterable[Annotation], chosen: frozenset[str]
) -> Iterator[Mark]:
    for annotation in annotations:
        if annotation.document == reading.document.id and annotation.reviewer in chosen:
            clauses = reading.touched(annotation)
            if any(annotation.reviewer in reading.readers(clause.eid) for clause in clauses):
                yield Mark(annotation, clauses)


def _passages(marks: Iterable[Mark]) -> list[Passage]:
    alike: dict[Hashable, list[Mark]] = defaultdict(list)
    for mark in marks:
        alike[mark.meaning].append(mark)
    passages: list[Passage] = []
    for meaning in sorted(alike, key=repr):
        end = -1
        for mark in sorted(alike[meaning], key=_place):
            if mark.annotation.start < end:
                passages[-1].append(mark)
            else:
                passages.append([mark])
            end = max(end, mark.annotation.end)
    return _joined(sorted(passages, key=lambda passage: _place(passage[0])))


def _joined(passages: list[Passage]) -> list[Passage]:
    candidates = []
    for i, one in enumerate(passages):
        end = max(mark.annotation.end for mark in one)
        for j in range(i + 1, len(passages)):
            other = passages[j]
            if other[0].annotation.start >= end:
                break
            shared = overlap(_extents(one), _extents(other))
            if shared and not _who(one) & _who(other):
                candidates.append((_distance(one, other), -shared, i, j))
    belongs = list(range(len(passages)))
    for _, _, i, j in sorted(candidates):
        keep, drop = belongs[i], belongs[j]
        if not _who(passages[keep]) & _who(passages[drop]):
            passages[keep] = passages[keep] + passages[drop]
            passages[drop] = []
            belongs = [keep if place == drop else place for place in belongs]
    return [passage for passage in passages if passage]


def _distance(one: Passage, other: Passage) -> int:
    (concern, polarity, code), (concern_, polarity_, code_) = one[0].meaning, other[0].meaning
    if concern != concern_:
        return 3
    if polarity != polarity_:
        return 2
    return 1 if code and code_ else 0


class InClause:
    """A passage as seen from one clause, among the reviewers who have read that clause.

    `given` has what each of them says of it, `words` where; `silent` are those who left it
    unmarked. Only words in clauses count that everyone here who says something has read.
    """

    def __init__(
        self,
        reading: Reading,
        clause: Clause,
        passage: Passage,
        readers: frozenset[str],
        touched: Sequence[Clause],
    ) -> None:
        self.document = reading.document
        self.clause = clause
        speaking = _who(passage) & readers
        common = [
            other for other in touched if other == clause or speaking <= reading.readers(other.eid)
        ]
        self.read_by_all = [
            (other.start, other.own_end)
            for other in touched
            if readers <= reading.readers(other.eid)
        ]
        self.given: dict[str, list[Annotation]] = {}
        self.words: dict[str, Extents] = {}
        for reviewer in sorted(speaking):
            said = [mark.annotation for mark in passage if mark.annotation.reviewer == reviewer]
            words = self._words_of(said, common)
            if words:
                self.given[reviewer] = said
                self.words[reviewer] = words
        self.silent = tuple(sorted(readers - set(self.given)))

    def _words_of(self, said: Iterable[Annotation], clauses: Iterable[Clause]) -> Extents:
        marked = covers((a.start, a.end) for a in said)
        own = clip(marked, ((clause.body, clause.own_end) for clause in clauses))
        headed = clip(marked, ((clause.start, clause.own_end) for clause in clauses))
        return trimmed(self.document.text, own or headed)


def _who(marks: Iterable[Mark]) -> frozenset[str]:
    return frozenset(mark.annotation.reviewer for mark in marks)


def _extents(marks: Iterable[Mark]) -> Extents:
    return covers((mark.annotation.start, mark.annotation.end) for mark in marks)


def spot(annotation: Annotation) -> tuple[int, int, str, str, str, str]:
    """What marks are put in order by: place, then meaning."""
    a = annotation
    return a.start, a.end, a.concern, a.polarity, a.code, a.id


def _place(mark: Mark) -> tuple[int, int, str, str, str, str]:
    return spot(mark.annotation)
