"""Who is to read what, and how the project is run: the store's answers, and what writes them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from annotator.model import SETTINGS, Assignment, HistoryLine, Setting, stable_id
from annotator.store import rows
from annotator.store.opened import Opened
from annotator.store.write import Write


class Assignments(Opened):
    """The part of `Store` that knows what is assigned to whom, and the project's settings."""

    def assignments(
        self, *, document: str | None = None, reviewer: str | None = None
    ) -> list[Assignment]:
        """What is assigned, by document, place in the text and reviewer; each filter narrows."""
        return self._ask(
            lambda: _assignments(
                self._connection,
                None if document is None else self._document(document),
                None if reviewer is None else self._reviewer(reviewer),
            )
        )

    def assign(
        self,
        document: str,
        pairs: Iterable[tuple[str | None, str]],
        *,
        note: str = "",
        by: str | None = None,
    ) -> HistoryLine | None:
        """Give parts of a text to reviewers: pairs of an eId, `None` for the whole text, and whom.

        What is assigned already stays as it is. One line of history, `None` where nothing was new;
        `put_back` takes it back. `NotFoundError`, and nothing stored, for a clause or reviewer that
        is not there. `by` says who gives the work out.
        """
        text = self._ask(lambda: self._document(document))
        wanted = self._ask(lambda: {(eid, self._reviewer(who)) for eid, who in pairs})
        known = {(one.eid, one.reviewer) for one in self.assignments(document=text)}
        with self._write("assign", self._someone(by), text) as write:
            _insert(write, text, wanted - known, note)
        return write.line

    def reassign(
        self,
        document: str,
        gone: Iterable[Assignment],
        pairs: Iterable[tuple[str | None, str]],
        *,
        by: str | None = None,
    ) -> HistoryLine | None:
        """Put other parts of a text, as for `assign`, in the place of assignments; one line."""
        text = self._ask(lambda: self._document(document))
        wanted = self._ask(lambda: {(eid, self._reviewer(who)) for eid, who in pairs})
        with self._write("unassign", self._someone(by), text) as write:
            for one in gone:
                write.delete(one)
            known = {(one.eid, one.reviewer) for one in self.assignments(document=text)}
            _insert(write, text, wanted - known, "")
        return write.line

    def unassign(
        self, assignments: Iterable[Assignment], *, by: str | None = None
    ) -> HistoryLine | None:
        """Take work back from those it was given to; what they said of it stays.

        One line of history, which `put_back` takes back.
        """
        gone = list(assignments)
        texts = {one.document for one in gone}
        place = next(iter(texts)) if len(texts) == 1 else None
        with self._write("unassign", self._someone(by), place) as write:
            for one in gone:
                write.delete(one)
        return write.line

    def settings(self) -> Mapping[str, str]:
        """How the project is run, by name (`model.SETTINGS`); unset ones as they are by default."""
        return self._ask(lambda: _settings(self._connection))

    def set_setting(self, name: str, value: str, *, by: str | None = None) -> HistoryLine | None:
        """Change how the project is run; `StoreError` for a setting or value that is not known."""
        with self._write("set_setting", self._someone(by), None) as write:
            write.put(Setting(name, value))
        return write.line

    def _someone(self, by: str | None) -> str | None:
        return None if by is None else self._ask(lambda: self._reviewer(by))


def _insert(write: Write, text: str, pairs: set[tuple[str | None, str]], note: str) -> None:
    for eid, who in sorted(pairs, key=lambda pair: (pair[0] or "", pair[1])):
        write.insert(
            Assignment(
                id=stable_id("assignment", text, eid or "", who),
                document=text,
                eid=eid,
                reviewer=who,
                note=note,
            )
        )


def _assignments(
    connection: sqlite3.Connection, document: str | None, reviewer: str | None
) -> list[Assignment]:
    names = ", ".join(f"a.{name}" for name in rows.columns(Assignment))
    found = connection.execute(
        f"select {names} from assignments a"
        " join documents d on d.id = a.document"
        " left join clauses c on c.document = a.document and c.eid = a.eid"
        " join reviewers r on r.id = a.reviewer"
        " where (?1 is null or a.document = ?1) and (?2 is null or a.reviewer = ?2)"
        " order by d.slug, d.version, coalesce(c.position, -1), r.name, a.id",
        (document, reviewer),
    )
    return [rows.value_of(Assignment, row) for row in found]


def _settings(connection: sqlite3.Connection) -> dict[str, str]:
    known = {name: allowed[0] if allowed else "" for name, allowed in SETTINGS.items()}
    for name, value in connection.execute("select name, value from settings order by name"):
        known[name] = value
    return known
