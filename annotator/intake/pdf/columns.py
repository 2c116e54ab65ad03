"""Runs of characters -> the lines of a page, one column after the other.

A page is cut at the strip of white between two columns wherever prose stands on both sides of it;
what crosses the strip (a title, a heading, a wide footnote) parts the columns above from those
below. Each piece is then looked at in the same way, so that three columns are two cuts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from annotator.intake.pdf import prose
from annotator.intake.pdf.runs import Line, Page, Run
from annotator.intake.structure import marks

# An edge on which so many runs begin or end may be that of a column.
_FEWEST_ON_EDGE = 2
_EDGE = 2.0
# In the size of the type: what is one line, what belongs to one heading, what stands alone.
_LEVEL = 0.35
_TOGETHER = 2.0
_ALONE = 1.3
_CENTRED = 1.0
# Of the lines that it would part, how many may run across a strip known from other pages.
_ACROSS = 0.5
_MOST_EDGES = 24
# A page of more runs is no page of text, and cutting it would take long.
_MOST_RUNS = 5_000
# Of the lines beside one strip, how many must stand beside another that is the same.
_AS_MANY = 0.8
_OUT = 0.2


@dataclass(frozen=True, slots=True)
class Cut:
    """A strip of white at `x`, and how sure it is: lines of prose beside it, lines across it."""

    x: float
    lines: int
    across: int
    width: float


def gutters(page: Page) -> tuple[float, ...]:
    """Where the strips between the page's columns lie, from left to right; () for one column."""
    found: set[float] = set()
    list(_parts(_whole(page.runs), (), found))
    return tuple(sorted(found))


def lines(page: Page, *, known: Sequence[float] = ()) -> list[list[Line]]:
    """The lines of each column, in reading order.

    `known` are the `gutters` of the document's other pages, for a page too short to show its own.
    """
    return [_column(part) for part in _parts(_whole(page.runs), known, set()) if part.runs]


@dataclass(frozen=True, slots=True)
class _Part:
    """Runs to be read together, and the edges between which they are set."""

    runs: Sequence[Run]
    left: float
    right: float


def _whole(runs: Sequence[Run]) -> _Part:
    left = min((run.left for run in runs), default=0.0)
    return _Part(runs, left, max((run.right for run in runs), default=0.0))


def _parts(part: _Part, known: Sequence[float], found: set[float]) -> Iterator[_Part]:
    """The part cut into those to be read one behind the other; the strips go to `found`."""
    cut = _best(part.runs) if len(part.runs) <= _MOST_RUNS else None
    if cut is not None:
        found.add(round(cut.x, 1))
    x = cut.x if cut is not None else _known(part.runs, known)
    if x is None:
        yield part
        return
    sides = _sides(part.runs, x)
    inner, outer = max(run.right for run in sides[0]), min(run.left for run in sides[1])
    for band, across in _bands(part.runs, x):
        if len(band) == len(part.runs) and across:
            yield part
            continue
        if across:
            yield from _parts(replace(part, runs=band), known, found)
            continue
        before, behind = _sides(band, x)
        for side in (_Part(before, part.left, inner), _Part(behind, outer, part.right)):
            if side.runs:
                yield from _parts(side, known, found)


def _best(runs: Sequence[Run]) -> Cut | None:
    """The strip with most prose beside it, then with least across it, then the widest.

    Strips nearer to each other than a column is wide are one: marks of a list stand between them,
    which belong to the words behind.
    """
    cuts = [cut for x in _edges(runs) if (cut := _cut(runs, x)) is not None]
    if not cuts:
        return None
    best = max(cuts, key=lambda cut: (cut.lines, -cut.across, cut.width))
    near = best.x - prose.NARROWEST * max(run.size for run in runs)
    same = [cut for cut in cuts if near < cut.x <= best.x and cut.across <= best.across]
    return min((cut for cut in same if cut.lines >= _AS_MANY * best.lines), key=lambda cut: cut.x)


