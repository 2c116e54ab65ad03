"""What a reviewer does on the review page, as a test says it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

CONVENTION = "un-cybercrime-convention"


def open_clause(page: Page, eid: str, *, reviewer: str, document: str = CONVENTION) -> None:
    """Open the review page at a clause, as a link from a colleague does."""
    page.goto(f"/review?doc={document}&at={eid}&as={reviewer.replace(' ', '%20')}")
    expect(clause(page, eid)).to_have_attribute("aria-current", "true")
    saved(page)


def clause(page: Page, eid: str) -> Locator:
    """The clause's own element in the text."""
    return page.locator(f'[data-eid="{eid}"]')


def saved(page: Page) -> None:
    """Wait until everything is in the database and the page says so.

    What is unsent is asked of the page itself first: it draws a moment after it decides.
    """
    page.wait_for_function(
        "window[Symbol.for('treaty-annotator.desk')]?.outbox?.pending.length === 0"
    )
    expect(page.locator('[role="status"][data-pending="0"]')).to_contain_text("Saved")
    expect(page.locator('[data-mark-id][data-state="saving"]')).to_have_count(0)


def readable(page: Page) -> None:
    """Wait until the article to which a verdict led has been there long enough to be decided on."""
    page.wait_for_function("!window[Symbol.for('treaty-annotator.desk')]?.justCame()")


def drag_over(page: Page, eid: str, words: str) -> None:
    """Select words of a clause with the mouse, from the middle of the first letter to the last."""
    where = (
        clause(page, eid)
        .locator(".words")
        .evaluate(
            """(element, words) => {
            const node = element.firstChild;
            const at = node.data.indexOf(words);
            if (at < 0) return null;
            const edge = (from, to) => {
                const range = document.createRange();
                range.setStart(node, from);
                range.setEnd(node, to);
                return range.getBoundingClientRect();
            };
            element.scrollIntoView({ block: "center" });
            const first = edge(at, at + 1), last = edge(at + words.length - 1, at + words.length);
            return { x: first.left + 1, y: first.top + first.height / 2,
                     u: last.right - 1, v: last.top + last.height / 2 };
        }""",
            words,
        )
    )
    assert where, f"{eid} does not say {words!r}"
    page.mouse.move(where["x"], where["y"])
    page.mouse.down()
    page.mouse.move((where["x"] + where["u"]) / 2, (where["y"] + where["v"]) / 2, steps=4)
    page.mouse.move(where["u"], where["v"], steps=4)
    page.mouse.up()


def marks(page: Page) -> Locator:
    """The reviewer's own tags in the clause at hand."""
    return page.locator("[data-mark-id]")


def rows(database: Path, question: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the database holds, read from outside while the app has it open."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(question, values).fetchall()
    finally:
        connection.close()


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of an exported dataset."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
