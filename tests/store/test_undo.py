"""What a reviewer did is taken back and brought forth again, without limit and without harm."""

from __future__ import annotations

import dataclasses
import random
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


class Following:
    """What can be undone and redone, followed from the first line on: slow, and plain to see."""

    def __init__(self) -> None:
        self.done: list[tuple[int, str]] = []
        self.undone: list[tuple[int, str]] = []

    def write(self, seq: int, document: str) -> None:
        self.done.append((seq, document))
        self.undone = [one for one in self.undone if one[1] != document]

    def turn(self, taken: str, document: str | None) -> int | None:
        """The original line that an undo or redo is about, moved from one list to the other."""
        here, there = (self.done, self.undone) if taken == "undo" else (self.undone, self.done)
        last = next((one for one in reversed(here) if document in (None, one[1])), None)
        if last is None:
            return None
        here.remove(last)
        there.append(last)
        return last[0]


@pytest.mark.parametrize("seed", range(4))
def test_undo_and_redo_find_their_line_in_any_sequence(
    db: store.Store, ana: str, tag, document: Document, other: Document, seed: int
) -> None:
    chance = random.Random(seed)
    follow = Following()
    texts = {one.id: one for one in (document, other)}
    originals: dict[int, int] = {}
    for _ in range(60):
        place = chance.choice([*texts, None])
        what = chance.choice(["tag", "undo", "undo", "redo"])
        if what == "tag":
            text = texts[place or document.id]
            with db.write("tag", reviewer=ana, document=text.id) as write:
                write.insert(tag(ana, text=text))
            assert write.line is not None
            follow.write(write.line.seq, text.id)
            continue
        line = getattr(db, what)(ana, document=place)
        found = None
        if line is not None:
            assert line.undoes is not None
            found = line.undoes if what == "undo" else originals[line.undoes]
            originals[line.seq] = found
        assert found == follow.turn(what, place)
    assert db.verify() == []


@pytest.mark.usefixtures("tagged")
def test_what_another_window_did_is_not_undone_unseen(db: store.Store, ana: str, tag) -> None:
    seen = store.Seen(db.revision(), frozenset())
    with db.write("tag", reviewer=ana, document="treaty", nonce="elsewhere") as write:
        write.insert(tag(ana, paragraph=2))
    with pytest.raises(store.UnseenWork, match="in another window"):
        db.undo(ana, document="treaty", seen=seen)
    assert len(db.annotations()) == 2
    # One's own last deed is known by its nonce before its answer is back.
    assert db.undo(ana, document="treaty", seen=store.Seen(seen.revision, frozenset({"elsewhere"})))
    assert db.undo(ana, document="treaty", seen=seen)
    assert db.annotations() == []
    # Redone elsewhere is done elsewhere.
    assert db.redo(ana, document="treaty", nonce="elsewhere too")
    with pytest.raises(store.UnseenWork):
        db.undo(ana, document="treaty", seen=seen)
    assert db.undo(ana, document="treaty", seen=store.Seen(db.revision(), frozenset()))


def test_a_clock_that_is_put_back_changes_no_order(
    db: store.Store, ana: str, tagged: Annotation, tag, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.store.write.now", lambda: "2001-01-01T00:00:00.000Z")
    with db.write("tag", reviewer=ana, document="treaty") as write:
        last = write.insert(tag(ana, paragraph=2))
    assert last.created < tagged.created
    assert db.undo(ana)
    assert db.annotations() == [tagged]
    assert db.verify() == []
