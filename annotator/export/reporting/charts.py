"""The report's charts: drawn in the page, to be read off without a mouse, with a table beside them.

Each is an image with a name for those who do not see it. Risk and safeguard are told apart by a
pattern as well as by colour, so that a black-and-white print says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from annotator.compare import FIRM, TENTATIVE, Interval

_WIDTH, _LABEL, _ROW, _BAR = 660, 220, 26, 14
_ROOM = _WIDTH - _LABEL - 50


def stacked(name: str, bars: Sequence[tuple[str, int, int]]) -> str:
    """A bar each with risks before safeguards; "" where there is nothing to draw."""
    return _bars(
        name, [(label, {"risk": risks, "safeguard": guards}) for label, risks, guards in bars]
    )


def plain(name: str, bars: Sequence[tuple[str, int]]) -> str:
    """A bar each; "" where there is nothing to draw."""
    return _bars(name, [(label, {"finding": count}) for label, count in bars])


def _bars(name: str, bars: Sequence[tuple[str, Mapping[str, int]]]) -> str:
    most = max((sum(counts.values()) for _, counts in bars), default=0)
    if not most:
        return ""
    rows, told = [], []
    for place, (label, counts) in enumerate(bars):
        y, at = place * _ROW, float(_LABEL)
        rows.append(_label(y, label))
        for kind, count in counts.items():
            width = count / most * _ROOM
            if count:
                rows.append(
                    f'<rect class="{kind}" x="{at:.1f}" y="{y + 6}" width="{width:.1f}" '
                    f'height="{_BAR}"/>'
                )
            at += width
        rows.append(_number(at + 6, y, str(sum(counts.values()))))
        said = ", ".join(f"{count} {kind}s" for kind, count in counts.items())
        told.append(f"{label}: {said}")
    return _drawing(name, "; ".join(told), len(bars) * _ROW, "".join(rows))


def ranges(name: str, rows: Sequence[tuple[str, float, Interval | None]]) -> str:
    """A point each with its interval, on a scale that begins below nought where one does.

    Lines stand where figures begin to bear tentative and firm statements.
    """
    if not rows:
        return ""
    lowest = min(min(value, around.low if around else value) for _, value, around in rows)
    least = min(0.0, max(-1.0, lowest))

    def place(value: float) -> float:
        return _LABEL + (max(value, least) - least) / (1 - least) * _ROOM

    height = len(rows) * _ROW
    drawn = [
        f'<line class="guide" x1="{place(at):.1f}" x2="{place(at):.1f}" y1="0" y2="{height}"/>'
        f'<text class="guide" x="{place(at):.1f}" y="{height + 14}" text-anchor="middle">{at:.2f}'
        "</text>"
        for at in (least, TENTATIVE, FIRM, 1.0)
    ]
    told = []
    for number, (label, value, around) in enumerate(rows):
        y = number * _ROW + 13
        drawn.append(_label(number * _ROW, label))
        if around:
            drawn.append(
                f'<line class="range" x1="{place(around.low):.1f}" x2="{place(around.high):.1f}" '
                f'y1="{y}" y2="{y}"/>'
            )
        drawn.append(f'<circle class="value" cx="{place(value):.1f}" cy="{y}" r="4.5"/>')
        drawn.append(_number(_LABEL + _ROOM + 8, number * _ROW, f"{value:.2f}"))
        told.append(f"{label} {value:.2f}")
    return _drawing(name, "; ".join(told), height + 20, "".join(drawn))


def _label(y: int, text: str) -> str:
    short = text if len(text) <= 34 else text[:33] + "…"
    return f'<text x="{_LABEL - 8}" y="{y + 17}" text-anchor="end">{escape(short)}</text>'


def _number(x: float, y: int, text: str) -> str:
    return f'<text class="number" x="{x:.1f}" y="{y + 17}">{escape(text)}</text>'


def _drawing(name: str, said: str, height: int, inside: str) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(f"{name}. {said}")}">'
        '<defs><pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="6" height="6" class="ground"/>'
        '<line x1="0" y1="0" x2="0" y2="6" class="hatch"/></pattern></defs>'
        f"{inside}</svg>"
    )
