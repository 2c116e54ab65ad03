"""Coefficients of agreement against the examples of the literature, and what must always hold.

Data of the examples: K. Krippendorff 2011 (reliability data C: 4 observers, 12 units; B: 2 x 10;
a nominal 2 x 12), J. Cohen 1960 (p. 45), J. L. Fleiss 1971 (p. 379), R. Artstein and M. Poesio 2008
(example 1), A. F. Hayes and K. Krippendorff 2007 (p. 84); the counts 8/1/1 and the sets are the
worked examples in the tests of DKPro Agreement (Gwet2008Test, SetAnnotationsTest).
"""

from itertools import combinations

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.compare import (
    bennetts_s,
    cohens_kappa,
    fleiss_kappa,
    fleiss_kappa_by_value,
    gwets_ac1,
    krippendorffs_alpha,
    masi_distance,
    percent_agreement,
    scotts_pi,
)
from annotator.compare.bootstrap import Resamples
from annotator.compare.coefficients import ac1, alpha, fleiss, percent
from annotator.compare.ratings import Ratings


def rated(text):
    return [None if mark == "." else int(mark) for mark in text]


def table(cells):
    """Two rows of ratings that give these counts."""
    units = [pair for pair, count in cells.items() for _ in range(count)]
    return [a for a, _ in units], [b for _, b in units]


KRIPPENDORFF = [
    rated("123321412..."),
    rated("1233224125.3"),
    rated(".3332342251."),
    rated("12332441251."),
]

HAYES = [
    "1 1 2 . 2", "1 1 0 1 .", "2 3 3 3 .", ". 0 0 . 0", "0 0 0 . 0", "0 0 0 . 0", "1 0 2 . 1",
    "1 . 2 0 .", "2 2 2 . 2", "2 1 1 1 .", ". 1 0 0 .", "0 0 0 0 .", "1 2 2 2 .", "3 3 2 2 3",
    "1 1 1 . 1", "1 1 1 . 1", "2 1 2 . 2", "1 2 3 3 .", "1 1 0 1 .", "0 0 0 . 0", "0 0 1 1 .",
    "0 0 . 0 0", "2 3 3 3 .", "0 0 0 0 .", "1 2 . 2 2", "0 1 1 1 .", "0 0 0 1 0", "1 2 1 2 .",
    "1 1 2 2 .", "1 1 2 . 2", "1 1 0 . 0", "2 1 2 1 .", "2 2 . 2 2", "3 2 2 2 .", "2 2 2 . 2",
    "2 2 3 . 2", "2 2 2 . 2", "2 2 . 1 2", "2 2 2 2 .", "1 1 1 . 1",
]  # fmt: skip

FLEISS = [
    "444444", "222555", "233335", "555555", "222444", "113333", "333355", "113334", "114444",
    "555555", "144444", "124444", "222333", "144444", "224445", "333335", "111455", "111112",
    "224444", "133555", "555555", "244444", "224555", "114444", "144445", "222224", "111155",
    "224444", "133333", "555555",
]  # fmt: skip


def columns(units):
    return [list(row) for row in zip(*units, strict=True)]


