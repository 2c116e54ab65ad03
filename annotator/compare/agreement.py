"""Agreement beyond chance, how sure it is, and in plain words what it allows one to say."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

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
                interval=drawn.kappa(table),
            )
        )
    return result


Verdict = Literal[
    "none",
    "one",
    "nobody",
    "everyone",
    "few_marked",
    "few_unmarked",
    "never",
    "below_chance",
    "firm",
    "tentative",
    "reaches",
    "unclear",
    "differ",
]
"""What a figure allows one to say, or why there is none."""

_MEANINGS: dict[Verdict, str] = {
    "none": "No clause has been reviewed by two people yet.",
    "one": "Only one clause was reviewed by two people: too few for a figure.",
    "nobody": "Nobody marked any of the {n} clauses. They agree, but no figure can tell that from "
    "chance.",
    "everyone": "Everyone marked all {n} clauses. They agree, but no figure can tell that from "
    "chance.",
    "few_marked": "Only {few} marked by anyone. One more could move the figure far: do not quote "
    "it.",
    "few_unmarked": "Only {few} left unmarked by anyone. One more could move the figure far: do "
    "not quote it.",
    "never": "They never differed on {n} clauses, so no interval can be given.",
    "below_chance": "They agree less than chance would. Check that all read the same definition.",
    "firm": "They read these alike. Fit for firm statements.",
    "tentative": "They mostly read these alike. Fit for tentative statements.",
    "reaches": "They mostly read these alike. Fit for tentative statements; the interval reaches "
    f"below {TENTATIVE:.2f}.",
    "unclear": "Could be poor, could be fair. Talk through the definitions before you quote this.",
    "differ": "They read these differently. Settle what counts before you quote anything.",
}


def verdict(found: Agreement) -> Verdict:
    """What the figure allows one to say, or why there is none."""
    if found.clauses < 2:
        return "one" if found.clauses else "none"
    if found.alpha is None:
        return "everyone" if found.marked else "nobody"
    if not found.quotable:
        return "few_marked" if found.marked <= found.unmarked else "few_unmarked"
    if found.interval is None:
        return "never"
    if found.alpha < 0:
        return "below_chance"
    if found.interval.low >= FIRM:
        return "firm"
    if found.interval.low >= TENTATIVE:
        return "tentative"
    if found.alpha >= TENTATIVE:
        return "reaches"
    return "unclear" if found.interval.high >= TENTATIVE else "differ"


def meaning(found: Agreement) -> str:
    """The verdict in one plain sentence or two."""
    few = min(found.marked, found.unmarked)
    shown = f"{few} clause{' was' if few == 1 else 's were'}"
    return _MEANINGS[verdict(found)].format(n=found.clauses, few=shown)
