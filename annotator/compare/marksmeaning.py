"""What a figure of agreement on marks allows one to say, and when it must not be believed."""

from __future__ import annotations

from typing import Literal, get_args

from annotator.compare.meaning import FEW, FIRM, TENTATIVE
from annotator.compare.spans import SpanAgreement
from annotator.compare.unitizing import Unitizing

MarksVerdict = Literal[
    "none",
    "alone",
    "apart",
    "few",
    "same",
    "below_chance",
    "firm",
    "tentative",
    "reaches",
    "unclear",
    "differ",
    "share",
    "labels",
]
"""What a figure on marks allows one to say, or why there is none."""

MARKS_VERDICTS: tuple[MarksVerdict, ...] = get_args(MarksVerdict)

_MEANINGS: dict[MarksVerdict, str] = {
    "none": "Nobody marked any of this in words that all of them have read: there is no figure.",
    "alone": "Only one of them marked any of this, so the figure says no more than that.",
    "apart": "No marks of theirs share words, so there are no labels to compare.",
    "few": "Only {marks} to go by. One more could move the figure far: do not quote it.",
    "same": "They marked the very same words, so no interval can be given.",
    "below_chance": "They mark the same words less than chance would. Check that all read the same "
    "definition.",
    "firm": "They mark the same words. Fit for firm statements.",
    "tentative": "They mostly mark the same words. Fit for tentative statements.",
    "reaches": "They mostly mark the same words. Fit for tentative statements; the interval "
    f"reaches below {TENTATIVE:.2f}.",
    "unclear": "Could be poor, could be fair. Talk through the definitions before you quote this.",
    "differ": "They mark different words. Settle where a mark begins and ends before you quote "
    "anything.",
    "share": "Of the marks of both, {share} have a partner, chance included: no share is enough by "
    "itself.",
    "labels": "Of the marks that share words, {share} have the same label, chance included.",
}


def marks_verdict(found: Unitizing | SpanAgreement) -> MarksVerdict:
    """What the figure allows one to say, or why there is none.

    Of alpha for unitizing by the thresholds of alpha; F1 has none, since it knows no chance.
    """
    if isinstance(found, SpanAgreement):
        return _of_pair(found)
    if not found.units or found.alpha is None:
        return "none"
    if found.markers < 2:
        return "alone"
    if found.units < FEW:
        return "few"
    if not found.observed:
        return "same"
    if found.alpha < 0:
        return "below_chance"
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    if low is not None and low >= FIRM:
        return "firm"
    if found.alpha >= TENTATIVE:
        return "tentative" if low is not None and low >= TENTATIVE else "reaches"
    return "unclear" if high is None or high >= TENTATIVE else "differ"


def _of_pair(found: SpanAgreement) -> MarksVerdict:
    if not found.first or not found.second:
        if found.matching == "label":
            return "apart"
        return "alone" if found.first or found.second else "none"
    if marks_counted(found) < FEW:
        return "few"
    return "labels" if found.matching == "label" else "share"


def marks_counted(found: Unitizing | SpanAgreement) -> int:
    """How many marks the figure rests on; for labels alone how many pairs of marks."""
    if isinstance(found, Unitizing):
        return found.units
    return found.first if found.matching == "label" else found.first + found.second


def marks_meaning(found: Unitizing | SpanAgreement) -> str:
    """The verdict in one plain sentence or two."""
    n = marks_counted(found)
    share = f"{found.f1 or 0:.0%}" if isinstance(found, SpanAgreement) else ""
    marks = f"{n} mark{'' if n == 1 else 's'}"
    return _MEANINGS[marks_verdict(found)].format(marks=marks, share=share)
