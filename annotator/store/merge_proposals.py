"""What rules made of texts: what comes of it in a merge.

It is taken whole for each text, as the side has it that ran rules alone, or ran them last. Of the
other side's suggestions those come too that somebody decided on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from annotator.errors import StoreError
from annotator.model import canonical
from annotator.store import texts
from annotator.store.history import Change
from annotator.store.merge_rows import Plan
from annotator.store.merge_sides import Side, table_called
from annotator.store.rows import Row
from annotator.store.write import Write

BY_RULES = {
    "power_runs": ("power_safeguards", "power_readings", "power_runs"),
    "reference_runs": ("cross_references", "reference_runs"),
}
"""The tables of each kind of run, those that name others first."""


def propose(
    made: Plan,
    runs: Mapping[str, list[str]],
    connection: sqlite3.Connection,
    write: Write,
) -> tuple[set[str], set[str]]:
    """Store what rules made of texts; the ids of the texts of which that is new, and of suggestions
    that `forget` is to remove when nothing names them any more.

    `runs` says of which texts, by kind of run, the other side has anything new.
    """
    changed: set[str] = set()
    gone: set[str] = set()
    for kind, tables in BY_RULES.items():
        for document in runs[kind]:
            if _take_run(made, kind, tables, document, connection, write):
                changed.add(document)
    for document in runs["suggestion_runs"]:
        left = _propose(_Proposed.of(made, document), connection, write)
        if left is not None:
            changed.add(document)
            gone |= left
    return changed, gone


def forget(connection: sqlite3.Connection, suggestions: Iterable[str]) -> None:
    """Remove the suggestions of a run that counts no longer."""
    connection.execute(
        "delete from suggestions where id in (select value from json_each(?))",
        (canonical(sorted(suggestions)),),
    )


def _take_run(
    made: Plan,
    kind: str,
    tables: tuple[str, ...],
    document: str,
    connection: sqlite3.Connection,
    write: Write,
) -> bool:
    """Take the other side's run of a kind for a text, where it is the one that counts."""
    mine, other = (_run(side.connection, kind, document) for side in (made.ours, made.theirs))
    if other is None or other == mine:
        return False
    both = document in made.ours.touched.runs.get(kind, ())
    if mine and both and _lateness(mine) > _lateness(other):
        return False
    for table in tables:
        connection.execute(f"delete from {table} where document = ?", (document,))
    for table in reversed(tables):
        insert(connection, table, rows_of(made.theirs.connection, table, document))
    write.record(Change(kind, (document,), mine, other))
    return True


@dataclass
class _Proposed:
    """The suggestions of one text on both sides, and which side's count (`base`)."""

    made: Plan
    document: str
    runs: tuple[list[Row], list[Row]]
    held: tuple[dict[str, Row], dict[str, Row]]
    ran: tuple[bool, bool]
    base: Literal["ours", "theirs", "both"]

    @classmethod
    def of(cls, made: Plan, document: str) -> _Proposed:
        """What the two sides have; the later run counts where both ran rules since they parted."""
        mine, other = made.ours, made.theirs
        runs = _runs(mine.connection, document), _runs(other.connection, document)
        last = [runs_[-1] if runs_ else None for runs_ in runs]
        ran = _ran(mine, document), _ran(other, document)
        base: Literal["ours", "theirs", "both"] = "both"
        if ran[0] != ran[1]:
            base = "ours" if ran[0] else "theirs"
        elif ran[0] and last[0] != last[1]:
            base = "ours" if _lateness(last[0]) > _lateness(last[1]) else "theirs"
        held = (
            {row["id"]: row for row in rows_of(mine.connection, "suggestions", document)},
            {row["id"]: row for row in rows_of(other.connection, "suggestions", document)},
        )
        return cls(made, document, runs, held, ran, base)

    def numbered(self) -> list[Row]:
        """The runs of both, each once; the one whose suggestions count has the highest number."""
        mine, other = self.runs
        if not all(self.ran):
            return other if self.ran[1] else mine
        counts = (mine if self.base == "ours" else other)[-1:]
        runs = {run["id"]: run for run in (*other, *mine)}
        order = sorted(
            runs.values(), key=lambda run: (run["id"] in {c["id"] for c in counts}, _lateness(run))
        )
        return [{**run, "number": number} for number, run in enumerate(order, start=1)]

    def kept(self) -> dict[str, Row]:
        """The suggestions that stay or come, by id."""
        mine, other = self.held
        if self.base == "both":
            return {
                id: max((held[id] for held in self.held if id in held), key=canonical)
                for id in sorted(mine.keys() | other.keys())
            }
        after, rest = (mine, other) if self.base == "ours" else (other, mine)
        named = _decided_on(self.made, self.document)
        # One without a run was loaded, and waits for whoever loaded it.
        loaded = all(self.ran)
        return after | {
            id: row
            for id, row in rest.items()
            if id not in after and (id in named or (loaded and row["run"] is None))
        }


