"""Agreement on parts of the clauses: text by text, along a treaty, or as it went over time."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from annotator.compare.bootstrap import RESAMPLES, SEED
from annotator.compare.measures import Measured, measured
from annotator.compare.questions import Answers, Asked, Question

PartKind = Literal["document", "article", "month", "week"]
PART_KINDS: tuple[PartKind, ...] = get_args(PartKind)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the clauses, and all measures of a question on them.

    `document` is the id of the text that they are of, "" where they are of several. `name` is, by
    kind: "" for a whole text, the eid of an article (preamble, annex, section; "" for what is in
    none), a month as `2026-03`, or a week by ISO 8601 as `2026-W12`.
    """

    kind: PartKind
    document: str
    name: str
    measured: Measured


def measure_parts(
    answers: Answers,
    question: Question,
    kind: PartKind,
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> list[Part]:
    """The measures of each part that holds a clause which two reviewers answered.

    Texts and articles come in the order of the clauses, months and weeks the first one first. A
    clause belongs to the month in which the last of its readers was done with it (UTC): only from
    then on could they differ on it.
    """
    named = _NAMED[kind]
    places: dict[tuple[str, str], list[int]] = {}
    several = answers.read.sum(axis=0) > 1
    for place in np.flatnonzero(several).tolist():
        places.setdefault(named(answers.clauses[place]), []).append(place)
    keys = sorted(places) if kind in ("month", "week") else list(places)
    found = answers.split(question, [np.array(places[key]) for key in keys])
    parts = [
        Part(
            kind,
            *key,
            measured(
                question, ratings, answers.reviewers, pairs=False, resamples=resamples, seed=seed
            ),
        )
        for key, ratings in zip(keys, found, strict=True)
    ]
    return [part for part in parts if part.measured.clauses]


def _week(clause: Asked) -> tuple[str, str]:
    year, week, _ = datetime.date.fromisoformat(clause.when[:10]).isocalendar()
    return "", f"{year}-W{week:02}"


_NAMED: dict[PartKind, Callable[[Asked], tuple[str, str]]] = {
    "document": lambda clause: (clause.document, ""),
    "article": lambda clause: (clause.document, clause.article),
    "month": lambda clause: ("", clause.when[:7]),
    "week": _week,
}
