"""Plain text into blocks: the text stays as it is, only the places of its paragraphs are found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from annotator.intake import marks, oneline
from annotator.intake.blocks import Block, Source, normalise

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_WIDEST = 120
_SENTENCE_END = (".", ";", ":", "!", "?", "。", "；", "：")


def to_source(raw: str) -> Source:
    """The blocks of a plain text: one a line, or one a paragraph where lines are hard-wrapped.

    The text itself is only normalised, so offsets into a clean file stay true.
    """
    text = normalise(raw)
    lines = [
        (match.start() + len(match.group()) - len(match.group().lstrip()), match)
        for match in _LINE.finditer(text)
    ]
    spans = [(start, start + len(match.group().strip())) for start, match in lines]
    indents = [start - match.start() for start, match in lines]
    wrapped = _is_wrapped(text, spans)
    width = max((end - start for start, end in spans), default=0)
    blocks: list[Block] = []
    if any(end - start >= oneline.SHORTEST for start, end in spans):
        return Source(text, list(_blocks_within_lines(text, spans, indents)))
    for (start, end), indent in zip(spans, indents, strict=True):
        line = text[start:end]
        adjacent = (
            wrapped
            and bool(blocks)
            and "\n" not in text[blocks[-1].end : start].replace("\n", "", 1)
        )
        if adjacent:
            last = blocks[-1]
            before = text[last.start : last.end].rpartition("\n")[2]
            if _runs_on(before, line, width):
                blocks[-1] = Block(last.start, end, indent=last.indent, joined=last.joined)
                continue
        blocks.append(Block(start, end, indent=indent, joined=adjacent and indent == 0))
    return Source(text, blocks)


def _blocks_within_lines(
    text: str, spans: list[tuple[int, int]], indents: list[int]
) -> Iterator[Block]:
    """The blocks of a text whose lines are too long to be hard-wrapped."""
    for (start, end), indent in zip(spans, indents, strict=True):
        found = (
            oneline.split(text, start, end) if end - start >= oneline.SHORTEST else [(start, end)]
        )
        for left, right in found:
            yield Block(left, right, indent=indent)


def _is_wrapped(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether line ends only fill a page: no long line, and most lines break off mid-sentence."""
    if not spans or max(end - start for start, end in spans) > _WIDEST:
        return False
    pairs = broken = 0
    for (start, end), (after, _) in pairwise(spans):
        if text.count("\n", end, after) > 1 or end - start < 45:
            continue
        pairs += 1
        broken += not text[start:end].endswith(_SENTENCE_END)
    return pairs >= 3 and broken * 2 > pairs


def _runs_on(before: str, line: str, width: int) -> bool:
    """Whether the line continues the paragraph of the full line before it."""
    if marks.enumerator(line) or marks.heading(line):
        return False
    full = len(before) * 4 >= width * 3
    return full or not (before.endswith(_SENTENCE_END) or marks.heading(before))
