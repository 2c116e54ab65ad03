"""What the store answers, as values: no row and no SQL leaves the package."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from annotator.errors import NotFoundError
from annotator.model import Document, DocumentInfo, Reviewer, RuleFare, Suggestion, canonical
from annotator.store import rows, texts
from annotator.store.rows import V

_ORDER = {
    "annotations": 'document, start, "end", concern, polarity, id',
    "decisions": "document, suggestion, reviewer",
    "reviews": "document, place, reviewer",
    "assessments": "document, place, safeguard, reviewer",
    "power_rejections": "document, place, power, reviewer",
    "links": 'document, start, "end", target_document, target_eid, reviewer, id',
    "link_rejections": 'document, start, "end", target_document, target_eid, reviewer, id',
    "carried": "document, origin",
    "carried_comments": "document, origin",
    "comments": "document, place, created, id",
    "adjudications": 'document, place, start, "end", concern, polarity, id',
}
_LATEST_VERSION = "version = (select max(version) from documents v where v.slug = d.slug)"
# What all language versions of one treaty share.
_WORK = "coalesce(nullif(json_extract(metadata, '$.work'), ''), slug)"
_LATEST_RUN = "(select id from suggestion_runs where document = ?1 order by number desc limit 1)"


def document_id(connection: sqlite3.Connection, name: str) -> str:
    """The id of the document with that id, hash or slug; of a slug, the latest version."""
    found = connection.execute(
        "select id from documents where id = ?1 or text_sha256 = ?1 or slug = ?1"
        " order by id = ?1 desc, text_sha256 = ?1 desc, version desc limit 1",
        (name,),
    ).fetchone()
    if found is None:
        raise NotFoundError(f"there is no document {name!r}: bring it in with `intake`")
    return str(found["id"])


def known_slugs(connection: sqlite3.Connection, slugs: Iterable[str]) -> set[str]:
    """Those of the slugs that documents have."""
    found = connection.execute(
        "select slug from documents where slug in (select value from json_each(?))",
        (canonical(list(slugs)),),
    )
    return {row["slug"] for row in found}


def document(connection: sqlite3.Connection, name: str) -> Document:
    """A whole document with its clauses."""
    row = connection.execute(
        "select * from documents where id = ?", (document_id(connection, name),)
    ).fetchone()
    return Document(
        id=row["id"],
        slug=row["slug"],
        title=row["title"],
        kind=row["kind"],
        language=row["language"],
        text=row["text"],
        text_sha256=row["text_sha256"],
        clauses=texts.read_clauses(connection, row["id"]),
        source=row["source"],
        notice=row["notice"],
        version=row["version"],
        metadata=MappingProxyType(json.loads(row["metadata"])),
        warnings=tuple(json.loads(row["warnings"])),
    )


def documents(connection: sqlite3.Connection) -> list[DocumentInfo]:
    """The latest version of every document, by slug."""
    return _documents(connection, _LATEST_VERSION, ())


def treaties(connection: sqlite3.Connection) -> list[DocumentInfo]:
    """The latest version of every treaty, by slug; however much news there is beside them."""
    return _documents(connection, f"kind = 'treaty' and {_LATEST_VERSION}", ())


def first_documents(connection: sqlite3.Connection, limit: int) -> list[DocumentInfo]:
    """The latest version of so many documents, treaties before news, each by slug."""
    return _documents(connection, _LATEST_VERSION, (), f"kind desc, slug limit {int(limit)}")


def document_info(connection: sqlite3.Connection, name: str) -> DocumentInfo | None:
    """What is known of the document with that id, hash or slug."""
    try:
        id = document_id(connection, name)
    except NotFoundError:
        return None
    return _documents(connection, "id = ?", (id,))[0]


def document_titled(connection: sqlite3.Connection, words: str) -> DocumentInfo | None:
    """The first document in whose title those words stand, whatever their capitals."""
    found = _documents(
        connection,
        f"instr(lower(title), lower(?)) and {_LATEST_VERSION}",
        (words.strip(),),
        "kind desc, slug limit 1",
    )
    return found[0] if found else None


def versions(connection: sqlite3.Connection, document: str) -> list[DocumentInfo]:
    """Every version of the document, by its id, the first one first."""
    return _documents(connection, "slug = (select slug from documents where id = ?)", (document,))


def infos(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, DocumentInfo]:
    """The documents with these ids, of whatever version, by id."""
    found = _documents(
        connection, "id in (select value from json_each(?))", (canonical(list(ids)),)
    )
    return {info.id: info for info in found}


def translations(connection: sqlite3.Connection, document: str) -> list[DocumentInfo]:
    """The latest versions of the same text in other languages, by slug."""
    slug, work = connection.execute(
        f"select slug, {_WORK} from documents where slug ="
        " (select slug from documents where id = ?) order by version desc limit 1",
        (document,),
    ).fetchone()
    # Few texts name a work, and an index holds them, so that nobody goes through every text.
    return _documents(
        connection,
        f"{_LATEST_VERSION} and slug <> ?1 and {_WORK} = ?2 and id in (select id from documents"
        " where instr(metadata, '\"work\"') > 0 union select id from documents where slug = ?2)",
        (slug, work),
    )


def _documents(
    connection: sqlite3.Connection,
    condition: str,
    given: tuple[str, ...],
    order: str = "slug, version",
) -> list[DocumentInfo]:
    return [
        DocumentInfo(
            id=row["id"],
            slug=row["slug"],
            title=row["title"],
            kind=row["kind"],
            language=row["language"],
            text_sha256=row["text_sha256"],
            characters=row["characters"],
            reviewable=row["reviewable"],
            suggestions=row["suggestions"],
            source=row["source"],
            notice=row["notice"],
            version=row["version"],
            metadata=MappingProxyType(json.loads(row["metadata"])),
        )
        for row in connection.execute(
            "select id, slug, title, kind, language, text_sha256, characters, reviewable, source,"
            " notice, version, metadata, coalesce((select suggestions from suggestion_runs r"
            " where r.document = d.id order by number desc limit 1), 0) as suggestions"
            f" from documents d where {condition} order by {order}",
            given,
        )
    ]


def reviewers(connection: sqlite3.Connection) -> list[Reviewer]:
    """Everyone, by name."""
    found = [rows.value_of(Reviewer, row) for row in connection.execute("select * from reviewers")]
    return sorted(found, key=lambda reviewer: (reviewer.name.casefold(), reviewer.id))


def reviewer(connection: sqlite3.Connection, name: str) -> Reviewer:
    """The reviewer with that id, or one they had in another office, or name in any capitals."""
    wanted = " ".join(name.split()).casefold()
    everyone = reviewers(connection)
    for someone in everyone:
        if someone.id == name:
            return someone
    for someone in everyone:
        if someone.name.casefold() == wanted:
            return someone
    for (person,) in connection.execute("select reviewer from same_people where id = ?", (name,)):
        return reviewer(connection, person)
    raise NotFoundError(f"there is no reviewer {name!r}: add one first")


def ruleset(connection: sqlite3.Connection, document: str) -> str | None:
    """The rule set that made the document's suggestions, if any has."""
    found = connection.execute(
        f"select ruleset from suggestion_runs where id = {_LATEST_RUN}", (document,)
    ).fetchone()
    return str(found["ruleset"]) if found else None


