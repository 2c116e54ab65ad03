"""What a merge brings, as it is told before and after: counts, people, texts, conflicts."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from annotator.model import HistoryLine
from annotator.store import merge_people, rows
from annotator.store.history import Change
from annotator.store.merge_rows import Clash, Plan
from annotator.store.merge_texts import TextPlan
from annotator.store.rows import Row, Table

Where = Literal["here", "there"]
Stays = Literal["here", "there", "both"]

# What says which row it is, or only when it was written: nothing a person would compare.
_UNTOLD = frozenset(
    {
        "about",
        "added",
        "annotation",
        "codebook",
        "comment",
        "created",
        "document",
        "eid",
        "end",
        "id",
        "origin",
        "over",
        "parent",
        "passage",
        "resolved",
        "resolved_by",
        "reviewer",
        "start",
        "suggestion",
        "target_document",
        "updated",
        "version",
    }
)
_TEXT_FIELDS = ("slug", "title", "kind", "language", "source", "notice", "metadata")
_REVIEWERS = rows.TABLES[0]
_WORDS = ("quote", "text", "note", "title", "value", "name")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both offices changed since they parted, each without knowing of the other's change.

    `what` is the noun of the row, `text`, `citation` and `words` say where, `who` whose it is.
    `here` and `there` hold what differs, by field; empty on the side that removed it. `stays` says
    which of the two stays, or that both do; the history keeps both. With `same`, one person
    said both, under two ids in the same database, and `there` has what was said later.
    """

    what: str
    text: str
    citation: str
    words: str
    who: str
    stays: Stays
    here: Mapping[str, Any]
    there: Mapping[str, Any]
    removed: Where | None = None
    same: bool = False

    def record(self) -> dict[str, Any]:
        """The conflict as plain data."""
        plain = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return {**plain, "here": dict(self.here), "there": dict(self.there)}


@dataclass(frozen=True, slots=True)
class Came:
    """How many rows of a kind (`what`, a noun) are new, changed and removed here."""

    what: str
    new: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did, or would do.

    `lines` counts the lines of history that are new here, `waiting` those of ours that the other
    office has not seen. `texts` are titles, `renamed` pairs of the name somebody had and has now.
    `joined` names those who become one person with somebody of another id, `namesakes` those whom
    either office has one of, who stay two. `backup` and `line` are `None` where nothing was
    written.
    """

    lines: int
    waiting: int = 0
    came: tuple[Came, ...] = ()
    texts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    joined: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    backup: Path | None = None
    line: int | None = None

    @property
    def empty(self) -> bool:
        """Whether all of it is here already."""
        return not (self.lines or self.joined)


def nothing(namesakes: Iterable[str]) -> Merged:
    """All of it was here already; people of one name may still stand apart."""
    return Merged(0, namesakes=tuple(namesakes))


def done(told: Merged, backup: Path, line: HistoryLine | None) -> Merged:
    """The same, stored."""
    return dataclasses.replace(told, backup=backup, line=line.seq if line else None)


def told(plan: Plan, texts: TextPlan, changes: Mapping[str, list[Change]]) -> Merged:
    """What the plan comes to."""
    people = changes["reviewers"]
    found = (change.after for change in changes[merge_people.TABLE])
    joined = tuple(sorted({_kept(plan, row["reviewer"]) for row in found if row}))
    sides = plan.ours.connection, plan.theirs.connection
    alike = tuple(merge_people.namesakes(*sides, plan.people))
    if not (plan.theirs.touched.lines or joined):
        return nothing(alike)
    clashes = [*(c for c in plan.clashes if c.table != "documents"), *texts.clashes]
    conflicts = (_conflict(plan, clash) for clash in clashes)
    return Merged(
        lines=plan.theirs.touched.lines,
        waiting=plan.ours.touched.lines,
        came=tuple(_came(plan, changes)),
        texts=tuple(sorted(texts.after[id]["title"] for id in texts.came)),
        people=tuple(sorted(_new(plan, people))),
        renamed=tuple(sorted(_renamed(plan, people))),
        joined=joined,
        namesakes=alike,
        conflicts=tuple(
            sorted(
                (one for one in conflicts if one is not None),
                key=lambda one: (one.text, one.citation, one.what, one.words, one.who),
            )
        ),
    )


def earlier(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """The merges that were made, the latest first."""
    return [
        {
            "at": row["at"],
            "file": row["file"],
            "lines": row["lines"],
            "conflicts": json.loads(row["conflicts"]),
        }
        for row in connection.execute("select * from merges order by at desc, head")
    ]


def named(connection: sqlite3.Connection, table: Table, row: Row) -> str:
    """A row as a person would name it: what it is, where, whose, and its words."""
    text, citation = _place(connection, table.name, row)
    whose = _name(connection, row.get("reviewer"))
    parts = [
        table.noun,
        f"on {text} {citation}".rstrip() if text else "",
        f"by {whose}" if whose else "",
        repr(_words(row)) if _words(row) else "",
    ]
    return " ".join(filter(None, parts))


def _came(plan: Plan, changes: Mapping[str, list[Change]]) -> Iterator[Came]:
    for table in rows.TABLES:
        new = changed = removed = 0
        for change in changes[table.name] if table.name != merge_people.TABLE else ():
            before = plan.ours.row(table, change.key)
            # That somebody has another id here now is no change of what they said.
            if plan.people.key(table, change.key) != change.key or before == change.after:
                continue
            new += before is None
            removed += change.after is None
            changed += before is not None and change.after is not None
        if new or changed or removed:
            yield Came(table.noun, new, changed, removed)


def _kept(plan: Plan, id: str) -> str:
    row = plan.final(_REVIEWERS, (id,))
    return str(row["name"]) if row else ""


def _new(plan: Plan, people: list[Change]) -> Iterator[str]:
    """The names of those who were not here, whoever's id it is that stays."""
    for change in people:
        if change.after and not plan.ours.stored(_REVIEWERS, change.key):
            yield change.after["name"]


