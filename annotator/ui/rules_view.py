"""How the rules fare with reviewers, as a table for `st.html`, with every word escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable

from annotator.codebook import Codebook
from annotator.highlight.learning import FEWEST, WEAK, WEIGHT, corrected, interval, is_weak
from annotator.model import RuleFare
from annotator.ui.words import numeral, percent, say

_HEADS = ("rule", "concern", "proposed", "accepted", "changed", "rejected", "kept", "score")


def ranked(fares: Iterable[RuleFare]) -> list[RuleFare]:
    """The rules that reviewers keep least first; those nobody decided on behind them."""
    return sorted(
        fares, key=lambda one: (not one.decided, corrected(one.score, one), -one.decided, one.rule)
    )


def table(fares: Iterable[RuleFare], book: Codebook) -> str:
    """A row each: what it proposed, what became of that, the share kept, the score now."""
    names = {concern.id: concern for concern in book.concerns}
    heads = "".join(f'<th scope="col">{say(f"codebook.rules.head.{name}")}</th>' for name in _HEADS)
    rows = "".join(_row(one, names[one.concern].name, names[one.concern].slot) for one in fares)
    return (
        '<div class="cb-wide" tabindex="0" role="region" '
        f'aria-label="{say("codebook.rules.title")}">'
        f'<table class="cb-versions cb-rules"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(one: RuleFare, concern: str, slot: str) -> str:
    weak = f" <em>{say('codebook.rules.weak')}</em>" if is_weak(one.score, one) else ""
    numbers = (one.suggestions, one.accepted, one.changed, one.rejected)
    cells = "".join(f"<td>{numeral(number)}</td>" for number in numbers)
    return (
        f'<tr><th scope="row">{html.escape(one.rule)}{weak}'
        f"<small>{html.escape(one.reason)}</small></th>"
        f'<td style="color:var(--st-{slot}-text-color)">{html.escape(concern)}'
        f"<small>{say(f'codebook.rules.{one.polarity}')}</small></td>{cells}<td>{_kept(one)}</td><td>{_score(one)}</td></tr>"
    )


def _kept(one: RuleFare) -> str:
    known = interval(one)
    if one.precision is None or known is None:
        return "–"
    low, high = known
    between = say("codebook.rules.between", low=percent(low), high=percent(high))
    return f"{percent(one.precision)}<small>{between}</small>"


def _score(one: RuleFare) -> str:
    now = numeral(corrected(one.score, one), 2)
    if not one.decided:
        return now
    return f"{now}<small>{say('codebook.rules.written', score=numeral(one.score, 2))}</small>"


def said() -> str:
    """What the columns mean."""
    return say("codebook.rules.said", weight=WEIGHT, fewest=FEWEST, weak=WEAK)
