"""Readings as the command line gives them: a record for a program, lines for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from annotator.model import SAFEGUARD_STATES, Document, PowerReading, SafeguardState
from annotator.safeguards import kinds
from annotator.safeguards.tree import Tree

_SAID: dict[SafeguardState, str] = {
    "present": "present",
    "by_reference": "by reference",
    "weak": "weak",
    "absent": "absent",
}


def records(document: Document, readings: Iterable[PowerReading]) -> Iterator[dict[str, Any]]:
    """Each reading as a line of JSON.

    `article` is the number of the article, or of what stands for one ("Section 5" of an act).
    Evidence of an absent safeguard holds the words that exclude it.
    """
    tree = Tree(document)
    for reading in readings:
        clause = tree.by_eid[reading.eid]
        provision = tree.provision(reading.eid)
        number = tree.by_eid[provision].number if provision else ""
        yield {
            "article": clause.article or number or None,
            "eid": reading.eid,
            "citation": clause.citation,
            "power": reading.power,
            "group": reading.group,
            "start": reading.start,
            "end": reading.end,
            "quote": reading.quote,
            "safeguards": {
                one.safeguard: {
                    "state": one.state,
                    "evidence": [
                        {"start": e.start, "end": e.end, "eid": e.eid} for e in one.evidence
                    ],
                    "reason": one.reason,
                    "applies": one.applies,
                }
                for one in reading.safeguards
            },
        }


def lines(document: Document, readings: Iterable[PowerReading]) -> Iterator[str]:
    """Each reading as a heading and a line a state; what the law does not ask is left out."""
    for reading in readings:
        citation = document.clause(reading.eid).citation
        yield f"{citation}  {kinds.kind(reading.power).name}: {' '.join(reading.quote.split())}"
        for state in SAFEGUARD_STATES:
            names = [s.safeguard for s in reading.safeguards if s.state == state and s.applies]
            if names:
                yield f"    {_SAID[state]:<13} {', '.join(names).replace('_', ' ')}"
