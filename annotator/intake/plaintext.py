"""Plain text into blocks: the text stays as it is, only the places of its paragraphs are found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from annotator.intake import oneline
from annotator.intake.blocks import Block, Source, normalise
from annotator.intake.structure import dashes, marks

_WIDEST = 120
# A text of one line and this length may be a treaty, however short.
_SHORTEST_WHOLE = 200
# "1   Each Party", "ii  knives": set off from the words by more than a space
_ALIGNED = re.compile(r"(?:\d{1,3}|[a-z]|[ivx]{1,5})(?:\t|[ \xa0]{2,})\S")
# "'device' means a tool": every definition has a line of its own
_DEFINITION = re.compile(
    r"[\"“‘«][^\"”’»\n]{1,60}[\"”’»],?\s(?:means|includes|has the (?:same )?meaning|in relation to|"
    r"désigne|s['’]entend|significa|se entiende)\b"
)
# What an item ends with, or what announces one; elsewhere a dash goes on with its sentence.
_BEFORE_DASH = (";", ":", ",", ".", " and", " or", " et", " ou", " y", " o", "；", "：", "؛")
_SENTENCE_END = (".", ";", ":", "!", "?", "。", "；", "：")


def to_source(raw: str) -> Source:
    """The blocks of a plain text: one a line, or one a paragraph where lines are hard-wrapped.

    The text itself is only normalised, so offsets into a clean file stay true.
    """
    text = normalise(raw)
    lines: list[Block] = []
    at = width = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            indent = len(line) - len(line.lstrip()) if len(words) < len(line) else 0
            start = at + indent
            lines.append(Block(start, start + len(words), 0, indent))
            width = max(width, len(words))
        at += len(line) + 1
    if width >= oneline.SHORTEST or (len(lines) == 1 and width >= _SHORTEST_WHOLE):
        return Source(text, list(_blocks_within_lines(text, lines)))
    if width <= _WIDEST and _is_wrapped(text, lines):
        return Source(text, _unwrapped(text, lines, width))
    return Source(text, lines)


def _unwrapped(text: str, lines: list[Block], width: int) -> list[Block]:
    """The blocks of a text whose lines are but parts of paragraphs, the longest of that width."""
    blocks: list[Block] = []
    before = ""
    for found in lines:
        start, end, indent = found.start, found.end, found.indent
        line = text[start:end]
        adjacent = bool(blocks) and text.count("\n", blocks[-1].end, start) == 1
        if adjacent and _runs_on(before, line, width):
            last = blocks[-1]
            blocks[-1] = Block(last.start, end, indent=last.indent, joined=last.joined)
        else:
            blocks.append(Block(start, end, indent=indent, joined=adjacent and indent == 0))
        before = line
    return blocks


def _blocks_within_lines(text: str, lines: list[Block]) -> Iterator[Block]:
    """The blocks of a text whose lines are too long to be hard-wrapped."""
    for line in lines:
        if line.end - line.start < oneline.SHORTEST and len(lines) > 1:
            yield line
            continue
        for start, end in oneline.split(text, line.start, line.end):
            yield Block(start, end, indent=line.indent)


def _is_wrapped(text: str, lines: list[Block]) -> bool:
    """Whether the line ends of a narrow text only fill a page: most break off mid-sentence."""
    pairs = broken = 0
    for line, after in pairwise(lines):
        if text.count("\n", line.end, after.start) > 1 or line.end - line.start < 45:
            continue
        pairs += 1
        broken += not text[line.start : line.end].endswith(_SENTENCE_END)
    return pairs >= 3 and broken * 2 > pairs


def _runs_on(before: str, line: str, width: int) -> bool:
    """Whether the line continues the paragraph of the full line before it."""
    if marks.enumerator(line) or marks.heading(line) or _ALIGNED.match(line):
        return False
    if dashes.opening(line) and before.endswith(_BEFORE_DASH):
        return False
    if _DEFINITION.match(line) and before.endswith((";", ":", "—", "–", "-", ".", ",")):
        return False
    full = len(before) * 4 >= width * 3
    return full or not (before.endswith(_SENTENCE_END) or marks.heading(before))
