"""What each clause says of safeguards, how strongly, and which other clauses it covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from annotator.model import CrossReference, Document
from annotator.safeguards.lexicon import WHOLE, Lexicon
from annotator.safeguards.signals import Match, Signals
from annotator.safeguards.tree import Tree

Strength = Literal["strong", "weak", "against"]

_NEAR = 90
"""How many characters before a reference the words may stand that take over what it names."""

_AFTER = 40
"""And how many behind it: "article 40 applies"."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a clause that bear on a safeguard."""

    safeguard: str
    strength: Strength
    eid: str
    start: int
    end: int
    sentence: int


def findings(signals: Signals, lexicon: Lexicon, *, opened_weakly: bool) -> tuple[Finding, ...]:
    """What one clause says of safeguards, in text order.

    A qualifier in the sentence ("as appropriate", "may include") makes what it says weak, and so
    does one in the words that open the list it stands in (`opened_weakly`). Of words against a
    safeguard and for it in the same place the former count.
    """
    found = []
    against = {(m.name, m.sentence): (m.start, m.end) for m in signals.of("against")}
    for group in ("present", "weak", "against"):
        for match in signals.of(group):
            if signals.said("aside", match.sentence):
                continue
            strength: Strength = "against" if group == "against" else "weak"
            if group != "against":
                low, high = against.get((match.name, match.sentence), (0, 0))
                if match.start < high and low < match.end:
                    continue
            if (group == "present" and match.name in lexicon.firm) or (
                group == "present" and not (opened_weakly or _qualified(signals, match))
            ):
                strength = "strong"
            found.append(
                Finding(
                    match.name,
                    strength,
                    signals.clause.eid,
                    match.start,
                    match.end,
                    match.sentence,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.safeguard, one.strength)))


def opens_weakly(signals: Signals) -> bool:
    """Whether the clause opens a list with a qualifier: "shall include, as appropriate:"."""
    last = len(signals.sentences) - 1
    return signals.opens and signals.said("qualifier", last)


def _qualified(signals: Signals, match: Match) -> bool:
    return signals.said("qualifier", match.sentence)


@dataclass(frozen=True, slots=True)
class Covering:
    """What a clause covers: every clause in `division` (all where empty), of `kinds` (any)."""

    division: str
    kinds: frozenset[str]
    data: bool = False


def coverings(tree: Tree, signals: Signals, lexicon: Lexicon, text: str) -> tuple[Covering, ...]:
    """What the clause's covering phrases reach: this chapter, or the whole text."""
    found: dict[Covering, None] = {}
    for match in signals.of("cover"):
        cover = lexicon.covers[match.name]
        word = text[match.start : match.end].split()[-1].lower().rstrip(".,;:")
        prefix = "" if cover.level == WHOLE else lexicon.levels.get(word, "")
        division = ""
        if prefix:
            around = tree.divisions(signals.clause.eid)
            division = next(
                (eid for eid in around if eid.rsplit("__", 1)[-1].startswith(prefix)), ""
            )
            if not division:
                continue
        found[Covering(division, cover.kinds, cover.data)] = None
    return tuple(found)


def links(
    document: Document,
    signals: Mapping[str, Signals],
    references: Iterable[CrossReference],
) -> dict[str, list[tuple[CrossReference, bool]]]:
    """The references by which a clause takes over what another says, by the clause's eId.

    "subject to article 15" does, and is True; "preserved under article 25" is False: it takes over
    what a clause says that grants nothing itself. "Offences established in accordance with articles
    2 to 11" and a mere mention are left out.
    """
    found: dict[str, list[tuple[CrossReference, bool]]] = {}
    for one in references:
        if one.target_document != document.id or one.target_eid is None:
            continue
        heard = signals.get(one.eid)
        if heard is None:
            continue
        number = heard.sentence_at(one.start)
        near = [
            match
            for match in heard.within("link", number)
            if one.start - match.end <= _NEAR and match.start - one.end < _AFTER
        ]
        if near:
            strong = any(match.name == "strong" for match in near)
            found.setdefault(one.eid, []).append((one, strong))
    return found
