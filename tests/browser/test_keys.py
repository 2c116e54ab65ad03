"""Keys, clicks and taps: each task of the README's table with exactly as many as it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.reading import clause, drag_over, marks, open_clause, rows, saved
from tests.browser.serving import ROOT

EID = "art_28__para_4"
FREE = "the necessary information"
OTHER = "their component parts work"
COUNTED = """() => {
    window.counted = 0;
    const count = (event) => {
        if (event.isTrusted && !['Shift', 'Control'].includes(event.key)) window.counted += 1;
    };
    for (const name of ['keydown', 'pointerdown']) window.addEventListener(name, count, true);
}"""


def table() -> dict[str, tuple[list[str], int, int]]:
    """Each task of the README: the keys it names, how many keys and how many clicks it counts."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    inside = text.split("<!-- keys and clicks -->")[1].split("<!-- end of keys and clicks -->")[0]
    found = {}
    for line in inside.strip().splitlines()[2:]:
        task, keys, many, _, clicks = (cell.strip() for cell in line.strip("|").split("|"))
        found[task] = (re.findall(r"`[^`]+`|\*letter\*", keys), int(many), int(clicks))
    return found


TASKS = table()


def letter_before(page: Page, words: str) -> str:
    """The letter that stands before a phrase, once they are shown."""
    label = (
        page.locator(".letter-key")
        .filter(has_text=re.compile("."))
        .and_(page.get_by_label(re.compile(f": {re.escape(words)}$")))
    )
    return str(label.inner_text())


def state_of(database: Path) -> dict[str, int]:
    tables = ("annotations", "decisions", "reviews", "assessments")
    return {name: rows(database, f"select count(*) from {name}")[0][0] for name in tables}


def tagged(page: Page, database: Path) -> tuple[str, str, str]:
    saved(page)
    question = "select quote, concern, code from annotations order by updated desc limit 1"
    (row,) = rows(database, question)
    return row


def begin(page: Page, eid: str) -> None:
    """Nothing chosen, and that clause at hand."""
    page.keyboard.press("Escape")
    clause(page, eid).locator(".number").click()
    expect(clause(page, eid)).to_have_attribute("aria-current", "true")


def check_tasks(
    page: Page, database: Path, perform: Callable[[str], None], counts: Callable[[str], int]
) -> Iterator[str]:
    """Go through the tasks in order; what each has done and how many it took is asserted."""
    open_clause(page, EID, reviewer="Reviewer A")
    page.evaluate(COUNTED)
    mine = marks(page)
    rejected = page.get_by_text("1 rejected")
    effects: dict[str, tuple[str | None, Callable[[], Any]]] = {
        "accept what the highlighter found": (None, lambda: expect(mine).to_have_count(1)),
        "reject it": (None, lambda: expect(rejected).to_be_visible()),
        "tag words it did not find": (
            EID,
            lambda: expect(mine.filter(has_text=FREE)).to_have_count(1),
        ),
        "give the same tag to other words": (
            EID,
            lambda: expect(mine.filter(has_text=OTHER)).to_have_count(1),
        ),
        "move the end of a tag by a word": (
            None,
            lambda: expect(mine.filter(has_text=f"{OTHER}, or")).to_have_count(1),
        ),
        "give a tag another code": (
            None,
            lambda: expect(mine.filter(has_text="Preservation for one case")).to_have_count(1),
        ),
        "say a concern of the clause as a whole": (
            EID,
            lambda: expect(mine.filter(has_text="whole clause")).to_have_count(1),
        ),
        "confirm all safeguards proposed": (
            EID,
            lambda: expect(page.get_by_text("11 of 11 decided")).to_be_visible(),
        ),
        "undo": (None, lambda: expect(page.get_by_text("0 of 11 decided")).to_be_visible()),
        "say a clause is clean and go on": (
            "art_28__para_1__point_a",
            lambda: expect(clause(page, "art_28__para_1__point_b")).to_have_attribute(
                "aria-current", "true"
            ),
        ),
    }
    assert list(effects) == list(TASKS)
    for task, (start, effect) in effects.items():
        if start:
            begin(page, start)
        page.evaluate("window.counted = 0")
        perform(task)
        effect()
        assert page.evaluate("window.counted") == counts(task), task
        saved(page)
        yield task
    assert state_of(database) == {"annotations": 4, "decisions": 2, "reviews": 1, "assessments": 0}


