"""The start page in each of its states, and the figures it counts from stored rows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator import codebook, review, store
from annotator.model import Annotation, Document, Review, new_id
from annotator.store import Store
from annotator.ui import overview, panels
from tests.ui.conftest import Page, decide, shown

NOW = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


def test_without_texts_it_says_how_to_bring_one_in(filled: Path, page: Page) -> None:
    page("start")
    for file in filled.parent.glob(f"{filled.name}*"):
        file.unlink()  # taken away while the server runs
    test = page("start")
    assert not test.exception
    assert [one.value for one in test.title] == ["Nothing to review yet"]
    assert "annotator intake FILE" in test.code[0].value


def test_a_first_start_with_an_empty_corpus_is_one_line_of_error(path: Path, page: Page) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    test = page("start")
    assert not test.exception
    assert ["has no texts" in one.value for one in test.error] == [True]


@pytest.mark.usefixtures("filled")
def test_first_use_has_three_steps_and_one_primary_button(page: Page) -> None:
    test = page("start")
    assert not test.exception
    assert [one.value[:2] for one in test.header] == ["1.", "2.", "3.", "Te"]
    assert [b.label for b in test.button if b.proto.type == "primary"] == ["Open the text"]
    assert "**Ana**" in shown(test)
    assert "0 of 3" in shown(test)


def test_work_done_is_counted_and_the_way_back_to_it_shown(filled: Path, page: Page) -> None:
    with store.open(filled) as opened:
        decide(opened)
    test = page("start")
    said = shown(test)
    assert not test.exception
    assert "<h2>Article 1(2)</h2>" in said, "art. 1(1) is done, so the next clause is offered"
    assert "You finished art. 1(1) just now." in said
    for row in (("Clauses done", 1), ("Marks made", 1), ("Suggestions rejected", 1)):
        assert f"<dt>{row[0]}</dt><dd>{row[1]}</dd>" in said
    assert "<bdi>Ana</bdi>, you</dt><dd>1 of 5</dd>" in said
    assert "1 begun, 1 not read" in said


def test_several_reviewers_are_asked_who_is_reading(filled: Path, page: Page) -> None:
    with store.open(filled) as opened:
        opened.add_reviewer("Bo ![p](http://pictures.invalid/p.png)")
    test = page("start")
    assert [one.value for one in test.title] == ["Who is reading?"]
    test.button[0].click().run()
    assert [one.value for one in test.title] == ["Nothing reviewed yet"]
    assert "**Ana**" in shown(test)


def test_a_file_that_is_not_ours_is_one_line_of_error(path: Path, page: Page) -> None:
    path.write_text("not a database")
    test = page("start")
    assert not test.exception
    assert len(test.error) == 1
    assert r"annotations\.db" in test.error[0].value


def test_nothing_in_a_text_or_name_can_fetch_a_picture(filled: Path) -> None:
    with store.open(filled) as opened:
        decide(opened)
        opened.add_reviewer("Bo <img src=http://pictures.invalid/r.png> ![r](http://x.invalid)")
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    test.query_params["as"] = "Ana"
    said = shown(test.run())
    assert "pictures.invalid" in said or r"pictures\.invalid" in said
    assert "<img" not in said.replace(r"\<img", "")
    assert "![" not in "\n".join(button.label for button in test.button)


def test_continue_opens_the_clause_on_the_review_page(filled: Path) -> None:
    with store.open(filled) as opened:
        decide(opened)
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20).run()
    test.button(key="continue").click().run()
    assert not test.exception
    assert test.session_state["document"] == "small-things"
    assert test.session_state["place"] == "art_1__para_2"
    assert [one.value for one in test.title] == ["Review"]


def test_what_waits_is_counted_over_all_texts(filled: Path, treaty: Document) -> None:
    with store.open(filled) as opened:
        decide(opened)
        ana, bo = opened.reviewer("Ana"), opened.add_reviewer("Bo")
        review.judge(opened, treaty, ana.id, "art_2", "reopened")
        review.judge(opened, treaty, bo.id, "art_1__para_1", "no_concern")
        found = gathered(opened, "Ana")
    assert {task.kind: task.count for task in found.tasks} == {
        "unreviewed": 4,
        "reopened": 1,
        "disagreed": 1,
    }
    assert found.read_twice == 1
    assert found.strip is not None
    assert [cell.state for group in found.strip[1] for cell in group.cells] == ["begun", "open"]


def test_others_marks_stay_unseen_until_one_has_read_the_clause(
    filled: Path, treaty: Document
) -> None:
    with store.open(filled) as opened:
        decide(opened)
        bo, cy = opened.add_reviewer("Bo"), opened.add_reviewer("Cy")
        review.judge(opened, treaty, bo.id, "art_1__para_1", "no_concern")
        review.judge(opened, treaty, cy.id, "art_2", "no_concern")
        found = gathered(opened, "Cy")
    assert [task.kind for task in found.tasks] == ["unreviewed", "suggestions"]


def test_only_what_was_done_since_midnight_counts_as_today(filled: Path, treaty: Document) -> None:
    with store.open(filled) as opened:
        ana = opened.reviewer("Ana")
        with opened.write("load", keep_times=True) as write:
            for hours, eid in ((13, "art_1__para_1"), (1, "art_1__para_2")):
                at = (NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
                write.insert(Review(treaty.id, eid, ana.id, "no_concern", "", at))
        clause = treaty.clause("art_2")
        review.tag(
            opened, treaty, ana.id, start=clause.body, end=clause.body + 7, quote="A judge",
            concern="privacy", polarity="safeguard", codebook=codebook.load(),
        )  # fmt: skip
        found = gathered(opened, "Ana")
    assert found.today == overview.Today(clauses=1, marks=0, rejected=0, zone="UTC")


def test_a_text_read_by_everyone_offers_nothing_more(filled: Path) -> None:
    with store.open(filled) as opened:
        decide(opened)
        ana = opened.reviewer("Ana").id
        for info in opened.documents():
            document = opened.document(info.id)
            for clause in document.reviewable():
                review.judge(opened, document, ana, clause.eid, "concern")
        found = gathered(opened, "Ana")
    assert found.tasks == ()
    assert found.place is not None
    assert found.place.finished
    assert {one.fewest for one in found.texts} == {1}
    assert "every clause of this text" in panels.place(found.place, NOW)


def test_what_was_read_beside_ones_own_share_is_not_nothing(filled: Path) -> None:
    with store.open(filled) as opened:
        document, ana = opened.document("small-things"), opened.reviewer("Ana")
        first, last = (one.eid for one in list(document.reviewable())[:2])
        opened.assign(document.id, [(last, ana.id)])
        review.judge(opened, document, ana.id, first, "concern")
        found = next(
            one for one in gathered(opened, "Ana").texts if one.info.slug == "small-things"
        )
    assert (found.mine, found.of, found.beside) == (0, 1, 1)
    drawn = panels.text_figures(replace(found, anyone=None), reviewer=ana)
    assert "0 of 1" in drawn
    assert "+ 1 not assigned to you" in drawn
    assert "In review" in drawn


@pytest.mark.parametrize(
    ("part", "width"), [(0, "0.0"), (1, "3.0"), (250, "50.0"), (499, "97.0"), (500, "100.0")]
)
def test_a_bar_is_empty_or_full_only_where_the_work_is(part: int, width: str, filled: Path) -> None:
    with store.open(filled) as opened:
        info = next(one for one in opened.documents() if one.slug == "small-things")
        reviewer = opened.reviewer("Ana")
    one = overview.TextProgress(replace(info, reviewable=500), part, 500, 0, 0)
    drawn = re.findall(r"width:([\d.]+)%", panels.text_figures(one, reviewer=reviewer))
    assert drawn == [width, "0.0"]


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "a minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(minutes=119), "an hour ago"),
        (timedelta(hours=11), "11 hours ago"),
        (timedelta(hours=13), "yesterday"),
        (timedelta(hours=37), "on 10 March"),
        (timedelta(days=100), "on 2 December 2025"),
    ],
)
def test_time_passed_is_said_in_words(passed: timedelta, words: str) -> None:
    assert panels.ago(NOW - passed, NOW) == words


def gathered(opened: Store, name: str) -> overview.Overview:
    return overview.gather(
        opened,
        opened.reviewer(name),
        document=lambda info: opened.document(info.id),
        now=NOW,
    )


def test_a_mark_alone_is_a_place_to_go_on_with(filled: Path, treaty: Document) -> None:
    with store.open(filled) as opened:
        ana = opened.reviewer("Ana")
        clause = treaty.clause("art_2")
        with opened.write("tag", reviewer=ana.id, document=treaty.id) as write:
            write.insert(
                Annotation(
                    new_id(), treaty.id, "art_2", clause.body, clause.body + 7, "A judge",
                    "privacy", "safeguard", ana.id,
                )
            )  # fmt: skip
        found = gathered(opened, "Ana")
    assert found.place is not None
    assert (found.place.clause.eid, found.place.finished) == ("art_2", False)
