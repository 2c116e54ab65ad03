"""Lines with one language on the left and another, in another script, on the right.

So are the pages of bilingual gazettes once their columns have become plain text, and headings
such as "Article 1 المادة 1".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from annotator.intake.blocks import Block

# A word; Roman numerals stand in texts of every script.
_WORD = re.compile(r"(?![IVXLC]{1,7}(?![^\W\d_]))[^\W\d_]+")
_GAP = re.compile(r"\t\s*|[ \xa0]{2,}")
# Belongs to the words behind it: an opening bracket or quotation mark, the number of a paragraph.
_OPENING = re.compile(r"(?:[(（]?[\d٠-٩]{1,3}[.)）-]\s*)?[(\[«“„‘\"']*\Z")
# A letter that is neither Latin nor among the signs of punctuation
_OTHER = re.compile("[\u0370-\u1dff\u2e80-\ud7ff]")
_LONGEST_OPENING = 12
_SHARE = 0.5
_FEWEST = 3


def parted(text: str, blocks: Sequence[Block]) -> dict[int, list[tuple[int, int]]]:
    """For each block whose lines are in two scripts, one beside the other, their parts in turn.

    Only where half of a text's blocks are so: a name or a term in its own script parts nothing.
    """
    if text.isascii() or not _OTHER.search(text):
        return {}
    found: dict[int, list[tuple[int, int]]] = {}
    for i, block in enumerate(blocks):
        spans: list[tuple[int, int]] = []
        both = 0
        for start, end in _lines(text, block):
            halves = _halves(text, start, end)
            both += len(halves) > 1
            spans += halves
        if both:
            found[i] = spans
    enough = len(found) >= max(_FEWEST, _SHARE * len(blocks))
    return found if enough else {}


def _lines(text: str, block: Block) -> list[tuple[int, int]]:
    found = []
    at = block.start
    for line in text[block.start : block.end].split("\n"):
        if line.strip():
            begin = at + len(line) - len(line.lstrip())
            found.append((begin, at + len(line.rstrip())))
        at += len(line) + 1
    return found


def _halves(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Both halves of a line whose script changes once; else the whole line."""
    before = ""
    change = 0
    for word in _WORD.finditer(text, start, end):
        script = _script(word.group()[0])
        if before and script != before:
            if change:
                return [(start, end)]
            change = word.start()
        before = script
    if not change:
        return [(start, end)]
    *_, last = _WORD.finditer(text, start, change)
    ends = last.end()
    gap = _GAP.search(text, ends, change)
    if gap:
        change = gap.end()
    elif opening := _OPENING.search(text, max(ends, change - _LONGEST_OPENING), change):
        change = opening.start()
    left = start + len(text[start:change].rstrip(" \t\xa0|/–—-"))
    return [(start, left), (change, end)] if left > start else [(start, end)]


@lru_cache(maxsize=4_096)
def _script(letter: str) -> str:
    """The script of a letter, by the first word of its name: LATIN, ARABIC, CYRILLIC, CJK."""
    return unicodedata.name(letter, "").partition(" ")[0]
