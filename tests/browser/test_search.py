"""Finding and re-coding in a browser: by keys to a clause and back, and many tags at once."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from annotator import codebook, review, store

WHO = "as=Reviewer+A"


def test_words_lead_to_their_clause_by_keys_and_back_to_the_results(page: Page) -> None:
    page.goto(f"/search?{WHO}")
    field = page.get_by_label("Words to find")
    field.fill('"content data"')
    field.press("Enter")
    results = page.get_by_role("list", name="Clauses found").get_by_role("listitem")
    expect(results.first).to_be_visible(timeout=20_000)
    expect(page.locator("mark", has_text="content data").first).to_be_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = page.get_by_role("button", name=re.compile("^Copy the words of")).first
    copied = copy.get_attribute("aria-label") or ""
    copy.click()
    expect(page.get_by_role("button", name="Copied with its source")).to_be_visible()
    quotation = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"“.*content data.*” \(.+, .+\)", quotation)
    assert quotation.endswith(copied.removeprefix("Copy the words of").split(" with")[0] + ")")
    page.get_by_text("clauses in").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    held = page.locator("a:focus")
    citation = held.inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/review\?.*mark="))
    expect(page.get_by_role("button", name="Back to the results")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Words to find")).to_have_value('"content data"')
    expect(page.locator("a:focus")).to_have_text(citation)
    page.keyboard.press("/")
    expect(page.get_by_label("Words to find")).to_be_focused()


def test_chosen_tags_are_recoded_as_seen_before_and_all_come_back(
    page: Page, database: Path
) -> None:
    with store.open(database) as opened:
        document = opened.document("un-cybercrime-convention")
        who = opened.reviewer("Reviewer A").id
        proposals = [one for one in opened.suggestions(document.id) if one.concern == "privacy"]
        for proposal in proposals[:3]:
            review.accept(opened, document, who, proposal.id, codebook=codebook.load())
        before = opened.annotations()
    page.goto(f"/search?{WHO}&view=tags&concern=privacy")
    page.get_by_label("Choose all my 3 tags").check(timeout=20_000)
    page.get_by_label("Severity").last.select_option("high")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="3 tags would change, in 1 text")).to_be_visible()
    with store.open(database) as opened:
        assert opened.annotations() == before
    page.get_by_role("button", name="Re-code 3 tags").click()
    expect(page.get_by_role("status")).to_contain_text("3 tags re-coded.")
    with store.open(database) as opened:
        assert {tag.severity for tag in opened.annotations()} == {"high"}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("3 tags are as they were before.")
    with store.open(database) as opened:
        assert opened.annotations() == before
