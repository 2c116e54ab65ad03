"""Fresh French and Spanish sentences: what is found in them does not fall.

Each batch was written without looking at the rules and read once before they were corrected with
it. Found at that first reading, of what should be, and how much of what was found was right:

| batch | how it is worded | French | Spanish |
|---|---|---|---|
| 1 | laws, treaties, news, recommendations | 50 of 73, 0.91 | 49 of 75, 0.83 |
| 2 | on purpose without the usual words | 7 of 43, 0.58 | 4 of 44, 0.57 |
| 3 | as agencies, laws and treaties usually word it | 31 of 43, 0.84 | 36 of 43, 0.95 |
| 4 | the same, other subjects | 32 of 40, 0.91 | 27 of 40, 0.82 |
| 5 | the same, near misses in the same words | 27 of 36, 0.82 | 22 of 36, 0.85 |
| 6 | less usual, near misses in the same words | 19 of 32, 0.73 | 13 of 32, 0.76 |
| 7 | usual verbs with other objects, near misses in the same words | | 28 of 36, 0.78 |
| 8 | less usual, near misses in the same words | | 18 of 36, 0.82 |
| 9 | acts told and statutes without the usual words | | 11 of 39, 1.00 |
| 10 | the same (41), then short and usual with hard near misses (42) | | 16 of 36, 0.47 |

A last reading after batch 10, of 36 Spanish sentences not kept here: 10 of 15, 0.77.
The figures that say something of other texts are those. The floors here only guard what has been
reached since. Sentences close to a statute's own words were left out of the files.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
DIGESTS = {
    "french": "d3b34382a5c3c3884ced43d4c162ff3b14039bb682616cc52f65e28f578d8451",
    "spanish": "497781923c5d5874971b549ab558072249c7d7fb628c9bfe69d1bc46a524ccbc",
}
CODES = {"french": "fr", "spanish": "es"}
# precision and recall; a lower one needs a reason in the commit that sets it
FLOOR = (0.95, 0.93)


@pytest.mark.parametrize(
    ("language", "batch"),
    [("french", n) for n in range(1, 7)] + [("spanish", n) for n in range(1, 11)],
)
def test_a_batch_is_read_as_well_as_it_was(highlighter, language, batch):
    """Labels are concern and polarity of a sentence; an arguable one counts neither way."""
    content = (DATA / f"{language}-fresh.jsonl").read_bytes()
    assert hashlib.sha256(content).hexdigest() == DIGESTS[language], "set the floors anew"
    rows = [json.loads(line) for line in content.decode().splitlines()]
    rows = [row for row in rows if row["batch"] == batch]
    hits = misses = alarms = 0
    texts = [row["text"] for row in rows]
    for row, suggestions in zip(rows, highlighter(CODES[language]).pipe(texts), strict=True):
        found = {f"{s.concern}:{s.polarity}" for s in suggestions}
        wanted = set(row["labels"])
        hits += len(found & wanted)
        misses += len(wanted - found)
        alarms += len(found - wanted - set(row["arguable"]))
    precision, recall = FLOOR
    assert len(rows) >= 60
    assert hits / (hits + alarms) >= precision
    assert hits / (hits + misses) >= recall


@pytest.mark.parametrize("language", DIGESTS)
def test_nearly_half_of_the_sentences_are_near_misses(language):
    lines = (DATA / f"{language}-fresh.jsonl").read_text(encoding="utf-8").splitlines()
    silent = sum(not json.loads(line)["labels"] for line in lines)
    assert 0.4 <= silent / len(lines) <= 0.55
