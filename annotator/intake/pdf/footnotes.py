"""Footnotes: smaller type at the foot of a column that begins with a mark found in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.intake.pdf.runs import Line

_SMALLER = 0.93
_MARK = re.compile(r"\s*[(\[]?(\d{1,3}|[a-z]|\*{1,4}|[†‡§])[)\].]?\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Cut:
    """The columns without footnotes and without their marks, and how many notes there were."""

    columns: list[list[Line]]
    notes: int


def cut(pages: Sequence[Sequence[list[Line]]], *, size: float) -> Cut:
    """Take footnotes and the raised marks that point to them out of the columns of all pages.

    `size` is that of the document's text. A note begins with a raised mark, or with one that
    stands raised in a line of the text; small type at the foot of the next column goes on with it.
    Notes may run across the foot of a page below its columns.
    """
    columns = [column for page in pages for column in page]
    below = {id(column) for page in pages for column in _below(page, size)}
    marks = {mark for column in columns for line in column for mark in _raised_marks(line, size)}
    kept: list[list[Line]] = []
    gone: set[str] = set()
    notes = 0
    open_note = False
    for column in columns:
        start = len(column)
        while start and column[start - 1].size < _SMALLER * size:
            start -= 1
        foot = column[start:]
        begins = [mark for line in foot if (mark := _opening(line, marks))]
        first = next((i for i, line in enumerate(foot) if _opening(line, marks)), None)
        if first is not None and (start or open_note or id(column) in below):
            # What stands small above the first note is the end of one from the column before,
            # or a caption of the text.
            from_ = start if open_note else start + first
            kept.append(column[:from_])
            gone |= set(begins)
            notes += len(begins)
            open_note = True
        elif foot and start and open_note:
            kept.append(column[:start])
        else:
            kept.append(column)
            open_note = False
    return Cut([[_unmarked(line, gone) for line in column] for column in kept if column], notes)


def _below(page: Sequence[list[Line]], size: float) -> list[list[Line]]:
    """The blocks of small type alone that end a page below its columns."""
    start = len(page)
    while start and all(line.size < _SMALLER * size for line in page[start - 1]):
        start -= 1
    above = [line.y for column in page[:start] for line in column]
    return [column for column in page[start:] if above and column[0].y < min(above)]


def _raised_marks(line: Line, size: float) -> list[str]:
    if line.size < _SMALLER * size:
        return []
    return [mark for _, _, mark in _spans(line)]


def _spans(line: Line) -> list[tuple[int, int, str]]:
    """The raised stretches of a line, with their words."""
    spans: list[tuple[int, int]] = []
    for i in line.raised:
        if spans and spans[-1][1] == i:
            spans[-1] = (spans[-1][0], i + 1)
        else:
            spans.append((i, i + 1))
    return [
        (start, end, mark) for start, end in spans if (mark := line.text[start:end].strip(" ()[]"))
    ]


def _opening(line: Line, marks: set[str]) -> str:
    """The mark that a note begins with, or nothing."""
    match = _MARK.match(line.text)
    if not match:
        return ""
    mark = match.group(1)
    return mark if match.start(1) in line.raised or mark in marks else ""


def _unmarked(line: Line, gone: set[str]) -> Line:
    text = line.text
    for start, end, mark in reversed(_spans(line)):
        if mark in gone:
            text = text[:start] + text[end:]
    return line if text == line.text else replace(line, text=text, raised=())
