"""What waits for a reviewer: counts and places, asked of lists that each write keeps up to date.

`standing.py` derives the lists; nothing here reads more rows than it returns, but where a
reviewer begins at the top of a text of which much is done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.model import canonical
from annotator.store.opened import Opened
from annotator.store.worth import COLUMNS, Waiting, by_worth, entries

# Below so many members a list is sorted; above, the clauses are walked in the order of their worth.
_FEW = 2000
_KEPT = {
    "assigned": "assigned",
    "reopened": "reopened",
    "disagreed": "differs",
}


@dataclass(frozen=True, slots=True)
class DocumentWork:
    """Of a document: its clauses, how many have suggestions, one reader at least, and two.

    `fewest` is the number of readers of its least read clause.
    """

    clauses: int
    proposed: int
    read: int
    twice: int
    fewest: int


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What a reviewer did in a stretch of time; `rejected` counts suggestions."""

    clauses: int
    tags: int
    rejected: int


class Queues(Opened):
    """The part of `Store` that knows what waits for whom."""

    def anything_assigned(self) -> bool:
        """Whether any part of any text is assigned to anybody."""
        return self._ask(
            lambda: bool(
                self._connection.execute("select exists (select 1 from assignments)").fetchone()[0]
            )
        )

    def reader_counts(self, reviewer: str) -> Mapping[str, Mapping[str, int]]:
        """How many clauses of each document (by id) stand on each of a reviewer's lists.

        The lists: `yours` (assigned), `assigned` (of those, not done), `proposed` (of those, with
        suggestions not decided), `done`, `settled` (every suggestion decided), `reopened`,
        `differs` (done, and others who are done say otherwise). Of latest versions alone.
        """
        return self._ask(lambda: _counts(self._connection, self._reviewer(reviewer)))

    def queue_totals(self, reviewer: str) -> Mapping[str, int]:
        """How many clauses are on each queue of a reviewer (an id), of all texts together."""
        return self._ask(lambda: _totals(self._connection, reviewer, self.anything_assigned()))

    def queue_documents(self, reviewer: str, kind: str) -> Mapping[str, int]:
        """How many clauses of each document are on a queue; documents without are left out."""
        what, whole = self._list(kind)
        return self._ask(lambda: _by_document(self._connection, reviewer, what, whole))

    def latest_text(self) -> int:
        """Rises whenever a text comes in."""
        return self._ask(
            lambda: int(
                self._connection.execute(
                    "select coalesce(max(rowid), 0) from documents"
                ).fetchone()[0]
            )
        )

    def document_work(self) -> Mapping[str, DocumentWork]:
        """By document id, what everyone together has read."""
        return self._ask(
            lambda: {
                row[0]: DocumentWork(*row[1:])
                for row in self._connection.execute(
                    "select d.document, d.clauses, d.proposed, d.read, d.twice,"
                    " case when d.read < d.clauses then 0 else (select min(readers)"
                    " from clause_work w where w.document = d.document) end from document_work d"
                )
            }
        )

    def done_counts(self) -> Mapping[str, int]:
        """How many clauses each reviewer (by id) is done with, of all texts together."""
        return self._ask(
            lambda: {
                row[0]: row[1]
                for row in self._connection.execute(
                    "select reviewer, sum(clauses) from reader_counts where what = 'done'"
                    " group by reviewer order by reviewer"
                )
            }
        )

    def done_between(self, reviewer: str, start: str, end: str) -> DayCounts:
        """What a reviewer did from `start` on and before `end`, both UTC as rows have it."""
        return self._ask(
            lambda: DayCounts(
                *self._connection.execute(
                    "select (select count(*) from reviews where reviewer = ?1 and updated >= ?2"
                    " and updated < ?3 and state in ('concern', 'no_concern')),"
                    " (select count(*) from annotations where reviewer = ?1 and created >= ?2"
                    " and created < ?3),"
                    " (select count(*) from decisions where reviewer = ?1 and updated >= ?2"
                    " and updated < ?3 and decision = 'rejected')",
                    (self._reviewer(reviewer), start, end),
                ).fetchone()
            )
        )

    def last_worked_on(self, reviewer: str) -> tuple[str, str, str] | None:
        """Document id, eId and time of the reviewer's latest decision; `None` before the first."""
        return self._ask(lambda: _last(self._connection, self._reviewer(reviewer)))

    def queue(
        self, reviewer: str, kind: str, document: str, *, eids: Iterable[str] | None = None
    ) -> list[str]:
        """The eIds of a document's clauses on a queue, in text order; `eids` narrows it.

        `kind` is one of `annotator.review.queue.KINDS`.
        """
        someone, text = (
            self._ask(lambda: self._reviewer(reviewer)),
            self._ask(lambda: self._document(document)),
        )
        given = {"document": text, "reviewer": someone}
        some = ""
        if eids is not None:
            given["eids"] = canonical(list(eids))
            some = " and w.eid in (select value from json_each(:eids))"
        return self._ask(
            lambda: [
                row[0]
                for row in self._connection.execute(
                    f"select w.eid from reviewable_clauses w where w.document = :document{some}"
                    f" and {self._member(kind)} order by w.position",
                    given,
                )
            ]
        )

    def own_words(self, document: str) -> list[tuple[str, int, int]]:
        """Where the words of each reviewable clause begin and end, in code points, by eId."""
        return self._ask(
            lambda: [
                (row[0], row[1], row[2])
                for row in self._connection.execute(
                    "select eid, body, own_end from clauses where document = ? and body < own_end"
                    " order by position",
                    (self._document(document),),
                )
            ]
        )

    def queue_in_text_order(
        self,
        reviewer: str,
        kind: str,
        document: str,
        *,
        after: int = -1,
        before: int | None = None,
        limit: int = 1,
    ) -> list[Waiting]:
        """The next clauses of a queue in a document behind the place `after`.

        With `before`, those in front of that place, the nearest first.
        """
        way, order = ("> :place", "") if before is None else ("< :place", "desc")
        what, whole = self._list(kind)
        statement = f"{COLUMNS} from reviewable_clauses w where {self._member(kind)} and"
        if whole is None:  # along the list, which may be short
            statement = (
                f"{COLUMNS} from reader_clauses m cross join reviewable_clauses w"
                " on w.document = m.document and w.position = m.position"
                f" where m.reviewer = :reviewer and m.what = '{what}' and"
            )
        along = "w" if whole else "m"
        place = f"{along}.document = :document and {along}.position {way}"
        return self._ask(
            lambda: entries(
                self._connection,
                f"{statement} {place} order by {along}.position {order} limit :limit",
                {
                    "document": document,
                    "reviewer": reviewer,
                    "place": after if before is None else before,
                    "limit": limit,
                },
            )
        )

    def queue_by_worth(
        self,
        reviewer: str,
        kind: str,
        *,
        after: Waiting | None = None,
        limit: int = 1,
    ) -> list[Waiting]:
        """The next clauses of a queue, those worth most first, of all texts."""
        return self._ask(
            lambda: by_worth(
                self._connection,
                self._member(kind),
                self._few(reviewer, kind),
                {
                    "reviewer": reviewer,
                    "limit": limit,
                    "worth": after.worth if after else None,
                    "document": after.document if after else None,
                    "place": after.position if after else None,
                },
            )
        )

    def waiting_at(self, document: str, eid: str) -> Waiting | None:
        """A clause as the queues know it; `None` for one without words of its own."""
        found = self._ask(
            lambda: entries(
                self._connection,
                f"{COLUMNS} from reviewable_clauses w where w.document = :document"
                " and w.eid = :eid",
                {"document": document, "eid": eid},
            )
        )
        return found[0] if found else None

    def _member(self, kind: str) -> str:
        """The condition under which a clause `w` is on a queue of `:reviewer`."""
        there = (
            "exists (select 1 from reader_clauses m where m.reviewer = :reviewer"
            " and m.what = '{0}' and m.document = w.document and m.position = w.position)"
        )
        if kind in _KEPT:
            return there.format(_KEPT[kind])
        if kind == "unreviewed":
            return "not " + there.format("done")
        if self.anything_assigned():
            return "w.proposals > 0 and " + there.format("proposed")
        return "w.proposals > 0 and not " + there.format("settled")

    def _list(self, kind: str) -> tuple[str, str | None]:
        """The list that a queue is; with the column of `document_work`, what is not on the list."""
        if kind in _KEPT:
            return _KEPT[kind], None
        if kind == "unreviewed":
            return "done", "clauses"
        return ("proposed", None) if self.anything_assigned() else ("settled", "proposed")

    def _few(self, reviewer: str, kind: str) -> str | None:
        """The list that a queue is, where it is short enough to be sorted."""
        what, whole = self._list(kind)
        if whole is not None:
            return None
        counted = self._connection.execute(
            "select coalesce(sum(clauses), 0) from reader_counts where reviewer = ? and what = ?",
            (reviewer, what),
        ).fetchone()[0]
        return what if counted <= _FEW else None


