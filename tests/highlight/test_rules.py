"""The rules as data: each finds its examples and leaves its near misses; mistakes are named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from annotator import codebook, highlight
from annotator.errors import CodebookError
from annotator.highlight.rules import read

RULES = read("en").rules


@pytest.fixture(scope="module")
def english() -> highlight.Highlighter:
    return highlight.load("en")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_examples_and_leaves_its_near_misses(english, rule):
    found = english.pipe((*rule.match, *rule.near_miss))
    fired = [any(s.rule == rule.id for s in suggestions) for suggestions in found]
    expected = [True] * len(rule.match) + [False] * len(rule.near_miss)
    missed = [
        text
        for text, got, wanted in zip((*rule.match, *rule.near_miss), fired, expected, strict=True)
        if got != wanted
    ]
    assert missed == []


def test_every_concern_and_polarity_has_rules_and_every_code_one():
    assert len(RULES) >= 100
    counts = Counter((rule.concern, rule.polarity) for rule in RULES)
    assert min(counts[c, p] for c in codebook.CONCERNS for p in ("risk", "safeguard")) >= 10
    codes = {(c.id, code.id): code for c in codebook.load().concerns for code in c.offered}
    # A rule of a sub-code is one of its code; a sub-code may have none of its own.
    served = {(r.concern, codes[r.concern, r.code].parent or r.code) for r in RULES}
    assert {key for key, code in codes.items() if not code.parent} - served == set()


RULE = """\
rules:
  - id: gag
    concern: privacy
    code: secrecy
    polarity: risk
    score: 0.8
    reason: "Silence."
    standard: "ECHR art. 13"
    patterns: ["<order> .. silent|secret"]
    examples:
      match: ["They order all to be silent."]
      not: ["A silent night."]
"""

# what is changed, how, and what the message must hold
MISTAKES = [
    ("privacy", "private", r"line 2: rule 'gag': concern is 'private': choose one of privacy"),
    ("secrecy", "gagging", r"code is 'gagging': choose one of surveillance, retention"),
    ("polarity: risk", "polarity: bad", r"polarity is 'bad': choose one of risk, safeguard"),
    ("0.8", "8", r"score is 8: write a number from 0 to 1"),
    ("0.8", "high", r"score is 'high': write a number"),
    ('reason: "Silence."', 'reason: ""', r"reason is '': write text"),
    ('    standard: "ECHR art. 13"\n', "", r"'standard' is missing: add it"),
    ("patterns", "pattern", r"'pattern' is not a known key: use id, concern"),
    ("<order>", "<orders>", r"'<orders>' in '<orders> .. silent\|secret' is not a list: .*order"),
    ("<order> ..", "..", r"'.. silent\|secret' begins or ends with '..'"),
    ("<order> ..", "<order> ..99", r"'..99' in .*: write .. and 1 to 20"),
    ("silent|secret", "silent|", r"'' in .* cannot be read: see corpus/rules/README.md"),
    ('["<order> .. silent|secret"]', "[[{LEMMA: order}]]", r"'LEMMA' in a token pattern"),
    ('["<order> .. silent|secret"]', "[5]", r"5 is no pattern"),
    ('patterns: ["<order> .. silent|secret"]', "with: [a]", r"neither phrases nor patterns"),
    ('      not: ["A silent night."]\n', "", r"examples: 'not' is missing"),
    ('not: ["A silent night."]', "not: []", r"not holds 0 where 1 or more are needed"),
    ("rules:\n", "rule:\n", r"'rule' is not a known key: use rules"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old, new, message):
    assert old in RULE
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "lists.yaml").write_text("order: [order~]\n", encoding="utf-8")
    (folder / "mine.yaml").write_text(RULE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=message) as caught:
        highlight.load("en", rules=tmp_path)
    assert "\n" not in str(caught.value)
    assert "mine.yaml" in str(caught.value)


def test_an_id_is_used_once_over_all_files(tmp_path: Path):
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "lists.yaml").write_text("order: [order~]\n", encoding="utf-8")
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text(RULE, encoding="utf-8")
    with pytest.raises(
        CodebookError, match=r"b\.yaml, line 2: .*'gag' is taken \(.*a\.yaml, line 2"
    ):
        read("en", tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(CodebookError, match="is not a folder of rules"):
        highlight.load("en", rules=tmp_path / "none")
