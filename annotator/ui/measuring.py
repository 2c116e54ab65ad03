"""Figures of agreement on demand: read with a bar, and kept for as long as nothing changes.

A page reads the text at hand alone. Whoever asks for figures over all texts waits once; then they
are there until somebody writes something, for everyone who may see the same.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st

from annotator.compare import Text, gathered, read_by_several
from annotator.model import DocumentInfo, Reviewer
from annotator.review import blind
from annotator.store import Store
from annotator.ui import session
from annotator.ui.called import Called
from annotator.ui.words import say

T = TypeVar("T")
_AT_MOST = 48
_BAR_FROM = 4
_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose agreement on which texts: one, or where `info` is None all that two have read in."""

    info: DocumentInfo | None
    chosen: tuple[Called, ...]
    reviewer: Reviewer | None

    @property
    def ids(self) -> tuple[str, ...]:
        """The reviewers compared."""
        return tuple(one.id for one in self.chosen)


def kept(store: Store, scope: Scope, what: Hashable, made: Callable[[], T]) -> T:
    """What was `made` before of the same state of the database, or made now.

    The state is told by the last line of history, so that nothing outlives a change; in a blind
    project it is kept for whoever looks, and by the codebook, which is a file beside the database.
    """
    key = _key(store, scope, what)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]  # type: ignore[no-any-return]  # what was made under that name
    found = made()
    with _lock:
        state = key[0]
        for old in [one for one in _kept if one[0][0] == state[0] and one[0] != state]:
            del _kept[old]
        _kept[key] = found
        while len(_kept) > _AT_MOST:
            _kept.popitem(last=False)
    return found


def is_kept(store: Store, scope: Scope, what: Hashable) -> bool:
    """Whether that was made before of the same state of the database."""
    key = _key(store, scope, what)
    with _lock:
        return key in _kept


def _key(store: Store, scope: Scope, what: Hashable) -> tuple[Any, ...]:
    veiled = blind.is_blind(store)
    seen_by = scope.reviewer.id if veiled and scope.reviewer else ""
    where = scope.info.id if scope.info else ""
    state = str(session.database()), store.revision()
    return state, session.codebook().sha256, veiled, seen_by, where, scope.ids, what


def texts(store: Store, scope: Scope) -> tuple[Text, ...]:
    """The texts, with codes as they are called now, and of others' work what may be seen.

    Where they are several to read a bar shows how far it is.
    """
    return kept(store, scope, "texts", lambda: _read(store, scope))


def _read(store: Store, scope: Scope) -> tuple[Text, ...]:
    names = [scope.info.id] if scope.info else read_by_several(store, scope.ids)
    bar = st.progress(0.0) if len(names) >= _BAR_FROM else None
    book, reader = session.codebook(), scope.reviewer.id if scope.reviewer else None
    found = []
    for place, name in enumerate(names):
        if bar:
            bar.progress(
                place / len(names), text=say("agreement.reading", n=place, total=len(names))
            )
        sight = blind.visible(store, reader, name)
        found.append(gathered(store, store.document(name), sight=sight).now(book))
    if bar:
        bar.empty()
    return tuple(found)


def read_by(store: Store, reviewers: Iterable[str], reader: Reviewer | None) -> dict[str, int]:
    """How many clauses of all texts each has read; in a blind project of those one may see.

    The whole number would be the one that stands beside a name elsewhere, and so tell who it is.
    """
    if not blind.is_blind(store):
        return {one: sum(store.review_counts(one).values()) for one in reviewers}
    found = dict.fromkeys(reviewers, 0)
    for document in store.review_counts(reader.id) if reader else ():
        sight = blind.visible(store, reader.id if reader else None, document)
        for one in store.reviews(document=document):
            found[one.reviewer] += one.done and one.eid in sight
    return found
