"""What a preview shows of a clause that is named elsewhere: its words, and where it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from annotator import store as stores
from annotator.model import DIVISIONS, Clause, Document, upwards
from annotator.store import Store
from annotator.ui.directions import direction
from annotator.ui.jump import landing
from annotator.ui.labels import division, gutter

AT_ONCE = 700
"""So many characters of a clause come with the page; the rest when the preview is opened."""

WHOLE = 60_000
_MOST = 400
_MOST_TEXTS = 12
_MOST_ROWS = 200


class Texts:
    """The text that is read and those it names or is named in, opened as they come up.

    A clause is named by its eId, one of another text by that text's id before it and a `#`.
    """

    def __init__(self, store: Store, document: Document) -> None:
        self._store = store
        self._own = document.id
        self._texts = {document.id: document}

    def text(self, document: str) -> Document | None:
        """The text with that id; None where it is one too many."""
        if document not in self._texts:
            if len(self._texts) > _MOST_TEXTS:
                return None
            self._texts[document] = text_of(self._store, document)
        return self._texts[document]

    def name(self, document: str, eid: str) -> str | None:
        """What a clause is called here; None where its text is one too many, or has no such."""
        text = self.text(document)
        if text is None or eid not in tree(text).by_eid:
            return None
        return eid if document == self._own else f"{document}#{eid}"

    def shown(self, named: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What a preview shows of the clauses named, in the order of each text."""
        wanted: dict[str, set[str]] = {}
        for name in named:
            document, _, eid = name.rpartition("#")
            wanted.setdefault(document or self._own, set()).add(eid)
        found: dict[str, dict[str, Any]] = {}
        for document, text in self._texts.items():
            known = tree(text)
            more = {} if document == self._own else {"title": text.title, "to": text.slug}
            for eid in sorted(wanted.get(document, ()), key=known.places.__getitem__):
                size = AT_ONCE if len(found) < _MOST else 0
                name = eid if document == self._own else f"{document}#{eid}"
                found[name] = preview(text, known.by_eid[eid], size=size) | more
        return found


def text_of(store: Store, document: str) -> Document:
    """The text with that id; kept in memory, since a text never changes."""
    return text_at(str(store.path), document)


@lru_cache(maxsize=64)
def text_at(path: str, document: str) -> Document:
    """The text with that id in the database at that path; the one copy of it that pages share."""
    with stores.open(path, create=False) as store:
        return store.document(document)


def preview(document: Document, clause: Clause, *, size: int = WHOLE) -> dict[str, Any]:
    """The first `size` characters of a clause, a row a part of it, and `more` if there is more.

    `within` names what the clause stands in, outermost first; `land` is the clause to go to. A
    chapter shows its articles, an article or paragraph its words with their numbers.
    """
    known = tree(document)
    above = [division(one) for one in upwards(clause, known.by_eid) if one.eid != clause.eid]
    rows, more = _rows(document, clause, known, size)
    return {
        "citation": clause.citation,
        "heading": clause.heading,
        "within": above[::-1],
        "rows": rows,
        "more": more,
        "land": landing(known.reviewable, clause.start),
        "lang": document.language,
        "dir": direction(document),
    }


class Tree(NamedTuple):
    """The clauses of a document by eId, and their places in text order."""

    by_eid: dict[str, Clause]
    places: dict[str, int]
    reviewable: list[Clause]
    starts: list[int]


@lru_cache(maxsize=64)
def tree(document: Document) -> Tree:
    """A document's clauses in the ways a page looks them up; kept, since a text never changes."""
    clauses = document.clauses
    return Tree(
        {clause.eid: clause for clause in clauses},
        {clause.eid: place for place, clause in enumerate(clauses)},
        list(document.reviewable()),
        [clause.start for clause in clauses],
    )


def _rows(
    document: Document, clause: Clause, known: Tree, size: int
) -> tuple[list[dict[str, Any]], bool]:
    first, last = bisect_left(known.starts, clause.start), bisect_left(known.starts, clause.end)
    outline = clause.kind in DIVISIONS
    rows: list[dict[str, Any]] = []
    left = size
    for one in document.clauses[first:last]:
        line = [up.eid for up in upwards(one, known.by_eid)]
        if clause.eid not in line:
            continue
        depth = line.index(clause.eid)
        if outline and any(known.by_eid[eid].kind not in DIVISIONS for eid in line[1:depth]):
            continue
        heading = "" if one.eid == clause.eid else one.heading
        named = outline and one.eid != clause.eid
        words = "" if named and heading else document.text[one.body : one.own_end]
        if not words and not heading:
            continue
        if left <= 0 or len(rows) >= _MOST_ROWS:
            return rows, True
        cut = len(words) > left
        rows.append(
            {
                "label": one.citation if named else "" if one.eid == clause.eid else gutter(one),
                "depth": min(depth, 4),
                "heading": heading,
                "text": f"{words[:left].rstrip()} …" if cut else words,
            }
        )
        left -= len(words) + len(heading)
        if cut:
            return rows, True
    return rows, False
