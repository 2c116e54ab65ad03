"""Another office's database on the page Project: seen beforehand, merged, refused."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import store
from annotator.model import Annotation, Document, new_id
from annotator.store import rows
from annotator.ui.merging import _noun
from tests.ui.conftest import Page, shown


@pytest.fixture
def offices(filled: Path, treaty: Document, tmp_path: Path) -> Path:
    """Ana tagged two phrases; both offices then changed the one, and the other removed the second.

    In Lima somebody called <b>Cy</b> joined.
    """
    clause = treaty.clause("art_1__para_1")
    with store.open(filled) as opened:
        ana = opened.reviewer("Ana").id
        tags = [
            Annotation(
                new_id(), treaty.id, clause.eid, clause.body, clause.body + size,
                treaty.text[clause.body : clause.body + size], "privacy", "risk", ana,
            )
            for size in (10, 20)
        ]  # fmt: skip
        with opened.write("tag", reviewer=ana) as write:
            for tag in tags:
                write.insert(tag)
        lima = tmp_path / "lima.db"
        opened.backup(lima)
        with opened.write("grade", reviewer=ana) as write:
            write.update(replace(tags[0], severity="low"))
    with store.open(lima) as opened:
        with opened.write("grade", reviewer=ana) as write:
            write.update(replace(tags[0], severity="high", note="<img src=x>"))
            write.delete(tags[1])
        opened.add_reviewer("<b>Cy</b>")
    return lima


def test_what_would_come_is_seen_first_then_merged(
    offices: Path, filled: Path, page: Page, tmp_path: Path
) -> None:
    test = page("project")
    test.text_input(key="merge-path").input(str(offices)).run()
    test.button(key="merge-look").click().run()
    assert not test.exception
    texts = " ".join(one.value for one in test.text)
    assert "<b>Cy</b>" in texts
    said = shown(test)
    assert "changed in both offices" in " ".join(one.value for one in test.subheader)
    assert "low" in said
    assert "high · &lt;img src=x&gt;" in said
    assert "as it is there" in said
    with store.open(filled) as opened:
        assert len(opened.annotations()) == 2, "a preview stores nothing"
    test.button(key="merge-do").click().run()
    assert not test.exception
    assert "kept in backups" in " ".join(one.value for one in test.success).replace("\\", "")
    with store.open(filled) as opened:
        (left,) = opened.annotations()
        assert (left.severity, left.note) == ("high", "<img src=x>")
        assert opened.verify() == []
    assert len(list((tmp_path / "backups").iterdir())) == 1
    test.button(key="merge-look").click().run()
    assert "Nothing new" in " ".join(one.value for one in test.info)


def test_a_blind_project_shows_no_conflict(offices: Path, filled: Path, page: Page) -> None:
    with store.open(filled) as opened:
        opened.set_setting("blind", "on")
    test = page("project")
    test.text_input(key="merge-path").input(str(offices)).run()
    test.button(key="merge-look").click().run()
    assert "high" not in shown(test)
    assert "blind" in " ".join(one.value for one in test.info)


def test_a_namesake_is_asked_about_and_the_answer_is_kept_to(
    offices: Path, filled: Path, page: Page
) -> None:
    for path in (filled, offices):
        with store.open(path) as opened:
            opened.add_reviewer("Amal")
    test = page("project")
    test.text_input(key="merge-path").input(str(offices)).run()
    test.button(key="merge-look").click().run()
    (question,) = test.radio
    assert "Amal" in question.label
    assert question.value == "two"
    question.set_value("one").run()
    assert not test.exception
    assert [one.value for one in test.radio] == ["one"]
    assert "One person in both offices: Amal" in [one.value for one in test.text]
    test.button(key="merge-do").click().run()
    assert not test.exception
    with store.open(filled) as opened:
        assert [one.name for one in opened.reviewers()].count("Amal") == 1
        assert not [one.name for one in opened.reviewers() if one.name == "Amal (2)"]
        assert opened.verify() == []


@pytest.mark.parametrize(("name", "content"), [("notes.db", b"dear colleague"), ("gone.db", None)])
def test_a_file_that_is_none_is_refused_in_a_line(
    page: Page, filled: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    test = page("project")
    test.text_input(key="merge-path").input(str(tmp_path / name)).run()
    test.button(key="merge-look").click().run()
    assert not test.exception
    assert name in test.error[0].value.replace("\\", "")
    assert not [one for one in test.button if one.key == "merge-do"]
    with store.open(filled) as opened:
        assert opened.merges() == []


@pytest.mark.parametrize("table", rows.TABLES, ids=lambda table: table.name)
def test_everything_that_can_come_has_a_name(table: rows.Table) -> None:
    assert not _noun(table.noun).startswith("merge.")


def test_what_was_copied_is_merged_under_its_own_name(
    offices: Path, filled: Path, tmp_path: Path
) -> None:
    """The file is known by what it holds: a copy of it brings nothing more."""
    copy = shutil.copy(offices, tmp_path / "copy.db")
    with store.open(filled) as opened:
        assert opened.merge(offices).lines == 2
        assert opened.merge(copy).lines == 0
        assert [one["file"] for one in opened.merges()] == ["lima.db"]
