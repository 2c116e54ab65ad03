"""Pages in Arabic or Hebrew -> the same seen in a mirror, so that they are read like all others.

What order the letters come in differs: a browser draws words in the order of reading and the
letters of some words in the order of sight, and PDFium turns round what it takes for a word. So
only their places count. Of letters drawn as one (lam and alef, a letter with its vowel) PDFium
gives the parts of one place. Numbers and words of other scripts are turned back, and a bracket is
one that opens or closes by what stands beside it, since both its forms come for each.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from unicodedata import combining

from annotator.intake.pdf.characters import SPACE, Character

_LETTERS = "\u0590-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LETTER = re.compile(f"[{_LETTERS}]")
_DIGIT = r"[0-9\u0660-\u0669\u06f0-\u06f9]"
_OTHER = rf"[^\W{_LETTERS}\d_]"
# Numbers and words of other scripts, which run from left to right within the line; brackets go with
# them only between two such words. Between the numbers of Hebrew a hyphen goes with them, between
# those of Arabic it does not. A number that begins a line is that of a list.
_BESIDE = rf"[^{_LETTERS}()\[\]{{}}«»]"
_WITHIN = rf"[()][^{_LETTERS}()]*[()](?={_BESIDE}*{_OTHER})"
_WORDS = (
    rf"(?:{_OTHER}|(?<=.)\d(?={_BESIDE}*{_OTHER}))"
    rf"(?:(?:{_BESIDE}|{_WITHIN})*(?:{_OTHER}|{_DIGIT}))?"
)
_AFTER_ARABIC = re.compile(rf"{_WORDS}|{_DIGIT}+(?:[.,:/]{_DIGIT}+)*")
_AFTER_HEBREW = re.compile(rf"{_WORDS}|[%$€₪]?{_DIGIT}+(?:[.,:/+-]{_DIGIT}+)*[%$€₪]?")
_OTHER_LETTER = re.compile(rf"{_OTHER}|\d")
_WORDS_WITHIN = re.compile(rf"[{_LETTERS}](?:[{_LETTERS}\s]*[{_LETTERS}])?")
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_OPENING, _CLOSING = "([{«", ")]}»"
_MIRROR = str.maketrans(_OPENING + _CLOSING, _CLOSING + _OPENING)
# No word begins so: a letter's form for the end, or an alef before that of "al-" or "ila".
_NO_BEGINNING = re.compile(r"(?<!\w)(?:[ةىךםןףץ]\w|ا[أإآ]ل|األ)")
_WORD = re.compile(rf"[{_LETTERS}]{{2,}}")
_MOST_WRONG = 0.02
# In the size of the type: what parts words where a space is drawn and where none is, what parts
# columns, and how far from the line a vowel's letter or a raised mark may stand.
_DRAWN_SPACE = 0.09
_SPACE = 0.2
_WIDEST_GAP = 1.5
_GUTTER = 0.5
_LEVEL = 0.3
_RAISED = 0.6
_SMALL = 0.85
# What is drawn so many characters later stands in another column, or in another line.
_LATER = 100


def is_mostly(characters: Sequence[Character]) -> bool:
    """Whether most letters of a page run from right to left."""
    text = "".join([char.text for char in characters])
    return len(_LETTER.findall(text)) * 2 > sum(map(str.isalpha, text))


def looks_wrong(text: str) -> bool:
    """Whether so many words begin as none does that their letters may stand in another order."""
    wrong = len(_NO_BEGINNING.findall(text))
    return wrong > 1 and wrong > _MOST_WRONG * len(_WORD.findall(text))


def has_some(characters: Sequence[Character]) -> bool:
    """Whether any letter of a page runs from right to left."""
    return _LETTER.search("".join([char.text for char in characters])) is not None


def mirrored(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """The characters of a page in the order of reading, its right edge on the left.

    Each stretch of a line comes by itself. Spaces are those drawn between two words, and wherever
    a gap is as wide as one.
    """
    lines = [[*_stretches(line)] for line in _lines(_glyphs(characters))]
    lowest = max((i for i, line in enumerate(lines) if _has_letters(line)), default=0)
    for i, line in enumerate(lines):
        # A browser draws what rises above the first line of the next page: the top of an alef.
        if i == lowest > 0 and all(len(stretch) == 1 for stretch in line):
            continue
        for stretch in line:
            yield [*_read(stretch)]


def _has_letters(line: list[list[_Glyph]]) -> bool:
    return any(_LETTER.match(glyph.text) for stretch in line for glyph in stretch)


def with_words(characters: Sequence[Character]) -> list[Character]:
    """The characters of a page read from left to right, with the words of the others turned."""
    found: list[Character] = []
    held: list[Character] = []
    many = 0
    for char in characters:
        if _LETTER.match(char.text):
            held.append(char)
            many = len(held)
        elif held and char.text.isspace() and char.text != "\n":
            held.append(char)
        else:
            found += _placed(found, held[:many])
            found += held[many:]
            found.append(char)
            held, many = [], 0
    return [*found, *_placed(found, held[:many]), *held[many:]]


def _placed(before: Sequence[Character], words: list[Character]) -> Iterator[Character]:
    """Words that run from right to left, on the places of a line that does not."""
    beside = next((char for char in reversed(before[-3:]) if not char.generated), None)
    if beside:
        words = [
            char._replace(size=beside.size, y=beside.y)
            if abs(char.y - beside.y) <= _LEVEL * beside.size
            else char
            for char in words
        ]
    for line in _lines(_glyphs(words)):
        read = [*_read(line)]
        places = [char for char in reversed(read) if not char.generated]
        for char in read:
            place = char if char.generated else places.pop(0)
            yield char if char.generated else char._replace(x=-place.right, right=-place.x)


class _Glyph:
    """What is drawn at one place: a letter, or several as one with their marks."""

    __slots__ = ("left", "order", "parts", "right", "size", "text", "word", "y")

    def __init__(self, parts: list[Character], order: int, word: int) -> None:
        parts.sort(key=lambda char: (combining(char.text[0]) > 0, -char.right))
        self.parts = parts
        self.text = "".join([char.text for char in parts])
        self.left = -max(char.right for char in parts)
        self.right = -min(char.x if char.quarter else char.page[1] for char in parts)
        self.y, self.size = parts[0].y, parts[0].size
        self.order, self.word = order, word

    @property
    def is_narrow(self) -> bool:
        """Whether its outline may be much narrower than its place: a bracket's, a vowel's."""
        return self.text in _OPENING + _CLOSING or combining(self.text[-1]) > 0


def _glyphs(characters: Sequence[Character]) -> list[_Glyph]:
    """The glyphs of a page, each with when it is drawn and how many spaces are drawn before it."""
    places: dict[tuple[float, float], list[Character]] = {}
    drawn: dict[tuple[float, float], tuple[int, int]] = {}
    spaces = 0
    for order, char in enumerate(characters):
        if char.text.isspace():
            spaces += not char.generated
            continue
        place = (round(char.page[0], 1), round(char.y, 1))
        places.setdefault(place, []).append(char)
        drawn.setdefault(place, (order, spaces))
    return [_Glyph(parts, *drawn[place]) for place, parts in places.items()]


def _lines(glyphs: list[_Glyph]) -> Iterator[list[_Glyph]]:
    """The glyphs of each line, from top to bottom and from its right edge to its left.

    A height at which few stand belongs to the nearest at which many do.
    """
    heights: dict[float, list[_Glyph]] = {}
    for glyph in glyphs:
        heights.setdefault(round(glyph.y, 1), []).append(glyph)
    lines: dict[float, list[_Glyph]] = {}
    known: list[float] = []
    for y, held in sorted(heights.items(), key=lambda one: (-len(one[1]), -one[0])):
        at = bisect(known, y)
        near = [x for x in known[max(0, at - 2) : at + 2] if _belongs(held[0], lines[x], x)]
        line = min(near, key=lambda x: abs(x - y), default=y)
        if line == y:
            known.insert(at, y)
        lines.setdefault(line, []).extend(held)
    for y in sorted(lines, reverse=True):
        for glyph in lines[y]:
            if glyph.size >= _SMALL * lines[y][0].size:
                glyph.y = y
        yield sorted(lines[y], key=lambda glyph: glyph.left)


def _belongs(glyph: _Glyph, line: list[_Glyph], y: float) -> bool:
    size = max(glyph.size, line[0].size)
    small = min(glyph.size, line[0].size) < _SMALL * size
    return abs(glyph.y - y) <= (_RAISED if small else _LEVEL) * size


def _stretches(line: list[_Glyph]) -> Iterator[list[_Glyph]]:
    """A line cut wherever columns or cells may lie beside each other."""
    held: list[_Glyph] = []
    end = 0.0
    for glyph in line:
        later = held and abs(glyph.order - held[-1].order) > _LATER
        widest = _GUTTER if later else _WIDEST_GAP
        if held and glyph.left - end > widest * max(held[-1].size, glyph.size):
            yield held
            held = []
        end = max(end, glyph.right) if held else glyph.right
        held.append(glyph)
    if held:
        yield held


def _read(stretch: list[_Glyph]) -> Iterator[Character]:
    """The characters of a stretch of a line in the order of reading, with its spaces."""
    seen: list[Character] = []
    before: _Glyph | None = None
    for glyph in stretch:
        if before is not None:
            size = max(before.size, glyph.size)
            drawn = before.word != glyph.word and not (before.is_narrow or glyph.is_narrow)
            if glyph.left - before.right > (_DRAWN_SPACE if drawn else _SPACE) * size:
                seen.append(SPACE)
        width = (glyph.right - glyph.left) / len(glyph.parts)
        for i, part in enumerate(glyph.parts):
            left = glyph.left + i * width
            seen.append(part._replace(x=left, right=left + width, y=glyph.y))
        before = glyph
    text = _bracketed(_forward("".join([char.text for char in seen])))
    for char, letter in zip(seen, text, strict=True):
        yield char if char.text == letter else char._replace(text=letter)


def _forward(text: str) -> str:
    """What runs from left to right within a line, turned back; the line itself, where it does."""
    many = len(_LETTER.findall(text))
    others = sum(map(str.isalpha, text)) - many
    if others >= max(many, 1) and _OTHER_LETTER.match(text[-1:]) and not _LETTER.match(text):
        return _WORDS_WITHIN.sub(_turned, text[::-1])
    hebrew = len(_HEBREW.findall(text)) * 2 > many
    return (_AFTER_HEBREW if hebrew else _AFTER_ARABIC).sub(_turned, text)


def _turned(match: re.Match[str]) -> str:
    return match.group()[::-1]


def _bracketed(text: str) -> str:
    """The text with each bracket as one that opens or closes, by what stands beside it."""
    if not any(char in _OPENING + _CLOSING for char in text) or not _LETTER.search(text):
        return text
    found: list[str] = []
    depth = 0
    for i, char in enumerate(text):
        if char in _OPENING + _CLOSING:
            before, behind = text[i - 1 : i], text[i + 1 : i + 2]
            starts = not before or before.isspace()
            ends = not behind or behind.isspace() or behind in ".,;:،؛"
            opens = starts if starts != ends else depth == 0 or char in _CLOSING
            if opens != (char in _OPENING):
                char = char.translate(_MIRROR)
            depth = depth + 1 if opens else max(0, depth - 1)
        found.append(char)
    return "".join(found)
