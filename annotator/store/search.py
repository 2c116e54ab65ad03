"""Full-text search: what the store answers to a query and filters."""

from __future__ import annotations

import functools
import heapq
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from annotator.model import Kind, canonical
from annotator.search.found import Filters, Found, Wrote
from annotator.search.query import Phrase, Query
from annotator.store import connection as connections
from annotator.store import search_hits, search_index
from annotator.store.search_hits import Showing, Sight
from annotator.store.search_index import BITS, SAID, TITLE, Progress
from annotator.store.search_tags import TagLists, of_documents, of_suggestions, of_tags

# A word in a heading weighs more than one in a long paragraph, and what people wrote more than it.
_WEIGHTS = {"heading": 6.0, "words": 1.0, "quoted": 2.0, "noted": 3.0, "proposed": 1.0}
_IN = {
    "texts": ("heading", "words"),
    "tags": ("quoted", "noted"),
    "notes": ("noted",),
    "suggestions": ("proposed",),
}
_PLACE_OF = {
    "tag": "tags",
    "note": "notes",
    "finding": "notes",
    "link": "notes",
    "suggestion": "suggestions",
}
_LAST = (1 << 63) - 1


class _Standing(NamedTuple):
    """How well a clause answers, the least first."""

    scattered: bool
    score: float


class _Text(NamedTuple):
    slug: str
    kind: Kind
    id: str


class Search(TagLists):
    """The part of `Store` that finds; the index is brought up to date when somebody searches."""

    def search(
        self,
        query: Query,
        filters: Filters | None = None,
        *,
        viewer: str | None = None,
        sight: Callable[[str], Sight] | None = None,
        offset: int = 0,
        limit: int = 20,
        progress: Progress | None = None,
    ) -> Found:
        """The clauses that answer a query, the best first; without words all that are left.

        Of texts with several versions the latest is searched. `viewer` (a reviewer's id) is whose
        states are asked for where the filters name no reader, `sight` says of a document's id what
        may be seen of tags and notes in it: all where it is not given. The same question gets the
        same order. `progress` is told how far an index that is not up to date has come.
        """
        wanted = filters or Filters()
        self._ask(lambda: self.follow_search(progress, "suggestions" in wanted.places))
        with connections.snapshot(self._connection):
            asking = _Asking(self._connection, query, wanted, viewer, sight)
            return self._ask(lambda: asking.found(offset, limit))

    def follow_search(self, progress: Progress | None = None, proposals: bool = True) -> None:
        """Bring the index up to date now; a search does so by itself."""
        search_index.follow(
            self._connection, readonly=self.readonly, proposals=proposals, progress=progress
        )

    def search_is_current(self) -> bool:
        """Whether a search can begin at once."""
        return self._ask(lambda: search_index.current(self._connection))

    def forget_search(self) -> None:
        """Empty the index, so that the next search makes it anew."""
        self._ask(lambda: search_index.forget(self._connection))


