"""What a reviewer says of safeguards, each call one transaction and one line of history.

As with every decision, a call repeated with its nonce raises `store.AlreadyWritten` and changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.codebook import Codebook
from annotator.errors import AnnotatorError, NotFoundError
from annotator.model import SAFEGUARD_STATES, Assessment, Document, PowerRejection
from annotator.review.decisions import kept, one_of
from annotator.store import Store


def assess(
    store: Store,
    document: Document,
    reviewer: str,
    eid: str,
    states: Mapping[str, str],
    *,
    codebook: Codebook,
    note: str | None = None,
    nonce: str | None = None,
) -> list[Assessment]:
    """Say how safeguards stand in a clause, by their ids; all of them, or none where one is wrong.

    A proposal that is confirmed and one that is corrected are stored alike, under the codebook's
    version. Without a `note` that of an earlier word on the same safeguard stays. `CodebookError`
    for a safeguard the codebook does not have, `AnnotatorError` for an unknown state or no states,
    `NotFoundError` for a clause that is not there.
    """
    clause = document.clause(eid)
    if not states:
        raise AnnotatorError(f"no safeguard of {clause.citation} was named: choose at least one")
    meant = {
        codebook.safeguard(safeguard).id: one_of(SAFEGUARD_STATES, state, "state of a safeguard")
        for safeguard, state in states.items()
    }
    held = {one.safeguard: one.note for one in _assessed(store, document, reviewer, eid)}
    stamp = kept(store, codebook)
    made = [
        Assessment(
            document=document.id,
            eid=clause.eid,
            reviewer=reviewer,
            safeguard=safeguard,
            state=state,
            note=held.get(safeguard, "") if note is None else note,
            codebook=stamp,
        )
        for safeguard, state in meant.items()
    ]
    with store.write("assess", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        return [write.put(one) for one in made]


def unassess(
    store: Store,
    document: Document,
    reviewer: str,
    eid: str,
    safeguards: Iterable[str],
    *,
    nonce: str | None = None,
) -> None:
    """Take one's word on safeguards of a clause back, so that only what is proposed is left.

    `NotFoundError`, and nothing taken back, where one of them was not assessed by the reviewer.
    """
    clause = document.clause(eid)
    held = {one.safeguard: one for one in _assessed(store, document, reviewer, eid)}
    named = list(dict.fromkeys(safeguards))
    if missing := [name for name in named if name not in held]:
        raise NotFoundError(
            f"you have not assessed {missing[0]!r} in {clause.citation}: "
            "it may have been undone already",
            key="assessment_gone",
            citation=clause.citation,
        )
    with store.write("unassess", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        for name in named:
            write.delete(held[name])


def reject_power(
    store: Store,
    document: Document,
    reviewer: str,
    eid: str,
    power: str,
    *,
    nonce: str | None = None,
) -> None:
    """Say that a clause grants no such power, though rules read one; `power` is a kind's id.

    What was said of the clause's safeguards stays. `NotFoundError` where no rule reads it there.
    """
    clause = document.clause(eid)
    if all(one.power != power for one in store.powers(document.id, eids=[eid])):
        raise NotFoundError(
            f"no rule reads {power!r} in {clause.citation} now: reload the page to see what is read"
        )
    rejection = PowerRejection(document.id, clause.eid, reviewer, power)
    with store.write("reject_power", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        write.put(rejection)


def restore_power(
    store: Store,
    document: Document,
    reviewer: str,
    eid: str,
    power: str,
    *,
    nonce: str | None = None,
) -> None:
    """Take that back; `NotFoundError` where one never said so."""
    clause = document.clause(eid)
    held = store.power_rejections(document=document.id, reviewer=reviewer, eids=[eid])
    rejection = next((one for one in held if one.power == power), None)
    if rejection is None:
        raise NotFoundError(
            f"you have not rejected {power!r} in {clause.citation}: it may have been undone already"
        )
    with store.write(
        "restore_power", reviewer=reviewer, document=document.id, nonce=nonce
    ) as write:
        write.delete(rejection)


def _assessed(store: Store, document: Document, reviewer: str, eid: str) -> list[Assessment]:
    return store.assessments(document=document.id, reviewer=reviewer, eids=[eid])
