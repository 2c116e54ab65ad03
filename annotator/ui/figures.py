"""Static figures for `st.html`: numbers and our own words, nothing from a text or a name."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from annotator.codebook import Concern
from annotator.compare import FIRM, TENTATIVE, Agreement, Interval, PairAgreement, verdict
from annotator.ui.words import listed, numeral, percent, say

_STYLE = (Path(__file__).parent / "figures.css").read_text(encoding="utf-8")
_HEADS = (
    "pair", "concern", "clauses", "both", "first", "second", "neither", "same", "kappa", "interval",
)  # fmt: skip


def agreements(found: Sequence[tuple[Concern, Agreement]]) -> str:
    """Alpha for each concern: the figure, its interval, the two on a scale, and what it means."""
    cells = "".join(_agreement(concern, one) for concern, one in found)
    note = say("compare.note", tentative=numeral(TENTATIVE, 2), firm=numeral(FIRM, 2))
    return (
        f'<style>{_STYLE}</style><div class="agreements">{cells}</div>'
        f'<p class="agreement-note">{note}</p>'
    )


def pairs(
    found: Iterable[tuple[Concern, Sequence[PairAgreement]]], letters: Mapping[str, str]
) -> str:
    """A table of Cohen's kappa with the counts behind it, a row a pair and concern."""
    head = "".join(f'<th scope="col">{say(f"compare.pair.{name}")}</th>' for name in _HEADS)
    rows = "".join(_pair(concern, one, letters) for concern, several in found for one in several)
    return (
        f'<div class="pairs"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        f'</div><p class="agreement-note">{say("compare.pair.note")}</p>'
    )


def _agreement(concern: Concern, found: Agreement) -> str:
    clauses = say("count.clause", n=found.clauses)
    count = say("compare.figure.count", clauses=clauses, marked=found.marked)
    return (
        f'<div class="agreement" style="--c:var(--st-{concern.slot}-color)"><div '
        f'class="agreement-top"><i></i><b>{html.escape(concern.name)}</b><span>{count}</span></div>'
        f'<div class="agreement-row">{_figure(found)}{_band(found)}</div><p>{_meaning(found)}</p>'
        "</div>"
    )


def _meaning(found: Agreement) -> str:
    said = verdict(found)
    few = min(found.marked, found.unmarked)
    n = few if said in ("few_marked", "few_unmarked") else found.clauses
    return say(f"compare.verdict.{said}", n=n, tentative=numeral(TENTATIVE, 2))


def _figure(found: Agreement) -> str:
    if found.alpha is None:
        return f'<strong class="none">{say("compare.figure.none")}</strong>'
    shaky = "" if found.quotable else ' class="shaky"'
    return f"<strong{shaky}>{_number(found.alpha)}</strong><span>{_range(found.interval)}</span>"


def _band(found: Agreement) -> str:
    alpha = "" if found.alpha is None else _number(found.alpha)
    none = found.alpha is None
    words = say("compare.figure.none" if none else "compare.figure.alpha", alpha=alpha)
    parts = []
    if found.interval:
        low, high = _share(found.interval.low), _share(found.interval.high)
        parts.append(f'<em style="left:{low:.1f}%;width:{high - low:.1f}%"></em>')
        words = say("compare.figure.interval", figure=words, range=_range(found.interval))
    parts += [f'<u style="left:{_place(tick)}"></u>' for tick in (TENTATIVE, FIRM)]
    if found.alpha is not None:
        parts.append(f'<s style="left:{_place(found.alpha)}"></s>')
    return f'<div class="band" role="img" aria-label="{words}">{"".join(parts)}</div>'


def _pair(concern: Concern, found: PairAgreement, letters: Mapping[str, str]) -> str:
    same = "–" if found.observed is None else percent(found.observed)
    kappa = say("compare.pair.none") if found.kappa is None else _number(found.kappa)
    counts = (
        found.clauses, found.both, found.first_only, found.second_only, found.neither,
    )  # fmt: skip
    cells = (
        listed([letters[found.first], letters[found.second]]),
        html.escape(concern.name),
        *map(numeral, counts),
        same, kappa, _range(found.interval) or "–",
    )  # fmt: skip
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


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