class _Asking:
    """One question, answered within one state of the database."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        query: Query,
        filters: Filters,
        viewer: str | None,
        sight: Callable[[str], Sight] | None,
    ) -> None:
        self.connection = connection
        self.query = query
        self.filters = filters
        self.viewer = viewer
        self.sight = None if sight is None else functools.cache(sight)
        self.showing = Showing(connection, self.sight)
        self.said: dict[int, list[tuple[Wrote, str]]] = {}

    def found(self, offset: int, limit: int) -> Found:
        standing = self._by_words() if self.query else self._listed()
        standing = self._narrowed(standing)
        texts = self._texts({row >> BITS for row in standing})
        standing = {row: how for row, how in standing.items() if row >> BITS in texts}
        first = {slug: n for n, slug in enumerate(sorted({t.slug for t in texts.values()}))}
        places = {
            number: (0 if self.query else text.kind != "treaty", first[text.slug])
            for number, text in texts.items()
        }
        order = [
            row
            for *_, row in heapq.nsmallest(
                offset + limit, ((*how, places[row >> BITS], row) for row, how in standing.items())
            )
        ][offset:]
        held = Counter(row >> BITS for row in standing)
        by_document = {texts[number].slug: n for number, n in held.items()}
        kinds = Counter[Kind]()
        for number, n in held.items():
            kinds[texts[number].kind] += n
        return Found(
            hits=tuple(
                self.showing.hit(texts[row >> BITS].id, row & TITLE, self.said.get(row, ()))
                for row in order
            ),
            total=len(standing),
            by_document=dict(sorted(by_document.items(), key=lambda item: (-item[1], item[0]))),
            by_kind=dict(kinds),
        )

    # Which clauses

    def _by_words(self) -> dict[int, _Standing]:
        columns = {column for place in self.filters.places for column in _IN[place]}
        if not columns:
            return {}
        among = f"{{{' '.join(sorted(columns))}}} : "
        whole = self._rows_of(among + _phrase(self.query.whole)) if self.query.whole else None
        weights = ", ".join(map(str, _WEIGHTS.values()))
        matching = self.connection.cursor()
        matching.row_factory = None
        hits = list[tuple[int, float]]()
        for first, last in self._ranges():
            hits += matching.execute(
                f"select rowid, bm25(search_index, {weights}) from search_index"
                " where search_index match ? and rowid between ? and ?",
                (among + _expression(self.query), first, last),
            )
        standing: dict[int, _Standing] = {}
        written: dict[int, _Standing] = {}
        for row, score in hits:
            how = _Standing(whole is not None and row not in whole, score)
            (written if row >= SAID else standing)[row] = how
        for row, what, key, entry in self._written(written):
            self.said.setdefault(row, []).append((what, key))
            standing[row] = min(written[entry], standing.get(row, written[entry]))
        return standing

    def _ranges(self) -> list[tuple[int, int]]:
        """The rows that come into question: of one text, and what people wrote, or all."""
        if self.filters.document is None:
            return [(0, _LAST)]
        known = self.connection.execute(
            "select t.number from search_texts t join documents d on d.id = t.document"
            " where d.slug = ? order by d.version desc limit 1",
            (self.filters.document,),
        ).fetchone()
        if known is None:
            return []
        return [(known[0] << BITS, known[0] << BITS | TITLE), (SAID, _LAST)]

    def _rows_of(self, match: str) -> set[int]:
        found = self.connection.execute(
            "select rowid from search_index where search_index match ?", (match,)
        )
        return {row[0] for row in found}

    def _written(self, entries: Mapping[int, object]) -> Iterable[tuple[int, Wrote, str, int]]:
        """Those of the rows of what people wrote that may be seen: clause, what, key, row."""
        if not entries:
            return
        for id, what, key, number, position, eid, document in self.connection.execute(
            "select s.id, s.what, s.key, t.number, c.position, s.eid, s.document"
            " from search_said s join search_texts t on t.document = s.document"
            " join clauses c on c.document = s.document and c.eid = s.eid"
            " where s.id in (select value from json_each(?)) order by s.what desc, s.key",
            (canonical([row & ~SAID for row in entries]),),
        ):
            if _PLACE_OF[what] not in self.filters.places and not (
                what == "tag" and "notes" in self.filters.places
            ):
                continue
            if what == "tag":
                shown = self._is("annotations", key, of_tags(self.filters)) and (
                    self.showing.may_see(document, key)
                )
            elif what == "suggestion":
                shown = self._is("suggestions", key, of_suggestions(self.filters))
            else:
                owner = self._linked_by(key) if what == "link" else search_hits.owner_of(what, key)
                shown = self.filters.tagged_by in (None, owner) and self._seen(document, eid, owner)
            if shown:
                yield number << BITS | position, what, key, SAID | id

    def _linked_by(self, link: str) -> str:
        found = self.connection.execute("select reviewer from links where id = ?", (link,))
        row = found.fetchone()
        return str(row[0]) if row else ""

    def _is(self, table: str, id: str, narrowed: tuple[str, list[Any]]) -> bool:
        """Whether the filters leave the tag or suggestion."""
        where, given = narrowed
        found = self.connection.execute(
            f"select 1 from {table} a where a.id = ?{where}", (id, *given)
        )
        return found.fetchone() is not None

    def _listed(self) -> dict[int, _Standing]:
        """Every clause with words of its own; of what only tags leave, theirs."""
        if not self.filters.any:
            return {}
        if self.filters.of_tags:
            return dict.fromkeys(self._tagged(), _Standing(False, 0.0))
        where, given = of_documents(self.filters)
        found = self.connection.execute(
            "select t.number << 20 | c.position from search_texts t"
            " join documents d on d.id = t.document join clauses c on c.document = t.document"
            f" where c.body < c.own_end{where}",
            given,
        )
        return {row[0]: _Standing(False, 0.0) for row in found}

    def _narrowed(self, standing: dict[int, _Standing]) -> dict[int, _Standing]:
        if self.filters.of_tags and self.query:
            allowed = self._tagged()
            standing = {row: how for row, how in standing.items() if row in allowed}
        if self.filters.state is None:
            return standing
        judged = self._judged()
        if self.filters.state == "not_reviewed":
            return {
                row: how
                for row, how in standing.items()
                if row not in judged and row & TITLE != TITLE
            }
        return {row: how for row, how in standing.items() if judged.get(row) == self.filters.state}

    def _tagged(self) -> set[int]:
        """The clauses with a tag, or where proposals are searched a proposal, as asked for."""
        found: set[int] = set()
        where, given = of_tags(self.filters)
        for row, document, id in self.connection.execute(
            "select t.number << 20 | c.position, a.document, a.id from annotations a"
            " join search_texts t on t.document = a.document"
            " join clauses c on c.document = a.document and c.eid = a.eid"
            f" where 1{where}",
            given,
        ):
            if self.showing.may_see(document, id):
                found.add(row)
        if "suggestions" in self.filters.places and not (
            self.filters.severity or self.filters.tagged_by
        ):
            where, given = of_suggestions(self.filters)
            found.update(
                row[0]
                for row in self.connection.execute(
                    "select t.number << 20 | c.position from suggestions a"
                    " join search_texts t on t.document = a.document and t.run = a.run"
                    " join clauses c on c.document = a.document and c.eid = a.eid"
                    f" where 1{where}",
                    given,
                )
            )
        return found

    def _judged(self) -> dict[int, str]:
        """How clauses stand for the reader whose state is asked for; those that stand somehow."""
        return {
            row[0]: row[1]
            for row in self.connection.execute(
                "select t.number << 20 | c.position, v.state from reviews v"
                " join search_texts t on t.document = v.document"
                " join clauses c on c.document = v.document and c.eid = v.eid"
                " where v.reviewer = ? and v.state <> 'open'",
                (self.filters.reader or self.viewer or "",),
            )
        }

    def _texts(self, numbers: set[int]) -> dict[int, _Text]:
        """The texts with these numbers that are the latest of their slug and are asked for."""
        where, given = of_documents(self.filters)
        found = self.connection.execute(
            "select t.number, d.slug, d.kind, d.id from search_texts t"
            " join documents d on d.id = t.document"
            " where t.number in (select value from json_each(?)) and not exists"
            f" (select 1 from documents v where v.slug = d.slug and v.version > d.version){where}",
            (canonical(sorted(numbers)), *given),
        )
        return {row[0]: _Text(*row[1:]) for row in found}

    def _seen(self, document: str, eid: str, owner: str) -> bool:
        """Whether what somebody wrote about a clause may be seen."""
        if self.sight is None or not owner or owner == self.viewer:
            return True
        return eid in self.sight(document)


def _expression(query: Query) -> str:
    """The query as FTS5 reads it; forms hold letters, digits and marks, so nothing can break it."""
    wanted = " AND ".join(
        f"({' OR '.join(_phrase(phrase) for phrase in either)})" for either in query.every
    )
    if not query.without:
        return f"({wanted})"
    return f"(({wanted}) NOT ({' OR '.join(map(_phrase, query.without))}))"


def _phrase(phrase: Phrase) -> str:
    star = " *" if phrase.prefix else ""
    return f"({' OR '.join(chr(34) + ' '.join(form) + chr(34) + star for form in phrase.forms)})"
