"""The export page in each of its states: nothing, a dataset to take, a file to bring in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator import export, store
from annotator.model import Document, new_id
from annotator.ui import choosing, panels, taking
from annotator.ui.preparing import Preparing
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
        "<strong>2</strong>suggestions",
        "<strong>2</strong>texts",
    ):
        assert count in shown(test)
    row = test.dataframe[0].value.iloc[0]
    assert (row["Clause"], row["Words"], row["Kind"]) == ("art. 1(1)", "search a system", "risk")
    assert [one.label for one in test.get("download_button")] == ["Download Excel (XLSX)"]
    assert row["Reviewer"] == "Reviewer 1", "nobody is named unless it is asked for"
    test.toggle(key="export-names").set_value(True).run()
    assert test.dataframe[0].value.iloc[0]["Reviewer"] == "Ana"


@pytest.mark.parametrize(("group", "format"), [("program", "jsonl"), ("annotation", "labelstudio")])
def test_what_is_narrowed_down_seen_and_taken_comes_back_elsewhere(
    worked: Path,
    page: Page,
    treaty: Document,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    group: str,
    format: str,
) -> None:
    """The whole way: narrow, look, take; in another database look at it, and only then load."""
    with store.open(worked) as opened:
        (kept,) = opened.annotations()
        start = treaty.text.index("order any")
        other = replace(kept, id=new_id(), eid="art_1__para_2", start=start, end=start + 9,
                        quote="order any", concern="whistleblower", suggestion=None)  # fmt: skip
        with opened.write("tag") as write:
            write.insert(other)
    test = page("export")
    assert "<strong>2</strong>tags" in shown(test)
    test.multiselect(key="export-concerns").set_value(["privacy"])
    test.toggle(key="export-names").set_value(True)
    test.button_group(key="export-group").set_value(group).run()
    test.button_group(key=f"export-format-{group}").set_value(format).run()
    assert not test.exception
    content: bytes = test.session_state["export-file"][1]
    assert "<strong>1</strong>tag<" in shown(test)
    assert panels.counts((), size=len(content)).split("<strong>")[1] in shown(test)
    assert list(test.dataframe[0].value["Words"]) == ["search a system"]
    assert len(test.get("download_button")) == 1

    elsewhere = tmp_path / "elsewhere.db"
    with store.open(elsewhere) as opened:
        if format != "jsonl":
            opened.add_document(treaty)
    monkeypatch.setenv("ANNOTATOR_DB", str(elsewhere))
    test = page("export")
    assert "Nothing is tagged yet" in shown(test)
    for first in (True, False):
        chosen = choosing.file_name(export.FORMATS[format], "")
        test.file_uploader[0].upload(chosen, content)
        test.run()
        assert not test.exception
        with store.open(elsewhere) as opened:
            before = len(opened.history())
            assert len(opened.annotations()) == (0 if first else 1), "looking stores nothing"
        test.button(key="load").click().run()
        assert not test.exception
        with store.open(elsewhere) as opened:
            assert len(opened.history()) == before + first, "twice is once"
            (made,) = opened.annotations(reviewer="Ana")
            assert (made.id, made.quote, made.concern) == (kept.id, kept.quote, "privacy")
            assert {info.slug for info in opened.documents()} <= {"small-things", "signed"}
            assert opened.verify() == []


@pytest.mark.usefixtures("worked")
def test_a_choice_narrows_what_is_taken(page: Page) -> None:
    test = page("export")
    test.multiselect(key="export-texts").set_value(["signed"]).run()
    assert "no tag in this selection" in shown(test)
    assert not test.dataframe


def test_every_format_is_offered_to_somebody_and_explained(page: Page, worked: Path) -> None:
    del worked
    test = page("export")
    offered = []
    for group in ("spreadsheet", "coding", "annotation", "program", "people", "publish"):
        known = [one for one in export.FORMATS.values() if one.group == group]
        if known:
            test.button_group(key="export-group").set_value(group).run()
        offered += [one.name for one in known]
        for one in known if len(known) > 1 else ():
            test.button_group(key=f"export-format-{group}").set_value(one.name).run()
            assert not test.exception
            (button,) = test.get("download_button") or [test.button(key="prepare")]
            assert button.label
    assert sorted(offered) == sorted(export.FORMATS)


@pytest.mark.usefixtures("worked")
def test_a_table_can_be_chosen(page: Page) -> None:
    test = page("export")
    test.button_group(key="export-format-spreadsheet").set_value("csv").run()
    for table in ("reviews", "all"):
        test.selectbox(key="export-table-csv").set_value(table).run()
        assert not test.exception
        assert [one.label for one in test.get("download_button")] == ["Download CSV"]


@pytest.mark.usefixtures("worked")
def test_what_is_narrowed_down_is_counted_and_shown(page: Page) -> None:
    test = page("export")
    test.multiselect(key="export-concerns").set_value(["whistleblower"]).run()
    assert "no tag in this selection" in shown(test)
    test.selectbox(key="export-suggestions").set_value("none").run()
    assert "</strong>suggestion" not in shown(test)


def test_a_big_file_is_prepared_and_then_offered(
    page: Page, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del worked
    monkeypatch.setattr(taking, "_AT_ONCE_TAGS", 0)
    test = page("export")
    assert not test.get("download_button")
    test.button(key="prepare").click().run()
    test.session_state["export-job"].wait()
    test.run()
    assert not test.exception
    assert [one.label for one in test.get("download_button")] == ["Download Excel (XLSX)"]
    test.toggle(key="export-names").set_value(True).run()
    assert not test.get("download_button"), "the file was of another choice"


def test_a_file_in_the_making_can_be_stopped(worked: Path) -> None:
    job = Preparing("key", worked, "jsonl", "", export.Selection())
    job.stop()
    job.start()
    job.wait()
    assert not job.ready
    assert not job.running
    assert not job.path.exists()
    wrong = Preparing("key", worked, "jsonl", "", export.Selection(documents=("nowhere",)))
    wrong.start()
    wrong.wait()
    assert "'nowhere'" in wrong.error


def test_a_file_that_is_not_ours_is_one_line_of_error(path: Path, page: Page) -> None:
    path.write_text("not a database")
    test = page("export")
    assert not test.exception
    assert len(test.error) == 1
