"""Giving work out and taking it back, through the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def take_back(
    store: Store,
    document: Document,
    parts: Sequence[Portion],
    reviewers: Iterable[str],
    *,
    by: str | None = None,
) -> HistoryLine | None:
    """Take portions of a text back from reviewers (ids), whatever they were given it by.

    Where a chapter or the whole text was given, the rest of it stays with them, portion by
    portion. One line of history, `None` where they had none of it.
    """
    gone = {eid for part in parts for eid in part.eids}
    people = set(reviewers)
    removed: list[Assignment] = []
    kept: set[tuple[str | None, str]] = set()
    for one in store.assignments(document=document.id):
        clauses = sharing.covered(document, one.eid)
        if one.reviewer not in people or not clauses & gone:
            continue
        removed.append(one)
        for part in sharing.portions(document):
            if set(part.eids) <= clauses - gone:
                kept |= {(eid, one.reviewer) for eid in part.given}
            else:
                kept |= {(eid, one.reviewer) for eid in part.eids if eid in clauses - gone}
    return store.reassign(document.id, removed, kept, by=by) if removed else None


def latest(store: Store) -> HistoryLine | None:
    """The last line by which work was given out or the project changed, that still stands."""
    lines = store.history(limit=200)
    back = {line.undoes for line in lines if line.action == "put_back"}
    for line in reversed(lines):
        if line.action in UNDONE_BY_NAME and line.seq not in back:
            return line
    return None
