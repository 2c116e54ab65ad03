"""Comments as the threads they make."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.model import Comment


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and its replies, in the order in which they were written."""

    first: Comment
    replies: tuple[Comment, ...]

    @property
    def resolved(self) -> bool:
        """Whether somebody has said that it is done with."""
        return self.first.is_resolved


def threads(comments: Iterable[Comment]) -> list[Thread]:
    """The threads: open ones first, then by when they were begun.

    A reply whose thread is not among the comments, as after a selection, is left out.
    """
    replies: dict[str, list[Comment]] = defaultdict(list)
    begun = []
    for one in comments:
        if one.parent is None:
            begun.append(one)
        else:
            replies[one.parent].append(one)
    made = [
        Thread(one, tuple(sorted(replies.get(one.id, ()), key=lambda r: (r.created, r.id))))
        for one in begun
    ]
    return sorted(made, key=lambda one: (one.resolved, one.first.created, one.first.id))


def open_threads(comments: Iterable[Comment]) -> Counter[tuple[str, str]]:
    """How many threads are not resolved, by document and eId."""
    return Counter(
        (one.document, one.eid) for one in comments if one.parent is None and not one.is_resolved
    )
