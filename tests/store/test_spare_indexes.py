"""Fewer indexes make writing cheaper; what is asked still finds its way along those that stay."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.model import Annotation, Document
from annotator.store import schema

GONE = {"annotations_suggestion", "annotations_reviewer", "decisions_reviewer"}


def indexes(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("select name from sqlite_master where type = 'index'")
        return {row[0] for row in found}


def test_an_older_file_loses_the_spare_indexes_and_nothing_else(
    path: Path,
    document: Document,
    tag: Callable[[str], Annotation],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older = path.with_name("older.db")
    before = tuple(step for step in schema._MIGRATIONS if step[0] < "020")
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "_MIGRATIONS", before)
        earlier.setattr(schema, "VERSION", len(before))
        with store.open(older) as made:
            made.add_document(document)
            ana = made.add_reviewer("Ana").id
            with made.write("tag", reviewer=ana, document=document.id) as write:
                mark = write.insert(tag(ana))
            history = made.history()
    had = indexes(older)
    assert had > GONE
    with store.open(older) as opened:
        assert indexes(older) == had - GONE
        assert opened.annotations(reviewer=ana) == [mark]
        assert opened.history() == history
        assert opened.verify() == []
        assert opened.undo(ana)
        assert opened.annotations() == []


@pytest.mark.parametrize("kind", ["annotations", "decisions"])
@pytest.mark.parametrize(
    "where",
    [
        {"reviewer": True},
        {"document": True},
        {"document": True, "reviewer": True},
    ],
    ids=lambda where: " and ".join(where),
)
def test_what_somebody_did_is_found_without_reading_all_that_anybody_did(
    db: store.Store, document: Document, kind: str, where: dict[str, bool]
) -> None:
    asked: list[str] = []
    db._connection.set_trace_callback(asked.append)
    given = {"reviewer": db.reviewer("Ana").id, "document": document.id}
    getattr(db, kind)(**{name: given[name] for name in where})
    db._connection.set_trace_callback(None)
    (question,) = (sql for sql in asked if f" from {kind} " in sql)
    plan = [row["detail"] for row in db._connection.execute(f"explain query plan {question}")]
    assert any(step.startswith("SEARCH t USING INDEX") for step in plan)
    assert not any(step.startswith("SCAN t") for step in plan)
