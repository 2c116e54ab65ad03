"""What the review page asks with each key: the same as the long way round, and from an index."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.model import Annotation, Decision, Document


@pytest.fixture
def ana(db: store.Store) -> str:
    return db.reviewer("Ana").id


def test_marks_in_sight_are_those_that_reach_into_the_stretch(
    db: store.Store, ana: str, document: Document, tag
) -> None:
    first, second = document.clause("art_1__para_1"), document.clause("art_1__para_2")
    text = document.text[first.body : second.own_end]
    across = dataclasses.replace(tag(ana), end=second.own_end, quote=text)
    with db.write("tag", reviewer=ana, document="treaty") as write:
        stored = [write.insert(one) for one in (tag(ana), across, tag(ana, paragraph=3))]

    def seen(start: int, end: int) -> list[Annotation]:
        return db.annotations_touching(document.id, ana, start, end)

    assert seen(0, len(document.text)) == db.annotations(document="treaty")
    assert seen(second.body, second.own_end) == [stored[1]]
    assert seen(second.own_end, second.own_end + 2) == []  # it ends where that begins
    assert db.annotations_touching(document.id, db.reviewer("Bo").id, 0, 999) == []


def test_single_values_are_found_or_not_there(
    db: store.Store, ana: str, document: Document, tag
) -> None:
    suggestion = db.suggestions("treaty")[1]
    with db.write("accept", reviewer=ana, document="treaty") as write:
        mark = write.insert(tag(ana, paragraph=2))
        made = write.put(Decision(suggestion.id, ana, "accepted", document.id, mark.id))
    assert db.annotation(mark.id) == mark
    assert db.annotation("none") is None
    assert db.decision(suggestion.id, ana) == made
    assert db.decision(suggestion.id, "nobody") is None
    assert db.decisions_that_made(mark.id) == [made]
    assert db.decisions_in(document.id, ana, ["art_1__para_1"]) == []
    assert db.decisions_in(document.id, ana, ["art_1__para_2"]) == [made]
    assert db.suggestion(document.id, suggestion.id) == suggestion
    # An older run's suggestion is kept for its decision, and proposed to nobody.
    db.set_suggestions("treaty", "rules-2", [])
    assert db.suggestion(document.id, suggestion.id) is None


def test_rules_are_tallied_as_decisions_come_change_and_go(
    db: store.Store, ana: str, document: Document, tag
) -> None:
    bo = db.reviewer("Bo").id
    first = db.suggestions("treaty")[0]

    def told(reviewer: str | None = None) -> tuple[int, int, int]:
        fares = db.rule_tallies([first.rule, "no-rule"], reviewer=reviewer)
        assert set(fares) <= {first.rule}
        one = fares.get(first.rule)
        return (one.accepted, one.changed, one.rejected) if one else (0, 0, 0)

    def decide(reviewer: str, verdict: str) -> None:
        with db.write("decide", reviewer=reviewer, document="treaty") as write:
            write.put(Decision(first.id, reviewer, verdict, document.id))

    assert told() == (0, 0, 0)
    decide(ana, "rejected")
    decide(bo, "rejected")
    assert (told(), told(ana)) == ((0, 0, 2), (0, 0, 1))
    with db.write("accept", reviewer=ana, document="treaty") as write:
        mark = write.insert(tag(ana))
        write.put(Decision(first.id, ana, "accepted", document.id, mark.id))
    assert (told(), told(bo)) == ((1, 0, 1), (0, 0, 1))
    db.undo(ana)
    db.undo(ana)
    assert (told(), told(ana)) == ((0, 0, 1), (0, 0, 0))
    fare = db.rule_fares()[first.rule]
    assert told() == (fare.accepted, fare.changed, fare.rejected)


def test_texts_come_in_reading_order_as_many_as_are_asked_for(
    db: store.Store, document: Document
) -> None:
    assert [one.slug for one in db.first_documents(9)] == ["other", "treaty"]
    assert [one.slug for one in db.first_documents(1)] == ["other"]
    found = db.document_info("treaty")
    assert found is not None
    assert found == db.document_info(document.id)
    assert db.document_info("nothing") is None
    assert db.document_titled("treaty OF") is not None
    assert db.document_titled("no such words") is None


@pytest.mark.parametrize(
    "question",
    [
        "select 1 from annotations t where t.reviewer = 'a' and t.document = 'd' and t.start < 9"
        ' and t."end" > 1 order by t.start',
        "select 1 from history where reviewer = 'a' and document = 'd' order by seq desc",
        "select 1 from documents order by kind desc, slug limit 5",
        "select 1 from decisions t where t.annotation = 'a'",
    ],
)
def test_no_key_searches_through_a_table(path: Path, question: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        plan = " / ".join(row[3] for row in connection.execute(f"explain query plan {question}"))
    assert "INDEX" in plan
    assert "TEMP B-TREE" not in plan
