"""The search page without a browser: what is asked, what is said, what an address leads to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from annotator import codebook, review, store
from annotator.ui import component
from tests.ui.conftest import Page, shown

Mounted = list[Mapping[str, Any]]


@pytest.fixture
def mounted(monkeypatch: pytest.MonkeyPatch) -> Mounted:
    """What the page gives its view to draw, a mapping a run."""
    given: Mounted = []

    def draw(data: Mapping[str, Any], **_: object) -> None:
        given.append(data)

    monkeypatch.setattr(component, "finding_view", draw)
    monkeypatch.setattr(component, "recoding_view", draw)
    return given


def asked(**params: str) -> AppTest:
    from tests.ui.conftest import _page  # type: ignore[attr-defined]  # what `page` runs

    test = AppTest.from_function(_page, args=("search",), default_timeout=20)
    for name, value in params.items():
        test.query_params[name] = value
    return test.run()


def citations(data: Mapping[str, Any]) -> list[str]:
    return [hit["citation"] for hit in data["hits"]]


def test_without_a_text_it_says_what_to_do(path: Path, page: Page) -> None:
    assert path.exists()
    assert "Intake" in shown(page("search"))


def test_at_first_it_says_how_to_begin(filled: Path, page: Page, mounted: Mounted) -> None:
    assert filled.exists()
    test = page("search")
    assert not test.exception
    assert "Type words or a citation" in shown(test)
    assert mounted == []


def test_words_are_found_and_stand_in_the_address(
    filled: Path, page: Page, mounted: Mounted
) -> None:
    assert filled.exists()
    test = page("search")
    test.text_input(key="search-q").set_value("order").run()
    assert sorted(citations(mounted[-1])) == ["art. 1(2)", "art. 2"]
    assert test.query_params["q"] in ("order", ["order"])
    pieces = mounted[-1]["hits"][0]["pieces"]
    assert [text for text, marked in pieces if marked] == ["order"]
    test.selectbox(key="search-kind").set_value("news").run()
    assert "fewer" in shown(test)


def test_a_word_that_is_only_the_beginning_of_others_is_offered_as_one(
    filled: Path, page: Page, mounted: Mounted
) -> None:
    assert filled.exists()
    test = page("search")
    test.text_input(key="search-q").set_value("orde").run()
    assert mounted[-1]["hits"] == []
    test.button(key="search-wider").click().run()
    assert test.text_input(key="search-q").value == "orde*"
    assert sorted(citations(mounted[-1])) == ["art. 1(2)", "art. 2"]


def test_an_address_asks_the_same_again(filled: Path, mounted: Mounted) -> None:
    with store.open(filled) as opened:
        document, ana = opened.document("small-things"), opened.reviewer("Ana").id
        first, _ = opened.suggestions(document.id)
        review.accept(opened, document, ana, first.id, codebook=codebook.load())
    test = asked(q="search OR order", concern="privacy", **{"as": "Ana", "in": "texts"})
    assert not test.exception
    assert citations(mounted[-1]) == ["art. 1(1)"]
    (tag,) = mounted[-1]["hits"][0]["tags"]
    assert tag["who"] == ["Ana"]
    assert test.pills(key="search-in").value == ["texts"]


def test_a_citation_leads_straight_to_its_clause(filled: Path, mounted: Mounted) -> None:
    assert filled.exists()
    asked(q="art. 1(2)")
    (straight,) = mounted[-1]["cited"]
    assert (straight["citation"], straight["eid"]) == ("art. 1(2)", "art_1__para_2")


def test_nothing_typed_and_nothing_in_an_address_breaks_it(filled: Path, mounted: Mounted) -> None:
    assert filled.exists()
    for params in (
        {"q": '"*(NEAR'},
        {"q": "-secret"},
        {"q": "order", "p": "-7"},
        {"q": "order", "p": "٣", "in": "nowhere", "concern": "nothing", "text": "gone", "by": "x"},
        {"view": "tags", "concern": "privacy", "code": "none"},
    ):
        test = asked(**params)
        assert not test.exception, params
    assert "add a word to look for" in shown(asked(q="-secret"))
    assert mounted


def test_tags_under_a_code_are_recoded_and_taken_back(filled: Path, mounted: Mounted) -> None:
    from annotator.ui import recoding

    with store.open(filled) as opened:
        document, ana = opened.document("small-things"), opened.reviewer("Ana").id
        for proposal in opened.suggestions(document.id):
            review.accept(opened, document, ana, proposal.id, codebook=codebook.load())
    test = asked(view="tags", concern="privacy", **{"as": "Ana"})
    assert not test.exception
    data = mounted[-1]
    assert len(data["ids"]) == len(data["own"]) == 2
    assert {item["who"] for item in data["items"]} == {"Ana"}
    changes = {"polarity": "safeguard"}
    with store.open(filled) as opened:
        someone = opened.reviewer("Ana")
    event = {"type": "apply", "nonce": "n", "ids": data["ids"], "changes": changes}
    recoding.do("apply", event, someone, "n")
    test = asked(view="tags", concern="privacy", polarity="safeguard", **{"as": "Ana"})
    assert len(mounted[-1]["ids"]) == 2
    seq = mounted[-1]["done"]["seq"]
    recoding.do("undo", {"seq": seq}, someone, "m")
    asked(view="tags", concern="privacy", polarity="safeguard", **{"as": "Ana"})
    assert mounted[-1]["ids"] == []
