"""The one way anything a reviewer decides is written: a transaction, checked, with its line.

sqlite-utils' table methods commit by themselves unless a transaction is open, so they are called
only here and where a whole document or run is stored, always inside `BEGIN IMMEDIATE`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec.structs

from annotator.errors import NotFoundError, StoreError
from annotator.model import HistoryLine, Reviewer, canonical
from annotator.store import connection as connections
from annotator.store import history, rows, standing
from annotator.store.admit import Admission
from annotator.store.history import Change
from annotator.store.rows import Row, Table, V

if TYPE_CHECKING:
    from sqlite_utils import Database


class AlreadyWritten(StoreError):
    """The nonce stands in the history already: the same request came twice, nothing was done."""

    def __init__(self, nonce: str) -> None:
        super().__init__(f"{nonce!r} was written before: nothing to do")
        self.nonce = nonce


def now() -> str:
    """The time in UTC, ISO 8601 with milliseconds and Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Write:
    """Changes rows within the transaction that `Store.write` opened; of no use after it.

    Values are given whole. `insert`, `update` and `put` return them as stored, with `created` and
    `updated` filled in. `line` is the history line once the block has ended, `None` where nothing
    changed, and the last of them where `end_line` made several. An undo or redo says in `undoes`
    which line it takes back, and in `document` where. Of the texts in `anew` all that waits is
    derived again, whatever the changes touched.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        database: Database,
        told: Callable[[Write], None],
        *,
        keep_times: bool = False,
    ) -> None:
        self.line: HistoryLine | None = None
        self.document: str | None = None
        self.undoes: int | None = None
        self.anew: set[str] = set()
        self.at = now()
        self.database = database
        self.admission = Admission(connection)
        self.open = True
        self.spoilt = False
        self._connection = connection
        self._keep_times = keep_times
        self._told = told
        self._changes: dict[tuple[str, tuple[str, ...]], Change] = {}

    def insert(self, value: V) -> V:
        """Store a new value; `StoreError` where one with its key is there."""
        table = rows.table_of(value)
        row = rows.row_of(value)
        if self._row(table, table.key_of(row)) is not None:
            raise StoreError(f"{_named(table, row)} is stored already: change it instead")
        return self._store(value, table, row, before=None)

    def insert_all(self, values: Sequence[V]) -> None:
        """Store new values of one type at once, in a fraction of the time of so many `insert`s.

        `StoreError` where one with the key of any is there, or two have the same: it ends the
        write, since some may be stored by then.
        """
        if not values:
            return
        if not self.open:
            raise RuntimeError("this write has ended: open another")
        table = rows.table_of(values[0])
        self.admission.check_all(values)
        names = rows.columns(table.type)
        timed = [name for name in ("created", "updated") if name in names]
        made: dict[tuple[str, ...], Row] = {}
        for row in rows.rows_of(values):
            for name in timed:
                if not (self._keep_times and row[name]):
                    row[name] = self.at
            made[table.key_of(row)] = row
        if len(made) < len(values):
            keys = Counter(table.key_of(row) for row in rows.rows_of(values))
            named = _named(table, made[keys.most_common(1)[0][0]])
            raise StoreError(f"{named} comes twice: leave one of the two out")
        columns = ", ".join(f'"{name}"' for name in names)
        at: tuple[str, ...] = ()

        def each() -> Iterator[tuple[Any, ...]]:
            nonlocal at
            for at, row in made.items():  # noqa: B007  # told where one is refused
                yield tuple(row.values())  # in the order of `columns`

        try:
            self._connection.executemany(
                f'insert into "{table.name}" ({columns}) values ({", ".join("?" * len(names))})',
                each(),
            )
        except sqlite3.IntegrityError as error:
            self.spoilt = True
            if str(error).startswith("UNIQUE"):
                named = _named(table, made[at])
                raise StoreError(f"{named} is stored already: change it instead") from error
            raise StoreError(_refusal(Change(table.name, at, None, made[at]), error)) from error
        name, changes = table.name, self._changes
        for key, row in made.items():
            change = Change(name, key, None, row)
            if (name, key) in changes:  # taken away before, in this same write
                self.record(change)
            else:
                changes[name, key] = change

    def update(self, value: V) -> V:
        """Replace the value with the same key; `NotFoundError` where there is none."""
        table = rows.table_of(value)
        row = rows.row_of(value)
        before = self._row(table, table.key_of(row))
        if before is None:
            raise NotFoundError(f"{_named(table, row)} is not stored: it may have been undone")
        return self._store(value, table, row, before=before)

    def put(self, value: V) -> V:
        """Store the value whether or not one with its key is there."""
        table = rows.table_of(value)
        row = rows.row_of(value)
        return self._store(value, table, row, before=self._row(table, table.key_of(row)))

    def delete(self, value: rows.Value) -> None:
        """Remove the value with the same key; `NotFoundError` where there is none."""
        table = rows.table_of(value)
        row = rows.row_of(value)
        before = self._row(table, table.key_of(row))
        if before is None:
            raise NotFoundError(f"{_named(table, row)} is not stored: it may have been undone")
        self.apply(Change(table.name, table.key_of(row), before, None))

    def apply(self, change: Change) -> None:
        """Make a change as it stands and record it; undo and redo come this way."""
        if not self.open:
            raise RuntimeError("this write has ended: open another")
        table = self.database.table(change.table)
        key = change.key if len(change.key) > 1 else change.key[0]
        try:
            if change.after is None:
                table.delete(key)
            elif change.before is None:
                table.insert(change.after)
            else:
                table.update(
                    key,
                    {c: v for c, v in change.after.items() if v != change.before[c]},
                )
        except sqlite3.IntegrityError as error:
            raise StoreError(_refusal(change, error)) from error
        self.record(change)

    def current(self, change: Change) -> Row | None:
        """The row that the change would touch, as it stands."""
        table = rows.table_named(change.table)
        return self._row(table, change.key) if table else None

    def record(self, change: Change) -> None:
        """Note a change for the history line; of a row changed twice, only the outcome."""
        place = (change.table, change.key)
        if earlier := self._changes.pop(place, None):
            change = msgspec.structs.replace(change, before=earlier.before)
        if change.before != change.after:
            self._changes[place] = change

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs from the state before, or from the line that ended last, a row each."""
        return tuple(self._changes.values())

    @property
    def size(self) -> int:
        """How many rows `changes` has."""
        return len(self._changes)

    def end_line(self) -> None:
        """End the line of history here; further changes of the transaction make another.

        So that neither this transaction nor whoever reads its history has to hold all of it at
        once. What the changes refer to must be stored by now, as at the end of the transaction.
        """
        if self._changes:
            self._told(self)
            self._changes.clear()
            self.admission.forget()

    def _store(self, value: V, table: Table, row: Row, *, before: Row | None) -> V:
        self.admission.check(value)
        if isinstance(value, Reviewer):
            row["name"] = self.admission.name(value)
        if before is not None and _same(row, before, keep_times=self._keep_times):
            return rows.value_of(type(value), before)
        self._stamp(row, before)
        self.apply(Change(table.name, table.key_of(row), before, row))
        return rows.value_of(type(value), row)

    def _stamp(self, row: Row, before: Row | None) -> None:
        if "created" in row and not (self._keep_times and row["created"]):
            row["created"] = before["created"] if before else self.at
        if "updated" in row and not (self._keep_times and row["updated"]):
            row["updated"] = self.at

    def _row(self, table: Table, key: tuple[str, ...]) -> Row | None:
        where = " and ".join(f'"{column}" = ?' for column in table.key)
        found = self._connection.execute(
            f'select * from "{table.name}" where {where}', key
        ).fetchone()
        return {name: found[name] for name in rows.columns(table.type)} if found else None


