"""Powers against safeguards without a browser: the page, and what the views are given."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator import codebook, intake, review, store
from annotator.codebook import AddSafeguard, Retire, Safeguard
from annotator.model import Document, Evidence, PowerReading, SafeguardReading
from annotator.safeguards import matrix, table_csv, table_html
from annotator.safeguards.matrix import Table
from annotator.store import Store
from annotator.ui import desk
from annotator.ui.grid import matrix_data
from tests.ui.conftest import Page, shown

SEARCH = "search a system"
JUDGE = "A judge shall review every order"


def readings(document: Document) -> list[PowerReading]:
    start, judge = document.text.index(SEARCH), document.text.index(JUDGE)
    evidence = Evidence("art_2", judge, judge + len(JUDGE), JUDGE)
    return [
        PowerReading(
            document.id,
            "art_1__para_1",
            "search_and_seizure",
            "power",
            start,
            start + len(SEARCH),
            SEARCH,
            (
                SafeguardReading("oversight", "by_reference", (evidence,), "A judge looks after."),
                SafeguardReading("notification", "absent", (), "Nowhere."),
                SafeguardReading("dual_criminality", "absent", (), "Nowhere.", applies=False),
            ),
        )
    ]


@pytest.fixture
def read(filled: Path, treaty: Document) -> Path:
    """The treaty with a power in it, and Ana's word on one of its safeguards."""
    with store.open(filled) as opened:
        opened.set_powers(treaty.id, "readers-1", readings(treaty))
        review.assess(
            opened,
            treaty,
            opened.reviewer("Ana").id,
            "art_1__para_1",
            {"notification": "weak"},
            codebook=codebook.load(),
            note="Only “where possible”",
        )
    return filled


def data(path: Path, document: Document, eid: str, holds: str | None = None) -> dict[str, Any]:
    with store.open(path) as opened:
        found = desk.review_data(
            opened,
            document,
            review.sheet_of(document, eid),
            opened.reviewer("Ana"),
            codebook.load(),
            acks={},
            focus=None,
            database="db",
            holds=holds,
        )
    return found | (found["words"] or {})


def test_the_review_view_gets_powers_with_the_sheet_and_words_with_every_answer(
    read: Path, treaty: Document
) -> None:
    found = data(read, treaty, "art_1__para_1")
    given = found["powers"]["art_1__para_1"]
    assert given["asked"] == []
    assert given["powers"] == [
        {
            "id": "search_and_seizure",
            "name": "Search and seizure",
            "group": "power",
            "quote": SEARCH,
        },
    ]
    oversight, notification, dual = given["safeguards"]
    assert (oversight["state"], notification["state"]) == ("by_reference", "absent")
    assert not dual["applies"]
    assert oversight["evidence"] == [
        {
            "eid": "art_2",
            "citation": "art. 2",
            "quote": JUDGE,
            "land": "art_2",
            "start": 0,
            "end": len(JUDGE),
        }
    ]
    assert found["safeguards"]["oversight"]["name"] == "Independent oversight"
    assert found["assessed"] == [
        {
            "eid": "art_1__para_1",
            "safeguard": "notification",
            "state": "weak",
            "note": "Only “where possible”",
        }
    ]
    again = data(read, treaty, "art_1__para_1", holds=found["key"])
    assert again["words"] is None
    assert again["assessed"] == found["assessed"]


def test_other_readings_have_the_sheet_sent_again(read: Path, treaty: Document) -> None:
    before = data(read, treaty, "art_1__para_1")["key"]
    with store.open(read) as opened:
        opened.set_powers(treaty.id, "readers-2", readings(treaty)[:0])
    after = data(read, treaty, "art_1__para_1", holds=before)
    assert after["words"] is not None
    assert after["powers"] == {}


def test_a_text_nobody_has_read_for_powers_shows_nothing(filled: Path, treaty: Document) -> None:
    found = data(filled, treaty, "art_1__para_1")
    assert (found["powers"], found["safeguards"], found["assessed"]) == ({}, {}, [])


def test_evidence_is_counted_in_utf16_and_whole_where_it_stands_in_a_heading() -> None:
    text = "Article 1. 😀 Judges\n\nThe 😀 judge reads 𝒜.\n"
    document = intake.parse(text, kind="treaty", language="en", slug="astral", title="Astral")
    from annotator.ui.safeguarding import Places

    places = Places(document)
    clause = next(document.reviewable())
    at = document.text.index("judge reads")
    found = places.evidence(Evidence(clause.eid, at, at + 5, "judge"))
    assert (found["start"], found["end"]) == (7, 12)
    heading = document.text.index("Judges")
    found = places.evidence(Evidence(clause.eid, heading, heading + 6, "Judges"))
    assert (found["start"], found["land"]) == (None, clause.eid)


