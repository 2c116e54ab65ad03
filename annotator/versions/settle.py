"""What a person decides about one tag: where it belongs, that it goes, that it crosses over."""

from __future__ import annotations

from dataclasses import replace

from annotator.errors import NotFoundError, StoreError
from annotator.model import Annotation, Carried, new_id
from annotator.store import Store
from annotator.versions.across import SURE
from annotator.versions.alignment import Alignment


def settle(
    store: Store,
    row: Carried,
    *,
    reviewer: str,
    at: tuple[int, int] | None,
    nonce: str | None = None,
) -> Annotation | None:
    """Do what a person says of a tag that waits: place it at `at`, or with `None` drop it.

    Only whose tag it is may say. The new tag, or `None` where it was dropped; a line of history
    that the reviewer can undo. `StoreError` where the tag does not wait any more.
    """
    document = store.document(row.document)
    person = store.reviewer(reviewer)
    origin = next(
        (one for one in store.annotations(reviewer=person.id) if one.id == row.origin), None
    )
    waiting = {one.origin: one for one in store.carried(document=document.id)}.get(row.origin)
    if origin is None:
        raise StoreError(f"this tag is not of {person.name!r}: it is for its owner")
    if waiting is None or waiting.state != "to_place":
        raise StoreError("this tag waits no more: reload the page")
    with store.write(
        "place" if at else "drop",
        reviewer=person.id,
        document=document.id,
        nonce=nonce,
        keep_times=True,
    ) as write:
        tag = None
        if at is not None:
            start, end = at
            clause = document.clause_at(start)
            if clause is None:
                raise StoreError(f"[{start}, {end}) is in no clause: choose words of a clause")
            tag = write.insert(
                replace(
                    origin,
                    id=new_id(),
                    document=document.id,
                    eid=clause.eid,
                    start=start,
                    end=end,
                    quote=document.text[start:end],
                    suggestion=None,
                    updated="",
                )
            )
        write.put(
            replace(
                waiting,
                annotation=tag.id if tag else None,
                how="person",
                state="placed" if tag else "dropped",
                reviewer=person.id,
                updated="",
            )
        )
    return tag


def carry_across(
    store: Store,
    annotation: str,
    document: str,
    *,
    reviewer: str,
    alignment: Alignment,
    nonce: str | None = None,
) -> Annotation:
    """Put a tag on the whole of the same clause in another language version, and say so in a note.

    Only one's own tags; a line of history that the reviewer can undo. `alignment` is that of the
    two texts. `StoreError` where the clause has no counterpart that is sure, or the tag was carried
    there before.
    """
    person = store.reviewer(reviewer)
    tag = next((one for one in store.annotations(reviewer=person.id) if one.id == annotation), None)
    if tag is None:
        raise NotFoundError(f"{person.name!r} has no such tag: reload the page")
    old, new = store.document(tag.document), store.document(document)
    citation = old.clause(tag.eid).citation
    pairs = [pair for pair in alignment.of_old(tag.eid) if pair.new and pair.score >= SURE]
    if not pairs or pairs[0].new is None:
        raise StoreError(f"{citation} has no sure counterpart in {new.slug!r}: tag it by hand")
    if any(row.origin == tag.id for row in store.carried(document=new.id)):
        raise StoreError(f"this tag was carried to {new.slug!r} before: change it there")
    clause = new.clause(pairs[0].new)
    said = f"Carried across from {citation} of {old.slug} to the whole clause."
    moved = replace(
        tag,
        id=new_id(),
        document=new.id,
        eid=clause.eid,
        start=clause.body,
        end=clause.own_end,
        quote=new.text[clause.body : clause.own_end],
        note=f"{tag.note}\n{said}".strip(),
        suggestion=None,
        created="",
        updated="",
    )
    with store.write("carry_across", reviewer=person.id, document=new.id, nonce=nonce) as write:
        stored = write.insert(moved)
        write.insert(Carried(tag.id, new.id, stored.id, "clause", pairs[0].score, "placed"))
    return stored
