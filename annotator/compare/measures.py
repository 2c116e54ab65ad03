"""Every measure of agreement on a question, its interval, and whether it can be believed.

The measures answer different questions. The percentage says how often reviewers say the same, by
chance or not. The others take chance away, each with its own idea of chance: kappa from each
reviewer's habits, Fleiss' kappa and alpha from all of them together, AC1 so that it holds where
nearly all clauses are alike. Where they lie far apart, the answers are lopsided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np

from annotator.compare.agreement import FEW_MARKED, FIRM, TENTATIVE
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
from annotator.compare.ratings import Ratings

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
class PairFigures:
    """Two reviewers on one question, over the clauses that both answered."""

    first: str
    second: str
    clauses: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """All measures of one question.

    `clauses` counts those that at least two answered, `uncommon` those of them where anyone gave
    another answer than the commonest, `differing` those on which not all said the same. `pairs` has
    each pair of reviewers with Cohen's kappa and the percentage.
    """

    question: Question
    clauses: int
    differing: int
    uncommon: int
    figures: tuple[Figure, ...]
    pairs: tuple[PairFigures, ...]

    def figure(self, measure: str) -> Figure:
        """The figure of that name; `KeyError` where there is none."""
        for one in self.figures:
            if one.measure == measure:
                return one
        raise KeyError(measure)

    @property
    def quotable(self) -> bool:
        """Whether alpha is defined and enough clauses hold a second answer for it to stay put."""
        return self.figure("alpha").value is not None and self.uncommon >= FEW_MARKED


def measure(
    answers: Answers,
    question: Question,
    *,
    among: Sequence[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Measured:
    """All measures of a question over the clauses of `answers`; reproducible by the seed.

    Alpha is nominal, ordinal for severity and by MASI for sets of concerns. `resamples` 0 leaves
    intervals out, which costs next to nothing.
    """
    ratings = answers.ratings(question, among=among)
    paired = ratings.paired()
    counts = paired.counts()
    commonest = np.argmax(paired.occurs @ counts) if counts.size else 0
    others = counts.sum(axis=1) - counts[:, commonest]
    drawn = Resamples(ratings, resamples=resamples, seed=seed) if resamples else None
    graded = partial(alpha, level=question.level)
    figures = [
        Figure(name, of(one, paired), drawn.interval(one) if drawn else None)
        for name, one in _NAMED
    ]
    figures.append(
        Figure("alpha", alpha_of(paired, question.level), drawn.interval(graded) if drawn else None)
    )
    names = tuple(among or answers.reviewers)
    return Measured(
        question=question,
        clauses=paired.units,
        differing=int(paired.occurs @ (counts.max(axis=1, initial=0) < counts.sum(axis=1))),
        uncommon=int(paired.occurs @ (others > 0)),
        figures=tuple(figures),
        pairs=tuple(
            _pair(ratings, names, i, j, drawn) for i, j in combinations(range(len(names)), 2)
        ),
    )


def _pair(
    ratings: Ratings, names: Sequence[str], i: int, j: int, drawn: Resamples | None
) -> PairFigures:
    table = ratings.pair(i, j)
    clauses = int(table.sum())
    same = int(np.trace(table)) / clauses if clauses else None
    around = drawn.kappa(table) if drawn else None
    return PairFigures(
        names[i],
        names[j],
        clauses,
        (Figure("percent", same, None), Figure("kappa", kappa_of(table), around)),
    )


def measure_all(
    answers: Answers, *kinds: str, resamples: int = RESAMPLES, seed: int = SEED
) -> list[Measured]:
    """The measures of every question of these kinds that two reviewers answered about a clause.

    Of codes and safeguards only those that somebody used.
    """
    found = []
    for question in answers.questions(*kinds):
        one = measure(answers, question, resamples=resamples, seed=seed)
        if one.clauses and (one.uncommon or question.kind in ("concern", "concerns")):
            found.append(one)
    return found


def belief(found: Measured) -> str:
    """One plain sentence: what the figures allow one to say, or why they must not be believed."""
    value, bounds = found.figure("alpha").value, found.figure("alpha").interval
    if not found.clauses:
        return "No clause has been judged by two people yet."
    if value is None:
        return (
            f"All answers on {found.clauses} clauses are the same. They agree, but no figure can "
            "tell that from chance."
        )
    if not found.quotable:
        return (
            f"Only {found.uncommon} of {found.clauses} clauses hold any answer but the commonest. "
            "One more could move the figures far: do not quote them."
        )
    if not found.differing:
        return f"They never differed on {found.clauses} clauses, so no interval can be given."
    low = bounds.low if bounds else value
    if value < 0:
        return "They agree less than chance would. Check that all read the same definition."
    if low >= FIRM:
        return "They judge this alike. Fit for firm statements."
    if value >= TENTATIVE:
        return "They mostly judge this alike. Fit for tentative statements" + (
            "." if low >= TENTATIVE else f"; the interval reaches below {TENTATIVE:.2f}."
        )
    if bounds and bounds.high >= TENTATIVE:
        return "Could be poor, could be fair. Talk through the definitions before you quote this."
    return "They judge this differently. Settle what counts before you quote anything."
