"""Which labels are taken for which: where one reviewer said this, what the others said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotator.codebook import Codebook
from annotator.compare.marking import marks_by_clause
from annotator.compare.passages import spot
from annotator.compare.questions import Text
from annotator.compare.spans import matched
from annotator.model import POLARITIES, Annotation

UNMARKED = "unmarked"
"""What the other said who has read the clause and left the words as they are."""
ELSEWHERE = "another concern"
"""What the other said who sees another concern in the same words."""
NO_CODE = "no code"
"""A mark of the concern whose code was left open."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """A table of labels by labels; `concern` is "" where the labels are of all concerns.

    `counts[i][j]`: how often a mark with label `i` met `labels[j]` of another reviewer in the same
    words. Every two reviewers are held together once, seen from both sides, so the table reads the
    same by rows and by columns; what both left unmarked is nowhere. A row adds up to the marks with
    that label, times the others who read the clause.
    """

    concern: str
    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def share(self, row: int, column: int) -> float | None:
        """Of what met the marks with the row's label, the share that had the column's."""
        whole = sum(self.counts[row])
        return self.counts[row][column] / whole if whole else None


def confusions(
    texts: Iterable[Text], reviewers: Sequence[str], codebook: Codebook
) -> list[Confusion]:
    """Concerns (with polarity) by concerns, then for each concern that anyone marked its codes.

    Marks are held against each other where they share words, in clauses both reviewers have read;
    those with the same label first, then those that share most. Labels are `concern polarity`
    (`privacy risk`), or ids of codes as they are called now, which occur, in the codebook's order.
    """
    met = list(_met((text.now(codebook) for text in texts), reviewers))
    concerns = [
        f"{concern.id} {polarity}" for concern in codebook.concerns for polarity in POLARITIES
    ]
    found = [_table("", concerns, [], met, lambda a: f"{a.concern} {a.polarity}")]
    for concern in codebook.concerns:
        codes = [code.id for code in concern.codes]
        about = [
            (one, other)
            for one, other in met
            if concern.id in (one and one.concern, other and other.concern)
        ]
        if about:
            found.append(
                _table(concern.id, [*codes, NO_CODE], [ELSEWHERE], about, _code_of(concern.id))
            )
    return found


Met = tuple[Annotation | None, Annotation | None]
"""Marks of two reviewers on the same words; `None` for one who left them unmarked."""


def _met(texts: Iterable[Text], reviewers: Sequence[str]) -> Iterator[Met]:
    for text in texts:
        reading, marks = marks_by_clause(text)
        marking = {eid for _, eid in marks}
        for clause in reading.clauses:
            if clause.eid not in marking:
                continue
            readers = [one for one in reviewers if one in reading.readers(clause.eid)]
            for first, second in combinations(readers, 2):
                yield from _partners(
                    marks.get((first, clause.eid), []),
                    marks.get((second, clause.eid), []),
                )


def _partners(ours: Sequence[Annotation], theirs: Sequence[Annotation]) -> Iterator[Met]:
    """Each mark with the one it meets: of the same label if there is such a one."""
    # In an order of their own, so that of equal ones the same meet whoever is asked first.
    left = [sorted(ours, key=spot), sorted(theirs, key=spot)]
    for depth in (3, 2, 1, 0):  # the same code, the same polarity, the same concern, anything
        groups: dict[object, tuple[list[Annotation], list[Annotation]]] = defaultdict(
            lambda: ([], [])
        )
        for side, marks in enumerate(left):
            for mark in marks:
                groups[(mark.concern, mark.polarity, mark.code)[:depth]][side].append(mark)
        taken: set[str] = set()
        for one, other in groups.values():
            for i, j in matched(_spans(one), _spans(other)):
                yield one[i], other[j]
                taken |= {one[i].id, other[j].id}
        left = [[mark for mark in marks if mark.id not in taken] for marks in left]
    yield from ((mark, None) for mark in left[0])
    yield from ((None, mark) for mark in left[1])


def _spans(marks: Iterable[Annotation]) -> list[tuple[int, int]]:
    return [(mark.start, mark.end) for mark in marks]


def _code_of(concern: str) -> Callable[[Annotation], str]:
    return lambda a: (a.code or NO_CODE) if a.concern == concern else ELSEWHERE


def _table(
    concern: str,
    known: Sequence[str],
    besides: Sequence[str],
    met: Iterable[Met],
    label: Callable[[Annotation], str],
) -> Confusion:
    counted: Counter[tuple[str, str]] = Counter()
    for one, other in met:
        pair = (label(one) if one else UNMARKED), (label(other) if other else UNMARKED)
        counted[pair] += 1
        counted[pair[::-1]] += 1
    used = {name for pair in counted for name in pair}
    others = sorted(used - {*known, *besides, UNMARKED})
    labels = [name for name in (*known, *others, *besides, UNMARKED) if name in used]
    return Confusion(
        concern,
        tuple(labels),
        tuple(tuple(counted[row, column] for column in labels) for row in labels),
    )
