"""One write is one transaction and one line of history, or nothing at all."""

from __future__ import annotations

import dataclasses
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.errors import AnnotatorError, NotFoundError, SpanError, StoreError
from annotator.model import (
    Annotation,
    Assessment,
    Decision,
    Document,
    Review,
    Reviewer,
    ReviewState,
    new_id,
    sha256,
)
from annotator.store import connection


@pytest.fixture
def ana(db: store.Store) -> str:
    return db.reviewer("Ana").id


@pytest.fixture
def bo(db: store.Store) -> str:
    return db.reviewer("Bo").id


def test_a_write_is_one_line_with_every_row_before_and_after(
    db: store.Store, ana: str, document: Document, tag
) -> None:
    suggestion = db.suggestions("treaty")[0]
    with db.write("accept", reviewer="Ana", document="treaty", nonce="n1") as write:
        annotation = write.insert(tag(ana))
        decision = write.put(Decision(suggestion.id, ana, "accepted", document.id, annotation.id))
    line = db.history()[-1]
    assert line == write.line
    assert (line.action, line.reviewer, line.document, line.nonce) == (
        "accept",
        ana,
        document.id,
        "n1",
    )
    assert [(c["table"], c["key"], c["before"]) for c in line.changes] == [
        ("annotations", [annotation.id], None),
        ("decisions", [suggestion.id, ana], None),
    ]
    assert line.changes[0]["after"] == dataclasses.asdict(annotation)
    assert db.annotations() == [annotation]
    assert db.decisions() == [decision]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", annotation.created)
    assert annotation.created == annotation.updated == decision.updated == line.at


def test_an_update_keeps_when_a_row_was_made(db: store.Store, ana: str, tag) -> None:
    with db.write("tag", reviewer=ana) as write:
        first = write.insert(dataclasses.replace(tag(ana), created="1999", updated="1999"))
    assert first.created != "1999"
    with db.write("note", reviewer=ana) as write:
        changed = write.update(dataclasses.replace(first, note="Vague.", created=""))
    assert db.annotations() == [changed]
    assert (changed.note, changed.created) == ("Vague.", first.created)
    (change,) = db.history()[-1].changes
    assert (change["before"]["note"], change["after"]["note"]) == ("", "Vague.")


def test_a_loaded_dataset_keeps_its_times(db: store.Store, ana: str, tag) -> None:
    given = dataclasses.replace(
        tag(ana), created="2026-01-01T00:00:00.000Z", updated="2026-01-02T00:00:00.000Z"
    )
    for _ in range(2):
        with db.write("load", keep_times=True) as write:
            assert write.put(given) == given
    assert db.annotations() == [given]
    assert write.line is None


def test_what_changes_nothing_leaves_no_line(db: store.Store, ana: str, bo: str, tag) -> None:
    with db.write("tag", reviewer=ana) as write:
        annotation = write.insert(tag(ana))
    lines = db.history()
    with db.write("look", reviewer=ana, nonce="n2") as write:
        pass
    with db.write("same", reviewer=ana) as write:
        assert write.update(dataclasses.replace(annotation, updated="")) == annotation
    with db.write("there and back", reviewer=ana) as write:
        passing = write.insert(tag(bo))
        write.delete(passing)
    assert write.line is None
    assert db.history() == lines
    assert db.known_nonces(["n2"]) == set()


def test_a_row_changed_twice_is_one_change(db: store.Store, ana: str, tag) -> None:
    with db.write("tag", reviewer=ana) as write:
        first = write.insert(tag(ana))
        last = write.update(dataclasses.replace(first, severity="high"))
    (change,) = db.history()[-1].changes
    assert (change["before"], change["after"]) == (None, dataclasses.asdict(last))


def test_a_nonce_is_written_once(db: store.Store, ana: str, tag) -> None:
    with db.write("tag", reviewer=ana, nonce="n1") as write:
        write.insert(tag(ana))
    lines = db.history()
    with pytest.raises(store.AlreadyWritten) as refused, db.write("tag", nonce="n1") as write:
        write.insert(tag(ana))
    assert refused.value.nonce == "n1"
    with pytest.raises(store.AlreadyWritten):
        db.undo(ana, nonce="n1")
    assert db.history() == lines
    assert db.known_nonces(["n1", "n2", "n1"]) == {"n1"}
    assert db.known_nonces([]) == set()


class Interrupted(BaseException):
    """As Streamlit stops a run: not an `Exception`."""


