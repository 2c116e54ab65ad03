"""The tree of a page -> blocks in reading order, with the numbers that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.intake.blocks import Piece
from annotator.intake.page import tables
from annotator.intake.structure import marks

if TYPE_CHECKING:
    from annotator.intake.page.tree import Element

_BREAK_NAMES = (
    "p div h1 h2 h3 h4 h5 h6 li br tr table ul ol dl dt dd blockquote section article pre figure "
    "figcaption hr main body address details summary caption center td th header footer nav aside "
    "fieldset legend form thead tbody tfoot option menu dir hgroup search"
)
_BREAKS = frozenset(_BREAK_NAMES.split())
# A number alone in one of these stands before the words that come next, on the same line.
_SOFT = frozenset({"td", "th", "dt", "dd", "div", "span", "section"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STYLED_BLOCK = re.compile(r"display\s*:\s*(?:block|list-item|table|flex|grid)", re.I)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.I)
_STYLES = {
    "none": "",
    "disc": "",
    "circle": "",
    "square": "",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_PLACE = r"(?:\d{1,3}|[ivxlc]{1,6}|[^\W\d_]|aa|bb|cc|dd|ee|ff)(?:\s?(?:bis|ter|quater))?"
_LONE_NUMBER = re.compile(rf"\s*(?:\(\s*{_PLACE}\s*\)|{_PLACE}\s?[.)])\s*\Z", re.I)
_LONE_BULLET = re.compile(r"\s*[•●▪◦·–—-]\s*\Z")
# "Article 5" in an element of its own: its heading comes next, often without a space between.
_LONE_HEAD = re.compile(r"\s*[^\W\d_]+\.?\s+(?:\d{1,4}|[IVXLC]+)\.?\Z")
# "1", "1 (2)" and "SCHEDULE", each in a span that the style sheet sets beside the words
_LONE_STYLED = re.compile(
    r"\s*(?:\d{1,3}[A-Z]{0,2}(?:\s?\(\w{1,4}\))?|SCHEDULE|ANNEX|APPENDIX|PREAMBLE)\Z"
)
_NOTE_WORDS = ("footnote", "noteref", "fnref", "reference")
_DEEPEST_COLUMNS = 4
_WHITE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _List:
    ordered: bool
    style: str
    next: int
    step: int = 1
    bullet: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A block, whether every word of it is a link, and whether there is a link in it."""

    piece: Piece
    link: bool = False
    linked: bool = False


@dataclass(slots=True)
class Counts:
    """What was left out on the way, for warnings."""

    deleted: int = 0
    notes: int = 0


def lines(root: Element, counts: Counts | None = None) -> list[Line]:
    """The blocks below an element, in reading order.

    List items that the browser numbers get their number as text, in the style of the list. The
    rows of a table of data are a block each, their cells parted by " | ". Struck text and the marks
    of footnotes are left out and counted.
    """
    reader = _Reader(counts or Counts())
    reader.read(root)
    return reader.found


