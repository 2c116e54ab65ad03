"""A first visit: practising on an invented law, and the tour, which never stands in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.reading import open_clause, rows, saved


def test_a_beginner_practises_with_the_tour_and_the_project_stays_as_it_was(
    page: Page, database: Path
) -> None:
    page.get_by_role("button", name="Practise first").click()
    tour = page.get_by_role("region", name="Tour of this page")
    # The first who practises waits for the highlighter.
    expect(tour.get_by_role("heading", name="Words in dots")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("this law is invented").first).to_be_visible()

    # The page works while the tour stands there: a suggestion is accepted, by key.
    tour.get_by_role("button", name="Next").click()
    expect(tour.get_by_text("Step 2 of 5")).to_be_visible()
    marks = page.get_by_role("complementary", name="Clause at hand")
    expect(marks).to_contain_text("0 yours, 1 suggested")
    page.keyboard.press("a")
    expect(marks).to_contain_text("1 yours, 0 suggested")
    saved(page)

    # From here by the keyboard alone; it goes on where it was after a reload.
    tour.get_by_role("button", name="Next").press("Enter")
    expect(tour.get_by_role("heading", name="Tag what was missed")).to_be_visible()
    page.reload()
    expect(tour.get_by_text("Step 3 of 5")).to_be_visible()
    for title in ("See what is missing", "Say that you have read it"):
        tour.get_by_role("button", name="Next").press("Enter")
        expect(tour.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_role("button", name="Finish")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tour).to_be_hidden()

    # Nothing of it is in the project, and who comes to a text is not asked again.
    page.get_by_role("button", name="Leave practice").click()
    expect(page.get_by_role("heading", name="Nothing reviewed yet")).to_be_visible()
    assert rows(database, "select count(*) from annotations") == [(0,)]
    assert rows(database, "select count(*) from documents where slug like 'practice%'") == [(0,)]
    page.get_by_role("button", name="Open the text").click()
    expect(
        page.get_by_role("region", name="Preamble").or_(page.get_by_text("Saved")).first
    ).to_be_visible()
    expect(tour).to_be_hidden()


@pytest.mark.long
def test_the_tour_is_offered_once_can_be_left_and_taken_again(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 400, "height": 800}, has_touch=True, is_mobile=True)
    open_clause(page, "art_28__para_4", reviewer="Reviewer A")
    tour = page.get_by_role("region", name="Tour of this page")
    expect(tour.get_by_text("New here?")).to_be_visible()
    tour.get_by_role("button", name="Take the tour").tap()
    expect(tour.get_by_text("Step 1 of 5")).to_be_visible()
    tour.get_by_role("button", name="Next").tap()
    # It shows a suggestion with its buttons, which a finger can reach.
    expect(page.get_by_role("button", name="Accept", exact=True)).to_be_in_viewport()
    tour.get_by_role("button", name="Leave the tour").tap()
    expect(tour).to_be_hidden()
    page.reload()
    saved(page)
    expect(tour).to_be_hidden()

    # From the list of keys it can be taken again, and Escape leaves it.
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_role("button", name="Tour of this page").press("Enter")
    expect(tour.get_by_role("button", name="Next")).to_be_focused()
    page.keyboard.press("Escape")
    expect(tour).to_be_hidden()
