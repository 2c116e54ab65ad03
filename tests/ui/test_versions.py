"""The versions page: one version, two, tags to place, and two languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator import intake, store, versions
from annotator.model import Annotation, Document, new_id
from annotator.store import Store
from tests.ui.conftest import TITLE, TREATY, Page, shown

HOSTILE = "<img src=http://pictures.invalid/x.png onerror=alert(1)> ![x](http://pictures.invalid/y)"
SECOND = TREATY.replace("may search a system", "may search any system").replace(
    "may order any person to help", f"may not order any person to help {HOSTILE}"
)
FRENCH = """\
Chapitre premier. Pouvoirs

Article premier. Fouille

1. Chaque Partie peut fouiller un système.

2. Chaque Partie peut obliger toute personne à aider.

Article 2. Garanties

Un juge examine chaque ordre.
"""


def tagged(opened: Store, document: Document, quote: str) -> Annotation:
    start = document.text.index(quote)
    clause = document.clause_at(start)
    assert clause is not None
    tag = Annotation(
        new_id(), document.id, clause.eid, start, start + len(quote), quote, "privacy", "risk",
        opened.reviewer("Ana").id, note="<b>mine</b>",
    )  # fmt: skip
    with opened.write("tag", reviewer="Ana", document=document.id) as write:
        write.insert(tag)
    return tag


@pytest.fixture
def replaced(filled: Path, treaty: Document) -> Path:
    """Two tags of Ana's on the first version, and a second version that nothing was carried to."""
    with store.open(filled) as opened:
        tagged(opened, treaty, "seize what it finds")
        tagged(opened, treaty, "Party may order any person")
        second = intake.parse(
            SECOND, kind="treaty", language="en", title=TITLE, slug="small-things"
        )
        assert opened.add_document(second)
    return filled


def opened_at(slug: str) -> AppTest:
    test = AppTest.from_function(_page, default_timeout=20)
    test.query_params["doc"] = slug
    test.query_params["as"] = "Ana"
    return test.run()


def _page() -> None:
    from annotator.ui.pages import versions

    versions.page()


def test_without_texts_it_says_how_to_bring_one_in(path: Path, page: Page) -> None:
    test = page("versions")
    assert not test.exception
    assert "annotator intake FILE" in test.info[0].value
    assert path.exists()


@pytest.mark.usefixtures("filled")
def test_a_text_with_one_version_says_how_to_bring_another() -> None:
    test = opened_at("small-things")
    assert not test.exception
    assert any("--replaces small-things" in one.value for one in test.code)
    assert not test.selectbox(key="document-choice").disabled
    assert not [one for one in test.selectbox if one.label == "Is it stored already?"]


@pytest.mark.usefixtures("replaced")
def test_old_stands_against_new_with_changed_words_marked() -> None:
    test = opened_at("small-things")
    said = shown(test)
    assert not test.exception
    assert "Version 2 against version 1" in said
    assert "<del>a</del>" in said
    assert "<ins>any</ins>" in said
    assert "art. 2: 1 clause with the same words" in said
    test.radio(key="versions-filter").set_value("All").run()
    assert "A judge shall review every order." in shown(test)
    test.radio(key="versions-filter").set_value("Moved or renumbered").run()
    assert "No clause has another number or place" in test.info[0].value


@pytest.mark.usefixtures("replaced")
def test_a_text_is_never_markup() -> None:
    test = opened_at("small-things")
    said = shown(test)
    assert "&lt;img src=http" in said
    assert "<img" not in said.replace(r"\<img", "")
    for one in (*test.markdown, *test.button):
        assert "![" not in str(getattr(one, "label", "")) + str(getattr(one, "value", ""))


def test_tags_are_carried_placed_by_hand_and_dropped(replaced: Path) -> None:
    test = opened_at("small-things")
    assert "2 tags of version 1 are not carried over" in shown(test)
    test = by_label(test, "Carry tags and reviews over").click().run()
    assert not test.exception
    said = shown(test)
    assert "1 tag carried over to this version; 1 waiting for a person, 1 of them yours." in said
    assert [one.value for one in test.header] == ["Yours to place: 1"]
    assert "what the words say may have changed: not" in said
    assert "&lt;b&gt;mine&lt;/b&gt;" in said
    assert "the same clause" in said
    test = by_label(test, "Place here").click().run()
    assert not test.exception
    assert not test.header
    with store.open(replaced) as opened:
        made = {one.quote for one in opened.annotations(document="small-things")}
        assert made == {"seize what it finds", "Party may not order any person"}
        opened.undo("Ana", document="small-things")
    test = by_label(opened_at("small-things"), "Drop the tag").click().run()
    assert not test.header
    with store.open(replaced) as opened:
        assert {row.state for row in opened.carried()} == {"placed", "dropped"}
        assert opened.verify() == []


