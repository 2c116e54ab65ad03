"""Alpha for unitizing against Krippendorff's own examples, and what must always hold.

Data: K. Krippendorff 1995, p. 57 (A to D, 24 positions) and 2004, p. 254 (c and k), as they stand
in the tests of DKPro Agreement (Krippendorff1995Test, Krippendorff2004Test).
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.compare import unitizing
from annotator.compare.unitizing import on_continuum

EXAMPLE_2004 = {
    "c": [[(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]],
    "k": [[(30, 90), (150, 200)], [(30, 90), (150, 200)]],
}

EXAMPLE_1995 = {
    "A": [[(2, 10), (14, 20)], [(4, 8), (15, 17)]],
    "B": [[(0, 18)], [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 9), (9, 10)]],
    "C": [
        [(2, 8), (10, 12), (14, 18), (20, 22)],
        [(0, 2), (4, 8), (10, 14), (16, 18), (20, 22)],
    ],
    "D": [
        [(0, 2), (2, 10), (10, 14), (14, 20), (20, 24)],
        [(0, 4), (4, 8), (8, 15), (15, 17), (17, 24)],
    ],
}


def test_krippendorff_2004_by_category_and_together():
    c, k, together = unitizing(EXAMPLE_2004, length=300)
    assert (c.observed, c.expected) == pytest.approx((0.0144, 0.0532), abs=5e-5)
    assert (k.observed, k.expected) == pytest.approx((0, 0.0490), abs=5e-5)
    assert (c.alpha, k.alpha) == pytest.approx((0.7286, 1.0), abs=5e-5)
    assert together.alpha == pytest.approx(0.859, abs=5e-4)
    assert (together.category, together.observers, together.units) == ("", 2, 9)


def test_krippendorff_1995_in_the_limit_of_fine_positions():
    # The paper's figures are those of a continuum cut ever finer. For B and C its expected
    # disagreements differ in the second figure from the formula, as others have found too.
    fine = 50_000
    stretched = {
        name: [[(a * fine, b * fine) for a, b in ranges] for ranges in observers]
        for name, observers in EXAMPLE_1995.items()
    }
    a, b, c, d, _ = unitizing(stretched, length=24 * fine)
    assert (a.alpha, d.alpha) == pytest.approx((0.553, 0.066), abs=5e-4)
    assert (b.alpha, c.alpha) == pytest.approx((-0.926, 0.679), abs=0.02)
    observed = [round(one.observed, 5) for one in (a, b, c, d)]
    assert observed == [0.03125, 2.26736, 0.02778, 0.38715]


ranges = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)), max_size=6).map(
    lambda found: [(start, start + size) for start, size in found]
)


def walked(one, other, length):
    """The disagreement of two observers, section by section as the paper defines it."""

    def sections(marked):
        ends = sorted({0, length, *(e for r in marked for e in r)})
        cut = {(a, b) for a, b in marked}
        found, at = [], 0
        for start, end in sorted(cut):
            if at < start:
                found.append((at, start, False))
            found.append((start, end, True))
            at = end
        if at < length:
            found.append((at, length, False))
        assert ends
        return found

    total = 0
    for a, b, unit in sections(one):
        for c, d, unit_ in sections(other):
            if unit and unit_ and a < d and c < b:
                total += (a - c) ** 2 + (b - d) ** 2
            elif unit and not unit_ and c <= a and b <= d:
                total += (b - a) ** 2
            elif unit_ and not unit and a <= c and d <= b:
                total += (d - c) ** 2
    return total


def joined(marked):
    found = []
    for start, end in sorted(marked):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


@settings(max_examples=150)
@given(ranges, ranges)
def test_the_sweep_is_the_definition_walked_out(one, other):
    found, _ = unitizing({"x": [one, other]}, length=60)
    assert found.observed * 60 * 60 == pytest.approx(walked(joined(one), joined(other), 60))


@settings(max_examples=80)
@given(st.lists(ranges, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_neither_the_order_of_observers_nor_of_marks_counts(observers, random):
    shuffled = [random.sample(marked, len(marked)) for marked in observers]
    random.shuffle(shuffled)
    assert unitizing({"x": shuffled}, length=60)[0].alpha == pytest.approx(
        unitizing({"x": observers}, length=60)[0].alpha
    )


@settings(max_examples=80)
@given(ranges, st.integers(2, 4))
def test_observers_who_mark_the_same_agree_wholly_or_there_is_no_figure(marked, observers):
    found, _ = unitizing({"x": [marked] * observers}, length=60)
    assert found.alpha is None or found.alpha == 1
    assert (found.alpha is None) == (found.expected == 0)


def test_marks_of_nobody_give_no_figure():
    found, together = unitizing({"x": [[], []]}, length=60)
    assert (found.alpha, together.alpha, found.units) == (None, None, 0)
    assert unitizing({}, length=0)[0].alpha is None


def test_a_mark_outside_the_text_is_refused():
    with pytest.raises(ValueError, match="outside of 0 to 9"):
        unitizing({"x": [[(3, 12)], []]}, length=9)
    with pytest.raises(ValueError, match="two observers"):
        unitizing({"x": [[(3, 12)]]}, length=20)


@pytest.mark.parametrize(
    ("marked", "placed"),
    [
        ((2, 5), [(2, 5)]),
        ((8, 25), [(8, 15)]),  # over what was not read: the words beside each other
        ((12, 18), []),
        ((20, 30), [(10, 20)]),
        ((28, 40), [(18, 20)]),
    ],
)
def test_words_that_were_read_stand_beside_each_other(marked, placed):
    assert on_continuum([marked], [(0, 10), (20, 30)]) == (placed, 20)
