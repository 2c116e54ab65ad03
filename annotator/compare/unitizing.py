"""Krippendorff's alpha for unitizing: how well observers agree on where units begin and end.

An observer divides a continuum, here the words that all of them have read, into units of a category
and the gaps between. Every position counts: a mark of another's unmarked words is a disagreement
that grows with the square of its length, and two marks that overlap disagree by the squares of how
far their ends are apart.

K. Krippendorff 1995, "On the reliability of unitizing continuous data", Sociological Methodology
25; with the expected disagreement as it stands in K. Krippendorff 2004, "Measuring the reliability
of qualitative text analysis data", Quality and Quantity 38. Of the four examples of 1995 it gives
two to the last figure; the other two carry a slip each in print, which the tests show. No kept-up
package computes it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations, pairwise, zip_longest

from annotator.compare.bootstrap import RESAMPLES, SEED, Interval
from annotator.compare.extents import Extents, covers
from annotator.compare.resampled_units import Shares, intervals

Units = Mapping[str, Sequence[Iterable[tuple[int, int]]]]
"""For each category an entry for each observer: the half-open ranges they marked, in any order."""


@dataclass(frozen=True, slots=True)
class Unitizing:
    """Agreement on one category, or on all together (`category` is then "").

    `observed` and `expected` are the disagreements; `units` counts what all observers marked, and
    `markers` those who marked anything. A category that nobody marked has no alpha. `interval` is
    that of alpha over clauses, where it was asked for and can be given (see `resampled_units`).
    """

    category: str
    observers: int
    units: int
    markers: int
    observed: float
    expected: float
    interval: Interval | None = None

    @property
    def alpha(self) -> float | None:
        """1 - observed / expected, or `None` where no disagreement could be expected."""
        return 1 - self.observed / self.expected if self.expected else None


def unitizing(
    units: Units,
    *,
    length: int,
    clauses: Sequence[int] = (),
    texts: Sequence[int] = (),
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> list[Unitizing]:
    """Alpha for unitizing of each category, in the given order, and of all together, the last.

    `length` is that of the continuum, which begins at 0, in the unit of the ranges. Of one
    observer and category, ranges that share a position are one unit; those that merely touch stay
    apart. All together it is 1 - sum of observed / sum of expected.
    With `clauses`, where each begins on the continuum in order, each alpha has its interval,
    reproducible by the seed. `texts` says in order where each text begins, if there are several on
    it: what nobody marked at the end of one and the beginning of the next is two gaps, since no
    unit could lie in both, so the order of the texts changes nothing. `ValueError` for a range
    outside the continuum or fewer than two observers.
    """
    marked = {
        category: [_apart(ranges) for ranges in observers] for category, observers in units.items()
    }
    found = [
        _category(category, observers, length, texts) for category, observers in marked.items()
    ]
    together = Unitizing(
        category="",
        observers=max((one.observers for one in found), default=0),
        units=sum(one.units for one in found),
        markers=sum(map(any, zip_longest(*marked.values()))),
        observed=sum(one.observed for one in found),
        expected=sum(one.expected for one in found),
    )
    if not (clauses and resamples):
        return [*found, together]
    shares = {
        name: _shares(observers, length, clauses, texts) for name, observers in marked.items()
    }
    ends = [*clauses[1:], length]
    lengths = [end - start for start, end in zip(clauses, ends, strict=True)]
    drawn = intervals(shares, lengths, resamples=resamples, seed=seed)
    return [replace(one, interval=drawn[one.category]) for one in (*found, together)]


def _shares(
    marked: Sequence[Extents], length: int, clauses: Sequence[int], texts: Sequence[int]
) -> Shares:
    gaps = [gap for ranges in marked for gap in _within(_gaps(ranges, length), texts)]
    apart = [
        (place, 2 * squares)
        for a, b in combinations(marked, 2)
        for place, squares in _differences(a, b, length)
    ]
    return Shares.of(marked, gaps, apart, clauses)


def _category(
    category: str, marked: Sequence[Extents], length: int, texts: Sequence[int]
) -> Unitizing:
    if len(marked) < 2:
        raise ValueError(f"agreement on {category!r} needs two observers or more")
    for ranges in marked:
        if ranges and (ranges[0][0] < 0 or ranges[-1][1] > length):
            raise ValueError(f"{ranges[0]!r} to {ranges[-1]!r} is outside of 0 to {length}")
    pairs = len(marked) * (len(marked) - 1)
    apart = sum(2 * d for a, b in combinations(marked, 2) for _, d in _differences(a, b, length))
    return Unitizing(
        category=category,
        observers=len(marked),
        units=sum(map(len, marked)),
        markers=sum(map(bool, marked)),
        observed=apart / (pairs * length * length) if length else 0.0,
        expected=_expected(marked, length, texts),
    )


def _apart(ranges: Iterable[tuple[int, int]]) -> Extents:
    """The ranges in order; those that overlap are one, those that only touch stay two."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


