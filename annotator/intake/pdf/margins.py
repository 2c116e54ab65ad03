"""Running heads and page numbers: what stands at the top or foot of page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from annotator.intake.pdf.runs import Page, Run

# How far into a page, in lines, a head or foot may reach.
_DEPTH = 4
# Heads stand at the same height on each page, within so many points.
_HEIGHT = 4.0
_FEWEST = 3
_MOST_NUMBERS = 4
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[^\w]*(?:(?:page|pág(?:ina)?\.?|p\.|seite|стр\.)\s*)?(\d{1,4})(?:\s*(?:/|of|de|sur|von|из)\s*"
    r"(\d{1,4}))?[^\w]*\Z",
    re.I,
)
_ROMAN_NUMBER = re.compile(r"[^\w]*[ivxl]{1,7}[^\w]*\Z")

Key = tuple[str, int, tuple[tuple[bool, int], ...]]


def without(pages: Sequence[Page]) -> list[Page]:
    """The pages without running heads and page numbers.

    A head is a line at the top or foot whose words come at the same height on at least three
    pages, or on both of two; numbers in it may change as the page's own number does. It is taken
    away from the edge inwards, and the first line that is none ends that, so that no line of the
    text goes.
    """
    edges = [(_edge(page, top=True), _edge(page, top=False)) for page in pages]
    result = list(pages)
    for side in (0, 1):
        repeated = _repeated(pages, [edge[side] for edge in edges])
        for i, page in enumerate(pages):
            gone: set[int] = set()
            for level in edges[i][side]:
                heads = {
                    id(run)
                    for run in level
                    if not repeated.isdisjoint(_keys(run, page.number))
                    or _is_alone(run, level, page, len(pages))
                }
                gone |= heads
                if len(heads) < len(level):
                    break
            result[i] = replace(
                result[i], runs=tuple(run for run in result[i].runs if id(run) not in gone)
            )
    return result


def _edge(page: Page, *, top: bool) -> list[list[Run]]:
    """The outermost lines of a page, from its edge inwards."""
    levels: list[list[Run]] = []
    for run in sorted(page.runs, key=lambda run: -run.y if top else run.y):
        if levels and abs(levels[-1][0].y - run.y) <= 0.35 * run.size:
            levels[-1].append(run)
        elif len(levels) == _DEPTH:
            break
        else:
            levels.append([run])
    return levels


def _words(run: Run) -> str:
    return " ".join(run.text.split()).casefold()


def _keys(run: Run, page: int) -> Iterator[Key]:
    """What a head has in common with those of other pages: its words and height, and of each of
    its numbers either the number itself or how far it is from the page's.
    """
    words, height = _NUMBER.sub("#", _words(run)), round(run.y / _HEIGHT)
    numbers = [int(found) for found in _NUMBER.findall(run.text)[:_MOST_NUMBERS]]
    for moving in product((False, True), repeat=len(numbers)):
        places = tuple(
            (move, number - page if move else number)
            for move, number in zip(moving, numbers, strict=True)
        )
        yield words, height, places


def _repeated(pages: Sequence[Page], edges: Sequence[list[list[Run]]]) -> set[Key]:
    found: dict[Key, set[int]] = defaultdict(set)
    for page, levels in zip(pages, edges, strict=True):
        for level in levels:
            for run in level:
                for key in _keys(run, page.number):
                    found[key].add(page.number)
    fewest = min(_FEWEST, max(2, len(pages)))
    return {key for key, on in found.items() if len(on) >= fewest}


def _is_alone(run: Run, level: list[Run], page: Page, count: int) -> bool:
    """Whether it is the page's number by its form and by standing well apart from the text."""
    if len(level) > 1:
        return False
    match = _PAGE_NUMBER.match(run.text.strip())
    roman = _ROMAN_NUMBER.match(run.text.strip())
    if not match and not roman:
        return False
    away = min((abs(other.y - run.y) for other in page.runs if other.y != run.y), default=0.0)
    own = match is not None and (int(match.group(1)) == page.number or match.group(2) == str(count))
    return away > 1.8 * run.size and (own or roman is not None or count > 1)


def typical_size(pages: Sequence[Page]) -> float:
    """The size of type in which most characters of the document are set, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for run in page.runs:
            sizes[round(run.size, 1)] += len(run.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0