@contextlib.contextmanager
def write(
    connection: sqlite3.Connection,
    path: Path,
    action: str,
    *,
    reviewer: str | None,
    document: str | None,
    nonce: str | None,
    keep_times: bool = False,
) -> Iterator[Write]:
    """One transaction and its history line, or nothing at all."""
    if connection.in_transaction:
        raise RuntimeError("a write or a snapshot is open on this connection already")
    rows.check_text({"action": action, "nonce": nonce})
    # Loaded before the lock is taken: the first time it takes half a second.
    database = connections.wrap(connection)
    try:
        with (
            connections.translated(path),
            connections.WRITE_LOCK,
            connections.transaction(connection),
        ):
            if nonce is not None and known_nonces(connection, (nonce,)):
                raise AlreadyWritten(nonce)

            def told(write: Write) -> None:
                changes = write.changes
                write.admission.outcome(changes)
                standing.follow(connection, changes)
                for text in sorted(write.anew):
                    standing.rebuild(connection, text)
                write.line = history.append(
                    connection,
                    at=write.at,
                    action=action,
                    reviewer=reviewer,
                    document=document or write.document,
                    # It may stand in the history once.
                    nonce=nonce if write.line is None else None,
                    undoes=write.undoes,
                    changes=changes,
                )

            writing = Write(connection, database, told, keep_times=keep_times)
            try:
                yield writing
            finally:
                writing.open = False
            if writing.spoilt:
                raise RuntimeError("a part of what was refused is stored: let the error pass")
            writing.end_line()
    except sqlite3.IntegrityError as error:
        raise StoreError(f"{action!r} was refused and nothing stored: {error}") from error


def known_nonces(connection: sqlite3.Connection, nonces: Iterable[str]) -> set[str]:
    """Those of the nonces that stand in the history."""
    found = connection.execute(
        "select nonce from history where nonce in (select value from json_each(?))",
        (canonical(list(nonces)),),
    )
    return {row["nonce"] for row in found}


def _same(row: Row, before: Row, *, keep_times: bool) -> bool:
    """Whether nothing would change but the times that a write fills in."""
    for column, value in row.items():
        if column in ("created", "updated") and not (keep_times and value):
            continue
        if value != before[column]:
            return False
    return True


def _named(table: Table, row: Row) -> str:
    return f"{table.noun} {' '.join(repr(part) for part in table.key_of(row))}"


def _refusal(change: Change, error: sqlite3.IntegrityError) -> str:
    table = rows.table_named(change.table)
    what = table.noun if table else change.table
    row: dict[str, Any] = change.after or change.before or {}
    said = str(error)
    if said.startswith("CHECK constraint failed: "):
        rule = said.partition(": ")[2]
        column = rule.split()[0].strip('"')
        return f"{what} cannot hold {column} {row.get(column)!r}: it takes {rule}"
    if "FOREIGN KEY" in said:
        return (
            f"{what} {' '.join(map(repr, change.key))} refers to something that is not stored, "
            "or is referred to: store or remove that first"
        )
    return f"{what} {change.key[0]!r} cannot be stored: {said}"
