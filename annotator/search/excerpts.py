"""The words around what was found: enough to judge by, never more than fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MOST = 420
"""From so many characters on a clause is shown in excerpts."""

_AROUND = 100
_GAP = "…"


class Piece(NamedTuple):
    """Words to be shown; `marked` where they are what was looked for."""

    text: str
    marked: bool = False


def excerpt(text: str, marks: Sequence[tuple[int, int]], *, most: int = MOST) -> list[Piece]:
    """The text with its marks, or of a long one the passages around the first of them.

    What is left out shows as "…". Every other piece stands in the text as it is, in order.
    """
    if len(text) <= most:
        return _pieces(text, 0, len(text), marks)
    windows: list[tuple[int, int]] = []
    taken = 0
    for start, end in marks or [(0, 0)]:
        first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
        if windows and first <= windows[-1][1]:
            taken += max(0, last - windows[-1][1])
            windows[-1] = windows[-1][0], max(last, windows[-1][1])
        elif taken and taken + last - first > most:
            break
        else:
            taken += last - first
            windows.append((first, last))
        if taken >= most:
            break
    if not marks:
        windows = [(0, most)]
    pieces: list[Piece] = []
    for first, last in windows:
        first, last = _at_words(text, first, last)
        if first:
            pieces.append(Piece(f"{_GAP} "))
        pieces += _pieces(text, first, last, marks)
    if windows[-1][1] < len(text):
        pieces.append(Piece(f" {_GAP}"))
    return pieces


def around(text: str, start: int, end: int, *, most: int = 160) -> list[Piece]:
    """The words with so much before and after them; a long passage of them is not shortened."""
    first, last = _at_words(text, max(0, start - most), min(len(text), end + most))
    first, last = min(first, start), max(last, end)
    gaps = (Piece(f"{_GAP} "),) if first else ()
    ends = (Piece(f" {_GAP}"),) if last < len(text) else ()
    return [*gaps, *_pieces(text, first, last, [(start, end)]), *ends]


def _pieces(text: str, first: int, last: int, marks: Sequence[tuple[int, int]]) -> list[Piece]:
    found, at = [], first
    for start, end in marks:
        start, end = max(start, first), min(end, last)
        if start >= end:
            continue
        found += [Piece(text[at:start]), Piece(text[start:end], True)]
        at = end
    found.append(Piece(text[at:last]))
    return [piece for piece in found if piece.text]


def _at_words(text: str, first: int, last: int) -> tuple[int, int]:
    """The passage, cut where a word begins and ends; writing without spaces is cut anywhere."""
    if first:
        space = text.find(" ", first, first + 25)
        first = space + 1 if space >= 0 else first
    if last < len(text):
        space = text.rfind(" ", last - 25, last)
        last = space if space > first else last
    return first, last
