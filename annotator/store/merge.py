"""Two databases become one: what the other has comes in, as one transaction and one line.

What becomes of each row is worked out in `merge_plan` and `merge_texts`, the same whichever of the
two is merged into the other. The line of history holds every row that changed here, before and
after, so that the history alone still tells of every table; the other's own lines are kept beside
it as they are, and the line names the last of them by its hash (`merge_lines`).
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError, StoreError
from annotator.model import canonical
from annotator.store import connection as connections
from annotator.store import (
    history,
    merge_lines,
    merge_people,
    merge_plan,
    merge_proposals,
    merge_report,
    merge_sides,
    merge_source,
    merge_texts,
    rows,
)
from annotator.store.admit import Admission
from annotator.store.history import Change
from annotator.store.merge_people import Same
from annotator.store.merge_report import Merged
from annotator.store.merge_rows import Plan
from annotator.store.merge_texts import TextPlan
from annotator.store.opened import Opened
from annotator.store.rows import Row, Table
from annotator.store.write import Write

Concerns = Callable[[list[str]], Collection[str]]


@dataclass
class _Work:
    """All that a merge will do, worked out and found right, before the first row is touched."""

    theirs: sqlite3.Connection
    plan: Plan
    texts: TextPlan
    changes: dict[str, list[Change]]

    @property
    def lines(self) -> int:
        """How many lines of history are new here."""
        return self.plan.theirs.touched.lines


class Merging(Opened):
    """The part of `Store` that takes in another database."""

    def merge(
        self,
        other: str | Path,
        *,
        dry_run: bool = False,
        concerns: Concerns | None = None,
        same: Same = (),
        by: str | None = None,
    ) -> Merged:
        """Take in all that another database has: texts, everyone's work, and its history.

        One transaction and one line, before which a copy is made in `backups`; doing it again
        changes nothing. With `dry_run` nothing is written, and what would come is told. The other
        file is only read. `concerns`, where given, tells from the text of every codebook that
        either has kept which concerns tags may have. `same` names people, as this database and as
        the other does, of whom each is one person, from then on in both. `StoreError` or another
        `AnnotatorError`, and nothing stored, where a name is of nobody, or where the other is no
        sound database of this program or holds a row that cannot be stored.
        """
        path = Path(other)
        someone = None if by is None else self._ask(lambda: self._reviewer(by))
        if self.readonly and not dry_run:
            raise StoreError(f"{str(self.path)!r} is open for reading only: open it for writing")
        with merge_source.opened(path, self.path) as theirs:
            if dry_run:
                with connections.translated(self.path), connections.snapshot(self._connection):
                    return _told(_worked_out(self._connection, theirs, path, concerns, same))
            if known := self._ask(lambda: _known(self._connection, theirs, path, same)):
                return known
            with self._copied() as copy, self._write("merge", someone, None) as write:
                work = _worked_out(self._connection, theirs, path, concerns, same)
                told = _told(work)
                _store(work, self._connection, write, path, told)
        return merge_report.done(told, copy, write.line)

    def merges(self) -> list[dict[str, Any]]:
        """Every merge, the latest first: when, of which file, how many lines, what conflicted."""
        return self._ask(lambda: merge_report.earlier(self._connection))

    @contextlib.contextmanager
    def _copied(self) -> Iterator[Path]:
        """A copy of this database, which goes again where nothing comes of the merge."""
        folder = self.path.parent / "backups"
        copy = folder / f"{self.path.stem}-before-merge-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.db"
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"{str(folder)!r} cannot be made: {error.strerror}") from error
        with connections.translated(copy):
            connections.copy(self._connection, copy)
        try:
            yield copy
        except BaseException:
            copy.unlink(missing_ok=True)
            raise


def _known(
    ours: sqlite3.Connection, theirs: sqlite3.Connection, path: Path, same: Same
) -> Merged | None:
    """What is told where all of it is here already, and who is one person; `None` elsewhere."""
    head = merge_lines.head(theirs)
    with merge_source.distrusted(path):
        people = merge_people.people(ours, theirs, same)
        told = merge_people.people(ours, theirs)
    lines = head == history.GENESIS or head in merge_lines.known(ours)
    if not (lines and people == told and merge_people.stored(ours, people)):
        return None
    return merge_report.nothing(merge_people.namesakes(ours, theirs, people))


def _told(work: _Work) -> Merged:
    return merge_report.told(work.plan, work.texts, work.changes)


def _worked_out(
    ours: sqlite3.Connection,
    theirs: sqlite3.Connection,
    path: Path,
    concerns: Concerns | None,
    same: Same,
) -> _Work:
    """What the merge will do; raises where a row of the other's cannot be stored."""
    with merge_source.distrusted(path):
        people = merge_people.people(ours, theirs, same)
        plan = merge_plan.plan(*merge_sides.sides(ours, theirs, people))
        texts = merge_texts.plan(plan)
        changes = {table.name: plan.changes(table) for table in rows.TABLES}
        _admit(plan, changes, theirs, path, concerns)
    return _Work(theirs, plan, texts, changes)


