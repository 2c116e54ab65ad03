"""Tables on a page: of data, of numbers beside words, or only to arrange the page."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from annotator.intake.structure import marks

if TYPE_CHECKING:
    from annotator.intake.page.tree import Element

_BLOCK_NAMES = (
    "p div h1 h2 h3 h4 h5 h6 table ul ol dl blockquote section article pre center br form"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_NUMBER = re.compile(r"\(?\s*\w{1,5}\s?(?:bis|ter|quater)?\s*[.)]+|[•–—·-]|\d{1,3}")
_LONGEST_CELL = 600
_MOST_BLOCKS = 2
_MOST_PARTS = 150


def row(element: Element) -> list[Element] | None:
    """The cells of a row of data, which is to be one block; None for everything else.

    A row that only arranges the page, or sets a number beside its words, is no data.
    """
    if element.tag != "tr":
        return None
    cells = [cell for cell in element if cell.tag in ("td", "th")]
    said = [start(cell, _LONGEST_CELL + 1).strip() for cell in cells]
    full = [words for words in said if words]
    if len(full) < 2 or (len(full) == 2 and _NUMBER.fullmatch(full[0])):
        return None
    for cell, words in zip(cells, said, strict=True):
        if len(words) >= _LONGEST_CELL or _opens(words) or not _is_simple(cell):
            return None
    return cells


def start(element: Element, most: int) -> str:
    """The first words inside an element, at most so many characters and what ends their run."""
    parts: list[str] = []
    size = 0
    for words in itertools.islice(element.itertext(), _MOST_PARTS):
        parts.append(words[:most])
        size += len(words.strip())
        if size >= most:
            break
    return "".join(parts)


def _is_simple(cell: Element) -> bool:
    blocks = 0
    for part in itertools.islice(cell.iter(), 1, 100):
        blocks += part.tag in _BLOCKS
        if blocks > _MOST_BLOCKS or part.tag in ("table", "li"):
            return False
    return True


def by_column(table: Element) -> list[Element]:
    """The parts of a table in reading order: down its columns where several hold articles of law.

    So are texts set side by side, one language a column.
    """
    rows = [part for part in table.iter("tr") if _table_of(part) is table]
    columns: dict[int, int] = {}
    cells: list[list[Element]] = []
    for part in rows:
        inside = [cell for cell in part if cell.tag in ("td", "th")]
        cells.append(inside)
        for place, cell in enumerate(inside):
            columns[place] = columns.get(place, 0) + _holds_articles(cell)
    if sum(count > 0 for count in columns.values()) < 2:
        return list(table)
    width = max(len(inside) for inside in cells)
    return [inside[place] for place in range(width) for inside in cells if place < len(inside)]


def _table_of(element: Element) -> Element | None:
    return next(element.iterancestors("table"), None)


def _holds_articles(cell: Element) -> int:
    return sum(_opens(part.text or "") for part in cell.iter())


def _opens(words: str) -> bool:
    line = words.strip()[:200].split("\n", 1)[0].strip()
    if not line or line[0].islower() or len(line) > 150:
        return False
    found = marks.heading(line)
    return found is not None and found.kind == "article"
