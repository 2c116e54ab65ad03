"""Discussions as the component `discussion.js` draws them, for any page that shows clauses.

A page puts `discussion_data` into what it gives its view, the view makes a `Discussion` of it, and
hands what comes back (`comment`, `reply` and so on) to `settle.talk`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from annotator import versions
from annotator.compare.threads import threads
from annotator.model import Comment, Document
from annotator.review.blind import Sight
from annotator.store import Store
from annotator.ui.called import Called
from annotator.ui.words import day, say


def discussion_data(
    store: Store,
    document: Document,
    eids: Iterable[str],
    *,
    people: Mapping[str, Called],
    sight: Sight,
) -> dict[str, list[dict[str, Any]]]:
    """The threads of these clauses by eId, those not resolved first; only what may be seen."""
    wanted = [eid for eid in eids if eid in sight]
    said: dict[str, list[Comment]] = {eid: [] for eid in wanted}
    if wanted:
        for one in store.comments(document=document.id, eids=wanted):
            said[one.eid].append(one)
    origins = versions.origins(store, document) if any(said.values()) else {}
    return {eid: threads_data(some, people, origins) for eid, some in said.items()}


def threads_data(
    comments: Iterable[Comment],
    people: Mapping[str, Called],
    origins: Mapping[str, int] = MappingProxyType({}),
) -> list[dict[str, Any]]:
    """The threads that these comments make, as the browser draws them.

    `origins` has the number of the version that a carried one comes from.
    """
    found = []
    for thread in threads(comments):
        first = thread.first
        resolved = ""
        if first.resolved_by:
            who = people[first.resolved_by].name
            resolved = say("discussion.resolved_by", name=who, day=day(first.resolved))
        found.append(
            {
                "id": first.id,
                "about": first.quote,
                "resolved": resolved,
                "origin": say("discussion.carried", version=origins[first.id])
                if first.id in origins
                else "",
                "comments": [_comment(one, people) for one in (first, *thread.replies)],
            }
        )
    return found


def _comment(comment: Comment, people: Mapping[str, Called]) -> dict[str, Any]:
    who = people[comment.reviewer]
    edited = comment.updated > comment.created
    at = f"{day(comment.created)}, {comment.created[11:16]} UTC"
    return {
        "id": comment.id,
        "name": who.name,
        "own": who.own,
        "text": comment.text,
        "at": say("discussion.edited", at=at) if edited else at,
    }
