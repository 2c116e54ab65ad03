"""The whole path in a real browser: two reviewers tag, compare, export."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.reading import (
    clause,
    drag_over,
    json_lines,
    marks,
    open_clause,
    rows,
    saved,
)

EID = "art_28__para_4"


def test_two_reviewers_tag_differ_and_their_dataset_holds_both(
    new_page: NewPage, database: Path, tmp_path: Path
) -> None:
    # Reviewer A comes in by the first page, as a new user does.
    page = new_page()
    page.get_by_role("button", name="Open the text").click()
    articles = page.get_by_role("navigation", name="Articles")
    articles.get_by_role("button", name="Article 28").click()
    expect(page.get_by_role("heading", name="Search and seizure")).to_be_visible()
    expect(page.get_by_text("not the official text").first).to_be_visible()

    # Drags over words, tags them with keys, gives a severity.
    drag_over(page, EID, "any person")
    page.keyboard.press("1")
    page.keyboard.press("6")
    page.keyboard.press("Enter")
    expect(marks(page)).to_have_count(1)
    expect(marks(page).first).to_contain_text("any person")
    saved(page)

    # Accepts one suggestion, which then stands with the tags, and marks the clause.
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Accept", exact=True)).to_be_visible()
    chosen = page.locator(".row.here .quote").inner_text()
    page.keyboard.press("a")
    saved(page)
    assert rows(
        database,
        "select a.quote, d.decision from decisions d join annotations a on a.id = d.annotation",
    ) == [(chosen, "accepted")]
    clause(page, EID).click(position={"x": 30, "y": 8})
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Real-time collection")).to_be_visible()  # goes on
    saved(page)
    expect(page.get_by_text("1 of 507 clauses done")).to_be_visible()

    # Reloads: all is there, and nothing was stored twice.
    stored = rows(database, 'select start, "end", quote, severity from annotations order by 1')
    page.reload()
    open_clause(page, EID, reviewer="Reviewer A")
    expect(clause(page, EID).locator(".tick")).to_contain_text("done")
    expect(marks(page).filter(has_text="any person")).to_have_count(1)
    assert rows(database, 'select start, "end", quote, severity from annotations order by 1') == (
        stored
    )
    assert ("any person", "high") in [(quote, severity) for _, _, quote, severity in stored]

    # Reviewer B, in a browser of their own, tags the same words otherwise.
    other = new_page()
    name = other.get_by_role("combobox", name="You review as")
    name.click()
    name.fill("Bo")
    name.press("Enter")
    expect(other).to_have_url(re.compile("as=Bo"))
    open_clause(other, EID, reviewer="Bo")
    expect(marks(other)).to_have_count(0)  # what A tagged is not shown to B
    drag_over(other, EID, "any person")
    other.keyboard.press("Shift+Digit3")
    other.keyboard.press("Enter")
    expect(marks(other)).to_have_count(1)
    saved(other)
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", name="Real-time collection")).to_be_visible()
    saved(other)

    # The comparison shows both, and where they differ.
    other.get_by_role("link", name="Compare").click()
    expect(other.get_by_text("28(4)").first).to_be_visible()
    expect(other.get_by_text("any person").first).to_be_visible()
    assert_both_reviewers_are_compared(other)

    # The exported JSON Lines hold both views, each at its place in the text.
    other.get_by_role("link", name="Export").click()
    other.get_by_role("radio", name="A program").click()
    expect(other.get_by_text("Comes back unchanged")).to_be_visible()
    with other.expect_download() as taken:
        other.get_by_role("button", name=re.compile(r"^Download.*JSON Lines")).click()
    path = tmp_path / "dataset.jsonl"
    taken.value.save_as(path)
    lines = json_lines(path)
    texts = {line["slug"]: line["text"] for line in lines if line["type"] == "document"}
    tagged = [line for line in lines if line["type"] == "annotation"]
    for line in tagged:
        assert texts[line["document"]][line["start"] : line["end"]] == line["quote"]
    # Nobody is named unless that is asked for.
    both = [line for line in tagged if line["quote"] == "any person"]
    said = {(line["concern"], line["polarity"]) for line in both}
    assert said == {("privacy", "risk"), ("whistleblower", "safeguard")}
    assert {line["reviewer"] for line in both} == {"Reviewer 1", "Reviewer 2"}


def assert_both_reviewers_are_compared(page: Page) -> None:
    for name in ("Reviewer A", "Bo"):
        expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    differences = page.get_by_role("list", name="Differences")
    expect(differences).to_contain_text("28(4)")
