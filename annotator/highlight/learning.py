"""What reviewers' decisions say of the rules: how often each is kept, and what its score becomes.

A rule's `score` is what its author believes: the share of its matches that a careful reader keeps.
Decisions correct it. The belief counts as much as `WEIGHT` decisions, so the score after them is
the mean of a beta distribution that began with the belief (A. Gelman et al., Bayesian Data
Analysis, 3rd ed. 2013, section 2.4): `(WEIGHT * score + kept) / (WEIGHT + decided)`.

>>> corrected(0.8, Fare("gag-duty", accepted=1, changed=0, rejected=7))
0.35
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from annotator.highlight.evaluate import wilson
from annotator.model import Suggestion

WEIGHT = 4
WEAK = 0.4
"""A rule that reviewers have brought below this is shown as weak, behind the others."""


@dataclass(frozen=True, slots=True)
class Fare:
    """How often reviewers accepted, changed and rejected what a rule proposed.

    Two reviewers' decisions on one suggestion count as two. A suggestion that was changed is kept:
    there was a reason to look.
    """

    rule: str
    accepted: int = 0
    changed: int = 0
    rejected: int = 0

    @property
    def kept(self) -> int:
        """Accepted as it was, or changed."""
        return self.accepted + self.changed

    @property
    def decided(self) -> int:
        """All decisions."""
        return self.kept + self.rejected

    @property
    def precision(self) -> float | None:
        """The share that was kept, 0 to 1; None before the first decision."""
        return self.kept / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of `precision`, by Wilson's score."""
        return wilson(self.kept, self.decided)


def corrected(score: float, fare: Fare | None) -> float:
    """A rule's score after the decisions on it, 0 to 1; its own before the first."""
    if fare is None or not fare.decided:
        return score
    return (WEIGHT * score + fare.kept) / (WEIGHT + fare.decided)


def is_weak(score: float, fare: Fare | None) -> bool:
    """Whether decisions, not the author, have brought the rule below `WEAK`."""
    return fare is not None and fare.rejected > 0 and corrected(score, fare) < WEAK


def sunk(suggestions: Iterable[Suggestion], fares: Mapping[str, Fare]) -> list[Suggestion]:
    """The suggestions with the scores that decisions left them, in the same order."""
    return [replace(one, score=corrected(one.score, fares.get(one.rule))) for one in suggestions]
