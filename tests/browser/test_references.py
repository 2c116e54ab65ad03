"""A cross-reference is seen, its clause read in a preview, followed, and left the way one came."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from annotator import intake, store
from tests.browser.reading import clause, open_clause, readable, rows, saved

if TYPE_CHECKING:
    from tests.browser.conftest import NewPage

REVIEWER = "Reviewer A"


def _reference(page: Page, eid: str, words: str) -> tuple[float, float]:
    """Where on the screen the words of a clause stand."""
    where = (
        clause(page, eid)
        .locator(".words")
        .evaluate(
            """(element, words) => {
            const node = element.firstChild, at = node.data.indexOf(words);
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const rect = range.getClientRects()[0];
            return [rect.left + rect.width / 2, rect.top + rect.height / 2];
        }""",
            words,
        )
    )
    return where[0], where[1]


def test_by_mouse_there_and_back(page: Page, database: Path) -> None:
    open_clause(page, "art_28__para_2", reviewer=REVIEWER)
    before = rows(database, "select count(*) from history")
    expect(clause(page, "art_28__para_2").locator(".reference")).not_to_have_count(0)
    at = _reference(page, "art_28__para_2", "paragraph 1(a)")
    page.mouse.move(*at)
    expect(clause(page, "art_28__para_2").locator(".words")).to_have_class("words over-reference")
    preview = page.get_by_role("dialog", name="Art. 28(1)(a), which is referred to")
    expect(preview).to_contain_text("an ICT system, in whole or in part")
    expect(preview.get_by_role("list", name="It stands in")).to_contain_text("Article 28 · Search")
    # It stays while the mouse is on it, and goes when the mouse does.
    preview.hover()
    page.mouse.move(at[0] - 40, at[1] - 90)
    expect(preview).to_be_hidden()
    page.mouse.click(*at)
    expect(clause(page, "art_28__para_1__point_a")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Back to art. 28(2)").click()
    expect(clause(page, "art_28__para_2")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("button", name="Back to")).to_have_count(0)
    # Reading is no decision.
    assert rows(database, "select count(*) from history") == before


def test_by_tab_each_reference_is_a_link(page: Page) -> None:
    open_clause(page, "art_28__para_3", reviewer=REVIEWER)
    links = clause(page, "art_28__para_3").get_by_role("link")
    expect(links).to_have_count(2)
    expect(links.first).to_have_accessible_name("paragraph 1, refers to art. 28(1)")
    links.first.focus()
    expect(page.get_by_role("dialog", name="Art. 28(1), which is referred to")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".peek")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(links.last).to_be_focused()
    expect(page.get_by_role("dialog", name="Art. 28(2), which is referred to")).to_be_visible()
    page.keyboard.press("Enter")
    expect(clause(page, "art_28__para_2")).to_have_attribute("aria-current", "true")
    page.keyboard.press("b")
    expect(clause(page, "art_28__para_3")).to_have_attribute("aria-current", "true")
    # Of the other clauses they are not on the way of Tab, and are there for a reader's cursor.
    other = clause(page, "art_28__para_2").get_by_role("link")
    expect(other).to_have_attribute("tabindex", "-1")


def test_by_keyboard_to_another_article_and_back(page: Page) -> None:
    open_clause(page, "art_23__para_3__point_a", reviewer=REVIEWER)
    scroll = page.locator(".scroll")
    scroll.evaluate("element => element.scrollBy(0, 40)")
    stood = scroll.evaluate("element => element.scrollTop")
    page.keyboard.press("o")
    preview = page.get_by_role("dialog", name="Art. 29, which is referred to")
    expect(preview).to_contain_text("Real-time collection")
    page.keyboard.press("o")
    expect(page.get_by_role("dialog", name="Art. 30, which is referred to")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".peek")).to_be_hidden()
    page.keyboard.press("o")
    page.keyboard.press("Enter")
    expect(clause(page, "art_29__para_1__point_a")).to_be_visible()
    expect(page.locator(".crumb")).to_contain_text("Chapter IV")
    page.keyboard.press("b")
    expect(clause(page, "art_23__para_3__point_a")).to_have_attribute("aria-current", "true")
    expect(scroll).to_have_js_property("scrollTop", stood)
    page.keyboard.press("b")
    expect(page.get_by_text("You have followed no reference yet.")).to_be_visible()


def test_who_cites_a_clause_is_listed_and_followed(page: Page) -> None:
    open_clause(page, "art_28__para_1", reviewer=REVIEWER)
    cited = page.get_by_role("region", name="Cited by", exact=True)
    cited.get_by_role("button", name="art. 28(3)", exact=True).press("Enter")
    preview = page.get_by_role("dialog", name="Art. 28(3), which is referred to")
    expect(preview.get_by_role("button", name="Go there")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cited.get_by_role("button", name="art. 28(3)", exact=True)).to_be_focused()
    cited.get_by_role("button", name="art. 28(3)", exact=True).click()
    expect(preview).to_be_visible()
    page.keyboard.press("Enter")
    expect(clause(page, "art_28__para_3")).to_have_attribute("aria-current", "true")
    page.keyboard.press("b")
    expect(clause(page, "art_28__para_1")).to_have_attribute("aria-current", "true")


@pytest.mark.long
def test_a_range_on_a_phone(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 400, "height": 860}, has_touch=True)
    open_clause(page, "art_40__para_7", reviewer=REVIEWER)
    page.touchscreen.tap(*_reference(page, "art_40__para_7", "Paragraphs 8 to 31"))
    preview = page.get_by_role("dialog", name="Art. 40(8), which is referred to")
    expect(preview).to_be_visible()
    preview.get_by_role("button", name="art. 40(10)", exact=True).tap()
    preview = page.get_by_role("dialog", name="Art. 40(10), which is referred to")
    box = preview.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 400
    preview.get_by_role("button", name="Go there").tap()
    expect(clause(page, "art_40__para_10")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Back to art. 40(7)").tap()
    expect(clause(page, "art_40__para_7")).to_have_attribute("aria-current", "true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_words_that_refer_can_still_be_selected(page: Page) -> None:
    open_clause(page, "art_28__para_2", reviewer=REVIEWER)
    x, y = _reference(page, "art_28__para_2", "paragraph 1(a)")
    page.mouse.move(x - 30, y)
    page.mouse.down()
    page.mouse.move(x + 30, y, steps=5)
    page.mouse.up()
    expect(page.get_by_role("dialog", name="Tag the selected words")).to_be_visible()
    expect(page.locator(".peek")).to_be_hidden()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator("[data-mark-id]")).to_have_count(1)


NEWS = """Critics read the draft

