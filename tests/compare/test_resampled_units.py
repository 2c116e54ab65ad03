"""The interval of unitizing alpha: its sums are alpha's own; it is that of clauses drawn anew."""

from __future__ import annotations

import random

import numpy as np
import pytest

from annotator.compare import unitizing
from annotator.compare.unitizing import _shares
from tests.compare.test_unitizing import EXAMPLE_1995, EXAMPLE_2004

CLAUSE = 60


def made(seed: int, clauses: int) -> tuple[list[list[tuple[int, int]]], list[int]]:
    """Three observers who mark some clauses, mostly the same words, and where these begin."""
    lot = random.Random(seed)
    observers: list[list[tuple[int, int]]] = [[], [], []]
    for number in range(clauses):
        if lot.random() < 0.4:
            start, size = lot.randint(0, 20), lot.randint(5, 30)
            for ranges in observers:
                if lot.random() < 0.8:
                    shift = lot.choice([0, 0, 0, 3, 8])
                    ranges.append((number * CLAUSE + start + shift, number * CLAUSE + start + size))
    for ranges in observers:
        ranges[:] = [(a, b) for a, b in ranges if a < b]
    return observers, [number * CLAUSE for number in range(clauses)]


@pytest.mark.parametrize("example", [EXAMPLE_2004, {"B": EXAMPLE_1995["B"]}, EXAMPLE_1995])
@pytest.mark.parametrize("texts", [[], [0, 100, 100, 290]])
@pytest.mark.parametrize("clauses", [[0], [0, 7, 9, 20], [0, 1, 2, 3, 4, 5]])
def test_where_every_clause_counts_once_the_sums_are_those_of_alpha(example, clauses, texts):
    length = 300
    for name, observers in example.items():
        found = unitizing({name: observers}, length=length, texts=texts)[0]
        shares = _shares(observers, length, clauses, texts)
        once = np.ones((2, len(clauses)), dtype=np.int64)
        observed, expected = shares.disagreements(once, np.full(2, float(length)))
        assert observed == pytest.approx([found.observed] * 2)
        assert expected == pytest.approx([found.expected] * 2)


def test_the_interval_is_that_of_clauses_laid_end_to_end_anew():
    observers, starts = made(1, 120)
    found = unitizing({"p": observers}, length=120 * CLAUSE, clauses=starts)[0]
    lot = np.random.default_rng(7)
    figures = []
    for _ in range(600):
        anew: list[list[tuple[int, int]]] = [[], [], []]
        for place, drawn in enumerate(lot.integers(0, 120, size=120)):
            for ranges, kept in zip(observers, anew, strict=True):
                kept += [
                    (a - drawn * CLAUSE + place * CLAUSE, b - drawn * CLAUSE + place * CLAUSE)
                    for a, b in ranges
                    if a // CLAUSE == drawn
                ]
        figures.append(unitizing({"p": anew}, length=120 * CLAUSE)[0].alpha)
    low, high = np.quantile(figures, (0.025, 0.975))
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=0.02)
    assert found.interval.low < found.alpha < found.interval.high


def test_the_interval_is_reproducible_and_the_order_of_observers_does_not_matter():
    observers, starts = made(2, 60)
    asked = {"length": 60 * CLAUSE, "clauses": starts, "resamples": 500}
    first = unitizing({"p": observers}, **asked)
    assert first == unitizing({"p": observers}, **asked)
    turned = unitizing({"p": observers[::-1]}, **asked)
    for one, other in zip(first, turned, strict=True):
        assert (one.interval.low, one.interval.high) == pytest.approx(
            (other.interval.low, other.interval.high)
        )


@pytest.mark.parametrize(
    ("observers", "why"),
    [
        ([[(0, 5), (70, 75)], [(0, 5), (70, 80)]], "fewer than ten clauses are marked"),
        ([[(n * 60, n * 60 + 9) for n in range(20)]] * 2, "they never differed"),
        ([[], []], "nobody marked anything"),
    ],
)
def test_where_resampling_can_tell_nothing_there_is_no_interval(observers, why):
    starts = [number * CLAUSE for number in range(30)]
    for one in unitizing({"p": observers}, length=30 * CLAUSE, clauses=starts):
        assert one.interval is None, why


def test_marks_in_very_many_clauses_get_an_interval_in_bounded_memory():
    observers, starts = made(3, 20_000)
    found = unitizing({"p": observers}, length=20_000 * CLAUSE, clauses=starts)[0]
    assert found.interval is not None
    assert found.interval.high - found.interval.low < 0.03
