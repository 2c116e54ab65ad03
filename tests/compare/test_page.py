"""The compare page without a browser: what it says when there is nothing to compare, and when."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator import store as stores
from annotator.model import Document, Review


def _page() -> None:
    from annotator.ui.pages import compare

    compare.page()


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: Document) -> Path:
    path = tmp_path / "annotations.db"
    monkeypatch.setenv("ANNOTATOR_DB", str(path))
    with stores.open(path) as store:
        store.add_document(document)
    return path


def shown(database: Path, read: dict[str, list[str]]) -> AppTest:
    """The page after each of these people has read these clauses."""
    with stores.open(database) as store:
        for name, eids in read.items():
            reviewer = store.add_reviewer(name)
            if eids:
                with store.write("seed") as write:
                    for eid in eids:
                        write.put(Review("doc", eid, reviewer.id, "no_concern"))
    return AppTest.from_function(_page, default_timeout=30).run()


@pytest.mark.parametrize(
    ("read", "says"),
    [
        ({}, "Nobody has reviewed a clause of this text"),
        ({"Ada": ["art_1"], "Bo": []}, "One person has reviewed clauses of this text"),
        ({"Ada": ["art_1"], "Bo": ["art_2__para_1"]}, "not reviewed the same clause yet"),
    ],
)
def test_the_page_says_what_to_do_before_there_is_anything_to_compare(database, read, says):
    page = shown(database, read)
    assert not page.exception
    assert [says in info.value for info in page.info] == [True]


def test_of_what_is_hidden_it_is_not_said_that_it_is_not_there(database):
    with stores.open(database) as store:
        store.set_setting("blind", "on")
    page = shown(database, {"Ada": ["art_1"], "Bo": []})
    assert not page.exception
    assert "that you may see" in page.info[0].value


def test_at_least_two_must_be_ticked(database):
    page = shown(database, {"Ada": ["art_1"], "Bo": ["art_1"]})
    assert not page.exception
    assert not page.info
    page.sidebar.checkbox[0].uncheck().run()
    assert "Tick at least two" in page.info[0].value


def test_reviewers_come_with_a_letter_and_the_clauses_they_have_read(database):
    page = shown(database, {"Ada": ["art_1", "art_2__para_1"], "Bo": ["art_1"], "*Cy*": []})
    labels = [box.label for box in page.sidebar.checkbox][:3]
    assert labels == ["A · Ada :gray[2]", "B · Bo :gray[1]", r"C · \*Cy\* :gray[0]"]
    assert page.sidebar.checkbox[2].disabled
