"""The review page without a browser: its states, and what it hands to the component."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from annotator import codebook, intake, review, store
from annotator.model import Document
from annotator.ui import component, desk, jump, session
from annotator.ui.component.mount import joined_script
from tests.ui.conftest import Page, shown

ASTRAL = "Intro.\n\nThe 😀 judge read 𝒜 letters.\n\nA second paragraph.\n"


@pytest.mark.usefixtures("path")
def test_without_texts_it_says_how_to_bring_one_in(page: Page) -> None:
    test = page("review")
    assert not test.exception
    assert "annotator intake FILE" in shown(test)


def test_several_reviewers_are_asked_who_is_reading(filled: Path, page: Page) -> None:
    with store.open(filled) as opened:
        opened.add_reviewer("Bo")
    test = page("review")
    assert not test.exception
    assert "Say who is reading" in shown(test)


def data(path: Path, document: Document, eid: str, holds: str | None = None) -> dict[str, Any]:
    with store.open(path) as opened:
        return desk.review_data(
            opened,
            document,
            review.sheet_of(document, eid),
            opened.reviewer("Ana"),
            codebook.load(),
            acks={"n": ""},
            focus={"eid": eid, "token": 1},
            database="db",
            holds=holds,
        )


def test_words_the_browser_holds_are_not_sent_again(filled: Path, treaty: Document) -> None:
    first = data(filled, treaty, "art_1__para_1")
    again = data(filled, treaty, "art_1__para_2", holds=first["key"])
    assert again == first | {"words": None, "focus": {"eid": "art_1__para_2", "token": 1}}
    assert data(filled, treaty, "art_2", holds=first["key"])["words"] is not None


def test_a_sheet_carries_its_clauses_and_what_is_proposed(filled: Path, treaty: Document) -> None:
    found = data(filled, treaty, "art_1__para_2")
    found |= found["words"]
    assert found["sheet"]["within"] == ["Chapter I · Powers"]
    assert found["previous"] is None
    assert found["next"] == {"first": "art_2", "last": "art_2"}
    assert found["acks"] == {"n": ""}
    assert [(one["label"], one["text"]) for one in found["clauses"]] == [
        ("1.", "Each Party may search a system and seize what it finds."),
        ("2.", "Each Party may order any person to help."),
    ]
    texts = {one["eid"]: one["text"] for one in found["clauses"]}
    for one in found["suggestions"]:
        assert texts[one["start_eid"]][one["start"] : one["end"]] == one["quote"]
    assert len(found["suggestions"]) == 2


def test_offsets_go_to_the_browser_in_utf16(filled: Path) -> None:
    document = intake.parse(ASTRAL, kind="news", language="en", title="Astral")
    start = document.text.index("judge")
    end = document.text.index(" letters")
    with store.open(filled) as opened:
        opened.add_document(document)
        review.tag(
            opened,
            document,
            opened.reviewer("Ana").id,
            start=start,
            end=end,
            quote=document.text[start:end],
            concern="privacy",
            polarity="risk",
            codebook=codebook.load(),
        )
    found = data(filled, document, "para_2")
    (mark,) = found["marks"]
    clauses = found["words"]["clauses"]
    words = next(one["text"] for one in clauses if one["eid"] == mark["start_eid"])
    units = words.encode("utf-16-le")
    assert units[2 * mark["start"] : 2 * mark["end"]].decode("utf-16-le") == "judge read 𝒜"


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fa", "rtl"), ("zh", "ltr")]
)
def test_the_direction_follows_the_language(language: str, direction: str) -> None:
    document = intake.parse("Words.", kind="news", language=language, title="T")
    assert desk.direction(document) == direction


def test_the_outline_counts_what_is_done(filled: Path, treaty: Document) -> None:
    with store.open(filled) as opened:
        ana = opened.reviewer("Ana")
        review.judge(opened, treaty, ana.id, "art_1__para_1", "no_concern")
        review.judge(opened, treaty, ana.id, "art_1__para_2", "reopened")
        outline = desk.outline_data(opened, treaty, ana, review.sheets(treaty)[0])
    assert [
        (row["label"], row["done"], row["total"], row["reopened"]) for row in outline["sheets"]
    ] == [
        ("Article 1", 1, 2, True),
        ("Article 2", 0, 1, False),
    ]


def test_the_modules_are_joined_into_one_without_imports() -> None:
    script = joined_script()
    assert "\nimport " not in script
    assert script.count("export ") == script.count("export default") == 1
    # In one scope a name that two modules use for themselves would leave every view empty.
    names = re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", script, re.MULTILINE)
    assert sorted(names) == sorted(set(names))
    assert component.__all__ == [
        "compare_view",
        "finding_view",
        "intake_view",
        "matrix_view",
        "outline_view",
        "provide_code",
        "provide_language",
        "recoding_view",
        "review_view",
        "settle_view",
    ]


def test_no_text_reaches_the_page_as_markup() -> None:
    folder = Path(component.__file__).parent
    for module in folder.glob("*.js"):
        source = module.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"):
            assert way not in source, f"{module.name} uses {way}"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("typed", "eid"),
    [
        ("2", "art_2"),
        ("1(2)", "art_1__para_2"),
        ("Article 1.2", "art_1__para_2"),
        ("ch. I", "art_1__para_1"),
    ],
)
def test_a_citation_that_is_typed_goes_to_its_clause(page: Page, typed: str, eid: str) -> None:
    test = page("review")
    test.sidebar.text_input(key="review-jump").input(typed).run()
    assert not test.exception
    assert test.session_state["place"] == eid
    assert test.sidebar.text_input(key="review-jump").value == ""


def test_without_an_address_it_opens_where_one_worked_last(filled: Path, page: Page) -> None:
    with store.open(filled) as opened:
        ana = opened.reviewer("Ana").id
        review.judge(opened, opened.document("signed"), ana, "para_1", "no_concern")
    test = page("review")
    assert not test.exception
    assert (test.session_state["document"], test.session_state["place"]) == ("signed", "para_1")


@pytest.mark.usefixtures("filled")
def test_a_citation_of_nothing_is_told(page: Page) -> None:
    test = page("review")
    test.sidebar.text_input(key="review-jump").input("77(3)").run()
    assert not test.exception
    (told,) = [one.value for one in test.toast]
    assert "77" in told


def test_an_address_may_name_a_clause_as_a_lawyer_would(treaty: Document) -> None:
    assert jump.clause_cited(treaty, "article 1, paragraph 2") == "art_1__para_2"
    assert jump.clause_cited(treaty, "paragraph 2", at="art_1__para_1") == "art_1__para_2"
    assert jump.clause_cited(treaty, "paragraph 2", at="not-here") is None
    assert jump.clause_cited(treaty, "![](http://x)") is None


def test_a_sheet_says_where_it_points_and_who_points_to_it(path: Path) -> None:
    text = intake.parse(
        "Article 1\n\n1. 😀 See article 2.\n\n2. See paragraph 1 and article 9.\n\n"
        "Article 2\n\nThis article, and article 5 of the Charter.\n",
        kind="treaty",
        language="en",
        slug="pointing",
    )
    with store.open(path) as opened:
        opened.add_document(text)
        opened.add_reviewer("Ana")
    words = data(path, text, "art_1__para_1")["words"]
    assert [(one["quote"], one["start"], one["targets"]) for one in words["references"]] == [
        ("article 2", 7, ["art_2"]),
        ("paragraph 1", 4, ["art_1__para_1"]),
    ]
    assert words["cited"] == {"art_1__para_1": ["art_1__para_2"]}
    assert words["others"]["art_2"]["rows"][0]["text"].startswith("This article")
    assert words["others"]["art_2"]["land"] == "art_2"
    second = data(path, text, "art_2")["words"]
    assert [one["quote"] for one in second["references"]] == ["This article"]
    assert second["cited"] == {"art_2": ["art_1__para_1"]}


def test_what_reviewers_reject_is_shown_as_weak(filled: Path, treaty: Document) -> None:
    before = data(filled, treaty, "art_1__para_2")["words"]["suggestions"][0]
    assert (before["weak"], before["kept"], before["of"]) == (False, 0, 0)
    with store.open(filled) as opened:
        for name in ("Bo", "Cy", "Di", "Eli", "Flo", "Gus", "Hal", "Ida"):
            someone = opened.add_reviewer(name)
            review.reject(opened, treaty, someone.id, before["id"])
    after = data(filled, treaty, "art_1__para_2")["words"]["suggestions"][0]
    assert (after["weak"], after["kept"], after["of"]) == (True, 0, 8)
    assert after["score"] == pytest.approx(before["score"] / 3)


@pytest.mark.usefixtures("filled")
def test_of_many_texts_some_are_listed_and_any_is_found_by_its_title(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "AT_ONCE", 0)
    test = page("review")
    assert test.sidebar.selectbox(key="document-choice").value == "small-things"
    test.session_state["document"] = "signed"
    test.run()
    assert not test.exception
    choice = test.sidebar.selectbox(key="document-choice")
    assert (choice.value, len(choice.options)) == (
        "signed",
        2,
    )
