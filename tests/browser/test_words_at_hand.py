"""Which words a key means: phrases in many languages, ends that move, and words in an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import ROOT

MODULES = ("selection.js", "phrases.js", "addressing.js")

PHRASES = [
    # What a noun is made of stays together, with "of"; what joins or relates cuts.
    (
        "en",
        "each State Party is to order any person with knowledge of how it works, or keys",
        "each State Party | order any person | knowledge of how | works | keys",
    ),
    (
        "en",
        "without-notice searches of journalists' homes",
        "without-notice searches of journalists' homes",
    ),
    (
        "fr",
        "toute personne qui détient la clé de l’appareil, et qu’il la remette",
        "toute personne | détient la clé de l’appareil | qu’il la remette",
    ),
    (
        "es",
        "toda persona que conozca la clave del sistema",
        "toda persona | conozca la clave del sistema",
    ),
    # Arabic writes "and" onto the next word, which begins a phrase of its own.
    ("ar", "تدابير تشريعية وتدابير أخرى في البلد", "تدابير تشريعية | وتدابير أخرى | البلد"),
    ("zh", "必要的立法和其他措施", "必要的立法 | 其他措施"),
    ("th", "มาตรการทางนิติบัญญัติและมาตรการอื่น", "มาตรการทางนิติบัญญัติ | มาตรการอื่น"),
    # Of a language whose joining words nobody has listed, punctuation alone cuts.
    ("sw", "hatua za kisheria, na nyinginezo", "hatua za kisheria | na nyinginezo"),
    ("en", "and, or", ""),
    ("en", "", ""),
]


@pytest.fixture(scope="module")
def words(browser: Browser) -> Iterator[Page]:
    """A page without the app, with the modules that know words."""
    page = browser.new_page()
    folder = ROOT / "annotator/ui/component"
    source = "\n".join((folder / name).read_text(encoding="utf-8") for name in MODULES)
    source = re.sub(r"^import\s[^;]*;\n", "", source, flags=re.M)
    page.add_script_tag(content=re.sub(r"^export ", "", source, flags=re.M))
    yield page
    page.close()


@pytest.mark.parametrize(("lang", "text", "phrases"), PHRASES)
def test_phrases_are_cut_where_words_join(words: Page, lang: str, text: str, phrases: str) -> None:
    cut = "([text, lang]) => phrasesOf(text, lang).map(([start, end]) => text.slice(start, end))"
    assert " | ".join(words.evaluate(cut, [text, lang])) == phrases


MOVE = """([held, side, steps]) => {
    const texts = new Map([["a", "One judge may"], ["b", "order it."]]);
    let span = held;
    for (let left = Math.abs(steps); left; left -= 1)
        span = moveEnd(span, side, Math.sign(steps), ["a", "b"], texts, "en");
    return [span.start_eid, span.start, span.end_eid, span.end];
}"""


@pytest.mark.parametrize(
    ("held", "side", "steps", "moved"),
    [
        (("a", 4, "a", 9), "end", 1, ("a", 4, "a", 13)),
        (("a", 4, "a", 9), "end", 2, ("a", 4, "b", 5)),  # on into the next clause
        (("a", 4, "b", 5), "end", -1, ("a", 4, "a", 13)),  # and back out of it
        (("a", 4, "a", 9), "end", -5, ("a", 4, "a", 9)),  # a word is always left
        (("a", 4, "a", 9), "start", -3, ("a", 0, "a", 9)),  # before the first there is none
        (("a", 4, "b", 8), "start", 9, ("b", 6, "b", 8)),
    ],
)
def test_an_end_moves_by_words_and_never_passes_the_other(
    words: Page, held: Any, side: str, steps: int, moved: Any
) -> None:
    span = dict(zip(("start_eid", "start", "end_eid", "end"), held, strict=True))
    assert tuple(words.evaluate(MOVE, [span, side, steps])) == moved


ADDRESS = """([before, after, start, end]) => {
    const mark = markOf({ start_eid: "a", start, end_eid: "a", end }, new Map([["a", before]]));
    const span = spanOf(mark, "a", new Map([["a", after]]));
    return [mark, span && after.slice(span.start, span.end)];
}"""


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("The 😀 judge reads letters.", "judge"),
        ("The 😀 wise old judge reads letters.", "judge"),  # words before them have come in
        ("The 😀 court reads letters.", None),  # they are gone: nothing is guessed
        ("", None),
    ],
)
def test_an_address_means_words_whatever_stands_before_them(
    words: Page, after: str, found: str | None
) -> None:
    mark, meant = words.evaluate(ADDRESS, ["The 😀 judge reads letters.", after, 7, 12])
    assert mark.startswith("6-11~")  # code points, as the database counts
    assert meant == found


@pytest.mark.parametrize(
    "mark", ["", "x", "5", "9-3", "-1-4", "1-2@b", "0-99999~zz", "1-nowhere.4"]
)
def test_an_address_that_means_nothing_leads_to_no_words(words: Page, mark: str) -> None:
    assert (
        words.evaluate("(mark) => spanOf(mark, 'a', new Map([['a', 'Some words']]))", mark) is None
    )
