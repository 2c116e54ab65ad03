"""The history: one hash-chained line a transaction, enough to undo, to audit and to rebuild.

A line's hash is the SHA-256 of the canonical JSON of the list `[seq, id, at, action, reviewer,
document, nonce, undoes, previous, changes]`, where `previous` is the hash of the line before (64
zeros for the first) and `changes` is the text that is stored. Whoever alters, removes or inserts a
line breaks the chain there. Whoever rewrites every later hash as well does not: for that, keep the
latest hash somewhere else.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from annotator.model import HistoryLine, canonical, new_id
from annotator.store.rows import Row

NEVER_UNDONE = frozenset(
    {
        "undo",
        "redo",
        "add_codebook",
        "add_document",
        "add_documents",
        "add_reviewer",
        "assign",
        "carry",
        "merge",
        "put_back",
        "recode",
        "rename_reviewer",
        "set_powers",
        "set_references",
        "set_setting",
        "set_suggestions",
        "set_work",
        "unassign",
    }
)
"""Actions that `undo` passes over, since they are nobody's judgement on a text.

`carry` brings over the tags of everybody and `recode` changes many: one key pressed too often on
the review page must not take them all away. `Store.put_back` does, when it is asked to.
"""

SETTLING = frozenset(
    {
        "comment",
        "drop_comment",
        "edit_comment",
        "place_comment",
        "remove_comment",
        "reopen",
        "reply",
        "resolve",
        "settle",
        "unsettle",
    }
)
"""Actions of an adjudicator, and of those who talk about a clause; others are a reviewer's own.

Who does both takes back on each page what was done there, and never the other in passing.
"""

# What lines written before a migration do not tell of its columns; as the migration fills them in.
_LATER_COLUMNS: Mapping[str, Row] = {
    "assessments": {"note": "", "codebook": ""},
    "reviews": {"codebook": ""},
}

GENESIS = "0" * 64

# What `canonical` gives of texts and whole numbers, in a sixth of the time.
_encode = msgspec.json.Encoder(order="sorted").encode
CHAINED = (
    "seq",
    "id",
    "at",
    "action",
    "reviewer",
    "document",
    "nonce",
    "undoes",
    "previous",
    "changes",
)
"""What a line's hash is made of, in this order."""


