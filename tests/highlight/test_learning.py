"""Decisions correct what a rule's author believed of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.highlight.learning import FEWEST, corrected, interval, is_weak
from annotator.model import RuleFare

counts = st.integers(0, 60)
fares = st.builds(RuleFare, st.just("r"), counts, counts, counts)
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
        (0.4, 0, 0, 1, 0.32, False),  # one rejection says little
    ],
)
def test_a_rule_sinks_with_what_is_rejected(score, accepted, changed, rejected, after, weak):
    fare = RuleFare("r", accepted, changed, rejected)
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
        assert interval(fare)[0] <= fare.precision <= interval(fare)[1]


@given(scores, fares)
def test_one_more_rejection_never_lifts_and_one_more_kept_never_sinks(score, fare):
    worse = RuleFare("r", fare.accepted, fare.changed, fare.rejected + 1)
    better = RuleFare("r", fare.accepted + 1, fare.changed, fare.rejected)
    assert corrected(score, worse) <= corrected(score, fare) + 1e-12
    assert corrected(score, better) >= corrected(score, fare) - 1e-12
    assert not is_weak(score, better) or is_weak(score, fare) or fare.decided < FEWEST