def _differences(one: Extents, other: Extents, length: int) -> Iterator[tuple[int, int]]:
    """The squared differences of all pairs of sections, each with where the first of them begins.

    Those of one against those of the other.
    """
    for (a, b), (c, d) in _overlapping(one, other):
        yield min(a, c), (a - c) ** 2 + (b - d) ** 2
    yield from _alone(one, other, length)
    yield from _alone(other, one, length)


def _overlapping(one: Extents, other: Extents) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    first = 0
    for start, end in one:
        while first < len(other) and other[first][1] <= start:
            first += 1
        place = first
        while place < len(other) and other[place][0] < end:
            yield (start, end), other[place]
            place += 1


def _alone(marked: Extents, other: Extents, length: int) -> Iterator[tuple[int, int]]:
    """The squared lengths of units that lie wholly in a gap of the other's, with their places."""
    gaps = _gaps(other, length)
    starts = [start for start, _ in gaps]
    for start, end in marked:
        place = bisect_left(starts, start + 1) - 1
        if place >= 0 and end <= gaps[place][1]:
            yield start, (end - start) ** 2


def _gaps(marked: Extents, length: int) -> Extents:
    ends = [0, *(end for _, end in marked)]
    starts = [*(start for start, _ in marked), length]
    return tuple((a, b) for a, b in zip(ends, starts, strict=True) if a < b)


def _within(gaps: Iterable[tuple[int, int]], texts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The gaps, cut where a text begins."""
    for start, end in gaps:
        cuts = dict.fromkeys(texts[bisect_right(texts, start) : bisect_left(texts, end)])
        yield from pairwise((start, *cuts, end))


def _expected(marked: Sequence[Extents], length: int, texts: Sequence[int]) -> float:
    """What disagreement would be if all units were put down anywhere on the continuum."""
    units = sorted(end - start for ranges in marked for start, end in ranges)
    gaps = sorted(b - a for ranges in marked for a, b in _within(_gaps(ranges, length), texts))
    # Sums over the longest gaps, so that those that can hold a unit are looked up, not walked.
    longest = [0, *accumulate(reversed(gaps))]
    total = 0
    for unit in units:
        fitting = len(gaps) - bisect_left(gaps, unit)
        room = longest[fitting] - fitting * (unit - 1)
        against_units = (len(units) - 1) * (2 * unit**3 - 3 * unit**2 + unit)
        total += against_units + 3 * unit**2 * room
    positions = len(marked) * length
    ways = positions * (positions - 1) - sum(unit * (unit - 1) for unit in units)
    return 2 * total / (3 * length * ways) if length and ways else 0.0


def on_continuum(
    ranges: Iterable[tuple[int, int]], read: Iterable[tuple[int, int]]
) -> tuple[list[tuple[int, int]], int]:
    """Ranges of a text as places on the continuum of what was read, and its length.

    Only what lies within `read` is kept; a range that crosses what was not read becomes one range
    over the words before and after it, which stand beside each other on the continuum.
    """
    stretches = covers(read)
    starts = [start for start, _ in stretches]
    before = [0, *accumulate(end - start for start, end in stretches)]
    placed = []
    for start, end in ranges:
        first = _place(stretches, starts, before, start)
        last = _place(stretches, starts, before, end)
        if first < last:
            placed.append((first, last))
    return placed, before[-1]


def _place(stretches: Extents, starts: list[int], before: list[int], offset: int) -> int:
    """How many positions of the continuum lie before the offset."""
    place = bisect_left(starts, offset) - 1
    if place < 0:
        return 0
    start, end = stretches[place]
    return before[place] + min(offset, end) - start
