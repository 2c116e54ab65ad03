"""Characters with their places -> upright ones -> the runs of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from annotator.intake.pdf.runs import Run

# In the size of the type: what parts two runs, and what makes a character small or raised.
_WIDEST_GAP = 1.5
_SAME_BASELINE = 0.12
_RAISED = 0.6
_SMALL = 0.85
# How far the sizes of one font differ by rounding, in points.
_ROUNDING = 0.05


class Character(NamedTuple):
    """A letter from its left edge to its right, on the baseline `y`, in type of a size, in points.

    `generated` is a space that PDFium adds; `quarter` counts quarters that the text is turned by.
    """

    # A tuple, since there are hundreds of thousands of them.
    text: str
    x: float
    y: float
    right: float
    size: float
    generated: bool
    quarter: int = 0
    # As the page has it: where it is drawn from, and its left, lower and upper edge.
    page: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


SPACE = Character(" ", 0.0, 0.0, 0.0, 0.0, True)


def upright(characters: list[Character]) -> list[Character]:
    """The characters as a reader turns the page; text across the rest is left out.

    That is a stamp or a barcode in the margin. A space that PDFium adds has no direction.
    """
    quarters = Counter(char.quarter for char in characters if not char.generated)
    turned = quarters.most_common(1)[0][0] if quarters else 0
    if len(quarters) > 1:
        characters = [char for char in characters if char.generated or char.quarter == turned]
    return [_turned(char, turned) for char in characters] if turned else characters


def _turned(char: Character, turned: int) -> Character:
    if char.generated:
        return char
    at, left, low, high = char.page
    base, right = char.y, char.right
    if turned == 1:
        at, base, low, high, left, right = -base, at, left, right, -high, -low
    elif turned == 2:
        at, base, low, high, left, right = -at, -base, -high, -low, -right, -left
    else:
        at, base, low, high, left, right = base, -at, -right, -left, low, high
    return char._replace(x=min(at, left), y=base, right=right, size=max(high - low, 0.1))


def runs(characters: Iterable[Character]) -> Iterator[Run]:
    """Runs of characters that follow each other on one baseline without a wide gap."""
    held: list[Character] = []
    last: Character | None = None
    for char in characters:
        if char.generated:
            if held:
                held.append(char)
            continue
        if last is not None and not _continues(held, last, char):
            yield from _run(held)
            held = []
        held.append(char)
        last = char
    yield from _run(held)


def _continues(held: list[Character], last: Character, char: Character) -> bool:
    size = max(last.size, char.size)
    apart = abs(char.y - last.y)
    small = min(last.size, char.size) < _SMALL * size
    level = apart <= _SAME_BASELINE * size or (small and apart <= _RAISED * size)
    forward = -0.5 * size <= char.x - last.right <= _WIDEST_GAP * size
    return level and forward and bool(held)


def _run(held: list[Character]) -> Iterator[Run]:
    start = next((i for i, char in enumerate(held) if not char.text.isspace()), len(held))
    held = held[start:]
    inked = [char for char in held if not (char.generated or char.text.isspace())]
    if not inked:
        return
    sizes = [char.size for char in inked]
    size, y, raised = round(sizes[0], 1), round(inked[0].y, 1), tuple[int, ...]()
    if max(sizes) - min(sizes) > _ROUNDING or any(char.y != inked[0].y for char in inked):
        size, y = _usual(inked)
        raised = tuple(
            i
            for i, char in enumerate(held)
            if not char.generated and char.size < _SMALL * size and char.y > y + 0.1 * size
        )
    first = list(takewhile(lambda char: not char.text.isspace(), held))
    yield Run(
        "".join([char.text for char in held]),
        min([char.x for char in inked]),
        max([char.right for char in inked]),
        y,
        size,
        first[-1].right - first[0].x if first else 0.0,
        raised,
    )


def _usual(inked: list[Character]) -> tuple[float, float]:
    """The size of most characters and the height at which most of those stand."""
    sizes = Counter(round(char.size, 1) for char in inked)
    size = max(sizes, key=lambda one: (sizes[one], one))
    base = Counter(round(char.y, 1) for char in inked if round(char.size, 1) == size)
    return size, base.most_common(1)[0][0]
