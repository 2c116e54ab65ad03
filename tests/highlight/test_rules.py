"""The rules as data: each finds its examples and leaves its near misses."""

from __future__ import annotations

from collections import Counter

import pytest

from annotator import codebook, highlight
from annotator.highlight.rules import read

RULES = read("en").rules


@pytest.fixture
def english(highlighter) -> highlight.Highlighter:
    return highlighter("en")


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
    assert len(RULES) >= 300
    counts = Counter((rule.concern, rule.polarity) for rule in RULES)
    assert min(counts[c, p] for c in codebook.CONCERNS for p in ("risk", "safeguard")) >= 10
    codes = {(c.id, code.id): code for c in codebook.load().concerns for code in c.offered}
    # A rule of a sub-code is one of its code; a sub-code may have none of its own.
    served = {(r.concern, codes[r.concern, r.code].parent or r.code) for r in RULES}
    assert {key for key, code in codes.items() if not code.parent} - served == set()
