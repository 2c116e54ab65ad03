"""What a reviewer did is taken back and brought forth again, without limit and without harm."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from annotator import store
from annotator.errors import StoreError
from annotator.model import Annotation, Decision, Document, Review, Reviewer


@pytest.fixture
def ana(db: store.Store) -> str:
    return db.reviewer("Ana").id


@pytest.fixture
def bo(db: store.Store) -> str:
    return db.reviewer("Bo").id


@pytest.fixture
def tagged(db: store.Store, ana: str, tag) -> Annotation:
    with db.write("tag", reviewer=ana, document="treaty") as write:
        return write.insert(tag(ana))


def test_undoing_an_accepted_suggestion_takes_tag_and_decision(
    db: store.Store, ana: str, document: Document, tag
) -> None:
    suggestion = db.suggestions("treaty")[0]
    with db.write("accept", reviewer=ana, document="treaty") as write:
        annotation = write.insert(tag(ana))
        decision = write.put(Decision(suggestion.id, ana, "accepted", document.id, annotation.id))
    line = db.undo(ana, nonce="n9")
    assert (db.annotations(), db.decisions()) == ([], [])
    assert line is not None
    assert (line.action, line.undoes, line.reviewer, line.document, line.nonce) == (
        "undo",
        write.line.seq,
        ana,
        document.id,
        "n9",
    )
    assert len(line.changes) == 2
    again = db.redo(ana)
    assert again is not None
    assert (again.action, again.undoes) == ("redo", line.seq)
    assert (db.annotations(), db.decisions()) == ([annotation], [decision])
    assert db.verify() == []


def test_undo_brings_back_what_was_changed_or_deleted(
    db: store.Store, ana: str, tagged: Annotation
) -> None:
    with db.write("note", reviewer=ana, document="treaty") as write:
        changed = write.update(dataclasses.replace(tagged, note="Vague."))
    with db.write("delete", reviewer=ana, document="treaty") as write:
        write.delete(changed)
    db.undo(ana)
    assert db.annotations() == [changed]
    db.undo(ana)
    assert db.annotations() == [tagged]
    db.undo(ana)
    assert db.annotations() == []
    assert db.undo(ana) is None


def test_undo_and_redo_have_no_limit_and_outlive_the_program(
    path: Path, db: store.Store, ana: str, document: Document
) -> None:
    states = []
    for turn in range(30):
        with db.write("read", reviewer=ana, document="treaty") as write:
            review = Review(document.id, "art_1__para_1", ana, "concern", note=str(turn))
            states.append(write.put(review))
    for expected in reversed(states):
        with store.open(path) as later:
            assert later.reviews() == [expected]
            later.undo(ana, document="treaty")
    assert db.reviews() == []
    for expected in states:
        with store.open(path) as later:
            later.redo(ana, document="treaty")
            assert later.reviews() == [expected]
    assert db.redo(ana) is None
    assert db.verify() == []


def test_undo_is_for_ones_own_work_and_only_for_judgements(
    db: store.Store, ana: str, bo: str, tagged: Annotation
) -> None:
    assert db.undo(bo) is None
    db.rename_reviewer(ana, "Anna")
    db.set_suggestions("treaty", "rules-2", [])
    line = db.undo(ana)
    assert line is not None
    assert line.changes[0]["before"] == dataclasses.asdict(tagged)
    assert db.undo(ana) is None
    assert db.reviewer(ana).name == "Anna"
    assert db.ruleset("treaty") == "rules-2"


def test_a_new_line_ends_redo_in_its_document_only(
    db: store.Store, ana: str, bo: str, tag, other: Document
) -> None:
    for text in (None, other):
        options = {"text": text} if text else {}
        with db.write("tag", reviewer=ana, document=(text or db.document("treaty")).id) as write:
            write.insert(tag(ana, **options))
    db.undo(ana)
    db.undo(ana)
    with db.write("tag", reviewer=bo, document="treaty") as write:
        write.insert(tag(bo))
    with db.write("tag", reviewer=ana, document="treaty") as write:
        write.insert(tag(ana, paragraph=2))
    assert db.redo(ana, document="treaty") is None
    line = db.redo(ana)
    assert line is not None
    assert line.document == other.id
    assert db.redo(ana) is None


def test_a_document_has_its_own_undo(db: store.Store, ana: str, tag, other: Document) -> None:
    with db.write("tag", reviewer=ana, document="treaty") as write:
        first = write.insert(tag(ana))
    with db.write("tag", reviewer=ana, document="other") as write:
        second = write.insert(tag(ana, text=other))
    db.undo(ana, document="treaty")
    assert db.annotations() == [second]
    assert db.undo(ana, document="treaty") is None
    db.redo(ana, document="treaty")
    assert set(db.annotations()) == {first, second}


def test_undo_is_refused_where_someone_else_changed_the_row_since(
    db: store.Store, ana: str, bo: str, tagged: Annotation
) -> None:
    with db.write("grade", reviewer=bo, document="treaty") as write:
        graded = write.update(dataclasses.replace(tagged, severity="high"))
    lines = db.history()
    with pytest.raises(StoreError) as refused:
        db.undo(ana)
    assert str(refused.value) == (
        f"cannot undo 'tag': its annotation was changed since by Bo "
        f"('grade', history line {lines[-1].seq}), so change it by hand"
    )
    assert (db.annotations(), db.history()) == ([graded], lines)
    db.undo(bo)
    db.undo(ana)
    assert db.annotations() == []
    assert db.verify() == []


def test_undo_is_refused_where_someone_else_built_on_the_row(
    db: store.Store, ana: str, bo: str, document: Document, tagged: Annotation
) -> None:
    suggestion = db.suggestions("treaty")[0]
    with db.write("accept", reviewer=bo, document="treaty") as write:
        write.put(Decision(suggestion.id, bo, "accepted", document.id, tagged.id))
    with pytest.raises(StoreError, match=r"cannot undo 'tag': .* still named in decisions"):
        db.undo(ana)
    assert db.annotations() == [tagged]


def test_redo_is_refused_where_what_it_needs_is_gone(
    db: store.Store, ana: str, document: Document
) -> None:
    suggestion = db.suggestions("treaty")[0]
    with db.write("reject", reviewer=ana, document="treaty") as write:
        write.put(Decision(suggestion.id, ana, "rejected", document.id))
    db.undo(ana)
    db.set_suggestions("treaty", "rules-2", [])
    with pytest.raises(StoreError, match=r"cannot redo 'reject': .* not stored"):
        db.redo(ana)
    assert db.decisions() == []


def test_a_line_without_a_reviewer_is_nobodys_to_undo(db: store.Store, ana: str, tag) -> None:
    with db.write("load") as write:
        write.insert(tag(ana))
        write.insert(Reviewer("cy", "Cy"))
    assert db.undo(ana) is None
    assert len(db.annotations()) == 1