def test_the_matrix_has_both_the_view_and_the_reviewers_own_word(
    read: Path, treaty: Document
) -> None:
    with store.open(read) as opened:
        ana = opened.reviewer("Ana")
        bo = opened.add_reviewer("Bo")
        review.assess(
            opened,
            treaty,
            bo.id,
            "art_1__para_1",
            {"notification": "absent"},
            codebook=codebook.load(),
        )
        assessments = opened.assessments(document=treaty.id)
        people = opened.reviewers()
    book = codebook.load()
    found = matrix_data(
        treaty,
        matrix.tables(treaty, readings(treaty), assessments, book),
        book,
        people=people,
        reviewer=ana,
        own=[one for one in assessments if one.reviewer == ana.id],
        whose="everyone",
        database="db",
        acks={},
    )
    ((row,),) = [table["rows"] for table in found["tables"]]
    assert row["article"]["title"] == "Art. 1, Search"
    assert row["kinds"] == ["Search and seizure"]
    notification, oversight = row["cells"]
    assert (notification["standing"], notification["states"]) == ("disputed", ["absent", "weak"])
    assert notification["own"]["state"] == "weak"
    assert [one["name"] for one in notification["said"]] == ["Ana", "Bo"]
    assert (oversight["standing"], oversight["own"]) == ("proposed", None)


@pytest.mark.usefixtures("path")
def test_without_texts_the_page_says_how_to_bring_one_in(page: Page) -> None:
    test = page("safeguards")
    assert not test.exception
    assert "annotator intake FILE" in shown(test)


@pytest.mark.usefixtures("filled")
def test_a_text_that_was_not_read_for_powers_says_so(page: Page) -> None:
    test = page("safeguards")
    assert not test.exception
    assert "has not been read for powers yet" in shown(test)


def test_a_text_without_powers_says_so(filled: Path, treaty: Document, page: Page) -> None:
    with store.open(filled) as opened:
        opened.set_powers(treaty.id, "readers-1", [])
    test = page("safeguards")
    assert "No rule reads a power" in shown(test)


@pytest.mark.usefixtures("read")
def test_the_page_shows_whose_view_and_what_is_absent_can_be_asked_for_alone(page: Page) -> None:
    test = page("safeguards")
    assert not test.exception
    assert test.title[0].value == "Powers against safeguards"
    (whose,) = test.radio
    assert whose.value == "own"
    assert [box.label for box in test.checkbox] == [
        "Powers (1)",
        "Only clauses with a decision",
        "Only what is absent",
    ]
    # Ana has corrected the one that was proposed as absent.
    test.checkbox(key="safeguards-only-absent").check().run()
    assert "No clause is left" in shown(test)
    whose.set_value("proposed").run()
    assert not test.exception
    assert "No clause is left" not in shown(test)
    test.checkbox(key="safeguards-only-decided").check().run()
    assert "No clause is left" in shown(test)
    test.checkbox(key="safeguards-only-decided").uncheck().run()
    assert "No clause is left" not in shown(test)


@pytest.mark.usefixtures("read")
def test_who_has_only_assessed_safeguards_can_take_that_away(page: Page) -> None:
    test = page("export")
    assert not test.exception
    assert "<strong>1</strong>assessment<" in shown(test)
    assert len(test.get("download_button")) == 1


def test_before_anyone_says_who_they_are_the_view_is_everyones(read: Path, page: Page) -> None:
    with store.open(read) as opened:
        opened.add_reviewer("Bo")
    test = page("safeguards")
    assert not test.exception
    assert test.radio[0].options == ["Everyone, else proposed", "Only what is proposed"]
    assert test.radio[0].value == "everyone"
    test.selectbox(key="reviewer-choice").set_value("Ana").run()
    test.radio(key="safeguards-whose").set_value("own").run()
    assert not test.exception
    assert test.radio[0].value == "own"


def twice(document: Document) -> list[PowerReading]:
    """The clause as a search and as an order to produce, which has no judge."""
    (search,) = readings(document)
    lacking = (SafeguardReading("oversight", "absent", (), "Nowhere."),)
    return [search, replace(search, power="production", safeguards=lacking)]


