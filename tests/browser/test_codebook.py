"""The codebook in a browser: changed on its page, asked about in the review, told to a second."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotator import codebook, store
from tests.browser.conftest import NewPage
from tests.browser.reading import marks, open_clause, rows, saved
from tests.browser.serving import ROOT, Server, serve

EID = "art_28__para_1"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a codebook of its own, since these tests change it."""
    folder = tmp_path_factory.mktemp("server")
    database = folder / "annotations.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "ANNOTATOR_CODEBOOK", str(folder / "codebook.yaml"))
        with serve(ROOT / "app.py", folder / "server.log", database=database) as server:
            yield server


@pytest.fixture(autouse=True)
def file(running: Server) -> Path:
    """The codebook of the server, a copy of the project's as each test begins."""
    path = running.log.with_name("codebook.yaml")
    path.write_bytes(codebook.DEFAULT.read_bytes())
    return path


def open_entry(page: Page, path: str) -> None:
    page.goto(f"/codebook?entry={path}&as=Reviewer%20A")
    expect(page.get_by_role("button", name="The whole codebook")).to_be_visible(timeout=20_000)


def reword(page: Page, words: str, says: str) -> None:
    """Open the form of the entry that is shown, write a definition and what changed."""
    page.get_by_role("button", name="Edit", exact=True).first.click()
    page.get_by_label("Definition").fill(words)
    page.get_by_label("What changed, in a sentence").fill(says)
    page.keyboard.press("Tab")


@pytest.mark.long
def test_a_changed_definition_is_asked_about_where_it_was_tagged(
    page: Page, database: Path, file: Path
) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    for key in ("s", "1", "h", "s", "1", "g"):
        page.keyboard.press(key)
    expect(marks(page)).to_have_count(2)
    saved(page)

    open_entry(page, "privacy/search")
    reword(page, "Going into premises, systems or devices.", "Search is going in.")
    expect(page.get_by_text("1 mark of 1 reviewer")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved as version")).to_be_visible()
    assert codebook.load(file).changes[0].says == "Search is going in."

    page.get_by_role("button", name="The whole codebook").click()
    page.get_by_role("radio", name="Versions").click()
    expect(page.get_by_text("other words since version")).to_be_visible()
    page.get_by_role("link", name="art. 28(1)").click()

    expect(page.get_by_text("older definition")).to_have_count(1)
    page.get_by_role("button", name="Privacy risk, Search, seizure and copying").click()
    question = page.get_by_role("region", name="Tagged under an older definition")
    expect(question).to_contain_text("Going into premises")
    expect(question).to_contain_text("Entering premises")
    question.get_by_role("button", name="Still right").click()
    expect(question).to_have_count(0)
    saved(page)
    assert rows(database, "select count(*) from history where action = 'confirm'") == [(1,)]
    page.keyboard.press("z")
    expect(question).to_be_visible()
    saved(page)
    with store.open(database) as opened:
        assert opened.verify() == []


@pytest.mark.long
def test_two_people_edit_at_once_and_the_second_is_told(new_page: NewPage, file: Path) -> None:
    first, second = new_page(), new_page()
    for page, words in ((first, "The first one's words."), (second, "The second one's words.")):
        open_entry(page, "privacy/secrecy")
        reword(page, words, "Other words.")
        expect(page.get_by_role("button", name="Save", exact=True)).to_be_enabled()
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("Saved as version")).to_be_visible()
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("was changed by somebody else")).to_be_visible()
    code = codebook.load(file).concern("privacy").code("secrecy")
    assert code.definition == "The first one's words."
    expect(second.get_by_label("Definition")).to_have_value("The second one's words.")


def test_a_sub_code_is_tagged_by_its_letter_and_found_by_its_words(
    page: Page, database: Path
) -> None:
    open_clause(page, EID, reviewer="Reviewer A")
    for key in ("s", "1", "x"):
        page.keyboard.press(key)
    saved(page)
    assert rows(database, "select code from annotations") == [("remote_access",)]
    for key in ("s", "1", "Space"):
        page.keyboard.press(key)
    page.keyboard.type("vulnerab")
    page.keyboard.press("Enter")
    saved(page)
    assert rows(database, "select code from annotations where concern = 'whistleblower'") == [
        ("vulnerability_disclosure",)
    ]


@pytest.mark.parametrize("width", [400, 1280, 1920])
def test_the_page_fits_and_is_searched(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    page.goto("/codebook?as=Reviewer%20A")
    heading = page.get_by_role("heading", name="Interception and live collection")
    expect(heading).to_be_visible(timeout=20_000)
    wide = page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    )
    assert wide <= 0
    if width == 400:
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_label("Search the codebook").fill("goodwin")
    page.keyboard.press("Enter")
    expect(heading).to_have_count(0)
    expect(page.get_by_role("heading", name="Sources and material")).to_be_attached()
