"""Agreement as the command line prints it: plain data, and tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.codebook import Codebook
from annotator.compare.agreement import (
    Agreement,
    PairAgreement,
    agreement,
    meaning,
    pair_agreements,
)
from annotator.compare.bootstrap import Interval
from annotator.compare.marking import PairMarking, markings, pair_markings
from annotator.compare.measures import Figure, Measured, belief, measure_all
from annotator.compare.questions import Text, answers
from annotator.compare.unitizing import Unitizing
from annotator.compare.values import ClauseValues, clause_values
from annotator.listing import figure, table

_SHOWN = ("percent", "fleiss_kappa", "ac1", "alpha")


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is measured of some texts and reviewers; `names` are theirs by id."""

    texts: tuple[Text, ...]
    names: Mapping[str, str]
    concerns: tuple[tuple[Agreement, tuple[PairAgreement, ...]], ...]
    questions: tuple[Measured, ...]
    marks: tuple[PairMarking, ...]
    units: tuple[Unitizing, ...]


def compared(
    texts: Sequence[Text], names: Mapping[str, str], codebook: Codebook, *kinds: str
) -> Comparison:
    """Everything measured over these texts; the questions of some kinds only, where given."""
    ids = tuple(names)
    concerns = []
    for concern in codebook.concerns:
        values = _together([_values(text, ids, concern.id) for text in texts])
        concerns.append((agreement(values), tuple(pair_agreements(values))))
    return Comparison(
        texts=tuple(texts),
        names=names,
        concerns=tuple(concerns),
        questions=tuple(measure_all(answers(texts, ids, codebook), *kinds)),
        marks=tuple(pair_markings(texts, ids)),
        units=tuple(markings(texts, ids)),
    )


def record(found: Comparison) -> dict[str, Any]:
    """Everything measured, figures in full; where there is none, null."""
    slugs = [text.document.slug for text in found.texts]
    return {
        **({"document": slugs[0]} if len(slugs) == 1 else {"documents": slugs}),
        "reviewers": list(found.names.values()),
        "concerns": [
            {**_alpha_record(one), "pairs": [_pair_record(pair, found.names) for pair in pairs]}
            for one, pairs in found.concerns
        ],
        "questions": [_question_record(one, found.names) for one in found.questions],
        "marks": [_marking_record(one, found.names) for one in found.marks],
        "units": [
            {
                "concern": one.category or "all",
                "units": one.units,
                "observed": one.observed,
                "expected": one.expected,
                "alpha": one.alpha,
            }
            for one in found.units
        ],
    }


def lines(found: Comparison, *, kinds: Sequence[str] = ()) -> Iterator[str]:
    """The concerns as two tables, pairs first; then the questions of these kinds, and the marks."""
    titles = "; ".join(text.document.title for text in found.texts)
    yield f"{titles}: {', '.join(found.names.values())}"
    yield ""
    yield from table(
        ("concern", "pair", "clauses", "agree", "kappa", "95 %"),
        [_pair_cells(pair, found.names) for _, pairs in found.concerns for pair in pairs],
    )
    yield ""
    yield from table(
        ("concern", "clauses", "marked", "alpha", "95 %", "what it allows one to say"),
        [_alpha_cells(one) for one, _ in found.concerns],
    )
    asked = [one for one in found.questions if one.question.kind in kinds]
    if asked:
        yield ""
        yield from table(
            ("question", "clauses", "differ", "agree", "fleiss", "ac1", "alpha", "95 %", "belief"),
            [_question_cells(one) for one in asked],
        )
    if kinds:
        yield ""
        yield from table(
            ("pair", "marks", "matched by", "both", "precision", "recall", "f1", "95 %"),
            [_marking_cells(one, found.names) for one in found.marks],
        )
        yield ""
        yield from table(
            ("marks of", "units", "alpha for unitizing"),
            [(one.category or "all", str(one.units), figure(one.alpha)) for one in found.units],
        )


def _values(text: Text, reviewers: Sequence[str], concern: str) -> ClauseValues:
    return clause_values(text.document, text.annotations, text.reviews, reviewers, concern=concern)


def _together(values: Sequence[ClauseValues]) -> ClauseValues:
    first = values[0]
    return ClauseValues(
        concern=first.concern,
        polarity=first.polarity,
        reviewers=first.reviewers,
        eids=tuple(eid for one in values for eid in one.eids),
        rows=tuple(
            tuple(value for one in values for value in one.rows[row])
            for row in range(len(first.reviewers))
        ),
    )


def _alpha_record(found: Agreement) -> dict[str, Any]:
    return {
        "concern": found.concern,
        "clauses": found.clauses,
        "marked": found.marked,
        "alpha": found.alpha,
        "interval": _bounds(found.interval),
        "meaning": meaning(found),
    }


def _pair_record(pair: PairAgreement, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "reviewers": [names[pair.first], names[pair.second]],
        "clauses": pair.clauses,
        "both": pair.both,
        "first_only": pair.first_only,
        "second_only": pair.second_only,
        "neither": pair.neither,
        "agreement": pair.observed,
        "kappa": pair.kappa,
        "interval": _bounds(pair.interval),
    }


def _question_record(found: Measured, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "question": found.question.kind,
        **found.question.named,
        "clauses": found.clauses,
        "differing": found.differing,
        "uncommon": found.uncommon,
        "measures": _figures_record(found.figures),
        "level": found.question.level,
        "pairs": [
            {
                "reviewers": [names[pair.first], names[pair.second]],
                "clauses": pair.clauses,
                "measures": _figures_record(pair.figures),
            }
            for pair in found.pairs
        ],
        "meaning": belief(found),
    }


def _figures_record(figures: Sequence[Figure]) -> dict[str, Any]:
    return {one.measure: {"value": one.value, "interval": _bounds(one.interval)} for one in figures}


def _marking_record(one: PairMarking, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "reviewers": [names[one.first], names[one.second]],
        "matching": one.found.matching,
        "clauses": one.clauses,
        "first": one.found.first,
        "second": one.found.second,
        "matched": one.found.matched,
        "precision": one.found.precision,
        "recall": one.found.recall,
        "f1": one.found.f1,
        "interval": _bounds(one.interval),
    }


def _pair_cells(pair: PairAgreement, names: Mapping[str, str]) -> tuple[str, ...]:
    return (
        pair.concern,
        f"{names[pair.first]} / {names[pair.second]}",
        str(pair.clauses),
        _share(pair.observed),
        figure(pair.kappa),
        _range(pair.interval),
    )


def _alpha_cells(found: Agreement) -> tuple[str, ...]:
    return (
        found.concern,
        str(found.clauses),
        str(found.marked),
        figure(found.alpha),
        _range(found.interval),
        meaning(found),
    )


def _question_cells(found: Measured) -> tuple[str, ...]:
    figures = {one.measure: one for one in found.figures}
    percent, *rest = (figures[name].value for name in _SHOWN)
    return (
        " ".join((found.question.kind, *found.question.named.values())),
        str(found.clauses),
        str(found.differing),
        _share(percent),
        *map(figure, rest),
        _range(figures["alpha"].interval),
        belief(found),
    )


def _marking_cells(one: PairMarking, names: Mapping[str, str]) -> tuple[str, ...]:
    found = one.found
    return (
        f"{names[one.first]} / {names[one.second]}",
        f"{found.first} / {found.second}",
        found.matching,
        str(found.matched),
        *map(figure, (found.precision, found.recall, found.f1)),
        _range(one.interval),
    )


def _bounds(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def _range(interval: Interval | None) -> str:
    return "" if interval is None else f"{interval.low:.2f} to {interval.high:.2f}"
