"""What the review view is given of safeguards: what is proposed, on what words, what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from annotator.codebook import Codebook
from annotator.model import (
    POWER_GROUPS,
    Clause,
    Document,
    Evidence,
    PowerReading,
    SafeguardReading,
)
from annotator.offsets import Utf16Map
from annotator.safeguards import matrix
from annotator.store import Store
from annotator.ui.jump import landing
from annotator.ui.older import older_assessments


def powers_data(
    store: Store, document: Document, eids: Sequence[str], codebook: Codebook
) -> dict[str, Any]:
    """The powers of those clauses and the safeguards held against them, as the browser draws them.

    `powers` has for each clause its kinds of power, each with its own readings where there are
    several, and every safeguard once with its evidence: the clause it stands in (`land`), its
    citation, and its place there in UTF-16 units, None where it is not among the clause's own
    words. A safeguard that is asked and not proposed has no state. `safeguards` says what each is,
    by its id.
    """
    granted: dict[str, list[PowerReading]] = {}
    for power in store.powers(document.id, eids=eids):
        granted.setdefault(power.eid, []).append(power)
    places = Places(document)
    retired = {one.id for one in codebook.safeguards if one.retired}

    def read(found: Iterable[SafeguardReading]) -> list[dict[str, Any]]:
        return [reading_data(one, places) for one in found if one.safeguard not in retired]

    return {
        "powers": {
            eid: {
                "powers": [
                    {
                        "id": one.power,
                        "name": matrix.kind_name(one.power),
                        "group": one.group,
                        "quote": one.quote,
                    }
                    | ({"safeguards": read(one.safeguards)} if len(powers) > 1 else {})
                    for one in powers
                ],
                "safeguards": read(matrix.merged(powers)),
                "asked": _unproposed(powers, codebook),
            }
            for eid, powers in granted.items()
        },
        "safeguards": {
            one.id: {
                "name": one.name,
                "concern": one.concern,
                "definition": one.definition,
                "standards": [standard.ref for standard in one.standards],
                "recognise": dict(one.recognise),
            }
            for one in (codebook.safeguards if granted else ())
        },
    }


def _unproposed(powers: Sequence[PowerReading], codebook: Codebook) -> list[str]:
    """What is asked of the clause and known to no wording."""
    return [
        id
        for group in POWER_GROUPS
        for id in matrix.unproposed(group, [p for p in powers if p.group == group], codebook)
    ]


def rejected_data(
    store: Store, document: Document, reviewer: str, eids: Iterable[str]
) -> list[dict[str, str]]:
    """The powers that the reviewer says those clauses do not grant."""
    found = store.power_rejections(document=document.id, reviewer=reviewer, eids=eids)
    return [{"eid": one.eid, "power": one.power} for one in found]


def reading_data(reading: SafeguardReading, places: Places) -> dict[str, Any]:
    """A proposal with its evidence."""
    return {
        "safeguard": reading.safeguard,
        "state": reading.state,
        "applies": reading.applies,
        "reason": reading.reason,
        "evidence": [places.evidence(one) for one in reading.evidence],
    }


class Places:
    """Where evidence stands in a document, as the browser counts."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._clauses = {clause.eid: clause for clause in document.clauses}
        self._reviewable = list(document.reviewable())
        self._maps: dict[str, Utf16Map] = {}

    def evidence(self, one: Evidence) -> dict[str, Any]:
        """The words, their citation, and where to go for them."""
        clause = self._clauses[one.eid]
        inside = clause.body <= one.start and one.end <= clause.own_end
        return {
            "eid": one.eid,
            "citation": clause.citation,
            "quote": one.quote,
            "land": one.eid if clause.reviewable else landing(self._reviewable, clause.start),
            "start": self._units(clause, one.start) if inside else None,
            "end": self._units(clause, one.end) if inside else None,
        }

    def _units(self, clause: Clause, offset: int) -> int:
        if clause.eid not in self._maps:
            self._maps[clause.eid] = Utf16Map(self._text[clause.body : clause.own_end])
        return self._maps[clause.eid].to_utf16(offset - clause.body)


def assessed_data(
    store: Store, document: Document, reviewer: str, eids: Iterable[str], codebook: Codebook
) -> list[dict[str, Any]]:
    """What the reviewer said of safeguards in those clauses; `older` where words have changed."""
    assessments = store.assessments(document=document.id, reviewer=reviewer, eids=eids)
    older = older_assessments(store, codebook, assessments)
    return [
        {"eid": one.eid, "safeguard": one.safeguard, "state": one.state, "note": one.note}
        | ({"older": older[one]} if one in older else {})
        for one in assessments
    ]