def suggestions(
    connection: sqlite3.Connection, document: str, *, eids: Iterable[str] | None
) -> list[Suggestion]:
    """The suggestions of the latest run, in text order."""
    return _suggestions(
        connection,
        f"run = {_LATEST_RUN} and (?2 is null or eid in (select value from json_each(?2)))",
        (document, None if eids is None else canonical(list(eids))),
    )


def suggestion(connection: sqlite3.Connection, document: str, id: str) -> Suggestion | None:
    """The suggestion with that id, if the latest run made it."""
    found = _suggestions(connection, f"run = {_LATEST_RUN} and id = ?2", (document, id))
    return found[0] if found else None


def suggestions_by_id(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Suggestion]:
    """Those of the suggestions that are stored, of whatever run, by document and text order."""
    return _suggestions(
        connection, "id in (select value from json_each(?))", (canonical(list(ids)),)
    )


def rule_fares(
    connection: sqlite3.Connection, *, every: bool, reviewer: str | None
) -> list[RuleFare]:
    """What became of each rule's suggestions: of the rules decided on, or of all in use."""
    cursor = connection.cursor()
    cursor.row_factory = None
    # Of the columns outside the sums SQLite takes those of the row with the highest rowid.
    found = cursor.execute(
        "select s.rule, sum(coalesce(x.decision, '') = 'accepted'),"
        " sum(coalesce(x.decision, '') = 'changed'), sum(coalesce(x.decision, '') = 'rejected'),"
        " count(distinct s.id), s.concern, s.polarity, s.score, s.reason, max(s.rowid)"
        f" from suggestions s {'left ' if every else ''}join decisions x on x.suggestion = s.id"
        " and (?1 is null or x.reviewer = ?1) group by s.rule order by s.rule",
        (reviewer,),
    )
    return [RuleFare(*row[:-1]) for row in found]