def test_each_task_takes_the_keys_that_the_readme_counts(page: Page, database: Path) -> None:
    letters = {
        "tag words it did not find": [FREE, "k"],
        "give the same tag to other words": [OTHER],
    }
    letters |= {"give a tag another code": ["f"], "say a concern of the clause as a whole": ["n"]}

    def perform(task: str) -> None:
        keys, many, _ = TASKS[task]
        assert len(keys) == many
        chosen = iter(letters.get(task, []))
        for key in keys:
            if key == "*letter*":
                meant = next(chosen)
                page.keyboard.press(meant if len(meant) == 1 else letter_before(page, meant))
            else:
                name = key.strip("`").replace(" ", "+")
                page.keyboard.press(name.lower() if len(name) == 1 else name)

    done = list(check_tasks(page, database, perform, lambda task: TASKS[task][1]))
    assert done == list(TASKS)


def test_each_task_takes_the_clicks_that_the_readme_counts(page: Page, database: Path) -> None:
    palette = page.get_by_role("dialog", name="Tag the selected words")

    def button(name: str, within: Any = page) -> Locator:
        found: Locator = within.get_by_role("button", name=name)
        return found

    def code(name: str) -> None:
        palette.get_by_role("button", name=re.compile(name)).click()

    def move_end() -> None:
        handle = page.locator(".handle.end").bounding_box()
        assert handle is not None
        page.mouse.move(handle["x"] + 13, handle["y"] + 6)
        page.mouse.down()
        page.mouse.move(handle["x"] + 40, handle["y"] + 6, steps=4)
        page.mouse.up()

    deeds: dict[str, Callable[[], None]] = {
        "accept what the highlighter found": lambda: (
            page.locator(".row-actions").get_by_role("button", name="Accept").click()
        ),
        "reject it": lambda: (
            page.locator(".row-actions").get_by_role("button", name="Reject").click()
        ),
        "tag words it did not find": lambda: (
            drag_over(page, EID, FREE),
            code("Compelled assistance"),
        )[0],
        "give the same tag to other words": lambda: (
            drag_over(page, EID, OTHER),
            button("Same again").click(),
        )[0],
        "move the end of a tag by a word": move_end,
        "give a tag another code": lambda: (
            page.locator(".panel").get_by_role("button", name="Change").click(),
            code("Preservation for one case"),
        )[0],
        "say a concern of the clause as a whole": lambda: (
            button("Press freedom", page.get_by_role("group", name="As a whole:")).click(),
            code("newsgathering"),
        )[0],
        "confirm all safeguards proposed": lambda: button("Confirm all 11 proposals").click(),
        "undo": lambda: button("Undo").click(),
        "say a clause is clean and go on": lambda: button("No concern").click(),
    }
    done = list(
        check_tasks(page, database, lambda task: deeds[task](), lambda task: TASKS[task][2])
    )
    assert done == list(TASKS)


