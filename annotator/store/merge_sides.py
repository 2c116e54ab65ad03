"""The two databases of a merge as they are compared: their rows, and what either did alone."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.store import merge_lines, rows
from annotator.store.merge_lines import Key, Touched
from annotator.store.merge_people import People
from annotator.store.rows import Row, Table

Lines = Callable[[], Iterable[sqlite3.Row]]

_COLUMNS = {table.name: rows.columns(table.type) for table in rows.TABLES}


@dataclass
class Side:
    """One of the two databases: what lines it has that the other has not, and what they touch.

    Its rows and their keys are told as if everybody had always had the id that stays (`people`);
    `stored` tells them as they are.
    """

    connection: sqlite3.Connection
    lines: Lines
    touched: Touched
    people: People = field(default_factory=People)
    before: dict[tuple[str, Key], list[Row | None]] = field(default_factory=dict)

    def stored(self, table: Table, key: Key) -> list[Row]:
        """What is stored of the row, under whichever ids; that under the id that stays first."""
        where = " and ".join(f'"{column}" = ?' for column in table.key)
        found = (
            self.connection.execute(f'select * from "{table.name}" where {where}', one).fetchone()
            for one in self.people.keys(table, key)
        )
        return [{name: row[name] for name in _COLUMNS[table.name]} for row in found if row]

    def row(self, table: Table, key: Key) -> Row | None:
        """The row as this side has it."""
        found = self.stored(table, key)
        if len(found) > 1:
            return self.people.choose(table, found, key)
        return self.people.row(table, found[0]) if found else None

    def naming(self, table: Table, column: str, value: str) -> list[Row]:
        """The rows that have that value in a column."""
        values = [value]
        if column in self.people.columns.get(table.name, ()):
            values = self.people.ids(value)
        keys = {
            self.people.key(table, table.key_of(found)): None
            for one in values
            for found in self.connection.execute(
                f'select * from "{table.name}" where "{column}" = ?', (one,)
            )
        }
        return [row for key in keys if (row := self.row(table, key))]

    def renamed(self, table: Table) -> set[Key]:
        """The keys of rows that somebody is in by an id that does not stay."""
        return {
            self.people.key(table, table.key_of(row))
            for row in self.people.renamed(self.connection, table)
        }


def sides(
    ours: sqlite3.Connection, theirs: sqlite3.Connection, people: People
) -> tuple[Side, Side]:
    """Both databases with what each has that the other does not know of."""
    known = merge_lines.known(ours), merge_lines.known(theirs)

    def since(connection: sqlite3.Connection, other: set[str]) -> Side:
        def lines() -> Iterator[sqlite3.Row]:
            return merge_lines.unknown(connection, other)

        touched = merge_lines.touched(lines())
        for table in rows.TABLES if people.kept else ():
            keys = touched.keys.pop(table.name, {})
            for key, at in keys.items():
                told = touched.keys[table.name]
                told[people.key(table, key)] = max(at, told.get(people.key(table, key), ""))
        return Side(connection, lines, touched, people)

    found = since(ours, known[1]), since(theirs, known[0])
    # What a row was before matters only where both have touched it.
    both = {
        table: keys.keys() & found[1].touched.keys[table].keys()
        for table, keys in found[0].touched.keys.items()
        if table in found[1].touched.keys
    }
    if any(both.values()):
        for side in found:
            side.before = _earlier(side, both)
    return found


def _earlier(side: Side, both: Mapping[str, Collection[Key]]) -> dict[tuple[str, Key], list[Any]]:
    """What those rows were before the lines that the other side does not know of."""
    people = side.people
    wanted = {
        name: {raw for key in keys for raw in people.keys(table_called(name), key)}
        if rows.table_named(name)
        else keys
        for name, keys in both.items()
    }
    found: dict[tuple[str, Key], list[Row | None]] = defaultdict(list)
    for (name, key), were in merge_lines.earlier(side.lines(), wanted).items():
        table = rows.table_named(name)
        if table is None:
            found[name, key] += were
            continue
        told = (row if row is None else people.row(table, row) for row in were)
        found[name, people.key(table, key)] += told
    return found


def table_called(name: str) -> Table:
    """The table of that name, which is one of `rows.TABLES`."""
    found = rows.table_named(name)
    assert found is not None
    return found
