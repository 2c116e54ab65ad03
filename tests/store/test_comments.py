"""What is said about a clause is kept with its thread, told by the history, and taken back."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.errors import AnnotatorError, NotFoundError, SpanError, StoreError
from annotator.model import Document
from annotator.store import schema

EID = "art_1__para_1"


def test_a_thread_is_a_comment_and_its_replies_in_order(db: store.Store) -> None:
    first = db.comment("treaty", EID, "  Is this a power? ", reviewer="Ana")
    second = db.reply(first.id, "Only with a warrant.", reviewer="Bo")
    third = db.reply(second.id, "Agreed.", reviewer="Ana")
    assert first.text == "Is this a power?"
    assert [one.parent for one in (first, second, third)] == [None, first.id, first.id]
    assert db.comments(document="treaty", eids=[EID]) == [first, second, third]
    assert db.comments(reviewer="Bo") == [second]
    assert db.comments(eids=["art_1__para_2"]) == []
    assert [line.action for line in db.history()[-3:]] == ["comment", "reply", "reply"]
    assert db.verify() == []


def test_a_comment_can_speak_of_words_of_the_text(db: store.Store, document: Document) -> None:
    start = document.clause(EID).body
    span = (start, start + 4, document.text[start : start + 4])
    said = db.comment("treaty", EID, "These words.", reviewer="Ana", span=span)
    assert (said.start, said.end, said.quote) == span
    with pytest.raises(SpanError):
        db.comment("treaty", EID, "These words.", reviewer="Ana", span=(start, start + 4, "zzzz"))
    assert db.verify() == []


def test_a_resolved_thread_tells_who_and_when_and_an_answer_opens_it_again(
    db: store.Store,
) -> None:
    first = db.comment("treaty", EID, "Is this a power?", reviewer="Ana")
    answer = db.reply(first.id, "Yes.", reviewer="Bo")
    done = db.resolve_comment(answer.id, reviewer="Bo", nonce="n1")
    assert done.is_resolved
    assert (done.id, done.resolved_by) == (first.id, db.reviewer("Bo").id)
    assert done.updated == first.updated, "its words are as they were"
    lines = len(db.history())
    assert db.resolve_comment(first.id, reviewer="Ana") == done
    assert len(db.history()) == lines, "what is resolved stays as it is, under the same name"
    db.reply(first.id, "But see article 15.", reviewer="Ana")
    assert not db.comments()[0].is_resolved
    db.resolve_comment(first.id, reviewer="Ana")
    assert not db.reopen_comment(first.id, reviewer="Bo").is_resolved
    with pytest.raises(store.AlreadyWritten):
        db.resolve_comment(first.id, reviewer="Bo", nonce="n1")
    assert db.verify() == []


def test_words_are_changed_by_their_author_alone(db: store.Store) -> None:
    said = db.comment("treaty", EID, "A slip.", reviewer="Ana")
    changed = db.edit_comment(said.id, "A gap.", reviewer="Ana")
    assert (changed.text, changed.created) == ("A gap.", said.created)
    assert db.comments() == [changed]
    for refused in (
        lambda: db.edit_comment(said.id, "Nonsense.", reviewer="Bo"),
        lambda: db.remove_comment(said.id, reviewer="Bo"),
    ):
        with pytest.raises(StoreError, match="Ana's"):
            refused()
    assert db.comments() == [changed]
    db.remove_comment(said.id, reviewer="Ana")
    assert db.comments() == []
    with pytest.raises(NotFoundError, match="not there any more"):
        db.reply(said.id, "Yes.", reviewer="Bo")


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_001, "nul \0", "half \ud83d"])
def test_what_says_nothing_or_cannot_be_carried_is_refused(db: store.Store, text: str) -> None:
    with pytest.raises(AnnotatorError) as refusal:
        db.comment("treaty", EID, text, reviewer="Ana")
    assert "\n" not in str(refusal.value)
    assert db.comments() == []


def test_a_reply_stays_in_its_thread_and_on_its_clause(db: store.Store, document: Document) -> None:
    first = db.comment("treaty", EID, "One.", reviewer="Ana")
    reply = db.reply(first.id, "Two.", reviewer="Bo")
    for wrong in (
        dataclasses.replace(reply, id="a", parent=reply.id),
        dataclasses.replace(reply, id="b", eid="art_1__para_2"),
        dataclasses.replace(reply, id="c", parent="none"),
    ):
        with (
            pytest.raises(AnnotatorError, match=r"thread|not there"),
            db.write("load", document=document.id) as write,
        ):
            write.insert(wrong)
    assert len(db.comments()) == 2


def test_everything_said_can_be_undone_and_redone(db: store.Store) -> None:
    first = db.comment("treaty", EID, "One.", reviewer="Ana")
    states = [db.comments()]
    for step in (
        lambda: db.edit_comment(first.id, "One and a half.", reviewer="Ana"),
        lambda: db.resolve_comment(first.id, reviewer="Ana"),
        lambda: db.reopen_comment(first.id, reviewer="Ana"),
        lambda: db.reply(first.id, "Two.", reviewer="Ana"),
    ):
        step()
        states.append(db.comments())
    for state in reversed(states[:-1]):
        assert db.undo("Ana")
        assert db.comments() == state
    for state in states[1:]:
        assert db.redo("Ana")
        assert db.comments() == state
    db.undo("Ana")
    db.reply(first.id, "Two.", reviewer="Bo")
    for _ in range(3):
        db.undo("Ana")
    with pytest.raises(StoreError, match="was answered"):
        db.undo("Ana")
    assert db.verify() == []


def test_what_was_altered_behind_its_back_is_found(db: store.Store, path: Path) -> None:
    db.comment("treaty", EID, "One.", reviewer="Ana")
    db.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update comments set text = 'else'")
    with store.open(path) as opened:
        assert "comment" in " ".join(opened.verify())


def test_a_file_from_before_has_the_table_made_anew(
    path: Path, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = path.with_name("older.db")
    before = tuple(step for step in schema._MIGRATIONS if step[0] < "013")
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "_MIGRATIONS", before)
        earlier.setattr(schema, "VERSION", len(before))
        with store.open(older) as opened:
            opened.add_document(document)
            opened.add_reviewer("Ana")
    with store.open(older) as opened:
        opened.comment("treaty", EID, "One.", reviewer="Ana")
        assert opened.verify() == []


def test_undo_keeps_to_what_was_settled_or_said_or_to_the_rest(
    db: store.Store, document: Document, tag
) -> None:
    ana = db.reviewer("Ana").id
    said = db.comment("treaty", EID, "One.", reviewer="Ana")
    with db.write("tag", reviewer=ana, document=document.id) as write:
        mark = write.insert(tag(ana))
    assert db.undo("Ana", settling=True)
    assert (db.comments(), db.annotations()) == ([], [mark])
    assert db.undo("Ana", settling=True) is None
    assert db.undo("Ana", settling=False)
    assert db.annotations() == []
    assert db.redo("Ana", settling=True)
    assert (db.comments(), db.annotations()) == ([said], [])
    assert db.undo("Ana", settling=True)
    assert db.redo("Ana", settling=False)
    assert (db.comments(), db.annotations()) == ([], [mark])
    assert db.verify() == []
