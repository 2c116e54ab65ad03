"""A 95 % interval for any coefficient, by drawing clauses anew (percentile bootstrap).

B. Efron 1979, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7. Clauses
of one article are not independent readings, so a true interval is rather wider.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotator.compare.coefficients import Coefficient, kappas
from annotator.compare.ratings import Floats, Ratings

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

    Drawn once for all measures of the same ratings. Units with the same values are interchangeable,
    so what is drawn is how often each pattern occurs.
    """

    def __init__(self, ratings: Ratings, *, resamples: int = RESAMPLES, seed: int = SEED) -> None:
        self._paired = ratings.paired()
        counts = self._paired.counts()
        differing = (counts.max(axis=1, initial=0) < counts.sum(axis=1)).any()
        self._telling = self._paired.units >= UNITS_AT_LEAST and bool(differing)
        self._draws: Floats | None = None
        self._resamples, self._seed = resamples, seed

    def interval(self, coefficient: Coefficient) -> Interval | None:
        """The coefficient's interval.

        `None` for fewer than ten units, where the observers never differed (every draw would
        repeat it), or where more than one draw in twenty is undefined, which happens with fewer
        than about three clauses marked.
        """
        return middle(coefficient(self._paired, self._drawn())) if self._telling else None

    def kappa(self, first: int, second: int) -> Interval | None:
        """The interval of Cohen's kappa of two observers, by their rows; as `interval`."""
        table = self._paired.pair(first, second)
        count = int(table.sum())
        if count < UNITS_AT_LEAST or int(np.trace(table)) == count:
            return None
        values = len(table)
        one, other = self._paired.patterns[[first, second]]
        cell = np.zeros((len(one), values, values))
        both = np.flatnonzero((one >= 0) & (other >= 0))
        cell[both, one[both], other[both]] = 1
        drawn = self._drawn() @ cell.reshape(len(one), values * values)
        return middle(kappas(drawn.reshape(-1, values, values)))

    def _drawn(self) -> Floats:
        if self._draws is None:
            occurs = self._paired.occurs
            count = int(occurs.sum())
            rng = np.random.default_rng(self._seed)
            drawn = rng.multinomial(count, occurs / count, size=self._resamples)
            # Whole numbers far below 2**53, exact as floats, which multiply several times faster.
            self._draws = drawn.astype(np.float64)
        return self._draws


def middle(figures: Floats) -> Interval | None:
    """The middle 95 % of the figures; `None` where more than one in twenty is undefined."""
    if np.isnan(figures).mean() > _UNDEFINED_AT_MOST:
        return None
    low, high = np.nanquantile(figures, (0.025, 0.975))
    return Interval(float(low), float(high))
