"""Figures of agreement as tables that are charts too, for `st.html`; every word is escaped.

A figure stands as a number and as a dot on a scale with its interval, so nothing has to be read off
that is not also written; they print as they stand, and a screen reader reads a table.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.codebook import Concern
from annotator.compare import (
    FIRM,
    TENTATIVE,
    Figure,
    Figures,
    Interval,
    Measured,
    SpanAgreement,
    Unitizing,
    marks_counted,
    marks_verdict,
    quotable,
    verdict,
)
from annotator.ui.words import numeral, percent, say

_STYLE = (Path(__file__).parent / "figures.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of figures: what they are of (`under` it in small), and the figures."""

    name: str
    figures: Figures
    under: str = ""
    slot: str = ""


def agreements(found: Sequence[tuple[Concern, Measured]]) -> str:
    """Alpha for each concern: the figure, its interval, the two on a scale, and what it means."""
    cells = "".join(_agreement(concern, one) for concern, one in found)
    return f'{_style()}<div class="agreements">{cells}</div>{_note("compare.note")}'


def forest(title: str, rows: Iterable[Row], *, measure: str, says: bool = True) -> str:
    """A table with a row for each of the figures, one measure of which is drawn on a scale.

    With `says` the last column tells what the figures mean.
    """
    several = list(rows)
    names = [figure.measure for figure in several[0].figures.figures] if several else []
    heads = [
        (say("agreement.head.of"), ""),
        (say("agreement.head.clauses"), "n"),
        (say("agreement.head.differing"), "n"),
        *((say(f"agreement.measure.{one}"), "n" if one == measure else "n more") for one in names),
        (say("agreement.head.interval"), "n"),
        (say("agreement.head.scale"), "scale"),
        *([(say("agreement.head.meaning"), "says")] if says else []),
    ]
    body = "".join(_row(one, measure, [name for name, _ in heads], says=says) for one in several)
    return _table(title, heads, body)