Lawyers who went through Article 28 of the United Nations Convention against Cybercrime said on
Tuesday that anybody could be ordered to help.

The weather was fine.
"""


@pytest.fixture
def cited(database: Path) -> None:
    """A news item that cites the convention is stored before the server starts."""
    with store.open(database) as opened:
        opened.add_document(intake.parse(NEWS, kind="news", language="en", slug="critics"))


@pytest.mark.usefixtures("cited")
def test_from_a_news_item_into_the_treaty_and_back(request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue("page")
    open_clause(page, "para_1", reviewer=REVIEWER, document="critics")
    page.keyboard.press("o")
    preview = page.get_by_role("dialog", name="Art. 28 of United Nations Convention")
    expect(preview).to_contain_text("Search and seizure of stored electronic data")
    page.keyboard.press("Enter")
    expect(clause(page, "art_28__para_1")).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("doc=un-cybercrime-convention"))
    # The treaty says who cites it, with the name of the text.
    citing = page.get_by_role("region", name="Art. 28 is cited by")
    citing.get_by_role("button", name="para. 1 Critics read the draft").click()
    expect(page.get_by_role("dialog")).to_contain_text("Lawyers who went through")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(clause(page, "para_1")).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("doc=critics"))
    expect(page.get_by_role("button", name="Back to")).to_have_count(0)


@pytest.mark.usefixtures("cited")
def test_the_browsers_back_and_forward_go_the_same_way(request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue("page")
    open_clause(page, "para_1", reviewer=REVIEWER, document="critics")
    page.keyboard.press("o")
    page.keyboard.press("Enter")
    expect(clause(page, "art_28__para_1")).to_have_attribute("aria-current", "true")
    page.keyboard.press("PageDown")
    expect(clause(page, "art_29__para_1")).to_have_attribute("aria-current", "true")
    page.keyboard.press("j")
    here = clause(page, "art_29__para_1__point_a")
    expect(here).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("at=art_29__para_1__point_a&"))
    for go, eid, text in (
        (page.go_back, "art_28__para_1", "un-cybercrime-convention"),
        (page.go_back, "para_1", "critics"),
        (page.go_forward, "art_28__para_1", "un-cybercrime-convention"),
        (page.go_forward, "art_29__para_1__point_a", "un-cybercrime-convention"),
    ):
        go()
        expect(clause(page, eid)).to_have_attribute("aria-current", "true")
        expect(page).to_have_url(re.compile(f"doc={text}&at={eid}&"))
    # Where the browser has led back to, the view's own way back leads no more.
    page.go_back()
    page.go_back()
    expect(clause(page, "para_1")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("button", name="Back to")).to_have_count(0)


def test_back_within_an_article_is_a_step_of_the_browser_too(page: Page) -> None:
    open_clause(page, "art_28__para_2", reviewer=REVIEWER)
    page.keyboard.press("o")
    page.keyboard.press("Enter")
    expect(clause(page, "art_28__para_1__point_a")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(clause(page, "art_28__para_2")).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("at=art_28__para_2&"))
    expect(page.get_by_role("button", name="Back to")).to_have_count(0)


@pytest.mark.usefixtures("cited")
def test_enter_pressed_too_often_decides_nothing(
    request: pytest.FixtureRequest, database: Path
) -> None:
    page = request.getfixturevalue("page")
    open_clause(page, "para_1", reviewer=REVIEWER, document="critics")
    for key in ("o", "Enter", "Enter"):
        page.keyboard.press(key)
    expect(clause(page, "art_28__para_1")).to_have_attribute("aria-current", "true")
    # This clause refers to nothing: what was to follow does not say that it is done.
    page.keyboard.press("o")
    page.keyboard.press("Enter")
    expect(page.get_by_text("There is nothing to follow.")).to_be_visible()
    assert rows(database, "select count(*) from reviews") == [(0,)]
    page.keyboard.press("Enter")
    expect(clause(page, "art_28__para_1__point_a")).to_have_attribute("aria-current", "true")


@pytest.mark.long
def test_the_next_article_is_entered_not_passed(page: Page, database: Path) -> None:
    open_clause(page, "art_27__point_b", reviewer=REVIEWER)
    # Both keys are there before the page can draw: nobody has read the next article between them.
    page.evaluate(
        """() => { for (const key of ["Enter", "Enter"])
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })) }"""
    )
    expect(clause(page, "art_28__para_1")).to_have_attribute("aria-current", "true")
    saved(page)
    assert rows(database, "select eid from reviews") == [("art_27__point_b",)]

    # Taken back from a third article, both leave the list of articles, also where one is not.
    readable(page)
    page.keyboard.press("Enter")
    page.keyboard.press("]")
    expect(clause(page, "art_29__para_1")).to_have_attribute("aria-current", "true")
    expect(page.locator(".outline-progress")).to_have_text("2 of 507 clauses done")
    page.keyboard.press("z")
    page.keyboard.press("z")
    expect(clause(page, "art_27__point_b")).to_have_attribute("aria-current", "true")
    expect(page.locator(".outline-progress")).to_have_text("0 of 507 clauses done")
    # In sight is what was taken back; the clause that one is at is only read out.
    expect(page.locator(".told > :not(.unseen)")).to_have_text("Undone: art. 27(b)")
    page.keyboard.press("j")
    expect(clause(page, "art_28__para_1")).to_have_attribute("aria-current", "true")
    page.keyboard.press("k")
    expect(clause(page, "art_27__point_b")).to_have_attribute("aria-current", "true")
    for _ in range(2):
        page.keyboard.press("j")
    expect(clause(page, "art_28__para_1__point_a")).to_have_attribute("aria-current", "true")
    # A link leads where it says, wherever one went from there before; whoever leaves comes back.
    open_clause(page, "art_27__point_b", reviewer=REVIEWER)
    page.keyboard.press("k")
    expect(clause(page, "art_27__point_a")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Codebook").click()
    page.get_by_role("link", name="Review").click()
    expect(clause(page, "art_27__point_a")).to_have_attribute("aria-current", "true")
