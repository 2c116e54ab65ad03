"""How the rules fare with reviewers, as a table for `st.html`, with every word escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable

from annotator.codebook import Codebook
from annotator.highlight.learning import FEWEST, WEAK, WEIGHT, corrected, interval, is_weak
from annotator.model import RuleFare

_HEADS = ("Rule", "Concern", "Proposed", "Accepted", "Changed", "Rejected", "Kept", "Score")


def ranked(fares: Iterable[RuleFare]) -> list[RuleFare]:
    """The rules that reviewers keep least first; those nobody decided on behind them."""
    return sorted(
        fares, key=lambda one: (not one.decided, corrected(one.score, one), -one.decided, one.rule)
    )


def table(fares: Iterable[RuleFare], book: Codebook) -> str:
    """A row each: what it proposed, what became of that, the share kept, the score now."""
    names = {concern.id: concern for concern in book.concerns}
    heads = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
    rows = "".join(_row(one, names[one.concern].name, names[one.concern].slot) for one in fares)
    return (
        '<div class="cb-wide" tabindex="0" role="region" aria-label="How the rules fare">'
        f'<table class="cb-versions cb-rules"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(one: RuleFare, concern: str, slot: str) -> str:
    weak = " <em>weak</em>" if is_weak(one.score, one) else ""
    numbers = (one.suggestions, one.accepted, one.changed, one.rejected)
    cells = "".join(f"<td>{number:,}</td>" for number in numbers)
    return (
        f'<tr><th scope="row">{html.escape(one.rule)}{weak}'
        f"<small>{html.escape(one.reason)}</small></th>"
        f'<td style="color:var(--st-{slot}-text-color)">{html.escape(concern)}'
        f"<small>{one.polarity}</small></td>{cells}<td>{_kept(one)}</td><td>{_score(one)}</td></tr>"
    )


def _kept(one: RuleFare) -> str:
    between = interval(one)
    if one.precision is None or between is None:
        return "–"
    low, high = between
    return f"{one.precision:.0%}<small>{low:.0%} to {high:.0%}</small>"


def _score(one: RuleFare) -> str:
    now = f"{corrected(one.score, one):.2f}"
    return f"{now}<small>written {one.score:.2f}</small>" if one.decided else now


SAID = (
    "A rule's score is what its author expects: how often a careful reader keeps what it proposes. "
    f"Decisions correct it, the author's word counting as much as {WEIGHT} of them. A rule that "
    f"{FEWEST} or more bring below {WEAK} is weak: Review shows it behind the others. “Kept” is "
    "the share accepted or changed, with its 95 % interval (Wilson)."
)
