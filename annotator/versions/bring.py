"""Bringing what was said of one version of a text over to another, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.errors import NotFoundError
from annotator.model import (
    Annotation,
    Assessment,
    Carried,
    Document,
    Review,
    Suggestion,
    new_id,
    upwards,
)
from annotator.store import Store, Write
from annotator.versions.align import align
from annotator.versions.alignment import Alignment
from annotator.versions.carry import place
from annotator.versions.placement import Placement
from annotator.versions.threads import carry_threads
from annotator.versions.words import same_words


@dataclass(frozen=True, slots=True)
class CarryReport:
    """What came over to `new` from `old`.

    `placements` are those of this time, `earlier` counts tags that had been carried before.
    `reviews` and `assessments` were kept where the words had not changed, `reopened` are clauses to
    be read again. `threads` are discussions that came, `waiting_threads` those whose clause has no
    place here. `line` is the number of the history line, to put it all back with; `None` where
    there was nothing to do.
    """

    old: Document
    new: Document
    placements: tuple[Placement, ...] = ()
    earlier: int = 0
    reviews: int = 0
    reopened: int = 0
    decisions: int = 0
    assessments: int = 0
    threads: int = 0
    waiting_threads: int = 0
    line: int | None = None

    @property
    def placed(self) -> int:
        """How many tags have a place."""
        return sum(one.state == "placed" for one in self.placements)

    @property
    def to_place(self) -> int:
        """How many tags wait for a person."""
        return len(self.placements) - self.placed


def previous(store: Store, document: str, *, source: str | None = None) -> Document:
    """The version to carry from: the one before, or the one with the number, id or hash `source`.

    `NotFoundError` where there is no such version of the document.
    """
    new = store.document(document)
    versions = store.versions(new.id)
    earlier = [info for info in versions if info.version < new.version]
    if source is not None:
        for info in versions:
            named = source in (str(info.version), info.id, info.text_sha256)
            if named and info.id != new.id:
                return store.document(info.id)
        numbers = ", ".join(str(info.version) for info in versions if info.id != new.id)
        raise NotFoundError(
            f"{new.slug!r} has no other version {source!r}: it has {numbers or 'none'}"
        )
    if not earlier:
        raise NotFoundError(
            f"{new.slug!r} has one version: bring the new text in with "
            f"`intake FILE --replaces {new.slug}`"
        )
    return store.document(earlier[-1].id)


def bring_over(
    store: Store, document: str, *, source: str | None = None, reviewer: str | None = None
) -> CarryReport:
    """Carry everybody's tags, decisions, assessments, reviews and comments to a version of a text.

    From the version before, or `source`. Tags that find no sure place are stored as waiting for a
    person. Times and whose they are stay; a clause whose words, or those it stands under, changed
    is to be read again. What was carried before is left alone, so that doing it again adds only
    what is new. One transaction and one line of history, which `Store.put_back` takes back.
    """
    new = store.document(document)
    old = previous(store, new.id, source=source)
    alignment = align(old, new)
    known = {row.origin for row in store.carried(document=new.id)}
    pending = [row.origin for row in store.carried(document=old.id) if row.state == "to_place"]
    own = store.annotations(document=old.id)
    fresh = [annotation for annotation in own if annotation.id not in known]
    placements = place(old, new, fresh, alignment)
    waiting = _waiting(store, old, set(pending) - known)
    for earlier, left in waiting:
        placements += place(earlier, new, left, align(earlier, new))
    bringing = _Bringing(store, old, new, alignment)
    with store.write("carry", reviewer=reviewer, document=new.id, keep_times=True) as write:
        ids = bringing.tags(write, placements)
        decisions = bringing.decisions(write, ids)
        unsettled = {
            (one.annotation.reviewer, one.annotation.eid)
            for one in placements
            if one.state == "to_place"
        }
        reviews, reopened = bringing.reviews(write, unsettled)
        assessments = bringing.assessments(write)
        threads, waiting_threads = carry_threads(store, write, old, new, alignment)
    return CarryReport(
        old=old,
        new=new,
        placements=tuple(placements),
        earlier=len(own) - len(fresh),
        reviews=reviews,
        reopened=reopened,
        decisions=decisions,
        assessments=assessments,
        threads=threads,
        waiting_threads=waiting_threads,
        line=write.line.seq if write.line else None,
    )


def _waiting(
    store: Store, old: Document, origins: set[str]
) -> list[tuple[Document, list[Annotation]]]:
    """Tags of still earlier versions that waited for a place in the old one."""
    if not origins:
        return []
    found = []
    for info in store.versions(old.id):
        annotations = [one for one in store.annotations(document=info.id) if one.id in origins]
        if annotations:
            found.append((store.document(info.id), annotations))
    return found


class _Bringing:
    """Writes what one version is given by another; what is there already stays."""

    def __init__(self, store: Store, old: Document, new: Document, alignment: Alignment) -> None:
        self.store, self.old, self.new, self.alignment = store, old, new, alignment
        self.by_eid = {clause.eid: clause for clause in old.clauses}
        self.proposed = store.suggestions(new.id)

    def tags(self, write: Write, placements: Iterable[Placement]) -> dict[str, str]:
        """Store the placed tags; by the id of the old one that of the new."""
        there = {_meaning(one): one.id for one in self.store.annotations(document=self.new.id)}
        ids: dict[str, str] = {}
        for placement in placements:
            tag = None
            if placement.at is not None:
                moved = _at(placement, self.new)
                found = there.get(_meaning(moved))
                if found is None:
                    moved = replace(moved, suggestion=self._suggestion(moved))
                    tag = write.insert(moved).id
                    there[_meaning(moved)] = tag
                else:
                    tag = found
                ids[placement.annotation.id] = tag
            write.insert(
                Carried(
                    origin=placement.annotation.id,
                    document=self.new.id,
                    annotation=tag,
                    how=placement.how,
                    score=placement.score,
                    state=placement.state,
                    reason=placement.reason,
                )
            )
        return ids

    def decisions(self, write: Write, ids: Mapping[str, str]) -> int:
        """Store what was decided on a suggestion that the new text has too; how many."""
        decided = self.store.decisions(document=self.old.id)
        made = {(d.suggestion, d.reviewer) for d in self.store.decisions(document=self.new.id)}
        old = {
            one.id: one
            for one in self.store.suggestions_by_id([decision.suggestion for decision in decided])
        }
        count = 0
        for decision in decided:
            same = self._same(old[decision.suggestion])
            if same is None or (same.id, decision.reviewer) in made:
                continue
            if decision.annotation is not None and decision.annotation not in ids:
                continue  # its tag waits for a place
            tag = ids[decision.annotation] if decision.annotation is not None else None
            if tag is None and decision.decision != "rejected":
                continue
            write.insert(
                replace(decision, suggestion=same.id, document=self.new.id, annotation=tag)
            )
            count += 1
        return count

    def reviews(self, write: Write, unsettled: set[tuple[str, str]]) -> tuple[int, int]:
        """Store reviews; how many were kept, and how many clauses are to be read again."""
        there = {(one.eid, one.reviewer) for one in self.store.reviews(document=self.new.id)}
        found: dict[tuple[str, str], list[Review]] = defaultdict(list)
        for review in self.store.reviews(document=self.old.id):
            keeps = self.stands(review.eid) and (review.reviewer, review.eid) not in unsettled
            for pair in self.alignment.of_old(review.eid):
                if pair.new is None or (pair.new, review.reviewer) in there:
                    continue
                moved = replace(review, document=self.new.id, eid=pair.new)
                if not keeps:
                    judged = review.done or review.state == "reopened"
                    moved = replace(moved, state="reopened" if judged else "open", updated="")
                found[pair.new, review.reviewer].append(moved)
        kept = reopened = 0
        for reviews in found.values():
            review = _merged(reviews)
            if review.state == "open" and not review.note:
                continue
            write.insert(review)
            kept += review.done
            reopened += review.state == "reopened"
        return kept, reopened

    def assessments(self, write: Write) -> int:
        """Store how safeguards stood in clauses that say what they said; how many."""
        there = {_assessed(one) for one in self.store.assessments(document=self.new.id)}
        count = 0
        for assessment in self.store.assessments(document=self.old.id):
            if not self.stands(assessment.eid):
                continue
            eid = self.alignment.of_old(assessment.eid)[0].new or ""
            moved = replace(assessment, document=self.new.id, eid=eid)
            if _assessed(moved) not in there:
                write.insert(moved)
                count += 1
        return count

    def stands(self, eid: str) -> bool:
        """Whether a clause says what it said: in its own words and in those it stands under."""
        clause = self.by_eid[eid]
        return all(
            len(pairs := self.alignment.of_old(one.eid)) == 1 and pairs[0].unchanged
            for one in upwards(clause, self.by_eid)
            if one.reviewable
        )

    def _suggestion(self, annotation: Annotation) -> str | None:
        """The suggestion of the new text over the very words of a tag that came of one."""
        if annotation.suggestion is None:
            return None
        for one in self.proposed:
            if (one.start, one.end, one.concern, one.polarity) == (
                annotation.start,
                annotation.end,
                annotation.concern,
                annotation.polarity,
            ):
                return one.id
        return None

    def _same(self, suggestion: Suggestion) -> Suggestion | None:
        """What the same rule proposes for the same words of the same clause of the new text."""
        eids = {pair.new for pair in self.alignment.of_old(suggestion.eid)}
        found = [
            one
            for one in self.proposed
            if one.eid in eids
            and (one.rule, one.concern, one.polarity)
            == (suggestion.rule, suggestion.concern, suggestion.polarity)
            and same_words(one.quote, suggestion.quote)
        ]
        return found[0] if len(found) == 1 else None


def _at(placement: Placement, new: Document) -> Annotation:
    assert placement.at is not None
    return replace(
        placement.annotation,
        id=new_id(),
        document=new.id,
        eid=placement.at.eid,
        start=placement.at.start,
        end=placement.at.end,
        quote=placement.at.quote,
    )


def _meaning(annotation: Annotation) -> tuple[object, ...]:
    """What makes two tags the same judgement."""
    return (
        annotation.reviewer,
        annotation.start,
        annotation.end,
        annotation.concern,
        annotation.polarity,
        annotation.code,
    )


def _assessed(assessment: Assessment) -> tuple[str, str, str]:
    return assessment.eid, assessment.reviewer, assessment.safeguard


def _merged(reviews: Sequence[Review]) -> Review:
    """One review of what were several clauses, with all their notes."""
    if len(reviews) == 1:
        return reviews[0]
    notes = dict.fromkeys(review.note for review in reviews if review.note)
    judged = any(review.state != "open" for review in reviews)
    return replace(
        reviews[0],
        state="reopened" if judged else "open",
        note="\n".join(notes),
        updated="",
    )
