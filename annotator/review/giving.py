"""Giving work out and taking it back, through the store."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model import Assignment, Document, HistoryLine
from annotator.review import sharing
from annotator.review.sharing import Portion, Share
from annotator.store import Store

UNDONE_BY_NAME = ("assign", "unassign", "set_setting")
"""What the page Project writes, and takes back one line after the other."""


def give(store: Store, shares: Iterable[Share], *, by: str | None = None) -> list[HistoryLine]:
    """Store the shares; a line of history a text, none where it was given out so already."""
    wanted: dict[str, list[tuple[str | None, str]]] = {}
    for share in shares:
        for part in share.portions:
            wanted.setdefault(part.document, []).extend((eid, share.reviewer) for eid in part.given)
    lines = [store.assign(text, pairs, by=by) for text, pairs in sorted(wanted.items())]
    return [line for line in lines if line is not None]


def portions_held(
    store: Store, documents: Iterable[Document]
) -> tuple[list[Portion], dict[tuple[str, str], set[str]]]:
    """The portions of texts, and who has each of them, whole, as `sharing.evenly` takes it."""
    parts: list[Portion] = []
    held: dict[tuple[str, str], set[str]] = {}
    for document in documents:
        holders = sharing.holders(document, store.assignments(document=document.id))
        for part in sharing.portions(document):
            parts.append(part)
            held[document.id, part.eid] = set.intersection(*(holders[eid] for eid in part.eids))
    return parts, held


def take_back(
    store: Store,
    document: Document,
    parts: Iterable[Portion],
    reviewers: Iterable[str],
    *,
    by: str | None = None,
) -> HistoryLine | None:
    """Take portions of a text back from reviewers (ids), as `take_clauses_back` does."""
    eids = {eid for part in parts for eid in part.eids}
    return take_clauses_back(store, document, sorted(eids), reviewers, by=by)


def take_clauses_back(
    store: Store,
    document: Document,
    eids: Iterable[str | None],
    reviewers: Iterable[str],
    *,
    by: str | None = None,
) -> HistoryLine | None:
    """Take clauses with all they contain back from reviewers (ids), however they were given.

    `None` among the eIds is the whole text. Where a chapter or the whole text was given, the rest
    of it stays with them, portion by portion. One line of history, `None` where they had none.
    """
    gone = {eid for one in eids for eid in sharing.covered(document, one)}
    people = set(reviewers)
    removed: list[Assignment] = []
    kept: set[tuple[str | None, str]] = set()
    for one in store.assignments(document=document.id):
        clauses = sharing.covered(document, one.eid)
        if one.reviewer not in people or not (clauses & gone or not clauses):
            continue
        removed.append(one)
        rest = clauses - gone
        for part in sharing.portions(document):
            whole = set(part.eids) <= rest
            left = part.given if whole else [eid for eid in part.eids if eid in rest]
            kept |= {(eid, one.reviewer) for eid in left}
    return store.reassign(document.id, removed, kept, by=by) if removed else None


def latest(store: Store) -> HistoryLine | None:
    """The last line by which work was given out or the project changed, that still stands."""
    lines = store.history(actions=(*UNDONE_BY_NAME, "put_back"), limit=200)
    back = {line.undoes for line in lines if line.action == "put_back"}
    for line in reversed(lines):
        if line.action in UNDONE_BY_NAME and line.seq not in back:
            return line
    return None
