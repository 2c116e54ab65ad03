"""A risk that its sentence takes back is none: undone, denied, forbidden; "but" brings it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import highlight
from annotator.highlight.rules import read

RULES = """\
rules:
  - id: wire
    concern: privacy
    code: surveillance
    polarity: risk
    score: 0.8
    reason: "Listening."
    standard: "ECHR art. 8"
    patterns: ["police ..6 listen~ ..4 calls"]
    examples:
      match: ["Police listen to calls."]
      not: ["Police listen to the band."]
  - id: silence
    concern: privacy
    code: secrecy
    polarity: risk
    score: 0.8
    negative: true
    reason: "Silence."
    standard: "ECHR art. 13"
    patterns: ["firm ..4 not tell"]
    examples:
      match: ["The firm may not tell a client."]
      not: ["The firm tells a client."]
"""
REVERSALS = """\
concerns: [privacy]
before: ["struck down", "not ..2 listen|tell"]
after: ["was quashed"]
contrast: [but]
"""

READ = [
    ("Police may listen to all calls.", ["wire"]),
    # undone before, behind, and within the match
    ("The court struck down a law by which police listen to calls.", []),
    ("The order that let police listen to calls was quashed.", []),
    ("Police may not listen to calls.", []),
    # a word of contrast brings it back
    ("The act was struck down but police still listen to calls.", ["wire"]),
    ("Police listen to calls but the fine was quashed.", ["wire"]),
    # another sentence takes nothing back
    ("The law was struck down. Police listen to calls.", ["wire"]),
    # a rule about what is forbidden is not turned by its own words
    ("The firm may not tell its client.", ["silence"]),
    ("The court struck down the rule that the firm may not tell its client.", []),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "mine.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "en" / "reversals.yaml").write_text(REVERSALS, encoding="utf-8")
    return tmp_path


def test_a_sentence_takes_its_risk_back(folder: Path):
    english = highlight.load("en", rules=folder)
    found = [[s.rule for s in suggestions] for suggestions in english.pipe(t for t, _ in READ)]
    assert found == [wanted for _, wanted in READ]


def test_only_the_concerns_named_are_turned(folder: Path):
    file = folder / "en" / "reversals.yaml"
    file.write_text(REVERSALS.replace("[privacy]", "[press_freedom]"), encoding="utf-8")
    (found,) = highlight.load("en", rules=folder).pipe(["Police may not listen to calls."])
    assert [s.rule for s in found] == ["wire"]


PROTECTS = """\
  - id: undone
    concern: privacy
    code: control
    polarity: safeguard
    score: 0.7
    reason: "It ends."
    standard: "ICCPR art. 17"
    phrases: ["ends the listening"]
    examples:
      match: ["It ends the listening."]
      not: ["The listening goes on."]
"""

TOLD = [
    # what is undone or forbidden protects, from its own words to the risk
    ("The court struck down a law by which police listen to calls.", [("undone", "struck down")]),
    ("The order that let police listen to calls was quashed.", [("undone", "police listen")]),
    ("Police may not listen to calls.", [("undone", "Police may not listen")]),
    # what is denied is nothing
    ("The minister denied that police listen to calls.", []),
    ("Police listen to calls.", [("wire", "Police")]),
]


def test_what_takes_a_risk_back_is_a_safeguard_where_a_rule_says_so(folder: Path):
    (folder / "en" / "mine.yaml").write_text(RULES + PROTECTS, encoding="utf-8")
    (folder / "en" / "reversals.yaml").write_text(
        REVERSALS + "denials: [denied that]\nprotects: undone\n", encoding="utf-8"
    )
    english = highlight.load("en", rules=folder)
    for (_, wanted), found in zip(TOLD, english.pipe(text for text, _ in TOLD), strict=True):
        assert [s.rule for s in found] == [rule for rule, _ in wanted]
        for suggestion, (_, words) in zip(found, wanted, strict=True):
            assert suggestion.quote.startswith(words)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("privacy", "private", "concerns holds 'private': choose of privacy"),
        ("after", "behind", "'behind' is not a known key: use concerns, before, after"),
        ("concerns", "protects: wire\nconcerns", "protects is 'wire': name a rule that is a safe"),
        ("was quashed", "..", "'..' has no word that must be there"),
    ],
)
def test_a_mistake_in_the_reversals_is_named(folder: Path, old: str, new: str, message: str):
    file = folder / "en" / "reversals.yaml"
    file.write_text(REVERSALS.replace(old, new), encoding="utf-8")
    (problem,) = read("en", folder).problems
    assert problem.startswith("en/reversals.yaml")
    assert message in problem
