"""Every page in French and in Spanish: nothing on it, seen or said aloud, is left in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotator import store as stores
from annotator.model import Review
from annotator.ui import words
from annotator.ui.words import catalogue
from tests.browser.conftest import NewPage
from tests.browser.reading import CONVENTION

FIRST = f"/review?doc={CONVENTION}&at=art_28__para_4&as=Bo"
PAGES = (
    *("review", "start", "intake", "search", "safeguards"),
    *("compare", "versions", "export", "codebook", "project"),
)
# What a page shows and what it tells a screen reader, outside texts, which have a language of their
# own: the strings of elements in the light and in every shadow.
SAID = """() => {
    const found = new Set();
    const take = (text) => text && text.trim() && found.add(text.trim().replace(/\\s+/g, " "));
    const walk = (root) => {
        for (const node of root.childNodes) {
            if (node.nodeType === Node.TEXT_NODE) take(node.data);
            if (node.nodeType !== Node.ELEMENT_NODE) continue;
            if (["SCRIPT", "STYLE"].includes(node.tagName)) continue;
            if (node.lang && node.lang !== document.documentElement.lang) continue;
            for (const one of ["aria-label", "title", "placeholder"]) take(node.getAttribute(one));
            if (node.shadowRoot) walk(node.shadowRoot);
            walk(node);
        }
    };
    walk(document.body);
    return [...found];
}"""


@pytest.fixture
def database(database: Path) -> Path:
    """Two people have read a clause, so that there is something to compare."""
    with stores.open(database) as store:
        document = store.document(CONVENTION)
        readers = [store.reviewers()[0], store.add_reviewer("Bo")]
        with store.write("seed") as write:
            for reader in readers:
                write.put(Review(document.id, "art_28__para_4", reader.id, "no_concern"))
    return database


def left(language: str) -> set[str]:
    """The English strings whose sight would show that somebody forgot the language.

    Words that are the same in both, and single words a codebook may have too, prove nothing.
    """
    english, other = catalogue.entries("en"), catalogue.entries(language)
    return {
        form
        for key, entry in english.items()
        for form in ([entry] if isinstance(entry, str) else entry.values())
        if "{" not in form and " " in form and entry != other[key]
    }


def drawn(page: Page) -> None:
    """Wait until the page has run and its views are mounted."""
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute(
        "data-test-script-state", "notRunning"
    )
    page.wait_for_function(
        """() => [...document.querySelectorAll(".ta-root, [data-testid='stBidiComponentRegular']")]
            .every((one) => (one.shadowRoot ?? one).childElementCount > 0)"""
    )


@pytest.mark.long
def test_every_page_speaks_the_language_of_the_browser(new_page: NewPage) -> None:
    for language in ("fr", "es"):
        english = left(language)
        page = new_page(locale=f"{language}-MX")
        page.goto(FIRST)
        for name in PAGES:
            title = str(catalogue.entries(language)[f"shell.page.{name}"])
            page.get_by_role("link", name=title, exact=True).click()
            expect(page).to_have_title(re.compile(f"^{title} – "))
            expect(page.locator("html")).to_have_attribute("lang", language)
            drawn(page)
            said = set(page.evaluate(SAID))
            assert len(said) > 10, f"{name} says next to nothing"
            assert said & english == set(), f"{name} in {language}"


@pytest.mark.long
def test_a_language_is_chosen_at_once_and_kept(new_page: NewPage) -> None:
    page = new_page()
    drawn(page)
    assert set(page.evaluate(SAID)) & left("es"), "what is English is seen to be"
    page.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page).to_have_url(re.compile("lang=es"))
    page.goto("/export")
    expect(page.get_by_role("heading", level=1)).to_have_text("Exportación")
    page.goto("/export?lang=fr")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert words.LANGUAGES["fr"] == page.get_by_role("combobox", name="Langue").input_value()
