"""Who is one person in two databases, though each knows them by an id of its own.

People are not told by their names: two offices may well have an Amal each. Where whoever merges
says that they are one, all that either did is that person's, in this merge and in all later ones:
that is stored (`same_people`) and travels with the database. Which id stays is told by the rows
alone, so that both offices come to the same: that of the one who was added first.

So that two databases can be compared at all, their rows are read as if everybody had always had
the id that stays (`People.row`). Where one side has a row of each, on something of which a person
has but one (a word on a clause, say), the later of the two counts, and the merge tells of it.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.errors import StoreError
from annotator.model import canonical
from annotator.store.rows import Row, Table

Key = tuple[str, ...]
Same = Sequence[tuple[str, str]]
"""Pairs of names, the one here and the one there, of whom each is one person."""

TABLE = "same_people"


@dataclass(frozen=True)
class People:
    """By each id that does not stay the one that does; `created` is when each was added."""

    kept: Mapping[str, str] = field(default_factory=dict)
    created: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def row(self, table: Table, row: Row) -> Row:
        """The row as if everybody in it had always had the id that stays."""
        if not self.kept:
            return row
        found = {
            name: self.kept.get(row[name], row[name]) for name in self.columns.get(table.name, ())
        }
        if table.name == "reviewers" and row["id"] in self.kept:
            kept = self.kept[row["id"]]
            found = {"id": kept, "created": self.created[kept]}
        if table.name == "adjudications":
            found["over"] = self._over(row["over"])
        return {**row, **found} if found else row

    def key(self, table: Table, key: Key) -> Key:
        """The key that such a row has."""
        named = self._in_key(table)
        if not (self.kept and named):
            return key
        return tuple(
            self.kept.get(part, part) if name in named else part
            for name, part in zip(table.key, key, strict=True)
        )

    def keys(self, table: Table, key: Key) -> list[Key]:
        """The keys that such a row may be stored under, the one that stays first."""
        named = self._in_key(table)
        if not (self.kept and named):
            return [key]
        parts = [
            self.ids(part) if name in named else [part]
            for name, part in zip(table.key, key, strict=True)
        ]
        return list(itertools.product(*parts))

    def ids(self, person: str) -> list[str]:
        """All ids of whoever has that one, the one that stays first."""
        return [person, *sorted(gone for gone, kept in self.kept.items() if kept == person)]

    def renamed(self, connection: sqlite3.Connection, table: Table) -> Iterator[Row]:
        """The rows of a table that somebody is in by an id that does not stay, as they are."""
        if not self.kept:
            return
        gone = canonical(sorted(self.kept))
        tests = [f'"{name}" in (select value from json_each(?1))' for name in self._named(table)]
        if table.name == "adjudications":
            tests.append(
                "exists (select 1 from json_each(over) o join json_each(?1) g on g.value = o.key)"
            )
        if tests:
            for row in connection.execute(
                f'select * from "{table.name}" where {" or ".join(tests)}', (gone,)
            ):
                yield dict(row)

    def choose(self, table: Table, found: Sequence[Row], key: Key) -> Row:
        """Of a person's own rows on one thing, stored under several ids, the one that counts."""
        if table.name == "reviewers":
            found = [row for row in found if row["id"] == key[0]] or found
        told = [self.row(table, row) for row in found]
        return max(told, key=lambda row: (row.get("updated") or "", canonical(row)))

    def _named(self, table: Table) -> tuple[str, ...]:
        return ("id",) if table.name == "reviewers" else self.columns.get(table.name, ())

    def _in_key(self, table: Table) -> set[str]:
        return set(self._named(table)) & set(table.key)

    def _over(self, over: str) -> str:
        """By reader what they had said; of two who are one, one of the two, the same every time."""
        said = json.loads(over)
        if not any(reader in self.kept for reader in said):
            return over
        found: dict[str, str] = {}
        for reader, digest in sorted(said.items()):
            person = self.kept.get(reader, reader)
            found[person] = max(digest, found.get(person, ""))
        return canonical(found)


def people(ours: sqlite3.Connection, theirs: sqlite3.Connection, same: Same = ()) -> People:
    """Who is one person: as either side has it already, and as `same` says by name.

    `StoreError` for a name that the one side, or the other, does not have.
    """
    created: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for connection in (ours, theirs):
        for row in connection.execute(
            f"select id, created, null from reviewers union all select id, created, reviewer"
            f" from {TABLE}"
        ):
            created[row[0]] = min(row[1], created.get(row[0], row[1]))
            if row[2] is not None:
                pairs.append((row[0], row[2]))
    pairs += list(_asked(ours, theirs, same, {id for pair in pairs for id in pair}))
    kept = _first(pairs, created)
    return People(kept, created, _columns(ours)) if kept else People()


def namesakes(ours: sqlite3.Connection, theirs: sqlite3.Connection, who: People) -> list[str]:
    """The names that somebody has here and somebody else has there."""
    here, there = (
        {
            row["name"].casefold(): (who.kept.get(row["id"], row["id"]), row["name"])
            for row in connection.execute("select id, name from reviewers")
        }
        for connection in (ours, theirs)
    )
    both = here.keys() & there.keys()
    return sorted(here[name][1] for name in both if here[name][0] != there[name][0])


def _first(pairs: Iterable[tuple[str, str]], created: Mapping[str, str]) -> dict[str, str]:
    """By each id the one of the same person that was added first, where that is another."""
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(joined, joined))
    return {
        id: first
        for id, group in groups.items()
        if id != (first := min(group, key=lambda id: (created[id], id)))
    }


def _asked(
    ours: sqlite3.Connection, theirs: sqlite3.Connection, same: Same, joined: Collection[str]
) -> Iterator[tuple[str, str]]:
    """The ids of the pairs; a pair that was `joined` before may be called otherwise by now."""
    for here, there in same:
        found = _called(ours, here), _called(theirs, there)
        if None not in found:
            yield found[0] or "", found[1] or ""
        elif not {*found} & {*joined}:
            name, where = (there, "in the other database") if found[0] else (here, "here")
            raise StoreError(
                f"there is no reviewer {name!r} {where}: name people as each database does, "
                "as in --same Amal or --same 'Amal=Amal H.'"
            )


def _called(connection: sqlite3.Connection, name: str) -> str | None:
    wanted = " ".join(name.split()).casefold()
    for row in connection.execute("select id, name from reviewers"):
        if row["name"].casefold() == wanted:
            return str(row["id"])
    return None


def _columns(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """By table the columns that name a reviewer."""
    found: dict[str, list[str]] = defaultdict(list)
    for (table,) in connection.execute("select name from sqlite_master where type = 'table'"):
        for row in connection.execute(f'pragma foreign_key_list("{table}")'):
            if row["table"] == "reviewers":
                found[table].append(row["from"])
    return {table: tuple(names) for table, names in found.items()}


def stored(ours: sqlite3.Connection, who: People) -> bool:
    """Whether it stands in a database already who is one person."""
    told = ours.execute(f"select id, reviewer from {TABLE}")
    return dict(map(tuple, told)) == who.kept