def test_many_values_are_stored_as_one_by_one(db: store.Store, ana: str, bo: str, tag) -> None:
    given = [dataclasses.replace(tag(who, paragraph=n), note=note)
        for n, who, note in ((1, ana, "“so”"), (2, bo, "plain"), (1, bo, "😀"))]  # fmt: skip
    with db.write("load", keep_times=True) as write:
        write.insert_all(given)
        changed = write.update(dataclasses.replace(given[1], severity="low"))
    assert {one.id: one.note for one in db.annotations()} == {one.id: one.note for one in given}
    # What was changed again is told once, as it is now.
    told = [change["after"] for change in db.history()[-1].changes]
    assert sorted(row["id"] for row in told) == sorted(one.id for one in given)
    assert dataclasses.asdict(changed) in told
    assert db.verify() == []


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (
            lambda one: dataclasses.replace(one, note="half \ud83d"),
            "half of a character",
        ),
        (lambda one: dataclasses.replace(one, note="\0"), "note holds a NUL"),
        (lambda one: dataclasses.replace(one, quote="others"), "the text reads"),
        (lambda one: dataclasses.replace(one, severity="dire"), "cannot hold severity 'dire'"),
    ],
)
def test_of_many_values_none_is_stored_where_one_is_wrong(
    db: store.Store, ana: str, tag, spoil: Callable[[Annotation], Annotation], says: str
) -> None:
    lines = db.history()
    with pytest.raises(AnnotatorError, match=says), db.write("load") as write:
        write.insert_all([spoil(tag(ana))])
    assert (db.annotations(), db.history()) == ([], lines)


def test_a_big_write_is_several_lines_and_still_one_transaction(
    db: store.Store, ana: str, bo: str, tag
) -> None:
    first, second = tag(ana), tag(bo)
    before = db.history()

    def both(*, fail: bool = False) -> None:
        with db.write("load", nonce="n1") as write:
            write.insert_all([first])
            write.end_line()
            write.end_line()
            write.insert_all([second])
            if fail:
                raise Interrupted

    with pytest.raises(Interrupted):
        both(fail=True)
    assert (db.annotations(), db.history()) == ([], before)
    both()
    lines = db.history()[len(before) :]
    assert [(line.action, line.nonce) for line in lines] == [("load", "n1"), ("load", None)]
    assert [[c["key"] for c in line.changes] for line in lines] == [[[first.id]], [[second.id]]]
    assert db.verify() == []


@pytest.mark.parametrize("error", [ValueError, StoreError, KeyboardInterrupt, Interrupted])
def test_whatever_is_raised_inside_undoes_everything(
    db: store.Store, ana: str, document: Document, tag, error: type[BaseException]
) -> None:
    lines = db.history()

    def tag_and_fail() -> None:
        with db.write("tag", reviewer=ana, nonce="n1") as write:
            write.insert(tag(ana))
            write.put(Review(document.id, "art_1__para_1", ana, "concern"))
            raise error("no")

    with pytest.raises(error):
        tag_and_fail()
    assert (db.annotations(), db.reviews(), db.history()) == ([], [], lines)
    assert db.known_nonces(["n1"]) == set()
    with db.write("tag", reviewer=ana, nonce="n1") as write:
        write.insert(tag(ana))
    assert len(db.annotations()) == 1


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"quote": "other words"}, SpanError, "not 'other words'"),
        ({"start": 21, "end": 21, "quote": ""}, SpanError, "is not a span"),
        ({"end": 99_999}, SpanError, "is not a span"),
        ({"eid": "art_9"}, NotFoundError, "no clause 'art_9'"),
        ({"document": "x"}, NotFoundError, "no document 'x'"),
        ({"reviewer": "x"}, NotFoundError, "no reviewer 'x'"),
        ({"polarity": "good"}, StoreError, "polarity 'good': it takes"),
        ({"severity": "dire"}, StoreError, "severity 'dire': it takes"),
        ({"note": "half \udc00"}, StoreError, "half of a character"),
        ({"note": "a\0b"}, StoreError, "NUL"),
    ],
)
def test_an_annotation_that_does_not_fit_is_refused(
    db: store.Store, ana: str, tag, change, error: type[AnnotatorError], says: str
) -> None:
    lines = db.history()

    def tag_twice() -> None:
        with db.write("tag", reviewer=ana) as write:
            write.insert(tag(ana, paragraph=2))
            write.insert(dataclasses.replace(tag(ana), **change))

    with pytest.raises(error, match=says) as refused:
        tag_twice()
    assert "\n" not in str(refused.value)
    assert (db.annotations(), db.history()) == ([], lines)


def test_a_span_in_utf16_units_is_refused(db: store.Store, ana: str, document: Document) -> None:
    clause = document.clause("art_1__para_1")
    word = document.text.index("secrets")
    good = dataclasses.replace(over(document, ana, word, word + len("secrets 𝒜")), eid=clause.eid)
    with db.write("tag", reviewer=ana) as write:
        write.insert(good)
    shifted = dataclasses.replace(good, id=new_id(), start=word + 1, end=good.end + 2)
    with pytest.raises(SpanError), db.write("tag", reviewer=ana) as write:
        write.insert(shifted)
    assert [a.quote for a in db.annotations()] == ["secrets 𝒜"]


