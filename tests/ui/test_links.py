"""What the review view is told of links, of clauses that are named, and of the other language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import codebook, intake, review, store
from annotator.model import Document, Link
from annotator.store import Store
from annotator.ui import asking, desk, previews, targets

TREATY = """\
Chapter I. Powers

Article 1. Search

1. Each Party may search a system:

(a) in its territory; or

(b) anywhere else.

2. What paragraph 1 allows needs no warrant.

Article 2. Safeguards

A judge shall review every order under article 1.
"""
FRENCH = """\
Chapitre I. Pouvoirs

Article 1. Perquisition

1. Chaque Partie peut perquisitionner un système :

(a) sur son territoire ; ou

(b) ailleurs.

2. Ce que permet le paragraphe 1 n'exige pas de mandat.

Article 2. Garanties

Un juge contrôle tout ordre pris en vertu de l'article 1.
"""
NEWS = """\
Critics read it 😀

It rained. Critics said article 1 of the Search Treaty lets the police look anywhere.
Others read articles 1 and 2 of the Search Treaty together.
"""


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    with store.open(tmp_path / "links.db") as database:
        for text in (
            intake.parse(
                TREATY, kind="treaty", language="en", slug="search", title="Search Treaty"
            ),
            intake.parse(FRENCH, kind="treaty", language="fr", slug="search-fr", title="Traité"),
        ):
            database.add_document(text)
        database.set_work("search-fr", "search")
        database.add_document(
            intake.parse(
                NEWS,
                kind="news",
                language="en",
                slug="critics",
                metadata={"publisher": "The Post", "date": "2026-03-12"},
            )
        )
        for name in ("Ana", "Bo"):
            database.add_reviewer(name)
        yield database


@pytest.fixture
def treaty(opened: Store) -> Document:
    return opened.document("search")


@pytest.fixture
def news(opened: Store) -> Document:
    return opened.document("critics")


def told(opened: Store, document: Document, eid: str, reviewer: str = "Ana") -> dict[str, Any]:
    found = desk.review_data(
        opened,
        document,
        review.sheet_of(document, eid),
        opened.reviewer(reviewer),
        codebook.load(),
        acks={},
        focus=None,
        database="db",
    )
    return found | found["words"]


def link(
    opened: Store, news: Document, words: str, target: str = "art_1", whose: str = "Ana"
) -> Link:
    start = news.text.index(words)
    return review.link(
        opened,
        news,
        opened.reviewer(whose).id,
        start=start,
        end=start + len(words),
        quote=words,
        target_document="search",
        target_eid=target,
        note="Overstated.",
    )


def test_news_that_cites_a_clause_is_proposed_by_the_sentence(
    opened: Store, news: Document, treaty: Document
) -> None:
    found = told(opened, news, "para_1")
    said = [(one["quote"], one["targets"]) for one in found["claims"]]
    assert said == [
        (
            "Critics said article 1 of the Search Treaty lets the police look anywhere.",
            [f"{treaty.id}#art_1"],
        ),
        (
            "Others read articles 1 and 2 of the Search Treaty together.",
            [f"{treaty.id}#art_1", f"{treaty.id}#art_2"],
        ),
    ]
    texts = {one["eid"]: one["text"] for one in found["clauses"]}
    for one in found["claims"]:
        assert texts[one["start_eid"]][one["start"] : one["end"]] == one["quote"]
    assert all(one["claimed"] for one in found["references"])
    # In a treaty a reference is a reference.
    assert told(opened, treaty, "art_1__para_2")["claims"] == []


def test_a_clause_shows_who_says_what_of_it(
    opened: Store, news: Document, treaty: Document
) -> None:
    made = link(opened, news, "Critics said article 1 of the Search Treaty lets")
    on_the_claim = told(opened, news, "para_1")
    (mark,) = on_the_claim["links"]
    assert (mark["id"], mark["own"], mark["target"]) == (made.id, True, f"{treaty.id}#art_1")
    assert on_the_claim["linked"][mark["target"]]["title"] == "Search Treaty"
    on_the_clause = told(opened, treaty, "art_1__para_2", reviewer="Bo")
    assert list(on_the_clause["said"]) == ["art_1"]
    assert on_the_clause["around"] == {"art_1": "art. 1"}
    (claim,) = on_the_clause["said"]["art_1"]
    assert claim["quote"] == made.quote
    assert (claim["title"], claim["publisher"]) == (news.title, "The Post")
    assert (claim["date"], claim["citation"]) == ("2026-03-12", "para. 1")
    assert (claim["who"], claim["own"], claim["note"]) == ("Ana", False, "Overstated.")
    assert (claim["to"], claim["land"], claim["voice"]) == ("critics", "para_1", "claim")
    assert told(opened, treaty, "art_2")["said"] == {}


def test_in_a_blind_project_others_links_wait_for_ones_own_reading(
    opened: Store, news: Document, treaty: Document
) -> None:
    link(opened, news, "Critics said article 1 of the Search Treaty lets", "art_2")
    opened.set_setting("blind", "on")
    assert told(opened, news, "para_1", "Bo")["links"] == []
    assert told(opened, treaty, "art_2", "Bo")["said"] == {}
    assert len(told(opened, treaty, "art_2", "Ana")["said"]["art_2"]) == 1
    bo = opened.reviewer("Bo").id
    review.judge(opened, treaty, bo, "art_2", "no_concern")
    # Done with the clause, but not with the claim: to see the link would tell of the claim.
    assert told(opened, treaty, "art_2", "Bo")["said"] == {}
    review.judge(opened, news, bo, "para_1", "no_concern")
    assert len(told(opened, news, "para_1", "Bo")["links"]) == 1
    assert len(told(opened, treaty, "art_2", "Bo")["said"]["art_2"]) == 1


def test_links_to_an_earlier_version_stay_with_the_clause(opened: Store, news: Document) -> None:
    link(opened, news, "Critics said article 1 of the Search Treaty lets", "art_2")
    before, after = "Article 2. Safeguards", "Article 2. Notice\n\nA Party gives notice.\n\n"
    newer = intake.parse(
        TREATY.replace(before, f"{after}Article 3. Safeguards"),
        kind="treaty",
        language="en",
        slug="search",
        title="Search Treaty",
    )
    opened.add_document(newer)
    found = told(opened, opened.document("search"), "art_3")
    (claim,) = found["said"]["art_3"]
    assert (claim["version"], claim["quote"]) == (
        1,
        "Critics said article 1 of the Search Treaty lets",
    )
    assert "art_2" not in told(opened, opened.document("search"), "art_2")["said"]


def test_links_to_the_text_in_another_language_stand_here_too(
    opened: Store, news: Document, treaty: Document
) -> None:
    link(opened, news, "Critics said article 1 of the Search Treaty lets", "art_1__para_1__point_b")
    found = told(opened, opened.document("search-fr"), "art_1__para_1")
    (claim,) = found["said"]["art_1__para_1__point_b"]
    assert (claim["language"], claim["version"], claim["who"]) == ("en", None, "Ana")
    here = told(opened, treaty, "art_1__para_1")["said"]["art_1__para_1__point_b"]
    assert [one["language"] for one in here] == [""]


def test_links_of_an_earlier_version_of_news_are_proposed_in_the_next(
    opened: Store, news: Document
) -> None:
    link(opened, news, "Others read articles 1 and 2", "art_2")
    newer = intake.parse(
        NEWS.replace("It rained.", "It snowed."), kind="news", language="en", slug="critics"
    )
    opened.add_document(newer)
    found = told(opened, opened.document("critics"), "para_1")
    (one,) = found["before"]
    assert (one["quote"], one["note"]) == ("Others read articles 1 and 2", "Overstated.")
    assert found["linked"][one["targets"][0]]["citation"] == "art. 2"
    assert told(opened, opened.document("critics"), "para_1", "Bo")["before"] == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("1(1)(b)", "art. 1(1)(b)"),
        ("article 1, paragraph 2", "art. 1(2)"),
        ("art 2", "art. 2"),
        ("chapter I", "ch. I"),
        ("any order of a judge", None),
        ("a judge shall", "art. 2"),
        ("no warr", "art. 1(2)"),
        ("  ", None),
        ("no such words", None),
    ],
)
def test_a_clause_is_found_by_citation_or_words(
    opened: Store, news: Document, typed: str, first: str | None
) -> None:
    found = targets.found(opened, news, typed)
    assert (found[0]["citation"] if found else None) == first
    for one in found:
        document, eid = one["name"].split("#")
        assert opened.document(document).clause(eid).citation == one["citation"]
        assert one["rows"] or one["heading"]


def test_a_preview_says_where_a_clause_stands_and_how_it_is_divided(treaty: Document) -> None:
    shown = previews.preview(treaty, treaty.clause("art_1__para_1"))
    assert shown["within"] == ["Chapter I · Powers", "Article 1 · Search"]
    assert [(row["label"], row["text"]) for row in shown["rows"]] == [
        ("", "Each Party may search a system:"),
        ("(a)", "in its territory; or"),
        ("(b)", "anywhere else."),
    ]
    chapter = previews.preview(treaty, treaty.clause("chp_I"))
    assert [(row["label"], row["heading"]) for row in chapter["rows"]] == [
        ("art. 1", "Search"),
        ("art. 2", "Safeguards"),
    ]
    cut = previews.preview(treaty, treaty.clause("art_1"), size=20)
    assert cut["more"]
    assert "".join(row["text"] for row in cut["rows"]) == "Each Party may searc …"


def ask(opened: Store, document: Document, **question: Any) -> dict[str, Any]:
    asked = {"document": document.id, "reviewer": opened.reviewer("Ana").id, **question}
    return asking.answer(opened, asked)


def test_the_same_clause_is_read_in_another_language(opened: Store, treaty: Document) -> None:
    (other,) = told(opened, treaty, "art_1__para_1")["languages"]
    assert (other["lang"], other["title"]) == ("fr", "Traité")
    found = ask(opened, treaty, what="beside", other=other["id"], eid="art_1__para_1")
    assert (found["lang"], found["dir"]) == ("fr", "ltr")
    assert set(found["clauses"]) == set(review.sheet_of(treaty, "art_1").eids)
    (row,) = found["clauses"]["art_1__para_1__point_b"]["rows"]
    assert (row["citation"], row["text"]) == ("art. 1(1)(b)", "ailleurs.")
    assert told(opened, opened.document("critics"), "para_1")["languages"] == []


def test_a_tag_in_the_other_language_is_carried_here_once(opened: Store, treaty: Document) -> None:
    french, ana = opened.document("search-fr"), opened.reviewer("Ana").id
    start = french.text.index("ailleurs")
    tag = review.tag(
        opened,
        french,
        ana,
        start=start,
        end=start + len("ailleurs"),
        quote="ailleurs",
        concern="privacy",
        polarity="risk",
        codebook=codebook.load(),
    )

    def row() -> dict[str, Any]:
        found = ask(opened, treaty, what="beside", other=french.id, eid="art_1")
        rows: list[dict[str, Any]] = found["clauses"]["art_1__para_1__point_b"]["rows"]
        return rows[0]["tags"][0]

    assert (row()["id"], row()["quote"], row()["carried"]) == (tag.id, "ailleurs", False)
    event = {"type": "carry_across", "nonce": "carry-1", "annotation": tag.id}
    for _ in range(2):
        assert review.apply(opened, treaty, ana, [event], codebook=codebook.load()) == {
            "carry-1": ""
        }
    (carried,) = opened.annotations(document=treaty.id, reviewer=ana)
    assert (carried.eid, carried.quote) == ("art_1__para_1__point_b", "anywhere else.")
    assert row()["carried"]
    opened.undo(ana, document=treaty.id)
    assert opened.annotations(document=treaty.id) == []
    assert not row()["carried"]
    bo = opened.reviewer("Bo").id
    theirs = event | {"nonce": "carry-2"}
    answer = review.apply(opened, treaty, bo, [theirs], codebook=codebook.load())
    assert "not yours" in answer["carry-2"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"what": "clause", "name": "art_9"}, "'art_9'"),
        ({"what": "beside", "other": "nowhere", "eid": "art_1"}, "'nowhere'"),
        ({"what": "beside", "other": "search-fr", "eid": "art_9"}, "'art_9'"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    opened: Store, treaty: Document, question: dict[str, Any], said: str
) -> None:
    assert said in ask(opened, treaty, **question)["error"]
    assert ask(opened, treaty, what="clause", name="art_2")["citation"] == "art. 2"
