"""What a later program added to an assessment does not unsettle what an earlier one wrote."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.model import Assessment, Document
from annotator.store import rows, schema, standing


@pytest.fixture
def older(path: Path, document: Document, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose one assessment was written before notes and codebooks were kept with it."""
    made = path.with_name("older.db")
    first = tuple(step for step in schema._MIGRATIONS if step[0] < "004")
    short = ("document", "eid", "reviewer", "safeguard", "state", "updated")
    full = rows.columns
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "_MIGRATIONS", first)
        earlier.setattr(schema, "VERSION", len(first))
        earlier.setattr(rows, "columns", lambda kind: short if kind is Assessment else full(kind))
        earlier.setattr(rows, "_VALUES", {})
        # The lists of what waits came with a later file.
        for later in ("rebuild", "follow"):
            earlier.setattr(standing, later, lambda *_: None)
        with store.open(made) as opened:
            opened.add_document(document)
            ana = opened.add_reviewer("Ana").id
            for state in ("weak", "absent"):
                with opened.write("assess", reviewer=ana, document=document.id) as write:
                    write.put(Assessment(document.id, "art_1__para_1", ana, "oversight", state))
    return made


def test_an_older_file_is_sound_after_the_migration_and_its_lines_can_be_undone(
    older: Path,
) -> None:
    with closing(sqlite3.connect(older)) as connection:
        assert "note" not in connection.execute("select changes from history").fetchall()[-1][0]
    with store.open(older) as opened:
        assert opened.verify() == []
        (found,) = opened.assessments()
        assert (found.state, found.note, found.codebook) == ("absent", "", "")
        assert opened.undo("Ana")
        assert [one.state for one in opened.assessments()] == ["weak"]
        assert opened.redo("Ana")
        assert opened.undo("Ana")
        assert opened.undo("Ana")
        assert opened.assessments() == []
        assert opened.verify() == []


def test_note_and_codebook_stand_in_the_view(db: store.Store, document: Document) -> None:
    ana = db.reviewer("Ana").id
    with db.write("assess", reviewer=ana, document=document.id) as write:
        write.put(
            Assessment(
                document.id, "art_1__para_1", ana, "oversight", "weak", note="Why?", codebook="7"
            )
        )
    with closing(sqlite3.connect(db.path)) as connection:
        told = connection.execute(
            "select citation, reviewer, state, note, codebook from assessed_safeguards"
        ).fetchall()
    assert told == [("art. 1(1)", "Ana", "weak", "Why?", "7")]
