"""Agreement as programs get it: plain data, figures in full, null where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotator.compare.bootstrap import Interval
from annotator.compare.confusions import Confusion
from annotator.compare.gamma import Gamma
from annotator.compare.listing import Comparison, because
from annotator.compare.marking import PairMarking
from annotator.compare.marksmeaning import marks_meaning
from annotator.compare.meaning import meaning
from annotator.compare.measures import Figure, Measured, PairFigures
from annotator.compare.parts import Part
from annotator.compare.talking import Talk


def record(found: Comparison) -> dict[str, Any]:
    """Everything measured."""
    slugs = [document.slug for document in found.documents.values()]
    return {
        **({"document": slugs[0]} if len(slugs) == 1 else {"documents": slugs}),
        "reviewers": list(found.names.values()),
        "concerns": [
            {**_alpha_record(one), "pairs": [_pair_record(pair, found.names) for pair in one.pairs]}
            for one in found.concerns
        ],
        "questions": [_question_record(one, found.names) for one in found.questions],
        "parts": [_part_record(found, one) for one in found.parts],
        "marks": [_marking_record(one, found.names) for one in found.marks],
        "units": [
            {
                "concern": one.category or "all",
                "units": one.units,
                "observed": one.observed,
                "expected": one.expected,
                "alpha": one.alpha,
                "interval": _bounds(one.interval),
                "meaning": marks_meaning(one),
            }
            for one in found.units
        ],
        "gamma": _gamma_record(found.gamma) if found.gamma else None,
        "confusions": [_confusion_record(one) for one in found.confusions],
        "talk": [_talk_record(found, one) for one in found.talks],
    }


def _gamma_record(found: Gamma) -> dict[str, Any]:
    return {"value": found.value, "marks": found.marks, "state": found.state}


def _alpha_record(found: Measured) -> dict[str, Any]:
    return {
        "concern": found.question.concern,
        "clauses": found.clauses,
        "marked": found.clauses_with(1),
        "alpha": found.main.value,
        "interval": _bounds(found.main.interval),
        "meaning": meaning(found),
    }


def _pair_record(pair: PairFigures, names: Mapping[str, str]) -> dict[str, Any]:
    (neither, second_only), (first_only, both) = pair.table
    return {
        "reviewers": [names[pair.first], names[pair.second]],
        "clauses": pair.clauses,
        "both": both,
        "first_only": first_only,
        "second_only": second_only,
        "neither": neither,
        "agreement": pair.figure("percent").value,
        "kappa": pair.main.value,
        "interval": _bounds(pair.main.interval),
        "meaning": meaning(pair),
    }


def _question_record(found: Measured, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "question": found.question.kind,
        **found.question.named,
        **_measured_record(found),
        "level": found.question.level,
        "pairs": [
            {
                "reviewers": [names[pair.first], names[pair.second]],
                "clauses": pair.clauses,
                "measures": _figures_record(pair.figures),
                "meaning": meaning(pair),
            }
            for pair in found.pairs
        ],
    }


def _measured_record(found: Measured) -> dict[str, Any]:
    return {
        "clauses": found.clauses,
        "differing": found.differing,
        "uncommon": found.uncommon,
        "measures": _figures_record(found.figures),
        "meaning": meaning(found),
    }


def _part_record(found: Comparison, part: Part) -> dict[str, Any]:
    document = found.documents.get(part.document)
    where: dict[str, Any] = {"by": part.kind}
    if document:
        where["document"] = document.slug
    if document and part.kind == "article":
        clause = document.clause(part.name) if part.name else None
        where |= {
            "article": part.name or None,
            "citation": clause.citation if clause else None,
            "heading": clause.heading if clause else None,
        }
    if part.kind in ("month", "week"):
        where[part.kind] = part.name
    asked = part.measured.question
    return {**where, "question": asked.kind, **asked.named, **_measured_record(part.measured)}


def _confusion_record(found: Confusion) -> dict[str, Any]:
    return {
        "concern": found.concern or "all",
        "labels": list(found.labels),
        "counts": [list(row) for row in found.counts],
    }


def _talk_record(found: Comparison, talk: Talk) -> dict[str, Any]:
    return {
        "document": found.documents[talk.document].slug,
        "eid": talk.eid,
        "citation": talk.citation,
        "worth": talk.worth,
        "why": [
            {"reason": one.why, "n": one.n, "of": one.of, "says": because(one)}
            for one in talk.reasons
        ],
        "differences": [one.kind for one in talk.differences],
    }


def _figures_record(figures: Sequence[Figure]) -> dict[str, Any]:
    return {one.measure: {"value": one.value, "interval": _bounds(one.interval)} for one in figures}


def _marking_record(one: PairMarking, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "concern": one.concern or "all",
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
        "precision_interval": _bounds(one.precision_interval),
        "recall_interval": _bounds(one.recall_interval),
        "meaning": marks_meaning(one.found),
    }


def _bounds(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None
