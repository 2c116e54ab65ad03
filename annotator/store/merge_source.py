"""The other database of a merge: a stranger's file, which is copied, distrusted and never changed.

It may come by post, from an older program, from a disk that cannot be written to, or be in use.
So a private copy is made of it through SQLite, brought up to the present schema if it is older, and
read only when it passes everything that `verify` asks.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from annotator.errors import StoreError
from annotator.store import connection as connections
from annotator.store import verify

_MOST_COUNTED = 1_000
_PREFIX = ".merge-"
_NO_MERGE_TAKES = 24 * 60 * 60  # seconds


@contextlib.contextmanager
def opened(path: Path, beside: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a sound copy of the database at `path`, gone afterwards.

    The copy lies in a folder of its own `beside` our database, where what is confidential may lie,
    and only its owner can read it. `StoreError`, in one line, for a file that is missing, no
    database of this program, of a newer one, damaged, or not sound.
    """
    if not path.is_file():
        raise StoreError(f"{str(path)!r} is not a file: name the other office's database")
    if beside.exists() and path.samefile(beside):
        raise StoreError(f"{str(path)!r} is this database itself: name the other office's")
    _clear(beside.parent)
    try:
        folder = tempfile.TemporaryDirectory(dir=beside.parent, prefix=_PREFIX)
    except OSError as error:
        raise StoreError(
            f"{str(beside.parent)!r} cannot be written to: {error.strerror}"
        ) from error
    with folder as place:
        copy = Path(place) / "other.db"
        with connections.translated(path):
            _copy(path, copy)
        with contextlib.closing(_checked(copy, path)) as connection:
            yield connection


def _clear(folder: Path) -> None:
    """Remove copies that earlier merges left there, whose process was ended in the middle."""
    for left in folder.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if left.is_dir() and left.stat().st_mtime < time.time() - _NO_MERGE_TAKES:
                shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def distrusted(path: Path) -> Iterator[None]:
    """Turn whatever reading the other's rows runs into, which may hold anything, into one line."""
    try:
        with connections.translated(path):
            yield
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        # Its JSON can have any shape at all: a list where an object belongs, a number for a name.
        raise StoreError(
            f"{str(path)!r} holds something that this program never wrote, so nothing was merged: "
            "ask for another copy"
        ) from error


def _copy(path: Path, target: Path) -> None:
    # Reading a file that nobody has open would leave two files beside it, so it is then taken as
    # it lies; where somebody has it open, SQLite sees to it that no half of a write is read.
    in_use = any(path.with_name(path.name + end).exists() for end in ("-wal", "-shm", "-journal"))
    uri = f"{path.absolute().as_uri()}?mode=ro{'' if in_use else '&immutable=1'}"
    with contextlib.closing(
        sqlite3.connect(uri, uri=True, timeout=connections.BUSY_SECONDS, isolation_level=None)
    ) as reader:
        reader.execute("pragma trusted_schema = off")
        version = connections.version_of(reader, path)
        if version == 0:
            raise StoreError(f"{str(path)!r} is an empty file: name the other office's database")
        with contextlib.closing(sqlite3.connect(target)) as writer:
            reader.backup(writer)
    target.chmod(0o600)


def _checked(copy: Path, path: Path) -> sqlite3.Connection:
    """The copy, opened and found sound; `path` is what it is a copy of, to be named."""
    with connections.translated(path), contextlib.closing(sqlite3.connect(copy)) as raw:
        raw.execute("pragma trusted_schema = off")
        _refuse(path, [f"the file is damaged: {said}" for (said,) in raw.execute(
            "pragma quick_check") if said != "ok"])  # fmt: skip
        # Before it is brought up to date, which would set off whatever waits in it.
        _refuse(path, list(verify.foreign_triggers(raw)))
    try:
        connection = connections.connect(copy, create=False, readonly=False)
    except StoreError as error:
        raise StoreError(str(error).replace(str(copy), str(path))) from error
    try:
        connection.execute("pragma query_only = on")
        with distrusted(path):
            _refuse(path, list(islice(verify.problems(connection), _MOST_COUNTED)))
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse(path: Path, problems: list[str]) -> None:
    if not problems:
        return
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    first = problems[0].replace("go back to a backup", "ask for another copy")
    raise StoreError(f"{str(path)!r} is not sound, so nothing was merged: {first}{more}")
