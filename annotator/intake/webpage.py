"""HTML into plain blocks, by the standard library's parser.

Enough for a page that marks its paragraphs, headings and lists as such. What surrounds the text
(navigation, header, footer, scripts, forms) is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from annotator.intake import marks
from annotator.intake.blocks import Piece, Source, assemble

_SKIPPED_NAMES = (
    "script style nav header footer aside noscript template svg math form button select iframe "
    "object audio video canvas"
)
_BREAK_NAMES = (
    "p div h1 h2 h3 h4 h5 h6 li br tr table ul ol dl dt dd blockquote section article pre figure "
    "figcaption hr main body address details summary caption center td th"
)
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_BREAKS = frozenset(_BREAK_NAMES.split())
_VOID = frozenset(_VOID_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NO_NUMBERS = re.compile(r"list-style(?:-type)?\s*:\s*none", re.I)


@dataclass(slots=True)
class _List:
    ordered: bool
    style: str
    next: int


def to_source(raw: str) -> Source:
    """The plain text of a page, with its title and the language it names.

    List items that the browser numbers get their number as text, in the style of the list.
    """
    parser = _Parser()
    parser.feed(raw)
    parser.close()
    parser.flush()
    first = next((piece.text for piece in parser.pieces if piece.level == 1), "")
    title = " ".join((parser.title or first).split())
    return assemble(parser.pieces, title=title, language=parser.language)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.title = ""
        self.language = ""
        self._words: list[str] = []
        self._level = 0
        self._pre = 0
        self._in_title = False
        self._in_head = False
        self._number = ""
        self._begins_item = False
        self._lists: list[_List] = []
        # The element being skipped, and how many of its own name are open inside it.
        self._skipping: tuple[str, int] | None = None

    def flush(self) -> None:
        """Close the block that is open."""
        words = "".join(self._words)
        self._words = []
        lines = words.split("\n") if self._pre else [words]
        for line in lines:
            if not line.strip():
                continue
            if self._number and not marks.enumerator(line.strip()):
                line = self._number + line.strip()
            # An item stands deeper than the list around it, what follows inside it deeper still.
            indent = 2 * len(self._lists) + (0 if self._begins_item else bool(self._lists))
            self._number, self._begins_item = "", False
            self.pieces.append(Piece(line, level=self._level, indent=indent))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        values = {name: value or "" for name, value in attrs}
        if self._skipping:
            name, depth = self._skipping
            if tag == name:
                self._skipping = (name, depth + 1)
            return
        if tag in _SKIPPED or ("hidden" in values and tag not in _VOID):
            self.flush()
            self._skipping = (tag, 1)
            return
        if tag == "html":
            self.language = values.get("lang") or values.get("xml:lang") or ""
        elif tag == "head":
            self._in_head = True
        elif tag == "title":
            self._in_title = True
        if tag in _BREAKS:
            # A head that is never closed ends where the first paragraph begins.
            self._in_head = False
            self.flush()
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag == "pre":
            self._pre += 1
        elif tag in ("ol", "ul"):
            self._open_list(tag, values)
        elif tag == "li":
            self._open_item(values)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if self._skipping:
            name, depth = self._skipping
            if tag == name:
                self._skipping = (name, depth - 1) if depth > 1 else None
            return
        if tag == "head":
            self._in_head = False
        elif tag == "title":
            self._in_title = False
        if tag in _BREAKS:
            self.flush()
        if tag in _HEADINGS:
            self._level = 0
        elif tag == "pre":
            self._pre = max(0, self._pre - 1)
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._number, self._begins_item = "", False

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        if self._skipping:
            return
        if self._in_title:
            self.title += data
        elif not self._in_head:
            self._words.append(data)

    def _open_list(self, tag: str, values: dict[str, str]) -> None:
        start = values.get("start", "1")
        style = "" if _NO_NUMBERS.search(values.get("style", "")) else values.get("type", "1")
        number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
        self._lists.append(_List(tag == "ol" and bool(style), style, number))

    def _open_item(self, values: dict[str, str]) -> None:
        self._number, self._begins_item = "", True
        if not self._lists or not self._lists[-1].ordered:
            return
        current = self._lists[-1]
        if re.fullmatch(r"\d{1,6}", values.get("value", "")):
            current.next = int(values["value"])
        self._number = _numbered(current.next, current.style)
        current.next += 1


def _numbered(number: int, style: str) -> str:
    """A list number as the page shows it, letters and Roman numerals in brackets.

    >>> _numbered(4, "1"), _numbered(28, "a"), _numbered(4, "i")
    ('4. ', '(bb) ', '(iv) ')
    """
    if style in ("a", "A") and 0 < number <= 52:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return f"({letters.upper() if style == 'A' else letters}) "
    if style in ("i", "I") and 0 < number < 90:
        tens, ones = divmod(number, 10)
        word = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")[tens]
        word += ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        return f"({word.upper() if style == 'I' else word}) "
    return f"{number}. "