def test_each_power_of_a_clause_is_told_with_its_own_states(read: Path, treaty: Document) -> None:
    with store.open(read) as opened:
        opened.set_powers(treaty.id, "readers-2", twice(treaty))
        given = grid(opened, treaty)
    cell = cells(given)["oversight"]
    assert cell["proposal"]["state"] == "absent"
    assert cell["each"] == {"search_and_seizure": "by_reference", "production": "absent"}
    assert cells(given)["notification"]["each"] == {}, "it is asked of one power only"
    powers = data(read, treaty, "art_1__para_1")["powers"]["art_1__para_1"]["powers"]
    assert [len(power["safeguards"]) for power in powers] == [1, 3]


def test_a_rejected_power_leaves_the_table_and_comes_back(
    page: Page, read: Path, treaty: Document
) -> None:
    with store.open(read) as opened:
        opened.set_powers(treaty.id, "readers-2", twice(treaty))
        ana = opened.reviewer("Ana").id
        event = {"nonce": "n1", "type": "reject_power", "eid": "art_1__para_1"}
        sent = [event | {"power": "production"}, event | {"power": "freezing", "nonce": "n2"}]
        answers = review.apply(opened, treaty, ana, sent, codebook=codebook.load())
        assert answers["n1"] == ""
        assert "no rule reads 'freezing' in art. 1(1)" in answers["n2"]
        assert cells(grid(opened, treaty, ana))["oversight"]["proposal"]["state"] == "by_reference"
        assert opened.verify() == []
    assert data(read, treaty, "art_1__para_1")["rejected"] == [
        {"eid": "art_1__para_1", "power": "production"}
    ]
    test = page("safeguards")
    assert not test.exception
    assert test.expander[0].label == "1 rejected power"
    assert test.expander[0].text[0].value == "art. 1(1) · Production and disclosure · by Ana"
    test.button(key="rejected-art_1__para_1-production").click().run()
    assert not test.exception
    assert not test.expander
    with store.open(read) as opened:
        assert opened.power_rejections() == []
        opened.undo(ana)
        assert [one.power for one in opened.power_rejections()] == ["production"]


def test_a_safeguard_without_wordings_is_asked_with_no_proposal(
    read: Path, treaty: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_bytes(codebook.DEFAULT.read_bytes())
    monkeypatch.setenv("ANNOTATOR_CODEBOOK", str(path))
    base = codebook.load()
    new = Safeguard(
        "children",
        "Children",
        "privacy",
        "Rules of their own.",
        base.safeguards[0].standards,
        dict.fromkeys(codebook.STATES, "Said."),
        ("power",),
    )
    for operation in (AddSafeguard(new), Retire("safeguard/notification")):
        base = codebook.load()
        version = codebook.next_version(base.version)
        codebook.save(path, base, codebook.candidate(base, operation, version=version, says="S."))
    with store.open(read) as opened:
        given = grid(opened, treaty)
        assert cells(given)["children"]["standing"] == "unproposed"
        assert "notification" not in cells(given), "retired, and nobody in view spoke of it"
        printed = matrix_of(opened, treaty)
        assert (
            "no proposal"
            in table_html.render(treaty, printed, codebook.load(), names={}, whose="").decode()
        )
        row = next(csv.DictReader(table_csv.matrix(printed).decode("utf-8-sig").splitlines()))
        assert row["Children"] == ""
    read_now = data(read, treaty, "art_1__para_1")
    assert read_now["powers"]["art_1__para_1"]["asked"] == ["children"]
    assert read_now["assessed"][0]["older"]["entries"][0]["kind"] == "retired"


def matrix_of(opened: Store, document: Document, reviewer: str = "") -> tuple[Table, ...]:
    rejections = opened.power_rejections(reviewer=reviewer) if reviewer else []
    return matrix.tables(
        document, opened.powers(document.id), [], codebook.load(), rejections=rejections
    )


def grid(opened: Store, document: Document, reviewer: str = "") -> dict[str, Any]:
    return matrix_data(
        document,
        matrix_of(opened, document, reviewer),
        codebook.load(),
        people=(),
        reviewer=None,
        own=(),
        whose="own",
        database="db",
        acks={},
    )


def cells(given: dict[str, Any]) -> dict[str, Any]:
    (row,) = given["tables"][0]["rows"]
    return {cell["safeguard"]: cell for cell in row["cells"] if cell}