class _Reader:
    def __init__(self, counts: Counts) -> None:
        self.found: list[Line] = []
        self._counts = counts
        self._words: list[str] = []
        self._plain = False
        self._linked = False
        self._level = 0
        self._pre = 0
        self._links = 0
        self._tables = 0
        self._number = ""
        self._bullet = ""
        self._begins_item = False
        self._lists: list[_List] = []

    def read(self, root: Element) -> None:
        """Every block below the root; no recursion, since pages may be nested deep."""
        stack: list[tuple[Element, Iterator[Element]]] = []
        self._open(root)
        stack.append((root, iter(self._children(root))))
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._close(element)
                if stack:
                    self._say(element.tail)
                continue
            if self._is_left_out(child):
                self._say(child.tail)
                continue
            row = tables.row(child)
            if row is not None:
                self._flush()
                self._row(row)
                self._say(child.tail)
                continue
            self._open(child)
            stack.append((child, iter(self._children(child))))
        self._flush()

    def _children(self, element: Element) -> list[Element]:
        if element.tag == "table" and self._tables <= _DEEPEST_COLUMNS:
            return tables.by_column(element)
        return list(element)

    def _is_left_out(self, element: Element) -> bool:
        if not isinstance(element.tag, str) or element.tag in ("head", "title", "script"):
            return True
        if element.tag in ("del", "s", "strike"):
            self._counts.deleted += bool("".join(element.itertext()).strip())
            return True
        if element.tag in ("sup", "a") and _is_note(element):
            self._counts.notes += 1
            return True
        return False

    def _row(self, cells: list[Element]) -> None:
        parts = []
        for cell in cells:
            inner = _Reader(self._counts)
            inner.read(cell)
            parts.append(" ".join(line.piece.text.strip() for line in inner.found))
        if any(parts):
            self._words = [" | ".join(parts)]
            self._plain = True
            self._flush()

    def _open(self, element: Element) -> None:
        tag = element.tag
        if tag == "br" and self._level:
            # A heading set on two lines is one heading.
            self._words.append(" ")
        elif tag in _BREAKS or _STYLED_BLOCK.search(element.get("style", "")):
            self._flush(soft=tag in _SOFT or tag in ("p", "ul", "ol", "table", "tr", "tbody"))
        elif 0 < len(self._words) <= 5:
            words = "".join(self._words)
            lone = _LONE_NUMBER.match(words) or _LONE_HEAD.match(words)
            if len(words) < 40 and (lone or _is_apart(words, element)):
                self._words.append(" ")
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag == "pre":
            self._pre += 1
        elif tag == "table":
            self._tables += 1
        elif tag == "a" and element.get("href") is not None:
            self._links += 1
            self._linked = True
        elif tag in ("ol", "ul", "menu", "dir"):
            self._open_list(element)
        elif tag == "li":
            self._open_item(element)
        self._say(element.text)

    def _close(self, element: Element) -> None:
        tag = element.tag
        if tag in _BREAKS and tag != "br":
            self._flush(soft=tag in _SOFT)
        if tag in _HEADINGS:
            self._level = 0
        elif tag == "pre":
            self._pre -= 1
        elif tag == "table":
            self._tables -= 1
        elif tag == "a" and element.get("href") is not None:
            self._links -= 1
        elif tag in ("ol", "ul", "menu", "dir") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._number, self._bullet, self._begins_item = "", "", False

    def _say(self, words: str | None) -> None:
        if not words:
            return
        self._words.append(words if self._pre else _WHITE.sub(" ", words))
        if not self._links and any(char.isalnum() for char in words):
            self._plain = True

    def _flush(self, soft: bool = False) -> None:
        words = "".join(self._words)
        if len(words) < 30 and not self._level and (soft or self._tables):
            if soft and _LONE_NUMBER.match(words):
                self._words = [words.strip() + " "]
                return
            if _LONE_BULLET.match(words):
                self._bullet, words = words.strip(), ""
        link, linked = not self._plain, self._linked
        self._words, self._plain, self._linked = [], False, self._links > 0
        for line in words.split("\n") if self._pre else [words]:
            if not line.strip():
                continue
            marked = marks.enumerator(line.strip())
            if self._number and not marked:
                line = self._number + line.strip()
            bullet = "" if self._number or marked or self._level else self._bullet
            # An item stands deeper than the list around it, what follows inside it deeper still.
            indent = 2 * len(self._lists) + (0 if self._begins_item else bool(self._lists))
            self._number, self._bullet, self._begins_item = "", "", False
            self.found.append(Line(Piece(line, self._level, indent, bullet), link, linked))

    def _open_list(self, element: Element) -> None:
        start = element.get("start", "1").strip()
        style = element.get("type", "1").strip()
        named = _LIST_STYLE.search(element.get("style", ""))
        if named:
            style = _STYLES.get(named.group(1).lower(), "1")
        number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
        if element.tag != "ol":
            drawn = not named or named.group(1).lower() != "none"
            self._lists.append(_List(False, style, number, bullet="•" if drawn else ""))
            return
        step = 1
        if element.get("reversed") is not None:
            step = -1
            if element.get("start") is None:
                number = sum(inner.tag == "li" for inner in element)
        self._lists.append(_List(bool(style), style, number, step))

    def _open_item(self, element: Element) -> None:
        self._number, self._bullet, self._begins_item = "", "", True
        if not self._lists or not self._lists[-1].ordered:
            self._bullet = self._lists[-1].bullet if self._lists else ""
            return
        current = self._lists[-1]
        if re.fullmatch(r"\d{1,6}", element.get("value", "").strip()):
            current.next = int(element.get("value", "").strip())
        named = _LIST_STYLE.search(element.get("style", ""))
        style = _STYLES.get(named.group(1).lower(), "1") if named else current.style
        if style:
            self._number = numbered(current.next, style)
        current.next += current.step


def _is_apart(words: str, element: Element) -> bool:
    """Whether the page sets a number or "SCHEDULE" apart from what comes next by its style only."""
    if element.tag != "span" or not element.get("class") or words[-1:].isspace():
        return False
    following = tables.start(element, 20).strip()
    return bool(_LONE_STYLED.match(words)) and not following[:1].islower()


def _is_note(element: Element) -> bool:
    """Whether it is the mark of a footnote: a raised or named link within the page."""
    if len(element) > 2:
        return False
    link = element if element.tag == "a" else element.find("a")
    said = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}".lower()
    named = any(word in said for word in _NOTE_WORDS)
    raised = element.tag == "sup"
    within = link is not None and link.get("href", "").startswith("#")
    if not ((raised and (within or named)) or (named and within)):
        return False
    words = tables.start(element, 20).strip()
    return len(words) <= 6 and any(char.isdigit() or char in "*†‡" for char in words)


def numbered(number: int, style: str) -> str:
    """A list number as the page shows it, letters and Roman numerals in brackets.

    >>> numbered(4, "1"), numbered(28, "a"), numbered(4, "i")
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
