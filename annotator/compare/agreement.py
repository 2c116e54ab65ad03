"""Agreement beyond chance, how sure it is, and in plain words what it allows one to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

import krippendorff
import numpy as np
import numpy.typing as npt

from annotator.compare.values import ClauseValues

TENTATIVE = 0.667
"""Below this alpha no conclusion should rest on the data (Krippendorff 2004, p. 241)."""
FIRM = 0.800
"""From this alpha on the data bear firm conclusions (the same place)."""
FEW_MARKED = 10
"""With fewer clauses marked, or left unmarked, by anyone, one more can move a figure far."""

_RESAMPLES = 2000
_UNDEFINED_AT_MOST = 0.05
_RESAMPLED_AT_LEAST = 10

Row = Sequence[Hashable | None]


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval: the middle 95 % of the figures that resampled clauses give."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha for one concern over the clauses that at least two reviewed.

    `marked` counts those of the `clauses` that anyone marked, `unmarked` those that anyone left
    unmarked; where they differed a clause is in both. `alpha` is `None` where there are
    fewer than two clauses or all values are the same; `interval` also where resampling cannot give
    one (see `agreement`).
    """

    concern: str
    clauses: int
    marked: int
    unmarked: int
    alpha: float | None
    interval: Interval | None

    @property
    def quotable(self) -> bool:
        """Whether there is a figure, and enough of both answers for it to hold still."""
        return self.alpha is not None and min(self.marked, self.unmarked) >= FEW_MARKED


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two reviewers and one concern, over the clauses both reviewed, as counts of clauses.

    `observed` is the share of clauses on which they gave the same value; `kappa` is Cohen's.
    Either is `None` where it is undefined.
    """

    concern: str
    first: str
    second: str
    both: int
    first_only: int
    second_only: int
    neither: int
    kappa: float | None
    interval: Interval | None

    @property
    def clauses(self) -> int:
        """The clauses both reviewed."""
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def observed(self) -> float | None:
        """The share of those clauses with the same value, 0 to 1, chance included."""
        return (self.both + self.neither) / self.clauses if self.clauses else None


def cohens_kappa(first: Row, second: Row) -> float | None:
    """Cohen's kappa of two rows of categories over the units where both have a value.

    (observed - expected) / (1 - expected), where the expected agreement comes from each row's own
    shares of the categories (J. Cohen 1960, "A coefficient of agreement for nominal scales",
    Educational and Psychological Measurement 20). `None` without a common unit, and where expected
    agreement is 1 because both rows hold one and the same category: nothing can then be told from
    chance, so it is never reported as 1.
    """
    units = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    if not units:
        return None
    count = len(units)
    shares_first = Counter(a for a, _ in units)
    shares_second = Counter(b for _, b in units)
    # In whole numbers up to the division, so that "expected agreement is 1" is exact.
    agreed = sum(a == b for a, b in units)
    by_chance = sum(shares_first[value] * shares_second[value] for value in shares_first)
    if by_chance == count * count:
        return None
    return (agreed * count - by_chance) / (count * count - by_chance)


def krippendorffs_alpha(rows: Sequence[Row]) -> float | None:
    """Krippendorff's alpha for categories, a row an observer and a column a unit.

    Computed by the `krippendorff` package, nominal (K. Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability"). Units with fewer than two values say nothing about agreement and are left
    out. `None` where fewer than two units remain or all values in them are the same.
    """
    counts = _value_counts(rows)
    if len(counts) < 2 or np.count_nonzero(counts.sum(axis=0)) < 2:
        return None
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def agreement(
    values: ClauseValues, *, resamples: int = _RESAMPLES, seed: int = 20241224
) -> Agreement:
    """Alpha for one concern with a bootstrap interval over clauses; reproducible by its seed.

    Clauses are drawn with replacement as often as there are clauses, `resamples` times. No interval
    is given for fewer than ten clauses, where the reviewers never differed (every draw would repeat
    it), or where more than one draw in twenty has a single value left, which happens with fewer
    than about three marked clauses. Clauses of one article are not independent readings, so a true
    interval is rather wider than this one.
    """
    counts = _value_counts(values.rows, domain=(0, 1))
    return Agreement(
        concern=values.concern,
        clauses=len(counts),
        marked=int(np.count_nonzero(counts[:, 1])),
        unmarked=int(np.count_nonzero(counts[:, 0])),
        alpha=krippendorffs_alpha(values.rows),
        interval=_alpha_interval(counts, resamples, seed),
    )


def pair_agreements(
    values: ClauseValues, *, resamples: int = _RESAMPLES, seed: int = 20241224
) -> list[PairAgreement]:
    """Cohen's kappa and the four counts behind it, for each pair in the order of the reviewers.

    The interval is made as in `agreement`.
    """
    result = []
    for first, second in combinations(values.reviewers, 2):
        rows = values.row(first), values.row(second)
        cells = Counter(zip(*rows, strict=True))
        table = (cells[1, 1], cells[1, 0], cells[0, 1], cells[0, 0])
        result.append(
            PairAgreement(
                values.concern,
                first,
                second,
                *table,
                kappa=cohens_kappa(*rows),
                interval=_kappa_interval(table, resamples, seed),
            )
        )
    return result


def meaning(found: Agreement) -> str:
    """One plain sentence or two: what the figure allows one to say, or why there is none."""
    n, marked = found.clauses, found.marked
    if n == 0:
        return "No clause has been reviewed by two people yet."
    if n == 1:
        return "Only one clause was reviewed by two people: too few for a figure."
    if found.alpha is None and marked == 0:
        return (
            f"Nobody marked any of the {n} clauses. They agree, but no figure can tell that from "
            "chance."
        )
    if found.alpha is None:
        return (
            f"Everyone marked all {n} clauses. They agree, but no figure can tell that from chance."
        )
    if not found.quotable:
        few, what = min((marked, "marked"), (found.unmarked, "left unmarked"))
        return (
            f"Only {few} clause{' was' if few == 1 else 's were'} {what} by anyone. One more could "
            "move the figure far: do not quote it."
        )
    if found.interval is None:
        return f"They never differed on {n} clauses, so no interval can be given."
    return _verdict(found.alpha, found.interval)


def _verdict(alpha: float, interval: Interval) -> str:
    low, high = interval.low, interval.high
    if alpha < 0:
        return "They agree less than chance would. Check that all read the same definition."
    if low >= FIRM:
        return "They read these alike. Fit for firm statements."
    if low >= TENTATIVE:
        return "They mostly read these alike. Fit for tentative statements."
    if alpha >= TENTATIVE:
        return (
            "They mostly read these alike. Fit for tentative statements; the interval reaches "
            f"below {TENTATIVE:.2f}."
        )
    if high >= TENTATIVE:
        return "Could be poor, could be fair. Talk through the definitions before you quote this."
    return "They read these differently. Settle what counts before you quote anything."


def _value_counts(
    rows: Sequence[Row], *, domain: Sequence[Hashable] | None = None
) -> npt.NDArray[np.int64]:
    """How often each value was given to each unit that has two values or more: units x values."""
    units = [[v for v in unit if v is not None] for unit in zip(*rows, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    if domain is None:
        domain = list(dict.fromkeys(value for unit in units for value in unit))
    counts = [[unit.count(value) for value in domain] for unit in units]
    return np.array(counts, dtype=np.int64).reshape(len(units), len(domain))


def _alpha_interval(counts: npt.NDArray[np.int64], resamples: int, seed: int) -> Interval | None:
    if len(counts) < _RESAMPLED_AT_LEAST:
        return None
    # Units with the same counts are interchangeable: drawing how often each pattern occurs is the
    # same as drawing units, and there are a few dozen patterns at most.
    patterns, occurs = np.unique(counts, axis=0, return_counts=True)
    drawn = _draws(occurs, resamples, seed)
    size = patterns.sum(axis=1)
    differing = (size**2 - (patterns**2).sum(axis=1)) / (size - 1)
    if not differing.any():
        return None
    totals = drawn @ patterns
    pairable = totals.sum(axis=1)
    expected = pairable**2 - (totals**2).sum(axis=1)
    return _middle(1 - _ratio((pairable - 1) * (drawn @ differing), expected))


def _kappa_interval(table: Sequence[int], resamples: int, seed: int) -> Interval | None:
    _, first_only, second_only, _ = table
    if sum(table) < _RESAMPLED_AT_LEAST or not first_only + second_only:
        return None
    drawn = _draws(np.array(table), resamples, seed)
    both_, first_, second_, neither_ = drawn.T
    count = sum(table)
    by_chance = (both_ + first_) * (both_ + second_) + (second_ + neither_) * (first_ + neither_)
    return _middle(_ratio((both_ + neither_) * count - by_chance, count**2 - by_chance))


def _draws(occurs: npt.NDArray[np.int64], resamples: int, seed: int) -> npt.NDArray[np.int64]:
    count = int(occurs.sum())
    return np.random.default_rng(seed).multinomial(count, occurs / count, size=resamples)


def _ratio(
    above: npt.NDArray[np.generic], below: npt.NDArray[np.generic]
) -> npt.NDArray[np.float64]:
    undefined = np.full(len(below), np.nan)
    np.divide(above, below, out=undefined, where=below != 0, dtype=np.float64)
    return undefined


def _middle(figures: npt.NDArray[np.float64]) -> Interval | None:
    if np.isnan(figures).mean() > _UNDEFINED_AT_MOST:
        return None
    low, high = np.nanquantile(figures, (0.025, 0.975))
    return Interval(float(low), float(high))
