"""Figures of agreement as tables of plain values, for a spreadsheet or another program.

In English, as all files are; figures are in full, and `None` where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.compare.bootstrap import Interval
from annotator.compare.confusions import Confusion
from annotator.compare.listing import because
from annotator.compare.marking import PairMarking
from annotator.compare.marksmeaning import marks_meaning
from annotator.compare.meaning import meaning
from annotator.compare.measures import Figures
from annotator.compare.talking import Talk
from annotator.compare.unitizing import Unitizing
from annotator.model import Document

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The heads of the columns, and the rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def figures_sheet(found: Iterable[tuple[Mapping[str, Value], Figures]]) -> Sheet:
    """A row for each of the figures: what they are of, on how many clauses, each with its bounds.

    All have the same measures, and are told by the same names.
    """
    heads: tuple[str, ...] = ()
    rows = []
    for named, one in found:
        heads = (
            *named,
            *("clauses", "differing", "uncommon"),
            *(f"{f.measure}{end}" for f in one.figures for end in ("", "_low", "_high")),
            "meaning",
        )
        bounds = [(f.value, *_bounds(f.interval)) for f in one.figures]
        rows.append(
            (
                *named.values(),
                *(one.clauses, one.differing, one.uncommon),
                *(value for several in bounds for value in several),
                meaning(one),
            )
        )
    return Sheet(heads, tuple(rows))


def marks_sheet(found: Iterable[PairMarking], names: Mapping[str, str]) -> Sheet:
    """A row for each pair of reviewers and way of matching their marks."""
    return Sheet(
        (
            *("concern", "first", "second", "matching", "clauses"),
            *("marks_first", "marks_second", "matched"),
            *("precision", "precision_low", "precision_high", "recall", "recall_low"),
            *("recall_high", "f1", "f1_low", "f1_high", "meaning"),
        ),
        tuple(
            (
                *(one.concern or "all", names[one.first], names[one.second]),
                *(one.found.matching, one.clauses),
                *(one.found.first, one.found.second, one.found.matched),
                *(one.found.precision, *_bounds(one.precision_interval)),
                *(one.found.recall, *_bounds(one.recall_interval)),
                *(one.found.f1, *_bounds(one.interval)),
                marks_meaning(one.found),
            )
            for one in found
        ),
    )


def units_sheet(found: Iterable[Unitizing]) -> Sheet:
    """A row for each concern, and one for all: alpha for unitizing."""
    return Sheet(
        (
            *("concern", "units", "observed", "expected"),
            *("alpha", "alpha_low", "alpha_high", "meaning"),
        ),
        tuple(
            (
                *(one.category or "all", one.units, one.observed, one.expected, one.alpha),
                *_bounds(one.interval),
                marks_meaning(one),
            )
            for one in found
        ),
    )


def confusion_sheet(found: Confusion) -> Sheet:
    """A row for each two labels that met, from both sides."""
    return Sheet(
        ("concern", "label", "other_said", "times", "share"),
        tuple(
            (found.concern or "all", label, other, found.counts[i][j], found.share(i, j))
            for i, label in enumerate(found.labels)
            for j, other in enumerate(found.labels)
            if found.counts[i][j]
        ),
    )


def talk_sheet(found: Sequence[Talk], documents: Mapping[str, Document]) -> Sheet:
    """A row a clause, the one most worth talking about first."""
    return Sheet(
        ("place", "document", "citation", "eid", "worth", "why", "differences"),
        tuple(
            (
                place,
                documents[one.document].slug,
                one.citation,
                one.eid,
                one.worth,
                "; ".join(map(because, one.reasons)),
                ", ".join(difference.kind for difference in one.differences),
            )
            for place, one in enumerate(found, start=1)
        ),
    )


def _bounds(interval: Interval | None) -> tuple[float | None, float | None]:
    return (interval.low, interval.high) if interval else (None, None)
