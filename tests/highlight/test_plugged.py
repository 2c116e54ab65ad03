"""Another pipeline's proposals are taken as suggestions that say whose they are."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from annotator import highlight, intake
from annotator.highlight import training
from annotator.highlight.plugged import LEAST, proposals

TEXT = "The harbour may tap every lamp.\n"


@pytest.fixture
def ruled(tmp_path: Path) -> Path:
    """A pipeline of somebody's own, saved: spans, entities, and labels that mean nothing here."""
    nlp = spacy.blank("en")
    spans = nlp.add_pipe("span_ruler")
    spans.add_patterns(
        [
            {"label": "privacy:risk:surveillance", "pattern": "tap every lamp"},
            {"label": "privacy:risk:no_such_code", "pattern": "every lamp"},
            {"label": "PLACE", "pattern": "harbour"},
            {"label": "privacy:unsure", "pattern": "may"},
        ]
    )
    names = nlp.add_pipe("entity_ruler")
    names.add_patterns([{"label": "press_freedom", "pattern": "lamp"}])
    nlp.to_disk(tmp_path / "harbour")
    return tmp_path / "harbour"


def test_its_spans_and_entities_are_suggestions_with_its_name(ruled: Path):
    found = next(iter(highlight.load("en", pipeline=str(ruled)).pipe([TEXT])))
    own = [one for one in found if one.rule.startswith("pipeline:")]
    assert [(one.quote, one.concern, one.polarity, one.code, one.rule) for one in own] == [
        ("tap every lamp", "privacy", "risk", "surveillance", "pipeline:harbour/ruler"),
        ("every lamp", "privacy", "risk", "", "pipeline:harbour/ruler"),
        ("lamp", "press_freedom", "risk", "", "pipeline:harbour/entities"),
    ]
    assert {one.score for one in own} == {LEAST}
    assert own[0].reason == "The pipeline 'harbour' proposes it (ruler), not a rule."


def test_they_stand_in_a_document_beside_those_of_the_rules(highlighter, ruled: Path):
    text = (
        "Article 1\n\nOfficers may order search and seizure of stored data.\n\nArticle 2\n\n" + TEXT
    )
    document = intake.parse(text, kind="treaty", language="en")
    plain = highlighter("en")
    plugged = highlight.load("en", pipeline=str(ruled))
    rules = [one for one in plugged.highlight(document) if not one.rule.startswith("pipeline:")]
    assert rules == plain.highlight(document) != []
    own = [one for one in plugged.highlight(document) if one.rule.startswith("pipeline:")]
    assert {one.eid for one in own} == {"art_2"}
    assert [one.quote for one in own] == ["tap every lamp", "lamp"]  # asked once of the same
    assert all(document.text[one.start : one.end] == one.quote for one in own)


def test_categories_of_a_whole_text_count_from_a_half(ruled: Path):
    nlp = spacy.load(ruled)
    doc = nlp.make_doc("  Lamps. ")
    doc.cats = {"privacy": 0.9, "whistleblower:safeguard": 0.5, "press_freedom": 0.4, "SPAM": 1.0}
    found = list(proposals(doc, "  Lamps. ", pipeline="x", rules="concerns"))
    assert [(one.concern, one.polarity, one.quote, one.score) for one in found] == [
        ("privacy", "risk", "Lamps.", 0.9),
        ("whistleblower", "safeguard", "Lamps.", 0.5),
    ]


def test_a_model_trained_here_can_be_plugged_in(tmp_path: Path):
    read = [
        training.Read("a", str(n), words, frozenset(concerns), {})
        for n in range(20)
        for words, concerns in (("they tap lamps", ["privacy"]), ("they sail home", []))
    ]
    training.fit(read, "en").to_disk(tmp_path / "model")
    found = list(highlight.load("en", pipeline=str(tmp_path / "model")).pipe(["they tap lamps"]))
    assert [(one.rule, one.concern) for one in found[0]] == [
        ("pipeline:model/categories", "privacy")
    ]


def test_results_are_told_apart_by_what_the_pipeline_holds(ruled: Path):
    before = highlight.ruleset("en", pipeline=str(ruled))
    assert before != highlight.ruleset("en")
    assert before == highlight.ruleset("en", pipeline=str(ruled))
    (ruled / "meta.json").write_text((ruled / "meta.json").read_text() + "\n")
    assert highlight.ruleset("en", pipeline=str(ruled)) != before
