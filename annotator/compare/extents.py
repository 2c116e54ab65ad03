"""Sets of words as sorted ranges that do not touch: joining, cutting and comparing them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

Extents = tuple[tuple[int, int], ...]


def covers(spans: Iterable[tuple[int, int]]) -> Extents:
    """All that the spans cover, as few ranges as possible.

    >>> covers([(4, 9), (0, 2), (2, 5)])
    ((0, 9),)
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


def clip(extents: Extents, within: Iterable[tuple[int, int]]) -> Extents:
    """The parts of the extents inside the given ranges.

    >>> clip(((0, 9),), [(2, 4), (8, 20)])
    ((2, 4), (8, 9))
    """
    bounds = list(within)
    return covers((max(a, c), min(b, d)) for a, b in extents for c, d in bounds)


def overlap(one: Extents, other: Extents) -> int:
    """How many characters both cover."""
    return sum(b - a for a, b in clip(one, other))


def differing(several: Sequence[Extents]) -> Extents:
    """What some of them cover and others do not.

    >>> differing([((0, 9),), ((0, 5),)])
    ((5, 9),)
    """
    borders = sorted({border for extents in several for part in extents for border in part})
    return covers(
        piece
        for piece in pairwise(borders)
        if len({any(a <= piece[0] < b for a, b in extents) for extents in several}) > 1
    )


def trimmed(text: str, extents: Extents) -> Extents:
    """The extents without spaces and punctuation at their ends, joined where only such lie between.

    A range that holds nothing else is kept as it is.

    >>> trimmed("the data, stored here.", ((0, 10), (10, 22)))
    ((0, 21),)
    """
    parts: list[tuple[int, int]] = []
    for start, end in extents:
        first, last = start, end
        while first < last and _slight(text[first]):
            first += 1
        while first < last and _slight(text[last - 1]):
            last -= 1
        if first == last:
            first, last = start, end
        if parts and all(map(_slight, text[parts[-1][1] : first])):
            first = parts.pop()[0]
        parts.append((first, last))
    return tuple(parts)


def _slight(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZC"