def _renamed(plan: Plan, people: list[Change]) -> Iterator[tuple[str, str]]:
    for change in people:
        if change.after is None or ("reviewers", change.key) not in plan.decided:
            continue
        before = change.before or plan.theirs.row(_REVIEWERS, change.key)
        if before and before["name"] != change.after["name"]:
            yield before["name"], change.after["name"]


def _conflict(plan: Plan, clash: Clash) -> Conflict | None:
    row = clash.ours or clash.theirs or {}
    side = plan.ours if clash.ours else plan.theirs
    text, citation = _place(side.connection, clash.table, row)
    table = rows.table_named(clash.table)
    here, there = clash.ours or {}, clash.theirs or {}
    fields = [name for name in row if name not in _UNTOLD]
    stays: Stays = "both"
    if clash.stays != "both":
        stays = "here" if clash.stays == "ours" else "there"
    if table is None:
        fields = [name for name in _TEXT_FIELDS if name in row]
    if clash.ours and clash.theirs:
        fields = [name for name in fields if here[name] != there[name]]
        moved = [name for name in ("start", "end") if here.get(name) != there.get(name)]
        if not fields and not moved:
            return None
    else:
        fields = [name for name in fields if str(row[name]) != _words(row)]
    whose = row["id"] if clash.table == "reviewers" else row.get("reviewer")
    removed: Where | None = None
    if not (clash.ours and clash.theirs):
        removed = "there" if clash.ours else "here"
    return Conflict(
        what=table.noun if table else "text",
        text=text,
        citation=citation,
        words=_words(row),
        who=_kept(plan, whose) if whose else "",
        stays=stays,
        here={name: here[name] for name in fields if name in here},
        there={name: there[name] for name in fields if name in there},
        removed=removed,
        same=clash.same,
    )


def _words(row: Mapping[str, Any]) -> str:
    return next((str(row[name]) for name in _WORDS if row.get(name)), "")


def _name(connection: sqlite3.Connection, reviewer: str | None) -> str:
    found = connection.execute("select name from reviewers where id = ?", (reviewer,)).fetchone()
    return str(found["name"]) if found else ""


def _place(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """The slug and the citation of what a row speaks of."""
    document, eid = row.get("document"), row.get("eid")
    if table == "documents":
        return str(row.get("slug", "")), ""
    if table in ("decisions", "carried"):
        of = ("suggestions", row["suggestion"]) if table == "decisions" else (
            "annotations", row["origin"])  # fmt: skip
        found = connection.execute(f"select eid from {of[0]} where id = ?", (of[1],)).fetchone()
        eid = found["eid"] if found else None
    found = connection.execute(
        "select d.slug, coalesce(c.citation, '') as citation from documents d left join clauses c"
        " on c.document = d.id and c.eid = ? where d.id = ?",
        (eid, document),
    ).fetchone()
    return (str(found["slug"]), str(found["citation"])) if found else ("", "")
