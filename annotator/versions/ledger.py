"""What became of the tags carried to a document, as a person looks through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from annotator.errors import StoreError
from annotator.model import Annotation, Carried, Document, HistoryLine
from annotator.store import Store
from annotator.versions.align import align
from annotator.versions.alignment import Alignment
from annotator.versions.carry import place
from annotator.versions.placement import Candidate


@dataclass(frozen=True, slots=True)
class CarriedTag:
    """A tag of an earlier version (`origin`, in `old`) and what became of it.

    `tag` is the new one, `None` where there is none or where it was removed since. `candidates` are
    the places that come into question for one that waits, the best first.
    """

    row: Carried
    origin: Annotation
    old: Document
    tag: Annotation | None
    candidates: tuple[Candidate, ...] = ()


def carried_tags(
    store: Store,
    document: str,
    *,
    reviewer: str | None = None,
    waiting: bool = False,
    aligned: Callable[[Document, Document], Alignment] = align,
) -> list[CarriedTag]:
    """Every tag carried to a document, or only one reviewer's or those that wait, in text order.

    A tag whose old one was removed since is left out. `aligned` gives the alignment of two texts,
    for whoever keeps it.
    """
    new = store.document(document)
    rows = store.carried(document=new.id)
    if waiting:
        rows = [row for row in rows if row.state == "to_place"]
    if not rows:
        return []
    wanted = {row.origin for row in rows} | {row.annotation for row in rows}
    known = {one.id: one for one in store.annotations(reviewer=reviewer) if one.id in wanted}
    texts: dict[str, Document] = {}
    by_text: dict[str, list[Carried]] = defaultdict(list)
    for row in rows:
        if origin := known.get(row.origin):
            by_text[origin.document].append(row)
    found = []
    for text_id, own in by_text.items():
        old = texts.setdefault(text_id, store.document(text_id))
        asked = [known[row.origin] for row in own if row.state == "to_place"]
        places = (
            {one.annotation.id: one.candidates for one in place(old, new, asked, aligned(old, new))}
            if asked
            else {}
        )
        found += [
            CarriedTag(
                row,
                known[row.origin],
                old,
                known.get(row.annotation or ""),
                places.get(row.origin, ()),
            )
            for row in own
        ]
    return sorted(found, key=lambda one: (-one.old.version, one.origin.start, one.origin.end))


def put_back(store: Store, document: str) -> HistoryLine:
    """Take back the latest carrying to a document; what was there before stays.

    `StoreError` where nothing was carried, or where somebody changed since what was carried.
    """
    here = store.document(document)
    lines = store.history(document=here.id)
    undone = {line.undoes for line in store.history(actions=("put_back",))}
    for line in reversed(lines):
        if line.action == "carry" and line.seq not in undone:
            done = store.put_back(line.seq)
            if done is not None:
                return done
    raise StoreError(f"nothing was carried to {here.slug!r}, version {here.version}")
