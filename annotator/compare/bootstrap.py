"""A 95 % interval for any coefficient, by drawing clauses anew (percentile bootstrap).

B. Efron 1979, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7. Clauses
of one article are not independent readings, so a true interval is rather wider.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotator.compare.coefficients import Coefficient, kappas
from annotator.compare.ratings import Floats, Ints, Ratings

RESAMPLES = 2000
SEED = 20241224
_UNDEFINED_AT_MOST = 0.05
_UNITS_AT_LEAST = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval: the middle 95 % of the figures that resampled clauses give."""

    low: float
    high: float


def interval(
    coefficient: Coefficient, ratings: Ratings, *, resamples: int = RESAMPLES, seed: int = SEED
) -> Interval | None:
    """The coefficient's interval over units drawn with replacement; reproducible by its seed.

    `None` for fewer than ten units, where the observers never differed (every draw would repeat
    it), or where more than one draw in twenty is undefined, which happens with fewer than about
    three clauses marked.
    """
    paired = ratings.paired()
    counts = paired.counts()
    differing = (counts.max(axis=1, initial=0) < counts.sum(axis=1)).any()
    if paired.units < _UNITS_AT_LEAST or not differing:
        return None
    return _middle(coefficient(paired, _draws(paired.occurs, resamples, seed)))


def kappa_interval(table: Ints, *, resamples: int = RESAMPLES, seed: int = SEED) -> Interval | None:
    """The interval of Cohen's kappa from its table of counts, as `interval` makes it."""
    count = int(table.sum())
    if count < _UNITS_AT_LEAST or int(np.trace(table)) == count:
        return None
    drawn = _draws(table.ravel(), resamples, seed).reshape(resamples, *table.shape)
    return _middle(kappas(drawn))


def _draws(occurs: Ints, resamples: int, seed: int) -> Ints:
    # Units with the same values are interchangeable: drawing how often each pattern occurs is the
    # same as drawing units.
    count = int(occurs.sum())
    return np.random.default_rng(seed).multinomial(count, occurs / count, size=resamples)


def _middle(figures: Floats) -> Interval | None:
    if np.isnan(figures).mean() > _UNDEFINED_AT_MOST:
        return None
    low, high = np.nanquantile(figures, (0.025, 0.975))
    return Interval(float(low), float(high))
