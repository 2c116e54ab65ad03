"""Passages that a text quotes over several paragraphs, as an amending law does with articles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.intake.structure import numerals
from annotator.intake.structure.marks import Heading

_OPEN = "“«"
_CLOSE = "”»"
_LOW = "„"
_SINGLE = re.compile("’(?!\\w)")
_SINGLE_ENDS = re.compile("’[\\s.;,:)]*(?:(?:and|or)\\s*)?\\Z")
_ENDS = re.compile('[”»“"’][\\s.;,:)]*(?:(?:and|or|et|ou|und|y|o)\\s*)?\\Z')
# A quotation that goes on longer than this has lost its end.
_LONGEST = 300


def quoted(lines: Sequence[str], heads: Sequence[Heading | None]) -> frozenset[int]:
    """The blocks that continue or make up a quotation longer than one block.

    The block in which the quotation begins is one of them only if it begins with the quotation
    mark itself: "2. Article 10 reads: “1. No kite" stays paragraph 2. A mark that is never closed,
    or is closed only behind the article that comes next, opens nothing.
    """
    german = any(_LOW in line for line in lines)
    opens = _LOW + "«" if german else _OPEN
    closes = "”“»" if german else _CLOSE
    balance = [_balance(line, opens, closes) for line in lines]
    found: set[int] = set()
    last_article = 0
    ends = _ends(lines, balance)
    i = 0
    while i < len(lines):
        begun = heads[i]
        if begun and begun.kind == "article":
            last_article = numerals.value(begun.number) or last_article
        end = ends[i + 1] if balance[i] > 0 and i + 1 < len(lines) else -1
        if end < 0 or end - i > _LONGEST or _swallows(heads, i, end, last_article):
            i += 1
            continue
        begins = lines[i][0] in opens or lines[i][0] in '"‘'
        found.update(range(i if begins else i + 1, end + 1))
        i = end + 1
    return frozenset(found)


def _balance(line: str, opens: str, closes: str) -> int:
    """How many quotations the line leaves open (above 0) or closes for those before it."""
    level = sum(char in opens for char in line) - sum(char in closes for char in line)
    if not level and line.count('"') % 2:
        return 1 if line.startswith('"') else -1 if _ENDS.search(line) else 0
    return level or _single(line)


def _single(line: str) -> int:
    """As `_balance` for ‘ and ’: whether a line begins such a quotation, or ends one.

    Within a line they are apostrophes as often.
    """
    level = line.count("‘") - len(_SINGLE.findall(line))
    if level > 0:
        return int(line.startswith("‘"))
    return -1 if level < 0 and _SINGLE_ENDS.search(line) else 0


def _ends(lines: Sequence[str], balance: Sequence[int]) -> list[int]:
    """For each block the next one, itself included, that ends a quotation begun before; or -1."""
    ends = [-1] * len(lines)
    upcoming = -1
    for i in range(len(lines) - 1, -1, -1):
        # Of a quotation whose every paragraph opens anew, the last one opens and closes.
        anew = balance[i] == 0 and lines[i][0] in _OPEN and balance[i - 1] > 0 and i > 0
        if (balance[i] < 0 or anew) and _ENDS.search(lines[i]):
            upcoming = i
        ends[i] = upcoming
    return ends


def _swallows(heads: Sequence[Heading | None], start: int, end: int, last: int) -> bool:
    """Whether the article that follows the open one would lie within the quotation."""

    def value(i: int) -> int:
        head = heads[i]
        return numerals.value(head.number) if head and head.kind == "article" else 0

    if last and any(value(i) == last + 1 for i in range(start + 1, end + 1)):
        behind = next((value(i) for i in range(end + 1, len(heads)) if value(i)), 0)
        return behind != last + 1
    return False
