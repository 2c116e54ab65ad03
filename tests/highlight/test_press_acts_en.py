"""English rules on sentences about the press and about people who report, eight batches of them.

`press_acts_en.jsonl` was written for this, each batch without a look at the rules; then the batch
was measured, and only after that were the rules mended. At first sight they found, of the labels of
each batch (precision, recall): 1: 0.61, 0.28; 2: 0.58, 0.21; 3: 0.82, 0.76; 4: 0.76, 0.42;
5: 0.86, 0.35; 6: 0.84, 0.31; 7: 0.81, 0.76; 8: 0.77, 0.39. Batches 3 and 7 are worded as laws,
treaties and agencies word such things; the others tell the same acts without the usual words.

Only press freedom and whistleblowers are scored. A label is a concern and a polarity; an arguable
one is scored neither way. Suggestions count from a score of 0.5.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import highlight
from annotator.model import sha256

GOLD = Path(__file__).parent / "press_acts_en.jsonl"
DIGEST = "988b10fa46a58a857498118266d48a36a474eca19041327894f0716aa2d1e210"
CONCERNS = ("press_freedom", "whistleblower")
# What was reached once a batch had been learnt from, less a little.
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.90

Label = tuple[str, str]


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    text = GOLD.read_text(encoding="utf-8")
    assert sha256(text) == DIGEST, "press_acts_en.jsonl was changed: measure anew, then set both"
    return [json.loads(line) for line in text.splitlines()]


def labels(row: dict, key: str) -> set[Label]:
    return {(concern, polarity) for concern, polarity in row[key]}


@pytest.mark.parametrize("batch", range(1, 9))
def test_a_batch_is_read_as_well_as_it_was(highlighter, rows: list[dict], batch: int):
    chosen = [row for row in rows if row["batch"] == batch]
    assert len(chosen) >= 80
    hits = alarms = misses = 0
    found = highlighter("en").pipe([row["text"] for row in chosen])
    for row, suggestions in zip(chosen, found, strict=True):
        got = {
            (s.concern, s.polarity) for s in suggestions if s.score >= 0.5 and s.concern in CONCERNS
        }
        wanted = labels(row, "labels")
        hits += len(wanted & got)
        misses += len(wanted - got)
        alarms += len(got - wanted - labels(row, "arguable"))
    assert hits / (hits + alarms) >= LEAST_PRECISION
    assert hits / (hits + misses) >= LEAST_RECALL


def test_at_least_a_third_of_each_batch_are_near_misses(rows: list[dict]):
    for batch in range(1, 9):
        chosen = [row for row in rows if row["batch"] == batch]
        assert sum(not row["labels"] for row in chosen) * 3 >= len(chosen)


WITHOUT = """\
rules:
  - id: held
    concern: press_freedom
    code: attacks
    polarity: risk
    score: 0.8
    reason: "Held."
    standard: "ICCPR art. 9"
    patterns: ["held ..4 editor~"]
    without: [hostage, quash~]
    examples:
      match: ["They held two editors."]
      not: ["The gang held an editor hostage."]
"""


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Police held an editor.", True),
        # anywhere in the sentence, before or behind the match, with its forms
        ("Quashed: police had held an editor.", False),
        ("Police held an editor as a hostage.", False),
        # another sentence is another matter
        ("Police held an editor. The court quashes it.", True),
    ],
)
def test_words_that_rule_a_rule_out(tmp_path: Path, text: str, fires: bool):
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "rules.yaml").write_text(WITHOUT, encoding="utf-8")
    (found,) = highlight.load("en", rules=tmp_path).pipe([text])
    assert bool(found) is fires
