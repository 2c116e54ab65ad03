"""Choosing pairs from many that are possible, so that each end is used once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

Scored = tuple[int, int, float]
"""Positions in two sequences, and how well they fit."""


def in_order(pairs: Iterable[Scored]) -> list[Scored]:
    """Those pairs that together fit best while no two of them cross; each end is used once.

    The heaviest increasing subsequence, by a Fenwick tree of maxima: pairs x log(pairs).
    """
    # Within one row from right to left, so that a row never follows itself.
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    columns = sorted({pair[1] for pair in ordered})
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(columns) + 1)
    before: list[int] = []
    totals: list[float] = []
    for index, (_, column, score) in enumerate(ordered):
        rank = bisect_left(columns, column)
        total, previous = _most(best, rank)
        totals.append(total + score)
        before.append(previous)
        place = rank + 1
        while place < len(best):
            if best[place][0] < totals[index]:
                best[place] = (totals[index], index)
            place += place & -place
    chain = []
    _, index = _most(best, len(columns))
    while index >= 0:
        chain.append(ordered[index])
        index = before[index]
    return chain[::-1]


def _most(best: Sequence[tuple[float, int]], place: int) -> tuple[float, int]:
    found = (0.0, -1)
    while place > 0:
        if best[place][0] > found[0]:
            found = best[place]
        place -= place & -place
    return found


def best_first(pairs: Iterable[Scored]) -> list[Scored]:
    """Pairs from the best on, each end used once; of equals those nearest to the same place."""
    olds: set[int] = set()
    news: set[int] = set()
    chosen = []
    for old, new, score in sorted(pairs, key=lambda p: (-p[2], abs(p[0] - p[1]), p[0], p[1])):
        if old not in olds and new not in news:
            olds.add(old)
            news.add(new)
            chosen.append((old, new, score))
    return chosen
