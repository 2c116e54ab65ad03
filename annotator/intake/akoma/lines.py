"""Which elements stand on lines of their own, and the lines of an element without its structure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from annotator.intake.akoma import inline
from annotator.intake.akoma.markup import child, name

_DIVISION_NAMES = (
    "part book tome subpart chapter subchapter section division subdivision title subtitle "
    "debateSection article"
)
_ITEM_NAMES = (
    "paragraph subparagraph subsection clause subclause point indent alinea level rule subrule "
    "proviso transitional recital citation item li hcontainer list sublist"
)
_LINE_NAMES = (
    "p block num heading subheading crossHeading listIntroduction listWrapUp from caption "
    "interstitial longTitle"
)
_HOLDER_NAMES = (
    "preface preamble conclusions body mainBody content intro wrapUp formula recitals citations "
    "container blockContainer blockList ul ol table tr td th thead tbody tfoot tblock "
    "quotedStructure embeddedStructure attachments attachment components component act bill doc "
    "statement speech narrative"
)
# Clauses below the article, whether they have a number or not.
ITEM_NAMES = frozenset(_ITEM_NAMES.split())
_BLOCKS = ITEM_NAMES.union(_DIVISION_NAMES.split(), _LINE_NAMES.split(), _HOLDER_NAMES.split())
_ROW_GROUPS = ("thead", "tbody", "tfoot")
# Ends a number that waits for the words on its line; no XML holds it.
_OPEN = "\x00"


class Lines:
    """The words of documents, line by line; `counts` says what was kept and left out so far."""

    def __init__(self, documents: Sequence[Element]) -> None:
        self.counts: Counter[str] = Counter()
        self._blocks: set[int] = set()
        for element in reversed([inner for document in documents for inner in document.iter()]):
            if name(element) not in inline.DROPPED and (
                name(element) in _BLOCKS or any(part in self for part in element)
            ):
                self._blocks.add(id(element))

    def __contains__(self, element: Element) -> bool:
        """Whether the element stands on lines of its own, by its name or by what it holds."""
        return id(element) in self._blocks

    def holds_lines(self, element: Element) -> bool:
        """Whether there are such elements directly inside."""
        return any(part in self for part in element)

    def words(self, element: Element | None) -> str:
        """All words of the element on one line, "" where there is none."""
        return "" if element is None else inline.words(element, self.counts)

    def head(self, element: Element) -> tuple[str, str]:
        """Its number and heading, as they are written."""
        return self.words(child(element, "num")), self.words(child(element, "heading"))

    def of(self, element: Element) -> list[str]:
        """The lines of anything; a short number stays with the words behind it."""
        found: list[str] = []
        self._collect(element, found)
        return [line.removesuffix(_OPEN) for line in found]

    def rows(self, table: Element) -> Iterator[str]:
        """A table's rows, a line each, as in other forms."""
        for part in table:
            kind = name(part)
            if kind == "tr":
                cells = [" ".join(self.of(cell)) for cell in part if name(cell) in ("td", "th")]
                if any(cells):
                    yield " | ".join(cells)
            elif kind == "caption":
                yield from filter(None, [self.words(part)])
            elif kind in _ROW_GROUPS:
                yield from self.rows(part)

    def _collect(self, element: Element, found: list[str]) -> None:
        kind = name(element)
        if kind in inline.DROPPED:
            self.counts[inline.DROPPED[kind]] += 1
        elif kind == "table":
            found += self.rows(element)
        elif not self.holds_lines(element):
            words = self.words(element)
            _push(words + _OPEN if kind == "num" and is_short(words) else words, found)
        else:
            held = [element.text or ""]
            for part in element:
                if part not in self:
                    held += inline.inline(part, self.counts)
                else:
                    _push(inline.line("".join(held)), found)
                    held.clear()
                    self._collect(part, found)
                held.append(part.tail or "")
            _push(inline.line("".join(held)), found)


def is_short(num: str) -> bool:
    """Whether a number stands on the line of what it numbers: "5A", "§ 3", but not "Article 5"."""
    return bool(num) and not any(len(part) > 3 and part.isalpha() for part in num.split())


def _push(line: str, found: list[str]) -> None:
    if line and found and found[-1].endswith(_OPEN):
        found[-1] = f"{found[-1].removesuffix(_OPEN)} {line}"
    elif line:
        found.append(line)
