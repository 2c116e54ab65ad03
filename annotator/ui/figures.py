"""Static figures for `st.html`: numbers and our own words, nothing from a text or a name."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

from annotator.codebook import Concern
from annotator.compare import FIRM, TENTATIVE, Agreement, Interval, PairAgreement, meaning

_STYLE = """<style>
.agreements { display: grid; grid-template-columns: repeat(auto-fit, minmax(250px, 1fr)); gap: 12px 26px; font-variant-numeric: tabular-nums; }
.agreement-top { display: flex; align-items: baseline; gap: 8px; }
.agreement-top b { flex: 1; min-width: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; font-weight: 600; }
.agreement-top i { width: 9px; height: 9px; border-radius: 2px; background: var(--c); align-self: center; }
.agreement-note, .agreement-top span { color: var(--st-gray-text-color); font-size: 12.5px; }
.agreement-row { display: flex; align-items: center; gap: 10px; min-height: 30px; }
.agreement-row strong { font: 600 20px/1 "Source Serif", Georgia, serif; white-space: nowrap; }
.agreement-row .none { font-size: 15px; }
.agreement-row .shaky { color: var(--st-gray-text-color); }
.agreement-row > span { color: var(--st-gray-text-color); font-size: 13px; white-space: nowrap; }
.agreement p { margin: 0; font-size: 13.5px; line-height: 1.4; }
.band { position: relative; flex: 1; min-width: 60px; height: 16px; margin-inline: 6px; }
.band::before { content: ""; position: absolute; inset-inline: 0; top: 8px; border-top: 1px solid var(--st-gray-color); }
.band u { position: absolute; top: 2px; height: 13px; border-left: 1px solid var(--st-gray-text-color); }
.band em { position: absolute; top: 6px; height: 5px; background: color-mix(in srgb, var(--c) 55%, var(--st-background-color)); }
.band s { position: absolute; top: 3px; width: 11px; height: 11px; margin-left: -5.5px; border-radius: 50%; background: var(--c); }
.agreement-note { margin: 10px 0 0; }
.pairs { overflow-x: auto; }
.pairs table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
.pairs :is(td, th) { padding: 4px 16px 4px 0; text-align: end; white-space: nowrap; border-bottom: 1px solid var(--st-border-color); }
.pairs :is(td, th):nth-child(-n+2) { text-align: start; }
.pairs th { font-weight: 600; color: var(--st-gray-text-color); }
</style>"""


def agreements(found: Sequence[tuple[Concern, Agreement]]) -> str:
    """Alpha for each concern: the figure, its interval, the two on a scale, and what it means."""
    cells = "".join(_agreement(concern, one) for concern, one in found)
    return (
        f'{_STYLE}<div class="agreements">{cells}</div><p class="agreement-note">Krippendorff’s '
        "alpha over clauses that at least two of them have reviewed: marked with the concern, or "
        f"not. With its 95 % interval; ticks at {TENTATIVE:.2f} (tentative) and {FIRM:.2f} (firm)."
        "</p>"
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
