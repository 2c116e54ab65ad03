"""The full-text index: derived from texts and from what people wrote, never told by the history.

It follows lazily, when somebody searches, so that bringing in texts and tagging cost nothing more.
What is new among texts is what the index does not list; what is new among tags and notes is what
the lines of the history since speak of, undo and redo like any other. Each step is a transaction
of its own, short enough for a reviewer's tag to wait for it, and can be left at any time.

The index keeps no text, only `words.indexed` forms. A clause has the row `number << 20 | position`,
the title of its text the last row of that number; what people wrote has a row behind all of them.
A database that cannot be written to gets the same index in memory, for one connection.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from annotator.model import canonical
from annotator.search import words
from annotator.store import connection as connections
from annotator.store import history
from annotator.store.search_schema import TABLES

BITS = 20
TITLE = (1 << BITS) - 1
SAID = 1 << 52
"""Where the rows of what people wrote begin."""

Progress = Callable[[int, int], None]
"""Told how many texts are in the index, and how many there are."""

_STEP_CHARACTERS = 400_000
_STEP_ROWS = 1_500

_LATEST_RUN = (
    "(select id from suggestion_runs r where r.document = {0} order by number desc limit 1)"
)
# What people wrote: the key, the clause, and the words to be found by.
_WRITTEN = {
    "annotations": (
        "tag",
        "select id as key, document, eid, quote as quoted, note as noted from annotations t",
        "t.id = ?",
    ),
    "reviews": (
        "note",
        "select document || ' ' || eid || ' ' || reviewer as key, document, eid, '' as quoted,"
        " note as noted from reviews t where note <> ''",
        "t.document = ? and t.eid = ? and t.reviewer = ?",
    ),
    "assessments": (
        "finding",
        "select document || ' ' || eid || ' ' || reviewer || ' ' || safeguard as key, document,"
        " eid, '' as quoted, note as noted from assessments t where note <> ''",
        "t.document = ? and t.eid = ? and t.reviewer = ? and t.safeguard = ?",
    ),
    "links": (
        "link",
        "select id as key, document, eid, '' as quoted, note as noted from links t"
        " where note <> ''",
        "t.id = ?",
    ),
}
_SILENT = (
    "add_document",
    "add_documents",
    "add_codebook",
    "set_suggestions",
    "set_powers",
    "set_references",
)


def current(connection: sqlite3.Connection, *, proposals: bool = False) -> bool:
    """Whether the index in the file knows everything; with `proposals`, suggestions too."""
    state = _state(connection, "main.")
    if state.get("rules") != words.RULES:
        return False
    latest = history.latest(connection)
    return state.get("written") == latest and (not proposals or state.get("proposed", -1) == latest)


def follow(
    connection: sqlite3.Connection,
    *,
    readonly: bool,
    proposals: bool = False,
    progress: Progress | None = None,
) -> None:
    """Bring the index up to date, in steps of a tenth of a second or so between which others write.

    Where the file is only read and its index is not up to date, one is made in memory, which then
    stands before that of the file for this connection.
    """
    if current(connection, proposals=proposals):
        return
    if (
        readonly
        and not connection.execute(
            "select 1 from sqlite_temp_master where name = 'search_texts'"
        ).fetchone()
    ):
        for statement in TABLES:
            connection.execute(statement.format(where="temp."))
    work = _Work(connection)
    work.begin()
    work.texts(progress)
    work.written()
    if proposals:
        work.proposals()


def forget(connection: sqlite3.Connection) -> None:
    """Empty the index, so that the next search makes it anew."""
    with _step(connection):
        _Work(connection).forget()


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """What of the index does not fit the texts, tags and notes, as far as it knows them."""
    state = _state(connection, "main.")
    if not state:
        return
    advice = "make the search anew with `search --rebuild`"
    for row in connection.execute(
        "select t.document from search_texts t left join documents d on d.id = t.document"
        " where d.id is null"
    ):
        yield f"the search knows a text {row['document']!r} that is not stored: {advice}"
    rows = connection.execute(
        "select (select count(*) from search_texts) + (select count(*) from clauses c"
        " join search_texts t on t.document = c.document) + (select count(*) from search_said),"
        " (select count(*) from search_index_docsize)"
    ).fetchone()
    if rows[0] != rows[1]:
        yield f"the search keeps {rows[1]:,} entries and should keep {rows[0]:,}: {advice}"
    if state.get("rules") != words.RULES or state.get("written") != history.latest(connection):
        return  # it will catch up when somebody searches
    kept = {
        (row["what"], row["key"]): (row["quoted"], row["noted"])
        for row in connection.execute("select * from search_said where what <> 'suggestion'")
    }
    should = {
        (what, row["key"]): (words.indexed(row["quoted"]), words.indexed(row["noted"]))
        for what, select, _ in _WRITTEN.values()
        for row in connection.execute(select)
    }
    if kept != should:
        wrong = sorted(kept.items() ^ should.items())
        yield f"the search does not know {wrong[0][0][0]} {wrong[0][0][1]!r} as it is: {advice}"


class _Work:
    """One bringing up to date."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def begin(self) -> None:
        """Forget what was made by other rules of cutting words."""
        if _state(self.connection).get("rules") == words.RULES:
            return
        with _step(self.connection):
            if _state(self.connection).get("rules") != words.RULES:
                self.forget()
                self.remember("rules", words.RULES)

    def forget(self) -> None:
        """Empty the index."""
        for table in ("search_texts", "search_said", "search_state"):
            self.connection.execute(f"delete from {table}")
        self.connection.execute("insert into search_index (search_index) values ('delete-all')")

    def remember(self, name: str, value: int) -> None:
        """Note how far the index is."""
        self.connection.execute("insert or replace into search_state values (?, ?)", (name, value))

    def texts(self, progress: Progress | None) -> None:
        """Take in the texts that are not in the index yet."""
        waiting = [
            (row["id"], row["characters"])
            for row in self.connection.execute(
                "select id, characters from documents where id not in"
                " (select document from search_texts) order by rowid"
            )
        ]
        done, at = 0, 0
        while at < len(waiting):
            size, chosen = 0, list[str]()
            while at < len(waiting) and (not chosen or size < _STEP_CHARACTERS):
                chosen.append(waiting[at][0])
                size += waiting[at][1]
                at += 1
            with _step(self.connection):
                for document in chosen:
                    self._text(document)
            done += len(chosen)
            if progress:
                progress(done, len(waiting))

    def _text(self, document: str) -> None:
        known = "select 1 from search_texts where document = ?"
        if self.connection.execute(known, (document,)).fetchone():
            return  # another search was quicker
        number = self.connection.execute(
            "select coalesce(max(number), 0) + 1 from search_texts"
        ).fetchone()[0]
        self.connection.execute(
            "insert into search_texts (number, document) values (?, ?)",
            (number, document),
        )
        title, text = self.connection.execute(
            "select title, text from documents where id = ?", (document,)
        ).fetchone()
        base = number << BITS
        cursor = self.connection.cursor()
        cursor.row_factory = None
        clauses = cursor.execute(
            "select position, heading, body, own_end from clauses where document = ?", (document,)
        ).fetchall()
        self.connection.executemany(
            "insert into search_index (rowid, heading, words) values (?, ?, ?)",
            [
                (base | position, words.indexed(heading), words.indexed(text[body:own_end]))
                for position, heading, body, own_end in clauses
            ]
            + [(base | TITLE, words.indexed(title), "")],
        )

    def written(self) -> None:
        """Take in what people wrote, took back or changed since."""
        latest = history.latest(self.connection)
        since = _state(self.connection).get("written")
        if since == latest:
            return
        for table, (what, select, where) in _WRITTEN.items():
            joint = " and " if " where " in select else " where "
            if since is None:
                keys: list[tuple[str, ...]] = []
                found = self.connection.execute(select).fetchall()
                for chunk in _chunks(found, _STEP_ROWS):
                    with _step(self.connection):
                        self._replace(what, chunk)
            else:
                keys = self._touched(table, since)
            for some in _chunks(keys, _STEP_ROWS):
                with _step(self.connection):
                    for key in some:
                        row = self.connection.execute(select + joint + where, key).fetchone()
                        self._replace(what, [row] if row else [], gone=" ".join(key))
        with _step(self.connection):
            self.remember("written", latest)

    def _touched(self, table: str, since: int) -> list[tuple[str, ...]]:
        """The keys of the rows that the lines after that one speak of."""
        found = self.connection.execute(
            "select distinct json_extract(c.value, '$.key') as key"
            " from history h, json_each(h.changes) c"
            " where h.seq > ? and json_extract(c.value, '$.table') = ? and h.action not in"
            " (select value from json_each(?)) order by h.seq",
            (since, table, canonical(_SILENT)),
        )
        return [tuple(json.loads(row["key"])) for row in found]

    def proposals(self) -> None:
        """Take in the suggestions of the latest runs."""
        latest = history.latest(self.connection)
        if _state(self.connection).get("proposed") == latest:
            return
        waiting = self.connection.execute(
            f"select t.document, coalesce({_LATEST_RUN.format('t.document')}, '') as run"
            f" from search_texts t"
            f" where t.run <> coalesce({_LATEST_RUN.format('t.document')}, '')"
        ).fetchall()
        for chunk in _chunks(waiting, 50):
            with _step(self.connection):
                for document, run in chunk:
                    self._proposals(document, run)
        with _step(self.connection):
            self.remember("proposed", latest)

    def _proposals(self, document: str, run: str) -> None:
        for row in self.connection.execute(
            "select id, quoted, noted, proposed from search_said"
            " where document = ? and what = 'suggestion'",
            (document,),
        ).fetchall():
            self._forget_said(row)
        for row in self.connection.execute(
            "select id, coalesce(eid, '') as eid, quote, reason from suggestions where run = ?",
            (run,),
        ).fetchall():
            said = words.indexed(row["quote"]), words.indexed(row["reason"])
            self._say("suggestion", document, row["eid"], row["id"], "", "", " ".join(said))
        self.connection.execute(
            "update search_texts set run = ? where document = ?", (run, document)
        )

    def _replace(self, what: str, rows: Iterable[sqlite3.Row], gone: str | None = None) -> None:
        """Put rows in the place of those with their keys, or take the one that is gone away."""
        rows = list(rows)
        for key in [row["key"] for row in rows] + ([gone] if gone is not None else []):
            old = self.connection.execute(
                "select id, quoted, noted, proposed from search_said where what = ? and key = ?",
                (what, key),
            ).fetchone()
            if old:
                self._forget_said(old)
        for row in rows:
            said = words.indexed(row["quoted"]), words.indexed(row["noted"])
            self._say(what, row["document"], row["eid"], row["key"], *said, "")

    def _say(self, what: str, document: str, eid: str, key: str, *said: str) -> None:
        id = self.connection.execute(
            "insert into search_said"
            " (what, document, eid, key, quoted, noted, proposed) values (?, ?, ?, ?, ?, ?, ?)",
            (what, document, eid, key, *said),
        ).lastrowid
        self.connection.execute(
            "insert into search_index (rowid, quoted, noted, proposed) values (?, ?, ?, ?)",
            (SAID | int(id or 0), *said),
        )

    def _forget_said(self, row: sqlite3.Row) -> None:
        # An index without contents is told what it forgets: the same forms, NULL where none were.
        self.connection.execute(
            "insert into search_index"
            " (search_index, rowid, quoted, noted, proposed) values ('delete', ?, ?, ?, ?)",
            (SAID | row["id"], row["quoted"], row["noted"], row["proposed"]),
        )
        self.connection.execute("delete from search_said where id = ?", (row["id"],))


@contextlib.contextmanager
def _step(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that waits its turn with the other writers of this process."""
    with connections.WRITE_LOCK, connections.transaction(connection):
        yield


def _state(connection: sqlite3.Connection, schema: str = "") -> dict[str, int]:
    return {
        row["name"]: row["value"]
        for row in connection.execute(f"select name, value from {schema}search_state")
    }


def _chunks(rows: list[Any], size: int) -> Iterator[list[Any]]:
    for at in range(0, len(rows), size):
        yield rows[at : at + size]
