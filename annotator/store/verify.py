"""Whether a database is sound: what `verify` reports."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from functools import cache

from annotator.errors import SpanError
from annotator.model import check_span, sha256
from annotator.store import connection as connections
from annotator.store import (
    history,
    merge_lines,
    powers,
    references,
    rows,
    schema,
    search_index,
    standing,
    tallies,
    texts,
)

_WITH_SPANS = (
    "annotations",
    "suggestions",
    "links",
    "cross_references",
    "adjudications",
    "comments",
)
_SCHEMA = "select type, name, sql from sqlite_master where sql is not null"


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """One sentence a problem: the file, its schema, references, texts, spans and history."""
    for row in connection.execute("pragma quick_check"):
        if row[0] != "ok":
            yield f"the file is damaged: {row[0]}"
    for row in connection.execute("pragma foreign_key_check"):
        yield f"row {row['rowid']} of {row['table']} refers to a missing row of {row['parent']}"
    yield from _foreign_schema(connection)
    yield from _texts_and_spans(connection)
    yield from history.broken_links(connection)
    yield from merge_lines.problems(connection)
    yield from _tables_against_history(connection)
    yield from search_index.problems(connection)
    yield from standing.drift(connection)
    yield from tallies.drift(connection)


def foreign_triggers(connection: sqlite3.Connection) -> Iterator[str]:
    """One sentence for each trigger that is not as a program of the file's own age made it.

    A file that came by post may hold a trigger that changes what is written to it.
    """
    version = connection.execute("pragma user_version").fetchone()[0]
    ours = dict(_made(version))
    for row in connection.execute(_SCHEMA):
        kind, name, sql = tuple(row)
        if kind == "trigger" and ours.get(name) != sql:
            yield f"the trigger {name!r} is not of this program: drop it, or go back to a backup"


@cache
def _made(version: int) -> tuple[tuple[str, str], ...]:
    """Name and SQL of all that a new file of that version holds."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        behind = schema.name(version) if version < schema.VERSION else None
        schema.migrations().apply(connections.wrap(fresh), stop_before=behind)
        return tuple((name, sql) for _, name, sql in fresh.execute(_SCHEMA))


def _foreign_schema(connection: sqlite3.Connection) -> Iterator[str]:
    ours = dict(_made(schema.VERSION))
    theirs = {row["name"]: (row["type"], row["sql"]) for row in connection.execute(_SCHEMA)}
    for name, sql in sorted(ours.items()):
        if name not in theirs:
            yield f"{name!r} is missing from the schema: go back to a backup"
        elif theirs[name][1] != sql:
            yield f"{name!r} is not what this program made: go back to a backup"
    for name, (kind, _) in sorted(theirs.items()):
        if kind == "trigger" and name not in ours:
            yield f"the trigger {name!r} is not of this program: drop it, or go back to a backup"


def _texts_and_spans(connection: sqlite3.Connection) -> Iterator[str]:
    for document in connection.execute(
        "select id, slug, version, text, text_sha256 from documents"
    ):
        text = document["text"]
        if sha256(text) != document["text_sha256"]:
            yield (
                f"the text of {document['slug']!r}, version {document['version']}, "
                "is not the one stored: go back to a backup"
            )
        for table in _WITH_SPANS:
            for row in connection.execute(
                f'select id, start, "end", quote from {table} where document = ?'
                " and start is not null"
                ' order by start, "end", id',
                (document["id"],),
            ):
                try:
                    check_span(text, row["start"], row["end"], row["quote"])
                except SpanError as error:
                    yield f"{table} {row['id']!r}: {error}"
        for fault in powers.misplaced(connection, document["id"], text):
            yield f"powers of {document['slug']!r}: {fault}"


def _tables_against_history(connection: sqlite3.Connection) -> Iterator[str]:
    told = history.replay(connection)
    for table in rows.TABLES:
        expected = told.get(table.name, {})
        stored = {
            table.key_of(row): {name: row[name] for name in rows.columns(table.type)}
            for row in map(dict, connection.execute(f"select * from {table.name}"))
        }
        for key in sorted(expected.keys() | stored.keys()):
            if expected.get(key) != stored.get(key):
                named = " ".join(map(repr, key))
                yield f"{table.noun} {named} is not what the history says: go back to a backup"
    for (document,), summary in told.get("documents", {}).items():
        if texts.clauses_digest(connection, document) != summary["clauses_sha256"]:
            yield f"the clauses of {summary['slug']!r} are not what the history says"
    yield from merge_lines.unlisted(connection, told.get("merges", {}))
    # The latest by its number: a merge may bring in earlier runs behind it.
    runs = sorted(told.get("suggestion_runs", {}).values(), key=lambda run: run["number"])
    latest = {run["document"]: run for run in runs}
    for run in latest.values():
        if texts.run_digest(connection, run["id"]) != run["digest"]:
            yield f"the suggestions of run {run['ruleset']!r} are not what the history says"
    for run in told.get("reference_runs", {}).values():
        if references.stored_digest(connection, run["document"]) != run["digest"]:
            yield f"the references of document {run['document']!r} are not what the history says"
    for run in told.get("power_runs", {}).values():
        if powers.stored_digest(connection, run["document"]) != run["digest"]:
            yield f"the powers of document {run['document']!r} are not what the history says"