def _suggestions(
    connection: sqlite3.Connection, condition: str, given: tuple[str | None, ...]
) -> list[Suggestion]:
    names = ", ".join(
        "coalesce(eid, '')" if name == "eid" else f'"{name}"' for name in rows.columns(Suggestion)
    )
    cursor = connection.cursor()
    cursor.row_factory = None
    found = cursor.execute(
        f"select {names} from suggestions where {condition}"
        ' order by document, start, "end", rule, id',
        given,
    )
    return [Suggestion(*row) for row in found]


def values(
    connection: sqlite3.Connection,
    kind: type[V],
    *,
    document: str | None,
    reviewer: str | None,
    eids: Iterable[str] | None,
) -> list[V]:
    """All values of a kind that the filters leave, in an order that never varies."""
    table = next(table for table in rows.TABLES if table.type is kind)
    conditions, given = [], list[Any]()
    if document is not None:
        conditions.append("t.document = ?")
        given.append(document)
    if reviewer is not None:
        conditions.append("t.reviewer = ?")
        given.append(reviewer)
    join, place = "", "null"
    if table.name in ("reviews", "assessments", "power_rejections", "adjudications", "comments"):
        join = " join clauses c on c.document = t.document and c.eid = t.eid"
        place = "c.position"
    if eids is not None:
        owner = "t"
        if table.name == "decisions":
            join, owner = " join suggestions s on s.id = t.suggestion", "s"
        conditions.append(f"{owner}.eid in (select value from json_each(?))")
        given.append(canonical(list(eids)))
    where = f" where {' and '.join(conditions)}" if conditions else ""
    names = ", ".join(f't."{name}"' for name in rows.columns(kind))
    order = ", ".join(
        place if name == "place" else f"t.{name}" for name in _ORDER[table.name].split(", ")
    )
    cursor = connection.cursor()
    cursor.row_factory = None
    found = cursor.execute(
        f"select {names} from {table.name} t{join}{where} order by {order}", given
    )
    return [kind(*row) for row in found]


def review_counts(connection: sqlite3.Connection, reviewer: str) -> dict[str, int]:
    """How many clauses of each document the reviewer has read, with or without concern."""
    return {
        row["document"]: row["count"]
        for row in connection.execute(
            "select document, count(*) as count from reviews where reviewer = ?"
            " and state in ('concern', 'no_concern') group by document order by document",
            (reviewer,),
        )
    }
