"""What of two databases' rows becomes of a merge: worked out from both, changing neither.

A row that only one side has changed since they parted is taken as that side has it, removals too.
Where both changed it, and neither has seen what the other did, it is a conflict: what stays is told
by the rows alone, so that both offices come to the same: a change before a removal, then the later
`updated` (where a row has none, the later line of history), then the greater as JSON. What does not
stay is in the history of the side that wrote it.

Some rows then have to be put right, and the merge says that it decided them itself:

- what another row names stays, or comes back;
- the second of two reviewers of one name becomes "Name (2)", the one who was added later;
- where one reviewer's suggestion was accepted, or tag carried over, on both sides, into the same
  tag twice, the tag with the smaller id stays;
- of rows that a table may hold but once, the one with the smaller id stays;
- of a blind project, that it is blind.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from annotator.errors import StoreError
from annotator.model import canonical
from annotator.store import merge_lines, rows
from annotator.store.history import Change
from annotator.store.merge_lines import Key, Touched
from annotator.store.rows import Row, Table

Lines = Callable[[], Iterable[sqlite3.Row]]
Choice = Literal["ours", "theirs"]

_COLUMNS = {table.name: rows.columns(table.type) for table in rows.TABLES}
_TIMES = ("created", "updated", "added", "at")
# What makes two tags the same: all but their ids, when they were written, and what proposed them.
_APART = ("id", "created", "updated", "suggestion")


@dataclass(frozen=True, slots=True)
class Clash:
    """A row that both sides changed since they parted; `None` on the side that removed it."""

    table: str
    key: Key
    ours: Row | None
    theirs: Row | None
    stays: Choice


@dataclass
class Side:
    """One of the two databases: what lines it has that the other has not, and what they touch."""

    connection: sqlite3.Connection
    lines: Lines
    touched: Touched
    before: dict[tuple[str, Key], list[Row | None]] = field(default_factory=dict)

    def row(self, table: Table, key: Key) -> Row | None:
        """The row as this side has it."""
        where = " and ".join(f'"{column}" = ?' for column in table.key)
        found = self.connection.execute(
            f'select * from "{table.name}" where {where}', key
        ).fetchone()
        return {name: found[name] for name in _COLUMNS[table.name]} if found else None

    def naming(self, table: Table, column: str, value: str) -> list[Row]:
        """The rows that have that value in a column."""
        names = _COLUMNS[table.name]
        return [
            {name: found[name] for name in names}
            for found in self.connection.execute(
                f'select * from "{table.name}" where "{column}" = ?', (value,)
            )
        ]


def sides(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> tuple[Side, Side]:
    """Both databases with what each has that the other does not know of."""
    known = merge_lines.known(ours), merge_lines.known(theirs)

    def since(connection: sqlite3.Connection, other: set[str]) -> Side:
        def lines() -> Iterator[sqlite3.Row]:
            return merge_lines.unknown(connection, other)

        return Side(connection, lines, merge_lines.touched(lines()))

    found = since(ours, known[1]), since(theirs, known[0])
    # What a row was before matters only where both have touched it.
    both = {
        table: keys.keys() & found[1].touched.keys[table].keys()
        for table, keys in found[0].touched.keys.items()
        if table in found[1].touched.keys
    }
    if any(both.values()):
        for side in found:
            side.before = merge_lines.earlier(side.lines(), both)
    return found


class Plan:
    """What is to become of rows: `after` has those that will not be as they are in ours."""

    def __init__(self, ours: Side, theirs: Side) -> None:
        self.ours, self.theirs = ours, theirs
        self.after: dict[str, dict[Key, Row | None]] = defaultdict(dict)
        self.clashes: list[Clash] = []
        self.decided: set[tuple[str, Key]] = set()
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
            if table.key_of(row) not in planned
        ]
        for key in sorted(self._holding[table.name, column].get(value, ())):
            if (row := planned.get(key)) and row[column] == value:
                found.append(row)
        return found

    def changes(self, table: Table) -> list[Change]:
        """What the merge does to a table."""
        return [
            Change(table.name, key, self.ours.row(table, key), row)
            for key, row in self.after[table.name].items()
        ]

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
        if _bare(ours) != _bare(theirs):
            self.clashes.append(Clash(table, key, ours, theirs, stays))
        return ours if stays == "ours" else theirs


def plan(ours: Side, theirs: Side) -> Plan:
    """What is to become of all that people wrote; the texts themselves are `merge_texts`'."""
    made = Plan(ours, theirs)
    for table in rows.TABLES:
        for key in theirs.touched.keys.get(table.name, {}):
            mine, other = ours.row(table, key), theirs.row(table, key)
            made.put(table, key, made.resolve(table.name, key, mine, other))
    _stay_blind(made)
    _join_twins(made)
    _keep_one(made)
    _keep_named(made)
    _tell_apart(made)
    return made


def _bare(row: Row | None) -> Row | None:
    """The row without the times at which it was written."""
    return row and {name: value for name, value in row.items() if name not in _TIMES}


def _stay_blind(made: Plan) -> None:
    """Where one side made the project blind and the other ended it, it is blind."""
    table, key = _table("settings"), ("blind",)
    for place, clash in enumerate(made.clashes):
        if (clash.table, clash.key) != (table.name, key) or not (clash.ours and clash.theirs):
            continue
        blind: Choice = "ours" if clash.ours["value"] == "on" else "theirs"
        made.put(table, key, clash.ours if blind == "ours" else clash.theirs)
        made.decided.add((table.name, key))
        made.clashes[place] = replace(clash, stays=blind)


