"""Sentences written in rounds, each before its writer had looked at the rules again.

308 sentences of treaties, laws of several traditions, recommendations, judgments, alerts and news
in three languages, 110 of them near misses. Between rounds rules were widened; so what a round
found at first sight says something of texts nobody has seen, and what is found now does not.
Alarms are counted as first coded; where an arguable label was missing by the principles of
tests/gold/README.md it was then added in rounds 1 to 3 (8 labels).

| round | register | hits / misses / alarms at first sight | recall | precision |
|---|---|---|---|---|
| 1 | acts told, statutes, recommendations | 27 / 14 / 4 | 0.66 | 0.87 |
| 2 | the same, EU and Commonwealth statutes | 30 / 11 / 9 | 0.73 | 0.77 |
| 3 | the same, less usual words | 26 / 15 / 4 | 0.63 | 0.87 |
| 4 | unusual: African, US, Commonwealth instruments, inquiries | 23 / 22 / 7 | 0.51 | 0.77 |
| 5 | the usual register of laws, agencies and recommendations | 27 / 3 / 2 | 0.90 | 0.93 |

The registers differ, so no rise can be read from round to round.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from annotator.model import sha256

DATA = Path(__file__).parent / "data" / "rounds.jsonl"
DIGEST = "31b53aeb34bd511c5283e83dd413182de9957a8226351edc0d2533b678bde883"
# Least precision and recall of each round, a hit or two under what was reached when it was kept.
FLOORS = [(1, 0.92, 0.90), (2, 0.90, 0.92), (3, 0.92, 0.92), (4, 0.82, 0.92), (5, 0.88, 0.85)]


@pytest.mark.parametrize(("number", "precision", "recall"), FLOORS)
def test_a_round_is_read_as_well_as_it_was(
    highlighter, number: int, precision: float, recall: float
):
    text = DATA.read_text(encoding="utf-8")
    assert sha256(text) == DIGEST, "rounds.jsonl was changed: set the floors anew"
    rows = [row for row in map(json.loads, text.splitlines()) if row["round"] == number]
    counts: Counter[str] = Counter()
    for row in rows:
        (suggestions,) = highlighter(row["language"]).pipe([row["text"]])
        found = {f"{one.concern}:{one.polarity}" for one in suggestions}
        wanted = set(row["labels"])
        counts["hits"] += len(found & wanted)
        counts["misses"] += len(wanted - found)
        counts["alarms"] += len(found - wanted - set(row["arguable"]))
    hits = counts["hits"]
    assert len(rows) >= 50
    assert hits / (hits + counts["alarms"]) >= precision
    assert hits / (hits + counts["misses"]) >= recall
