"""The differences as the compare view lists them, as plain values for the browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.codebook import Codebook
from annotator.compare import KINDS, Because, Difference, Phrases, quote, says, worth_talking
from annotator.model import Document
from annotator.ui.words import say

_QUOTE_AT_MOST = 160


def listing(
    document: Document,
    found: Sequence[Difference],
    chosen: Mapping[str, str],
    codebook: Codebook,
    notes: Mapping[str, Sequence[Mapping[str, str]]],
) -> dict[str, Any]:
    """The differences in text order, and what they can be narrowed to.

    `chosen` are the reviewers' letters by id, `notes` what was noted of a clause, by which a
    difference can be found too.
    """
    kinds = Counter(one.kind for one in found)
    seen = {a.concern for one in found for view in one.views for a in view.annotations}
    ranks = {
        talk.eid: (rank, [because(one) for one in talk.reasons])
        for rank, talk in enumerate(worth_talking(found))
    }
    phrases = _phrases()
    return {
        "kinds": [
            {"kind": kind, "name": say(f"compare.kind.{kind}"), "n": kinds[kind]}
            for kind in KINDS
            if kinds[kind]
        ],
        "concerns": [
            {"id": concern.id, "name": concern.name}
            for concern in codebook.concerns
            if concern.id in seen
        ],
        "differences": [
            _listed(one, document.text, chosen, codebook, phrases, notes.get(one.eid, ()))
            | dict(zip(("rank", "why"), ranks[one.eid], strict=True))
            for one in found
        ],
    }


def because(one: Because) -> str:
    """Why a clause is worth talking about, in the language of the page."""
    return say(f"compare.why.{one.why}", n=one.n, of=one.of)


def cut(words: str) -> str:
    """The words, or the beginning of many."""
    return words if len(words) <= _QUOTE_AT_MOST else words[: _QUOTE_AT_MOST - 1] + "…"


def letter_order(letter: str) -> tuple[int, str]:
    """A, B, ... Z, AA."""
    return len(letter), letter


def _phrases() -> Phrases:
    """The words for a view, in the language of the page."""
    names = {one: say(f"compare.says.polarity.{one}") for one in ("risk", "safeguard")}
    names |= {one: say(f"compare.says.severity.{one}") for one in ("low", "medium", "high")}
    place = "{words}"
    return Phrases(
        unmarked=say("compare.says.unmarked"),
        ends=say("compare.says.ends", words=place),
        begins=say("compare.says.begins", words=place),
        words=say("compare.says.words", words=place),
        names=names,
    )


def _listed(
    difference: Difference,
    text: str,
    chosen: Mapping[str, str],
    codebook: Codebook,
    phrases: Phrases,
    notes: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    words = quote(difference, text)
    marks = [a for view in difference.views for a in view.annotations]
    lines = [
        {
            "reviewers": sorted((chosen[id] for id in view.reviewers), key=letter_order),
            "text": says(difference, view, text, codebook, phrases=phrases),
        }
        for view in difference.views
    ]
    told = [difference.citation, words, *(str(line["text"]) for line in lines)]
    return {
        "id": difference.id,
        "eid": difference.eid,
        "citation": difference.citation,
        "kind": difference.kind,
        "name": say(f"compare.kind.{difference.kind}"),
        "quote": cut(words),
        "lines": lines,
        "concerns": sorted({a.concern for a in marks}),
        "polarities": sorted({a.polarity for a in marks}),
        "words": " ".join([*told, *(note["text"] for note in notes)]),
    }
