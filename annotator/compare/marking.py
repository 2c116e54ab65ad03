"""Agreement on where marks are, over one text or many: pairs of reviewers, and all of them.

Only words that all who are compared have read count. A mark belongs to the clause it begins in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from annotator.compare.bootstrap import RESAMPLES, SEED, UNITS_AT_LEAST, Interval, middle
from annotator.compare.coefficients import ratio
from annotator.compare.questions import Text
from annotator.compare.reading import Reading
from annotator.compare.spans import MATCHINGS, SpanAgreement, span_agreements
from annotator.compare.unitizing import Unitizing, on_continuum, unitizing
from annotator.model import Annotation

_Marks = Mapping[tuple[str, str], list[Annotation]]


@dataclass(frozen=True, slots=True)
class PairMarking:
    """Two reviewers' marks matched in one way; `interval` is that of F1, beside its two parts'.

    Of one `concern`, or where it is "" of all of them.
    """

    first: str
    second: str
    clauses: int
    found: SpanAgreement
    interval: Interval | None
    precision_interval: Interval | None = None
    recall_interval: Interval | None = None
    concern: str = ""


def pair_markings(
    texts: Iterable[Text],
    reviewers: Sequence[str],
    *,
    concern: str = "",
    each: bool = False,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> list[PairMarking]:
    """How far each pair's marks are the same, for each way of matching, in reviewers' order.

    Of one `concern` where it is given; with `each` then also of each that anyone marked. The
    intervals are over clauses drawn with replacement; clauses without marks are drawn too and
    change nothing. `None` for fewer than ten clauses with marks, or where the two never differed.
    """
    read = [marks_by_clause(text, concern=concern or None) for text in texts]
    several = {one.concern for _, marks in read for found in marks.values() for one in found}
    found = []
    for asked in (concern, *(sorted(several) if each else ())):
        chosen = [(reading, _of(marks, asked)) for reading, marks in read] if asked else read
        for first, second in combinations(reviewers, 2):
            clauses, counted = _counted(chosen, first, second)
            for place, matching in enumerate(MATCHINGS):
                table = np.array(
                    [(one[place].first, one[place].second, one[place].matched) for one in counted],
                    dtype=np.int64,
                ).reshape(-1, 3)
                agreement = SpanAgreement(matching, *table.sum(axis=0).tolist())
                around = _intervals(table, resamples, seed)
                found.append(PairMarking(first, second, clauses, agreement, *around, asked))
    return found


def _of(marks: _Marks, concern: str) -> _Marks:
    chosen = {
        place: [one for one in found if one.concern == concern] for place, found in marks.items()
    }
    return {place: found for place, found in chosen.items() if found}


def _counted(
    read: Sequence[tuple[Reading, _Marks]], first: str, second: str
) -> tuple[int, list[list[SpanAgreement]]]:
    """How many clauses both have read, and their agreement in each that one of them marked."""
    clauses = 0
    counted: list[list[SpanAgreement]] = []
    for reading, marks in read:
        for clause in reading.clauses:
            if {first, second} <= reading.readers(clause.eid):
                clauses += 1
                ours, theirs = (marks.get((one, clause.eid), []) for one in (first, second))
                if ours or theirs:
                    counted.append(span_agreements(ours, theirs))
    return clauses, counted


def markings(
    texts: Iterable[Text],
    reviewers: Sequence[str],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> list[Unitizing]:
    """Krippendorff's alpha for unitizing of each concern anyone marked, and of all, the last.

    On the words that all these reviewers have read, in any order of the texts. Marks
    of one reviewer and concern that overlap are one unit. The intervals are over clauses drawn with
    replacement; `resamples` 0 leaves them out.
    """
    units: dict[str, list[list[tuple[int, int]]]] = defaultdict(lambda: [[] for _ in reviewers])
    length = 0
    clauses: list[int] = []
    begins: list[int] = []
    for text in texts:
        begins.append(length)
        reading = Reading(text.document, text.reviews)
        read = [
            (clause.body, clause.own_end)
            for clause in reading.clauses
            if reading.readers(clause.eid).issuperset(reviewers)
        ]
        marked: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
        for annotation in text.annotations:
            if annotation.reviewer in reviewers and annotation.document == text.document.id:
                row = reviewers.index(annotation.reviewer)
                marked[annotation.concern, row].append((annotation.start, annotation.end))
        for (concern, row), ranges in marked.items():
            placed, _ = on_continuum(ranges, read)
            units[concern][row] += [(start + length, end + length) for start, end in placed]
        for start, end in sorted(read):
            clauses.append(length)
            length += end - start
    return unitizing(
        {concern: units[concern] for concern in sorted(units)},
        length=length,
        clauses=clauses,
        texts=begins,
        resamples=resamples,
        seed=seed,
    )


def marks_by_clause(
    text: Text, *, concern: str | None = None
) -> tuple[Reading, dict[tuple[str, str], list[Annotation]]]:
    """Who has read what, and the marks by reviewer and clause (its eid): the one they begin in."""
    reading = Reading(text.document, text.reviews)
    marks: dict[tuple[str, str], list[Annotation]] = defaultdict(list)
    for annotation in text.annotations:
        if annotation.document == text.document.id and concern in (None, annotation.concern):
            for clause in reading.touched(annotation)[:1]:
                marks[annotation.reviewer, clause.eid].append(annotation)
    return reading, marks


def _intervals(
    table: np.ndarray[tuple[int, int], np.dtype[np.int64]], resamples: int, seed: int
) -> tuple[Interval | None, Interval | None, Interval | None]:
    """Of F1, of precision and of recall."""
    first, second, matched = table.T
    if not resamples or len(table) < UNITS_AT_LEAST or (2 * matched == first + second).all():
        return None, None, None
    patterns, occurs = np.unique(table, axis=0, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(table), occurs / len(table), size=resamples)
    first_, second_, matched_ = (drawn @ patterns).T
    shares = ((2 * matched_, first_ + second_), (matched_, second_), (matched_, first_))
    of_f1, of_precision, of_recall = (middle(ratio(above, below)) for above, below in shares)
    return of_f1, of_precision, of_recall