def _admit(
    plan: Plan,
    changes: dict[str, list[Change]],
    theirs: sqlite3.Connection,
    path: Path,
    concerns: Concerns | None,
) -> None:
    """Raise, naming the row, where one that comes does not fit what it speaks of."""
    admission = Admission(theirs, reviewers=plan.people.kept.values())
    known = None if concerns is None else concerns(_codebooks(plan))
    for table in rows.TABLES:
        for change in changes[table.name]:
            if change.after is None or plan.theirs.row(table, change.key) is None:
                continue
            value = rows.value_of(table.type, change.after)  # type: ignore[type-var]  # a union of its constraints
            try:
                rows.check_text(change.after)
                if table.name != "reviewers":
                    admission.check(value)
                elif not any(map(str.isalnum, change.after["name"])):
                    raise StoreError(f"{change.after['name']!r} is no name for a reviewer")
                concern = change.after.get("concern")
                if concern and known is not None and concern not in known:
                    raise StoreError(
                        f"the concern {concern!r} is in no codebook of either database: "
                        "merge where its codebook is"
                    )
            except AnnotatorError as error:
                row = merge_report.named(theirs, table, change.after)
                raise StoreError(f"{str(path)!r}, {row}: {error}. Nothing was merged") from error


def _codebooks(plan: Plan) -> list[str]:
    return [
        row["codebook"]
        for side in (plan.ours, plan.theirs)
        for row in side.connection.execute("select codebook from codebook_versions")
    ]


def _store(
    work: _Work, connection: sqlite3.Connection, write: Write, path: Path, told: Merged
) -> None:
    """Write all of it; an error that SQLite raises undoes everything."""
    plan, theirs = work.plan, work.theirs
    people, *others = rows.TABLES
    # The numbering of versions and names is undone at once where two rows swap theirs.
    for change in work.changes[people.name]:
        if change.before:
            connection.execute("update reviewers set name = id where id = ?", change.key)
    for change in work.changes[people.name]:
        if change.after:
            _apply(connection, write, people, change)
    write.anew |= merge_texts.store(plan, work.texts, connection, write)
    made_anew, gone = merge_proposals.propose(plan, work.texts.runs, connection, write)
    write.anew |= made_anew
    # Removals first: an assignment that moved would stand in its own way.
    for removing in (True, False):
        for table in others:
            for change in work.changes[table.name]:
                if (change.after is None) is removing:
                    _apply(connection, write, table, change)
    for change in work.changes[people.name]:
        if change.after is None:
            # What waited for them is derived anew, for whoever they are now.
            for derived in ("reader_clauses", "reader_counts"):
                connection.execute(f"delete from {derived} where reviewer = ?", change.key)
            _apply(connection, write, people, change)
    merge_proposals.forget(connection, gone)
    merge_lines.keep(connection, list(plan.theirs.lines()))
    write.admission.outcome(write.changes)
    decided = plan.decided | work.texts.decided
    row: Row = {
        "head": merge_lines.head(theirs),
        "founding": history.founding(theirs),
        "file": path.name,
        "lines": work.lines,
        "conflicts": canonical([one.record() for one in told.conflicts]),
        "decided": canonical(sorted([table, list(key)] for table, key in decided)),
        "at": write.at,
    }
    if work.lines:
        write.database.table("merges").insert(row)
        write.record(Change("merges", (row["head"],), None, row))


def _apply(connection: sqlite3.Connection, write: Write, table: Table, change: Change) -> None:
    """Make one change by plain SQL, a tenth of what sqlite-utils takes for so many rows."""
    where = " and ".join(f'"{column}" = ?' for column in table.key)
    try:
        if change.after is None:
            connection.execute(f'delete from "{table.name}" where {where}', change.key)
        elif change.before is None:
            names = ", ".join(f'"{name}"' for name in change.after)
            holes = ", ".join("?" * len(change.after))
            connection.execute(
                f'insert into "{table.name}" ({names}) values ({holes})',
                tuple(change.after.values()),
            )
        else:
            names = ", ".join(f'"{name}" = ?' for name in change.after)
            connection.execute(
                f'update "{table.name}" set {names} where {where}',
                (*change.after.values(), *change.key),
            )
    except sqlite3.IntegrityError as error:
        row = change.after or change.before or {}
        what = merge_report.named(connection, table, row)
        raise StoreError(f"{what} cannot be stored, so nothing was merged: {error}") from error
    write.record(change)
