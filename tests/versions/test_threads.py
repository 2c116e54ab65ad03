"""Discussions come over with their clause, once, and wait where it has no place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator import store, versions
from annotator.cli import app
from annotator.errors import StoreError
from annotator.model import Document
from annotator.store import Store
from tests.versions.conftest import SECOND, treaty

_GONE = "art_2__para_2__point_c"
_WORDS = "copy of content data of a person"


@pytest.fixture
def talked(db: Store, first: Document) -> Store:
    """Threads on the first draft: answered and resolved; on words; on a clause that goes."""
    db.add_document(first)
    ana, bo = db.reviewer("Ana").id, db.reviewer("Bo").id
    said = db.comment(first.id, "art_3", "Who is nobody?", reviewer=ana)
    db.reply(said.id, "The police, too.", reviewer=bo)
    db.resolve_comment(said.id, reviewer=bo)
    start = first.text.index(_WORDS)
    db.comment(
        first.id, "art_2__para_2__point_a", "Whose?", reviewer=bo,
        span=(start, start + len(_WORDS), _WORDS),
    )  # fmt: skip
    left = db.comment(first.id, _GONE, "When?", reviewer=ana)
    db.reply(left.id, "At once.", reviewer=bo)
    text = SECOND.replace("(d) hand back what it took.\n\n", "")
    db.add_document(versions.as_next_version(treaty(text), first))
    return db


def said(db: Store) -> list[tuple[str, str, str, bool]]:
    return [
        (one.eid, one.text, one.quote, one.is_resolved) for one in db.comments(document="draft")
    ]


def test_threads_follow_their_clause_and_their_words(talked: Store, first: Document) -> None:
    report = versions.bring_over(talked, "draft")
    assert (report.threads, report.waiting_threads) == (2, 1)
    assert sorted(said(talked)) == [
        ("art_4__para_2__point_b", "Whose?", _WORDS, False),
        ("art_5", "The police, too.", "", False),
        ("art_5", "Who is nobody?", "", True),
    ]
    new = talked.document("draft")
    old = {one.text: one for one in talked.comments(document=first.id)}
    for one in talked.comments(document=new.id):
        was = old[one.text]
        assert (one.reviewer, one.created, one.updated) == (was.reviewer, was.created, was.updated)
        assert (one.resolved, one.resolved_by) == (was.resolved, was.resolved_by)
        if one.start is not None:
            assert new.text[one.start : one.end] == one.quote
    origins = {row.comment: row.origin for row in talked.carried_comments(document=new.id)}
    assert {origins[one.id] for one in talked.comments(document=new.id)} == {
        one.id for one in old.values() if one.eid != _GONE
    }
    assert talked.verify() == []


def test_twice_is_once_and_later_replies_come(talked: Store, first: Document) -> None:
    versions.bring_over(talked, "draft")
    assert versions.bring_over(talked, "draft").line is None
    before = said(talked)
    talked.remove_comment(
        next(one.id for one in talked.comments(document="draft") if one.text == "Whose?"),
        reviewer="Bo",
    )
    (thread,) = [one for one in talked.comments(document=first.id) if one.text == "Who is nobody?"]
    talked.reply(thread.id, "And the press?", reviewer="Ana")
    assert versions.untold(talked, first, talked.document("draft")) == 1
    versions.bring_over(talked, "draft")
    assert {one[1] for one in said(talked)} == {
        *(one[1] for one in before if one[1] != "Whose?"),
        "And the press?",
    }
    assert versions.untold(talked, first, talked.document("draft")) == 0
    assert talked.verify() == []


def test_what_waits_is_put_on_a_clause_or_left(talked: Store) -> None:
    versions.bring_over(talked, "draft")
    (waiting,) = versions.waiting_threads(talked, "draft")
    assert (waiting.first.text, [one.text for one in waiting.replies]) == ("When?", ["At once."])
    assert (waiting.old.version, waiting.suggested) == (1, "art_4__para_2__point_c")
    versions.settle_thread(
        talked, waiting.first.id, "draft", reviewer="Ana", eid="art_4__para_2__point_c"
    )
    assert {one[1] for one in said(talked) if one[0].endswith("point_c")} == {"When?", "At once."}
    assert versions.waiting_threads(talked, "draft") == []
    with pytest.raises(StoreError, match="waits no more"):
        versions.settle_thread(talked, waiting.first.id, "draft", reviewer="Ana", eid=None)
    talked.undo("Ana", document="draft", settling=True)
    versions.settle_thread(talked, waiting.first.id, "draft", reviewer="Ana", eid=None)
    assert versions.waiting_threads(talked, "draft") == []
    assert len(said(talked)) == 3
    assert talked.verify() == []


def test_the_command_lists_what_waits(talked: Store) -> None:
    found = CliRunner().invoke(app, ["--db", str(talked.path), "carry", "draft"])
    assert found.exit_code == 0
    assert "to place  discussion on art. 2(2)(c) of version 1  Ana: “When?” and 1 answer" in (
        found.stdout.splitlines()
    )
    assert "2 discussions carried, 1 whose clause has no place" in found.stderr
    told = CliRunner().invoke(app, ["--db", str(talked.path), "carry", "draft", "--json"])
    (line,) = [one for one in map(json.loads, told.stdout.splitlines()) if one.get("what")]
    assert (line["state"], line["from_version"]) == ("to_place", 1)
    assert [one["text"] for one in line["said"]] == ["When?", "At once."]


def test_what_waited_finds_its_clause_in_a_later_version(talked: Store) -> None:
    versions.bring_over(talked, "draft")
    second = talked.document("draft")
    talked.add_document(versions.as_next_version(treaty(SECOND.replace("thirty", "ten")), second))
    report = versions.bring_over(talked, "draft")
    assert (report.threads, report.waiting_threads) == (3, 0)
    assert ("art_4__para_2__point_d", "When?", "", False) in said(talked)


def test_a_carrying_is_put_back_with_its_threads(talked: Store) -> None:
    versions.bring_over(talked, "draft")
    versions.put_back(talked, "draft")
    assert said(talked) == []
    assert talked.carried_comments() == []
    assert versions.bring_over(talked, "draft").threads == 2


def test_carried_in_two_offices_and_merged_there_is_one_of_each(
    talked: Store, tmp_path: Path
) -> None:
    other = Path(shutil.copy(talked.path, tmp_path / "other.db"))
    talked.backup(tmp_path / "copy.db")
    other.unlink()
    shutil.copy(tmp_path / "copy.db", other)
    versions.bring_over(talked, "draft")
    with store.open(other) as there:
        versions.bring_over(there, "draft")
        there.reply(there.comments(document="draft")[0].id, "Indeed.", reviewer="Bo")
    talked.merge(other)
    texts = [one[1] for one in said(talked)]
    assert sorted(texts) == sorted({*texts})
    assert "Indeed." in texts
    assert talked.verify() == []