def _join_twins(made: Plan) -> None:
    """One tag where the same was made twice, of one suggestion or of one earlier tag."""
    tags, joined = _table("annotations"), dict[str, str]()
    for clash in made.clashes:
        if clash.table not in ("decisions", "carried") or not (clash.ours and clash.theirs):
            continue
        named = clash.ours["annotation"], clash.theirs["annotation"]
        if None in named or named[0] == named[1]:
            continue
        found = [made.ours.row(tags, (named[0],)), made.theirs.row(tags, (named[1],))]
        if None not in found and _alike(found[0]) == _alike(found[1]):
            joined[max(named)] = min(named)
    for gone, kept in joined.items():
        stays = made.final(tags, (kept,)) or made.theirs.row(tags, (kept,))
        if stays is None:
            continue
        made.put(tags, (kept,), stays)
        made.put(tags, (gone,), None)
        made.decided |= {(tags.name, (kept,)), (tags.name, (gone,))}
        for name in ("decisions", "carried"):
            table = _table(name)
            for row in made.naming(table, "annotation", gone):
                made.put(table, table.key_of(row), {**row, "annotation": kept})
                made.decided.add((name, table.key_of(row)))
    made.clashes = [clash for clash in made.clashes if not _only_of_twins(clash, joined)]


def _alike(row: Row | None) -> Row:
    return {name: value for name, value in (row or {}).items() if name not in _APART}


def _only_of_twins(clash: Clash, joined: dict[str, str]) -> bool:
    """Whether a conflict was about nothing but which of two same tags is named."""
    if clash.table not in ("decisions", "carried") or not (clash.ours and clash.theirs):
        return False
    named = [
        {**row, "annotation": joined.get(row["annotation"], row["annotation"])}
        for row in (clash.ours, clash.theirs)
    ]
    return _bare(named[0]) == _bare(named[1])


def _keep_one(made: Plan) -> None:
    """Of rows that a table holds but once, made in both offices, keep that with the smaller id."""
    for table in rows.TABLES:
        for columns in _once(made.ours.connection, table):
            for key, row in list(made.after[table.name].items()):
                if row is None:
                    continue
                for other in made.naming(table, columns[0], row[columns[0]]):
                    same = all(other[name] == row[name] for name in columns)
                    if same and table.key_of(other) != key:
                        keys = sorted((key, table.key_of(other)))
                        made.put(table, keys[1], None)
                        made.decided |= {(table.name, one) for one in keys}


def _once(connection: sqlite3.Connection, table: Table) -> list[list[str]]:
    """The columns of each index, besides the key, that holds no value twice; most telling first."""
    found = []
    for index in connection.execute(f"pragma index_list({table.name})"):
        if index["unique"] and index["origin"] == "c":
            names = [
                row["name"] for row in connection.execute(f"pragma index_info({index['name']})")
            ]
            # An index over an expression has a column without a name; its rows have stable ids.
            if None not in names:
                found.append(sorted(names, key=lambda name: name in ("document", "reviewer")))
    return found


def _keep_named(made: Plan) -> None:
    """Keep or bring back what would be gone, where something that stays names it."""
    links = [
        (table, row["from"], named)
        for table in rows.TABLES
        for row in made.ours.connection.execute(f"pragma foreign_key_list({table.name})")
        if (named := rows.table_named(row["table"])) is not None
    ]
    waiting = [
        (table, key, row) for table in rows.TABLES for key, row in made.after[table.name].items()
    ]
    while waiting:
        table, key, row = waiting.pop()
        for owner, column, named in links:
            if row is not None and owner is table and row[column] is not None:
                waiting += _back(made, named, (row[column],))
            elif row is None and named is table and made.naming(owner, column, key[0]):
                waiting += _back(made, named, key)


def _back(made: Plan, table: Table, key: Key) -> list[tuple[Table, Key, Row | None]]:
    if made.final(table, key) is not None:
        return []
    row = made.ours.row(table, key) or made.theirs.row(table, key)
    if row is None:
        raise StoreError(f"a {table.noun} is named in the other database and is not in it")
    made.put(table, key, row)
    made.decided.add((table.name, key))
    return [(table, key, row)]


def _tell_apart(made: Plan) -> None:
    """Give the later of two people of one name a number."""
    table = _table("reviewers")
    if not made.after[table.name]:
        return
    people = {
        row["id"]: {name: row[name] for name in _COLUMNS[table.name]}
        for row in made.ours.connection.execute("select * from reviewers")
    }
    for (id,), planned in made.after[table.name].items():
        people.pop(id, None)
        if planned is not None:
            people[id] = planned
    taken: set[str] = set()
    again: list[Row] = []
    for row in sorted(people.values(), key=lambda row: (row["created"], row["id"])):
        if row["name"].casefold() in taken:
            again.append(row)
        taken.add(row["name"].casefold())
    for row in again:
        number = 2
        while (name := f"{row['name']} ({number})").casefold() in taken:
            number += 1
        taken.add(name.casefold())
        made.put(table, (row["id"],), {**row, "name": name})
        made.decided.add((table.name, (row["id"],)))


def _table(name: str) -> Table:
    found = rows.table_named(name)
    assert found is not None
    return found
