"""The body of a DOCX file -> pieces of text, with what was left out counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from annotator.errors import IntakeError
from annotator.intake.blocks import Piece
from annotator.intake.structure import marks
from annotator.intake.word.numbering import Numbering
from annotator.intake.word.package import child, is_on, name, value
from annotator.intake.word.styles import OUTLINE_LEVELS, Style, own_number

DEEPEST = 100
_LONGEST_HEADING = 300
_BREAK = "\n"
# What holds other content without saying anything itself.
_WRAPPERS = frozenset(
    (
        "sdt",
        "sdtContent",
        "customXml",
        "smartTag",
        "hyperlink",
        "fldSimple",
        "dir",
        "bdo",
        "ruby",
        "rubyBase",
    )
)
_KEPT = frozenset(("ins", "moveTo"))
_DROPPED = frozenset(("del", "moveFrom"))
_SIGNS = {"tab": " ", "ptab": " ", "br": _BREAK, "cr": _BREAK, "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_NO_STYLE = Style("")


@dataclass(slots=True)
class Reader:
    """Reads a body once, in the order of the text; `counts` then says what was met.

    The keys of `counts` are "insertion", "deletion", "footnote", "endnote", "comment", "hidden"
    (passages) and "contents" (entries of tables of contents).
    """

    styles: dict[str, Style]
    numbering: Numbering
    counts: Counter[str] = field(default_factory=Counter)
    # Words of a paragraph whose end was deleted: they go before the next one's.
    _carried: str = ""
    _boxes: list[Element] = field(default_factory=list)

    def pieces(self, body: Element, *, depth: int = 0) -> Iterator[Piece]:
        """The paragraphs and tables inside an element, in reading order."""
        _check_depth(depth)
        for element in body:
            kind = name(element)
            if kind == "p":
                yield from self._paragraph(element, depth)
            elif kind == "tbl":
                yield from self._table(element, depth + 1)
            elif kind in _DROPPED:
                self.counts["deletion"] += 1
            elif kind in _KEPT:
                self.counts["insertion"] += 1
                yield from self.pieces(element, depth=depth + 1)
            elif kind in _WRAPPERS:
                yield from self.pieces(element, depth=depth + 1)
            elif kind == "AlternateContent":
                choice = child(element, "Choice")
                if choice is not None:
                    yield from self.pieces(choice, depth=depth + 1)

    # Paragraphs

    def _paragraph(self, element: Element, depth: int) -> Iterator[Piece]:
        properties = child(element, "pPr")
        named = child(properties, "pStyle")
        style = self.styles.get(value(named) if named is not None else "", _NO_STYLE)
        words = self._words(element, depth + 1, hidden=style.hidden)
        boxes, self._boxes = self._boxes, []
        if style.contents:
            self.counts["contents"] += bool(words.strip())
            words = ""
        if child(properties, "rPr", "del") is not None:
            self._carried += words
        else:
            words, self._carried = self._carried + words, ""
            if words.strip():
                yield from self._numbered(words.strip(), properties, style)
        for box in boxes:
            yield from self.pieces(box, depth=depth + 1)

    def _numbered(self, words: str, properties: Element | None, style: Style) -> Iterator[Piece]:
        number, bullet = self._number(properties, style)
        if number:
            words = f"{number} {words}"
        level = self._level(words, properties, style)
        for part in _parts(words) if not level else [words]:
            yield Piece(part, level=level, bullet=bullet if not level else "")
            bullet = ""

    def _number(self, properties: Element | None, style: Style) -> tuple[str, str]:
        """The number of a paragraph as it is printed, and the bullet of one that has none."""
        number, depth = own_number(properties)
        if number is None:
            number = style.number
            if number is not None and depth is None:
                depth = self.numbering.depth_of(number, style.id)
        if depth is None:
            depth = style.depth
        if number is None or number == "0":
            return "", ""
        bullet = self.numbering.bullet(number, depth or 0)
        return self.numbering.next(number, depth or 0), bullet

    def _level(self, words: str, properties: Element | None, style: Style) -> int:
        if style.title:
            return 1
        level = style.level
        outline = child(properties, "outlineLvl")
        if outline is not None and value(outline) in OUTLINE_LEVELS:
            level = (int(value(outline)) + 1) % 10
        # Drafters use heading styles for numbered paragraphs too, which are no headings.
        if not level or len(words) > _LONGEST_HEADING:
            return 0
        if not marks.heading(words, explicit=True) and (
            marks.enumerator(words) or not marks.may_be_heading(words)
        ):
            return 0
        return min(level + 1, 6)

    # Words

    def _words(self, element: Element, depth: int, *, hidden: bool) -> str:
        _check_depth(depth)
        parts: list[str] = []
        for inner in element:
            kind = name(inner)
            if kind in ("r", "oMath", "oMathPara"):
                parts.append(self._run(inner, depth + 1, hidden=hidden))
            elif kind in _DROPPED:
                self.counts["deletion"] += any(
                    name(one) == "delText" or name(one) == "t" for one in inner.iter()
                )
            elif kind in _KEPT:
                found = self._words(inner, depth + 1, hidden=hidden)
                self.counts["insertion"] += bool(found.strip())
                parts.append(found)
            elif kind in _WRAPPERS:
                parts.append(self._words(inner, depth + 1, hidden=hidden))
            elif kind == "commentReference":
                self.counts["comment"] += 1
        return "".join(parts)

    def _run(self, run: Element, depth: int, *, hidden: bool) -> str:
        _check_depth(depth)
        properties = child(run, "rPr")
        vanish, named = child(properties, "vanish"), child(properties, "rStyle")
        if vanish is not None:
            hidden = is_on(vanish)
        elif named is not None:
            hidden = hidden or self.styles.get(value(named), _NO_STYLE).hidden
        parts: list[str] = []
        for inner in run:
            kind = name(inner)
            if kind == "t":
                parts.append(inner.text or "")
            elif kind in _SIGNS:
                parts.append(_SIGNS[kind])
            elif kind in _NOTES:
                self.counts[_NOTES[kind]] += 1
            elif kind == "commentReference":
                self.counts["comment"] += 1
            elif kind in ("drawing", "pict", "AlternateContent") and not hidden:
                self._boxes += _boxes(inner)
            elif kind == "r":
                # Formulas hold runs in their own elements.
                parts.append(self._run(inner, depth + 1, hidden=hidden))
        words = "".join(parts)
        if hidden:
            self.counts["hidden"] += bool(words.strip())
            return ""
        return words

    # Tables

    def _table(self, table: Element, depth: int) -> Iterator[Piece]:
        _check_depth(depth)
        rows: list[list[list[Piece]]] = []
        for element in _inside(table, "tr", depth):
            changes = child(element, "trPr")
            if child(changes, "del") is not None:
                self.counts["deletion"] += 1
                continue
            self.counts["insertion"] += child(changes, "ins") is not None
            inside = _inside(element, "tc", depth)
            rows.append([list(self.pieces(cell, depth=depth + 1)) for cell in inside])
        if _is_layout(rows):
            # A page laid out as a table is read down its columns: one language after the other.
            for column in range(max((len(row) for row in rows), default=0)):
                for row in rows:
                    if column < len(row):
                        yield from row[column]
            return
        for row in rows:
            cells = [" ".join(piece.text for piece in cell) for cell in row]
            if any(cell.strip() for cell in cells):
                yield Piece(" | ".join(cell.strip() for cell in cells))


def _is_layout(rows: Sequence[Sequence[Sequence[Piece]]]) -> bool:
    """Whether a table only arranges text: one column, or articles in its cells."""
    if all(len(row) <= 1 for row in rows):
        return True
    heads = (
        marks.heading(piece.text, explicit=piece.level > 0)
        for row in rows
        for cell in row
        for piece in cell
    )
    return any(head is not None and head.kind == "article" for head in heads)


def _inside(element: Element, wanted: str, depth: int) -> list[Element]:
    """The rows of a table or cells of a row, also those that are wrapped."""
    _check_depth(depth)
    found: list[Element] = []
    for inner in element:
        if name(inner) == wanted:
            found.append(inner)
        elif name(inner) in _WRAPPERS or name(inner) in _KEPT:
            found += _inside(inner, wanted, depth + 1)
    return found


def _boxes(element: Element) -> list[Element]:
    """The text boxes of a drawing; its older copy for other programs is left alone."""
    found: list[Element] = []
    waiting = [element]
    while waiting:
        inner = waiting.pop()
        if name(inner) == "txbxContent":
            found.append(inner)
        elif name(inner) != "Fallback":
            waiting += reversed(list(inner))
    return found


def _parts(words: str) -> Iterator[str]:
    """A paragraph's lines where a number or heading begins one of them, else the whole."""
    held: list[str] = []
    for line in words.split(_BREAK):
        bare = line.strip()
        if held and bare and (marks.enumerator(bare) or marks.heading(bare)):
            yield " ".join(held)
            held = []
        if bare:
            held.append(bare)
    if held:
        yield " ".join(held)


def _check_depth(depth: int) -> None:
    if depth > DEEPEST:
        raise IntakeError(
            f"the DOCX file nests its parts over {DEEPEST} deep: save it again in a word processor"
        )
