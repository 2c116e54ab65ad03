"""Every measure of agreement on a question, with its interval and what it rests on.

The measures answer different questions. The percentage says how often reviewers say the same, by
chance or not. The others take chance away, each with its own idea of chance: kappa from each
reviewer's habits, Fleiss' kappa and alpha from all of them together, AC1 so that it holds where
nearly all clauses are alike. Where they lie far apart, the answers are lopsided. What a figure
allows one to say is told in `meaning.py`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np

from annotator.compare.bootstrap import RESAMPLES, SEED, Interval, Resamples
from annotator.compare.coefficients import (
    Coefficient,
    ac1,
    alpha,
    alpha_of,
    fleiss,
    kappa_of,
    of,
    percent,
)
from annotator.compare.questions import Answers, Question
from annotator.compare.ratings import Ints, Ratings

MEASURES = ("percent", "fleiss_kappa", "ac1", "alpha")
"""What is measured of all reviewers together; of a pair it is `percent` and `kappa`."""

_NAMED: tuple[tuple[str, Coefficient], ...] = (
    ("percent", percent),
    ("fleiss_kappa", fleiss),
    ("ac1", ac1),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: `percent`, `fleiss_kappa`, `ac1`, `alpha` or `kappa`; `None` where undefined."""

    measure: str
    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Measures of some answers, and what they rest on.

    `clauses` counts those that at least two answered, `differing` those on which not all said the
    same, `uncommon` those where anyone gave another answer than the `usual`, which is the
    commonest.
    """

    clauses: int
    differing: int
    uncommon: int
    usual: Hashable
    figures: tuple[Figure, ...]

    def figure(self, measure: str) -> Figure:
        """The figure of that name; `KeyError` where there is none."""
        for one in self.figures:
            if one.measure == measure:
                return one
        raise KeyError(measure)

    @property
    def main(self) -> Figure:
        """The figure that the rest explains: alpha of all together, kappa of a pair."""
        return self.figures[-1]


@dataclass(frozen=True, slots=True)
class PairFigures(Figures):
    """Two reviewers on one question, over the clauses that both answered.

    `table[i][j]` counts the clauses to which the first gave answer `i` and the second answer `j`,
    in the question's order of answers.
    """

    first: str
    second: str
    table: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Measured(Figures):
    """All measures of one question.

    `answered` counts for each answer that occurs the clauses to which anyone gave it. `pairs` has
    each pair of reviewers with the percentage and Cohen's kappa.
    """

    question: Question
    answered: tuple[tuple[Hashable, int], ...]
    pairs: tuple[PairFigures, ...]

    def clauses_with(self, answer: Hashable) -> int:
        """The clauses, of those that two answered, to which anyone gave this answer."""
        return dict(self.answered).get(answer, 0)


def measure(
    answers: Answers,
    question: Question,
    *,
    among: Sequence[str] | None = None,
    pairs: bool = True,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Measured:
    """All measures of a question over the clauses of `answers`; reproducible by the seed.

    Alpha is nominal, ordinal for severity and by MASI for sets of concerns. `resamples` 0 leaves
    intervals out, which costs next to nothing; without `pairs` no two are measured by themselves.
    """
    ratings = answers.ratings(question, among=among)
    names = tuple(among or answers.reviewers)
    return measured(question, ratings, names, pairs=pairs, resamples=resamples, seed=seed)


def measured(
    question: Question,
    ratings: Ratings,
    names: Sequence[str],
    *,
    pairs: bool = True,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Measured:
    """All measures of ratings, whose rows are the reviewers named; see `measure`."""
    paired = ratings.paired()
    counts = paired.counts()
    drawn = Resamples(ratings, resamples=resamples, seed=seed) if resamples else None
    graded = partial(alpha, level=question.level)
    figures = [
        Figure(name, of(one, paired), drawn.interval(one) if drawn else None)
        for name, one in _NAMED
    ]
    figures.append(
        Figure("alpha", alpha_of(paired, question.level), drawn.interval(graded) if drawn else None)
    )
    given = paired.occurs @ (counts > 0)
    usual = int(np.argmax(paired.occurs @ counts)) if counts.size else 0
    others = counts.sum(axis=1) - counts[:, usual] if counts.size else np.zeros(0)
    return Measured(
        clauses=paired.units,
        differing=int(paired.occurs @ (counts.max(axis=1, initial=0) < counts.sum(axis=1))),
        uncommon=int(paired.occurs @ (others > 0)),
        usual=ratings.domain[usual] if ratings.domain else None,
        figures=tuple(figures),
        question=question,
        answered=tuple(
            (value, int(n)) for value, n in zip(ratings.domain, given, strict=True) if n
        ),
        pairs=tuple(
            _pair(ratings, names[i], names[j], ratings.pair(i, j), drawn)
            for i, j in combinations(range(len(names)), 2)
            if pairs
        ),
    )


def _pair(
    ratings: Ratings, first: str, second: str, table: Ints, drawn: Resamples | None
) -> PairFigures:
    clauses, same = int(table.sum()), int(np.trace(table))
    usual = int(np.argmax(table.sum(axis=0) + table.sum(axis=1))) if table.size else 0
    around = drawn.pair(table) if drawn else (None, None)
    return PairFigures(
        clauses=clauses,
        differing=clauses - same,
        uncommon=clauses - int(table[usual, usual]) if table.size else 0,
        usual=ratings.domain[usual] if ratings.domain else None,
        figures=(
            Figure("percent", same / clauses if clauses else None, around[0]),
            Figure("kappa", kappa_of(table), around[1]),
        ),
        first=first,
        second=second,
        table=tuple(tuple(row) for row in table.tolist()),
    )


def measure_all(
    answers: Answers,
    *kinds: str,
    pairs: bool = True,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> list[Measured]:
    """The measures of every question of these kinds that two reviewers answered about a clause.

    Of codes and safeguards only those that somebody used.
    """
    found = []
    for question in answers.questions(*kinds):
        one = measure(answers, question, pairs=pairs, resamples=resamples, seed=seed)
        if one.clauses and (one.uncommon or question.kind in ("concern", "concerns")):
            found.append(one)
    return found
