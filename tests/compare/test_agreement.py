"""Agreement figures against hand-worked examples, what they mean, and where there is none."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.compare import (
    Answers,
    Asked,
    Figures,
    Interval,
    Question,
    cohens_kappa,
    krippendorffs_alpha,
    meaning,
    measure,
    quotable,
    verdict,
)
from annotator.compare.measures import Figure

PRIVACY = Question("concern", "privacy")


def rated(text):
    return [None if mark == "." else mark for mark in text]


def table(cells):
    """Two rows of ratings that give these counts."""
    units = [pair for pair, count in cells.items() for _ in range(count)]
    return [a for a, _ in units], [b for _, b in units]


def values(*rows):
    """What these rows of 1, 0 and None say of privacy."""
    cells = {(r, n): v for r, row in enumerate(rows) for n, v in enumerate(row) if v is not None}
    read = np.array([[v is not None for v in row] for row in rows], dtype=bool)
    clauses = [Asked("doc", f"art_{n}", "", "") for n in range(len(rows[0]))]
    said = {PRIVACY: {place: v for place, v in cells.items() if v}}
    return Answers(tuple("abcdefgh"[: len(rows)]), clauses, read, said, [PRIVACY])


def measured(*rows, resamples=2000):
    return measure(values(*rows), PRIVACY, resamples=resamples)


def test_kappa_of_three_categories_worked_by_hand():
    # 200 units, shares .60 .30 .10 and .50 .30 .20: observed .70, by chance .41, .29 / .59
    counts = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    rows = table({(i, j): n for i, line in enumerate(counts) for j, n in enumerate(line)})
    assert cohens_kappa(*rows) == pytest.approx(0.29 / 0.59, abs=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "kappa"),
    [
        ("1100", "1100", 1.0),
        ("1100", "0011", -1.0),
        ("1111", "1111", None),  # expected agreement is 1: nothing to tell from chance
        ("0000", "0000", None),
        ("0000", "0011", None),  # one constant reviewer: it would be 0 whatever the other says
        ("1.0.", "1.01", 1.0),  # only units both rated
        ("1...", ".111", None),  # no unit in common
    ],
)
def test_kappa_at_its_limits(first, second, kappa):
    assert cohens_kappa(rated(first), rated(second)) == kappa


@pytest.mark.parametrize(
    "rows",
    [
        ["1", "1"],  # one unit
        ["1.1.", ".1.1"],  # no unit with two values
        ["0000", "0000"],  # one value only
        ["11.0", "11.."],  # the other value stands alone, so it cannot be paired
        ["", ""],
    ],
)
def test_there_is_no_alpha_where_there_is_too_little(rows):
    assert krippendorffs_alpha([rated(row) for row in rows]) is None


cells = st.sampled_from([0, 1, None])


@settings(max_examples=80)
@given(st.lists(st.tuples(cells, cells), max_size=40))
def test_kappa_is_symmetric_and_never_above_1(units):
    first, second = [a for a, _ in units], [b for _, b in units]
    kappa = cohens_kappa(first, second)
    assert kappa == cohens_kappa(second, first)
    if kappa is not None:
        assert kappa <= 1
        assert (kappa == 1) == all(a == b for a, b in units if None not in (a, b))


@settings(max_examples=40)
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=40))
def test_figures_and_counts_belong_to_the_same_clauses(units):
    rows = list(zip(*units, strict=True))
    whole = measured(*rows, resamples=200)
    pairable = [u for u in units if sum(v is not None for v in u) > 1]
    assert whole.clauses == len(pairable)
    assert whole.clauses_with(1) == sum(1 in unit for unit in pairable)
    assert whole.clauses_with(0) == sum(0 in unit for unit in pairable)
    assert whole.main.value == krippendorffs_alpha(rows)
    if whole.main.interval:
        assert whole.main.interval.low <= whole.main.interval.high <= 1
    for pair in whole.pairs:
        i, j = "abc".index(pair.first), "abc".index(pair.second)
        assert pair.clauses == sum(u[i] is not None and u[j] is not None for u in units)
        assert pair.main.value == cohens_kappa(rows[i], rows[j])


@settings(max_examples=60)
@given(st.lists(cells, min_size=1, max_size=40), st.integers(2, 5))
def test_identical_reviewers_give_1_or_nothing(row, reviewers):
    found = measured(*[row] * reviewers, resamples=0)
    for one in (found, *found.pairs):
        assert {figure.value for figure in one.figures} <= {1.0, None}
        assert verdict(one) not in ("differ", "unclear", "below_chance", "constant", "lopsided")


def test_a_pair_is_counted_out():
    [pair] = measured((1, 1, 0, 0, 0, None), (1, 0, 1, 0, 0, 1)).pairs
    assert pair.table == ((2, 1), (1, 1))  # neither, only the second; only the first, both
    assert pair.figure("percent").value == pytest.approx(0.6)
    assert pair.main.value == pytest.approx((0.6 - 13 / 25) / (1 - 13 / 25))


def test_a_pair_without_a_common_clause_has_no_figures():
    [pair] = measured((1, None), (None, 1)).pairs
    assert pair.clauses == 0
    assert [(one.value, one.interval) for one in pair.figures] == [(None, None)] * 2


def two_reviewers(n, *, share=0.3, differ=0.1, seed=7):
    rng = np.random.default_rng(seed)
    first = (rng.random(n) < share).astype(int)
    second = np.where(rng.random(n) < differ, 1 - first, first)
    return first.tolist(), second.tolist()


def test_the_interval_holds_the_figure_and_narrows_with_more_clauses():
    widths = []
    for n in (60, 600):
        found = measured(*two_reviewers(n)).main
        assert found.interval.low < found.value < found.interval.high
        widths.append(found.interval.high - found.interval.low)
    assert widths[1] < widths[0] / 2


def test_the_interval_is_that_of_drawing_clauses_one_by_one():
    rows = np.array(two_reviewers(80))
    rng = np.random.default_rng(1)
    drawn = [krippendorffs_alpha(rows[:, rng.integers(0, 80, 80)].tolist()) for _ in range(1500)]
    found = measured(*two_reviewers(80)).main.interval
    assert (found.low, found.high) == pytest.approx(np.quantile(drawn, (0.025, 0.975)), abs=0.03)


def test_the_same_values_give_the_same_interval():
    assert measured(*two_reviewers(90)) == measured(*two_reviewers(90))


@pytest.mark.parametrize(
    "rows",
    [
        ("110011", "110010"),  # too few clauses to draw from
        ("1100" * 5, "1100" * 5),  # they never differed: resampling can only repeat that
        ("1" + "0" * 50, "0" + "0" * 50),  # a third of the draws would hold one value only
        ("1", "0"),
    ],
)
def test_there_is_no_interval_that_resampling_cannot_give(rows):
    found = measured(*[[int(v) for v in row] for row in rows])
    assert found.main.interval is None
    assert found.pairs[0].main.interval is None


def test_intervals_of_a_long_treaty_cost_little():
    rng = np.random.default_rng(3)
    rows = [(rng.random(700) < 0.2).astype(int).tolist() for _ in range(3)]
    start = time.process_time()
    for _ in range(3):
        measured(*rows)
    # Some 25 ms in all; the bound leaves room for a busy machine.
    assert time.process_time() - start < 0.5


def found(value, low=None, high=None, *, clauses=187, differing=20, uncommon=60, usual=0, same=0.8):
    interval = None if low is None else Interval(low, high)
    figures = (Figure("percent", same, None), Figure("alpha", value, interval))
    return Figures(clauses, differing, uncommon, usual, figures)


def alike(clauses, usual=0, value=None, *, uncommon=0):
    return found(value, clauses=clauses, differing=0, uncommon=uncommon, usual=usual, same=1.0)


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        (found(0.91, 0.85, 0.95), "firm statements"),
        (found(0.78, 0.70, 0.86), "tentative statements."),
        (found(0.78, 0.64, 0.88), "below 0.67"),
        (found(0.61, 0.38, 0.79), "Could be poor, could be fair"),
        (found(0.31, 0.18, 0.49), "read these differently"),
        (found(0.31, 0.18, 0.49, same=0.95), "say the same of 95% of the clauses"),
        (found(0.31, 0.18, 0.49, same=0.95, usual=1), "with the answer that nearly all have"),
        (found(-0.2, -0.3, -0.1), "less than chance"),
        (found(0.9, 0.8, 1.0, uncommon=9), "Only 9 clauses were marked"),
        (found(0.9, 0.8, 1.0, uncommon=1), "Only 1 clause was marked"),
        (found(0.9, 0.8, 1.0, uncommon=4, usual=1), "Only 4 clauses were left unmarked"),
        (found(0.9, 0.8, 1.0, uncommon=4, usual="low"), "4 clauses were given another answer"),
        (found(None), "One of them gave all 187 clauses the same answer"),
        (alike(0), "No clause has been reviewed by two"),
        (alike(1), "Only one clause"),
        (alike(5), "Nobody marked any of the 5"),
        (alike(5, 1), "Everyone marked all 5"),
        (alike(5, "high"), "All answers on the 5 clauses are the same"),
        (alike(30, value=1.0, uncommon=12), "never differed on 30"),
    ],
)
def test_a_sentence_says_what_the_figure_allows(figures, says):
    assert says in meaning(figures)
    assert quotable(figures) == (figures.main.value is not None and figures.uncommon >= 10)
