"""The project page: reviewers, work given out by hand and evenly, what the project is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator import review, store
from annotator.model import Document
from tests.ui.conftest import Page, decide, shown

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.usefixtures("path")
def test_without_texts_the_page_says_how_to_bring_one_in(page: Page) -> None:
    test = page("project")
    assert not test.exception
    assert "Intake" in "".join(one.value for one in test.info)


def test_a_reviewer_is_added_renamed_and_never_twice(filled: Path, page: Page) -> None:
    test = page("project")
    test.text_input(key="project-new").input("Bo ![p](http://pictures.invalid/p.png)")
    next(one for one in test.button if one.label == "Add").click().run()
    assert not test.exception
    with store.open(filled) as opened:
        bo = opened.reviewers()[1]
    assert bo.name.startswith("Bo ![p]")
    test.text_input(key=f"project-rename-{bo.id}-{bo.name}").input("Ana").run()
    assert len(test.error) == 1
    assert "Ana" in test.error[0].value
    test.text_input(key=f"project-rename-{bo.id}-{bo.name}").input("Bo").run()
    with store.open(filled) as opened:
        assert [one.name for one in opened.reviewers()] == ["Ana", "Bo"]


def test_the_whole_text_is_given_out_taken_back_and_that_undone(
    filled: Path, page: Page, treaty: Document
) -> None:
    test = page("project")
    assert test.button(key="project-give").disabled
    with store.open(filled) as opened:
        ana = opened.reviewer("Ana").id
    test.multiselect(key="project-who").select(ana).run()
    test.button(key="project-give").click().run()
    assert not test.exception
    with store.open(filled) as opened:
        assert [(one.document, one.eid) for one in opened.assignments()] == [(treaty.id, None)]
    assert "0 of 3" in shown(test)
    test.multiselect(key="project-who").set_value([ana]).run()
    test.button(key="project-take").click().run()
    with store.open(filled) as opened:
        assert not opened.anything_assigned()
    test.button(key="project-undo").click().run()
    assert not test.exception
    with store.open(filled) as opened:
        assert opened.anything_assigned()
        assert opened.verify() == []


def test_a_clause_that_is_named_is_given_out_and_one_that_is_not_there_is_said(
    filled: Path, page: Page
) -> None:
    test = page("project")
    with store.open(filled) as opened:
        ana = opened.reviewer("Ana").id
    test.multiselect(key="project-who").select(ana).run()
    test.text_input(key="project-clause").input("77(1)").run()
    assert "77(1)" in test.error[0].value.replace("\\", "")
    assert test.button(key="project-give").disabled
    test.text_input(key="project-clause").input("1(2)").run()
    test.button(key="project-give").click().run()
    assert not test.exception
    with store.open(filled) as opened:
        assert [one.eid for one in opened.assignments()] == ["art_1__para_2"]


def test_work_is_shared_evenly_after_a_preview(filled: Path, page: Page) -> None:
    with store.open(filled) as opened:
        bo = opened.add_reviewer("Bo").id
    test = page("project")
    test.segmented_control(key="project-way").set_value("evenly").run()
    said = shown(test)
    assert "Ana" in said
    assert "Article 1" in "".join(one.value for one in test.text)
    with store.open(filled) as opened:
        assert not opened.anything_assigned(), "a preview gives nothing out"
    test.number_input(key="project-each").set_value(2).run()
    test.button(key="project-share").click().run()
    assert not test.exception
    with store.open(filled) as opened:
        assert {one.reviewer for one in opened.assignments()} == {bo, opened.reviewer("Ana").id}
        assert opened.queue_totals(bo)["assigned"] == 3
    assert "already" in shown(test)
    # Whoever was given something finds it on the first page they open, before they have begun.
    start = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    start.query_params["as"] = "Bo"
    start.run().button(key="todo-assigned").click().run()
    assert not start.exception
    assert [one.value for one in start.title] == ["Review"]


def test_a_blind_project_says_so_and_hides_what_others_found(
    filled: Path, page: Page, treaty: Document
) -> None:
    with store.open(filled) as opened:
        decide(opened)
        bo = opened.add_reviewer("Bo").id
        for eid in ("art_1__para_1", "art_2"):
            review.judge(opened, treaty, bo, eid, "no_concern")
        opened.set_setting("blind", "on")
    start = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    start.query_params["as"] = "Bo"
    said = shown(start.run())
    assert "<bdi>Bo</bdi>, you" in said
    assert "<bdi>Ana</bdi>" not in said
    assert "blind" in said
    project = page("project")
    project.toggle(key="project-blind").set_value(False).run()
    with store.open(filled) as opened:
        assert opened.settings()["blind"] == "off"


def test_start_leads_into_a_queue_that_stays_in_the_address(filled: Path) -> None:
    with store.open(filled) as opened:
        decide(opened)
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20).run()
    test.button(key="todo-unreviewed").click().run()
    assert not test.exception
    assert [one.value for one in test.title] == ["Review"]
    assert test.session_state["place"] == "art_1__para_2"
    assert test.query_params["queue"] in ("unreviewed", ["unreviewed"])
