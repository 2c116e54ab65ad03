"""The values the PDF steps pass on: runs of characters, lines and pages."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand together on one baseline.

    Places are in points from the page's lower left corner; `y` is the baseline and `size` the
    height of the type. `word` is the width of the first word. `raised` are the places in `text` of
    raised small characters, such as the marks of footnotes.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    word: float
    raised: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """The runs of one line of a column, from left to right.

    `column_left` and `column_right` bound the column it stands in; `gap` is the way down from the
    baseline of the line before it in the column, 0 for the first.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    word: float
    column_left: float
    column_right: float
    gap: float = 0.0
    raised: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page's runs in the order they are drawn; `pictures` says whether it shows any.

    One that is `mirrored` has its right edge on the left, since its words run from right to left.
    """

    number: int
    runs: tuple[Run, ...] = field(default=())
    pictures: bool = False
    mirrored: bool = False
