"""From texts and documents to suggestions; languages, pipelines and names of results."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import highlight
from annotator.errors import AnnotatorError
from annotator.highlight.highlighter import once, plain
from annotator.model import Clause, Document, Suggestion, check_span, sha256, stable_id


@pytest.fixture(scope="module")
def english(highlighter) -> highlight.Highlighter:
    return highlighter("en")


def document(
    *clauses: tuple[str, str, str], language: str = "en", kind: str = "treaty"
) -> Document:
    """Articles with eid, heading and words; the words of each stand two lines below its heading."""
    text, made = "", []
    for number, (eid, heading, words) in enumerate(clauses, 1):
        start = len(text)
        body = start + len(heading) + 2
        text += f"{heading}\n\n{words}\n\n"
        end = body + len(words)
        made.append(
            Clause(eid, f"art. {number}", "article", str(number), heading, start, end, body, end)
        )
    digest = sha256(text)
    return Document(
        id=stable_id("document", digest),
        slug="a-treaty",
        title="A treaty",
        kind=kind,
        language=language,
        text=text,
        text_sha256=digest,
        clauses=tuple(made),
    )


def test_a_document_is_read_clause_by_clause(english):
    treaty = document(
        ("art_1", "Use of terms", "Search and seizure, and a data retention rule."),
        ("art_2", "Interception of communications", "States consult one another."),
        ("art_3", "Powers 𝔘😀", "Officers carry out search and seizure of stored data."),
    )
    found = english.highlight(treaty)
    assert {s.eid for s in found} == {"art_3"}
    assert [(s.start, s.end, s.rule) for s in found] == sorted(
        (s.start, s.end, s.rule) for s in found
    )
    for s in found:
        check_span(treaty.text, s.start, s.end, s.quote)
        key = (treaty.id, s.rule, s.concern, s.polarity, s.start, s.end)
        assert s.id == stable_id("suggestion", *key)
        assert s.document == treaty.id
        assert s.reason
        assert s.standard
        assert 0 <= s.score <= 1
    assert len({s.id for s in found}) == len(found)


def test_no_match_crosses_into_the_next_clause(english):
    treaty = document(("art_1", "One", "The police compel"), ("art_2", "Two", "records held there"))
    assert [s for s in english.highlight(treaty) if s.rule == "production-order"] == []
    whole = next(english.pipe(["The police compel records held there"]))
    assert [s.quote for s in whole if s.rule == "production-order"] == [
        "police compel records held"
    ]


def test_a_document_in_another_language_is_refused(english):
    with pytest.raises(AnnotatorError, match=r"'a-treaty' is in 'fr' and these rules are for 'en'"):
        english.highlight(document(("art_1", "Un", "La liberté."), language="fr"))
    british = document(("art_1", "One", "search and seizure of data"), language="en-GB")
    assert english.highlight(british)


def test_a_language_without_rules_finds_nothing_and_says_so(english):
    german = highlight.load("de")
    assert german.notice.startswith("There are no rules for 'de' yet")
    assert list(german.pipe(["search and seizure", "x"])) == [[], []]
    assert german.highlight(document(("art_1", "Eins", "Die Freiheit."), language="de")) == []
    assert english.notice == ""


@pytest.mark.parametrize("language", ["qq", "xx", "klingon", "", "../en"])
def test_an_unknown_language_is_refused(language):
    with pytest.raises(AnnotatorError, match="is not a language that can be read: use a code"):
        highlight.load(language)


def test_a_missing_pipeline_is_refused():
    with pytest.raises(AnnotatorError, match=r"'en_no_such' is not an installed spaCy pipeline"):
        highlight.load("en", pipeline="en_no_such")


def test_an_installed_pipeline_takes_the_rules(english, tmp_path: Path):
    spacy.blank("en").to_disk(tmp_path / "mine")
    spacy.blank("de").to_disk(tmp_path / "german")
    text = "The police may order search and seizure of stored data."
    named = highlight.load("en", pipeline=str(tmp_path / "mine"))
    assert list(named.pipe([text])) == list(english.pipe([text]))
    assert named.ruleset != english.ruleset
    with pytest.raises(AnnotatorError, match="is for 'de', not 'en'"):
        highlight.load("en", pipeline=str(tmp_path / "german"))


def test_the_component_can_be_added_to_any_pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("concern_rules", config={"language": "en"})
    doc = nlp("Officers may order search and seizure of stored data.")
    assert ("search and seizure of stored data", "search-of-systems", "privacy:risk") in [
        (span.text, span.id_, span.label_) for span in doc.spans["concerns"]
    ]


def test_the_name_of_the_results_follows_the_rules(english, tmp_path: Path):
    assert highlight.ruleset("en") == english.ruleset == highlight.load("en-GB").ruleset
    folder = tmp_path / "en"
    folder.mkdir()
    source = Path(highlight.highlighter.read.__globals__["DEFAULT"]) / "en"
    for path in source.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    assert highlight.ruleset("en", rules=tmp_path) == english.ruleset
    (folder / "lists.yaml").write_bytes((source / "lists.yaml").read_bytes() + b"\n")
    assert highlight.ruleset("en", rules=tmp_path) != english.ruleset


PIECES = [
    "search and seizure",
    "person’s\u00a0data",
    "real‑time\ncollection of",
    "traffic data",
    "journalists",
    "were arrested",
    "whistleblowers",
    "مادة",
    "e\u0301",
    "😀",
    "𝔘",
    ".",
    "\t",
    "\n\n",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_every_quote_is_the_text_at_its_offsets(english, texts):
    results = list(english.pipe(texts))
    assert len(results) == len(texts)
    for text, found in zip(texts, results, strict=True):
        assert len(plain(text)) == len(text)
        for s in found:
            check_span(text, s.start, s.end, s.quote)


def test_typographic_signs_and_wrapped_lines_read_as_plain_ones(english):
    text = (
        "Each Party may collect or record, of its own accord, in real‑time\n"
        "traffic data, and obtain the subscriber’s\u00a0identity."
    )
    rules = {s.rule for s in next(english.pipe([text]))}
    assert {"live-traffic-data", "identifying-the-user"} <= rules


def test_importing_the_package_does_not_import_spacy():
    code = "import sys, annotator.highlight as h; h.ruleset('en'); print('spacy' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(highlight.__file__).parents[2],
    )
    assert run.stdout.strip() == "False"


def _said(start, end, *, score=0.5, code="search", polarity="risk", rule="a"):
    return Suggestion(
        start, end, "x" * (end - start), "privacy", polarity, rule, score, "why", code=code
    )


@pytest.mark.parametrize(
    ("proposed", "kept"),
    [
        ([_said(0, 9), _said(5, 14, score=0.8)], [(5, 14)]),  # one code, overlapping: the stronger
        ([_said(0, 9), _said(5, 14, code="reach")], [(0, 9), (5, 14)]),
        ([_said(0, 9), _said(2, 5, code="reach")], [(0, 9)]),  # within: a reader is asked once
        ([_said(0, 9), _said(2, 5, code="reach", score=0.8)], [(0, 9), (2, 5)]),
        ([_said(0, 9), _said(2, 5, polarity="safeguard")], [(0, 9), (2, 5)]),
        ([_said(0, 9), _said(9, 12)], [(0, 9), (9, 12)]),
        ([_said(0, 9, rule="b"), _said(0, 9, rule="a")], [(0, 9)]),
    ],
)
def test_a_reader_is_asked_once_about_the_same_words(proposed, kept):
    found = once(proposed)
    assert [(one.start, one.end) for one in found] == kept
    assert once(found) == found
    assert set(found) <= set(proposed)