@pytest.mark.parametrize(
    ("level", "figure"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_alpha_of_krippendorff_2011_at_each_level(level, figure):
    assert krippendorffs_alpha(KRIPPENDORFF, level=level) == pytest.approx(figure, abs=5e-4)


@pytest.mark.parametrize("made", [list, np.array, lambda rows: np.array(rows, dtype=np.float32)])
def test_a_missing_number_is_missing_as_nothing_is(made):
    holes = made([[np.nan if v is None else v for v in row] for row in KRIPPENDORFF])
    assert krippendorffs_alpha(holes, level="interval") == pytest.approx(0.849, abs=5e-4)
    assert percent_agreement(holes) == percent_agreement(KRIPPENDORFF)
    assert cohens_kappa(*holes[:2]) == cohens_kappa(*KRIPPENDORFF[:2])


def test_alpha_of_krippendorff_2011_two_observers():
    assert krippendorffs_alpha([rated("0100000010"), rated("1110010000")]) == pytest.approx(
        0.095, abs=5e-4
    )
    nominal = [list("aabbdcccedda"), list("babbbccceddd")]
    assert krippendorffs_alpha(nominal) == pytest.approx(0.692, abs=5e-4)


def test_ordinal_alpha_of_hayes_and_krippendorff_2007():
    rows = columns([rated(unit.replace(" ", "")) for unit in HAYES])
    assert krippendorffs_alpha(rows, level="ordinal") == pytest.approx(0.7598, abs=5e-5)


def test_kappa_of_cohen_1960_example_2():
    counts = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    rows = table({(i, j): n for i, line in enumerate(counts) for j, n in enumerate(line)})
    assert cohens_kappa(*rows) == pytest.approx(0.492, abs=5e-4)
    assert gwets_ac1(rows) == pytest.approx(0.5760, abs=5e-5)


def test_kappa_of_fleiss_1971_in_all_and_by_value():
    rows = columns([rated(unit) for unit in FLEISS])
    assert percent_agreement(rows) == pytest.approx(0.5556, abs=5e-4)
    assert fleiss_kappa(rows) == pytest.approx(0.430, abs=5e-4)
    by_value = fleiss_kappa_by_value(rows)
    figures = {1: 0.248, 2: 0.248, 3: 0.517, 4: 0.470, 5: 0.565}
    assert by_value == pytest.approx(figures, abs=5e-3)
    # He rounds each value's share, and how often it is said again, to three places before he
    # divides: so rounded, the figures are his to the last place.
    for value, printed in figures.items():
        counts = [unit.count(str(value)) for unit in FLEISS]
        share = sum(counts) / 180
        again = sum(n * (n - 1) for n in counts) / (5 * sum(counts))
        assert by_value[value] == pytest.approx((again - share) / (1 - share))
        share = round(share, 3)
        again = round((sum(n * n for n in counts) - 180 * share) / (180 * 5 * share), 3)
        assert (again - share) / (1 - share) == pytest.approx(printed, abs=5e-4)


def test_s_pi_and_kappa_of_artstein_and_poesio_2008_example_1():
    rows = table({("s", "s"): 20, ("s", "i"): 20, ("i", "s"): 10, ("i", "i"): 50})
    assert bennetts_s(*rows) == pytest.approx(0.4)
    assert scotts_pi(*rows) == pytest.approx(0.341, abs=5e-4)
    assert cohens_kappa(*rows) == pytest.approx(0.348, abs=5e-4)


def test_ac1_holds_where_nearly_all_say_the_same():
    rows = table({("y", "y"): 8, ("n", "n"): 1, ("y", "n"): 1})
    assert gwets_ac1(rows) == pytest.approx(0.8658, abs=5e-5)
    assert scotts_pi(*rows) == pytest.approx(0.6078, abs=5e-5)
    missing = [[*rows[0], "y", "y", "n"], [*rows[1], None, None, None]]
    assert gwets_ac1(missing) == gwets_ac1(rows)


def test_masi_alpha_of_several_labels_on_one_unit():
    def sets(*units):
        return [frozenset(unit) for unit in units]

    rows = [
        sets("", "A", "A", "A", "AB", "AB", "ABC", "C", "C"),
        sets("", "", "A", "B", "A", "AC", "ABC", "AC", "AC"),
    ]
    assert krippendorffs_alpha(rows, level="masi") == pytest.approx(0.252, abs=1e-3)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("AB", "AB", 0), ("A", "AB", 1 / 6), ("AB", "BC", 4 / 9), ("A", "B", 1), ("", "", 0),
        ("", "A", 1 / 3),
    ],
)  # fmt: skip
def test_how_far_two_sets_are_apart(one, other, apart):
    assert masi_distance(frozenset(one), frozenset(other)) == pytest.approx(apart)


NOTHING = [[], []], [[None, None], [None, None]], [[1, None], [None, 1]]
ONE_VALUE = [[1, 1, 1], [1, 1, 1]], [[1, 1, None], [1, 1, 1]]


