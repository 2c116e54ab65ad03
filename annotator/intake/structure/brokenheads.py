"""Headings that a page or a converter has broken: "ARTICLE" on a line, its number on the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from annotator.intake.blocks import Block
from annotator.intake.structure import headwords
from annotator.intake.structure.enumerators import BIS
from annotator.intake.structure.headnumbers import KINDS

_WORD = re.compile(rf"(?:{headwords.any_word(KINDS)})\.?\Z", re.I)
_NUMBER = re.compile(
    rf"(?:\d{{1,4}}[A-Z]?|[IVXLC]{{1,7}}|[A-Z](?=\Z)|premier|première|1er){BIS}[.:]?\Z", re.I
)
_LONGEST_WORD = 20
_LONGEST_NUMBER = 16
_FEWEST = 2


def mended(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks with such headings made one block each; the same ones where there are none.

    One alone is none: a lawyer's "Section" above a 3 may be the head of a table.
    """
    at = [
        i
        for i, (word, number) in enumerate(pairwise(blocks))
        if number.end - number.start <= _LONGEST_NUMBER
        and word.end - word.start <= _LONGEST_WORD
        and _WORD.match(text[word.start : word.end])
        and _NUMBER.match(text[number.start : number.end])
    ]
    if len(at) < _FEWEST:
        return blocks
    wanted = set(at)
    found: list[Block] = []
    for i, block in enumerate(blocks):
        if i in wanted:
            below = blocks[i + 1]
            level = max(block.level, below.level)
            found.append(block._replace(end=below.end, level=level))
        elif i - 1 not in wanted:
            found.append(block)
    return found
