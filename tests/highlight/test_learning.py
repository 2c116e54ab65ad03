"""Decisions correct what a rule's author believed of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.highlight.learning import WEAK, WEIGHT, Fare, corrected, is_weak, sunk
from annotator.model import Suggestion

counts = st.integers(0, 60)
fares = st.builds(Fare, st.just("r"), counts, counts, counts)
scores = st.floats(0, 1)


@pytest.mark.parametrize(
    ("score", "accepted", "changed", "rejected", "after", "weak"),
    [
        (0.9, 0, 0, 0, 0.9, False),
        (0.9, 0, 0, 1, 0.72, False),
        (0.9, 0, 0, 5, 0.4, False),
        (0.9, 0, 0, 6, 0.36, True),
        (0.3, 0, 0, 0, 0.3, False),  # its author said so: it is seldom kept, and no one has tried
        (0.3, 4, 0, 0, 0.65, False),
        (0.5, 0, 4, 0, 0.75, False),
        (0.8, 1, 0, 7, 0.35, True),
    ],
)
def test_a_rule_sinks_with_what_is_rejected(score, accepted, changed, rejected, after, weak):
    fare = Fare("r", accepted, changed, rejected)
    assert corrected(score, fare) == pytest.approx(after)
    assert is_weak(score, fare) is weak


@given(scores, fares)
def test_the_score_lies_between_the_belief_and_what_was_seen(score, fare):
    after = corrected(score, fare)
    if fare.precision is None:
        assert after == score
    else:
        low, high = sorted((score, fare.precision))
        assert low - 1e-9 <= after <= high + 1e-9
        assert fare.interval[0] <= fare.precision <= fare.interval[1]


@given(scores, fares)
def test_one_more_rejection_never_lifts_and_one_more_kept_never_sinks(score, fare):
    worse = Fare("r", fare.accepted, fare.changed, fare.rejected + 1)
    better = Fare("r", fare.accepted + 1, fare.changed, fare.rejected)
    assert corrected(score, worse) <= corrected(score, fare) + 1e-12
    assert corrected(score, better) >= corrected(score, fare) - 1e-12
    assert not is_weak(score, better) or is_weak(score, fare)


def test_only_the_rules_that_were_decided_on_change():
    one = Suggestion(0, 1, "a", "privacy", "risk", rule="r", score=0.9, reason="")
    other = Suggestion(0, 1, "a", "privacy", "risk", rule="s", score=0.9, reason="")
    found = sunk([one, other], {"r": Fare("r", rejected=WEIGHT)})
    assert [round(each.score, 3) for each in found] == [0.45, 0.9]
    assert found[0].score > WEAK
