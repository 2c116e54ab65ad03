"""Static figures for `st.html`: numbers and our own words, nothing from a text or a name."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

from annotator.codebook import Concern
from annotator.compare import FIRM, TENTATIVE, Interval, Measured, quotable, verdict
from annotator.ui.words import numeral, percent, say

_STYLE = (Path(__file__).parent / "figures.css").read_text(encoding="utf-8")


def agreements(found: Sequence[tuple[Concern, Measured]]) -> str:
    """Alpha for each concern: the figure, its interval, the two on a scale, and what it means."""
    cells = "".join(_agreement(concern, one) for concern, one in found)
    note = say("compare.note", tentative=numeral(TENTATIVE, 2), firm=numeral(FIRM, 2))
    return (
        f'<style>{_STYLE}</style><div class="agreements">{cells}</div>'
        f'<p class="agreement-note">{note}</p>'
    )


def _agreement(concern: Concern, found: Measured) -> str:
    clauses = say("count.clause", n=found.clauses)
    count = say("compare.figure.count", clauses=clauses, marked=found.clauses_with(1))
    return (
        f'<div class="agreement" style="--c:var(--st-{concern.slot}-color)"><div '
        f'class="agreement-top"><i></i><b>{html.escape(concern.name)}</b><span>{count}</span></div>'
        f'<div class="agreement-row">{_figure(found)}{_band(found)}</div><p>{_meaning(found)}</p>'
        "</div>"
    )


def _meaning(found: Measured) -> str:
    said = verdict(found)
    n = found.uncommon if said.startswith("few") else found.clauses
    share = percent(found.figure("percent").value or 0)
    return say(f"compare.verdict.{said}", n=n, tentative=numeral(TENTATIVE, 2), share=share)


def _figure(found: Measured) -> str:
    main = found.main
    if main.value is None:
        return f'<strong class="none">{say("compare.figure.none")}</strong>'
    shaky = "" if quotable(found) else ' class="shaky"'
    return f"<strong{shaky}>{_number(main.value)}</strong><span>{_range(main.interval)}</span>"


def _band(found: Measured) -> str:
    alpha = "" if found.main.value is None else _number(found.main.value)
    none = found.main.value is None
    words = say("compare.figure.none" if none else "compare.figure.alpha", alpha=alpha)
    parts = []
    if found.main.interval:
        low, high = _share(found.main.interval.low), _share(found.main.interval.high)
        parts.append(f'<em style="left:{low:.1f}%;width:{high - low:.1f}%"></em>')
        words = say("compare.figure.interval", figure=words, range=_range(found.main.interval))
    parts += [f'<u style="left:{_place(tick)}"></u>' for tick in (TENTATIVE, FIRM)]
    if found.main.value is not None:
        parts.append(f'<s style="left:{_place(found.main.value)}"></s>')
    return f'<div class="band" role="img" aria-label="{words}">{"".join(parts)}</div>'


def _range(interval: Interval | None) -> str:
    if interval is None:
        return ""
    return say("compare.figure.range", low=_number(interval.low), high=_number(interval.high))


def _number(figure: float) -> str:
    """Two decimals, with a true minus sign."""
    return numeral(figure + 0.0, 2).replace("-", "−")


def _share(figure: float) -> float:
    """Percent of the scale from 0 to 1; what lies below 0 stands at its beginning."""
    return 100 * min(1.0, max(0.0, figure))


def _place(figure: float) -> str:
    return f"{_share(figure):.1f}%"
