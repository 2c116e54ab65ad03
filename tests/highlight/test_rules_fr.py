"""French rules: each finds its examples and leaves its near misses; what they find is measured."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from pathlib import Path

import pytest
import spacy

from annotator import codebook, highlight
from annotator.highlight.component import ConcernRules
from annotator.highlight.rules import read

RULES = read("fr").rules
DATA = Path(__file__).parent / "data"
SENTENCES = (DATA / "french.jsonl", DATA / "french-later.jsonl")
SHARED = Path(os.environ.get("ANNOTATOR_SHARED", Path(__file__).resolve().parents[2] / "../shared"))

# The first file was written before any rule; its half called "kept" was not looked at while the
# rules were being corrected. The later sentences were used for corrections: of the first 34 that
# call for a mark 14 were found at first sight, of the next 34, told in less usual words, 7.
# Floors are precision and recall of labels, a little below what was measured; a lower one needs
# a reason in the commit that sets it.
DIGEST = "3f33485c44465afcd89e247ceeba7e39175126944cca485efb44ea288730aedd"
FLOORS = {"tuned": (0.95, 0.95), "kept": (0.92, 0.95), "later": (0.95, 0.95)}


@pytest.fixture
def french(highlighter) -> highlight.Highlighter:
    return highlighter("fr")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_examples_and_leaves_its_near_misses(french, rule):
    texts = (*rule.match, *rule.near_miss)
    expected = [True] * len(rule.match) + [False] * len(rule.near_miss)
    wrong = [
        (text, "found" if not wanted else "missed")
        for text, suggestions, wanted in zip(texts, french.pipe(texts), expected, strict=True)
        if any(s.rule == rule.id for s in suggestions) != wanted
    ]
    assert wrong == []


def test_every_concern_and_polarity_has_rules_and_every_code_one():
    assert len(RULES) >= 165
    counts = Counter((rule.concern, rule.polarity) for rule in RULES)
    assert min(counts[c, p] for c in codebook.CONCERNS for p in ("risk", "safeguard")) >= 10
    codes = {
        (c.id, code.id) for c in codebook.load().concerns for code in c.codes if not code.parent
    }
    assert codes - {(rule.concern, rule.code) for rule in RULES} == set()


def test_every_pattern_waits_for_words_it_cannot_match_without():
    """A pattern without one would run in every sentence."""
    component = ConcernRules(spacy.blank("fr"), read("fr"))
    idle = component._alphabet.read("Il fait beau depuis lundi").codes
    assert component._gate.open(frozenset(idle)) == []


def test_the_gate_finds_what_running_every_rule_finds():
    # Every third rule's examples: without the gate the time grows with rules times sentences.
    examples = [text for rule in RULES[::3] for text in (*rule.match, *rule.near_miss)]
    texts = "\n\n".join(examples)
    nlp = spacy.blank("fr")
    found = []
    for gated in (True, False):
        doc = ConcernRules(nlp, read("fr"), gated=gated)(nlp.make_doc(texts))
        found.append([(s.start, s.end, s.id_) for s in doc.spans["concerns"]])
    assert len(found[0]) > len(RULES) // 3
    assert found[0] == found[1]


# what is written, and whether a rule for interceptions of communications may speak
PLACES = [
    ("Le juge autorise l'interception des communications.", True),
    ("Le juge autorise l’interception des\u00a0communications.", True),
    ("Article premier\n\nInterception de communications par un juge\n\nLe juge siège.", False),
    ("CHAPITRE IV – ÉCOUTES, INTERCEPTION DE COMMUNICATIONS PAR UN JUGE\n\nLe juge siège.", False),
    ("« mesure » désigne l'interception de communications autorisée par un juge", False),
    ("On entend par « mesure » l'interception de communications qu'un juge autorise", False),
]


@pytest.mark.parametrize(("text", "speaks"), PLACES)
def test_titles_and_definitions_are_left_out(french, text, speaks):
    (found,) = french.pipe([text])
    assert any(s.rule == "fr-interception-power" for s in found) == speaks


def test_a_wrapped_line_that_goes_on_with_an_accent_reads_on(french):
    text = (
        "Le juge d'instruction prescrit par décision motivée l'interception générale ou\n"
        "étendue de communications."
    )
    (found,) = french.pipe([text])
    assert "fr-interception-power" in {s.rule for s in found}


@pytest.mark.parametrize("half", FLOORS)
def test_sentences_written_before_the_rules_are_judged_as_well_as_they_were(french, half):
    """Labels are concern and polarity of a sentence; an arguable one counts neither way."""
    content = b"".join(path.read_bytes() for path in SENTENCES)
    assert hashlib.sha256(content).hexdigest() == DIGEST, "other sentences: set the floors anew"
    rows = [json.loads(line) for line in content.decode().splitlines()]
    rows = [row for row in rows if row["half"] == half]
    hits = misses = alarms = 0
    for row, suggestions in zip(rows, french.pipe(row["text"] for row in rows), strict=True):
        found = {f"{s.concern}:{s.polarity}" for s in suggestions}
        wanted = set(row["labels"])
        hits += len(found & wanted)
        misses += len(wanted - found)
        alarms += len(found - wanted - set(row["arguable"]))
    precision, recall = FLOORS[half]
    assert hits / (hits + alarms) >= precision
    assert hits / (hits + misses) >= recall


def test_a_treaty_about_other_things_is_left_alone(french):
    """The Charter grants no power over communications, the press or people who report."""
    path = SHARED / "data" / "charter" / "un_charter_fr.txt"
    if not path.exists():
        pytest.skip("the Charter in French is not there: set ANNOTATOR_SHARED to its folder")
    (found,) = french.pipe([path.read_text(encoding="utf-8")])
    assert len(found) <= 2


# how it is written, and a concern that is found all the same
SPELT = [
    ("Des journalistes ont été arrêté·es devant le tribunal.", "press_freedom:risk"),
    ("Un·e journaliste·s a été condamné·e pour diffamation.", "press_freedom:risk"),
    ("Les lanceur·euses d'alerte bénéficient d'une protection.", "whistleblower:safeguard"),
    ("L’Etat peut ordonner l’interception des communications de l’abonné.", "privacy:risk"),
    ("LE JUGE A AUTORISÉ L'ÉCOUTE TÉLÉPHONIQUE DE L'AVOCAT.", "privacy:risk"),
    ("Ecoutes téléphoniques : la police a enregistré les appels de l'avocate.", "privacy:risk"),
]


@pytest.mark.parametrize(("text", "label"), SPELT)
def test_capitals_points_and_curved_apostrophes_are_read(french, text, label):
    (found,) = french.pipe([text])
    assert label in {f"{s.concern}:{s.polarity}" for s in found}