def over(document: Document, reviewer: str, start: int, end: int) -> Annotation:
    return Annotation(
        id=new_id(),
        document=document.id,
        eid="art_1__para_2",
        start=start,
        end=end,
        quote=document.text[start:end],
        concern="privacy",
        polarity="risk",
        reviewer=reviewer,
    )


@pytest.mark.parametrize("words", ["😀 secrets", "تطلب البيانات", "e\u0301 owner 👩‍⚖️", "\u0301"])
def test_any_script_keeps_its_offsets(
    db: store.Store, path: Path, ana: str, document: Document, words: str
) -> None:
    start = document.text.index(words)
    with db.write("tag", reviewer=ana) as write:
        write.insert(over(document, ana, start, start + len(words)))
    with store.open(path, readonly=True) as again:
        (found,) = again.annotations(document="treaty", eids=["art_1__para_2"])
        assert again.document("treaty").text[found.start : found.end] == words == found.quote
        assert again.verify() == []


def test_what_is_not_there_cannot_be_changed_nor_what_is_be_added(
    db: store.Store, ana: str, document: Document, tag
) -> None:
    annotation = tag(ana)
    review = Review(document.id, "art_1__para_1", ana, "concern")
    for value in (annotation, review, Reviewer(new_id(), "Cy")):
        with pytest.raises(NotFoundError, match="is not stored"), db.write("x") as write:
            write.update(value)
        with pytest.raises(NotFoundError, match="is not stored"), db.write("x") as write:
            write.delete(value)
    with db.write("tag", reviewer=ana) as write:
        write.insert(annotation)
        write.put(review)
        write.put(dataclasses.replace(review, state="no_concern"))
    with pytest.raises(StoreError, match="stored already"), db.write("x") as write:
        write.insert(annotation)
    assert [r.state for r in db.reviews()] == ["no_concern"]


def test_nothing_is_left_pointing_at_what_is_gone(
    db: store.Store, ana: str, document: Document, tag
) -> None:
    suggestion = db.suggestions("treaty")[0]
    with pytest.raises(NotFoundError, match="'none'"), db.write("x") as write:
        write.put(Decision("none", ana, "rejected", document.id))
    with pytest.raises(StoreError, match="is not of document"), db.write("x") as write:
        write.put(Decision(suggestion.id, ana, "rejected", db.document("other").id))
    with pytest.raises(StoreError, match="'none', which is not stored"), db.write("x") as write:
        write.put(Decision(suggestion.id, ana, "accepted", document.id, "none"))
    with db.write("accept", reviewer=ana) as write:
        # The decision before the annotation it names: the order within a write is free.
        annotation = tag(ana)
        write.put(Decision(suggestion.id, ana, "accepted", document.id, annotation.id))
        write.insert(annotation)
    with pytest.raises(StoreError, match="still named in decisions"), db.write("x") as write:
        write.delete(annotation)
    assert len(db.annotations()) == len(db.decisions()) == 1
    assert db.verify() == []


def test_filters_narrow_and_orders_never_vary(
    db: store.Store, ana: str, bo: str, document: Document, other: Document, tag
) -> None:
    with db.write("all") as write:
        for who in (bo, ana):
            for paragraph in (4, 2):
                annotation = write.insert(tag(who, paragraph=paragraph))
                write.put(Review(document.id, annotation.eid, who, "concern"))
                write.put(Assessment(document.id, annotation.eid, who, "oversight", "absent"))
                for suggestion in db.suggestions("treaty", eids=[annotation.eid]):
                    write.put(Decision(suggestion.id, who, "rejected", document.id))
            write.insert(tag(who, text=other))
            write.put(Review(other.id, "art_1__para_1", who, "reopened"))
    for ask in (db.annotations, db.reviews, db.assessments, db.decisions):
        mine = ask(document="treaty", reviewer="Ana", eids=["art_1__para_2"])
        assert [(v.reviewer, v.document) for v in mine] == [(ana, document.id)]
        assert len(ask(document=document.id)) == 4
        assert ask(eids=[]) == []
    assert len(db.annotations(reviewer=bo)) == 3
    places = [(a.document, a.start, a.end) for a in db.annotations()]
    assert places == sorted(places)
    assert [r.eid for r in db.reviews(document="treaty", reviewer=ana)] == [
        "art_1__para_2",
        "art_1__para_4",
    ]
    assert db.review_counts(ana) == {document.id: 2}


