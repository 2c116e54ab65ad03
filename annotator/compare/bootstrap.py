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
UNITS_AT_LEAST = 10
"""With fewer units no interval is given."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval: the middle 95 % of the figures that resampled clauses give."""

    low: float
    high: float


class Resamples:
    """Units drawn with replacement, as often as there are, `resamples` times; reproducible.

    Units alike to a measure are interchangeable, so what is drawn is how often each kind of unit
    occurs: for most measures how many observers gave which value, for a pair who gave which.
    """

    def __init__(self, ratings: Ratings, *, resamples: int = RESAMPLES, seed: int = SEED) -> None:
        self._alike = ratings.paired().regardless_of_whom()
        counts = self._alike.counts()
        differing = (counts.max(axis=1, initial=0) < counts.sum(axis=1)).any()
        self._telling = self._alike.units >= UNITS_AT_LEAST and bool(differing)
        self._draws: Ints | None = None
        self._resamples, self._seed = resamples, seed

    def interval(self, coefficient: Coefficient) -> Interval | None:
        """The interval of a coefficient that does not ask who gave a value.

        `None` for fewer than ten units, where the observers never differed (every draw would
        repeat it), or where more than one draw in twenty is undefined, which happens with fewer
        than about three clauses marked.
        """
        if not self._telling:
            return None
        if self._draws is None:
            self._draws = self._draw(self._alike.occurs)
        return middle(coefficient(self._alike, self._draws))

    def pair(self, table: Ints) -> tuple[Interval | None, Interval | None]:
        """The intervals of the percentage and of Cohen's kappa of two, from their table of counts.

        `None` as in `interval`; the percentage has one wherever there are ten units and the two
        ever differed.
        """
        count = int(table.sum())
        if count < UNITS_AT_LEAST or int(np.trace(table)) == count:
            return None, None
        drawn = self._draw(table.ravel()).reshape(-1, *table.shape)
        return middle(np.einsum("tii->t", drawn) / count), middle(kappas(drawn))

    def _draw(self, occurs: Ints) -> Ints:
        count = int(occurs.sum())
        rng = np.random.default_rng(self._seed)
        return rng.multinomial(count, occurs / count, size=self._resamples)


def middle(figures: Floats) -> Interval | None:
    """The middle 95 % of the figures; `None` where more than one in twenty is undefined."""
    defined = figures[~np.isnan(figures)]
    if len(defined) < (1 - _UNDEFINED_AT_MOST) * len(figures):
        return None
    low, high = np.quantile(defined, (0.025, 0.975))
    return Interval(float(low), float(high))