@pytest.mark.parametrize("rows", [*NOTHING, *ONE_VALUE])
def test_where_chance_cannot_be_told_there_is_no_figure(rows):
    found = {
        name: figure
        for name, figure in {
            "kappa": cohens_kappa(*rows),
            "pi": scotts_pi(*rows),
            "s": bennetts_s(*rows, domain=(0, 1)),
            "fleiss": fleiss_kappa(rows),
            "ac1": gwets_ac1(rows),
            "alpha": krippendorffs_alpha(rows),
        }.items()
        if figure is not None
    }
    assert found == {}


def test_values_must_be_of_the_domain_and_rows_of_one_length():
    with pytest.raises(ValueError, match=r"3 is not one of the values"):
        Ratings.of([[1, 3], [1, 1]], domain=(1, 2))
    with pytest.raises(ValueError, match="for every unit"):
        Ratings.of([[1, 3], [1]])
    with pytest.raises(ValueError, match="sets of labels"):
        krippendorffs_alpha([["a", "b"], ["a", "a"]], level="masi")
    # Words have no order of their own: by the alphabet, high would stand below low.
    graded = [["low", "high", "medium"], ["low", "medium", "medium"]]
    with pytest.raises(ValueError, match="'high' has no place on the level 'ordinal'"):
        krippendorffs_alpha(graded, level="ordinal")
    ordered = krippendorffs_alpha(graded, level="ordinal", domain=("low", "medium", "high"))
    assert ordered == pytest.approx(7 / 9)
    with pytest.raises(ValueError, match="give numbers"):
        krippendorffs_alpha(graded, level="ratio")
    with pytest.raises(ValueError, match="'cardinal' is not one of the levels"):
        krippendorffs_alpha(KRIPPENDORFF, level="cardinal")


def test_sets_may_be_written_as_sets():
    rows = [[{"a"}, {"b"}, None], [{"a"}, {"a", "b"}, {"b"}]]
    frozen = [[None if one is None else frozenset(one) for one in row] for row in rows]
    assert krippendorffs_alpha(rows, level="masi") == krippendorffs_alpha(frozen, level="masi")


cells = st.sampled_from([0, 1, 2, None])
matrices = st.integers(2, 4).flatmap(
    lambda n: st.lists(st.tuples(*[cells] * n), min_size=1, max_size=25)
)
SETS = [frozenset("a"), frozenset("ab"), frozenset("bc")]


def by_value(rows):
    """Fleiss' kappa of each value, whatever the values are called."""
    found = fleiss_kappa_by_value(rows).values()
    return sorted(found, key=lambda figure: (figure is None, figure or 0))


def masi(rows):
    """Alpha by MASI, where each number stands for a set of labels."""
    sets = [[None if v is None else SETS[v] for v in row] for row in rows]
    return krippendorffs_alpha(sets, level="masi")


MEASURES = {
    "percent": percent_agreement,
    "fleiss": fleiss_kappa,
    "fleiss by value": by_value,
    "ac1": lambda rows: gwets_ac1(rows, domain=(0, 1, 2)),
    "masi": masi,
    # Those of two observers, whoever else there is.
    "kappa": lambda rows: sorted(
        (cohens_kappa(*two) for two in combinations(rows, 2)), key=lambda f: (f is None, f or 0)
    ),
    "pi": lambda rows: scotts_pi(*rows) if len(rows) == 2 else None,
    "s": lambda rows: bennetts_s(*rows, domain=(0, 1, 2)) if len(rows) == 2 else None,
    **{
        level: lambda rows, level=level: krippendorffs_alpha(rows, level=level)
        for level in ("nominal", "ordinal", "interval", "ratio")
    },
}
# The others say how far values are apart, so the values are not mere names to them.
OF_NAMES = ("percent", "fleiss", "fleiss by value", "ac1", "kappa", "pi", "s", "nominal")


def same(one, other):
    several = isinstance(one, list)
    pairs = zip(one, other, strict=True) if several else [(one, other)]
    return all((a is None and b is None) or a == pytest.approx(b) for a, b in pairs)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
