"""Whether two blocks of runs beside each other are columns of text, or numbers, notes, a table.

In a column lines run on: one is full, so that the next word had no room in it, and the next begins
in mid-sentence. The cells of a table, signatures and the marks of a list do not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from annotator.intake.pdf.runs import Run

# How wide a column is at least. This and those below are in the size of the type.
NARROWEST = 8.0
_WHITE = 0.5
_SAME_EDGE = 4.0
_NEXT_LINE = 2.4
_SLACK = 0.3
# A line set by hand may end so far, of its column's width, before the next word has no room.
_RAGGED = 0.12
_FEWEST_LINES = 3
_FEWEST_RUN_ON = 3
# Of the lines, how many must run on; of the height, how much the lines must fill.
_RUN_ON = 0.18
_FILLED = 0.5
_OVERLAP = 0.5
_AS_WIDE = 0.6
_ENDS = (".", ";", ":", "!", "?", "。", "；", "：", "؛", "؟", "|")


@dataclass(frozen=True, slots=True)
class Beside:
    """Two blocks that are columns: their lines, and the white between them in points."""

    lines: int
    width: float


@dataclass(frozen=True, slots=True)
class _Block:
    runs: Sequence[Run]
    levels: tuple[float, ...]
    left: float
    right: float
    size: float
    run_on: int

    @property
    def full(self) -> bool:
        """Whether it is text by itself."""
        return (
            len(self.levels) >= _FEWEST_LINES
            and self.run_on >= 1
            and self.run_on >= _RUN_ON * len(self.levels)
        )


def beside(before: Sequence[Run], behind: Sequence[Run]) -> Beside | None:
    """What makes two blocks columns, or None if they are not.

    The one behind may be shorter, as the last column of a text is.
    """
    one, other = _block(before), _block(behind)
    size = max(one.size, other.size)
    white = other.left - one.right
    if white < _WHITE * size or min(one.right - one.left, other.right - other.left) < (
        NARROWEST * size
    ):
        return None
    if not (one.full and _is_filled(one) and _stand_beside(one, other)):
        return None
    begun = other.full and _is_filled(other)
    if not (begun or _is_begun(one, other)):
        return None
    if one.run_on + other.run_on < _FEWEST_RUN_ON:
        return None
    return Beside(len(one.levels) + len(other.levels), white)


def _block(runs: Sequence[Run]) -> _Block:
    size = median(run.size for run in runs)
    levels: list[float] = []
    for run in sorted(runs, key=lambda run: -run.y):
        if not levels or levels[-1] - run.y > 0.35 * size:
            levels.append(run.y)
    return _Block(
        runs,
        tuple(levels),
        min(run.left for run in runs),
        max(run.right for run in runs),
        size,
        _run_on(runs, size),
    )


def _run_on(runs: Sequence[Run], size: float) -> int:
    """How many lines go on with the sentence and the full line above them."""
    edges = _edges(runs, size)
    starts = [left for left, _ in edges]
    columns: dict[int, list[Run]] = {}
    for run in sorted(runs, key=lambda run: (-run.y, run.left)):
        columns.setdefault(bisect_right(starts, run.left) - 1, []).append(run)
    return sum(
        _goes_on(above, run, *edges[place])
        for place, held in columns.items()
        for above, run in pairwise(held)
    )


def _edges(runs: Sequence[Run], size: float) -> list[tuple[float, float]]:
    """The left and right edges of the columns that the runs' left edges show."""
    found: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda run: run.left):
        if found and run.left - found[-1][0] <= _SAME_EDGE * size:
            found[-1] = (found[-1][0], max(found[-1][1], run.right))
        else:
            found.append((run.left, run.right))
    return found


def _goes_on(above: Run, run: Run, left: float, right: float) -> bool:
    text, begin = above.text.rstrip(), run.text.lstrip()[:1]
    if not 0 < above.y - run.y <= _NEXT_LINE * run.size or text.endswith(_ENDS):
        return False
    if not begin.isalpha() or begin.isupper():
        return False
    # A line without spaces may break anywhere.
    word = min(run.word, 2 * run.size) if ord(begin) > 0x2E7F else run.word
    room = right - above.right
    return room < word + _SLACK * run.size + _RAGGED * (right - left) and (
        above.right - above.left > 0.5 * NARROWEST * run.size
    )


def _is_filled(block: _Block) -> bool:
    """Whether the lines follow each other, as notes in a margin and cells of a table do not.

    One gap is free: the white between the end of a text and its footnotes.
    """
    gaps = sorted(above - below for above, below in pairwise(block.levels))
    return not gaps or len(gaps) * median(gaps) >= _FILLED * sum(gaps[:-1])


def _stand_beside(one: _Block, other: _Block) -> bool:
    high, low = min(one.levels[0], other.levels[0]), max(one.levels[-1], other.levels[-1])
    shorter = min(one.levels[0] - one.levels[-1], other.levels[0] - other.levels[-1])
    return high - low >= _OVERLAP * shorter


def _is_begun(one: _Block, other: _Block) -> bool:
    """Whether a block is the beginning of a column like the one before it."""
    level = abs(one.levels[0] - other.levels[0]) <= 1.3 * one.size
    widest = max(run.right - run.left for run in other.runs)
    return (
        level
        and _is_filled(other)
        and widest >= _AS_WIDE * (one.right - one.left)
        and len(one.levels) > len(other.levels)
        and (other.run_on > 0 or len(other.levels) < _FEWEST_LINES)
    )
