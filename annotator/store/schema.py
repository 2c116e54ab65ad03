"""The tables, and how an older file becomes a newer one.

Everything is STRICT and opens well in Datasette: plain names, JSON as text, and views for the
questions people ask. Offsets are code points, half-open, as SQLite's own `substr` counts them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.store import (
    adjudication_schema,
    carried_comments_schema,
    comment_schema,
    first_schema,
    merge_schema,
    rejected_links_schema,
    same_people_schema,
    search_schema,
    spare_indexes_schema,
    standing,
    tallies,
    verdict_schema,
    work_schema,
)

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x54524541
"""`TREA`, in the header of every database of ours (SQLite file format, offset 68)."""

# Neither end refers by a foreign key: what was carried may be removed afterwards on both sides, and
# that it was carried stays known, so that it is not carried again.
_CARRIED = (
    """
    create table carried (
        origin text not null,
        document text not null references documents (id),
        annotation text,
        how text not null
            check (how in ('exact', 'context', 'fuzzy', 'clause', 'person', 'none')),
        score real not null check (score between 0 and 1),
        state text not null check (state in ('placed', 'to_place', 'dropped')),
        reason text not null,
        reviewer text references reviewers (id),
        updated text not null,
        primary key (origin, document),
        check ((state = 'placed') = (annotation is not null))
    ) strict
    """,
    "create index carried_document on carried (document, state)",
    "create index carried_annotation on carried (annotation)",
    "create index carried_reviewer on carried (reviewer)",
    """
    create view carried_tags as
    select d.slug as document, d.version, c.state, c.how, c.score, c.reason, o.quote as old_words,
           k.citation as old_clause, n.quote as new_words, w.name as reviewer,
           coalesce(p.name, '') as by_whom, c.updated, c.origin, c.annotation
    from carried c
    join documents d on d.id = c.document
    left join annotations o on o.id = c.origin
    left join clauses k on k.document = o.document and k.eid = o.eid
    left join annotations n on n.id = c.annotation
    left join reviewers w on w.id = o.reviewer
    left join reviewers p on p.id = c.reviewer
    """,
)


# References are found by rules that grow better; a text whose run is of others is searched again.
_REFERENCE_RUNS = (
    """
    create table reference_runs (
        document text primary key references documents (id),
        finder text not null,
        found integer not null,
        digest text not null,
        at text not null
    ) strict
    """,
    """
    create view clauses_cited as
    select d.slug as document, d.version, c.citation, r.quote, t.slug as cited_document,
           k.citation as cited, r.start, r."end", r.eid, r.target_eid as cited_eid
    from cross_references r
    join documents d on d.id = r.document
    join clauses c on c.document = r.document and c.eid = r.eid
    left join documents t on t.id = r.target_document
    left join clauses k on k.document = r.target_document and k.eid = r.target_eid
    """,
)


_ASSESSMENTS = (
    "alter table assessments add column note text not null default ''",
    "alter table assessments add column codebook text not null default ''",
    "drop view assessed_safeguards",
    """
    create view assessed_safeguards as
    select d.slug as document, d.version, c.citation, r.name as reviewer, s.safeguard, s.state,
           s.note, s.codebook, s.updated, s.eid
    from assessments s
    join documents d on d.id = s.document
    join clauses c on c.document = s.document and c.eid = s.eid
    join reviewers r on r.id = s.reviewer
    """,
)


# Powers against safeguards are read by rules, like suggestions; a text has one run of them.
_POWER_READINGS = (
    """
    create table power_runs (
        document text primary key references documents (id),
        ruleset text not null,
        powers integer not null,
        digest text not null,
        at text not null
    ) strict
    """,
    """
    create table power_readings (
        document text not null,
        eid text not null,
        power text not null,
        "group" text not null check ("group" in ('power', 'offence', 'disclosure')),
        start integer not null check (start >= 0),
        "end" integer not null check ("end" > start),
        quote text not null,
        primary key (document, eid, power),
        foreign key (document, eid) references clauses (document, eid)
    ) strict
    """,
    # `evidence` is a list of `{"eid", "start", "end", "quote"}`; `place` keeps the list's order.
    """
    create table power_safeguards (
        document text not null,
        eid text not null,
        power text not null,
        place integer not null,
        safeguard text not null,
        state text not null check (state in ('present', 'by_reference', 'weak', 'absent')),
        applies integer not null check (applies in (0, 1)),
        reason text not null,
        evidence text not null,
        primary key (document, eid, power, safeguard),
        foreign key (document, eid, power) references power_readings (document, eid, power)
    ) strict
    """,
    """
    create view powers_against_safeguards as
    select d.slug as document, d.version, c.citation, p."group", p.power, s.safeguard, s.state,
           s.applies, s.reason, s.evidence, p.quote, p.eid
    from power_safeguards s
    join power_readings p on p.document = s.document and p.eid = s.eid and p.power = s.power
    join documents d on d.id = s.document
    join clauses c on c.document = s.document and c.eid = s.eid
    """,
)


# Whose word a suggestion in news is: a claim that is reported, or what the text itself states.
_VOICE = (
    "alter table suggestions add column voice text not null default ''"
    " check (voice in ('', 'claim', 'fact'))",
)


# Who says what of which clause, for whoever opens the file elsewhere.
_LINKED_CLAIMS = (
    """
    create view linked_claims as
    select d.slug as document, d.version, c.citation, l.quote as claim,
           t.slug as target_document, t.version as target_version, k.citation as target, l.note,
           r.name as reviewer, l.created, l.updated, l.eid, l.target_eid, l.id
    from links l
    join documents d on d.id = l.document
    join clauses c on c.document = l.document and c.eid = l.eid
    join documents t on t.id = l.target_document
    join clauses k on k.document = l.target_document and k.eid = l.target_eid
    join reviewers r on r.id = l.reviewer
    """,
)


def _first(database: Database) -> None:
    for statement in first_schema.STATEMENTS:
        database.execute(statement)


def _voice(database: Database) -> None:
    for statement in _VOICE:
        database.execute(statement)


def _carried(database: Database) -> None:
    for statement in _CARRIED:
        database.execute(statement)


def _reference_runs(database: Database) -> None:
    for statement in _REFERENCE_RUNS:
        database.execute(statement)


def _assessments(database: Database) -> None:
    for statement in _ASSESSMENTS:
        database.execute(statement)


def _power_readings(database: Database) -> None:
    for statement in _POWER_READINGS:
        database.execute(statement)


def _project(database: Database) -> None:
    for statement in work_schema.STATEMENTS:
        database.execute(statement)


def _search(database: Database) -> None:
    for statement in search_schema.STATEMENTS:
        database.execute(statement)


def _linked_claims(database: Database) -> None:
    for statement in _LINKED_CLAIMS:
        database.execute(statement)


def _tallies(database: Database) -> None:
    for statement in tallies.STATEMENTS:
        database.execute(statement)


def _adjudications(database: Database) -> None:
    for statement in adjudication_schema.STATEMENTS:
        database.execute(statement)


def _fewer_rows(database: Database) -> None:
    for statement in work_schema.FEWER_ROWS:
        database.execute(statement)
    standing.rebuild_all(database.conn)


def _comments(database: Database) -> None:
    for statement in comment_schema.STATEMENTS:
        database.execute(statement)


def _merges(database: Database) -> None:
    for statement in merge_schema.STATEMENTS:
        database.execute(statement)


def _verdicts(database: Database) -> None:
    for statement in verdict_schema.STATEMENTS:
        database.execute(statement)


def _rejected_links(database: Database) -> None:
    for statement in rejected_links_schema.STATEMENTS:
        database.execute(statement)


def _same_people(database: Database) -> None:
    for statement in same_people_schema.STATEMENTS:
        database.execute(statement)


def _carried_comments(database: Database) -> None:
    for statement in carried_comments_schema.STATEMENTS:
        database.execute(statement)


def _spare_indexes(database: Database) -> None:
    for statement in spare_indexes_schema.STATEMENTS:
        database.execute(statement)


_MIGRATIONS: tuple[tuple[str, Callable[[Database], None]], ...] = (
    ("001_first_schema", _first),
    ("002_carried", _carried),
    ("003_reference_runs", _reference_runs),
    ("004_assessments", _assessments),
    ("005_voice", _voice),
    ("006_power_readings", _power_readings),
    ("007_project", _project),
    ("008_search", _search),
    ("009_linked_claims", _linked_claims),
    ("010_tallies", _tallies),
    ("011_adjudications", _adjudications),
    ("012_fewer_rows", _fewer_rows),
    ("013_comments", _comments),
    ("014_merges", _merges),
    ("015_verdicts", _verdicts),
    ("016_rejected_links", _rejected_links),
    ("018_same_people", _same_people),
    ("019_carried_comments", _carried_comments),
    ("020_spare_indexes", _spare_indexes),
)

VERSION = len(_MIGRATIONS)
"""The `user_version` of a file that has every migration."""


def name(version: int) -> str:
    """The migration that takes a file of that version to the next."""
    return _MIGRATIONS[version][0]


def migrations() -> Migrations:
    """All migrations, in order; loads sqlite-utils, which takes half a second the first time."""
    from sqlite_utils import Migrations

    steps = Migrations("annotator")
    for step, function in _MIGRATIONS:
        steps(name=step)(function)
    return steps