def _edges(runs: Sequence[Run]) -> list[float]:
    """Where a column may begin: just before the left edges that several runs share."""
    shared = Counter(round(run.left / _EDGE) for run in runs)
    common = [edge for edge, many in shared.most_common(_MOST_EDGES) if many >= _FEWEST_ON_EDGE]
    starts = [min((run for run in runs if round(run.left / _EDGE) == e), key=_left) for e in common]
    # Letters such as a j reach a little out of their column.
    return [run.left - _OUT * run.size for run in starts]


def _left(run: Run) -> float:
    return run.left


def _cut(runs: Sequence[Run], x: float) -> Cut | None:
    before, behind = _sides(runs, x)
    if min(len(before), len(behind)) < 2:
        return None
    found = [
        prose.beside(*sides)
        for band, over in _bands(runs, x)
        if not over and all(sides := _sides(band, x))
    ]
    sure = [beside for beside in found if beside is not None]
    if not sure:
        return None
    across = len(runs) - len(before) - len(behind)
    return Cut(x, sum(one.lines for one in sure), across, min(one.width for one in sure))


def _known(runs: Sequence[Run], known: Sequence[float]) -> float | None:
    for x in known:
        before, behind = _sides(runs, x)
        across = len(runs) - len(before) - len(behind)
        if before and behind and across < _ACROSS * len(runs):
            return x
    return None


def _sides(runs: Sequence[Run], x: float) -> tuple[list[Run], list[Run]]:
    return [run for run in runs if run.right <= x], [run for run in runs if run.left >= x]


def _bands(runs: Sequence[Run], x: float) -> list[tuple[list[Run], bool]]:
    """The runs from top to bottom, cut above and below what stands across the strip.

    With each band comes whether it is what stands across.
    """
    across = [run for run in runs if run.left < x < run.right]
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    across += [
        run
        for run in runs
        if (run.right <= x or run.left >= x)
        and _may_be_alone(run, left, right)
        and _is_alone(run, runs, x)
    ]
    if not across:
        return [(list(runs), False)]
    # Lines of one heading, title or abstract stand together, with all else on these lines.
    edges: list[float] = []
    low, size = 0.0, 0.0
    for run in sorted(across, key=lambda run: -run.y):
        if edges and low - run.y <= _TOGETHER * max(size, run.size):
            edges.pop()
        else:
            edges.append(-run.y - _LEVEL * run.size)
        edges.append(-run.y + _LEVEL * run.size)
        low, size = run.y, run.size
    edges.sort()
    bands: list[list[Run]] = [[] for _ in range(len(edges) + 1)]
    for run in runs:
        bands[bisect_left(edges, -run.y)].append(run)
    return [(band, place % 2 == 1) for place, band in enumerate(bands) if band]


def _may_be_alone(run: Run, left: float, right: float) -> bool:
    if run.left - left >= run.size:
        return abs(run.left + run.right - left - right) < 2 * _CENTRED * run.size
    return run.text.isupper() or marks.heading(run.text) is not None


def _is_alone(run: Run, runs: Sequence[Run], x: float) -> bool:
    """Whether a heading above all columns does not reach the strip.

    Nothing stands beside it. One at the left edge must stand between columns above and below,
    since it begins its own column otherwise.
    """
    others = [one for one in runs if (one.left >= x) != (run.left >= x)]
    near = min((abs(one.y - run.y) / max(one.size, run.size) for one in others), default=0.0)
    if run.left - min(one.left for one in runs) >= run.size:
        return near >= _ALONE
    return near > _TOGETHER and any(one.y > run.y for one in others)


def _column(part: _Part) -> list[Line]:
    levels: list[list[Run]] = []
    for run in sorted(part.runs, key=lambda run: (-run.y, run.left)):
        if levels and abs(levels[-1][0].y - run.y) <= _LEVEL * max(levels[-1][0].size, run.size):
            levels[-1].append(run)
        else:
            levels.append([run])
    found = [_line(level, part.left, part.right) for level in levels]
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
        small = run.size < 0.85 * size
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
