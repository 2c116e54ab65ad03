"""Whether a database is sound: what `verify` reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from annotator.errors import SpanError
from annotator.model import check_span, sha256
from annotator.store import history, rows, texts


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """One sentence a problem: the file, its references, texts, spans and history."""
    for row in connection.execute("pragma quick_check"):
        if row[0] != "ok":
            yield f"the file is damaged: {row[0]}"
    for row in connection.execute("pragma foreign_key_check"):
        yield f"row {row['rowid']} of {row['table']} refers to a missing row of {row['parent']}"
    yield from _texts(connection)
    yield from _spans(connection)
    yield from history.broken_links(connection)
    yield from _tables_against_history(connection)


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute("select slug, version, text, text_sha256 from documents"):
        if sha256(row["text"]) != row["text_sha256"]:
            yield f"the text of {row['slug']!r}, version {row['version']}, is not the one stored"


def _spans(connection: sqlite3.Connection) -> Iterator[str]:
    for table in ("annotations", "suggestions", "links", "cross_references"):
        for row in connection.execute(
            f'select t.id, t.start, t."end", t.quote, d.text from {table} t'
            " join documents d on d.id = t.document order by t.document, t.start"
        ):
            try:
                check_span(row["text"], row["start"], row["end"], row["quote"])
            except SpanError as error:
                yield f"{table} {row['id']!r}: {error}"


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
    latest = {run["document"]: run for run in told.get("suggestion_runs", {}).values()}
    for run in latest.values():
        if texts.run_digest(connection, run["id"]) != run["digest"]:
            yield f"the suggestions of run {run['ruleset']!r} are not what the history says"