def _counts(connection: sqlite3.Connection, reviewer: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for what, document, clauses in connection.execute(
        "select what, document, clauses from reader_counts where reviewer = ? and clauses > 0",
        (reviewer,),
    ):
        found.setdefault(what, {})[document] = clauses
    return found


def _totals(connection: sqlite3.Connection, reviewer: str, given_out: bool) -> dict[str, int]:
    kept = dict.fromkeys(("assigned", "proposed", "done", "settled", "reopened", "differs"), 0)
    for what, clauses in connection.execute(
        "select what, sum(clauses) from reader_counts where reviewer = ? group by what",
        (reviewer,),
    ):
        kept[what] = clauses
    clauses, proposed = connection.execute(
        "select coalesce(sum(clauses), 0), coalesce(sum(proposed), 0) from document_work"
    ).fetchone()
    return {
        "assigned": kept["assigned"],
        "unreviewed": clauses - kept["done"],
        "suggestions": kept["proposed"] if given_out else proposed - kept["settled"],
        "reopened": kept["reopened"],
        "disagreed": kept["differs"],
    }


def _by_document(
    connection: sqlite3.Connection, reviewer: str, what: str, whole: str | None
) -> dict[str, int]:
    if whole is None:
        statement = "select document, clauses from reader_counts where reviewer = ?1 and what = ?2"
    else:
        statement = (
            f"select w.document, w.{whole} - coalesce((select n.clauses from reader_counts n"
            " where n.reviewer = ?1 and n.what = ?2 and n.document = w.document), 0)"
            " from document_work w"
        )
    found = connection.execute(statement, (reviewer, what))
    return {document: clauses for document, clauses in found if clauses > 0}


def _last(connection: sqlite3.Connection, reviewer: str) -> tuple[str, str, str] | None:
    # Each along its index from the latest on; what is of an earlier version is passed over.
    waits = "exists (select 1 from reviewable_clauses w where w.document = {0} and w.eid = {1})"
    found = [
        connection.execute(statement, (reviewer,)).fetchone()
        for statement in (
            "select updated, document, eid from reviews where reviewer = ?"
            f" and {waits.format('reviews.document', 'reviews.eid')}"
            " order by updated desc limit 1",
            "select created, document, eid from annotations where reviewer = ?"
            f" and {waits.format('annotations.document', 'annotations.eid')}"
            " order by created desc limit 1",
            "select x.updated, x.document, s.eid from decisions x join suggestions s"
            " on s.id = x.suggestion where x.reviewer = ?"
            f" and {waits.format('s.document', 's.eid')} order by x.updated desc limit 1",
        )
    ]
    at, document, eid = max((tuple(row) for row in found if row), default=("", "", ""))
    return (document, eid, at) if at else None
