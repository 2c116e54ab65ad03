"""The review page under hard use: bursts, hostile characters, undo, a lost connection, a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotator import intake, store
from tests.browser.conftest import NewPage
from tests.browser.reading import clause, drag_over, marks, open_clause, rows, saved

EID = "art_28__para_4"
TEXT = """\
# Hostile characters

The 😀 minister and the 👩‍⚖️ judge read 𝒜 secret letters of a cafe\u0301 owner today.

قرأ القاضي رسائل 😀 الصحفي من دون إذن.
"""
SPANS = [
    ("para_1", "judge read 𝒜 secret"),
    ("para_1", "café owner"),
    ("para_2", "رسائل 😀 الصحفي"),
]


def test_twenty_tags_fired_without_a_pause_are_twenty_rows(page: Page, database: Path) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    for _ in range(20):
        for key in ("s", "1", "Enter"):
            page.keyboard.press(key)
    expect(marks(page)).to_have_count(20)
    saved(page)
    assert rows(database, "select count(*), count(distinct id) from annotations") == [(20, 20)]
    assert rows(database, "select count(*) from history where action = 'tag'") == [(20,)]


def test_decisions_need_no_run_of_the_page_and_find_another_way_where_the_door_is_shut(
    page: Page, database: Path
) -> None:
    knocks: list[str] = []
    page.on("request", lambda one: knocks.append(one.method) if "decide" in one.url else None)
    open_clause(page, EID, reviewer="Reviewer A")
    for key in ("s", "1", "Enter"):
        page.keyboard.press(key)
    saved(page)
    assert knocks == ["POST"]
    assert rows(database, "select count(*) from annotations") == [(1,)]
    page.route("**/annotator/decide", lambda route: route.abort())
    for _ in range(20):
        for key in ("s", "2", "Enter"):
            page.keyboard.press(key)
    page.keyboard.press("z")
    expect(page.get_by_text("Undone: art. 28(4)")).to_be_visible()
    saved(page)
    assert rows(database, "select count(*) from annotations") == [(20,)]


def test_articles_turned_quickly_are_all_turned(page: Page) -> None:
    open_clause(page, "art_7__para_1", reviewer="Reviewer A")
    here = page.locator('[data-eid][aria-current="true"]')
    for _ in range(3):
        page.keyboard.press("]")
    expect(here).to_have_attribute("data-eid", re.compile("^art_10"))
    page.keyboard.press("[")
    page.keyboard.press("[")
    expect(here).to_have_attribute("data-eid", re.compile("^art_8"))


def test_whoever_comes_back_from_another_page_is_where_they_were(page: Page) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    page.keyboard.press("j")
    here = page.locator('[data-eid][aria-current="true"]')
    expect(here).not_to_have_attribute("data-eid", EID)
    at = here.get_attribute("data-eid")
    page.get_by_role("link", name="Export").click()
    expect(page.get_by_role("heading", name="Export", exact=True)).to_be_visible()
    page.get_by_role("link", name="Review").click()
    expect(here).to_have_attribute("data-eid", str(at))


def test_spans_are_right_in_browser_and_database_whatever_the_letters(
    new_page: NewPage, database: Path
) -> None:
    hostile = intake.parse(TEXT, kind="news", language="en", title="Hostile", form="markdown")
    with store.open(database) as db:
        db.add_document(hostile)
    page = new_page()
    for eid, words in SPANS:
        open_clause(page, eid, reviewer="Reviewer A", document=hostile.slug)
        drag_over(page, eid, words)
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        expect(marks(page).filter(has_text=words)).to_have_count(1)
        saved(page)
    with store.open(database) as db:
        found = db.annotations(document=hostile.id)
        assert db.verify() == []
    assert [(mark.eid, mark.quote) for mark in found] == SPANS
    for mark in found:
        assert hostile.text[mark.start : mark.end] == mark.quote
    # What is drawn after a reload covers the same words: the tint's own ranges say so.
    open_clause(page, "para_1", reviewer="Reviewer A", document=hostile.slug)
    tinted = page.evaluate("[...CSS.highlights.get('ta-blue')].map((range) => range.toString())")
    assert sorted(tinted) == sorted(words for _, words in SPANS)


def test_undo_and_redo_reach_back_across_a_reload(page: Page, database: Path) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    page.keyboard.press("n")
    page.keyboard.press("a")
    saved(page)
    page.keyboard.press("s")
    page.keyboard.press("Shift+Digit2")
    page.keyboard.press("Enter")
    saved(page)
    assert rows(database, "select count(*) from annotations") == [(2,)]
    open_clause(page, EID, reviewer="Reviewer A")
    page.keyboard.press("z")
    expect(marks(page)).to_have_count(1)
    page.keyboard.press("z")
    expect(marks(page)).to_have_count(0)
    saved(page)
    assert rows(database, "select count(*) from annotations") == [(0,)]
    assert rows(database, "select count(*) from decisions") == [(0,)]
    page.keyboard.press("y")
    page.keyboard.press("y")
    expect(marks(page)).to_have_count(2)
    saved(page)
    assert rows(database, "select count(*) from annotations") == [(2,)]


def test_a_selection_can_be_made_changed_and_left_by_keyboard_alone(
    page: Page, database: Path
) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    palette = page.get_by_role("dialog", name="Tag the selected words")
    for key in ("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(palette).to_be_visible()
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    assert rows(database, "select count(*) from annotations") == [(0,)]  # leaving leaves nothing
    for key in ("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "1", "Enter"):
        page.keyboard.press(key)
    saved(page)
    ((quote,),) = rows(database, "select quote from annotations")
    assert len(quote.split()) == 3
    # E and an arrow move the end of that tag; it stays one row.
    for key in ("e", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    saved(page)
    ((longer,),) = rows(database, "select quote from annotations")
    assert longer.startswith(quote)
    assert len(longer.split()) == 4
    page.keyboard.press("x")
    expect(marks(page)).to_have_count(0)
    saved(page)


def test_a_rejected_suggestion_leaves_the_text_and_can_be_taken_back(
    page: Page, database: Path
) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    proposals = page.locator("[data-suggestion-id]")
    page.keyboard.press("n")
    before = proposals.count()
    page.keyboard.press("x")
    expect(page.get_by_text("1 rejected")).to_be_visible()
    saved(page)
    assert rows(database, "select decision from decisions") == [("rejected",)]
    assert rows(database, "select count(*) from annotations") == [(0,)]
    page.get_by_text("1 rejected").click()
    page.get_by_role("button", name="Accept after all").click()
    saved(page)
    assert rows(database, "select decision from decisions") == [("accepted",)]
    expect(proposals).to_have_count(before - 1)


def test_no_concern_goes_on_and_is_refused_over_an_own_risk(page: Page, database: Path) -> None:
    open_clause(page, "art_28__para_1", reviewer="Reviewer A")
    page.keyboard.press("0")
    saved(page)
    expect(clause(page, "art_28__para_1__point_a")).to_have_attribute("aria-current", "true")
    assert rows(database, "select eid, state from reviews") == [("art_28__para_1", "no_concern")]
    for key in ("s", "1", "Enter", "0"):
        page.keyboard.press(key)
    expect(page.get_by_role("alert")).to_contain_text("You tagged a risk")
    saved(page)
    assert rows(database, "select count(*) from reviews") == [(1,)]


def test_what_is_tagged_while_the_server_is_away_is_sent_when_it_is_back(
    page: Page, database: Path
) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    # Only the page's own connection is cut, so that the server stays the same.
    page.context.set_offline(True)
    for key in ("s", "1", "Enter"):
        page.keyboard.press(key)
    expect(marks(page)).to_have_count(1)  # drawn, and not lost
    page.context.set_offline(False)
    open_clause(page, EID, reviewer="Reviewer A")
    expect(marks(page)).to_have_count(1)
    saved(page)
    assert rows(database, "select count(*) from annotations") == [(1,)]


def test_a_note_is_kept_without_marking_the_clause(page: Page, database: Path) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    note = page.get_by_role("textbox", name="Note on this clause")
    page.keyboard.press("t")
    expect(note).to_be_focused()
    page.keyboard.type("1 and 0 are words here")  # keys are letters in a note
    page.keyboard.press("Escape")
    saved(page)
    open_clause(page, EID, reviewer="Reviewer A")
    expect(note).to_have_value("1 and 0 are words here")
    assert rows(database, "select state, note from reviews") == [("open", "1 and 0 are words here")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_everything_is_done_by_touch(
    new_page: NewPage, database: Path, scheme: str
) -> None:
    page = new_page(
        viewport={"width": 400, "height": 860}, has_touch=True, is_mobile=True, color_scheme=scheme
    )
    open_clause(page, EID, reviewer="Reviewer A")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400  # nothing sticks out
    first = page.locator("[data-suggestion-id]").first
    first.get_by_role("button").first.tap()
    page.get_by_role("button", name="Accept", exact=True).tap()
    expect(marks(page)).to_have_count(1)
    page.get_by_role("button", name="Done, next clause").tap()
    expect(page.get_by_role("heading", name="Real-time collection")).to_be_visible()
    saved(page)
    assert rows(database, "select count(*) from annotations") == [(1,)]
    assert len(rows(database, "select state from reviews")) == 1


def test_a_code_is_found_by_typing_and_nothing_found_tags_nothing(
    page: Page, database: Path
) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    for key in ("s", "Space"):
        page.keyboard.press(key)
    search = page.get_by_role("textbox", name="Search codes")
    page.keyboard.type("compelled")
    expect(search).to_have_value("compelled")
    page.keyboard.type("zzz")
    page.keyboard.press("Enter")
    expect(search).to_be_focused()
    for _ in "zzz":
        page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    expect(marks(page)).to_have_count(1)
    saved(page)
    assert rows(database, "select code from annotations") == [("compelled_help",)]


def test_a_triple_click_selects_the_clause_and_nothing_else(page: Page) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    words = clause(page, EID).locator(".words")
    words.click(position={"x": 30, "y": 15}, click_count=3)
    expect(page.get_by_role("dialog", name="Tag the selected words")).to_be_visible()
    chosen = page.evaluate("[...CSS.highlights.get('ta-selection')].map((one) => one.toString())")
    assert chosen == [words.inner_text()]


def test_a_note_half_written_and_the_filter_survive_a_reload(page: Page, database: Path) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    for _ in range(3):
        page.keyboard.press("v")
    chosen = page.get_by_role("button", name=re.compile("^Suggestions: none"))
    expect(chosen).to_be_visible()
    expect(page.locator("[data-suggestion-id]")).to_have_count(0)
    page.keyboard.press("t")
    page.keyboard.type("cut off")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_role("textbox", name="Note on this clause")).to_have_value("cut off")
    expect(chosen).to_be_visible()
    expect(page.locator("[data-suggestion-id]")).to_have_count(0)
    saved(page)
    assert rows(database, "select note from reviews") == [("cut off",)]


def test_keys_pressed_on_the_next_page_decide_nothing(page: Page, database: Path) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    page.keyboard.press("n")
    page.get_by_role("link", name="Compare").click()
    expect(clause(page, EID)).to_have_count(0)
    page.keyboard.press("a")
    open_clause(page, EID, reviewer="Reviewer A")
    assert rows(database, "select count(*) from history where reviewer is not null") == [(0,)]


def test_an_undo_goes_to_what_it_undid(page: Page, database: Path) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Real-time collection")).to_be_visible()
    page.keyboard.press("z")
    expect(clause(page, EID)).to_have_attribute("aria-current", "true")
    expect(page.get_by_text("Undone: art. 28(4)")).to_be_visible()
    saved(page)
    assert rows(database, "select count(*) from reviews") == [(0,)]


def test_what_waits_unsent_is_stored_for_whom_it_was_made(page: Page, database: Path) -> None:
    with store.open(database) as db:
        db.add_reviewer("Reviewer B")
    open_clause(page, EID, reviewer="Reviewer A")
    page.context.set_offline(True)
    for key in ("s", "1", "Enter"):
        page.keyboard.press(key)
    page.context.set_offline(False)
    open_clause(page, "para_1", reviewer="Reviewer B", document="hanoi-signing-report")
    expect(marks(page)).to_have_count(0)
    found = "select name, eid from annotations join reviewers on reviewers.id = reviewer"
    assert rows(database, found) == [("Reviewer A", EID)]
