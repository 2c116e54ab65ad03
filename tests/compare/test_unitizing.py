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


PRINTED_1995 = {  # expected disagreement and alpha in print, as the tests of DKPro quote them
    "A": (0.06990, 0.553),
    "B": (1.17731, -0.926),
    "C": (0.08642, 0.679),
    "D": (0.41445, 0.066),
}


def measured_1995(positions):
    """The four examples on the 24 positions of the figure cut into so many."""
    size = positions / 24
    stretched = {
        name: [[(round(a * size), round(b * size)) for a, b in ranges] for ranges in observers]
        for name, observers in EXAMPLE_1995.items()
    }
    return {one.category: one for one in unitizing(stretched, length=positions)}


def within(name, size):
    """Ordered pairs of positions within one unit of an example, where each is cut into `size`."""
    lengths = [(b - a) * size for ranges in EXAMPLE_1995[name] for a, b in ranges]
    return sum(length * (length - 1) for length in lengths)


def test_krippendorff_1995_on_a_continuum_cut_ever_finer():
    found = measured_1995(24 * 50_000)
    observed = {name: round(one.observed, 5) for name, one in found.items() if name}
    assert observed == {"A": 0.03125, "B": 2.26736, "C": 0.02778, "D": 0.38715}
    for name in "AD":
        expected, alpha = PRINTED_1995[name]
        assert found[name].expected == pytest.approx(expected, abs=1e-5)
        assert found[name].alpha == pytest.approx(alpha, abs=5e-4)
    # B and C come near, at most 0.014 from what is printed; why no nearer is the next test.
    assert found["B"].alpha == pytest.approx(-0.9284, abs=5e-5)
    assert found["C"].alpha == pytest.approx(0.6931, abs=5e-5)


def test_krippendorff_1995_prints_two_slips_of_its_own():
    # What is printed for B and C follows to the last figure from the formula of A and D and of
    # 2004 with one slip each. In B a gap has room for a unit at one place too many: the "+ 1" of
    # counted positions is left in where the positions are infinitely many. In C the pairs of
    # positions within one unit are not taken off those that chance has to choose from, although
    # they are in the paper's own first row, of 12 positions. DKPro's authors suspect an error in
    # the paper too, and allow 0.02. (The paper itself was not at hand: the slips are inferred.)
    #
    # Nothing else was found that gives all four. Of some 600,000 combinations of how unit against
    # unit, unit against gap (all, own or another's; of any, the same or a larger length), number of
    # units and pairs of positions may be counted, on 23, 24, 25, 12, 48 or infinitely many
    # positions, none gives more than two. Nor does other data: of the 75,025 ways to divide 12
    # positions into units and gaps, none taken for Jill in B has both printed disagreements, and no
    # two taken for the observers of C have the printed expected one. What other packages test is
    # the same data and the formula of 2004.
    size = 50_000
    found = measured_1995(24 * size)
    pairs = (2 * 24 * size) ** 2
    left_in = sum(
        ((b - a) * size) ** 2 * size
        for ranges in EXAMPLE_1995["B"]
        for a, b in ranges
        for gap in (24 - 18, 24 - 10)
        if gap >= b - a
    )
    printed = {
        "A": found["A"].expected,
        "B": found["B"].expected + 2 / (24 * size) * left_in / (pairs - within("B", size)),
        "C": found["C"].expected * (1 - within("C", size) / pairs),
        "D": found["D"].expected,
    }
    for name, (expected, alpha) in PRINTED_1995.items():
        assert printed[name] == pytest.approx(expected, abs=1e-5)
        assert 1 - found[name].observed / printed[name] == pytest.approx(alpha, abs=5e-4)


@pytest.mark.parametrize(
    ("positions", "expected", "alpha", "near"),
    [
        (12, 0.05494, 0.494, 1e-5),
        (120, 0.08234, 0.663, 5e-5),
        (1_200, 0.08600, 0.677, 1e-5),
        (12_000, 0.08638, 0.678, 1e-5),
        (120_000, 0.08642, 0.679, 1e-5),
    ],
)
def test_krippendorff_1995_example_c_by_the_number_of_positions(positions, expected, alpha, near):
    one = measured_1995(positions)["C"]
    found = one.expected
    if positions > 12:  # from here on with the slip, see above
        found *= 1 - within("C", positions / 24) / (2 * positions * (2 * positions - 1))
    assert found == pytest.approx(expected, abs=near)
    assert 1 - one.observed / found == pytest.approx(alpha, abs=6e-4)


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
