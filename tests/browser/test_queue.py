"""Working along a queue in a real browser: into other articles and texts, back, and to its end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotator import review, store
from tests.browser.conftest import NewPage
from tests.browser.reading import clause, readable, rows, saved

ME = "Reviewer A"


def here(page: Page, eid: str) -> None:
    """The clause is the one at hand, and the address says so."""
    expect(clause(page, eid)).to_have_class(re.compile(r"\bhere\b"))
    expect(page).to_have_url(re.compile(rf"[?&]at={eid}(&|$)"))


def prepare(database: Path, *reopened: tuple[str, str]) -> None:
    """Clauses that the reviewer wants to read again."""
    with store.open(database) as opened:
        who = opened.reviewer(ME).id
        for slug, eid in reopened:
            review.judge(opened, opened.document(slug), who, eid, "reopened")


def test_done_goes_along_the_queue_into_another_article_and_text_until_nothing_waits(
    new_page: NewPage, database: Path
) -> None:
    treaty = "un-cybercrime-convention"
    with store.open(database) as opened:
        news = next(info.slug for info in opened.documents() if info.kind == "news")
    prepare(database, (treaty, "art_28__para_2"), (treaty, "art_30__para_1"), (news, "para_2"))
    page = new_page()
    page.goto(f"/review?as={ME}&queue=reopened")

    # It begins at the first of them, and says what is worked along.
    here(page, "art_28__para_2")
    line = page.locator(".queue-line")
    expect(line).to_contain_text("To read again · 3 clauses left")

    # Forward and back without deciding; what lies between is passed over.
    page.keyboard.press("j")
    here(page, "art_30__para_1")
    page.keyboard.press("k")
    here(page, "art_28__para_2")

    # A reload changes neither place nor queue, and one key says done and goes on.
    page.reload()
    here(page, "art_28__para_2")
    page.keyboard.press("Enter")
    here(page, "art_30__para_1")
    expect(line).to_contain_text("2 clauses left")
    articles = page.get_by_role("navigation", name="Articles")
    expect(articles.get_by_role("button")).to_have_count(1)
    readable(page)
    page.keyboard.press("0")

    # Into the news, whose text comes with it.
    here(page, "para_2")
    expect(page).to_have_url(re.compile(rf"doc={news}"))
    expect(line).to_contain_text("1 clause left")
    readable(page)
    page.keyboard.press("Enter")
    saved(page)
    expect(line).to_contain_text("All 3 that waited for you are done.")
    line.get_by_role("button", name="Show all clauses").click()
    expect(line).to_be_hidden()
    expect(page).not_to_have_url(re.compile("queue="))
    assert rows(database, "select count(*) from reviews where state = 'no_concern'") == [(3,)]


@pytest.mark.long
def test_by_worth_the_greatest_power_without_safeguards_comes_first(
    new_page: NewPage, database: Path
) -> None:
    page = new_page()
    page.goto(f"/review?as={ME}")
    queues = page.get_by_role("group", name="Queue")
    queues.get_by_role("button", name="With suggestions").click()
    expect(queues.get_by_role("button", name="With suggestions")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="By worth").click()
    with store.open(database) as opened:
        who = opened.reviewer(ME).id
        first, second = opened.queue_by_worth(who, "suggestions", limit=2)
    here(page, first.eid)
    page.keyboard.press("j")
    here(page, second.eid)
    expect(page).to_have_url(re.compile("order=worth"))