@pytest.mark.parametrize(
    ("state", "read"), [("concern", 1), ("no_concern", 1), ("open", 0), ("reopened", 0)]
)
def test_only_a_judged_clause_counts_as_read(
    db: store.Store, document: Document, ana: str, path: Path, state: ReviewState, read: int
) -> None:
    with db.write("judge") as write:
        review = write.put(Review(document.id, "art_1__para_2", ana, state, note="see art. 5"))
    assert review.done == bool(read)
    assert db.review_counts(ana).get(document.id, 0) == read
    with closing(sqlite3.connect(path)) as reader:
        (counted,) = reader.execute(
            "select reviewed from reading_progress where document = ? and reviewer = 'Ana'",
            (document.slug,),
        ).fetchone()
    assert counted == read


def test_reviewers_have_a_name_of_their_own(db: store.Store) -> None:
    for blank in ("", "  \n", "--", "\u200b"):
        with pytest.raises(StoreError, match="no name for a reviewer"):
            db.add_reviewer(blank)
    cy = db.add_reviewer("  Cy \n  Émile ")
    assert (cy.name, bool(cy.created)) == ("Cy Émile", True)
    for taken in ("Ana", "ANA", " ana ", "cy e\u0301mile"):
        with pytest.raises(StoreError, match="already"):
            db.add_reviewer(taken)
        if "cy" not in taken:
            with pytest.raises(StoreError, match="already"):
                db.rename_reviewer(cy.id, taken)
    assert db.rename_reviewer(cy.id, "CY ÉMILE").created == cy.created
    assert [reviewer.name for reviewer in db.reviewers()] == ["Ana", "Bo", "CY ÉMILE"]
    assert db.reviewer("cy émile").id == cy.id
    assert db.verify() == []


def test_a_write_that_has_ended_writes_no_more(db: store.Store, ana: str, tag) -> None:
    with db.write("tag", reviewer=ana) as write:
        pass
    with pytest.raises(RuntimeError, match="has ended"):
        write.insert(tag(ana))
    with pytest.raises(RuntimeError, match="open"), db.write("a"), db.write("b"):
        pass
    assert db.annotations() == []


def test_a_snapshot_does_not_see_what_is_written_meanwhile(
    db: store.Store, path: Path, ana: str, tag
) -> None:
    with db.snapshot():
        assert db.annotations() == []
        with store.open(path) as second, second.write("tag", reviewer=ana) as write:
            write.insert(tag(ana))
        assert db.annotations() == []
    assert len(db.annotations()) == 1


def test_who_writes_elsewhere_is_waited_for_and_then_named(
    db: store.Store, path: Path, ana: str, tag, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, store.open(path) as own:
        other.execute("begin immediate")
        with pytest.raises(StoreError, match="another program is writing"):
            own.add_reviewer("Cy")
        assert [reviewer.name for reviewer in own.reviewers()] == ["Ana", "Bo"]
        other.execute("rollback")
        with own.write("tag", reviewer=ana) as write:
            write.insert(tag(ana))
    assert len(db.annotations()) == 1


def test_a_full_disk_leaves_nothing_half_stored(path: Path, document: Document) -> None:
    text = document.text * 2000
    large = dataclasses.replace(
        document, id="large", slug="large", text=text, text_sha256=sha256(text)
    )
    with store.open(path) as db:
        lines = db.history()
        db._connection.execute("pragma max_page_count = 100")
        with pytest.raises(StoreError, match="the disk is full"):
            db.add_document(large)
        assert (len(db.documents()), db.history()) == (2, lines)
        assert db.verify() == []


def test_twenty_threads_store_every_row(path: Path, ana: str, tag) -> None:
    problems: list[BaseException] = []
    start = threading.Barrier(20)

    def work(number: int) -> None:
        try:
            start.wait()
            for turn in range(5):
                with (
                    store.open(path) as own,
                    own.write("tag", reviewer=ana, nonce=f"{number}-{turn}") as write,
                ):
                    write.insert(tag(ana))
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with store.open(path) as db:
        assert len(db.annotations()) == 100
        assert len(db.known_nonces(f"{n}-{t}" for n in range(20) for t in range(5))) == 100
        assert db.verify() == []


def test_a_process_that_dies_amid_a_write_leaves_nothing(path: Path, db: store.Store) -> None:
    code = (
        "import os, sys; from annotator import store; from annotator.model import Reviewer\n"
        "with store.open(sys.argv[1]) as db, db.write('add') as write:\n"
        "    write.insert(Reviewer('id', 'Cy'))\n"
        "    os._exit(7)"
    )
    before = db.history()
    run = subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=60)
    assert run.returncode == 7
    assert [reviewer.name for reviewer in db.reviewers()] == ["Ana", "Bo"]
    assert db.history() == before
    assert db.add_reviewer("Cy").name == "Cy"
    assert db.verify() == []
