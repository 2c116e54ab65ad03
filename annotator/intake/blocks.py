"""A text cut into blocks: the headings and paragraphs that the clause tree is built from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.errors import IntakeError
from annotator.intake.structure.nodes import Node

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
# Whatever normalising may have to touch but for composition; most texts have none of it.
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
# What ASCII has beside it.
_PLAIN = bytes((9, 10, *range(32, 127)))
# The higher controls come from Windows-1252 read as Latin-1, and mean what they mean there.
_CONTROLS = {
    **dict.fromkeys([*range(9), *range(14, 32), 127], " "),
    **{code: bytes([code]).decode("cp1252", "ignore") or " " for code in range(128, 160)},
    # Not characters at all by the Unicode standard; XML formats refuse them.
    **dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd"),
}
# Among runs of what is no letter, digit or space are all the piles of accents.
_HIGHEST_PILE = 30
_PILED = re.compile(r"[^\w\s\x00-\x7f]{31,}")
# A soft hyphen is but a place where a word may be broken, and so is the line end behind one.
_SOFT_HYPHEN = re.compile(r"\xad+(?:[^\S\n]{0,99}\n[^\S\n]{0,99}(?=\w))?")
# Marks of order turned by force, which show other words than are stored, and deprecated ones.
_OVERRIDES = re.compile("[\ufeff\u202d\u202e\u206a-\u206f]")
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Characters without width. A space of none parts words in scripts that write none; the others
# shape Arabic, Indic and South-East Asian letters, Mongolian, and pictures made of several.
_ZERO_WIDTH = re.compile("\u200b+|[\u180e\u200c\u200d\u2060-\u2064]+")
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\ua9e0-\ua9ff\uaa60-\uaadf]")
_SHAPED = re.compile(
    "[\u0600-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1c4f\u20e3\u2190-\u2bff\ua840-\uabff"
    "\ufb50-\ufdff\ufe0f\ufe70-\ufefc\U00011000-\U00011fff\U0001f000-\U0001faff"
    "\U000e0020-\U000e007f]"
)
# What goes may bring accents together that change places; in a text, once is enough.
_MOST_ROUNDS = 3
_SPACES = re.compile(r"\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Block(NamedTuple):
    """One paragraph or heading: `text[start:end]`, trimmed and not empty.

    A tuple, since a text has many, and a frozen dataclass takes four times as long to make.
    `level` is 1 to 6 for what the source itself marks as a heading and 0 for everything else.
    `indent` counts the columns before it. `joined` says that the line before ran on into this one
    without an empty line, in a text with hard wraps, so that it may be the same paragraph. `bullet`
    is the dash or bullet that the source draws before it and that is not in the text.
    """

    start: int
    end: int
    level: int = 0
    indent: int = 0
    joined: bool = False
    bullet: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has a place in a text."""

    text: str
    level: int = 0
    indent: int = 0
    bullet: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A normalised text with its blocks, and what the source says about itself.

    `metadata` is what a document keeps besides: `author`, `publisher`, `date` where they are known.
    `root` is the clause tree where the source marks it up; else it is found in the blocks.
    """

    text: str
    blocks: Sequence[Block]
    title: str = ""
    language: str = ""
    warnings: tuple[str, ...] = field(default=())
    metadata: Mapping[str, str] = field(default_factory=dict)
    root: Node | None = None


def normalise(text: str) -> str:
    """The text as it is stored: NFC, LF line ends, no controls, nothing that cannot be seen.

    Byte order marks, soft hyphens and marks that turn the order of letters by force go; marks of
    direction stay in texts with letters from right to left, characters without width beside
    letters and pictures that they shape. Other controls become spaces. Normalising twice changes
    nothing, and a text in which there is nothing of all this stays as it is. Raises `IntakeError`
    for NUL and for half of a surrogate pair, which no text holds.
    """
    if text.isascii():
        # Thirty times as quick as the pattern, for most of what is read.
        odd = bool(text.encode().translate(None, _PLAIN))
    else:
        text = unicodedata.normalize("NFC", _PILED.sub(_spread, text))
        odd = _ODD.search(text) is not None
    if not odd:
        return text
    if "\x00" in text:
        raise IntakeError(
            f"the text holds a NUL character at offset {text.index(chr(0))}: it is a binary file"
        )
    half = _SURROGATE.search(text)
    if half:
        raise IntakeError(
            f"the text holds half a character (U+{ord(half.group()):04X}) at offset "
            f"{half.start()}: save it as UTF-8"
        )
    text = _LINE_ENDS.sub("\n", text).translate(_CONTROLS)
    text = _SOFT_HYPHEN.sub("", _OVERRIDES.sub("", text))
    if not _RIGHT_TO_LEFT.search(text):
        text = _DIRECTIONS.sub("", text)
    for _ in range(_MOST_ROUNDS):
        shaped = unicodedata.normalize("NFC", _ZERO_WIDTH.sub(_shaping, text))
        if shaped == text:
            return text
        text = shaped
    return unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", text))


def _spread(match: re.Match[str]) -> str:
    """A pile of accents with a joiner after each 30, as UAX #15 has it (Stream-Safe Text Format).

    Putting accents in order takes time that grows with the square of their number.
    """
    parts: list[str] = []
    pile = 0
    for char in match.group():
        pile = pile + 1 if unicodedata.combining(char) else 0
        if pile > _HIGHEST_PILE:
            parts.append("\u034f")
            pile = 1
        parts.append(char)
    return "".join(parts)


def _shaping(match: re.Match[str]) -> str:
    """Characters without width where they do something to what stands beside them, else none."""
    text, start, end = match.string, match.start(), match.end()
    beside = _UNSPACED if text[start] == "\u200b" else _SHAPED
    before = start > 0 and beside.match(text, start - 1)
    return match.group() if before or beside.match(text, end) else ""


def assemble(
    pieces: Iterable[Piece], *, title: str = "", language: str = "", warnings: Iterable[str] = ()
) -> Source:
    """Pieces as one text, each on one line and an empty line between two; empty ones are left out.

    >>> assemble([Piece("Title", level=1), Piece("  "), Piece("one\\ntwo")]).text
    'Title\\n\\none two'
    """
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        line = _SPACES.sub(_one_space, normalise(piece.text)).strip()
        if not line:
            continue
        parts.append(line)
        blocks.append(Block(at, at + len(line), piece.level, piece.indent, bullet=piece.bullet))
        at += len(line) + 2
    return Source("\n\n".join(parts), blocks, title, language, tuple(warnings))


def _one_space(match: re.Match[str]) -> str:
    # A single no-break space is the author's and stays.
    run = match.group()
    return run if len(run) == 1 and run != "\n" and run != "\t" else " "