def _ran(side: Side, document: str) -> bool:
    """Whether rules were run on a text, or suggestions loaded, since the two sides parted."""
    return any(document in side.touched.runs.get(k, ()) for k in ("suggestion_runs", "suggestions"))


def _decided_on(made: Plan, document: str) -> set[str]:
    """The suggestions that decisions and tags of a text will name."""
    found: set[str] = set()
    for name in ("decisions", "annotations"):
        planned = made.after[name]
        table = table_called(name)
        keys = ", ".join(f'"{column}"' for column in table.key)
        for row in made.ours.connection.execute(
            f"select suggestion, {keys} from {name} where document = ?", (document,)
        ):
            key = made.people.key(table, table.key_of(row))
            if row["suggestion"] and key not in planned:
                found.add(row["suggestion"])
        found |= {
            row["suggestion"]
            for row in planned.values()
            if row and row["document"] == document and row["suggestion"]
        }
    return found


def _number_runs(
    before: list[Row], runs: list[Row], connection: sqlite3.Connection, write: Write
) -> bool:
    known = {run["id"]: run for run in before}
    changed = [run for run in runs if known.get(run["id"]) != run]
    # First out of each other's way, as with versions.
    for run in changed:
        connection.execute(
            "update suggestion_runs set number = number + 1000000 where id = ?", (run["id"],)
        )
    for run in changed:
        if run["id"] in known:
            connection.execute(
                "update suggestion_runs set number = ? where id = ?", (run["number"], run["id"])
            )
        else:
            insert(connection, "suggestion_runs", [run])
        write.record(Change("suggestion_runs", (run["id"],), known.get(run["id"]), run))
    return bool(changed)


def _propose(found: _Proposed, connection: sqlite3.Connection, write: Write) -> set[str] | None:
    """Store the suggestions that come; those that go afterwards, or `None` where all is as it was.

    They go only when the decisions that may still name them are gone.
    """
    before, after = found.held[0], found.kept()
    changed = _number_runs(found.runs[0], found.numbered(), connection, write)
    come = [row for id, row in after.items() if before.get(id) != row]
    for row in come:
        stranger = connection.execute(
            "select 1 from suggestions where id = ? and (document <> ? or rule <> ?)",
            (row["id"], found.document, row["rule"]),
        ).fetchone()
        if stranger:
            raise StoreError(f"suggestion {row['quote'][:60]!r} has the id of another one here")
    insert(connection, "suggestions", come, replace=True)
    if come:
        columns = texts.SUGGESTION_COLUMNS
        fingerprint = texts.digest([{name: row[name] for name in columns} for row in come])
        summary = {"document": found.document, "suggestions": len(come), "digest": fingerprint}
        write.record(Change("suggestions", (fingerprint,), None, summary))
    gone = before.keys() - after.keys()
    return gone if changed or come or gone else None


def _lateness(run: Row | None) -> tuple[str, str]:
    if run is None:
        return "", ""
    return str(run["at"]), canonical({**run, "number": 0})


def _run(connection: sqlite3.Connection, kind: str, document: str) -> Row | None:
    found = connection.execute(f"select * from {kind} where document = ?", (document,)).fetchone()
    return dict(found) if found else None


def _runs(connection: sqlite3.Connection, document: str) -> list[Row]:
    return [
        dict(row)
        for row in connection.execute(
            "select * from suggestion_runs where document = ? order by number", (document,)
        )
    ]


def rows_of(connection: sqlite3.Connection, table: str, document: str) -> list[Row]:
    """All that a table holds about a document, in the order in which it came."""
    return [
        dict(row)
        for row in connection.execute(
            f"select * from {table} where document = ? order by rowid", (document,)
        )
    ]


def insert(
    connection: sqlite3.Connection, table: str, found: Iterable[Row], *, replace: bool = False
) -> None:
    """Store rows as they are; with `replace`, over those with the same key."""
    for row in found:
        names = ", ".join(f'"{name}"' for name in row)
        holes = ", ".join("?" * len(row))
        key = "sha256" if table == "codebook_versions" else "id"
        over = ", ".join(f'"{name}" = excluded."{name}"' for name in row if name != key)
        also = f" on conflict ({key}) do update set {over}" if replace else ""
        connection.execute(
            f"insert into {table} ({names}) values ({holes}){also}", tuple(row.values())
        )
