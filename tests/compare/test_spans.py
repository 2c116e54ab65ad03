"""Two reviewers' spans: what counts as the same, and what must always hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.compare import MATCHINGS, span_agreements
from annotator.compare.spans import matched
from annotator.model import Annotation


def spans(*found):
    return [
        Annotation(
            id=f"{place}",
            document="doc",
            eid="art_1",
            start=start,
            end=end,
            quote="x" * (end - start),
            concern=concern,
            polarity="risk",
            reviewer="a",
        )
        for place, (start, end, concern) in enumerate(found)
    ]


P, F = "privacy", "press_freedom"


@pytest.mark.parametrize(
    ("first", "second", "matches"),
    [
        ([(0, 5, P)], [(0, 5, P)], (1, 1, 1, 1)),
        ([(0, 5, P)], [(0, 5, F)], (0, 0, 1, 0)),
        ([(0, 5, P)], [(3, 9, P)], (0, 1, 0, 1)),
        ([(0, 5, P)], [(5, 9, P)], (0, 0, 0, 0)),  # they touch and share no word
        ([(0, 9, P)], [(0, 4, P), (5, 9, P)], (0, 1, 0, 1)),  # one has one partner
        ([(0, 4, P), (5, 9, F)], [(0, 9, P)], (0, 1, 0, 1)),
        ([(0, 5, P), (0, 5, F)], [(0, 5, P), (0, 5, F)], (2, 2, 2, 2)),
        ([(0, 5, P), (0, 5, F)], [(0, 5, F), (0, 5, P)], (2, 2, 2, 2)),  # in whatever order
        ([(0, 9, P), (2, 4, F)], [(0, 9, F), (2, 4, P)], (0, 2, 2, 2)),  # each meets its like
        ([], [(0, 5, P)], (0, 0, 0, 0)),
    ],
)
def test_what_counts_as_the_same(first, second, matches):
    found = span_agreements(spans(*first), spans(*second))
    assert tuple(one.matching for one in found) == MATCHINGS
    assert tuple(one.matched for one in found) == matches


def test_precision_is_recall_from_the_other_side():
    first, second = spans((0, 5, P), (10, 15, P)), spans((0, 5, P))
    exact = span_agreements(first, second)[0]
    assert (exact.precision, exact.recall) == (1.0, 0.5)
    assert exact.f1 == pytest.approx(2 / 3)
    turned = span_agreements(second, first)[0]
    assert (turned.precision, turned.recall, turned.f1) == (0.5, 1.0, exact.f1)


def test_nobody_marked_anything_so_there_is_no_figure():
    for found in span_agreements([], []):
        assert (found.precision, found.recall, found.f1) == (None, None, None)


def test_the_closest_span_is_the_partner():
    assert matched([(0, 10)], [(8, 30), (1, 10)]) == [(0, 1)]
    assert matched([(0, 10), (0, 10)], [(0, 10)]) == [(0, 0)]


places = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from([P, F])).map(
        lambda found: (found[0], found[0] + found[1], found[2])
    ),
    max_size=12,
)


@settings(max_examples=150)
@given(places, places)
def test_changing_sides_changes_no_count(first, second):
    ours, theirs = spans(*first), spans(*second)
    there, back = span_agreements(ours, theirs), span_agreements(theirs, ours)
    for one, other in zip(there, back, strict=True):
        assert (one.matched, one.first, one.second) == (other.matched, other.second, other.first)
        assert one.matched <= min(one.first, one.second)
    exact, overlap, position, label = there
    assert exact.matched <= min(overlap.matched, position.matched)
    assert label.matched <= label.first


@settings(max_examples=100)
@given(places, places, st.randoms(use_true_random=False))
def test_neither_the_order_of_marks_nor_what_labels_are_called_counts(first, second, random):
    there = span_agreements(spans(*first), spans(*second))
    called = {P: F, F: P}
    turned = [
        spans(*random.sample([(start, end, called[of]) for start, end, of in one], len(one)))
        for one in (first, second)
    ]
    assert span_agreements(*turned) == there
    assert there[3].first <= min(there[0].first, there[0].second)


@settings(max_examples=60)
@given(places)
def test_the_same_marks_agree_wholly(found):
    for one in span_agreements(spans(*found), spans(*found)):
        assert one.f1 == (1.0 if one.first else None)


@settings(max_examples=60)
@given(places, places)
def test_partners_share_words_and_have_no_other(first, second):
    one, other = [span[:2] for span in first], [span[:2] for span in second]
    pairs = matched(one, other)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    for i, j in pairs:
        assert max(one[i][0], other[j][0]) < min(one[i][1], other[j][1])
