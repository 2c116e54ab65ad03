"""Texts and codebooks: what comes of them in a merge.

A text is known by its hash. Where the same text was brought in twice, into the same clauses, it is
one; into other clauses, nothing is merged, since what was said of a clause here would be said of
another there. Texts of one slug are its versions: those that came after the two databases parted
are numbered by the time when each was added.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field

from annotator.errors import StoreError
from annotator.model import canonical
from annotator.store import read, texts
from annotator.store.history import Change
from annotator.store.merge_proposals import BY_RULES, insert, rows_of
from annotator.store.merge_rows import Clash, Plan
from annotator.store.merge_sides import Side
from annotator.store.rows import Row
from annotator.store.write import Write


@dataclass
class TextPlan:
    """What becomes of texts: rows of `documents` by id, and what the merge decided itself."""

    came: list[str] = field(default_factory=list)
    after: dict[str, Row] = field(default_factory=dict)
    codebooks: list[Row] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    decided: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    runs: dict[str, list[str]] = field(default_factory=dict)


def plan(made: Plan) -> TextPlan:
    """What becomes of texts and codebooks; changes nothing."""
    ours, theirs = made.ours, made.theirs
    found = TextPlan()
    for key in theirs.touched.keys.get("documents", {}):
        _document(made, found, key[0])
    _number(made, found)
    for (sha256,) in theirs.touched.keys.get("codebook_versions", {}):
        mine, other = _codebook(ours, sha256), _codebook(theirs, sha256)
        if other and (mine is None or other["added"] < mine["added"]):
            found.codebooks.append(other)
    for kind in BY_RULES:
        found.runs[kind] = sorted(theirs.touched.runs.get(kind, ()))
    touched = set(theirs.touched.runs.get("suggestion_runs", ()))
    touched |= theirs.touched.runs.get("suggestions", set())
    for name in ("annotations", "decisions"):
        touched |= {row["document"] for row in made.after[name].values() if row is not None}
    found.runs["suggestion_runs"] = sorted(touched - {""})
    return found


def clauses_differ(title: str, ours: int, theirs: int) -> StoreError:
    """What is said of a text that was brought in twice, in different ways."""
    return StoreError(
        f"the text {title!r} was cut into {ours} clauses here and into {theirs} there, so what was "
        "said of it cannot be put together: bring it in again in one of the offices"
    )


def store(made: Plan, found: TextPlan, connection: sqlite3.Connection, write: Write) -> set[str]:
    """Store texts and codebooks; the ids of all texts whose lists have to be made anew."""
    for row in found.codebooks:
        before = _codebook(made.ours, row["sha256"])
        insert(connection, "codebook_versions", [row], replace=True)
        write.record(Change("codebook_versions", (row["sha256"],), before, row))
    moved = {id: row for id, row in found.after.items() if id not in found.came}
    were = {id: _summary(made.ours, id) or {} for id in moved}
    slugs = {row["slug"] for row in (*found.after.values(), *were.values())}
    # First out of each other's way: two versions never have one number.
    for id in moved:
        connection.execute("update documents set version = version + 1000000 where id = ?", (id,))
    for id, row in moved.items():
        columns = [name for name in row if name not in ("clauses", "clauses_sha256", "id")]
        # A text never changes, and its hash stays out of what is set.
        columns.remove("text_sha256")
        connection.execute(
            f"update documents set {', '.join(f'{name} = ?' for name in columns)} where id = ?",
            (*(row[name] for name in columns), id),
        )
        write.record(Change("documents", (id,), were[id], row))
    for id in found.came:
        row = found.after[id]
        text = made.theirs.connection.execute("select text from documents where id = ?", (id,))
        kept = {name: row[name] for name in row if name not in ("clauses", "clauses_sha256")}
        insert(connection, "documents", [{**kept, "text": text.fetchone()["text"]}])
        insert(connection, "clauses", rows_of(made.theirs.connection, "clauses", id))
        write.record(Change("documents", (id,), None, row))
    return {
        row["id"]
        for row in connection.execute(
            "select id from documents where slug in (select value from json_each(?))",
            (canonical(sorted(slugs)),),
        )
    }


def _document(made: Plan, found: TextPlan, id: str) -> None:
    mine, other = _summary(made.ours, id), _summary(made.theirs, id)
    if other is None:
        return
    if mine is None:
        texts.check_document(read.document(made.theirs.connection, id))
        same = made.ours.connection.execute(
            "select 1 from documents where text_sha256 = ?", (other["text_sha256"],)
        ).fetchone()
        if same:
            raise StoreError(
                f"the text {other['title']!r} has another id there than here: "
                "nothing can be told to belong to it"
            )
        found.came.append(id)
        found.after[id] = other
        return
    if mine["text_sha256"] != other["text_sha256"]:
        raise StoreError(f"the text {other['title']!r} has the id of another text here")
    if mine["clauses_sha256"] != other["clauses_sha256"]:
        raise clauses_differ(mine["title"], mine["clauses"], other["clauses"])
    before = len(made.clashes)
    row = made.resolve("documents", (id,), mine, other)
    found.clashes += made.clashes[before:]
    if row is not None and row != mine:
        found.after[id] = row


def _number(made: Plan, found: TextPlan) -> None:
    """Give each version of a slug a number of its own."""
    by_slug: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in found.after.values():
        by_slug[row["slug"]][row["id"]] = row
    for slug, versions in by_slug.items():
        for row in made.ours.connection.execute("select id from documents where slug = ?", (slug,)):
            if row["id"] not in found.after:
                kept = _summary(made.ours, row["id"])
                assert kept is not None
                versions[row["id"]] = kept
        number = 0
        for row in sorted(versions.values(), key=lambda r: (r["version"], r["added"], r["id"])):
            number = max(number + 1, row["version"])
            if number != row["version"]:
                found.after[row["id"]] = {**row, "version": number}
                found.decided.add(("documents", (row["id"],)))


def _summary(side: Side, document: str) -> Row | None:
    """A text as the history tells of it, which is without its words."""
    names = ", ".join(f'"{name}"' for name in texts.SUMMARY)
    found = side.connection.execute(
        f"select {names} from documents where id = ?", (document,)
    ).fetchone()
    if found is None:
        return None
    counted = side.connection.execute(
        "select count(*) from clauses where document = ?", (document,)
    ).fetchone()[0]
    digest = texts.clauses_digest(side.connection, document)
    return {**dict(found), "clauses": counted, "clauses_sha256": digest}


def _codebook(side: Side, sha256: str) -> Row | None:
    found = side.connection.execute(
        "select * from codebook_versions where sha256 = ?", (sha256,)
    ).fetchone()
    return dict(found) if found else None