@settings(max_examples=50)
@given(units=matrices, random=st.randoms(use_true_random=False))
def test_order_of_observers_and_units_changes_nothing(measure, units, random):
    rows = columns(units)
    shuffled = list(units)
    random.shuffle(shuffled)
    turned = columns(shuffled)
    random.shuffle(turned)
    assert same(measure(turned), measure(rows))


@pytest.mark.parametrize("name", OF_NAMES)
@settings(max_examples=50)
@given(units=matrices, order=st.permutations([0, 1, 2]))
def test_names_of_the_values_change_nothing(name, units, order):
    measure = MEASURES[name]
    renamed = [[None if v is None else order[v] for v in unit] for unit in units]
    assert same(measure(columns(renamed)), measure(columns(units)))


@settings(max_examples=50)
@given(units=matrices, names=st.permutations("abc"))
def test_names_of_the_labels_in_sets_change_nothing(units, names):
    to = dict(zip("abc", names, strict=True))

    def alpha_of(called):
        return krippendorffs_alpha(
            columns(
                [[None if v is None else frozenset(map(called, SETS[v])) for v in u] for u in units]
            ),
            level="masi",
        )

    assert same(alpha_of(to.get), alpha_of(str))


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
@settings(max_examples=40)
@given(row=st.lists(cells, min_size=1, max_size=25), observers=st.integers(2, 4))
def test_observers_who_say_the_same_agree_wholly_or_there_is_no_figure(measure, row, observers):
    figure = measure([row] * observers)
    for one in figure if isinstance(figure, list) else [figure]:
        assert one is None or one == pytest.approx(1)


@pytest.mark.parametrize("measure", [MEASURES[name] for name in (*OF_NAMES, "masi", "ordinal")])
@settings(max_examples=40)
@given(row=st.lists(st.sampled_from([0, 1]), min_size=2, max_size=25), value=st.integers(0, 1))
def test_one_constant_observer_never_gives_full_agreement_by_that(measure, row, value):
    figure = measure([row, [value] * len(row)])
    if set(row) != {value}:
        for one in figure if isinstance(figure, list) else [figure]:
            assert one is None or one < 1


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
@settings(max_examples=60)
@given(units=matrices)
def test_many_draws_at_once_are_what_the_package_gives_for_each(level, units):
    ratings = Ratings.of(columns(units), domain=(0, 1, 2)).paired()
    if not ratings.units:
        return
    drawn = np.stack([ratings.occurs, ratings.occurs * 2, ratings.occurs + 1])
    for figure, occurs in zip(alpha(ratings, drawn, level=level), drawn, strict=True):
        counts = np.repeat(ratings.counts(), occurs, axis=0)
        if np.count_nonzero(counts.sum(axis=0)) < 2:
            assert np.isnan(figure)
        else:
            theirs = krippendorff.alpha(value_counts=counts, level_of_measurement=level)
            assert figure == pytest.approx(theirs)


@pytest.mark.parametrize("coefficient", [percent, fleiss, ac1, alpha])
def test_an_interval_holds_its_figure_and_is_that_of_drawing_units(coefficient):
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 3, 150)
    rows = [np.where(rng.random(150) < 0.2, rng.integers(0, 3, 150), truth) for _ in range(3)]
    ratings = Ratings.of([row.tolist() for row in rows]).paired()
    found = Resamples(ratings).interval(coefficient)
    figure = coefficient(ratings, ratings.occurs[None])[0]
    assert found.low < figure < found.high
    drawn = []
    for _ in range(600):
        picked = rng.integers(0, 150, 150)
        again = Ratings.of([row[picked].tolist() for row in rows], domain=(0, 1, 2)).paired()
        drawn.append(coefficient(again, again.occurs[None])[0])
    assert (found.low, found.high) == pytest.approx(np.quantile(drawn, (0.025, 0.975)), abs=0.03)


def test_many_observers_are_counted_as_few_are():
    rng = np.random.default_rng(2)
    rows = rng.integers(0, 9, (24, 40))
    coded = Ratings.coded(rows, tuple(range(9)))
    assert coded.units == 40
    assert krippendorffs_alpha(rows.tolist()) == pytest.approx(
        krippendorff.alpha(reliability_data=rows, level_of_measurement="nominal")
    )
