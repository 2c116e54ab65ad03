"""Taking a line of history back, and bringing it forth again, as new lines."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from annotator.errors import StoreError
from annotator.store import history, merge_people, rows
from annotator.store.history import Change
from annotator.store.merge_people import People
from annotator.store.write import Write

PUT_BACK = ("assign", "carry", "recode", "set_setting", "unassign")
"""Actions that are no single judgement on a text, and are taken back by naming their line."""


class UnseenWork(StoreError):
    """What an undo would take back was done elsewhere, and whoever asked has not seen it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What whoever undoes knows of: every line up to `revision`, and those with these nonces."""

    revision: int
    own: frozenset[str]


def take_back(
    connection: sqlite3.Connection,
    write: Write,
    reviewer: str,
    document: str | None,
    *,
    seen: Seen | None = None,
    settling: bool | None = None,
) -> int | None:
    """Undo the reviewer's latest line that stands; its `seq`, or `None` where none is left.

    `settling` says of which kind: what `history.SETTLING` names, or only anything else.
    `UnseenWork` where that line is none of those `seen`.
    """
    last = history.last_standing(connection, reviewer, document=document, settling=settling)
    if last is None:
        return None
    if seen and last.since > seen.revision and last.nonce not in seen.own:
        raise UnseenWork(
            f"the last thing you did in this text was done in another window "
            f"({_told(connection, last.seq)}): undo again to take that back",
            key="done_elsewhere",
        )
    write.document = _apply(connection, write, last.seq, verb="undo", inverse=True)
    return last.seq


def _told(connection: sqlite3.Connection, seq: int) -> str:
    """What a line did, in a few words."""
    line = connection.execute(
        "select action, changes from history where seq = ?", (seq,)
    ).fetchone()
    for change in json.loads(line["changes"]):
        row = change["after"] or change["before"]
        if quote := row.get("quote"):
            return f"{line['action']}: {quote[:60]!r}"
    return str(line["action"])


def put_back(connection: sqlite3.Connection, write: Write, seq: int) -> None:
    """Take back the one line with that `seq`; `StoreError` where it is none of `PUT_BACK`."""
    line = connection.execute("select action from history where seq = ?", (seq,)).fetchone()
    if line is None or line["action"] not in PUT_BACK:
        raise StoreError(
            f"history line {seq} carried nothing, assigned nothing and re-coded nothing: "
            "name one that did"
        )
    write.document = _apply(connection, write, seq, verb="put back", inverse=True)


def bring_back(
    connection: sqlite3.Connection,
    write: Write,
    reviewer: str,
    document: str | None,
    *,
    settling: bool | None = None,
) -> int | None:
    """Redo the latest line taken back; the `seq` of that undo, or `None` where there is none."""
    last = history.last_taken_back(connection, reviewer, document=document, settling=settling)
    if last is None:
        return None
    undo, original = last
    write.document = _apply(connection, write, original, verb="redo", inverse=False)
    return undo


def _apply(
    connection: sqlite3.Connection, write: Write, seq: int, *, verb: str, inverse: bool
) -> str | None:
    """Make the line's changes, or their inverse; the document it was written in."""
    line = connection.execute(
        "select action, document, changes from history where seq = ?", (seq,)
    ).fetchone()
    told = (Change.of(record) for record in json.loads(line["changes"]))
    people = merge_people.people(connection, connection)
    changes = [_of_now(change, people) for change in told] if people.kept else list(told)
    if inverse:
        changes = [change.inverse() for change in reversed(changes)]
    try:
        for change in changes:
            if write.current(change) != change.before:
                raise StoreError(_conflict(connection, change, seq))
            write.apply(change)
        write.admission.outcome(write.changes)
    except StoreError as error:
        key = "cannot_redo" if verb == "redo" else "cannot_undo"
        raise StoreError(f"cannot {verb} {line['action']!r}: {error}", key=key) from error
    return None if line["document"] is None else str(line["document"])


def _of_now(change: Change, people: People) -> Change:
    """The change as if everybody in it had always had the id that a merge left them."""
    table = rows.table_named(change.table)
    if table is None:
        return change
    before, after = (row and people.row(table, row) for row in (change.before, change.after))
    return Change(change.table, people.key(table, change.key), before, after)


def _conflict(connection: sqlite3.Connection, change: Change, seq: int) -> str:
    """Say what changed the row after the line with that `seq`."""
    table = rows.table_named(change.table)
    noun = table.noun if table else change.table
    key = list(change.key)
    for later in connection.execute(
        "select h.seq, h.action, h.changes, coalesce(r.name, 'the program') as name from history h"
        " left join reviewers r on r.id = h.reviewer where h.seq > ? order by h.seq desc",
        (seq,),
    ):
        if any(
            other["table"] == change.table and other["key"] == key
            for other in json.loads(later["changes"])
        ):
            return (
                f"its {noun} was changed since by {later['name']} "
                f"({later['action']!r}, history line {later['seq']}), so change it by hand"
            )
    return f"its {noun} is not as it was left, so run `verify`"
