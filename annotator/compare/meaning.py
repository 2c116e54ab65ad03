"""What a figure of agreement allows one to say, and when it must not be believed."""

from __future__ import annotations

from typing import Literal, get_args

from annotator.compare.measures import Figures

TENTATIVE = 0.667
"""Below this alpha no conclusion should rest on the data (Krippendorff 2004, p. 241)."""
FIRM = 0.800
"""From this alpha on the data bear firm conclusions (the same place)."""
FEW = 10
"""With fewer clauses that hold another answer than the usual, one more can move a figure far."""
ALIKE = 0.9
"""From this share on, a percentage beside a poor alpha comes of one answer that nearly all have."""

Verdict = Literal[
    "none",
    "one",
    "nobody",
    "everyone",
    "same",
    "constant",
    "few_marked",
    "few_unmarked",
    "few",
    "never",
    "below_chance",
    "firm",
    "tentative",
    "reaches",
    "lopsided",
    "unclear",
    "differ",
]
"""What a figure allows one to say, or why there is none."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

_MEANINGS: dict[Verdict, str] = {
    "none": "No clause has been reviewed by two people yet.",
    "one": "Only one clause was reviewed by two people: too few for a figure.",
    "nobody": "Nobody marked any of the {n} clauses. They agree, but no figure can tell that from "
    "chance.",
    "everyone": "Everyone marked all {n} clauses. They agree, but no figure can tell that from "
    "chance.",
    "same": "All answers on the {n} clauses are the same. They agree, but no figure can tell that "
    "from chance.",
    "constant": "One of them gave all {n} clauses the same answer, so there is no figure: whatever "
    "the other says, it would be nought.",
    "few_marked": "Only {few} marked by anyone. One more could move the figure far: do not quote "
    "it.",
    "few_unmarked": "Only {few} left unmarked by anyone. One more could move the figure far: do "
    "not quote it.",
    "few": "Only {few} given another answer than the usual. One more could move the figure far: do "
    "not quote it.",
    "never": "They never differed on {n} clauses, so no interval can be given.",
    "below_chance": "They agree less than chance would. Check that all read the same definition.",
    "firm": "They read these alike. Fit for firm statements.",
    "tentative": "They mostly read these alike. Fit for tentative statements.",
    "reaches": "They mostly read these alike. Fit for tentative statements; the interval reaches "
    f"below {TENTATIVE:.2f}.",
    "lopsided": "They say the same of {share} of the clauses, mostly with the answer that nearly "
    "all have; on the others they differ. Do not quote the percentage alone.",
    "unclear": "Could be poor, could be fair. Talk through the definitions before you quote this.",
    "differ": "They read these differently. Settle what counts before you quote anything.",
}
# Where the usual answer is "not marked", or "marked", that can be said plainly.
_ALL_SAME: dict[object, Verdict] = {0: "nobody", 1: "everyone"}
_TOO_FEW: dict[object, Verdict] = {0: "few_marked", 1: "few_unmarked"}


def verdict(found: Figures) -> Verdict:
    """What the figures allow one to say, or why there is none; told by alpha, of a pair by kappa.

    The thresholds were proposed for alpha; for kappa they are as good as any other.
    """
    value, interval = found.main.value, found.main.interval
    if found.clauses < 2:
        return "one" if found.clauses else "none"
    if value is None:
        return "constant" if found.differing else _ALL_SAME.get(found.usual, "same")
    if found.uncommon < FEW:
        return _TOO_FEW.get(found.usual, "few")
    if not found.differing:
        return "never"
    if value < 0:
        return "below_chance"
    if interval is not None and interval.low >= FIRM:
        return "firm"
    if value >= TENTATIVE:
        return "tentative" if interval and interval.low >= TENTATIVE else "reaches"
    if (found.figure("percent").value or 0) >= ALIKE:
        return "lopsided"
    return "unclear" if interval is None or interval.high >= TENTATIVE else "differ"


def quotable(found: Figures) -> bool:
    """Whether there is a figure, and enough of a second answer for it to hold still."""
    return found.main.value is not None and found.uncommon >= FEW


def meaning(found: Figures) -> str:
    """The verdict in one plain sentence or two."""
    few = f"{found.uncommon} clause{' was' if found.uncommon == 1 else 's were'}"
    share = f"{found.figure('percent').value or 0:.0%}"
    return _MEANINGS[verdict(found)].format(n=found.clauses, few=few, share=share)
