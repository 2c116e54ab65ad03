"""Discussions on a clause, carried to that clause of another version of the text.

A thread goes with its replies and its resolved mark, as they were said and when. One that was about
words of the clause goes to those words; where they are not found surely, to the clause, and says
which words it was about. Where the clause has no place any more the thread waits for a person. What
was carried before stays as it is; of a thread that was carried only later replies still come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from annotator.errors import StoreError
from annotator.model import Annotation, CarriedComment, Comment, Document, stable_id
from annotator.store import Store, Write
from annotator.versions.align import align
from annotator.versions.alignment import Alignment
from annotator.versions.carry import place


@dataclass(frozen=True, slots=True)
class CarriedThread:
    """A thread that waits for a place: the comment that began it, its replies, and their text."""

    first: Comment
    replies: tuple[Comment, ...]
    old: Document
    suggested: str | None = None
    """Where it would stand best, by eId, where anything says so."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """A thread of an earlier version, and the clause and words of the new one it belongs to."""

    first: Comment
    replies: tuple[Comment, ...]
    eid: str | None
    words: tuple[int, int, str] | None = None


def carry_threads(
    store: Store, write: Write, old: Document, new: Document, alignment: Alignment
) -> tuple[int, int]:
    """Carry the threads of the old text, within a write that keeps times; how many were, and wait.

    Those of still earlier texts that waited in the old one are looked at too.
    """
    known = {row.origin: row for row in store.carried_comments(document=new.id)}
    there = {one.id for one in store.comments(document=new.id)}
    carried = waiting = 0
    for text, threads, pairs in _sources(store, old, new, alignment):
        begun = [(first, replies) for first, replies in threads if first.id not in known]
        for thread in _placed(text, new, begun, pairs):
            if thread.eid is None:
                write.insert(CarriedComment(thread.first.id, new.id, None, "to_place"))
                waiting += 1
                continue
            _write(write, thread, new)
            carried += 1
        for first, replies in threads:
            row = known.get(first.id)
            if row is None or row.comment not in there:
                continue
            eid = next(one.eid for one in store.comments(document=new.id) if one.id == row.comment)
            later = tuple(one for one in replies if one.id not in known)
            for one in later:
                _answer(write, one, row.comment or "", eid, new)
    return carried, waiting


def untold(store: Store, old: Document, new: Document) -> int:
    """How many comments of the old text are not in the new one, nor known to wait there."""
    rows = store.carried_comments(document=new.id)
    known = {row.origin for row in rows}
    open_ends = {row.origin for row in rows if row.state != "placed"}
    return sum(
        one.id not in known and one.parent not in open_ends
        for one in store.comments(document=old.id)
    )


def origins(store: Store, document: Document) -> dict[str, int]:
    """By each comment that was carried to the text the number of the version it comes from."""
    rows = {row.comment: row.origin for row in store.carried_comments(document=document.id)}
    if not rows:
        return {}
    numbers = {
        one.id: info.version
        for info in store.versions(document.id)
        for one in store.comments(document=info.id)
    }
    return {
        comment: numbers[origin]
        for comment, origin in rows.items()
        if comment and origin in numbers
    }


def waiting_threads(
    store: Store, document: str, *, aligned: Callable[[Document, Document], Alignment] = align
) -> list[CarriedThread]:
    """The threads of earlier versions that have no place in this one, in text order."""
    new = store.document(document)
    wanted = {
        row.origin for row in store.carried_comments(document=new.id) if row.state == "to_place"
    }
    found = []
    for text, threads in _texts(store, new, wanted):
        near = aligned(text, new)
        for first, replies in threads:
            found.append(CarriedThread(first, replies, text, _beside(first.eid, text, near)))
    return found


def settle_thread(
    store: Store, origin: str, document: str, *, reviewer: str, eid: str | None
) -> None:
    """Put a thread that waits on a clause, or with `None` let it rest; the reviewer can undo it.

    `StoreError` where it waits no more.
    """
    new = store.document(document)
    found = {one.first.id: one for one in waiting_threads(store, new.id)}.get(origin)
    if found is None:
        raise StoreError("this discussion waits no more: reload the page")
    action = "drop_comment" if eid is None else "place_comment"
    with store.write(action, reviewer=reviewer, document=new.id, keep_times=True) as write:
        if eid is None:
            write.put(CarriedComment(origin, new.id, None, "dropped"))
            return
        new.clause(eid)
        _write(write, _Begun(found.first, found.replies, eid), new)


def _sources(
    store: Store, old: Document, new: Document, alignment: Alignment
) -> Iterator[tuple[Document, list[tuple[Comment, tuple[Comment, ...]]], Alignment]]:
    """The threads of the old text, and those of earlier ones that waited in it."""
    yield old, _threads(store.comments(document=old.id)), alignment
    waited = {
        row.origin for row in store.carried_comments(document=old.id) if row.state == "to_place"
    }
    for text, threads in _texts(store, old, waited):
        yield text, threads, align(text, new)


def _texts(
    store: Store, document: Document, wanted: set[str]
) -> Iterator[tuple[Document, list[tuple[Comment, tuple[Comment, ...]]]]]:
    """The threads that the wanted comments began, by the version of the text they are on."""
    for info in store.versions(document.id) if wanted else ():
        threads = _threads(store.comments(document=info.id))
        if some := [one for one in threads if one[0].id in wanted]:
            yield store.document(info.id), some


def _threads(comments: list[Comment]) -> list[tuple[Comment, tuple[Comment, ...]]]:
    replies: dict[str, list[Comment]] = defaultdict(list)
    for one in comments:
        if one.parent:
            replies[one.parent].append(one)
    return [(one, tuple(replies[one.id])) for one in comments if one.parent is None]


def _placed(
    old: Document,
    new: Document,
    threads: list[tuple[Comment, tuple[Comment, ...]]],
    alignment: Alignment,
) -> Iterator[_Begun]:
    """Where each thread goes: by the words it is about, else by its clause."""
    frames = {pair.old: pair.new for pair in alignment.frames}
    about = [first for first, _ in threads if first.start is not None]
    found = {one.annotation.id: one.at for one in place(old, new, map(_as_tag, about), alignment)}
    for first, replies in threads:
        at = found.get(first.id)
        if at is not None:
            yield _Begun(first, replies, at.eid, (at.start, at.end, at.quote))
            continue
        pairs = alignment.of_old(first.eid)
        eid = pairs[0].new if pairs else frames.get(first.eid)
        yield _Begun(first, replies, eid)


def _as_tag(comment: Comment) -> Annotation:
    """The words a comment is about, as what is looked for in the new text."""
    start, end = comment.start or 0, comment.end or 0
    return Annotation(
        comment.id, comment.document, comment.eid, start, end, comment.quote, "", "risk", ""
    )


def _write(write: Write, thread: _Begun, new: Document) -> None:
    start, end, quote = thread.words or (None, None, thread.first.quote)
    made = replace(
        thread.first,
        id=_id(thread.first, new),
        document=new.id,
        eid=thread.eid or "",
        start=start,
        end=end,
        quote=quote,
    )
    write.insert(made)
    write.put(CarriedComment(thread.first.id, new.id, made.id, "placed"))
    for one in thread.replies:
        _answer(write, one, made.id, made.eid, new)


def _answer(write: Write, reply: Comment, parent: str, eid: str, new: Document) -> None:
    made = replace(reply, id=_id(reply, new), document=new.id, eid=eid, parent=parent)
    write.insert(made)
    write.put(CarriedComment(reply.id, new.id, made.id, "placed"))


def _id(comment: Comment, new: Document) -> str:
    """The same in every office that carries it, so that a merge finds one comment and not two."""
    return stable_id("comment", comment.id, new.id)


def _beside(eid: str, old: Document, alignment: Alignment) -> str | None:
    """The place of the clause before it, or after it, that is in the new text."""
    eids = [clause.eid for clause in old.clauses if clause.reviewable]
    at = eids.index(eid) if eid in eids else 0
    for near in (*reversed(eids[:at]), *eids[at + 1 :]):
        if (pairs := alignment.of_old(near)) and pairs[0].new:
            return pairs[0].new
    return None