class Change(msgspec.Struct, frozen=True, gc=False):
    """One row before and after; `None` where there was none, or is none any more.

    Encoded with its fields in order it is what the history keeps of it, as `record` has it.
    """

    table: str
    key: tuple[str, ...]
    before: Row | None
    after: Row | None

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.table, self.key, self.after, self.before)

    def record(self) -> dict[str, Any]:
        """The change as the history keeps it."""
        return {
            "table": self.table,
            "key": list(self.key),
            "before": self.before,
            "after": self.after,
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Change:
        """The change a history line keeps, its rows with the columns that came later."""
        later = _LATER_COLUMNS.get(record["table"], {})
        before, after = (
            {**later, **row} if row else row for row in (record["before"], record["after"])
        )
        return cls(record["table"], tuple(record["key"]), before, after)


def line_hash(row: Mapping[str, Any] | sqlite3.Row) -> str:
    """The hash that a stored line must have."""
    return hashlib.sha256(_encode([row[name] for name in CHAINED])).hexdigest()


def append(
    connection: sqlite3.Connection,
    *,
    at: str,
    action: str,
    reviewer: str | None,
    document: str | None,
    nonce: str | None,
    undoes: int | None,
    changes: Iterable[Change],
) -> HistoryLine:
    """Add a line to the chain; the caller holds the transaction."""
    last = connection.execute("select seq, hash from history order by seq desc limit 1").fetchone()
    changes = tuple(changes)
    row: Row = {
        "seq": last["seq"] + 1 if last else 1,
        "id": new_id(),
        "at": at,
        "action": action,
        "reviewer": reviewer,
        "document": document,
        "nonce": nonce,
        "undoes": undoes,
        "previous": last["hash"] if last else GENESIS,
        "changes": _encode(changes).decode(),
    }
    row["hash"] = line_hash(row)
    connection.execute(
        "insert into history (seq, id, at, action, reviewer, document, nonce, undoes, previous,"
        " changes, hash) values (:seq, :id, :at, :action, :reviewer, :document, :nonce, :undoes,"
        " :previous, :changes, :hash)",
        row,
    )
    return line_of(row, [change.record() for change in changes])


def latest(connection: sqlite3.Connection) -> int:
    """The number of the last line, 0 where there is none."""
    return int(connection.execute("select coalesce(max(seq), 0) from history").fetchone()[0])


def line_of(
    row: Mapping[str, Any] | sqlite3.Row, changes: Iterable[dict[str, Any]] | None = None
) -> HistoryLine:
    """A stored line as a value; `changes` saves reading again what was just written."""
    return HistoryLine(
        seq=row["seq"],
        id=row["id"],
        at=row["at"],
        action=row["action"],
        reviewer=row["reviewer"],
        document=row["document"],
        nonce=row["nonce"],
        undoes=row["undoes"],
        changes=tuple(json.loads(row["changes"]) if changes is None else changes),
        previous=row["previous"],
        hash=row["hash"],
    )


def lines(
    connection: sqlite3.Connection,
    *,
    document: str | None = None,
    reviewer: str | None = None,
    actions: Iterable[str] | None = None,
    limit: int | None = None,
) -> list[HistoryLine]:
    """Lines, oldest first; with `limit`, that many of the latest."""
    chosen = None if actions is None else canonical(list(actions))
    found = connection.execute(
        "select * from history where (?1 is null or document = ?1)"
        " and (?2 is null or reviewer = ?2)"
        " and (?3 is null or action in (select value from json_each(?3)))"
        " order by seq desc limit ?4",
        (document, reviewer, chosen, -1 if limit is None else limit),
    ).fetchall()
    return [line_of(row) for row in reversed(found)]


def lines_on(
    connection: sqlite3.Connection, document: str, eid: str, since: str
) -> list[HistoryLine]:
    """Lines of a document that changed a row of that clause after a time, oldest first."""
    found = connection.execute(
        "select * from history where document = ? and at > ? and instr(changes, ?) order by seq",
        (document, since, f'"eid":{canonical(eid)}'),
    )
    return [line_of(row) for row in found]


@dataclass(frozen=True, slots=True)
class Standing:
    """A line that stands: its `seq`, and the line by which it came to, itself or a redo."""

    seq: int
    since: int
    nonce: str | None


def founding(connection: sqlite3.Connection) -> str:
    """The id of the first line, random and never changed; "" where there is none."""
    found = connection.execute("select id from history order by seq limit 1").fetchone()
    return str(found["id"]) if found else ""


def last_standing(
    connection: sqlite3.Connection,
    reviewer: str,
    *,
    document: str | None = None,
    settling: bool | None = None,
) -> Standing | None:
    """The reviewer's line that was done or redone last and is not taken back, in that document.

    `settling` leaves only the lines of `SETTLING`, or only the others.
    """
    redone: set[int] = set()
    taken_back: set[int] = set()
    for line in _backwards(connection, reviewer, document, settling):
        if line["action"] == "undo":
            if line["seq"] not in redone:
                taken_back.add(line["undoes"])
        elif line["action"] == "redo":
            redone.add(line["undoes"])
            original = _undone_by(connection, line["undoes"])
            if original not in taken_back:
                return Standing(original, line["seq"], line["nonce"])
        elif line["action"] not in NEVER_UNDONE and line["seq"] not in taken_back:
            return Standing(line["seq"], line["seq"], line["nonce"])
    return None


def last_taken_back(
    connection: sqlite3.Connection,
    reviewer: str,
    *,
    document: str | None = None,
    settling: bool | None = None,
) -> tuple[int, int] | None:
    """The reviewer's latest undo that can be redone, and the line it took back.

    A new line in a document ends what could be redone there; `settling` as for `last_standing`.
    """
    redone: set[int] = set()
    ended: set[str | None] = set()
    for line in _backwards(connection, reviewer, document, settling):
        if line["action"] == "undo":
            if line["seq"] not in redone and line["document"] not in ended:
                return line["seq"], line["undoes"]
        elif line["action"] == "redo":
            redone.add(line["undoes"])
        elif line["action"] not in NEVER_UNDONE:
            ended.add(line["document"])
            if document is not None:
                return None
    return None


def _backwards(
    connection: sqlite3.Connection, reviewer: str, document: str | None, settling: bool | None
) -> Iterator[sqlite3.Row]:
    """A reviewer's lines, the latest first; read only as far as they are asked for.

    Those of whoever came to be known by another id after a merge are under both.
    """
    joined = connection.execute("select id from same_people where reviewer = ?", (reviewer,))
    ids = [reviewer, *(id for (id,) in joined)]
    # One alone is asked for by itself: with several all their lines are sorted first.
    who = "= ?" if len(ids) == 1 else f"in ({', '.join('?' * len(ids))})"
    where, given = ("", ids) if document is None else (" and document = ?", [*ids, document])
    for line in connection.execute(
        "select seq, document, action, undoes, nonce from history"
        f" where reviewer {who}{where} order by seq desc",
        given,
    ):
        if settling is None or settling == (_first_action(connection, line) in SETTLING):
            yield line


def _first_action(connection: sqlite3.Connection, line: sqlite3.Row) -> str:
    """What a line did; of an undo or redo, what was taken back or brought forth by it."""
    action, undoes = line["action"], line["undoes"]
    while action in ("undo", "redo"):
        action, undoes = connection.execute(
            "select action, undoes from history where seq = ?", (undoes,)
        ).fetchone()
    return str(action)


def _undone_by(connection: sqlite3.Connection, undo: int) -> int:
    return int(
        connection.execute("select undoes from history where seq = ?", (undo,)).fetchone()[0]
    )


def replay(connection: sqlite3.Connection) -> dict[str, dict[tuple[str, ...], Row]]:
    """Every row the history speaks of, table by table, as the last line left it."""
    tables: dict[str, dict[tuple[str, ...], Row]] = {}
    for line in connection.execute("select changes from history order by seq"):
        for change in map(Change.of, json.loads(line["changes"])):
            kept = tables.setdefault(change.table, {})
            if change.after is None:
                kept.pop(change.key, None)
            else:
                kept[change.key] = change.after
    return tables


def broken_links(connection: sqlite3.Connection) -> Iterator[str]:
    """One sentence for every line whose hash or predecessor is not what it should be."""
    previous, expected = GENESIS, 1
    for row in connection.execute("select * from history order by seq"):
        if row["seq"] != expected:
            yield f"history line {expected} is missing: go back to a backup"
        if row["previous"] != previous:
            yield f"history line {row['seq']} does not follow the line before it"
        if row["hash"] != line_hash(row):
            yield f"history line {row['seq']} was altered after it was written"
        previous, expected = row["hash"], row["seq"] + 1
