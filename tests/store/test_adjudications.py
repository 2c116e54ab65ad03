"""What was settled is kept, told by the history, taken back and brought forth again."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import store
from annotator.compare.deciding import replaced
from annotator.compare.settling import SettledClause, decide, settle
from annotator.errors import NotFoundError, SpanError, StoreError
from annotator.model import OUTCOMES, REASONS, Adjudication, Document, Review, new_id
from annotator.store import schema

EID = "art_1__para_1"


def clauses(db: store.Store, document: Document) -> list[SettledClause]:
    return settle(
        document,
        db.annotations(document=document.id),
        db.reviews(document=document.id),
        [one.id for one in db.reviewers()],
        db.adjudications(document=document.id),
    )


def first(db: store.Store, document: Document) -> SettledClause:
    return next(one for one in clauses(db, document) if one.eid == EID)


@pytest.fixture
def read(db: store.Store, document: Document, tag) -> store.Store:
    """Ana and Bo have read the first two paragraphs, and Ana has tagged the first."""
    for name in ("Ana", "Bo"):
        who = db.reviewer(name).id
        with db.write("review", reviewer=who, document=document.id) as write:
            for eid in (EID, "art_1__para_2"):
                write.put(Review(document.id, eid, who, "concern"))
            if name == "Ana":
                write.insert(tag(who))
    return db


@pytest.fixture
def row(read: store.Store, document: Document) -> Adjudication:
    clause = first(read, document)
    return decide(
        clause,
        "accept",
        passage=clause.passages[0].id,
        finding=clause.passages[0].opinions[0].finding,
        reason="slip",
        adjudicator=read.reviewer("Bo").id,
        note="Overlooked.",
    )


def test_a_decision_is_a_line_of_history_and_leaves_the_tags_alone(
    read: store.Store, row: Adjudication, document: Document
) -> None:
    tags, reviews = read.annotations(), read.reviews()
    line = read.settle("treaty", [row], reviewer="Bo", nonce="n1")
    assert line is not None
    assert (line.action, line.reviewer, line.document) == ("settle", row.reviewer, document.id)
    (kept,) = read.adjudications(document="treaty", reviewer="Bo", eids=[EID])
    assert dataclasses.replace(kept, created="", updated="") == row
    assert (read.annotations(), read.reviews()) == (tags, reviews)
    assert first(read, document).provenance == "adjudicated"
    assert read.settle("treaty", [row], reviewer="Bo") is None
    with pytest.raises(store.AlreadyWritten):
        read.settle("treaty", [row], reviewer="Bo", nonce="n1")
    assert read.verify() == []


def test_it_is_undone_and_redone(read: store.Store, row: Adjudication, document: Document) -> None:
    read.settle("treaty", [row], reviewer="Bo")
    kept = read.adjudications()
    assert read.undo("Bo", document="treaty")
    assert read.adjudications() == []
    assert first(read, document).provenance == "open"
    assert read.redo("Bo", document="treaty")
    assert read.adjudications() == kept
    assert read.unsettle("treaty", EID, reviewer="Ana")
    assert read.adjudications() == []
    assert read.unsettle("treaty", EID, reviewer="Ana") is None
    assert read.undo("Ana", document="treaty")
    assert read.adjudications() == kept
    assert read.verify() == []


def test_a_reviewer_may_take_their_tag_away_and_the_clause_is_open_again(
    read: store.Store, row: Adjudication, document: Document
) -> None:
    read.settle("treaty", [row], reviewer="Bo")
    (tagged,) = read.annotations()
    with read.write("delete", reviewer="Ana", document="treaty") as write:
        write.delete(tagged)
    found = first(read, document)
    assert (found.reopened, found.changed) == (True, (tagged.reviewer,))
    assert read.undo("Ana", document="treaty")
    assert first(read, document).settled
    assert read.verify() == []


def test_what_was_settled_over_other_views_goes_with_the_next_decision(
    read: store.Store, row: Adjudication, document: Document, tag
) -> None:
    read.settle("treaty", [row], reviewer="Bo")
    bo = read.reviewer("Bo").id
    with read.write("tag", reviewer=bo, document="treaty") as write:
        write.insert(dataclasses.replace(tag(bo), polarity="safeguard"))
    clause = first(read, document)
    assert clause.outdated
    assert clause.outdated[0].id == row.id
    other = decide(
        clause,
        "disagree",
        passage=clause.passages[0].id,
        reason="legal_disagreement",
        adjudicator=bo,
    )
    read.settle("treaty", [other], reviewer="Bo", instead=replaced(clause, [other]))
    assert [one.outcome for one in read.adjudications()] == ["disagree"]
    assert first(read, document).settled
    assert read.undo("Bo", document="treaty")
    assert [one.outcome for one in read.adjudications()] == ["accept"]
    assert read.verify() == []


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"eid": "art_9"}, NotFoundError, "'art_9'"),
        ({"quote": "else"}, SpanError, "not 'else'"),
        ({"outcome": "maybe"}, StoreError, "'maybe' is no outcome"),
        ({"reason": "because"}, StoreError, "'because' is no reason"),
        ({"over": "Ana"}, StoreError, "'Ana' does not say"),
        ({"about": "[1]"}, StoreError, "no list of pairs"),
        ({"outcome": "none"}, StoreError, "settles no words"),
        ({"start": None}, StoreError, "settles words"),
        ({"polarity": None}, StoreError, "settles words"),
        ({"concern": ""}, StoreError, "settles words"),
        ({"severity": "vast"}, StoreError, "severity"),
    ],
)
def test_a_wrong_decision_stores_nothing(
    read: store.Store, row: Adjudication, wrong: dict[str, Any], error: type[Exception], said: str
) -> None:
    other = dataclasses.replace(row, id=new_id(), **wrong)
    with pytest.raises(error, match=said):
        read.settle("treaty", [dataclasses.replace(row, over=other.over), other], reviewer="Bo")
    assert read.adjudications() == []


def test_two_states_of_one_clause_are_refused(read: store.Store, row: Adjudication) -> None:
    stale = dataclasses.replace(row, id=new_id(), over="{}")
    with pytest.raises(StoreError, match="two different states"):
        read.settle("treaty", [row, stale], reviewer="Bo")
    assert read.adjudications() == []


def test_verify_finds_a_decision_changed_behind_the_program(
    read: store.Store, row: Adjudication
) -> None:
    read.settle("treaty", [row], reviewer="Bo")
    with closing(sqlite3.connect(read.path)) as connection:
        connection.execute("update adjudications set quote = 'else'")
        connection.commit()
    told = " ".join(read.verify())
    assert "adjudications" in told
    assert "not what the history says" in told


def test_the_view_tells_what_was_settled(read: store.Store, row: Adjudication) -> None:
    read.settle("treaty", [row], reviewer="Bo")
    with closing(sqlite3.connect(read.path)) as connection:
        told = connection.execute(
            "select document, citation, outcome, reason, adjudicator, note from settled_words"
        ).fetchall()
    assert told == [("treaty", "art. 1(1)", "accept", "slip", "Bo", "Overlooked.")]


def test_a_file_from_before_has_the_table_made_anew(
    path: Path, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = path.with_name("older.db")
    before = tuple(step for step in schema._MIGRATIONS if step[0] < "011")
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "_MIGRATIONS", before)
        earlier.setattr(schema, "VERSION", len(before))
        with store.open(older) as opened:
            opened.add_document(document)
            opened.add_reviewer("Ana")
    with store.open(older) as opened:
        assert opened.adjudications() == []
        assert opened.verify() == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("Ana", "Bo")),
        st.sampled_from((*OUTCOMES, "tag", "read", "unsettle", "undo", "redo")),
        st.sampled_from((EID, "art_1__para_2")),
        st.sampled_from(REASONS),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_after_any_sequence_the_file_is_sound_and_undo_gives_back_what_was(
    template: Path, tmp_path_factory: pytest.TempPathFactory, document: Document, tag, steps
) -> None:
    made = tmp_path_factory.getbasetemp() / f"{new_id()}.db"
    made.write_bytes(template.read_bytes())
    with store.open(made) as db:
        for who, what, eid, reason in steps:
            before = db.adjudications()
            line = _step(db, document, tag, who, what, eid, reason)
            if line and line.action in ("settle", "unsettle"):
                db.undo(who)
                assert db.adjudications() == before
                db.redo(who)
        assert db.verify() == []
        assert not any(one.reopened and one.settled for one in clauses(db, document))


def _step(db, document, tag, who, what, eid, reason):
    me = db.reviewer(who).id
    clause = next(one for one in clauses(db, document) if one.eid == eid)
    if what == "unsettle":
        return db.unsettle(document.id, eid, reviewer=who)
    if what in ("undo", "redo"):
        try:
            return getattr(db, what)(who)
        except StoreError:
            return None
    if what in ("tag", "read"):
        with db.write(what, reviewer=me, document=document.id) as write:
            if what == "tag":
                write.insert(tag(me, paragraph=int(eid[-1])))
            else:
                write.put(Review(document.id, eid, me, "concern"))
        return write.line
    spoken = [one for one in clause.passages if one.id and one.opinions]
    finding = next((o.finding for one in spoken for o in one.opinions if o.finding), None)
    if finding is None:
        return None
    rows = [
        decide(
            clause,
            what,
            passage="" if what == "new" else one.id,
            finding=None if what in ("disagree", "none") else finding,
            reason=reason,
            adjudicator=me,
        )
        for one in spoken[:1]
    ]
    return db.settle(document.id, rows, reviewer=who)
