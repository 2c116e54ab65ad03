"""Static figures for `st.html`: numbers and our own words, nothing from a text or a name."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from annotator.codebook import Concern
from annotator.compare import FIRM, TENTATIVE, Agreement, Interval, PairAgreement, meaning

_STYLE = (Path(__file__).parent / "figures.css").read_text(encoding="utf-8")


def agreements(found: Sequence[tuple[Concern, Agreement]]) -> str:
    """Alpha for each concern: the figure, its interval, the two on a scale, and what it means."""
    cells = "".join(_agreement(concern, one) for concern, one in found)
    note = (
        "Krippendorff’s alpha over clauses that at least two have reviewed: marked with the "
        f"concern, or not. With its 95 % interval; ticks at {TENTATIVE:.2f} (tentative) and "
        f"{FIRM:.2f} (firm)."
    )
    return (
        f'<style>{_STYLE}</style><div class="agreements">{cells}</div>'
        f'<p class="agreement-note">{note}</p>'
    )


def pairs(
    found: Iterable[tuple[Concern, Sequence[PairAgreement]]], letters: Mapping[str, str]
) -> str:
    """A table of Cohen's kappa with the counts behind it, a row a pair and concern."""
    heads = (
        "Pair", "Concern", "Both reviewed", "Both marked", "Only first", "Only second", "Neither",
        "Same", "Kappa", "95 % interval",
    )  # fmt: skip
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    rows = "".join(_pair(concern, one, letters) for concern, several in found for one in several)
    return (
        f'<div class="pairs"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        '</div><p class="agreement-note">Same: the share of clauses with the same answer, chance '
        "included. Kappa takes chance out; where both always gave one answer there is none.</p>"
    )


def _agreement(concern: Concern, found: Agreement) -> str:
    count = f"{found.clauses} clause{'' if found.clauses == 1 else 's'}, {found.marked} marked"
    return (
        f'<div class="agreement" style="--c:var(--st-{concern.slot}-color)"><div '
        f'class="agreement-top"><i></i><b>{html.escape(concern.name)}</b><span>{count}</span></div>'
        f'<div class="agreement-row">{_figure(found)}{_band(found)}</div><p>{meaning(found)}</p>'
        "</div>"
    )


def _figure(found: Agreement) -> str:
    if found.alpha is None:
        return '<strong class="none">No figure</strong>'
    shaky = "" if found.quotable else ' class="shaky"'
    return f"<strong{shaky}>{_number(found.alpha)}</strong><span>{_range(found.interval)}</span>"


def _band(found: Agreement) -> str:
    words = "No figure" if found.alpha is None else f"Alpha {_number(found.alpha)}"
    parts = []
    if found.interval:
        low, high = _share(found.interval.low), _share(found.interval.high)
        parts.append(f'<em style="left:{low:.1f}%;width:{high - low:.1f}%"></em>')
        words += f", interval {_range(found.interval)}"
    parts += [f'<u style="left:{_place(tick)}"></u>' for tick in (TENTATIVE, FIRM)]
    if found.alpha is not None:
        parts.append(f'<s style="left:{_place(found.alpha)}"></s>')
    return f'<div class="band" role="img" aria-label="{words}">{"".join(parts)}</div>'


def _pair(concern: Concern, found: PairAgreement, letters: Mapping[str, str]) -> str:
    same = "–" if found.observed is None else f"{100 * found.observed:.0f} %"
    kappa = "none" if found.kappa is None else _number(found.kappa)
    cells = (
        f"{letters[found.first]} and {letters[found.second]}",
        html.escape(concern.name),
        found.clauses, found.both, found.first_only, found.second_only, found.neither,
        same, kappa, _range(found.interval) or "–",
    )  # fmt: skip
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _range(interval: Interval | None) -> str:
    return f"{_number(interval.low)} to {_number(interval.high)}" if interval else ""


def _number(figure: float) -> str:
    """Two decimals, with a true minus sign."""
    return f"{figure + 0.0:.2f}".replace("-", "−")


def _share(figure: float) -> float:
    """Percent of the scale from 0 to 1; what lies below 0 stands at its beginning."""
    return 100 * min(1.0, max(0.0, figure))


def _place(figure: float) -> str:
    return f"{_share(figure):.1f}%"
