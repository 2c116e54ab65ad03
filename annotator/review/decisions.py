"""What a reviewer can do, each one transaction and one line of history.

Every function takes an optional `nonce`: a call repeated with the same nonce raises
`store.AlreadyWritten` and changes nothing, so a browser may send again what it is unsure of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from annotator.codebook import Codebook
from annotator.errors import AnnotatorError, NotFoundError
from annotator.model import (
    POLARITIES,
    SEVERITIES,
    Annotation,
    Clause,
    Decision,
    Document,
    Polarity,
    Review,
    ReviewState,
    Severity,
    Suggestion,
    new_id,
)
from annotator.store import Store, Write

Word = TypeVar("Word", bound=str)

_CHANGEABLE = ("start", "end", "quote", "concern", "code", "polarity", "severity", "note")
_LABEL = frozenset({"concern", "code", "polarity"})
_VERDICTS: tuple[ReviewState, ...] = ("concern", "no_concern", "reopened")


def tag(
    store: Store,
    document: Document,
    reviewer: str,
    *,
    start: int,
    end: int,
    quote: str,
    concern: str,
    polarity: str,
    codebook: Codebook,
    code: str = "",
    severity: str | None = None,
    note: str = "",
    id: str | None = None,
    nonce: str | None = None,
) -> Annotation:
    """Store a tag on `text[start:end]`, in code points, and return it.

    `SpanError` where the quote is not what stands there, `AnnotatorError` for a label the codebook
    does not have. The annotation belongs to the clause in which it starts.
    """
    annotation = Annotation(
        id=id or new_id(),
        document=document.id,
        eid=clause_at(document, start).eid,
        start=start,
        end=end,
        quote=quote,
        concern=concern,
        polarity=_polarity(polarity),
        reviewer=reviewer,
        code=_label(codebook, concern, code),
        severity=_severity(severity),
        note=note,
        codebook=kept(store, codebook),
    )
    with store.write("tag", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        write.insert(annotation)
    return annotation


def edit(
    store: Store,
    document: Document,
    reviewer: str,
    annotation: str,
    *,
    codebook: Codebook,
    nonce: str | None = None,
    **changes: str | int | None,
) -> Annotation:
    """Change some of start, end, quote, concern, code, polarity, severity, note of an own tag.

    Where the label is said anew, it is said under the present codebook; a note or severity alone
    leaves the tag under the one it was made under.
    """
    old = _own(store, document, reviewer, annotation)
    new = _changed(document, old, changes, codebook)
    if changes.keys() & _LABEL:
        new = replace(new, codebook=kept(store, codebook))
    with store.write("edit", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        write.update(new)
    return new


def confirm(
    store: Store,
    document: Document,
    reviewer: str,
    annotation: str,
    *,
    codebook: Codebook,
    nonce: str | None = None,
) -> Annotation:
    """Say that an own tag still holds under the present codebook, which it keeps from now on.

    A code that was replaced becomes the one that took its place. `CodebookError` where the code is
    gone: then the tag needs another one.
    """
    old = _own(store, document, reviewer, annotation)
    code = _code_now(codebook, old.concern, old.code)
    new = replace(old, code=code, codebook=kept(store, codebook))
    with store.write("confirm", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        write.update(new)
    return new


def remove(
    store: Store,
    document: Document,
    reviewer: str,
    annotation: str,
    *,
    nonce: str | None = None,
) -> None:
    """Take an own tag away; where it came from a suggestion, that one is open again."""
    old = _own(store, document, reviewer, annotation)
    with store.write("remove", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        for decision in store.decisions_that_made(old.id):
            write.delete(decision)
        write.delete(old)


def accept(
    store: Store,
    document: Document,
    reviewer: str,
    suggestion: str,
    *,
    codebook: Codebook,
    id: str | None = None,
    nonce: str | None = None,
    **changes: str | int | None,
) -> Annotation:
    """Make an annotation of a suggestion; `changes`, as for `edit`, record it as changed."""
    proposal = _suggestion(store, document, suggestion)
    proposed = Annotation(
        id=id or new_id(),
        document=document.id,
        eid=proposal.eid,
        start=proposal.start,
        end=proposal.end,
        quote=proposal.quote,
        concern=proposal.concern,
        polarity=proposal.polarity,
        reviewer=reviewer,
        code=_code_now(codebook, proposal.concern, proposal.code),
        suggestion=proposal.id,
        codebook=kept(store, codebook),
    )
    made = _changed(document, proposed, changes, codebook) if changes else proposed
    fields = ("start", "end", "concern", "code", "polarity")
    same = all(getattr(made, name) == getattr(proposed, name) for name in fields)
    decision = Decision(
        suggestion=proposal.id,
        reviewer=reviewer,
        decision="accepted" if same else "changed",
        document=document.id,
        annotation=made.id,
    )
    action = "accept" if same else "change"
    with store.write(action, reviewer=reviewer, document=document.id, nonce=nonce) as write:
        _withdraw(store, write, decision)
        write.insert(made)
        write.put(decision)
    return made


def reject(
    store: Store,
    document: Document,
    reviewer: str,
    suggestion: str,
    *,
    nonce: str | None = None,
) -> None:
    """Record that a suggestion does not hold; a tag made from it earlier goes with it."""
    proposal = _suggestion(store, document, suggestion)
    decision = Decision(
        suggestion=proposal.id, reviewer=reviewer, decision="rejected", document=document.id
    )
    with store.write("reject", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        _withdraw(store, write, decision)
        write.put(decision)


def judge(
    store: Store,
    document: Document,
    reviewer: str,
    eid: str,
    state: str,
    *,
    codebook: Codebook | None = None,
    nonce: str | None = None,
) -> Review:
    """Mark a clause reviewed (`concern`, `no_concern`) or to be read again (`reopened`).

    "No concern" is refused while the clause carries a risk the same reviewer tagged, since the
    two cannot both be meant. "Concern" without a tag is allowed: the clause as a whole may worry.
    A verdict keeps the version of the `codebook`, so that "no concern" can be asked about once what
    a concern means has changed.
    """
    clause = document.clause(eid)
    verdict = one_of(_VERDICTS, state, "state of a clause")
    if verdict == "no_concern":
        risks = [
            mark
            for mark in store.annotations(document=document.id, reviewer=reviewer, eids=[eid])
            if mark.polarity == "risk"
        ]
        if risks:
            raise AnnotatorError(
                f"{clause.citation} carries a risk you tagged ({risks[0].quote[:40]!r}): "
                "remove the tag or mark the clause as done",
                key="risk_here",
                citation=clause.citation,
                quote=risks[0].quote[:40],
            )
    stamp = kept(store, codebook) if codebook and verdict != "reopened" else ""
    review = replace(
        _review_of(store, document, reviewer, eid, state=verdict),
        codebook=stamp,
    )
    with store.write("judge", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        write.put(review)
    return review


def note(
    store: Store,
    document: Document,
    reviewer: str,
    eid: str,
    text: str,
    *,
    nonce: str | None = None,
) -> Review:
    """Keep a note on a clause; it does not mark the clause as reviewed."""
    document.clause(eid)
    review = _review_of(store, document, reviewer, eid, note=text)
    with store.write("note", reviewer=reviewer, document=document.id, nonce=nonce) as write:
        write.put(review)
    return review


def _changed(
    document: Document,
    annotation: Annotation,
    changes: Mapping[str, str | int | None],
    codebook: Codebook,
) -> Annotation:
    """The annotation with those changes, in the clause in which it then starts."""
    if unknown := sorted(changes.keys() - _CHANGEABLE):
        raise AnnotatorError(
            f"{unknown[0]!r} of a tag cannot be changed: only {', '.join(_CHANGEABLE)} can"
        )
    new = replace(annotation, **changes)  # type: ignore[arg-type]  # the next lines check each field
    relabelled = (new.concern, new.code) != (annotation.concern, annotation.code)
    return replace(
        new,
        code=_label(codebook, new.concern, new.code) if relabelled else new.code,
        polarity=_polarity(new.polarity),
        severity=_severity(new.severity),
        eid=clause_at(document, new.start).eid,
    )


def _review_of(
    store: Store,
    document: Document,
    reviewer: str,
    eid: str,
    *,
    state: ReviewState | None = None,
    note: str | None = None,
) -> Review:
    held = store.reviews(document=document.id, reviewer=reviewer, eids=[eid])
    old = held[0] if held else Review(document.id, eid, reviewer, "open")
    return replace(
        old,
        state=state if state is not None else old.state,
        note=note if note is not None else old.note,
    )


def _withdraw(store: Store, write: Write, decision: Decision) -> None:
    """Delete the tag an earlier decision on the same suggestion made."""
    earlier = store.decision(decision.suggestion, decision.reviewer)
    if earlier and earlier.annotation and (made := store.annotation(earlier.annotation)):
        write.delete(made)


def _own(store: Store, document: Document, reviewer: str, annotation: str) -> Annotation:
    mark = store.annotation(annotation)
    if mark and (mark.document, mark.reviewer) == (document.id, reviewer):
        return mark
    raise NotFoundError(
        "this tag is not yours, or no longer there: it may have been undone already",
        key="tag_gone",
    )


def _suggestion(store: Store, document: Document, suggestion: str) -> Suggestion:
    proposal = store.suggestion(document.id, suggestion)
    if proposal is None:
        raise NotFoundError(
            "this suggestion is no longer proposed: reload the page to see the current ones",
            key="suggestion_gone",
        )
    return proposal


def clause_at(document: Document, start: int) -> Clause:
    """The clause that words from that offset on belong to; `NotFoundError` before the first."""
    clause = document.clause_at(start)
    if clause is None:
        raise NotFoundError(
            f"no clause begins at or before offset {start}: select words of a clause"
        )
    return clause


def _label(codebook: Codebook, concern: str, code: str) -> str:
    """The id of the code for a new tag: where another one has replaced it, of that one."""
    known = codebook.concern(concern)
    if not code:
        return ""
    found = known.code(code)
    if found.retired:
        raise AnnotatorError(
            f"{found.name!r} is retired: choose another code of {known.name}",
            key="code_retired",
            code=found.name,
            concern=known.name,
        )
    return found.id


def _code_now(codebook: Codebook, concern: str, code: str) -> str:
    """The code's id, or that of the one which has replaced it; retired codes stay."""
    known = codebook.concern(concern)
    return known.code(code).id if code else ""


def kept(store: Store, codebook: Codebook) -> str:
    """What a tag keeps of the codebook, whose words the store has from now on."""
    store.add_codebook(codebook.version, codebook.sha256, codebook.source)
    return codebook.stamp


def _polarity(value: str) -> Polarity:
    return one_of(POLARITIES, value, "polarity")


def _severity(value: str | None) -> Severity | None:
    return one_of(SEVERITIES, value, "severity") if value else None


def one_of(allowed: tuple[Word, ...], value: str, what: str) -> Word:
    """The value as the one allowed word it is; `AnnotatorError` names those there are."""
    for known in allowed:
        if value == known:
            return known
    raise AnnotatorError(f"{value!r} is no {what}: use {', '.join(allowed[:-1])} or {allowed[-1]}")
