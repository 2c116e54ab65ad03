"""The queue a reviewer works along: chosen in the sidebar or on Start, kept in the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import streamlit as st

from annotator.model import Document, Reviewer
from annotator.review import Sheet, queue, sheets
from annotator.review.queue import Queue
from annotator.store import Store, Waiting
from annotator.ui import session

_KIND, _ORDER = "queue", "order"
_KEPT = "queue-kept"


def chosen() -> Queue | None:
    """The queue in the address, else the one chosen last in this session; None for all clauses."""
    if _KEPT not in st.session_state:
        choose(st.query_params.get(_KIND), st.query_params.get(_ORDER))
    found: Queue | None = st.session_state[_KEPT]
    return found


def choose(kind: str | None, order: str | None = None) -> Queue | None:
    """Work along another queue from now on, or along none; the address says so from then on."""
    found = queue.chosen(kind, order)
    st.session_state[_KEPT] = found
    by_worth = found is not None and found.order == "worth"
    st.session_state[session.ALONG] = {
        _KIND: found.kind if found else None,
        _ORDER: "worth" if by_worth else None,
    }
    return found


def walk_data(
    store: Store,
    document: Document,
    sheet: Sheet,
    reviewer: Reviewer,
    found: Queue | None,
    *,
    at: str | None,
) -> dict[str, Any]:
    """What the review view needs to move along the queue, as `queue`; None where none is chosen.

    `counts` are what waits on each queue, for the sidebar to follow, whether one is chosen or not.
    `eids` are the clauses of this sheet that wait, `ahead` those that come after it (by worth:
    after the clause `at`, wherever they stand), `behind` the last one before it.
    """
    counts = store.queue_totals(reviewer.id)
    slugs = _texts(store) if found else {}
    if found is None or document.id not in slugs:
        return {
            "queue": None,
            "counts": counts,
        }  # an earlier version of a text: nothing waits in it
    texts = list(slugs)
    ahead = queue.ahead(
        store,
        reviewer.id,
        found,
        texts,
        document=document.id,
        eids=sheet.eids,
        at=at,
        limit=queue.AHEAD if found.order == "worth" else 1,
    )
    behind = (
        queue.behind(store, reviewer.id, found, texts, document=document.id, eids=sheet.eids)
        if found.order == "text"
        else None
    )
    walk = {
        "kind": found.kind,
        "order": found.order,
        "eids": store.queue(reviewer.id, found.kind, document.id, eids=sheet.eids),
        "ahead": [_entry(one, slugs) for one in ahead],
        "behind": _entry(behind, slugs) if behind else None,
        "counts": counts,
    }
    return {"queue": walk, "counts": counts}


def begin(store: Store, reviewer: Reviewer | None) -> bool:
    """Go to the first clause of the queue, where an address names a queue and no clause.

    True where the page has to be drawn anew for it.
    """
    found = chosen()
    if found and reviewer and not session.place() and (to := first(store, reviewer, found)):
        session.go_to(*to)
        return True
    return False


def walk_asked(
    store: Store, document: Document, sheet: Sheet, reviewer: Reviewer, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """As `walk_data`, of the queue that a browser names when it hands decisions in."""
    named = asked.get("queue") or {}
    found = queue.chosen(named.get("kind"), named.get("order"))
    return walk_data(store, document, sheet, reviewer, found, at=str(asked["eid"]))


def take_up(event: Mapping[str, Any], document: Document, reviewer: Reviewer) -> None:
    """A queue was chosen on the page: go to its next clause, where one is not at it already.

    With `elsewhere`, to its next clause in another text.
    """
    found = choose(str(event.get("kind")), str(event.get("order")))
    if found is None:
        return
    with session.opened() as store:
        if event.get("elsewhere"):
            to = _elsewhere(store, reviewer, found, document)
        else:
            to = first(store, reviewer, found)
    if to:
        session.go_to(*to)


def _elsewhere(
    store: Store, reviewer: Reviewer, found: Queue, document: Document
) -> tuple[str, str] | None:
    texts = list(slugs := _texts(store))
    at = texts.index(document.id) if document.id in slugs else -1
    others = [*texts[at + 1 :], *texts[: max(at, 0)]]
    ahead = queue.ahead(store, reviewer.id, Queue(found.kind), others)
    return (slugs[ahead[0].document], ahead[0].eid) if ahead else None


def outline_data(store: Store, document: Document, reviewer: Reviewer | None) -> dict[str, Any]:
    """The queues with their counts, and where in the text the chosen one has clauses."""
    found = chosen()
    if reviewer is None:
        return {"kinds": [], "kind": None}
    kinds = [kind for kind in queue.KINDS if kind != "assigned" or store.anything_assigned()]
    waiting: Mapping[str, int] = {}
    if found:
        here = set(store.queue(reviewer.id, found.kind, document.id))
        waiting = Counter(
            sheet.eid for sheet in sheets(document) for eid in sheet.eids if eid in here
        )
    return {
        "kinds": kinds,
        "kind": found.kind if found else None,
        "order": found.order if found else "text",
        "counts": store.queue_totals(reviewer.id),
        "waiting": dict(waiting),
    }


def first(store: Store, reviewer: Reviewer, found: Queue) -> tuple[str, str] | None:
    """Slug and eId of the clause to begin with: from where one is reading on, or by worth."""
    texts = list(slugs := _texts(store))
    at = next((id for id, slug in slugs.items() if slug == session.reading()), None)
    here = [place] if (place := session.place()) and at else []
    by_text = found.order == "text"
    if here and at and by_text and store.queue(reviewer.id, found.kind, at, eids=here):
        return slugs[at], here[0]
    document = at if by_text else None
    ahead = queue.ahead(store, reviewer.id, found, texts, document=document, eids=here)
    return (slugs[ahead[0].document], ahead[0].eid) if ahead else None


def _texts(store: Store) -> Mapping[str, str]:
    """The slugs of the texts by id, in reading order; asked anew only when a text has come in."""
    key = (store.founding(), store.latest_text())
    found = _known.get(key)
    if found is None:
        found = {info.id: info.slug for info in queue.in_order(store.documents())}
        if len(_known) > 8:
            _known.clear()
        _known[key] = found
    return found


_known: dict[tuple[str, int], Mapping[str, str]] = {}


def _entry(one: Waiting, slugs: Mapping[str, str]) -> dict[str, str]:
    return {
        "document": one.document,
        "slug": slugs[one.document],
        "eid": one.eid,
        "citation": one.citation,
    }
