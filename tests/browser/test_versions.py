"""The versions page: old against new, a tag placed by hand, Arabic beside, nothing fetched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotator import intake, versions
from annotator import store as stores
from annotator.model import Annotation, new_id
from tests.browser.conftest import NewPage
from tests.browser.reading import rows

# Shown as it is written: neither a tag nor a picture that another machine would have to send.
HOSTILE = "<img src=x onerror=alert(1)> ![x](https://example.org/x.png)"
FIRST = f"""\
Article 1. Terms

A machine is what works by itself {HOSTILE}.

Article 2. Search

1. Each Party may search a machine and keep what it finds there.

2. Each Party shall tell the person of the search within thirty days.

Article 3. Secrecy

Nobody shall speak of a search while it lasts.
"""
SECOND = (
    FIRST.replace("Article 3", "Article 4")
    .replace(
        "Article 2. Search", "Article 2. Judges\n\nA judge decides first.\n\nArticle 3. Search"
    )
    .replace("may search a machine", "may search any machine")
    .replace("shall tell", "shall not tell")
)
ARABIC = """\
المادة 1
المصطلحات

الآلة هي ما يعمل بذاته.

المادة 2
القضاة

يقرر القاضي أولا.

المادة 3
التفتيش

1- يجوز لكل طرف تفتيش أي آلة والاحتفاظ بما يجده فيها.

2- لا يبلغ كل طرف الشخص بالتفتيش خلال ثلاثين يوما.
"""


@pytest.fixture
def database(database: Path) -> Path:
    """Two versions of a draft and its Arabic; of Ada's two tags one waits to be placed."""
    with stores.open(database) as store:
        ada = store.add_reviewer("Ada")
        first, second = (
            intake.parse(text, kind="treaty", language="en", title="A draft", slug="draft")
            for text in (FIRST, SECOND)
        )
        store.add_document(first)
        with store.write("tag", reviewer="Ada", document=first.id) as write:
            for quote in ("keep what it finds there", "shall tell the person of the search"):
                start = first.text.index(quote)
                clause = first.clause_at(start)
                assert clause is not None
                write.insert(
                    Annotation(
                        new_id(), first.id, clause.eid, start, start + len(quote), quote,
                        "privacy", "risk", ada.id,
                    )
                )  # fmt: skip
        store.add_document(second)
        report = versions.bring_over(store, "draft")
        assert (report.placed, report.to_place) == (1, 1)
        arabic = intake.parse(ARABIC, kind="treaty", language="ar", title="مشروع", slug="draft")
        store.add_document(versions.as_translation(arabic, second))
    return database


def open_versions(page: Page) -> None:
    page.goto("/versions?doc=draft&as=Ada")
    # The first load of a page on a busy machine.
    expect(page.get_by_text("Version 2 against version 1")).to_be_visible(timeout=20_000)


def test_a_tag_is_placed_by_hand_and_stands_in_review(page: Page, database: Path) -> None:
    open_versions(page)
    expect(page.get_by_role("heading", name="Yours to place: 1")).to_be_visible()
    expect(page.get_by_text("what the words say may have changed: not")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="art. 3(1)")
    expect(row.locator("ins")).to_have_text(["any"])
    expect(row.locator("del")).to_have_text(["a"])
    expect(row).to_contain_text("was art. 2(1)")
    page.get_by_role("button", name="Place here").first.click()
    expect(page.get_by_role("heading", name="Yours to place: 1")).to_have_count(0)
    expect(page.get_by_text("2 tags carried over to this version; 0 wait")).to_be_visible()
    placed = "select quote, how from carried c join annotations a on a.id = c.annotation"
    assert ("shall not tell the person of the search", "person") in rows(database, placed)
    page.goto("/review?doc=draft&as=Ada&at=art_3__para_2")
    expect(page.locator("[data-mark-id]").first).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator('[data-eid="art_3__para_2"]')).to_be_visible()
    open_versions(page)
    expect(page.get_by_role("heading", name="Yours to place: 1")).to_be_visible()


def test_a_text_is_only_ever_text(page: Page) -> None:
    open_versions(page)  # the page fixture fails for a request to another machine
    page.get_by_text("All", exact=True).click()
    expect(page.get_by_text(HOSTILE).first).to_be_visible()
    expect(page.locator('img[src*="example.org"], img[src="x"]')).to_have_count(0)


def test_arabic_stands_beside_and_takes_a_tag(page: Page, database: Path) -> None:
    open_versions(page)
    page.get_by_label("Beside it").click()
    page.get_by_role("option", name=re.compile("Arabic")).click()
    page.get_by_label("Article", exact=True).click()
    page.get_by_role("option", name=re.compile("art. 3")).click()
    words = page.locator('td[lang="ar"]').first
    expect(words).to_have_attribute("dir", "rtl")
    expect(words).to_contain_text("تفتيش أي آلة")
    page.get_by_role("button", name="Carry to Arabic").click()
    expect(page.get_by_text("✓ in Arabic too")).to_be_visible()
    crossed = "select a.quote from carried c join annotations a on a.id = c.annotation"
    found = rows(database, f"{crossed} where c.how = 'clause'")
    assert found == [("يجوز لكل طرف تفتيش أي آلة والاحتفاظ بما يجده فيها.",)]


@pytest.mark.long
@pytest.mark.parametrize("width", [400, 1280, 1920])
def test_nothing_is_cut_off(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme="dark")
    open_versions(page)
    expect(page.get_by_role("button", name="Place here").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    cut = page.locator(".vs-table td").evaluate_all(
        "cells => cells.filter(one => one.scrollWidth > one.clientWidth + 1).length"
    )
    assert cut == 0
