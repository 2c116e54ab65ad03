"""Runs of characters -> the lines of a page, one column after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from annotator.intake.pdf.runs import Line, Page, Run

# Where between the page's outermost characters the space between two columns may lie.
_FROM, _TO = 0.3, 0.7
_FEWEST_LINES = 4
# Of the lines beside the space, how many may run across it, as titles do.
_ACROSS = 0.35
_STEPS = 80


def gutter(page: Page) -> float | None:
    """Where the space between the page's two columns lies, or None for a page in one column.

    It is a strip about the middle that hardly any line crosses, with lines on both sides that
    mostly stand beside each other.
    """
    runs = page.runs
    if len(runs) < 2 * _FEWEST_LINES:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    width = right - left
    best: tuple[int, float, float] | None = None
    for step in range(_STEPS + 1):
        x = left + width * (_FROM + (_TO - _FROM) * step / _STEPS)
        before = [run for run in runs if run.right <= x]
        behind = [run for run in runs if run.left >= x]
        across = len(runs) - len(before) - len(behind)
        if min(_levels(before), _levels(behind)) < _FEWEST_LINES:
            continue
        if across > _ACROSS * (len(before) + len(behind)):
            continue
        if not _is_column(behind) or not _beside(before, behind):
            continue
        middle = abs(x - (max(run.right for run in before) + min(r.left for r in behind)) / 2)
        if best is None or (across, middle) < best[:2]:
            best = (across, middle, x)
    return best[2] if best else None


def _levels(runs: Sequence[Run]) -> int:
    return len({round(run.y) for run in runs})


def _is_column(runs: Sequence[Run]) -> bool:
    """Whether most lines are wide enough for a column of text rather than of a table's figures."""
    widths = [run.right - run.left for run in runs]
    return median(widths) > 8 * median(run.size for run in runs)


def _beside(before: Sequence[Run], behind: Sequence[Run]) -> bool:
    low = max(min(run.y for run in before), min(run.y for run in behind))
    high = min(max(run.y for run in before), max(run.y for run in behind))
    beside = sum(low - 1 <= run.y <= high + 1 for run in behind)
    return beside * 2 >= len(behind)


def lines(page: Page, *, split: float | None) -> list[list[Line]]:
    """The lines of each column, in reading order; `split` is the page's `gutter`.

    Lines across the whole page, such as a title, part what stands above from what stands below.
    """
    if split is None:
        found = _column(page.runs)
        return [found] if found else []
    # A run that crosses the gutter spans the page, and all else on its line with it.
    spanning = [run for run in page.runs if run.left < split < run.right]
    heights = sorted({run.y for run in spanning}, reverse=True)
    columns: list[list[Line]] = []
    waiting = [run for run in page.runs if run not in spanning]
    full: list[Run] = []
    for y in heights:
        above = [run for run in waiting if run.y > y + 0.35 * run.size]
        if above:
            columns += _flush(full)
            full = []
            columns += _beside_each_other(above, split)
        full += [run for run in waiting if run.y <= y + 0.35 * run.size and _level(run, y)]
        waiting = [run for run in waiting if not (run.y > y + 0.35 * run.size or _level(run, y))]
        full += [run for run in spanning if run.y == y]
    columns += _flush(full)
    columns += _beside_each_other(waiting, split)
    return [column for column in columns if column]


def _level(run: Run, y: float) -> bool:
    return abs(run.y - y) <= 0.35 * run.size


def _flush(runs: Sequence[Run]) -> list[list[Line]]:
    return [_column(runs)] if runs else []


def _beside_each_other(runs: Sequence[Run], split: float) -> list[list[Line]]:
    left = [run for run in runs if run.right <= split]
    right = [run for run in runs if run.right > split]
    return [_column(side) for side in (left, right) if side]


def _column(runs: Sequence[Run]) -> list[Line]:
    if not runs:
        return []
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    levels: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.y, run.left)):
        if levels and abs(levels[-1][0].y - run.y) <= 0.35 * max(levels[-1][0].size, run.size):
            levels[-1].append(run)
        else:
            levels.append([run])
    found = [_line(level, left, right) for level in levels]
    return [found[0], *(replace(line, gap=above.y - line.y) for above, line in pairwise(found))]


def _line(level: list[Run], column_left: float, column_right: float) -> Line:
    parts: list[str] = []
    raised: list[int] = []
    at = 0
    level.sort(key=lambda run: run.left)
    size = max(level, key=lambda run: len(run.text)).size
    end = 0.0
    for run in level:
        # A raised mark drawn by itself stands close to its word.
        if parts and run.left - end > 0.15 * size and not parts[-1].endswith(" "):
            parts.append(" ")
            at += 1
        small = run.size < 0.82 * size
        raised += [at + i for i in (range(len(run.text)) if small else run.raised)]
        parts.append(run.text)
        at += len(run.text)
        end = run.right
    y = max(level, key=lambda run: len(run.text)).y
    return Line(
        "".join(parts),
        level[0].left,
        max(run.right for run in level),
        y,
        size,
        level[0].word,
        column_left,
        column_right,
        raised=tuple(raised),
    )
