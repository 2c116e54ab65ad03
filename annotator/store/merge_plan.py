"""What of two databases' rows becomes of a merge: worked out from both, changing neither.

A row that only one side has changed since they parted is taken as that side has it, removals too.
Where both changed it, and neither has seen what the other did, it is a conflict: what stays is told
by the rows alone, so that both offices come to the same: a change before a removal, then the later
`updated` (where a row has none, the later line of history), then the greater as JSON. What does not
stay is in the history of the side that wrote it.

Some rows then have to be put right, and the merge says that it decided them itself:

- what another row names stays, or comes back;
- of what one person said of one thing under two ids, the later counts (`merge_people.py`);
- the second of two reviewers of one name becomes "Name (2)", the one who was added later;
- where one reviewer's suggestion was accepted, or tag carried over, on both sides, into the same
  tag twice, the tag with the smaller id stays;
- of rows that a table may hold but once, the one with the smaller id stays;
- of a blind project, that it is blind.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from annotator.errors import StoreError
from annotator.store import merge_same, rows
from annotator.store.merge_lines import Key
from annotator.store.merge_rows import Choice, Clash, Plan, alike, bare
from annotator.store.merge_sides import Side, table_called
from annotator.store.rows import Row, Table


def plan(ours: Side, theirs: Side) -> Plan:
    """What is to become of all that people wrote; the texts themselves are `merge_texts`'."""
    made = Plan(ours, theirs)
    for table in rows.TABLES:
        for key in theirs.touched.keys.get(table.name, {}):
            mine, other = ours.row(table, key), theirs.row(table, key)
            made.put(table, key, made.resolve(table.name, key, mine, other))
    merge_same.note(made)
    _stay_blind(made)
    _join_twins(made)
    merge_same.join(made)
    _keep_one(made)
    _keep_named(made)
    _tell_apart(made)
    return made


def _stay_blind(made: Plan) -> None:
    """Where one side made the project blind and the other ended it, it is blind."""
    table, key = table_called("settings"), ("blind",)
    for place, clash in enumerate(made.clashes):
        if (clash.table, clash.key) != (table.name, key) or not (clash.ours and clash.theirs):
            continue
        blind: Choice = "ours" if clash.ours["value"] == "on" else "theirs"
        made.put(table, key, clash.ours if blind == "ours" else clash.theirs)
        made.decided.add((table.name, key))
        made.clashes[place] = replace(clash, stays=blind)


def _join_twins(made: Plan) -> None:
    """One tag where the same was made twice, of one suggestion or of one earlier tag."""
    tags, joined = table_called("annotations"), dict[str, str]()
    for clash in made.clashes:
        if clash.table not in ("decisions", "carried") or not (clash.ours and clash.theirs):
            continue
        named = clash.ours["annotation"], clash.theirs["annotation"]
        if None in named or named[0] == named[1]:
            continue
        found = [made.ours.row(tags, (named[0],)), made.theirs.row(tags, (named[1],))]
        if None not in found and alike(found[0]) == alike(found[1]):
            joined[max(named)] = min(named)
    for gone, kept in joined.items():
        stays = made.final(tags, (kept,)) or made.theirs.row(tags, (kept,))
        if stays is None:
            continue
        made.replace(tags, gone, stays)
    made.clashes = [clash for clash in made.clashes if not _only_of_twins(clash, joined)]


def _only_of_twins(clash: Clash, joined: dict[str, str]) -> bool:
    """Whether a conflict was about nothing but which of two same tags is named."""
    if clash.table not in ("decisions", "carried") or not (clash.ours and clash.theirs):
        return False
    named = [
        {**row, "annotation": joined.get(row["annotation"], row["annotation"])}
        for row in (clash.ours, clash.theirs)
    ]
    return bare(named[0]) == bare(named[1])


def _keep_one(made: Plan) -> None:
    """Of rows that a table holds but once, made in both offices, keep that with the smaller id."""
    for table in rows.TABLES:
        for columns in _once(made.ours.connection, table):
            for key in [*made.after[table.name], *sorted(made.renamed[table.name])]:
                row = made.final(table, key)
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
    table = table_called("reviewers")
    if not (made.after[table.name] or made.renamed[table.name]):
        return
    ids = [row["id"] for row in made.ours.connection.execute("select id from reviewers")]
    keys = {made.people.key(table, (id,)) for id in ids} | made.after[table.name].keys()
    found = ((key, made.final(table, key)) for key in keys)
    people = {key: row for key, row in found if row is not None}
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
