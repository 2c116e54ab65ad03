"""The tables of the full-text index, in the file or, where that cannot be written to, in memory."""

from __future__ import annotations

COLUMNS = ("heading", "words", "quoted", "noted", "proposed")

# `said` keeps the very forms of a row, which an index without contents needs to forget it.
TABLES = (
    """
    create table {where}search_texts (
        number integer primary key,
        document text not null unique,
        run text not null default ''
    ) strict
    """,
    """
    create table {where}search_said (
        id integer primary key,
        what text not null check (what in ('tag', 'note', 'finding', 'link', 'suggestion')),
        document text not null,
        eid text not null,
        key text not null,
        quoted text not null,
        noted text not null,
        proposed text not null,
        unique (what, key)
    ) strict
    """,
    "create index {where}search_said_document on search_said (document, what)",
    "create table {where}search_state (name text primary key, value integer not null) strict",
    # The forms hold letters, digits and marks only, and `ascii` parts words at ASCII signs alone.
    "create virtual table {where}search_index using fts5("
    f"{', '.join(COLUMNS)}, content='', tokenize='ascii')",
)
STATEMENTS = tuple(statement.format(where="") for statement in TABLES)
