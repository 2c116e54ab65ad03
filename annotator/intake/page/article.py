"""The article on a news page and what the page says of it, by trafilatura.

Chosen over readability-lxml, which on the same pages left share buttons, adverts, newsletters and
authors' lives in the text, and gives neither author nor date.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from annotator.intake.blocks import Piece
from annotator.intake.page import linked

if TYPE_CHECKING:
    from annotator.intake.page.tree import Element

# In larger pages trafilatura takes time that grows with the square of what it is given.
_MOST_ELEMENTS = 15_000
_DEEPEST = 150
_MOST_LETTERS = 2_000_000
_BYLINE = re.compile(
    r"(?:By|Von|Par|Por|Di|Door|Av|Från)\s+(?P<name>[^\W\d_][\w.'’-]*(?:\s+[\w.'’-]+){1,4}?)"
    r"\s*(?:[|,·•–—-]\s*.{0,60})?\Z"
)
_LONGEST_BYLINE = 100
# What they have to say is said in warnings of our own.
for _name in ("trafilatura", "htmldate", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)
# What it raises on pages that no person wrote: it is made for those that people did.
_STUMBLES = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of its text; "" for what it does not say."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    date: str = ""

    def metadata(self) -> dict[str, str]:
        """Author, publisher and date (ISO 8601), as far as they are known."""
        pairs = (("author", self.author), ("publisher", self.publisher), ("date", self.date))
        return {key: value for key, value in pairs if value}


def is_too_large(root: Element, letters: int) -> bool:
    """Whether a page with so many letters is too large, or nested too deep, to look through."""
    if letters > _MOST_LETTERS:
        return True
    level, count = [root], 0
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
        count += len(level)
        if count > _MOST_ELEMENTS:
            return True
        if not level:
            return False
    return True


def find(root: Element, *, url: str = "") -> tuple[list[Piece], Said]:
    """The blocks of the article and what the page says of it; the tree is used up.

    No blocks where none is found. The title is the first block, with level 1.
    """
    data = linked.read(root)
    try:
        found = _extracted(root, url)
    except _STUMBLES:
        return [], _said(None, data)
    if found is None or isinstance(found, dict):
        return [], Said()
    said = _said(found, data)
    pieces = list(_pieces(found.body)) if found.body is not None else []
    said = replace(said, title=_shorter(said.title, pieces))
    pieces, byline = _without_top(pieces, said)
    if pieces and said.title:
        pieces.insert(0, Piece(said.title, level=1))
    return pieces, replace(said, author=said.author or byline.author, date=said.date or byline.date)


def _extracted(root: Element, url: str) -> Any:
    # Imported late: it takes 0.3 s, and most files are no web pages.
    import trafilatura

    return trafilatura.bare_extraction(
        root,
        url=url or None,
        include_comments=False,
        include_tables=True,
        favor_recall=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def about(root: Element, *, url: str = "") -> Said:
    """What a page says of its text, without looking for an article; the tree stays."""
    from trafilatura.metadata import extract_metadata

    data = linked.read(root)
    if is_too_large(root, 0):
        return _said(None, data)
    options = {"original_date": True, "extensive_search": False}
    try:
        return _said(extract_metadata(root, default_url=url or None, date_config=options), data)
    except _STUMBLES:
        return _said(None, data)


def _said(found: Any, data: linked.Linked) -> Said:
    """What the page says to search engines, else what trafilatura finds in it."""
    date = str(getattr(found, "date", None) or "")
    return Said(
        title=_line(getattr(found, "title", None)) or data.title,
        author=data.author or _line(getattr(found, "author", None)),
        publisher=data.publisher or _line(getattr(found, "sitename", None)),
        date=data.date or (date if _DATE.fullmatch(date) else ""),
    )


def _line(value: str | None) -> str:
    return " ".join((value or "").split())[:300]


def _pieces(body: Element) -> Iterator[Piece]:
    """The mark-up that trafilatura makes (head, p, list, item, quote, table) as blocks."""
    words: list[str] = []
    level = 0
    numbers: list[int | None] = []
    stack: list[tuple[Element, bool]] = [(body, False)]

    def flush() -> Iterator[Piece]:
        said = "".join(words)
        words.clear()
        if said.strip():
            yield Piece(said, level=level, indent=2 * len(numbers))

    while stack:
        element, closing = stack.pop()
        tag = element.tag
        if closing:
            if tag in ("head", "p", "item", "quote", "list", "row", "code", "ab", "div", "lb"):
                yield from flush()
            if tag == "head":
                level = 0
            elif tag == "list":
                numbers.pop()
            if element is not body and element.tail:
                words.append(element.tail)
            continue
        if not isinstance(tag, str):
            continue
        if tag == "row" and not _is_layout(element):
            yield from flush()
            cells = [" ".join("".join(cell.itertext()).split()) for cell in element.iter("cell")]
            if any(cells):
                words.append(" | ".join(cells))
            yield from flush()
            if element.tail:
                words.append(element.tail)
            continue
        if tag in (
            "head",
            "p",
            "item",
            "quote",
            "list",
            "cell",
            "code",
            "ab",
            "div",
            "lb",
            "table",
        ):
            yield from flush()
        if tag == "head":
            rend = element.get("rend", "")
            level = int(rend[1]) if re.fullmatch(r"h[1-6]", rend) else 2
        elif tag == "list":
            numbers.append(0 if element.get("rend") == "ol" else None)
        elif tag == "item" and numbers and numbers[-1] is not None:
            numbers[-1] += 1
            words.append(f"{numbers[-1]}. ")
        words.append(element.text or "")
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    yield from flush()


def _is_layout(row: Element) -> bool:
    cells = list(row.iter("cell"))
    full = sum(bool("".join(cell.itertext()).strip()) for cell in cells)
    return full < 2 or any(cell.find(".//p") is not None for cell in cells)


def _shorter(title: str, pieces: list[Piece]) -> str:
    """The title without the name of the site, where one of the first blocks is the rest of it."""
    for piece in pieces[:8]:
        line = " ".join(piece.text.split())
        if len(line) > 20 and line != title and (title.startswith(line) or title.endswith(line)):
            return line
    return title


def _without_top(pieces: list[Piece], said: Said) -> tuple[list[Piece], Said]:
    """The blocks without the title and the line of author and date, and what that line says."""
    found = Said()
    kept: list[Piece] = []
    for place, piece in enumerate(pieces):
        line = " ".join(piece.text.split())
        if place < 4:
            if said.title and _bare(line) == _bare(said.title):
                continue
            byline = _BYLINE.match(line) if len(line) <= _LONGEST_BYLINE else None
            if byline and not line.endswith("."):
                found = Said(author=byline.group("name").strip(), date=_date(line))
                continue
            if said.author and _bare(line) == _bare(said.author):
                continue
        kept.append(piece)
    return kept, found


def _date(line: str) -> str:
    if not any(char.isdigit() for char in line):
        return ""
    from htmldate import find_date

    try:
        return find_date(f"<html><p>{escape(line)}</p></html>", extensive_search=True) or ""
    except _STUMBLES:
        return ""


def from_whole(found: list[Piece], whole: list[Piece]) -> list[Piece]:
    """The blocks of the whole page that were found to be its article, and their sub-headings.

    The page's own blocks have their levels and numbers, and trafilatura leaves out headings of few
    letters. What was found stays as it is where it is cut in other places than the page.
    """
    wanted = Counter(_bare(piece.text) for piece in found)
    kept = [False] * len(whole)
    for i, piece in enumerate(whole):
        bare = _bare(piece.text)
        if wanted[bare] > 0:
            wanted[bare] -= 1
            kept[i] = True
    if sum(wanted.values()) > sum(kept) / 20 + 1:
        return found
    first = kept.index(True) if True in kept else 0
    for i in range(len(whole) - 2, first, -1):
        kept[i] = kept[i] or (whole[i].level > 0 and kept[i + 1])
    top: list[Piece] = []
    chosen = [piece for piece, keep in zip(whole, kept, strict=True) if keep]
    if found and found[0].level == 1:
        title = _bare(found[0].text)
        top = found[:1]
        chosen = [piece for piece in chosen if _bare(piece.text) != title]
    return [*top, *chosen]


def _bare(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())