def test_all_that_was_carried_can_be_taken_back(replaced: Path) -> None:
    with store.open(replaced) as opened:
        versions.bring_over(opened, "small-things")
    test = opened_at("small-things")
    test.button(key="versions-back").click().run()
    assert not test.exception
    with store.open(replaced) as opened:
        assert opened.carried() == []
        assert opened.annotations(document="small-things") == []


def test_only_ones_own_tags_are_to_be_placed(replaced: Path) -> None:
    with store.open(replaced) as opened:
        opened.add_reviewer("Bo")
        versions.bring_over(opened, "small-things")
    test = AppTest.from_function(_page, default_timeout=20)
    test.query_params["doc"], test.query_params["as"] = "small-things", "Bo"
    test.run()
    assert not test.header
    assert "1 waiting for a person, 0 of them yours" in shown(test)
    assert "Party may order" not in shown(test).split("vs-table")[0]


def test_two_languages_stand_side_by_side_and_a_tag_crosses(filled: Path, treaty: Document) -> None:
    french = intake.parse(FRENCH, kind="treaty", language="fr", title="Petites choses", slug="p")
    with store.open(filled) as opened:
        opened.add_document(french)
        tag = tagged(opened, treaty, "order any person")
    test = opened_at("small-things")
    join = next(one for one in test.selectbox if one.label == "Is it stored already?")
    join.set_value("p").run()
    test = by_label(test, "Set side by side").click().run()
    assert not test.exception
    said = shown(test)
    assert "Chaque Partie peut obliger toute personne" in said
    assert 'lang="fr" dir="ltr"' in said
    test = by_label(test, "Carry to French").click().run()
    assert not test.exception
    assert "✓ in French too" in shown(test)
    with store.open(filled) as opened:
        (made,) = opened.annotations(document="p")
        assert made.eid == tag.eid
        assert made.quote == "Chaque Partie peut obliger toute personne à aider."
        assert opened.verify() == []


def by_label(test: AppTest, label: str):  # type: ignore[no-untyped-def]  # AppTest's own button
    return next(button for button in test.button if button.label == label)


def test_news_in_two_languages_is_shown_whole(filled: Path, news: Document) -> None:
    text = "Quarante personnes ont été arrêtées.\n\nLes critiques le disent."
    french = intake.parse(text, kind="news", language="fr", title="Signé", slug="signe")
    with store.open(filled) as opened:
        opened.add_document(versions.as_translation(french, news))
    test = opened_at("signed")
    assert not test.exception
    assert "Quarante personnes" in shown(test)
    assert "Les critiques le disent." in shown(test)


def test_a_discussion_whose_clause_is_gone_is_put_on_another(
    filled: Path, treaty: Document
) -> None:
    clause = treaty.clause("art_1__para_2")
    with store.open(filled) as opened:
        said = opened.comment(treaty.id, clause.eid, f"Who helps? {HOSTILE}", reviewer="Ana")
        words = TREATY.replace(f"2. {treaty.text[clause.body : clause.own_end]}", "")
        second = intake.parse(words, kind="treaty", language="en", title=TITLE, slug="small-things")
        assert opened.add_document(second)
        versions.bring_over(opened, second.id)
    test = opened_at("small-things")
    assert not test.exception
    assert "1 discussion whose clause is gone" in [one.value for one in test.header]
    assert "<img" not in shown(test)
    test.selectbox(key=f"thread-at-{said.id}").set_value("art_1__para_1").run()
    test.button(key=f"thread-put-{said.id}").click().run()
    assert not test.exception
    with store.open(filled) as opened:
        (moved,) = opened.comments(document="small-things")
        assert (moved.eid, moved.text) == ("art_1__para_1", said.text)
        assert versions.waiting_threads(opened, "small-things") == []
