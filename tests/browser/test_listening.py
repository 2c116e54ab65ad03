"""A day's work through the accessibility tree alone: roles and names, keys, and what is announced.

No mouse, no selector: what this test cannot find or hear, nobody who listens can.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.conftest import NewPage
from tests.browser.reading import rows

LISTENING = Path(__file__).with_name("listening.js")


def test_a_clause_is_read_decided_on_and_done_without_seeing_it(
    new_page: NewPage, database: Path
) -> None:
    page = new_page()
    page.context.add_init_script(path=LISTENING)
    page.reload()

    # To a text, an article and the tour that offers itself, by their names.
    page.get_by_role("button", name="Open the text").press("Enter")
    page.get_by_role("button", name="No, thank you").press("Enter")
    articles = page.get_by_role("navigation", name="Articles")
    articles.get_by_role("button", name=re.compile("^Article 28 Search and seizure")).press("Enter")
    heard(page, r"^art\. 28\(1\): Through the necessary legislation")
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="28 Search and seizure", level=2)).to_be_visible()
    expect(main.get_by_role("region", name="art. 28(4)", exact=True)).to_contain_text("any person")

    # From clause to clause: each is read out, with how much is marked in it.
    page.keyboard.press("j")
    heard(page, r"^art\. 28\(1\)\(a\): an ICT system")
    page.keyboard.press("j")
    heard(page, r"^art\. 28\(1\)\(b\): an electronic")
    page.keyboard.press("j")
    heard(page, r"^art\. 28\(2\): Through .* 0 yours, 3 suggested$")

    # Its suggestions: what is proposed, of which words, and why; one is accepted, one rejected.
    clause = page.get_by_role("complementary", name="Clause at hand")
    expect(clause.get_by_role("heading", name="Art. 28(2)")).to_be_visible()
    page.keyboard.press("n")
    heard(
        page, r"^Suggested: Press freedom risk, .*: search a particular ICT system .* principle 6"
    )
    clause.get_by_role("button", name="Accept", exact=True).press("Enter")
    heard(page, r"^Accepted: Press freedom risk")
    heard(page, r"^Saved$")
    clause.get_by_role("button", name="Reject", exact=True).press("Enter")
    heard(page, r"^Rejected: Privacy risk")

    # Words are chosen, heard and tagged.
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    heard(page, r"^Through the$")
    palette = page.get_by_role("dialog", name="Tag the selected words")
    page.keyboard.press("1")
    heard(page, r"^Privacy, Risk.* A letter takes a code")
    expect(palette.get_by_role("button", name="Privacy", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    palette.get_by_role("button", name=re.compile("^Tag")).press("Enter")
    heard(page, r"^Privacy risk, .*, tagged$")
    expect(
        clause.get_by_role("button", name=re.compile("^Privacy risk.*: Through the$"))
    ).to_be_visible()

    # The safeguards of the power: each with what is proposed and where it stands.
    page.keyboard.press("g")
    heard(page, r"^Legality: proposed present\. In its article, art\. 28\(4\)\.")
    page.keyboard.press("Enter")
    heard(page, r"^Legality: present\. Necessity: proposed weak\.")
    guards = clause.get_by_role("region", name="Safeguards", exact=True)
    guards.get_by_role("button", name="Necessity: absent").press("Enter")
    expect(guards.get_by_role("button", name="Necessity: absent")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("Escape")

    # A note, done, and the next clause is read out; undo says what it took back.
    note = clause.get_by_role("textbox", name="Note on this clause")
    note.press_sequentially("Who signs?")
    note.press("Escape")
    clause.get_by_role("button", name="Done, next clause").press("Enter")
    heard(page, r"art\. 28\(3\): Through the necessary")
    heard(page, r"^Saved$")
    page.keyboard.press("z")
    heard(page, r"^Undone: art\. 28\(2\)")
    expect(clause).to_contain_text("Not done")

    # A refusal is heard once, however often the page is drawn after it.
    page.keyboard.press("0")
    heard(page, r"^You tagged a risk in this clause")
    page.keyboard.press("n")
    heard(page, r"^Suggested: ")
    assert not [line for line in announced(page) if line.startswith("You tagged")]

    stored = rows(
        database,
        "select (select count(*) from annotations), (select count(*) from decisions), "
        "(select count(*) from assessments), (select note from reviews)",
    )
    assert stored == [(2, 2, 2, "Who signs?")]


def heard(page: Page, pattern: str) -> None:
    """Wait until something that matches was announced, and forget what came up to it."""
    try:
        page.wait_for_function(
            """pattern => {
                const at = window.announced.findIndex((said) => new RegExp(pattern).test(said));
                if (at >= 0) window.announced.splice(0, at + 1);
                return at >= 0;
            }""",
            arg=pattern,
            timeout=15_000,
        )
    except PlaywrightTimeout:
        said = "\n".join(announced(page)) or "nothing"
        pytest.fail(f"{pattern!r} was not announced, but:\n{said}")


def announced(page: Page) -> list[str]:
    """What was announced since the last that was waited for."""
    return list(page.evaluate("window.announced"))
