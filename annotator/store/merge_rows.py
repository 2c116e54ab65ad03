"""What is to become of each row in a merge, and which of them both sides had changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from annotator.model import canonical
from annotator.store import rows
from annotator.store.history import Change
from annotator.store.merge_lines import Key
from annotator.store.merge_sides import Side, table_called
from annotator.store.rows import Row, Table

Choice = Literal["ours", "theirs", "both"]

_TIMES = ("created", "updated", "added", "at")
# What makes two rows the same: all but their ids, when they were written, and what proposed them.
_APART = ("id", "created", "updated", "suggestion")


@dataclass(frozen=True, slots=True)
class Clash:
    """A row that both sides changed since they parted; `None` on the side that removed it.

    With `same`, what one person said twice, under two ids: `theirs` the later, which stays, unless
    both do.
    """

    table: str
    key: Key
    ours: Row | None
    theirs: Row | None
    stays: Choice
    same: bool = False


class Plan:
    """What is to become of rows: `after` has those that will not be as they are in ours."""

    def __init__(self, ours: Side, theirs: Side) -> None:
        self.ours, self.theirs = ours, theirs
        self.after: dict[str, dict[Key, Row | None]] = defaultdict(dict)
        self.clashes: list[Clash] = []
        self.decided: set[tuple[str, Key]] = set()
        self.people = ours.people
        self.renamed = {table.name: ours.renamed(table) for table in rows.TABLES}
        self._holding: dict[tuple[str, str], dict[str, set[Key]]] = {}

    def final(self, table: Table, key: Key) -> Row | None:
        """The row as it will be."""
        planned = self.after[table.name]
        return planned[key] if key in planned else self.ours.row(table, key)

    def put(self, table: Table, key: Key, row: Row | None) -> None:
        """Let the row become that."""
        if row == self.ours.row(table, key):
            self.after[table.name].pop(key, None)
            return
        self.after[table.name][key] = row
        for (name, column), holding in self._holding.items():
            if name == table.name and row is not None:
                holding[row[column]].add(key)

    def naming(self, table: Table, column: str, value: str) -> list[Row]:
        """The rows that will have that value in a column."""
        planned = self.after[table.name]
        if (table.name, column) not in self._holding:
            holding = self._holding[table.name, column] = defaultdict(set)
            for key, row in planned.items():
                if row is not None:
                    holding[row[column]].add(key)
        found = [
            row
            for row in self.ours.naming(table, column, value)
            if table.key_of(row) not in planned and row[column] == value
        ]
        for key in sorted(self._holding[table.name, column].get(value, ())):
            if (row := planned.get(key)) and row[column] == value:
                found.append(row)
        return found

    def replace(self, table: Table, gone: str, stays: Row) -> None:
        """Let one row stand for another of its table, and for what names that."""
        keys = ((stays["id"],), (gone,))
        self.put(table, keys[0], stays)
        self.put(table, keys[1], None)
        self.decided |= {(table.name, key) for key in keys}
        for name in ("decisions", "carried") if table.name == "annotations" else ():
            naming = table_called(name)
            for row in self.naming(naming, "annotation", gone):
                self.put(naming, naming.key_of(row), {**row, "annotation": stays["id"]})
                self.decided.add((name, naming.key_of(row)))

    def changes(self, table: Table) -> list[Change]:
        """What the merge does to a table."""
        found = []
        for key in dict.fromkeys((*self.after[table.name], *sorted(self.renamed[table.name]))):
            before = {table.key_of(row): row for row in self.ours.stored(table, key)}
            after = self.final(table, key)
            found += [
                Change(table.name, other, row, None)
                for other, row in before.items()
                if other != key
            ]
            if before.get(key) != after:
                found.append(Change(table.name, key, before.get(key), after))
        return found

    def resolve(self, table: str, key: Key, ours: Row | None, theirs: Row | None) -> Row | None:
        """What becomes of one row; a conflict is noted."""
        mine, other = self.ours.touched.keys, self.theirs.touched.keys
        if ours == theirs or key not in other.get(table, {}):
            return ours
        if key not in mine.get(table, {}):
            return theirs
        seen = ours in self.theirs.before.get((table, key), ())
        saw = theirs in self.ours.before.get((table, key), ())
        if seen != saw:
            return theirs if seen else ours
        times = mine[table][key], other[table][key]
        later = max(
            (row is not None, (row or {}).get("updated") or time, canonical(row), stays)
            for row, time, stays in (
                (ours, times[0], "ours"), (theirs, times[1], "theirs")
            )
        )  # fmt: skip
        stays: Choice = "ours" if later[3] == "ours" else "theirs"
        if bare(ours) != bare(theirs):
            self.clashes.append(Clash(table, key, ours, theirs, stays))
        return ours if stays == "ours" else theirs


def bare(row: Row | None) -> Row | None:
    """The row without the times at which it was written."""
    return row and {name: value for name, value in row.items() if name not in _TIMES}


def alike(row: Row | None) -> Row:
    """What makes two rows the same."""
    return {name: value for name, value in (row or {}).items() if name not in _APART}
