"""What reviewers' decisions say of the rules: how often each is kept, and what its score becomes.

A rule's `score` is what its author believes: the share of its matches that a careful reader keeps.
Decisions correct it. The belief counts as much as `WEIGHT` decisions, so the score after them is
the mean of a beta distribution that began with the belief (A. Gelman et al., Bayesian Data
Analysis, 3rd ed. 2013, section 2.4): `(WEIGHT * score + kept) / (WEIGHT + decided)`.

>>> round(corrected(0.8, RuleFare("gag-duty", accepted=1, rejected=7)), 2)
0.35
"""

from __future__ import annotations

from annotator.highlight.evaluate import wilson
from annotator.model import RuleFare

WEIGHT = 4
WEAK = 0.4
"""A rule that reviewers have brought below this is shown as weak, behind the others."""
FEWEST = 3
"""Decisions before a rule is called weak: one rejection says little."""


def interval(fare: RuleFare) -> tuple[float, float] | None:
    """The 95 % interval of a rule's precision, by Wilson's score; None before a decision."""
    return wilson(fare.kept, fare.decided)


def corrected(score: float, fare: RuleFare | None) -> float:
    """A rule's score after the decisions on it, 0 to 1; its own before the first."""
    if fare is None or not fare.decided:
        return score
    return (WEIGHT * score + fare.kept) / (WEIGHT + fare.decided)


def is_weak(score: float, fare: RuleFare | None) -> bool:
    """Whether decisions, `FEWEST` or more, have brought the rule below `WEAK`."""
    return fare is not None and fare.decided >= FEWEST and corrected(score, fare) < WEAK
