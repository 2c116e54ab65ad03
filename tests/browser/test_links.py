"""A claim is linked to its clause and read there; the same clause is read in another language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from annotator import codebook, intake, review, store
from tests.browser.reading import clause, open_clause, rows, saved

if TYPE_CHECKING:
    from tests.browser.conftest import NewPage

REVIEWER = "Reviewer A"
NEWS = """\
Critics read the draft

Under article 28 of the UN Convention against Cybercrime anybody could be ordered to help.

Nobody asks a judge first.
"""
TREATY = """\
Article 1. Search

1. Each Party may search a system.

2. Each Party may seize what it finds.
"""
ARABIC = """\
المادة 1

1. لكل دولة طرف أن تفتش نظاما.

2. لكل دولة طرف أن تضبط ما تجده.
"""


@pytest.fixture
def cited(database: Path) -> None:
    """A news item that cites the convention is stored before the page is opened."""
    with store.open(database) as opened:
        metadata = {"publisher": "The Evening Post", "date": "2026-03-12"}
        opened.add_document(
            intake.parse(NEWS, kind="news", language="en", slug="critics", metadata=metadata)
        )
        opened.add_reviewer("Reviewer B")


def _links(database: Path) -> list[tuple[str, str, str]]:
    return rows(database, "select eid, target_eid, note from links order by start, target_eid")


@pytest.mark.usefixtures("cited")
def test_a_claim_is_linked_by_key_and_read_on_the_clause(
    request: pytest.FixtureRequest, database: Path
) -> None:
    page: Page = request.getfixturevalue("page")
    open_clause(page, "para_1", reviewer=REVIEWER, document="critics")
    speaks = page.get_by_role("region", name="Speaks of")
    expect(speaks).to_contain_text("1 proposed")
    # A proposal that is wrong goes for good, until it is called back.
    speaks.get_by_role("button", name=re.compile("Reject, not about")).click()
    expect(speaks).to_contain_text("1 rejected")
    expect(speaks.get_by_role("button", name=re.compile("^Link to"))).to_have_count(0)
    saved(page)
    assert rows(database, "select count(*) from link_rejections") == [(1,)]
    speaks.get_by_text("1 rejected").click()
    speaks.get_by_role("button", name="Propose again").click()
    expect(speaks).to_contain_text("1 proposed")
    page.keyboard.press("i")
    expect(speaks).to_contain_text("1 linked")
    saved(page)
    assert _links(database) == [("para_1", "art_28", "")]
    # Another claim, which cites nothing: its clause is found by what is typed.
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.keyboard.press("i")
    chooser = page.get_by_role("dialog", name="Link to a clause")
    field = chooser.get_by_role("combobox", name="Citation or words of the clause")
    expect(field).to_be_focused()
    page.keyboard.type("24(2)")
    expect(chooser.get_by_role("option", name="art. 24(2)")).to_have_attribute(
        "aria-selected", "true"
    )
    chooser.get_by_role("textbox", name="Note on this link").fill("Is that so?")
    page.keyboard.press("Enter")
    expect(chooser).to_be_hidden()
    saved(page)
    assert _links(database)[1] == ("para_2", "art_24__para_2", "Is that so?")
    page.keyboard.press("x")
    expect(page.locator("[data-link-id]")).to_have_count(0)
    page.keyboard.press("z")
    expect(page.locator("[data-link-id]")).to_have_count(1)
    saved(page)
    assert len(_links(database)) == 2
    # On the clause stands who says it, and where; one is led there and back.
    open_clause(page, "art_24__para_2", reviewer="Reviewer B")
    said = page.get_by_role("region", name="Said of this clause")
    expect(said).to_contain_text("Nobody asks a judge first.")
    expect(said).to_contain_text("Critics read the draft · The Evening Post · 2026-03-12")
    expect(said).to_contain_text("Linked by Reviewer A")
    expect(said).to_contain_text("Is that so?")
    said.get_by_role("button", name=re.compile("Read it there")).click()
    expect(clause(page, "para_2")).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("doc=critics"))
    # The link of another is seen here, and not to be changed.
    expect(page.locator("[data-link-id]")).to_have_count(1)
    page.locator(".claim-words").click()
    expect(speaks.get_by_role("button", name="Remove")).to_have_count(0)
    page.keyboard.press("b")
    expect(clause(page, "art_24__para_2")).to_have_attribute("aria-current", "true")


@pytest.fixture
def two_languages(database: Path) -> None:
    """A treaty in English and Arabic, with a tag in each half of it, before the page is opened."""
    with store.open(database) as opened:
        english = intake.parse(TREATY, kind="treaty", language="en", slug="small", title="Small")
        arabic = intake.parse(ARABIC, kind="treaty", language="ar", slug="small-ar", title="صغيرة")
        for text in (english, arabic):
            opened.add_document(text)
        opened.set_work("small-ar", "small")
        at = arabic.clause("art_1__para_2")
        review.tag(
            opened,
            arabic,
            opened.reviewer(REVIEWER).id,
            start=at.body,
            end=at.own_end,
            quote=arabic.text[at.body : at.own_end],
            concern="privacy",
            polarity="risk",
            codebook=codebook.load(),
        )


@pytest.mark.long
@pytest.mark.usefixtures("two_languages")
def test_the_clause_is_read_in_another_language_and_a_tag_comes_across(
    request: pytest.FixtureRequest, database: Path
) -> None:
    new_page: NewPage = request.getfixturevalue("new_page")
    page = new_page(viewport={"width": 400, "height": 860}, has_touch=True)
    open_clause(page, "art_1__para_1", reviewer=REVIEWER, document="small")
    arabic = page.get_by_role("button", name="العربية")
    expect(arabic).to_have_attribute("aria-pressed", "false")
    arabic.tap()
    beside = page.get_by_role("group", name=re.compile("in another language: Arabic"))
    expect(beside).to_have_count(1)
    words = beside.get_by_text("لكل دولة طرف أن تفتش نظاما.")
    expect(words).to_have_attribute("dir", "rtl")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.reload()
    expect(words).to_be_visible()
    page.keyboard.press("j")
    expect(beside).to_contain_text("لكل دولة طرف أن تضبط ما تجده.")
    beside.get_by_role("button", name="Tag this clause too").tap()
    expect(page.locator("[data-mark-id]")).to_have_count(1)
    saved(page)
    tagged = (
        "select quote from annotations where document = (select id from documents where slug = ?)"
    )
    assert rows(database, tagged, "small") == [("Each Party may seize what it finds.",)]
    # On a wide page every clause has it, in a column of its own.
    page.set_viewport_size({"width": 1920, "height": 900})
    expect(beside).to_have_count(2)
    page.keyboard.press("d")
    expect(beside).to_have_count(0)
