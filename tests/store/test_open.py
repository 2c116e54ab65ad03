"""A file is opened, made, brought up to date, or refused in one line."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.errors import StoreError
from annotator.model import Document
from annotator.store import schema

RUN = [sys.executable, "-W", "error", "-c"]


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_new_file_is_ready_and_its_owners_only(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with store.open(path) as made:
        assert made.documents() == []
        assert made.reviewers() == []
        assert made.history() == []
        assert made.verify() == []
    assert path.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma application_id").fetchone()[0] == schema.APPLICATION_ID
        assert connection.execute("pragma journal_mode").fetchone()[0] == "wal"
        assert connection.execute("pragma page_size").fetchone()[0] == 8192


def test_a_file_with_smaller_pages_keeps_them_and_is_as_good(tmp_path: Path) -> None:
    path = tmp_path / "earlier.db"
    sql(path, "pragma page_size = 4096", "pragma journal_mode = wal")
    with store.open(path) as opened:
        opened.add_reviewer("Ana")
        opened.backup(tmp_path / "copy.db")
        assert opened.verify() == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma page_size").fetchone()[0] == 4096
    with store.open(tmp_path / "copy.db", create=False) as copied:
        assert [one.name for one in copied.reviewers()] == ["Ana"]
        assert copied.verify() == []


def test_every_table_is_strict_and_every_view_answers(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma trusted_schema = off")
        strict = dict(
            connection.execute(
                "select name, strict from pragma_table_list where schema = 'main'"
                " and type = 'table' and name not like '%sqlite%'"
            )
        )
        assert {"documents", "clauses", "annotations", "history", "links"} <= strict.keys()
        assert set(strict.values()) == {1}
        views = connection.execute("select name from sqlite_master where type = 'view'").fetchall()
        assert len(views) > 5
        for (view,) in views:
            connection.execute(f"select * from {view}").fetchall()


def text_file(path: Path) -> None:
    path.write_text("Article 1. This is a treaty, not a database, however long it may be." * 9)


def elsewhere(path: Path) -> None:
    sql(path, "create table recipes (name text)")


def other_program(path: Path) -> None:
    sql(path, "pragma application_id = 252006674", "create table t (x)", "pragma user_version = 1")


def newer(path: Path) -> None:
    store.open(path).close()
    sql(path, f"pragma user_version = {schema.VERSION + 1}")


def folder(path: Path) -> None:
    path.mkdir()


def cut_short(path: Path) -> None:
    store.open(path).close()
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (text_file, "not a SQLite database"),
        (elsewhere, "another program"),
        (other_program, "another program"),
        (newer, "newer program"),
        (folder, "is a folder"),
        (cut_short, "damaged"),
    ],
)
def test_what_is_not_ours_is_refused_in_one_line_and_left_alone(
    tmp_path: Path, make, says: str
) -> None:
    path = tmp_path / "strange.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError, match=says) as refused:
        store.open(path)
    assert repr(str(path)) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert before is None or path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("missing.db", {"create": False}, "make it with `init`"),
        ("missing.db", {"readonly": True}, "make it with `init`"),
        ("no/such/folder.db", {}, "does not exist: make it first"),
        ("file/inside.db", {}, "Not a directory|does not exist"),
        ("x" * 300, {}, "name too long"),
    ],
)
def test_a_place_where_no_database_can_be(tmp_path: Path, name: str, options, says: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=says):
        store.open(tmp_path / name, **options)
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_refuses_writing(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        with pytest.raises(StoreError, match=r"[Pp]ermission"):
            store.open(path.parent / "new.db")
        with store.open(path, readonly=True) as opened:
            assert len(opened.documents()) == 2
    finally:
        path.parent.chmod(0o700)


def test_reading_only(path: Path, document: Document) -> None:
    with store.open(path, readonly=True) as opened:
        assert opened.document("treaty") == document
        with pytest.raises(StoreError, match="reading only"):
            opened.add_reviewer("Cy")
        assert opened.verify() == []


def test_before_a_migration_a_copy_is_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch, document: Document
) -> None:
    def second(database) -> None:
        database.execute("create table later (id text primary key) strict")

    monkeypatch.setattr(schema, "_MIGRATIONS", (*schema._MIGRATIONS, ("003_later", second)))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with pytest.raises(StoreError, match="older program"):
        store.open(path, readonly=True)
    with store.open(path) as opened:
        assert opened.document("treaty") == document
    kept = path.with_name("annotations.before-003_later.db")
    assert kept.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("pragma user_version").fetchone()[0] == schema.VERSION - 1
        assert connection.execute("select count(*) from documents").fetchone()[0] == 2


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def second(database) -> None:
        database.execute("drop view tagged_words")
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(schema, "_MIGRATIONS", (*schema._MIGRATIONS, ("003_bad", second)))
        patched.setattr(schema, "VERSION", schema.VERSION + 1)
        with pytest.raises(ZeroDivisionError):
            store.open(path)
    with store.open(path) as opened:
        assert opened.verify() == []


def test_processes_may_open_a_new_file_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    code = (
        "import sys; from annotator import store\n"
        "with store.open(sys.argv[1]) as opened: opened.add_reviewer(sys.argv[2])"
    )
    running = [subprocess.Popen([*RUN, code, str(path), name]) for name in ("Ana", "Bo", "Cy")]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    with store.open(path) as opened:
        assert [reviewer.name for reviewer in opened.reviewers()] == ["Ana", "Bo", "Cy"]
        assert opened.verify() == []


def test_reading_an_existing_file_loads_neither_sqlite_utils_nor_pandas(path: Path) -> None:
    code = (
        "import sys; from annotator import store\n"
        "with store.open(sys.argv[1]) as opened: opened.document('treaty')\n"
        "assert not {'sqlite_utils', 'pandas', 'streamlit', 'spacy'} & set(sys.modules)\n"
        "store.warm()\n"
        "assert 'sqlite_utils' in sys.modules"
    )
    subprocess.run([*RUN, code, str(path)], check=True, timeout=60)


def test_a_backup_is_whole_and_replaces_nothing(
    db: store.Store, tmp_path: Path, document: Document
) -> None:
    copy = tmp_path / "copy.db"
    db.backup(copy)
    assert copy.stat().st_mode & 0o077 == 0
    with store.open(copy, create=False) as opened:
        assert opened.history() == db.history()
        assert opened.document("treaty") == document
        opened.add_reviewer("Cy")
        assert opened.verify() == []
    with pytest.raises(StoreError, match="exists already"):
        db.backup(copy)
    with pytest.raises(StoreError, match="cannot be made"):
        db.backup(tmp_path / "no" / "copy.db")
    assert not list(tmp_path.glob("*.part*"))


def test_a_trigger_slipped_in_by_someone_else_is_reported(path: Path) -> None:
    sql(path, "create trigger spy after insert on reviewers begin delete from annotations; end")
    with store.open(path, readonly=True) as opened:
        assert [problem for problem in opened.verify() if "'spy'" in problem]


def test_a_file_in_a_folder_with_a_strange_name(template: Path, tmp_path: Path) -> None:
    place = tmp_path / "a ?mode=rw#50% é"
    place.mkdir()
    shutil.copy(template, place / "x.db")
    with store.open(place / "x.db", readonly=True) as opened:
        assert len(opened.documents()) == 2


def test_a_file_of_the_first_schema_is_copied_and_gets_the_later_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: Document
) -> None:
    path = tmp_path / "annotations.db"
    with monkeypatch.context() as patched:
        patched.setattr(schema, "_MIGRATIONS", schema._MIGRATIONS[:1])
        patched.setattr(schema, "VERSION", 1)
        # Then references were not looked for.
        patched.setattr("annotator.store.references.put", lambda *_: False)
        for later in ("rebuild", "follow"):
            patched.setattr(f"annotator.store.standing.{later}", lambda *_: None)
        with store.open(path) as made:
            made.add_document(document)
            ana = made.add_reviewer("Ana")
            first = made.history()
    with store.open(path) as opened:
        assert opened.carried() == []
        assert opened.cross_references("treaty") == []
        assert opened.document("treaty") == document
        assert opened.reviewers() == [ana]
        assert opened.history() == first
        assert opened.verify() == []
    kept = path.with_name("annotations.before-002_carried.db")
    assert kept.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("pragma user_version").fetchone()[0] == 1
        found = connection.execute("select count(*) from sqlite_master where name = 'carried'")
        assert found.fetchone()[0] == 0
