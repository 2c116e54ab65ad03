"""The settle page and one's own page without a browser, and what the door answers."""

from __future__ import annotations

import csv
import dataclasses
import io
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from annotator import codebook, settle
from annotator import store as stores
from annotator.compare.settling import reasons
from annotator.model import Document, Review, new_id
from annotator.ui import gaps
from annotator.ui.adjudicating import answered
from annotator.ui.bench import Wanted, bench_data
from annotator.ui.called import called

EID = "art_2__para_1"


def _settle_page() -> None:
    from annotator.ui.pages import settle as page

    page.page()


def _own_page() -> None:
    from annotator.ui.pages import mine

    mine.page()


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: Document) -> Path:
    path = tmp_path / "annotations.db"
    monkeypatch.setenv("ANNOTATOR_DB", str(path))
    with stores.open(path) as store:
        store.add_document(document)
    return path


@pytest.fixture
def differing(database: Path, document: Document, say) -> Path:
    """Ana and Bo have read a clause that Ana alone has marked, and agree on another."""
    with stores.open(database) as store:
        for name in ("Ana", "Bo"):
            who = store.add_reviewer(name).id
            with store.write("seed", reviewer=who, document=document.id) as write:
                if name == "Ana":
                    mark = say.mark(who, "search any", code="compelled")
                    write.insert(dataclasses.replace(mark, id=new_id()))
                for eid in (EID, "art_1"):
                    write.put(Review(document.id, eid, who, "concern"))
    return database


def shown(page, **session) -> AppTest:
    test = AppTest.from_function(page, default_timeout=30)
    for name, value in session.items():
        test.session_state[name] = value
    test.run()
    assert not test.exception
    return test


def asked(store, document, *events, who="Bo", **more) -> dict:
    given = {"view": "settle", "document": document.id, "reviewer": store.reviewer(who).id}
    return answered(store, given | {"events": list(events), "near": [EID], "wanted": {}} | more)


def deciding(store, document, **more) -> dict:
    clause = settle.bench(store, document, store.reviewer("Bo").id).clause(EID)
    return {
        "nonce": new_id(),
        "type": "settle",
        "eid": EID,
        "over": clause.over,
        "passage": clause.passages[0].id,
        "how": "none",
        "reason": "codebook_gap",
        "note": "Say what a search is.",
    } | more


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ((), "Choose your name"),
        (("Ana",), "Nobody has reviewed a clause"),
    ],
)
def test_the_page_says_what_is_missing(database: Path, names: tuple[str, ...], says: str) -> None:
    with stores.open(database) as store:
        for name in names:
            store.add_reviewer(name)
    page = shown(_settle_page)
    assert [says in info.value for info in page.info] == [True]


def test_in_a_blind_project_it_does_not_say_whether_anything_waits(differing: Path) -> None:
    with stores.open(differing) as store:
        store.set_setting("blind", "on")
        store.add_reviewer("Cy")
    page = shown(_settle_page, reviewer="Cy")
    assert ["that you may see" in info.value for info in page.info] == [True]


@pytest.mark.usefixtures("differing")
def test_counts_stand_beside_the_filters() -> None:
    page = shown(_settle_page, reviewer="Bo")
    labels = [box.label for box in page.sidebar.checkbox]
    assert "Open (1)" in labels
    assert "All agree (1)" in labels
    assert not page.info


def test_the_door_answers_with_the_list_the_clauses_and_what_became_of_each_event(
    differing: Path, document: Document
) -> None:
    with stores.open(differing) as store:
        before = asked(store, document)
        assert [row["eid"] for row in before["rows"]] == [EID]
        (clause,) = before["clauses"]
        findings = [view["finding"] for view in clause["passages"][0]["views"]]
        assert [one and one["quote"] for one in findings] == ["search any", None]
        event = deciding(store, document)
        after = asked(store, document, event)
        assert after["acks"] == {event["nonce"]: ""}
        assert after["rows"] == [], "it waits no more"
        assert [(row["eid"], row["state"]) for row in after["others"]] == [(EID, "adjudicated")]
        assert after["clauses"][0]["passages"][0]["decision"]["note"] == "Say what a search is."
        assert after["revision"] > before["revision"]
        undo = {"nonce": new_id(), "type": "undo"}
        back = asked(store, document, undo)
        assert back["undone"]["eid"] == EID
        assert [row["eid"] for row in back["rows"]] == [EID]


