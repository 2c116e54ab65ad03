"""Cross-references: found again from a text whenever the finder changes, stored with their targets.

They are derived, like an index, so the history keeps a count and a SHA-256 of them for each text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from annotator.errors import NotFoundError
from annotator.model import CrossReference, Document, canonical, check_span
from annotator.store import read, rows, texts
from annotator.store.history import Change
from annotator.store.rows import Row
from annotator.store.write import Write

_COLUMNS = rows.columns(CrossReference)
_RUN = ("document", "finder", "found", "digest", "at")


def find(
    connection: sqlite3.Connection, document: Document
) -> tuple[str, tuple[CrossReference, ...]]:
    """What finds references at present, and those of the document.

    A treaty refers to its own clauses, a news item to those of stored treaties.
    """
    # Loaded here, so that opening a database does not wait for the patterns.
    from annotator.intake import references
    from annotator.intake.references.mentions import may_cite

    if document.kind == "treaty":
        return references.FINDER, references.find(document)
    if not may_cite(document.text):
        return references.FINDER, ()
    known = read.treaties(connection)
    found = references.mentions(document, known, lambda name: read.document(connection, name))
    return references.FINDER, found


def put(
    connection: sqlite3.Connection,
    write: Write,
    document: Document,
    finder: str,
    found: Iterable[CrossReference],
) -> bool:
    """Make these the document's references; False, and nothing done, where they are so already.

    `SpanError` where one does not fit the text, `NotFoundError` where one names a clause that is
    not stored.
    """
    contents = [_row(document, one) for one in found]
    fingerprint = texts.digest(contents)
    before = connection.execute(
        "select * from reference_runs where document = ?", (document.id,)
    ).fetchone()
    if before is None and not contents and document.kind == "news":
        return False
    if before and (before["finder"], before["digest"]) == (finder, fingerprint):
        return False
    run: Row = dict(
        zip(_RUN, (document.id, finder, len(contents), fingerprint, write.at), strict=True)
    )
    connection.execute("delete from cross_references where document = ?", (document.id,))
    names = ", ".join(f'"{name}"' for name in _COLUMNS)
    try:
        connection.executemany(
            f"insert into cross_references ({names}) values ({', '.join('?' for _ in _COLUMNS)})",
            [tuple(row.values()) for row in contents],
        )
    except sqlite3.IntegrityError as error:
        raise NotFoundError(
            f"a reference of {document.slug!r} names a clause that is not stored: find them again"
        ) from error
    connection.execute(
        f"insert or replace into reference_runs ({', '.join(_RUN)}) values (?, ?, ?, ?, ?)",
        tuple(run.values()),
    )
    write.record(Change("reference_runs", (document.id,), dict(before) if before else None, run))
    return True


def outdated(connection: sqlite3.Connection, finder: str) -> list[str]:
    """The treaties whose references were never looked for, or by another finder; then news.

    Of news those that may cite an article, since a treaty they name may have come after them.
    """
    return [
        row["id"]
        for row in connection.execute(
            "select d.id from documents d left join reference_runs r on r.document = d.id"
            " where (d.kind = 'treaty' and r.finder is not ?)"
            " or (d.kind = 'news' and (d.text like '%article%' or d.text like '%art. %'"
            " or d.text like '%artículo%' or d.text like '%стать%' or d.text like '%المادة%'"
            " or d.text like '%第%') and d.added <="
            " (select max(t.added) from documents t where t.kind = 'treaty'))"
            " order by d.kind desc, d.slug, d.version",
            (finder,),
        )
    ]


def of(
    connection: sqlite3.Connection, document: str, *, eids: Iterable[str] | None
) -> list[CrossReference]:
    """The references in a document's words, in text order; those of a range in that of targets."""
    return _read(
        connection,
        "r.document = ?1 and (?2 is null or r.eid in (select value from json_each(?2)))",
        (document, None if eids is None else canonical(list(eids))),
    )


def to(
    connection: sqlite3.Connection, document: str, *, eids: Iterable[str] | None
) -> list[CrossReference]:
    """The references, of whatever document, to clauses of this one; by document and text order."""
    return _read(
        connection,
        "r.target_document = ?1 and r.target_eid is not null"
        " and (?2 is null or r.target_eid in (select value from json_each(?2)))",
        (document, None if eids is None else canonical(list(eids))),
    )


def stored_digest(connection: sqlite3.Connection, document: str) -> str:
    """What the history must say of the stored references of a document."""
    return texts.digest(
        [{name: getattr(one, name) for name in _COLUMNS} for one in of(
            connection, document, eids=None
        )]
    )  # fmt: skip


def _read(
    connection: sqlite3.Connection, condition: str, given: tuple[str | None, ...]
) -> list[CrossReference]:
    names = ", ".join(f'r."{name}"' for name in _COLUMNS)
    cursor = connection.cursor()
    cursor.row_factory = None
    found = cursor.execute(
        f"select {names} from cross_references r"
        " left join clauses c on c.document = r.target_document and c.eid = r.target_eid"
        f' where {condition} order by r.document, r.start, r."end", c.position, r.id',
        given,
    )
    return [CrossReference(*row) for row in found]


def _row(document: Document, one: CrossReference) -> Row:
    check_span(document.text, one.start, one.end, one.quote)
    row = {name: getattr(one, name) for name in _COLUMNS}
    rows.check_text(row)
    return row
