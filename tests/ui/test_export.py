"""The export page in each of its states: nothing, a dataset to take, a file to bring in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator import store
from annotator.export import LoadReport
from annotator.model import Document
from annotator.ui.pages.export import report_words
from tests.export import named
from tests.ui.conftest import Page, decide, shown

STRANGER = "nowhere ![p](http://pictures.invalid/p.png)"


@pytest.fixture
def worked(filled: Path) -> Path:
    with store.open(filled) as opened:
        decide(opened)
    return filled


@pytest.mark.usefixtures("filled")
def test_before_anything_is_tagged_it_says_what_to_do(page: Page) -> None:
    test = page("export")
    assert not test.exception
    assert "Nothing is tagged yet" in shown(test)
    assert not test.get("download_button")
    assert len(test.file_uploader) == 1, "one may begin with a colleague's file"


@pytest.mark.usefixtures("worked")
def test_the_dataset_is_counted_and_shown_before_it_is_taken(page: Page) -> None:
    test = page("export")
    assert not test.exception
    for count in (
        "<strong>1</strong>tag<",
        "<strong>2</strong>decisions",
        "<strong>2</strong>texts",
    ):
        assert count in shown(test)
    row = test.dataframe[0].value.iloc[0]
    assert (row["Clause"], row["Words"], row["Kind"]) == ("art. 1(1)", "search a system", "risk")
    assert [one.label for one in test.get("download_button")] == ["Download JSON Lines"]


@pytest.mark.usefixtures("worked")
def test_a_choice_narrows_what_is_taken(page: Page) -> None:
    test = page("export")
    test.multiselect(key="export-texts").set_value(["signed"]).run()
    assert "no tag in this selection" in shown(test)
    assert not test.dataframe


@pytest.mark.usefixtures("worked")
def test_the_table_can_be_taken_instead(page: Page) -> None:
    test = page("export")
    test.button_group(key="export-format").set_value("csv").run()
    assert not test.exception
    assert [one.label for one in test.get("download_button")] == ["Download CSV"]


def test_a_colleagues_file_is_brought_in_once(
    worked: Path, page: Page, tmp_path: Path, treaty: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.open(worked) as opened:
        content = named.render(opened, "jsonl")
    elsewhere = tmp_path / "elsewhere.db"
    with store.open(elsewhere) as opened:
        opened.add_document(treaty)
    monkeypatch.setenv("ANNOTATOR_DB", str(elsewhere))
    test = page("export")
    load(test, "from-ana.jsonl", content)
    assert "1 tag" in test.success[0].value
    assert "<strong>1</strong>tag<" in shown(test)
    with store.open(elsewhere) as opened:
        assert named.render(opened, "jsonl") == content
    load(test, "from-ana.jsonl", content)
    assert "nothing was new" in test.success[0].value


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"{oops\n", "line 1"),
        (b"\xff\xfe\n", "UTF"),
        (
            json.dumps(
                {"document": STRANGER, "start": 1, "end": 2, "quote": "x", "concern": "privacy",
                 "polarity": "risk"}
            ).encode(),
            "nowhere",
        ),
    ],
)  # fmt: skip
def test_a_file_with_a_mistake_changes_nothing_and_is_named(
    worked: Path, page: Page, content: bytes, said: str
) -> None:
    with store.open(worked) as opened:
        before = named.render(opened, "jsonl")
    test = page("export")
    load(test, "wrong.jsonl", content)
    assert not test.exception
    assert len(test.error) == 1
    error = test.error[0].value
    assert said in error
    assert r"wrong\.jsonl" in error, "by its own name, not that of a temporary copy"
    assert "![" not in error
    with store.open(worked) as opened:
        assert named.render(opened, "jsonl") == before


def test_a_file_that_is_not_ours_is_one_line_of_error(path: Path, page: Page) -> None:
    path.write_text("not a database")
    test = page("export")
    assert not test.exception
    assert len(test.error) == 1


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (LoadReport(), "nothing was new."),
        (LoadReport(added={"review": 1}), "1 review added."),
        (
            LoadReport(added={"annotation": 2, "origin": 2, "review": 3, "decision": 1}, kept=1),
            "2 tags, 3 reviews and 1 decision added. 1 line was older than what is here and passed "
            "over.",
        ),
        (
            LoadReport(updated=2, unchanged=1, reviewers=("Ana", "Bo")),
            "nothing was new. 2 lines were newer and replaced what was here. 1 line was here "
            "already. New: Ana, Bo.",
        ),
    ],
)
def test_a_load_is_reported_in_words(report: LoadReport, words: str) -> None:
    assert report_words(report) == words


def load(test: AppTest, name: str, content: bytes) -> None:
    test.file_uploader[0].upload(name, content)
    test.run()
    test.button(key="load").click().run()
