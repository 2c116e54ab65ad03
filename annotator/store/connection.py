"""A connection to a database of ours, or a clear refusal.

Opening an existing file reads its header and nothing else. A new file is made readable by its
owner only, and every process may open it for the first time at once.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import StoreError, UnavailableError
from annotator.store import schema

if TYPE_CHECKING:
    from sqlite_utils import Database

BUSY_SECONDS = 15.0
"""How long a write waits for another process that is writing."""

WRITE_LOCK = threading.RLock()
"""Threads of one process queue here rather than poll SQLite: twice the rows a second."""


def connect(path: Path, *, create: bool, readonly: bool) -> sqlite3.Connection:
    """A connection in autocommit mode to a database with the present schema.

    A missing or empty file is made and given the schema where `create`; an older one is copied to
    `<name>.before-<migration>.db` and migrated. `readonly` does neither. `StoreError` for a
    missing, foreign, damaged, newer or unwritable file.
    """
    _check_place(path, create=create and not readonly)
    with translated(path):
        connection = _connect(path, readonly=readonly)
        try:
            _settle(connection, path, create=create, readonly=readonly)
        except BaseException:
            connection.close()
            raise
        return connection


def wrap(connection: sqlite3.Connection) -> Database:
    """The connection as sqlite-utils sees it; loads sqlite-utils the first time.

    Plugins stay off: one installed for another purpose has no business in these databases.
    """
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """`BEGIN IMMEDIATE`, then commit, or roll back whatever is raised."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


@contextlib.contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Several reads of one and the same state, whoever writes meanwhile."""
    connection.execute("begin")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("rollback")


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite says about a file, a disk or a lock into one line for the user."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DataError as error:
        raise _told(StoreError, path, error) from error
    except sqlite3.DatabaseError as error:
        raise _told(UnavailableError, path, error) from error


def _told(kind: type[StoreError], path: Path, error: sqlite3.Error) -> StoreError:
    message = str(error)
    for said, key, advice in (
        (
            "not a database",
            "not_a_database",
            "this is not a SQLite database: name an annotation database",
        ),
        ("locked", "file_locked", "another program is writing to it: try again in a moment"),
        (
            "readonly",
            "file_readonly",
            "it cannot be written to: check the permissions of the file and its folder",
        ),
        (
            "unable to open",
            "file_closed",
            "it cannot be opened: check the permissions of the file and its folder",
        ),
        ("full", "disk_full", "the disk is full: make room and do it again, nothing was stored"),
        ("malformed", "file_damaged", "the file is damaged: go back to the latest backup"),
        (
            "disk I/O",
            "disk_refuses",
            "the disk refuses to read or write: check it, and go back to a backup",
        ),
    ):
        if said in message:
            return kind(f"{str(path)!r}: {advice}", key=key, path=path.name)
    return kind(f"{str(path)!r}: SQLite refuses: {message}")


def _check_place(path: Path, *, create: bool) -> None:
    try:
        _make_place(path, create=create)
    except OSError as error:
        raise StoreError(f"{str(path)!r} cannot be opened: {error.strerror or error}") from error


def _make_place(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{str(path)!r} is a folder: name a database file")
    if path.exists():
        return
    if not create:
        raise StoreError(f"{str(path)!r} does not exist: make it with `init`")
    if not path.parent.is_dir():
        raise StoreError(f"the folder {str(path.parent)!r} does not exist: make it first")
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    if not readonly:
        return _configure(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None))
    uri = path.absolute().as_uri()
    connection = sqlite3.connect(
        f"{uri}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    try:
        connection.execute("select 1 from sqlite_master limit 1")
    except sqlite3.OperationalError:
        connection.close()
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise
        # In a folder that refuses writing, SQLite cannot make the files that WAL needs, and
        # with no log beside it the database is whole without them.
        connection = sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return _configure(connection)


def _configure(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma trusted_schema = off")
    # Of a new file; one that has pages keeps their size. In 4 KiB a news item has a page of its own
    # and half of it stays empty: twice as much to write, and to read.
    connection.execute("pragma page_size = 8192")
    # In KiB: a batch of texts stays in memory until it is committed, where 2 MB would spill.
    connection.execute("pragma cache_size = -8000")
    # In pages: what several batches change is copied from the log into the file once.
    connection.execute("pragma wal_autocheckpoint = 4000")
    return connection


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"pragma {pragma}").fetchone()[0])


def _settle(connection: sqlite3.Connection, path: Path, *, create: bool, readonly: bool) -> None:
    # The header in one look: another process may be making the file this very moment.
    with snapshot(connection):
        version = version_of(connection, path)
    if version == schema.VERSION:
        # A copy made by `backup` comes without WAL.
        if not readonly and connection.execute("pragma journal_mode").fetchone()[0] != "wal":
            _use_wal(connection)
        return
    if readonly:
        raise StoreError(
            f"{str(path)!r} has the schema of an older program or none: open it for writing once"
        )
    if version == 0 and not create:
        raise StoreError(f"{str(path)!r} is an empty file: make a database with `init`")
    with WRITE_LOCK:
        _use_wal(connection)
        with transaction(connection):
            version = version_of(connection, path)
            if version == schema.VERSION:
                return
            if version:
                kept = path.with_name(f"{path.stem}.before-{schema.name(version)}.db")
                with contextlib.closing(_connect(path, readonly=True)) as reader:
                    copy(reader, kept)
            schema.migrations().apply(wrap(connection))
            connection.execute(f"pragma application_id = {schema.APPLICATION_ID}")
            connection.execute(f"pragma user_version = {schema.VERSION}")


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """How many migrations the file has had; `StoreError` where it is not for this program."""
    application = _number(connection, "application_id")
    version = _number(connection, "user_version")
    if application == schema.APPLICATION_ID:
        if version > schema.VERSION:
            raise StoreError(
                f"{str(path)!r} has schema {version} and this program knows {schema.VERSION}: "
                "install the newer program"
            )
        return version
    if application or version or connection.execute("select 1 from sqlite_master").fetchone():
        raise StoreError(
            f"{str(path)!r} is a SQLite database of another program: name an annotation database"
        )
    return 0


def _use_wal(connection: sqlite3.Connection) -> None:
    # Turning WAL on does not wait for other connections, whatever the busy timeout says.
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.005)  # SQLite does not wait for this switch by itself
        else:
            return


def copy(connection: sqlite3.Connection, target: Path) -> None:
    """Write a compact, consistent copy of the database, whole or not at all.

    It replaces `target`, and only its owner may read it.
    """
    part = target.with_name(f"{target.name}.part-{os.getpid()}-{threading.get_ident()}")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f"{str(target)!r} cannot be made: {error.strerror or error}") from error
    try:
        connection.execute("vacuum into ?", (str(part),))
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
