"""Many tags at once under another concern, code, polarity or severity: first seen, then done.

Only a reviewer's own tags change: what somebody else saw in a text stays what they saw, and whoever
wants it otherwise asks them, or settles it on Compare. All of it is one transaction and one line of
history, which is taken back at once and by whoever did it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from annotator.codebook import Codebook, Concern
from annotator.errors import AnnotatorError, CodebookError
from annotator.model import POLARITIES, SEVERITIES, Annotation, HistoryLine
from annotator.review.decisions import one_of
from annotator.store import Store

Field = Literal["concern", "code", "polarity", "severity"]
Why = Literal["clean", "code"]

FIELDS: tuple[Field, ...] = ("concern", "code", "polarity", "severity")
ACTION = "recode"


@dataclass(frozen=True, slots=True)
class Recoded:
    """A tag as it is and as it would be."""

    before: Annotation
    after: Annotation


@dataclass(frozen=True, slots=True)
class Refused:
    """A tag that stays as it is: its clause was said to have no concern (`clean`), or its code is
    none of the new concern and no other was named (`code`).
    """

    tag: Annotation
    why: Why


@dataclass(frozen=True, slots=True)
class Plan:
    """What re-coding would do: `others` are tags of other reviewers, which stay as they are.

    `same` are so already, `missing` counts those that are stored no more.
    """

    reviewer: str
    changed: tuple[Recoded, ...] = ()
    same: tuple[Annotation, ...] = ()
    others: tuple[Annotation, ...] = ()
    refused: tuple[Refused, ...] = ()
    missing: int = 0

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the texts in which something changes."""
        return tuple(dict.fromkeys(one.before.document for one in self.changed))


def plan(
    store: Store,
    codebook: Codebook,
    reviewer: str,
    tags: Iterable[str],
    changes: Mapping[str, str | None],
) -> Plan:
    """What giving the tags (ids) another label would change; nothing is written.

    `changes` may hold any of `FIELDS`; the code "" takes the code away, the severity None or "" the
    severity. `AnnotatorError` where nothing would be changed or a value is none of the codebook's.
    """
    wanted = _checked(codebook, changes)
    asked = list(dict.fromkeys(tags))
    found = {tag.id: tag for tag in store.annotations_by_id(asked)}
    someone = store.reviewer(reviewer).id
    clean = _clean(store, someone, found.values()) if wanted.get("polarity") == "risk" else set()
    changed, same, others, refused = [], [], [], list[Refused]()
    for id in asked:
        if (tag := found.get(id)) is None:
            continue
        after = _after(codebook, tag, wanted)
        if tag.reviewer != someone:
            others.append(tag)
        elif after is None:
            refused.append(Refused(tag, "code"))
        elif _label(after) == _label(tag):
            same.append(tag)
        elif (tag.document, tag.eid) in clean and tag.polarity != "risk":
            refused.append(Refused(tag, "clean"))
        else:
            changed.append(Recoded(tag, after))
    return Plan(
        someone,
        tuple(changed),
        tuple(same),
        tuple(others),
        tuple(refused),
        missing=len(asked) - len(found),
    )


def apply(
    store: Store, codebook: Codebook, planned: Plan, *, nonce: str | None = None
) -> HistoryLine | None:
    """Do what was planned, as one line of history; `None` where nothing was to be done.

    `AnnotatorError`, and nothing changed, where a tag is no longer as it was when it was planned.
    A nonce that was written before raises `store.AlreadyWritten`.
    """
    if not planned.changed:
        return None
    store.add_codebook(codebook.version, codebook.sha256, codebook.source)
    documents = planned.documents
    place = documents[0] if len(documents) == 1 else None
    with store.write(ACTION, reviewer=planned.reviewer, document=place, nonce=nonce) as write:
        now = {
            tag.id: tag for tag in store.annotations_by_id(one.before.id for one in planned.changed)
        }
        for one in planned.changed:
            if now.get(one.before.id) != one.before:
                raise AnnotatorError(
                    f"the tag on {one.before.quote[:40]!r} was changed since you looked: "
                    "look at what would change once more",
                    key="changed_since_seen",
                    quote=one.before.quote[:40],
                )
            relabelled = _label(one.after)[:3] != _label(one.before)[:3]
            stamp = codebook.stamp if relabelled else one.before.codebook
            write.update(replace(one.after, codebook=stamp))
    return write.line


def take_back(store: Store, reviewer: str, seq: int) -> HistoryLine | None:
    """Put every tag of that re-coding back as it was, as one line of history.

    `AnnotatorError` where it was another reviewer's or was taken back; `StoreError`, and nothing
    changed, where one of the tags was changed since.
    """
    someone = store.reviewer(reviewer).id
    if all(line.seq != seq for line in store.recodings(someone, limit=None)):
        raise AnnotatorError(f"history line {seq} is no re-coding of yours that still stands")
    return store.put_back(seq)


def _checked(codebook: Codebook, changes: Mapping[str, str | None]) -> dict[str, str | None]:
    wanted = {str(name): value for name, value in changes.items() if name in FIELDS}
    if not wanted:
        raise AnnotatorError(
            "nothing to change: choose a concern, code, polarity or severity",
            key="nothing_to_change",
        )
    if "polarity" in wanted:
        one_of(POLARITIES, wanted["polarity"] or "", "polarity")
    if wanted.get("severity"):
        one_of(SEVERITIES, wanted["severity"] or "", "severity")
    if concern := wanted.get("concern"):
        known = codebook.concern(concern)
        if code := wanted.get("code"):
            found = known.code(code)
            if found.retired:
                raise AnnotatorError(
                    f"{found.name!r} is retired: choose another code of {known.name}",
                    key="code_retired",
                    code=found.name,
                    concern=known.name,
                )
            wanted["code"] = found.id
    elif wanted.get("code"):
        raise AnnotatorError(f"say of which concern the code {wanted['code']!r} is")
    return wanted


def _after(
    codebook: Codebook, tag: Annotation, wanted: Mapping[str, str | None]
) -> Annotation | None:
    """The tag as asked for; `None` where its code is none of the concern it would have."""
    concern = wanted.get("concern") or tag.concern
    code = wanted["code"] or "" if "code" in wanted else tag.code
    if code and (concern, code) != (tag.concern, tag.code):
        try:
            code = codebook.concern(concern).code(code).id
        except CodebookError:
            return None
    polarity, severity = tag.polarity, tag.severity
    if "polarity" in wanted:
        polarity = one_of(POLARITIES, wanted["polarity"] or "", "polarity")
    if "severity" in wanted:
        held = wanted["severity"]
        severity = one_of(SEVERITIES, held, "severity") if held else None
    return replace(tag, concern=concern, code=code, polarity=polarity, severity=severity)


def _label(tag: Annotation) -> tuple[str, str, str, str | None]:
    return tag.concern, tag.code, tag.polarity, tag.severity


def _clean(store: Store, reviewer: str, tags: Iterable[Annotation]) -> set[tuple[str, str]]:
    """The clauses of these tags that the reviewer said have no concern."""
    return {
        (review.document, review.eid)
        for document in {tag.document for tag in tags}
        for review in store.reviews(document=document, reviewer=reviewer)
        if review.state == "no_concern"
    }


def codes_under(concern: Concern, code: str) -> tuple[str, ...]:
    """The ids of a code, its sub-codes and what these replaced; of one that is gone, its own."""
    found = [one for one in concern.codes if code in (one.id, one.parent, *one.replaces)]
    ids = (id for one in found for id in (one.id, *one.replaces))
    return tuple(dict.fromkeys((code, *ids)))