def matrix(
    title: str,
    names: Sequence[str],
    cells: Sequence[Sequence[tuple[str, float | None, str]]],
    *,
    heads: Sequence[str] | None = None,
) -> str:
    """A table of things by things; a cell is what is written, how strong its tint is, and more.

    The tint, 0 to 1, only repeats what is written; `heads` are shorter names for the columns.
    """
    columns = "".join(f'<th scope="col"><span>{_safe(one)}</span></th>' for one in heads or names)
    rows = "".join(
        f'<tr><th scope="row">{_safe(name)}</th>{"".join(map(_cell, row))}</tr>'
        for name, row in zip(names, cells, strict=True)
    )
    return (
        f'{_style()}<div class="scrolls" role="region" tabindex="0" aria-label="{_safe(title)}">'
        f'<table class="matrix"><caption>{_safe(title)}</caption><thead><tr><td></td>{columns}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def plain(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of numbers as they are given; the first column names the rows, the last says more."""
    kinds = ["", *["n"] * (len(heads) - 2), "says"]
    body = "".join(
        f'<tr role="row"><th role="rowheader" scope="row">{_safe(name)}</th>'
        + _cells([(_safe(cell), kind) for cell, kind in zip(cells, kinds[1:], strict=True)], heads)
        + "</tr>"
        for name, *cells in rows
    )
    return _table(title, list(zip(heads, kinds, strict=True)), body)


def meaning(found: Figures) -> str:
    """What the figures allow one to say, in the language of the page."""
    said = verdict(found)
    n = found.uncommon if said.startswith("few") else found.clauses
    share = percent(found.figure("percent").value or 0)
    return say(f"compare.verdict.{said}", n=n, tentative=numeral(TENTATIVE, 2), share=share)


def marks_meaning(found: Unitizing | SpanAgreement) -> str:
    """What a figure on marks allows one to say, in the language of the page."""
    said, n = marks_verdict(found), marks_counted(found)
    share = percent(found.f1 or 0) if isinstance(found, SpanAgreement) else ""
    return say(f"agreement.marks.{said}", n=n, tentative=numeral(TENTATIVE, 2), share=share)


def shown(figure: Figure) -> str:
    """A measure as it is written: a share as a percentage, all others to two places."""
    if figure.value is None:
        return "–"
    return percent(figure.value) if figure.measure == "percent" else _number(figure.value)


def span(interval: Interval | None, *, share: bool = False) -> str:
    """An interval as it is written; empty where there is none."""
    if interval is None:
        return ""
    low, high = (percent(one) if share else _number(one) for one in (interval.low, interval.high))
    return say("compare.figure.range", low=low, high=high)


def _style() -> str:
    return f"<style>{_STYLE}</style>"


def _note(key: str) -> str:
    said = say(key, tentative=numeral(TENTATIVE, 2), firm=numeral(FIRM, 2))
    return f'<p class="agreement-note">{said}</p>'


def _row(row: Row, measure: str, heads: Sequence[str], *, says: bool) -> str:
    found, drawn = row.figures, row.figures.figure(measure)
    bounds = span(drawn.interval, share=measure == "percent") or "–"
    cells = [
        (numeral(found.clauses), "n"),
        (numeral(found.differing), "n"),
        *((shown(one), "n" if one.measure == measure else "n more") for one in found.figures),
        (bounds, "n range"),
        (_band(drawn), "scale"),
        *([(meaning(found), "says")] if says else []),
    ]
    shaky = "" if quotable(found) or measure == "percent" else ' class="shaky"'
    slot = f' style="--c:var(--st-{row.slot}-color)"' if row.slot else ""
    under = f"<small>{_safe(row.under)}</small>" if row.under else ""
    return (
        f'<tr role="row"{shaky}{slot}><th role="rowheader" scope="row">{_safe(row.name)}{under}'
        f"</th>{_cells(cells, heads)}</tr>"
    )


def _cells(cells: Sequence[tuple[str, str]], heads: Sequence[str]) -> str:
    """The cells of a row but its first, each with its kind, under these heads."""
    return "".join(
        f'<td role="cell" class="{kind}" data-head="{_safe(head)}">{cell}</td>'
        for (cell, kind), head in zip(cells, heads[1:], strict=True)
    )


def _table(title: str, heads: Sequence[tuple[str, str]], body: str) -> str:
    # On a phone a row is laid out as a block, so that the roles of a table have to be named.
    head = "".join(
        f'<th role="columnheader" scope="col" class="{kind}">{_safe(name)}</th>'
        for name, kind in heads
    )
    return (
        f'{_style()}<div class="scrolls" role="region" tabindex="0" aria-label="{_safe(title)}">'
        f'<table class="forest" role="table"><caption>{_safe(title)}</caption><thead role='
        f'"rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody>'
        "</table></div>"
    )


def _cell(cell: tuple[str, float | None, str]) -> str:
    written, strength, more = cell
    if strength is None:
        return f'<td class="none">{_safe(written)}</td>'
    tint = f"--tint:{round(46 * min(1.0, max(0.0, strength)))}%"
    small = f"<small>{_safe(more)}</small>" if more else ""
    return f'<td style="{tint}">{_safe(written)}{small}</td>'


def _agreement(concern: Concern, found: Measured) -> str:
    clauses = say("count.clause", n=found.clauses)
    count = say("compare.figure.count", clauses=clauses, marked=found.clauses_with(1))
    return (
        f'<div class="agreement" style="--c:var(--st-{concern.slot}-color)"><div '
        f'class="agreement-top"><i></i><b>{_safe(concern.name)}</b><span>{count}</span></div>'
        f'<div class="agreement-row">{_figure(found)}{_band(found.main)}</div>'
        f"<p>{meaning(found)}</p></div>"
    )


def _figure(found: Measured) -> str:
    main = found.main
    if main.value is None:
        return f'<strong class="none">{say("compare.figure.none")}</strong>'
    shaky = "" if quotable(found) else ' class="shaky"'
    return f"<strong{shaky}>{_number(main.value)}</strong><span>{span(main.interval)}</span>"


def _band(figure: Figure) -> str:
    """A scale from 0 to 1 with the figure as a dot and its interval as a bar."""
    value = "" if figure.value is None else shown(figure)
    name = say(f"agreement.measure.{figure.measure}")
    words = say("compare.figure.none") if figure.value is None else f"{name} {value}"
    parts = []
    if figure.interval:
        low, high = _share(figure.interval.low), _share(figure.interval.high)
        parts.append(f'<em style="left:{low:.1f}%;width:{high - low:.1f}%"></em>')
        bounds = span(figure.interval, share=figure.measure == "percent")
        words = say("compare.figure.interval", figure=words, range=bounds)
    if figure.measure != "percent":
        parts += [f'<u style="left:{_place(tick)}"></u>' for tick in (TENTATIVE, FIRM)]
    if figure.value is not None:
        parts.append(f'<s style="left:{_place(figure.value)}"></s>')
    return f'<div class="band" role="img" aria-label="{words}">{"".join(parts)}</div>'


def _safe(words: str) -> str:
    return html.escape(words, quote=True)


def _number(figure: float) -> str:
    """Two decimals, with a true minus sign."""
    return numeral(round(figure, 2) + 0.0, 2).replace("-", "−")


def _share(figure: float) -> float:
    """Percent of the scale from 0 to 1; what lies below 0 stands at its beginning."""
    return 100 * min(1.0, max(0.0, figure))


def _place(figure: float) -> str:
    return f"{_share(figure):.1f}%"
