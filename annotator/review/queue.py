"""What is a reviewer's to do, and in which order.

A clause is somebody's (`yours`) if it was assigned to them: itself, what contains it, or the whole
text. As long as nothing in the project is assigned to anybody, every clause is everybody's; from
the first assignment on, theirs is what was given to them. Only latest versions of texts count.

| queue | the clauses on it |
|---|---|
| `assigned` | assigned to the reviewer, who is not done with them |
| `unreviewed` | the reviewer is not done with them, whoever they are assigned to |
| `suggestions` | theirs, with a suggestion of the latest run that they have not decided on |
| `reopened` | the reviewer wants to read them again |
| `disagreed` | the reviewer is done with them, and somebody else who is done says otherwise |

To say otherwise is another verdict (concern or none), a concern tagged as risk or as safeguard that
the other did not tag, or another state of the same safeguard; where words begin and end, codes and
gravity are for Compare. It takes two who are done, so that it tells nobody of a clause they are not
done with: a blind project needs no other queue.

In text order, treaties come before news and each in its own order. By worth, the clauses come
first that are worth most by what is proposed of them (`store/standing.py`): powers that lack
safeguards, then many and strong suggestions; equal ones in text order. What a clause is worth stays
the same whatever reviewers decide, so that a place in the queue is never lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from annotator.model import DocumentInfo
from annotator.store import Store, Waiting

Kind = Literal["assigned", "unreviewed", "suggestions", "reopened", "disagreed"]
Order = Literal["text", "worth"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ORDERS: tuple[Order, ...] = get_args(Order)

AHEAD = 20
"""How many of the next clauses by worth are told at once."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A choice of what to do, and in which order."""

    kind: Kind
    order: Order = "text"


def chosen(kind: str | None, order: str | None = None) -> Queue | None:
    """The queue an address names; None for one that there is not."""
    for known in KINDS:
        if known == kind:
            return Queue(known, "worth" if order == "worth" else "text")
    return None


def in_order(infos: Iterable[DocumentInfo]) -> list[DocumentInfo]:
    """Texts in the order in which they are read: treaties before the news about them."""
    return sorted(infos, key=lambda info: (info.kind != "treaty", info.slug))


def ahead(
    store: Store,
    reviewer: str,
    queue: Queue,
    texts: Sequence[str],
    *,
    document: str | None = None,
    eids: Sequence[str] = (),
    at: str | None = None,
    limit: int = 1,
) -> list[Waiting]:
    """The next clauses of a queue beyond those in sight (`eids` of `document`), round to the first.

    `reviewer` and `texts` are ids, those of texts in reading order. By worth, those worth less than
    the clause `at` come first, then from the top.
    """
    sight = set(eids)
    if queue.order == "text":
        places = _onward(store, reviewer, queue.kind, texts, document, eids, limit)
        beyond = (one for one in places if one.document != document or one.eid not in sight)
        return _first(beyond, limit)
    here = store.waiting_at(document, at) if document and at else None
    found = store.queue_by_worth(reviewer, queue.kind, after=here, limit=limit)
    if len(found) < limit:
        known = {(one.document, one.eid) for one in found}
        # One more than asked for, since the clause at hand may be among them.
        again = store.queue_by_worth(reviewer, queue.kind, limit=limit + 1)
        found += [one for one in again if (one.document, one.eid) not in known]
    return _first((one for one in found if (one.document, one.eid) != (document, at)), limit)


def behind(
    store: Store,
    reviewer: str,
    queue: Queue,
    texts: Sequence[str],
    *,
    document: str,
    eids: Sequence[str],
) -> Waiting | None:
    """The clause of the queue that stands last before those in sight, in text order."""
    first = store.waiting_at(document, eids[0])
    if first:
        here = store.queue_in_text_order(reviewer, queue.kind, document, before=first.position)
        if here:
            return here[0]
    waiting = store.queue_documents(reviewer, queue.kind)
    for text in reversed(texts[: texts.index(document)]):
        if text in waiting:
            return store.queue_in_text_order(reviewer, queue.kind, text, before=_END)[0]
    return None


_END = 2**62


def _onward(
    store: Store,
    reviewer: str,
    kind: Kind,
    texts: Sequence[str],
    document: str | None,
    eids: Sequence[str],
    limit: int,
) -> Iterator[Waiting]:
    """The queue in text order from behind what is in sight, through every text, round to there."""
    last = store.waiting_at(document, eids[-1]) if document and eids else None
    at = texts.index(document) if document in texts else 0
    if document:
        after = last.position if last else -1
        yield from store.queue_in_text_order(reviewer, kind, document, after=after, limit=limit)
    waiting = store.queue_documents(reviewer, kind)
    rest = [*texts[at + 1 :], *texts[:at]] if document else texts
    for text in rest:
        if text in waiting:
            yield from store.queue_in_text_order(reviewer, kind, text, limit=limit)
    if document is not None and document in waiting:
        yield from store.queue_in_text_order(reviewer, kind, document, limit=limit + len(eids))


def _first(found: Iterable[Waiting], limit: int) -> list[Waiting]:
    """The first of them, each once."""
    known: set[tuple[str, str]] = set()
    kept: list[Waiting] = []
    for one in found:
        if (one.document, one.eid) not in known:
            known.add((one.document, one.eid))
            kept.append(one)
        if len(kept) == limit:
            break
    return kept
