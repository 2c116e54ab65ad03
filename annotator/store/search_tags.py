"""Lists of tags: all under one code, and the re-codings of a reviewer."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from annotator.model import Annotation, HistoryLine, canonical
from annotator.search.found import Filters, TaggedList
from annotator.store import connection as connections
from annotator.store import history, search_hits
from annotator.store.opened import Opened
from annotator.store.search_hits import Showing, Sight


class TagLists(Opened):
    """The part of `Store` that lists tags by what they say."""

    def tagged(
        self,
        filters: Filters,
        *,
        sight: Callable[[str], Sight] | None = None,
        offset: int = 0,
        limit: int | None = 200,
    ) -> TaggedList:
        """The tags that the filters ask for, each with its words around it, in reading order.

        Tags of the latest version of each text; `sight` as for `search`.
        """

        def found() -> TaggedList:
            where, given = of_tags(filters)
            narrowed, more = of_documents(filters)
            tags = self._connection.execute(
                "select a.id, a.document, d.slug from annotations a"
                " join documents d on d.id = a.document where not exists"
                " (select 1 from documents v where v.slug = d.slug and v.version > d.version)"
                f"{where}{narrowed}"
                " order by d.kind <> 'treaty', d.slug, a.start, a.\"end\", a.reviewer, a.id",
                (*given, *more),
            ).fetchall()
            showing = Showing(self._connection, sight and functools.cache(sight))
            tags = [row for row in tags if showing.may_see(row["document"], row["id"])]
            last = None if limit is None else offset + limit
            shown = showing.tagged([row["id"] for row in tags[offset:last]])
            return TaggedList(
                shown=tuple(shown),
                ids=tuple(row["id"] for row in tags),
                by_document=Counter(row["slug"] for row in tags),
            )

        with connections.snapshot(self._connection):
            return self._ask(found)

    def annotations_by_id(self, ids: Iterable[str]) -> list[Annotation]:
        """Those of the tags that are stored, by id."""
        return self._ask(lambda: search_hits.tags_by_id(self._connection, ids))

    def own_tags(self, reviewer: str, ids: Iterable[str]) -> set[str]:
        """Those of the tags (ids) that the reviewer made."""
        found = self._ask(
            lambda: self._connection.execute(
                "select id from annotations where reviewer = ?"
                " and id in (select value from json_each(?))",
                (self._reviewer(reviewer), canonical(list(ids))),
            ).fetchall()
        )
        return {row[0] for row in found}

    def recodings(self, reviewer: str, *, limit: int | None = 20) -> list[HistoryLine]:
        """The reviewer's latest lines that re-coded many tags and stand, the latest first."""

        def found() -> list[HistoryLine]:
            lines = self._connection.execute(
                "select * from history h where reviewer = ? and action = 'recode' and not exists"
                " (select 1 from history u where u.undoes = h.seq) order by seq desc limit ?",
                (self._reviewer(reviewer), -1 if limit is None else limit),
            )
            return [history.line_of(row) for row in lines]

        return self._ask(found)


def of_tags(filters: Filters) -> tuple[str, list[Any]]:
    """What a tag `a` must be, as SQL to follow a condition, and the values in it."""
    where, given = of_suggestions(filters)
    for column, value in (("severity", filters.severity), ("reviewer", filters.tagged_by)):
        if value is not None:
            where += f" and a.{column} = ?"
            given.append(value)
    return where, given


def of_suggestions(filters: Filters) -> tuple[str, list[Any]]:
    """As `of_tags`, of a suggestion."""
    where, given = "", list[Any]()
    for column, value in (("concern", filters.concern), ("polarity", filters.polarity)):
        if value is not None:
            where += f" and a.{column} = ?"
            given.append(value)
    if filters.codes:
        where += " and a.code in (select value from json_each(?))"
        given.append(canonical(list(filters.codes)))
    return where, given


def of_documents(filters: Filters) -> tuple[str, list[Any]]:
    """As `of_tags`, of a document `d`."""
    where, given = "", list[Any]()
    for column, value in (
        ("slug", filters.document),
        ("kind", filters.kind),
        ("language", filters.language),
    ):
        if value is not None:
            where += f" and d.{column} = ?"
            given.append(value)
    return where, given
