"""Texts, codebooks and what rules made of texts: what comes of them in a merge.

A text is known by its hash. Where the same text was brought in twice, into the same clauses, it is
one; into other clauses, nothing is merged, since what was said of a clause here would be said of
another there. Texts of one slug are its versions: those that came after the two databases parted
are numbered by the time when each was added.

What rules made of a text is taken whole, as the side has it that ran them alone, or ran them last.
Of the other side's suggestions those come too that somebody decided on.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from annotator.errors import StoreError
from annotator.model import canonical
from annotator.store import read, rows, texts
from annotator.store.history import Change
from annotator.store.merge_plan import Clash, Plan, Side
from annotator.store.rows import Row
from annotator.store.write import Write

_BY_RULES = {
    "power_runs": ("power_safeguards", "power_readings", "power_runs"),
    "reference_runs": ("cross_references", "reference_runs"),
}
"""The tables of each kind of run, those that name others first."""


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
    for kind in _BY_RULES:
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
        _insert(connection, "codebook_versions", [row], replace=True)
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
        _insert(connection, "documents", [{**kept, "text": text.fetchone()["text"]}])
        _insert(connection, "clauses", _rows(made.theirs.connection, "clauses", id))
        write.record(Change("documents", (id,), None, row))
    return {
        row["id"]
        for row in connection.execute(
            "select id from documents where slug in (select value from json_each(?))",
            (canonical(sorted(slugs)),),
        )
    }


def propose(
    made: Plan, found: TextPlan, connection: sqlite3.Connection, write: Write
) -> tuple[set[str], set[str]]:
    """Store what rules made of texts; the ids of the texts of which that is new, and of suggestions
    that `forget` is to remove when nothing names them any more.
    """
    changed: set[str] = set()
    gone: set[str] = set()
    for kind, tables in _BY_RULES.items():
        for document in found.runs[kind]:
            if _take_run(made, kind, tables, document, connection, write):
                changed.add(document)
    for document in found.runs["suggestion_runs"]:
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
        _insert(connection, table, _rows(made.theirs.connection, table, document))
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
            {row["id"]: row for row in _rows(mine.connection, "suggestions", document)},
            {row["id"]: row for row in _rows(other.connection, "suggestions", document)},
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
        table = rows.table_named(name)
        assert table is not None
        keys = ", ".join(f'"{column}"' for column in table.key)
        for row in made.ours.connection.execute(
            f"select suggestion, {keys} from {name} where document = ?", (document,)
        ):
            if row["suggestion"] and table.key_of(row) not in planned:
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
            _insert(connection, "suggestion_runs", [run])
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
    _insert(connection, "suggestions", come, replace=True)
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


def _rows(connection: sqlite3.Connection, table: str, document: str) -> list[Row]:
    return [
        dict(row)
        for row in connection.execute(
            f"select * from {table} where document = ? order by rowid", (document,)
        )
    ]


def _insert(
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