def test_single_keys_can_be_changed_and_switched_off(page: Page, database: Path) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="All keys")
    keys.get_by_role("searchbox").fill("accept")
    expect(keys.get_by_text("next clause", exact=True)).to_be_hidden()
    keys.get_by_role("button", name="A: accept the suggestion").click()
    page.keyboard.press("j")
    expect(keys.get_by_role("status")).to_have_text(
        "J does it now; “next clause” has the key that was free."
    )
    page.keyboard.press("Escape")
    page.reload()
    here = page.locator('[data-eid][aria-current="true"]')
    expect(here).to_have_attribute("data-eid", EID)
    saved(page)
    page.keyboard.press("j")
    expect(marks(page)).to_have_count(1)
    expect(page.locator(".keys").get_by_text("accept")).to_have_text("Jaccept")
    # Switched off, letters and digits do nothing, and what has no character goes on working.
    page.keyboard.press("?")
    keys.get_by_role("button", name="Keys as they were").click()
    keys.get_by_role("checkbox", name="Single keys work").uncheck()
    page.keyboard.press("Escape")
    for key in ("a", "x", "0", "w", "z"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("dialog", name="Tag the selected words")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    expect(here).to_have_attribute("data-eid", EID)
    saved(page)
    assert state_of(database) == {"annotations": 1, "decisions": 1, "reviews": 0, "assessments": 0}


@pytest.mark.long
def test_a_link_leads_a_colleague_to_the_very_words_and_a_quotation_says_where_they_stand(
    new_page: NewPage, database: Path
) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_clause(page, EID, reviewer="Reviewer A")
    for key in ("w", "", "1", "k"):
        page.keyboard.press(key or letter_before(page, FREE))
    expect(marks(page)).to_have_count(1)
    page.keyboard.press("Shift+Q")
    expect(page.get_by_text("The link is copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    asked = parse_qs(urlsplit(link).query)
    assert asked.keys() == {"doc", "at", "mark"}  # not under whose name it was read
    page.keyboard.press("q")
    expect(page.get_by_text("The quotation is copied")).to_be_visible()
    quotation = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(rf"“{FREE}” \(.+, art\. 28\(4\)\)", quotation)
    saved(page)
    # A reload comes back to the tag; whoever has no such tag is shown the words.
    page.reload()
    expect(page.locator(".row.here")).to_contain_text(FREE)
    other = new_page()
    other.goto(f"{link}&as=Reviewer%20B")
    other.get_by_role("combobox", name="You review as").fill("Reviewer B")
    other.keyboard.press("Enter")
    expect(clause(other, EID)).to_have_attribute("aria-current", "true")
    shown = "[...(CSS.highlights.get('ta-evidence') ?? [])].map((range) => range.toString())"
    other.wait_for_function(f"{shown}[0] === '{FREE}'")
    # Words that were taken out of the text since are not guessed.
    other.goto(re.sub(r"%7E\w+|~\w+", "~zzzzzz", f"{link}&as=Reviewer%20B"))
    expect(other.get_by_text("do not stand here any longer")).to_be_visible()
    assert rows(database, "select count(*) from annotations") == [(1,)]


def test_by_touch_alone_words_are_picked_tagged_and_their_ends_moved(
    new_page: NewPage, database: Path
) -> None:
    page = new_page(viewport={"width": 400, "height": 860}, has_touch=True, is_mobile=True)
    open_clause(page, EID, reviewer="Reviewer A")
    page.get_by_role("button", name="Show more or less").tap()
    page.get_by_role("button", name="Pick words").tap()
    page.get_by_label(re.compile(f": {OTHER}$")).tap()
    palette = page.get_by_role("dialog", name="Tag the selected words")
    palette.get_by_role("button", name="End a word later").tap()
    palette.get_by_role("button", name="Whistleblowers").tap()
    palette.get_by_role("button", name="high").tap()
    palette.get_by_role("button", name="Security research").tap()
    quote, concern, code = tagged(page, database)
    assert (quote, concern, code) == (f"{OTHER}, or", "whistleblower", "research")
    page.locator(".bar").get_by_role("button", name="Undo").tap()
    expect(marks(page)).to_have_count(0)
    page.locator(".bar").get_by_role("button", name="Redo").tap()
    expect(marks(page)).to_have_count(1)
    saved(page)
    assert rows(database, "select severity from annotations") == [("high",)]
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
