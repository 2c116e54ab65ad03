"""What adjudicators settled: the store's answers about it, and what writes it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from annotator.errors import StoreError
from annotator.model import Adjudication, HistoryLine
from annotator.store import history, read
from annotator.store.opened import Opened


class Adjudications(Opened):
    """The part of `Store` that keeps what was settled; reviewers' annotations stay as they are."""

    def adjudications(
        self,
        *,
        document: str | None = None,
        reviewer: str | None = None,
        eids: Iterable[str] | None = None,
    ) -> list[Adjudication]:
        """What was decided, by document and place; `reviewer` is the adjudicator."""
        return self._values(Adjudication, document, reviewer, eids)

    def settle(
        self,
        document: str,
        decided: Iterable[Adjudication],
        *,
        reviewer: str,
        known: Iterable[Adjudication] | None = None,
        instead: Iterable[str] = (),
        nonce: str | None = None,
    ) -> HistoryLine | None:
        """Store what `reviewer` decided in a document, as one line of history; they can undo it.

        A passage decided before is decided anew. Of what had been settled in these clauses over
        other views than these, the decisions with the ids `instead` go: the history keeps them.
        `None` where all of it is stored already. `known` are the decisions on these clauses that
        `reviewer` saw. `StoreError`, and nothing stored, where there are others by now, or where
        two of those given say different views of the same clause; `NotFoundError` or `SpanError`
        where one does not fit.
        """
        place, who = self._named(document, reviewer)
        over: dict[str, str] = {}
        rows = [dataclasses.replace(row, document=place, reviewer=who) for row in decided]
        for row in rows:
            if over.setdefault(row.eid, row.over) != row.over:
                raise StoreError(
                    f"clause {row.eid!r} would be settled over two different states: load it again"
                )
        with self._write("settle", who, place, nonce=nonce) as write:
            self._still(place, over, known)
            for row in rows:
                write.put(row)
            gone = frozenset(instead)
            for earlier in self._in(place, over) if gone else ():
                if earlier.id in gone and earlier.over != over[earlier.eid]:
                    write.delete(earlier)
        return write.line

    def unsettle(
        self,
        document: str,
        eid: str,
        *,
        reviewer: str,
        decisions: Iterable[str] | None = None,
        known: Iterable[Adjudication] | None = None,
        nonce: str | None = None,
    ) -> HistoryLine | None:
        """Take away what was decided on a clause, as a line of history; `None` where nothing was.

        With `decisions`, only those with these ids. `known` as of `settle`.
        """
        place, who = self._named(document, reviewer)
        only = None if decisions is None else frozenset(decisions)
        with self._write("unsettle", who, place, nonce=nonce) as write:
            self._still(place, (eid,), known)
            for row in self._in(place, (eid,)):
                if only is None or row.id in only:
                    write.delete(row)
        return write.line

    def lines_on(self, document: str, eid: str, *, since: str) -> list[HistoryLine]:
        """The history's lines that changed anything in a clause after that time, oldest first."""
        return self._ask(
            lambda: history.lines_on(self._connection, self._document(document), eid, since)
        )

    def _named(self, document: str, reviewer: str) -> tuple[str, str]:
        return self._ask(lambda: (self._document(document), self._reviewer(reviewer)))

    def _still(
        self, document: str, eids: Iterable[str], known: Iterable[Adjudication] | None
    ) -> None:
        """Raise where something else is decided on these clauses than what was known."""
        if known is None:
            return
        now, then = (
            {(row.id, row.updated) for row in rows} for rows in (self._in(document, eids), known)
        )
        if now != then:
            raise StoreError(
                "somebody else has decided here since it was shown: look at it again",
                key="decided_now",
            )

    def _in(self, document: str, eids: Iterable[str]) -> list[Adjudication]:
        return read.values(
            self._connection, Adjudication, document=document, reviewer=None, eids=eids
        )
