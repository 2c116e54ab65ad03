"""What is shown of each clause and tag that was found, for whoever may see it."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from annotator.model import Annotation, DocumentInfo, canonical
from annotator.search.found import Hit, Said, Tagged, Wrote
from annotator.store import read, rows
from annotator.store.search_index import TITLE


class Sight(Protocol):
    """What somebody may see in a document: of one clause, and of values."""

    def __contains__(self, eid: object) -> bool: ...

    def of(self, values: Iterable[Annotation]) -> list[Annotation]:
        """Those of the tags that may be seen."""


def tags_by_id(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Annotation]:
    """The tags with these ids, by id."""
    names = ", ".join(f'"{name}"' for name in rows.columns(Annotation))
    found = connection.execute(
        f"select {names} from annotations where id in (select value from json_each(?)) order by id",
        (canonical(list(ids)),),
    )
    return [rows.value_of(Annotation, row) for row in found]


def owner_of(what: Wrote, key: str) -> str:
    """Who wrote a note, or a note on a safeguard, by the key it has in the index; else ""."""
    place = {"note": -1, "finding": -2}.get(what)
    return "" if place is None else key.split(" ")[place]


class Showing:
    """Turns rows into what a person is shown, within one state of the database."""

    def __init__(
        self, connection: sqlite3.Connection, sight: Callable[[str], Sight] | None
    ) -> None:
        self.connection = connection
        self.sight = sight
        self._open: dict[str, set[str]] = {}
        self._info = functools.cache(self._read_info)

    def may_see(self, document: str, tag: str) -> bool:
        """Whether a tag (its id) in a document may be seen."""
        if self.sight is None:
            return True
        if document not in self._open:
            every = read.values(
                self.connection, Annotation, document=document, reviewer=None, eids=None
            )
            self._open[document] = {tag.id for tag in self.sight(document).of(every)}
        return tag in self._open[document]

    def tagged(self, ids: Iterable[str]) -> Iterator[Tagged]:
        """The tags with these ids, in that order, with the words of their clause."""
        chosen = list(ids)
        known = {tag.id: tag for tag in tags_by_id(self.connection, chosen)}
        for id in chosen:
            tag = known[id]
            clause = self.connection.execute(
                "select c.*, substr(d.text, c.body + 1, max(c.own_end, ?) - c.body) as words"
                " from clauses c join documents d on d.id = c.document"
                " where c.document = ? and c.eid = ?",
                (tag.end, tag.document, tag.eid),
            ).fetchone()
            yield Tagged(
                tag,
                self._info(tag.document),
                clause["citation"],
                clause["heading"] or self._above(tag.document, clause["parent"]),
                clause["body"],
                clause["words"],
            )

    def hit(self, document: str, position: int, said: Iterable[tuple[Wrote, str]]) -> Hit:
        """The clause at that place of the text, with what holds the words that were looked for."""
        info = self._info(document)
        if position == TITLE:
            first = self._first(info.id, 0)
            return Hit(
                document=info,
                eid=first,
                open=first,
                citation="",
                heading=info.title,
                under="",
                start=0,
                words="",
                title=True,
            )
        clause = self.connection.execute(
            "select c.*, substr(d.text, c.body + 1, c.own_end - c.body) as words"
            " from clauses c join documents d on d.id = c.document"
            " where c.document = ? and c.position = ?",
            (info.id, position),
        ).fetchone()
        own = bool(clause["words"])
        return Hit(
            document=info,
            eid=clause["eid"],
            open=clause["eid"] if own else self._first(info.id, position),
            citation=clause["citation"],
            heading=clause["heading"],
            under=self._above(info.id, clause["parent"]),
            start=clause["body"],
            words=clause["words"],
            tags=self._tags(info.id, clause["eid"]),
            said=tuple(one for what, key in said if (one := self._said(what, key))),
        )

    def _first(self, document: str, position: int) -> str:
        """The first clause with words of its own from that one on, else the last; its eId."""
        found = self.connection.execute(
            "select eid from clauses where document = ? and body < own_end"
            " order by position < ?, abs(position - ?) limit 1",
            (document, position, position),
        ).fetchone()
        return str(found[0]) if found else ""

    def _above(self, document: str, eid: str | None) -> str:
        """The nearest heading above."""
        while eid is not None:
            above = self.connection.execute(
                "select heading, parent from clauses where document = ? and eid = ?",
                (document, eid),
            ).fetchone()
            if above["heading"]:
                return str(above["heading"])
            eid = above["parent"]
        return ""

    def _tags(self, document: str, eid: str) -> tuple[Annotation, ...]:
        found = read.values(
            self.connection, Annotation, document=document, reviewer=None, eids=[eid]
        )
        return tuple(found if self.sight is None else self.sight(document).of(found))

    def _said(self, what: Wrote, key: str) -> Said | None:
        # None where somebody took it away after the index was brought up to date.
        document, owner = key.partition(" ")[0], owner_of(what, key)
        select, given = {
            "tag": ("select reviewer, quote, note from annotations where id = ?", [key]),
            "link": ("select reviewer, quote, note from links where id = ?", [key]),
            "suggestion": ("select '', quote, reason from suggestions where id = ?", [key]),
            "note": (
                "select reviewer, '', note from reviews where document = ? and reviewer = ?"
                " and document || ' ' || eid || ' ' || reviewer = ?",
                [document, owner, key],
            ),
            "finding": (
                "select reviewer, '', note from assessments where document = ? and reviewer = ?"
                " and document || ' ' || eid || ' ' || reviewer || ' ' || safeguard = ?",
                [document, owner, key],
            ),
        }[what]
        row = self.connection.execute(select, given).fetchone()
        return Said(what, key, *row) if row else None

    def _read_info(self, document: str) -> DocumentInfo:
        return read.infos(self.connection, [document])[document]
