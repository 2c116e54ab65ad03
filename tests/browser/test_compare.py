"""The compare view: lanes under the words, differences by key and by click, nothing fetched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotator import store as stores
from annotator.model import Annotation, Review, new_id
from tests.browser.reading import CONVENTION

READ = ("art_28__para_1", "art_28__para_2", "art_28__para_4")
# Shown as it is written: neither a tag nor a picture that another machine would have to send.
HOSTILE = '<img src=x onerror=alert(1)> ![x](https://example.org/x.png) "Mei"'


@pytest.fixture
def database(database: Path) -> Path:
    """Three people have read three clauses of article 28 and differ in two of them."""
    with stores.open(database) as store:
        document = store.document(CONVENTION)
        ada, bo, mei = (store.add_reviewer(name) for name in ("Ada", "Bo", HOSTILE))
        values: list[Annotation | Review] = [
            Review(document.id, eid, reviewer.id, "concern")
            for reviewer in (ada, bo, mei)
            for eid in READ
            if (reviewer, eid) != (mei, READ[2])
        ]
        for eid, reviewer, words, polarity in (
            (READ[0], ada, 6, "risk"),
            (READ[0], bo, 6, "safeguard"),
            (READ[1], ada, 4, "risk"),
            (READ[1], bo, 4, "risk"),
            (READ[1], mei, 4, "risk"),
            (READ[2], ada, 30, "risk"),
            (READ[2], bo, 25, "risk"),
        ):
            clause = document.clause(eid)
            own = document.text[clause.body : clause.own_end]
            quote = " ".join(own.split(" ")[:words])
            values.append(
                Annotation(
                    id=new_id(),
                    document=document.id,
                    eid=eid,
                    start=clause.body,
                    end=clause.body + len(quote),
                    quote=quote,
                    concern="privacy",
                    polarity=polarity,  # type: ignore[arg-type]  # one of the two, as written above
                    reviewer=reviewer.id,
                    note="why not the whole?" if words == 30 else "",
                )
            )
        with store.write("seed") as write:
            for value in values:
                write.put(value)
    return database


def open_compare(page: Page) -> None:
    page.goto(f"/compare?doc={CONVENTION}")
    entries = page.get_by_role("list", name="Differences").get_by_role("listitem")
    expect(entries).to_have_count(2, timeout=20_000)  # the first load of a page on a busy machine


def lines_of(page: Page, eid: str) -> str:
    lines = page.locator(f'.cmp-clause[data-eid="{eid}"] .cmp-line').all_text_contents()
    return "".join(lines).strip()


def test_differences_are_walked_by_key_and_shown_in_the_text(page: Page) -> None:
    open_compare(page)
    entries = page.get_by_role("list", name="Differences").get_by_role("listitem")
    expect(entries.first).to_contain_text("Risk or safeguard")
    expect(entries.last).to_contain_text("28(4)")
    # A screen reader hears whose lane it is, and in the list names for letters.
    expect(page.get_by_role("img", name="Ada: Privacy, risk").first).to_be_visible()
    expect(entries.first.get_by_role("button")).to_have_accessible_name(re.compile("Ada .*Bo "))
    page.keyboard.press("j")
    chosen = entries.last.get_by_role("button").first
    expect(chosen).to_have_attribute("aria-current", "true")
    expect(chosen).to_be_focused()
    expect(entries.last).to_contain_text("Ada why not the whole?")  # their note, beside it
    expect(page.get_by_role("region", name="art. 28(4)")).to_contain_text("not reviewed yet")
    page.keyboard.press("p")
    expect(chosen).not_to_have_attribute("aria-current", "true")
    page.keyboard.press("Control+j")  # another program's key is not ours
    expect(chosen).not_to_have_attribute("aria-current", "true")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of this page")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("toolbar").get_by_role("button", name="Next difference").click()
    expect(chosen).to_have_attribute("aria-current", "true")


def test_filters_narrow_the_list_and_leave_place_and_folds_as_they_are(page: Page) -> None:
    open_compare(page)
    entries = page.get_by_role("list", name="Differences").get_by_role("listitem")
    kinds = page.get_by_role("group", name="Kind of difference")
    expect(page.get_by_role("status").filter(has_text="differences")).to_contain_text("in 2 of 3")
    page.get_by_role("button", name="all three agree").click()
    fold = page.get_by_role("button", name="Fold: all three agree")
    expect(fold).to_be_visible()
    text = page.get_by_role("region", name="The text, with each reviewer's marks")
    text.evaluate("element => { element.scrollTop = 90; }")
    kinds.get_by_role("button", name="Where it begins or ends").click()
    expect(entries).to_have_count(1)
    expect(page.get_by_role("button", name="a difference not shown")).to_be_visible()
    expect(fold).to_be_visible()
    assert text.evaluate("element => element.scrollTop") == 90
    page.keyboard.press("Escape")
    expect(entries).to_have_count(2)
    page.keyboard.press("v")
    expect(kinds.get_by_role("button", pressed=True)).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("WHY NOT")
    expect(entries).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="shown")).to_have_text(
        "1 of 2 differences shown"
    )


@pytest.mark.parametrize("width", [1280, 400])
def test_the_lines_are_the_clause(new_page, database: Path, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 860})
    open_compare(page)
    with stores.open(database, readonly=True) as store:
        document = store.document(CONVENTION)
    for eid in (READ[0], READ[2]):
        clause = document.clause(eid)
        assert lines_of(page, eid) == document.text[clause.body : clause.own_end]
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0


def test_a_name_is_only_ever_text(page: Page) -> None:
    open_compare(page)  # the page fixture fails for a request to another machine
    expect(page.get_by_text(HOSTILE).first).to_be_visible()
    expect(page.locator('img[src*="example.org"], img[src="x"]')).to_have_count(0)


@pytest.mark.parametrize(("button", "there"), [("Open in Review", "review"), ("Settle", "settle")])
def test_a_difference_opens_its_clause_elsewhere(page: Page, button: str, there: str) -> None:
    open_compare(page)
    page.keyboard.press("j")
    page.get_by_role("toolbar").get_by_role("button", name=button).click()
    expect(page).to_have_url(re.compile(f"/{there}.*at={READ[2]}"))


def test_figures_are_drawn_from_the_keyboard_and_a_link_leads_to_them(page: Page) -> None:
    page.goto(f"/compare?doc={CONVENTION}&view=agreement")
    table = page.get_by_role("table", name="Agreement by concern")
    expect(table.get_by_role("rowheader", name="Privacy")).to_be_visible(timeout=20_000)
    expect(table.get_by_role("img", name=re.compile("Alpha|No figure")).first).to_be_visible()
    page.get_by_role("radio", name="Who with whom").click()
    expect(page.get_by_role("table", name="Reviewers by reviewers")).to_contain_text("Ada")
    page.get_by_role("radio", name="Talk about first").click()
    page.get_by_role("button", name="1. art. 28(1)").click()
    expect(page.get_by_role("list", name="Differences").get_by_role("listitem")).to_have_count(2)
