"""A text on its way in, in a real browser: uploaded, put right by keyboard, stored, reviewed."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.reading import clause, rows

LAW = """\
Home | About | Contact

Law on <b>Made-up</b> Things ![p](http://pictures.invalid/p.png)

Article 1. Search

1. A judge may order a search of:

(a) a system;

(b) a medium, under the conditions of

Article 9 of the Charter.

2. It ends when the judge says so. Article 2. Help

Each Party may order any person to help.

Article 3. Illegal access Each Party shall make it an offence.
"""


def _upload(page: Page, folder: Path, text: str = LAW, name: str = "law.txt") -> None:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    page.goto("/intake")
    page.locator('input[type="file"]').first.set_input_files(file)
    # Reading is a run of the page, on a machine that may be busy.
    tree = page.get_by_role("tree", name="The text and its clauses")
    expect(tree).to_be_visible(timeout=20_000)


def _line(page: Page, words: str) -> Locator:
    return page.get_by_role("treeitem").filter(has_text=words).first


def _made(page: Page, count: int) -> None:
    expect(page.locator(".in-made")).to_have_text(f"{count} corrected by hand" if count else "")


def test_a_wrong_split_is_put_right_by_keyboard_then_stored_and_reviewed(
    new_page: NewPage, database: Path, tmp_path: Path
) -> None:
    page = new_page()
    page.get_by_role("button", name="Add a text").click()
    expect(page.get_by_role("heading", name="Intake", level=1)).to_be_visible()
    _upload(page, tmp_path)
    assert rows(database, "select 1 from documents where slug = 'law'") == []

    # A cross-reference is joined to the point it belongs to.
    _line(page, "Article 9 of the Charter").click()
    page.keyboard.press("Backspace")
    _made(page, 1)
    expect(_line(page, "Article 9 of the Charter")).to_contain_text("(b)")

    # The article in the middle of a line: down to it, along to its first word, A.
    page.keyboard.press("ArrowDown")
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_text("from “Article 2. Help…” on")).to_be_visible()
    page.keyboard.press("a")
    _made(page, 2)
    expect(_line(page, "Each Party may order any person")).to_contain_text("art. 2")

    # Heading and first words in one: the place with the mouse, H.
    line = _line(page, "Illegal access Each Party")
    line.click()
    word = line.locator(".in-words").evaluate(
        """(element) => {
            const range = new Range();
            const at = element.firstChild.data.indexOf("Each");
            range.setStart(element.firstChild, at);
            range.setEnd(element.firstChild, at + 4);
            const box = range.getBoundingClientRect();
            return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
        }"""
    )
    page.mouse.click(word["x"], word["y"])
    page.keyboard.press("h")
    _made(page, 3)
    expect(_line(page, "Each Party shall make it an offence")).to_have_attribute("aria-level", "2")

    # A mistake of one's own: taken back, and made again, then taken back for good.
    _line(page, "a system").click()
    page.keyboard.press("x")
    _made(page, 4)
    page.keyboard.press("z")
    _made(page, 3)
    page.keyboard.press("y")
    _made(page, 4)
    page.keyboard.press("z")
    _made(page, 3)

    # What stands before the text stays out, and a burst of keys loses nothing.
    _line(page, "Law on").click()
    page.keyboard.press("x")
    for key in ("t", "x") * 10:
        page.keyboard.press(key)
    _made(page, 24)

    page.get_by_role("button", name="Store", exact=True).click()
    page.get_by_role("button", name="Review it now").click()
    expect(page).to_have_url(re.compile(r"/review\?.*doc=law"))
    expect(clause(page, "art_1__para_1__point_b")).to_contain_text("Article 9 of the Charter.")
    found = rows(
        database,
        "select citation, heading from clauses where kind = 'article' and document ="
        " (select id from documents where slug = 'law') order by position",
    )
    assert found == [("art. 1", "Search"), ("art. 2", "Help"), ("art. 3", "Illegal access")]
    warnings = rows(database, "select warnings from documents where slug = 'law'")[0][0]
    assert "corrected by hand: 24 lines" in warnings


def test_what_cannot_be_is_said_and_the_lines_stay(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page()
    _upload(page, tmp_path)
    _line(page, "A judge may order").click()
    page.keyboard.press("Tab")
    expect(page.get_by_role("status").filter(has_text="nothing stands above it")).to_be_visible()
    _made(page, 0)
    # Escape leaves the text for the tools, from where Tab goes on as on any page.
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Correct the line").locator(":focus")).to_have_count(1)
    page.keyboard.press("Tab")
    _made(page, 0)


def test_a_line_becomes_the_title_and_what_is_above_is_left_out(
    new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(color_scheme="dark")
    _upload(page, tmp_path)
    title = page.get_by_label("Title", exact=True)
    for words in ("Home | About", "Law on <b>Made-up</b> Things ![p](http://pictures.invalid"):
        _line(page, words).click()
        page.get_by_role("button", name="This is the title").click()
        expect(title).to_have_value(re.compile(re.escape(words)))
    # With every line left out there is nothing to store; taken back, there is.
    page.get_by_role("button", name="Leave out all below").click()
    expect(page.get_by_text("there is nothing to store")).to_be_visible()
    expect(page.get_by_role("button", name="Store", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Store", exact=True)).to_be_visible()


def test_on_a_phone_a_line_is_corrected_by_touch(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(viewport={"width": 400, "height": 800}, has_touch=True)
    _upload(page, tmp_path)
    line = _line(page, "Article 9 of the Charter")
    line.scroll_into_view_if_needed()
    line.tap()
    page.get_by_role("button", name="Join to above").tap()
    _made(page, 1)
    page.get_by_label("What the line is").select_option("outside")
    _made(page, 2)
    page.get_by_role("button", name="Undo").tap()
    _made(page, 1)
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, "nothing runs out of the page"


def test_a_file_that_cannot_be_read_is_named_and_the_others_come_in(
    new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page()
    page.goto("/intake")
    files = {"law.txt": LAW.encode(), "bro_ken_.txt": b"\x00\x01\x02" * 99, "empty.md": b" "}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    page.locator('input[type="file"]').first.set_input_files([tmp_path / name for name in files])
    alerts = page.get_by_role("alert")
    expect(alerts.filter(has_text="bro_ken_.txt is a binary file")).to_be_visible()
    expect(alerts.filter(has_text="empty.md")).to_be_visible()
    expect(page.get_by_role("button", name="Store 1 text")).to_be_visible()
    assert str(tmp_path) not in page.content()
