"""Real treaties against their structure as counted by hand; skipped where those texts are not."""

import json
import os
import time
from collections import Counter
from pathlib import Path

import pytest

from annotator.intake import corpus, parse, read, read_all

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("ANNOTATOR_SHARED") or ROOT / "../shared") / "data"
BUDAPEST = SHARED / "treaties" / "budapest.txt"
ORACLE = SHARED / "structure" / "budapest.json"

needs_shared = pytest.mark.skipif(not ORACLE.exists(), reason="the shared texts are not here")


def _within(document, article):
    return [c for c in document.clauses if article.start < c.start < article.end]


@pytest.fixture(scope="module")
def budapest():
    return read(BUDAPEST, language="en")


@needs_shared
def test_budapest_is_found_exactly_as_it_was_counted(budapest):
    oracle = json.loads(ORACLE.read_text(encoding="utf-8"))
    assert len(budapest.text) == oracle["chars"]
    assert budapest.text == BUDAPEST.read_text(encoding="utf-8")
    articles = [c for c in budapest.clauses if c.kind == "article"]
    found = [(int(a.number), a.heading, a.start, a.end) for a in articles]
    assert found == [(a["article"], a["heading"], a["start"], a["end"]) for a in oracle["articles"]]
    for article, counted in zip(articles, oracle["articles"], strict=True):
        kinds = Counter(c.kind for c in _within(budapest, article))
        assert (kinds["paragraph"], kinds["point"], kinds["subpoint"]) == (
            counted["paragraphs"],
            counted["lettered"],
            counted["roman"],
        ), article.citation
        for key, letters in counted["letters_by_paragraph"].items():
            parent = f"art_{article.number}" + (f"__para_{key}" if key != "0" else "")
            points = [
                c.number for c in budapest.clauses if c.parent == parent and c.kind == "point"
            ]
            assert points == letters, parent
    total = Counter(c.kind for c in budapest.clauses)
    assert (total["article"], total["paragraph"], total["point"], total["subpoint"]) == (
        oracle["n_articles"],
        oracle["n_paragraphs"],
        oracle["n_lettered"],
        oracle["n_roman"],
    )
    divisions = [c for c in budapest.clauses if c.kind in ("chapter", "section")]
    assert [budapest.text[c.start : c.body].split("\n")[0] for c in divisions] == oracle[
        "divisions"
    ]
    assert all(c.heading for c in divisions)
    assert budapest.warnings == ()


@needs_shared
def test_budapest_is_read_in_well_under_a_second(budapest):
    began = time.process_time()
    parse(budapest.text, language="en")
    assert time.process_time() - began < 0.5


@needs_shared
def test_the_closing_formula_of_budapest_belongs_to_no_article(budapest):
    closing = budapest.clauses[-1]
    assert closing.citation == "closing formula"
    assert budapest.text[closing.body :].startswith("IN WITNESS WHEREOF")


@needs_shared
def test_a_page_in_two_languages_becomes_two_versions_of_the_counted_structure():
    oracle = json.loads(ORACLE.read_text(encoding="utf-8"))
    english, dutch = read_all(SHARED / "treaties" / "budapest-bilingual.md")
    assert (english.language, dutch.language) == ("en", "nl")
    assert english.title == "Convention on Cybercrime"
    assert dutch.title.startswith("Verdrag inzake de bestrijding van strafbare feiten")
    assert (dutch.slug, dutch.metadata["work"]) == ("budapest-bilingual-nl", english.slug)
    for document in (english, dutch):
        articles = [c for c in document.clauses if c.kind == "article"]
        assert [a.eid for a in articles] == [f"art_{n}" for n in range(1, 49)]
        for article, counted in zip(articles, oracle["articles"], strict=True):
            kinds = Counter(c.kind for c in _within(document, article))
            assert (kinds["paragraph"], kinds["point"], kinds["subpoint"]) == (
                counted["paragraphs"],
                counted["lettered"],
                counted["roman"],
            ), article.citation
        assert document.clauses[0].kind == "preamble"
        assert document.clauses[-1].citation == "closing formula"
        assert document.warnings == ()
    headings = [a["heading"].casefold() for a in oracle["articles"]]
    assert [c.heading.casefold() for c in english.clauses if c.kind == "article"] == headings
    # Every clause of the English has its like; the Dutch has dashes in one more place.
    assert {c.eid for c in english.clauses} < {c.eid for c in dutch.clauses}


@needs_shared
def test_one_version_of_a_page_in_two_languages_can_be_asked_for():
    path = SHARED / "treaties" / "budapest-bilingual.md"
    english = read(path)
    assert english.language == "en"
    assert "also there in Dutch (nl)" in english.warnings[0]
    assert "--language nl" in english.warnings[0]
    dutch = read(path, language="nl", title="Cybercrimeverdrag")
    assert (dutch.language, dutch.title) == ("nl", "Cybercrimeverdrag")


@needs_shared
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_charter_has_its_111_articles_in_19_chapters(language):
    document = read(SHARED / "charter" / f"un_charter_{language}.txt")
    assert document.language == language
    kinds = Counter(c.kind for c in document.clauses)
    assert (kinds["article"], kinds["chapter"], kinds["preamble"]) == (111, 19, 1)
    articles = [c for c in document.clauses if c.kind == "article"]
    assert [c.eid for c in articles] == [f"art_{n}" for n in range(1, 112)]
    assert not [c.citation for c in articles if c.heading]
    assert all(c.heading for c in document.clauses if c.kind == "chapter")


@needs_shared
@pytest.mark.parametrize(("language", "first"), [("en", "WE THE PEOPLES"), ("fr", "NOUS, PEUPLES")])
def test_the_preamble_of_the_charter_begins_with_its_first_words(language, first):
    document = read(SHARED / "charter" / f"un_charter_{language}.txt")
    preamble = document.clauses[0]
    assert preamble.kind == "preamble"
    assert document.text[preamble.start :].startswith(first)


def test_a_preamble_begins_where_its_first_sentence_does_and_not_with_the_title_page():
    document = parse(
        "Treaty on Wells\n\nSpringfield, 5 May\n\nThe Parties, resolved\n\n"
        "to protect every well, and\n\nto share them,\n\nagree:\n\n"
        "Article 1\n\nWells are shared.\n\nArticle 2\n\nThey are kept clean.",
        language="en",
    )
    preamble = document.clause("preamble")
    assert document.text[preamble.start :].startswith("The Parties, resolved")


@needs_shared
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_charter_on_one_line_keeps_its_articles(language):
    text = (SHARED / "charter" / f"un_charter_{language}.txt").read_text(encoding="utf-8")
    kinds = Counter(c.kind for c in parse(" ".join(text.split()), language=language).clauses)
    assert (kinds["article"], kinds["chapter"], kinds["preamble"]) == (111, 19, 1)


@needs_shared
@pytest.mark.parametrize("name", ["hanoi-signing-overview", "hanoi-signing-report"])
def test_news_as_it_is_met(name):
    document = read(SHARED / "news" / f"{name}.txt", language="en")
    assert document.kind == "news"
    assert document.slug == name
    assert len(list(document.reviewable())) >= 8


def test_the_texts_of_the_project_are_read_without_a_warning():
    documents = corpus(ROOT / "corpus")
    assert {d.slug: d.warnings for d in documents if d.warnings} == {}
    for document in documents:
        assert document.notice or document.kind == "news", document.slug
        assert all(c.article for c in document.clauses if c.eid.startswith("art_"))
