"""A text cut into blocks: the headings and paragraphs that the clause tree is built from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.errors import IntakeError

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Not characters at all by the Unicode standard; XML formats refuse them.
_NONCHARACTERS = re.compile("[\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or heading: `text[start:end]`, trimmed and not empty.

    `level` is 1 to 6 for what the source itself marks as a heading and 0 for everything else.
    `indent` counts the columns before it. `joined` says that the line before ran on into this one
    without an empty line, in a text with hard wraps, so that it may be the same paragraph.
    """

    start: int
    end: int
    level: int = 0
    indent: int = 0
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has a place in a text."""

    text: str
    level: int = 0
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A normalised text with its blocks, and what the source says about itself.

    `metadata` is what a document keeps besides: `author`, `publisher`, `date` where they are known.
    """

    text: str
    blocks: Sequence[Block]
    title: str = ""
    language: str = ""
    warnings: tuple[str, ...] = field(default=())
    metadata: Mapping[str, str] = field(default_factory=dict)


def normalise(text: str) -> str:
    """The text as it is stored: NFC, LF line ends, no byte order mark, no control characters.

    Apart from line ends and NFC itself every replacement keeps the length, so that offsets made
    elsewhere on clean text stay true. Normalising twice changes nothing. Raises `IntakeError` for
    NUL and for half of a surrogate pair, which no text holds.
    """
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
    text = _LINE_ENDS.sub("\n", text.lstrip("\ufeff"))
    text = _NONCHARACTERS.sub("\ufffd", _CONTROLS.sub(" ", text))
    return unicodedata.normalize("NFC", text).lstrip("\ufeff")


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
        line = _SPACES.sub(_one_space, normalise(piece.text)).strip().lstrip("\ufeff").strip()
        if not line:
            continue
        parts.append(line)
        blocks.append(Block(at, at + len(line), level=piece.level, indent=piece.indent))
        at += len(line) + 2
    return Source("\n\n".join(parts), blocks, title, language, tuple(warnings))


def _one_space(match: re.Match[str]) -> str:
    # A single no-break space is the author's and stays.
    run = match.group()
    return run if len(run) == 1 and run != "\n" and run != "\t" else " "
