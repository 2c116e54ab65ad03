"""Lines of history of two databases: what each has that the other has not, and what they touch.

A line's hash stands for all that came before it, so two databases share exactly the lines whose
hashes are the same, however often and in whatever order they were merged. Who has a line knows of
what it did; a row is in conflict where each has lines about it that the other does not know.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.model import canonical
from annotator.store import history
from annotator.store.history import Change
from annotator.store.rows import Row

Key = tuple[str, ...]

COLUMNS = ("hash", *history.CHAINED)
"""What is kept of a line that came from another database: all that its hash is made of."""

RUNS = ("suggestion_runs", "suggestions", "power_runs", "reference_runs")
"""What of a text is made by rules: it is taken a text at a time, not row by row."""

_TABLES = ("history", "merged_history")


@dataclass
class Touched:
    """What lines speak of: by table and key the time of the last; the texts that rules read."""

    lines: int = 0
    keys: dict[str, dict[Key, str]] = field(default_factory=lambda: defaultdict(dict))
    runs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def known(connection: sqlite3.Connection) -> set[str]:
    """The hashes of all lines, its own and those that were merged."""
    return {
        hash for table in _TABLES for (hash,) in connection.execute(f"select hash from {table}")
    }


def head(connection: sqlite3.Connection) -> str:
    """The hash of the last line, which stands for all of them; `GENESIS` where there is none."""
    found = connection.execute("select hash from history order by seq desc limit 1").fetchone()
    return str(found["hash"]) if found else history.GENESIS


def unknown(connection: sqlite3.Connection, to: Collection[str]) -> Iterator[sqlite3.Row]:
    """The lines whose hashes are not among those, each after what it rests on."""
    names = ", ".join(COLUMNS)
    for table in reversed(_TABLES):
        for row in connection.execute(f"select {names} from {table} order by rowid"):
            if row["hash"] not in to:
                yield row


def touched(lines: Iterable[Mapping[str, Any] | sqlite3.Row]) -> Touched:
    """What the lines changed. Of a merge only what it decided itself: the rest has lines too."""
    found = Touched()
    for line in lines:
        found.lines += 1
        records = json.loads(line["changes"])
        merged = _merged(records)
        if merged is not None:
            records = [{"table": table, "key": key} for table, key in merged]
        for record in records:
            table = record["table"]
            if table in RUNS:
                row = record.get("after") or record.get("before") or {}
                found.runs[table].add(row.get("document", ""))
                continue
            key = tuple(record["key"])
            at = found.keys[table].get(key, "")
            found.keys[table][key] = max(at, line["at"])
    return found


def earlier(
    lines: Iterable[Mapping[str, Any] | sqlite3.Row], wanted: Mapping[str, Collection[Key]]
) -> dict[tuple[str, Key], list[Row | None]]:
    """Of those rows, what the lines say that they were before."""
    found: dict[tuple[str, Key], list[Row | None]] = defaultdict(list)
    for line in lines:
        records = json.loads(line["changes"])
        # What a merge took over was not looked at by anyone: only what it decided itself counts.
        merged = _merged(records)
        own = None if merged is None else {(table, tuple(key)) for table, key in merged}
        for record in records:
            keys, key = wanted.get(record["table"]), tuple(record["key"])
            if keys and key in keys and (own is None or (record["table"], key) in own):
                change = Change.of(record)
                found[change.table, change.key].append(change.before)
    return found


def keep(connection: sqlite3.Connection, lines: Iterable[sqlite3.Row]) -> int:
    """Store the lines as they are; how many."""
    names, holes = ", ".join(COLUMNS), ", ".join("?" * len(COLUMNS))
    return connection.executemany(
        f"insert into merged_history ({names}) values ({holes})", (tuple(line) for line in lines)
    ).rowcount


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """One sentence for each line that came and was altered, is missing or belongs to no merge."""
    known: dict[str, list[str]] = {}
    heads: list[str] = []
    for table in _TABLES:
        # Only merges name a second line that they rest on.
        for row in connection.execute(
            f"select hash, seq, previous, case action when 'merge' then changes end from {table}"
        ):
            others = _heads(json.loads(row[3])) if row[3] else []
            known[row["hash"]] = [row["previous"], *others]
            if table == "history":
                heads += others
    for row in connection.execute("select * from merged_history"):
        if row["hash"] != history.line_hash(row):
            yield f"line {row['seq']} of a merged history was altered: go back to a backup"
    reached: set[str] = set()
    while heads:
        hash = heads.pop()
        if hash in reached or hash == history.GENESIS:
            continue
        if hash not in known:
            yield "a line of a merged history is missing: go back to a backup"
            continue
        reached.add(hash)
        heads += known[hash]
    own = "select count(*) from merged_history where hash not in (select value from json_each(?))"
    strays = connection.execute(own, (canonical(sorted(reached)),)).fetchone()[0]
    if strays:
        yield f"{strays} lines of a merged history came with no merge: go back to a backup"


def unlisted(connection: sqlite3.Connection, told: Mapping[Key, Row]) -> Iterator[str]:
    """A sentence where the table of merges is not what the history tells of it."""
    stored = {(row["head"],): dict(row) for row in connection.execute("select * from merges")}
    if told != stored:
        yield "the list of merges is not what the history says: go back to a backup"


def _merged(records: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[str]]] | None:
    """Of the changes of a merge, the rows that it decided; `None` where it is none."""
    for record in records:
        if record["table"] == "merges":
            return [(table, key) for table, key in json.loads(record["after"]["decided"])]
    return None


def _heads(records: Iterable[Mapping[str, Any]]) -> list[str]:
    return [record["key"][0] for record in records if record["table"] == "merges"]
