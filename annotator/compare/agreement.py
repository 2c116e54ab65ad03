"""Agreement beyond chance, how sure it is, and in plain words what it allows one to say."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from annotator.compare.bootstrap import RESAMPLES, SEED, Interval, Resamples
from annotator.compare.coefficients import alpha, alpha_of, kappa_of
from annotator.compare.ratings import Ratings
from annotator.compare.values import ClauseValues

TENTATIVE = 0.667
"""Below this alpha no conclusion should rest on the data (Krippendorff 2004, p. 241)."""
FIRM = 0.800
"""From this alpha on the data bear firm conclusions (the same place)."""
FEW_MARKED = 10
"""With fewer clauses marked, or left unmarked, by anyone, one more can move a figure far."""


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


def agreement(values: ClauseValues, *, resamples: int = RESAMPLES, seed: int = SEED) -> Agreement:
    """Alpha for one concern with its bootstrap interval over clauses; reproducible by its seed.

    No interval is given where resampling cannot give one (see `bootstrap.Resamples`).
    """
    ratings = Ratings.of(values.rows, domain=(0, 1)).paired()
    unmarked, marked = (int(ratings.occurs @ (ratings.counts()[:, place] > 0)) for place in (0, 1))
    return Agreement(
        concern=values.concern,
        clauses=ratings.units,
        marked=marked,
        unmarked=unmarked,
        alpha=alpha_of(ratings),
        interval=Resamples(ratings, resamples=resamples, seed=seed).interval(alpha),
    )


def pair_agreements(
    values: ClauseValues, *, resamples: int = RESAMPLES, seed: int = SEED
) -> list[PairAgreement]:
    """Cohen's kappa and the four counts behind it, for each pair in the order of the reviewers.

    The interval is made as in `agreement`.
    """
    ratings = Ratings.of(values.rows, domain=(0, 1))
    drawn = Resamples(ratings, resamples=resamples, seed=seed)
    result = []
    for first, second in combinations(range(len(values.reviewers)), 2):
        table = ratings.pair(first, second)
        (neither, second_only), (first_only, both) = table.tolist()
        result.append(
            PairAgreement(
                values.concern,
                values.reviewers[first],
                values.reviewers[second],
                both=both,
                first_only=first_only,
                second_only=second_only,
                neither=neither,
                kappa=kappa_of(table),
                interval=drawn.kappa(first, second),
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
