"""The export page in each of its states: nothing, a dataset to take, a file to bring in."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import store
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


def test_a_file_that_is_not_ours_is_one_line_of_error(path: Path, page: Page) -> None:
    path.write_text("not a database")
    test = page("export")
    assert not test.exception
    assert len(test.error) == 1