def test_the_list_is_narrowed_and_ordered_as_wanted(differing: Path, document: Document) -> None:
    with stores.open(differing) as store:
        for wanted, eids in (
            ({"states": ["unanimous"]}, ["art_1"]),
            ({"concern": "privacy"}, [EID]),
            ({"concern": "whistleblower"}, []),
            ({"talked": True}, []),
            ({"order": "apart", "states": ["open", "unanimous"]}, [EID, "art_1"]),
            ({"states": ["nonsense"]}, []),
        ):
            assert [row["eid"] for row in asked(store, document, wanted=wanted)["rows"]] == eids
        said = {"nonce": "1", "type": "comment", "eid": EID, "text": "Why?"}
        talked = asked(store, document, said, wanted={"talked": True})
        assert [(row["eid"], row["talk"]) for row in talked["rows"]] == [(EID, 1)]
        assert [one["comments"][0]["own"] for one in talked["clauses"][0]["threads"]] == [True]


def test_nobody_is_named_in_a_blind_project(differing: Path, document: Document) -> None:
    with stores.open(differing) as store:
        names = {one.letter: one.name for one in called(store, store.reviewer("Bo")).values()}
        assert names == {"A": "Ana", "B": "Bo"}
        store.set_setting("blind", "on")
        veiled = called(store, store.reviewer("Bo"))
        assert sorted(one.name for one in veiled.values()) == sorted(
            f"Reviewer {one.letter} (you)" if one.own else f"Reviewer {one.letter}"
            for one in veiled.values()
        )
        store.add_reviewer("Reviewer B")
        names = [one.name for one in called(store, store.reviewer("Bo")).values()]
        assert not any("Reviewer B" in one for one in names), "that is somebody's own name"
        asked(store, document, deciding(store, document), who="Ana")
        told = str(asked(store, document)["clauses"])
        assert "Ana" not in told
    told = " ".join(one.proto.body for one in shown(_own_page, reviewer="Bo").get("html"))
    assert "1 other" in told
    assert "Ana" not in told


def test_reasons_add_up_to_a_list_with_links_and_a_file(
    differing: Path, document: Document
) -> None:
    hostile = {(document.id, EID): ('a"b', "<i>art.</i> 1")}
    with stores.open(differing) as store:
        asked(store, document, deciding(store, document, note="=1+1 <b>"))
        found = reasons(store.adjudications())
        assert [one.eid for one in found[0].decisions] == [EID]
        table = gaps.table(found, codebook.load(), hostile)
        assert "&lt;b&gt;" in table
        assert "<b>" not in table
        assert "&lt;i&gt;" in table
        (line,) = csv.DictReader(io.StringIO(gaps.as_csv(found, hostile).decode("utf-8-sig")))
        assert (line["reason"], line["code"], line["times"]) == ("codebook_gap", "compelled", "1")
        assert line["words"] == "'=1+1 <b>"
    page = shown(_settle_page, reviewer="Bo", **{"settle-view": "gaps"})
    assert [one.value for one in page.header] == ["What the codebook should say better"]


def test_ones_own_page_tells_where_one_differs_and_what_was_settled_otherwise(
    differing: Path, document: Document
) -> None:
    page = shown(_own_page, reviewer="Ana")
    assert page.header[0].value == "Where you differ from the others"
    assert "Nothing you have reviewed has been decided" in page.text[0].value
    with stores.open(differing) as store:
        asked(store, document, deciding(store, document))
    page = shown(_own_page, reviewer="Ana")
    assert [one.value for one in page.header] == [
        "Where you differ from the others",
        "You and what is settled",
        "Over time",
    ]
    assert not page.text
    page = shown(_own_page, reviewer="Bo")
    assert "Everything settled is as you have it" in page.text[0].value


def test_ones_own_page_asks_who_one_is(database: Path) -> None:
    assert "Choose your name" in shown(_own_page).info[0].value
    with stores.open(database) as store:
        store.add_reviewer("Ana")
    assert "not reviewed a clause here yet" in shown(_own_page).info[0].value


def test_a_link_leads_to_a_clause_whatever_the_list_has(
    differing: Path, document: Document
) -> None:
    with stores.open(differing) as store:
        asked(store, document, deciding(store, document))
        found = settle.bench(store, document, store.reviewer("Bo").id)
        given = bench_data(store, found, store.reviewer("Bo"), codebook.load(), Wanted(), at=EID)
        assert [row["eid"] for row in given["rows"]] == [EID]
        assert [one["eid"] for one in given["clauses"]] == [EID]
        given = bench_data(
            store, found, store.reviewer("Bo"), codebook.load(), Wanted(), at="art_1"
        )
        assert given["rows"] == [], "there is nothing to be seen of it"
