"""Whole texts and whole runs of suggestions: many rows, one transaction, one line of history.

The history keeps a count and a SHA-256 of such rows rather than each of them.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import get_args

import msgspec

from annotator.errors import NotFoundError, StoreError
from annotator.model import (
    POLARITIES,
    Clause,
    CodebookVersion,
    Document,
    Kind,
    Suggestion,
    Voice,
    canonical,
    check_span,
    new_id,
    sha256,
    stable_id,
)
from annotator.store import rows
from annotator.store.history import Change
from annotator.store.rows import Row
from annotator.store.write import Write

SUMMARY = (
    "id",
    "slug",
    "version",
    "title",
    "kind",
    "language",
    "text_sha256",
    "characters",
    "reviewable",
    "source",
    "notice",
    "metadata",
    "warnings",
    "added",
)
"""The columns of a document that the history keeps, which are all but the text."""

CLAUSE_COLUMNS = Clause.__struct_fields__
_values = attrgetter(*CLAUSE_COLUMNS)
# A clause by its fields' names, as `canonical` gives it of a row, in a third of the time.
_encode = msgspec.json.Encoder(order="sorted").encode
_NUL = b"\\u0000"
_KINDS = get_args(Kind)
_VOICES = get_args(Voice)
SUGGESTION_COLUMNS = tuple(name for name in rows.columns(Suggestion) if name != "document")


def _insert(table: str, columns: Sequence[str]) -> str:
    named = ", ".join(f'"{column}"' for column in columns)
    return f"insert into {table} ({named}) values ({', '.join('?' for _ in columns)})"


_INSERT_DOCUMENT = _insert("documents", (*SUMMARY, "text"))
_INSERT_CLAUSE = _insert("clauses", ("document", "position", *CLAUSE_COLUMNS))


def add(connection: sqlite3.Connection, write: Write, document: Document) -> bool:
    """Store a text and its clauses as a later version of its slug; False where it is there."""
    check_document(document)
    clauses = document.clauses
    fingerprint = _clauses_digest(clauses)
    there, taken, latest = connection.execute(
        "select exists (select 1 from documents where text_sha256 = ?),"
        " exists (select 1 from documents where id = ?),"
        " (select max(version) from documents where slug = ?)",
        (document.text_sha256, document.id, document.slug),
    ).fetchone()
    if there:
        return False
    if taken:
        raise StoreError(f"another text has the id {document.id!r} already: give this one its own")
    row: Row = {
        "id": document.id,
        "slug": document.slug,
        "version": max(document.version, (latest or 0) + 1),
        "title": document.title,
        "kind": document.kind,
        "language": document.language,
        "text_sha256": document.text_sha256,
        "characters": len(document.text),
        "reviewable": sum(clause.body < clause.own_end for clause in clauses),
        "source": document.source,
        "notice": document.notice,
        "metadata": canonical(dict(document.metadata)) if document.metadata else "{}",
        "warnings": canonical(document.warnings) if document.warnings else "[]",
        "added": write.at,
    }
    if not rows.is_text("".join(map(str, row.values()))):
        rows.check_text(row)
    # Plain SQL, twenty times as quick as sqlite-utils' own way for so few rows a text.
    connection.execute(_INSERT_DOCUMENT, (*row.values(), document.text))
    connection.executemany(
        _INSERT_CLAUSE,
        [(document.id, position, *_values(clause)) for position, clause in enumerate(clauses)],
    )
    summary = {**row, "clauses": len(clauses), "clauses_sha256": fingerprint}
    write.record(Change("documents", (document.id,), None, summary))
    return True


def set_work(connection: sqlite3.Connection, write: Write, document: str, work: str | None) -> bool:
    """Record of which treaty the text is a language version; False where that is so already."""
    names = ", ".join(f'"{name}"' for name in SUMMARY)
    found = connection.execute(f"select {names} from documents where id = ?", (document,))
    before = dict(found.fetchone())
    clauses = read_clauses(connection, document)
    before |= {"clauses": len(clauses), "clauses_sha256": _clauses_digest(clauses)}
    metadata = {k: v for k, v in json.loads(before["metadata"]).items() if k != "work"}
    if work is not None and work != before["slug"]:
        metadata["work"] = work
    after = {**before, "metadata": canonical(metadata)}
    rows.check_text(after)
    connection.execute(
        "update documents set metadata = ? where id = ?", (after["metadata"], document)
    )
    write.record(Change("documents", (document,), before, after))
    return bool(after != before)


def set_suggestions(
    connection: sqlite3.Connection,
    write: Write,
    document: str,
    ruleset: str,
    suggestions: Iterable[Suggestion],
) -> None:
    """Make these the document's suggestions; the same run again changes nothing.

    Earlier ones go, except those that a decision or an annotation refers to.
    """
    contents = _suggestion_rows(connection, document, suggestions)
    fingerprint = _suggestions_digest(contents)
    latest = connection.execute(
        "select number, ruleset, digest from suggestion_runs where document = ?"
        " order by number desc limit 1",
        (document,),
    ).fetchone()
    if latest and (latest["ruleset"], latest["digest"]) == (ruleset, fingerprint):
        return
    run: Row = {
        "id": new_id(),
        "document": document,
        "number": latest["number"] + 1 if latest else 1,
        "ruleset": ruleset,
        "suggestions": len(contents),
        "digest": fingerprint,
        "at": write.at,
    }
    rows.check_text(run)
    write.database.table("suggestion_runs").insert(run)
    connection.execute(
        "delete from suggestions where document = ?1"
        " and id not in (select suggestion from decisions where document = ?1)"
        " and id not in (select suggestion from annotations"
        "                where document = ?1 and suggestion is not null)",
        (document,),
    )
    _store_suggestions(write, document, run["id"], contents)
    write.record(Change("suggestion_runs", (run["id"],), None, run))


def add_suggestions(
    connection: sqlite3.Connection, write: Write, document: str, suggestions: Iterable[Suggestion]
) -> int:
    """Store suggestions beside those of the latest run, as a dataset brings them; how many."""
    contents = _suggestion_rows(connection, document, suggestions)
    stored = {
        row["id"]
        for row in connection.execute(
            "select id from suggestions where id in (select value from json_each(?))",
            (canonical([row["id"] for row in contents]),),
        )
    }
    contents = [row for row in contents if row["id"] not in stored]
    if contents:
        _store_suggestions(write, document, None, contents)
        fingerprint = _suggestions_digest(contents)
        summary = {"document": document, "suggestions": len(contents), "digest": fingerprint}
        write.record(Change("suggestions", (fingerprint,), None, summary))
    return len(contents)


def add_codebook(
    connection: sqlite3.Connection, write: Write, version: str, sha256: str, codebook: str
) -> bool:
    """Keep the text of a codebook under its hash; False where it is there."""
    if has_codebook(connection, sha256):
        return False
    row: Row = {"sha256": sha256, "version": version, "codebook": codebook, "added": write.at}
    rows.check_text(row)
    write.database.table("codebook_versions").insert(row)
    write.record(Change("codebook_versions", (sha256,), None, row))
    return True


def has_codebook(connection: sqlite3.Connection, sha256: str) -> bool:
    """Whether a codebook is kept under that hash."""
    return bool(
        connection.execute("select 1 from codebook_versions where sha256 = ?", (sha256,)).fetchone()
    )


def codebooks(connection: sqlite3.Connection) -> list[CodebookVersion]:
    """Every codebook that is kept, in the order in which they came."""
    return [
        CodebookVersion(row["sha256"], row["version"], row["codebook"], row["added"])
        for row in connection.execute("select * from codebook_versions order by added, rowid")
    ]


def read_clauses(connection: sqlite3.Connection, document: str) -> tuple[Clause, ...]:
    """The stored clauses of a document, in text order."""
    columns = ", ".join(f'"{name}"' for name in CLAUSE_COLUMNS)
    cursor = connection.cursor()
    cursor.row_factory = None
    return tuple(
        Clause(*row)
        for row in cursor.execute(
            f"select {columns} from clauses where document = ? order by position", (document,)
        )
    )


def digest(contents: Sequence[Row]) -> str:
    """The SHA-256 of rows, a line of canonical JSON each."""
    return _digest(map(canonical, contents))


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()


def _clauses_digest(clauses: Iterable[Clause]) -> str:
    """What `digest` gives for clauses as rows; `StoreError` for what no file can carry."""
    found = tuple(clauses)
    try:
        lines = b"\n".join(map(_encode, found))
    except UnicodeEncodeError:
        lines = _NUL
    if _NUL in lines:
        # What is wrong is looked for only where something may be.
        for clause in found:
            rows.check_text(dict(zip(CLAUSE_COLUMNS, _values(clause), strict=True)))
    return hashlib.sha256(lines).hexdigest()


def clauses_digest(connection: sqlite3.Connection, document: str) -> str:
    """What `digest` gives for the stored clauses of a document."""
    return _clauses_digest(read_clauses(connection, document))


def run_digest(connection: sqlite3.Connection, run: str) -> str:
    """What `digest` gives for the stored suggestions of a run."""
    found = connection.execute("select * from suggestions where run = ?", (run,))
    contents = [{name: row[name] for name in SUGGESTION_COLUMNS} for row in found]
    for row in contents:
        row["eid"] = row["eid"] or ""
    return _suggestions_digest(sorted(contents, key=_suggestion_order))


def _suggestions_digest(contents: Iterable[Row]) -> str:
    """As `digest`; rows without a voice have the bytes they had before there were voices."""
    return digest(
        [{name: held for name, held in row.items() if name != "voice" or held} for row in contents]
    )


def check_document(document: Document) -> None:
    """Raise `StoreError` unless the text has its hash, and every clause lies within it."""
    named = repr(document.slug)
    for column in ("id", "slug", "title"):
        if not getattr(document, column).strip():
            raise StoreError(f"a document needs a {column}: {named} has none")
    if document.kind not in _KINDS:
        raise StoreError(f"{named} is of kind {document.kind!r}: it takes {_either(_KINDS)}")
    if "\0" in document.text:
        raise StoreError(f"the text of {named} holds a NUL character: import it again")
    try:
        actual = sha256(document.text)
    except UnicodeEncodeError as error:
        raise StoreError(f"the text of {named} holds half a character: import it again") from error
    if actual != document.text_sha256:
        raise StoreError(
            f"the text of {named} has the SHA-256 {actual}, not {document.text_sha256}: "
            "import it again"
        )
    known: set[str] = set()
    length = len(document.text)
    for clause in document.clauses:
        fault = ""
        if not 0 <= clause.start <= clause.body <= clause.own_end <= clause.end <= length:
            fault = "does not lie within its text"
        elif clause.eid in known:
            fault = "comes twice"
        elif clause.parent is not None and clause.parent not in known:
            fault = f"comes before its parent {clause.parent!r}"
        if fault:
            raise StoreError(f"clause {clause.eid!r} of {named} {fault}: import it again")
        known.add(clause.eid)


def _suggestion_rows(
    connection: sqlite3.Connection, document: str, suggestions: Iterable[Suggestion]
) -> list[Row]:
    """The suggestions as rows in text order, each checked, each once."""
    text = connection.execute("select text from documents where id = ?", (document,)).fetchone()[0]
    eids = {clause.eid for clause in read_clauses(connection, document)}
    found: dict[str, Row] = {}
    for suggestion in suggestions:
        row = _suggestion_row(document, text, eids, suggestion)
        found[row["id"]] = row
    stolen = connection.execute(
        "select id from suggestions where document <> ? and id in (select value from json_each(?))",
        (document, canonical(list(found))),
    ).fetchone()
    if stolen:
        raise StoreError(f"suggestion {stolen['id']!r} is of another document: give it its own id")
    return sorted(found.values(), key=_suggestion_order)


def _store_suggestions(
    write: Write, document: str, run: str | None, contents: Iterable[Row]
) -> None:
    write.database.table("suggestions").upsert_all(
        ({**row, "eid": row["eid"] or None, "document": document, "run": run} for row in contents),
        pk="id",
    )


def _suggestion_row(document: str, text: str, eids: set[str], suggestion: Suggestion) -> Row:
    if suggestion.document not in ("", document):
        raise StoreError(
            f"a suggestion for document {suggestion.document!r} came with those for {document!r}"
        )
    check_span(text, suggestion.start, suggestion.end, suggestion.quote)
    if suggestion.eid and suggestion.eid not in eids:
        raise NotFoundError(f"the document has no clause {suggestion.eid!r}: see its `outline`")
    if suggestion.polarity not in POLARITIES:
        raise StoreError(
            f"a suggestion of {suggestion.rule!r} has polarity {suggestion.polarity!r}: "
            f"it takes {_either(POLARITIES)}"
        )
    if suggestion.voice not in _VOICES:
        raise StoreError(
            f"a suggestion of {suggestion.rule!r} has voice {suggestion.voice!r}: "
            f"it takes {_either(_VOICES)}"
        )
    if not 0 <= suggestion.score <= 1:
        raise StoreError(
            f"a suggestion of {suggestion.rule!r} has score {suggestion.score}: it takes 0 to 1"
        )
    identity = suggestion.id or stable_id(
        "suggestion",
        document,
        suggestion.rule,
        suggestion.concern,
        suggestion.polarity,
        suggestion.start,
        suggestion.end,
    )
    value = dataclasses.replace(suggestion, id=identity)
    row = {name: getattr(value, name) for name in SUGGESTION_COLUMNS}
    row["score"] = float(row["score"])
    rows.check_text(row)
    return row


def _either(allowed: Sequence[str]) -> str:
    return " or ".join(map(repr, allowed))


def _suggestion_order(row: Row) -> tuple[int, int, str, str]:
    return row["start"], row["end"], row["rule"], row["id"]
