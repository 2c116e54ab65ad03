"""What a line of a dataset means to this store: which text, whose it is, new or known already."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable
from typing import Literal, TypeVar, cast, get_args

from annotator.errors import ExportError, NotFoundError
from annotator.export import adjudicated, values
from annotator.export.record import Record
from annotator.model import (
    POLARITIES,
    SEVERITIES,
    Adjudication,
    Annotation,
    Assessment,
    Carried,
    CarriedHow,
    CarriedState,
    Decision,
    DecisionKind,
    Document,
    Kind,
    Link,
    Polarity,
    Review,
    Reviewer,
    ReviewState,
    SafeguardState,
    Severity,
    Suggestion,
    Voice,
    new_id,
    sha256,
    stable_id,
)
from annotator.store import Store, Write

Outcome = Literal["added", "updated", "kept", "unchanged"]
Timed = TypeVar("Timed", Adjudication, Annotation, Decision, Review, Assessment, Link, Carried)

_REFERRED_TO = ("document", "reviewer", "suggestion")


class Incoming:
    """Takes the lines of one file, each after those it refers to, into an open transaction.

    `reviewer` is whose lines are that name nobody. `new_reviewers` are the names that were added.
    """

    def __init__(self, store: Store, write: Write, *, reviewer: str | None) -> None:
        self.new_reviewers: list[str] = []
        self._store = store
        self._write = write
        self._documents: dict[str, Document] = {}
        self._reviewers: dict[str, str] = {}
        self._proposed: dict[str, dict[str, Suggestion]] = {}
        self._origins: dict[str, Record] = {}
        self._ids: dict[str, str] = {}
        self._taken: dict[str, tuple[int, Annotation]] = {}
        self._annotations = {value.id: value for value in store.annotations()}
        self._decisions = {_decision_key(value): value for value in store.decisions()}
        self._reviews = {_review_key(value): value for value in store.reviews()}
        self._assessments = {_assessment_key(value): value for value in store.assessments()}
        self._links = {value.id: value for value in store.links()}
        self._adjudications = {value.id: value for value in store.adjudications()}
        self._carried = {_carried_key(value): value for value in store.carried()}
        self._take: dict[str, Callable[[Record], Outcome]] = {
            "document": self._document,
            "reviewer": self._reviewer,
            "suggestion": self._suggestion,
            "origin": self._origin,
            "annotation": self._annotation,
            "decision": self._decision,
            "review": self._review,
            "assessment": self._assessment,
            "link": self._link,
            "carried": self._carried_over,
            "adjudication": self._adjudication,
            "settled": lambda _: "unchanged",
        }
        self._default = None if reviewer is None else self._known_reviewer(reviewer)

    def take(self, record: Record) -> Outcome:
        """Store what the line says; any `AnnotatorError` is meant to end the transaction."""
        if record.type not in _REFERRED_TO:
            self.flush()
        return self._take[record.type](record)

    def flush(self) -> None:
        """Store the suggestions taken so far, as one run a document."""
        for document, suggestions in self._proposed.items():
            self._store.add_suggestions(document, suggestions.values(), write=self._write)
        self._proposed.clear()

    # What others refer to

    def _document(self, record: Record) -> Outcome:
        text = record.filled("text")
        digest = sha256(text)
        if record.text("text_sha256", digest) != digest:
            raise ExportError(
                f"the text has the SHA-256 {digest}, not {record.text('text_sha256')}: "
                "it was altered after it was written"
            )
        slug = record.filled("slug")
        kind = cast("Kind", record.choice("kind", get_args(Kind)))
        document = Document(
            id=stable_id("document", digest),
            slug=slug,
            title=record.filled("title"),
            kind=kind,
            language=values.language(record),
            text=text,
            text_sha256=digest,
            clauses=values.clauses(record),
            source=record.text("source", ""),
            notice=record.text("notice", ""),
            version=record.number_of("version", 1),
            metadata=record.mapping("metadata"),
            warnings=record.texts("warnings"),
        )
        added = self._store.add_document(document, write=self._write)
        stored = self._store.document(digest)
        self._documents.update(dict.fromkeys((record.text("id", ""), slug, digest), stored))
        return "added" if added else "unchanged"

    def _reviewer(self, record: Record) -> Outcome:
        name = record.filled("name")
        identity = values.identity(record.optional("id") or new_id(), "reviewer")
        for known_as in (identity, name):
            with contextlib.suppress(NotFoundError):
                self._reviewers[name] = self._store.reviewer(known_as).id
                return "unchanged"
        someone = Reviewer(id=identity, name=name, created=values.time(record, "created"))
        self._add_reviewer(someone)
        return "added"

    def _add_reviewer(self, reviewer: Reviewer) -> str:
        stored = self._write.insert(reviewer)
        self._reviewers[reviewer.name] = stored.id
        self.new_reviewers.append(stored.name)
        return stored.id

    def _known_reviewer(self, name: str) -> str:
        if name not in self._reviewers:
            try:
                self._reviewers[name] = self._store.reviewer(name).id
            except NotFoundError:
                return self._add_reviewer(Reviewer(id=new_id(), name=name))
        return self._reviewers[name]

    def _whose(self, record: Record) -> str:
        name = record.text("reviewer", "")
        if name.strip():
            return self._known_reviewer(name)
        if self._default is None:
            raise ExportError("it names no reviewer: say whose it is with --reviewer")
        return self._default

    def _text(self, record: Record) -> Document:
        """The document a line speaks of: by its hash where it gives one, else by its name."""
        return self._named(record.filled("document"), record.optional("text_sha256"))

    def _named(self, name: str, digest: str | None) -> Document:
        key = digest or name
        if key not in self._documents:
            try:
                self._documents[key] = self._store.document(key)
            except NotFoundError:
                if digest is None:
                    raise
                known = self._store.document(name)
                raise ExportError(
                    f"it was made on another version of {name!r}, with the SHA-256 {digest}; "
                    f"stored is {known.text_sha256}: bring that version in with `intake`"
                ) from None
        return self._documents[key]

    def _suggestion(self, record: Record) -> Outcome:
        document = self._text(record)
        start, end, quote = values.span(record, document)
        eid = record.optional("eid")
        suggestion = Suggestion(
            id=record.filled("id"),
            document=document.id,
            eid=document.clause(eid).eid if eid else "",
            start=start,
            end=end,
            quote=quote,
            concern=values.concern(record),
            polarity=cast("Polarity", record.choice("polarity", POLARITIES)),
            rule=record.filled("rule"),
            score=record.share("score"),
            reason=record.text("reason", ""),
            standard=record.text("standard", ""),
            code=record.text("code", ""),
            voice=cast("Voice", record.choice("voice", get_args(Voice), "")),
        )
        proposed = self._proposed.setdefault(document.id, {})
        if suggestion.id in proposed or self._store.suggestions_by_id([suggestion.id]):
            return "unchanged"
        proposed[suggestion.id] = suggestion
        return "added"

    def _origin(self, record: Record) -> Outcome:
        self._origins[record.filled("annotation")] = record
        return "unchanged"

    # What reviewers said

    def _annotation(self, record: Record) -> Outcome:
        document, reviewer = self._text(record), self._whose(record)
        start, end, quote = values.span(record, document)
        concern = values.concern(record)
        code = record.text("code", "")
        polarity = cast("Polarity", record.choice("polarity", POLARITIES))
        given = record.optional("id")
        if given is None:
            # Somebody else's line: it was checked by nobody yet.
            values.check_code(concern, code)
            identity = stable_id(
                "annotation", document.id, reviewer, start, end, concern, polarity, code
            )
        else:
            identity = values.identity(given, "annotation", document.id, reviewer)
            self._ids[given] = identity
        origin = self._origins.get(given or "", Record(record.number, {}))
        severity = record.choice("severity", ("", *SEVERITIES), "")
        annotation = Annotation(
            id=identity,
            document=document.id,
            eid=values.place(record, document, start).eid,
            start=start,
            end=end,
            quote=quote,
            concern=concern,
            polarity=polarity,
            reviewer=reviewer,
            code=code,
            severity=cast("Severity", severity) if severity else None,
            note=record.text("note", ""),
            suggestion=origin.optional("suggestion"),
            codebook=origin.text("codebook", ""),
            created=values.time(record, "created"),
            updated=values.time(record, "updated"),
        )
        if identity in self._taken:
            number, earlier = self._taken[identity]
            if earlier != annotation:
                raise ExportError(
                    f"annotation {given or identity!r} stands on line {number} otherwise: "
                    "leave one of the two out"
                )
            return "unchanged"
        self._taken[identity] = record.number, annotation
        stored = self._annotations.get(identity)
        if stored is not None and stored.reviewer != reviewer:
            name = self._store.reviewer(stored.reviewer).name
            raise ExportError(
                f"annotation {given!r} belongs to {name!r}: leave its id out to add another"
            )
        return self._put(annotation, stored)

    def _decision(self, record: Record) -> Outcome:
        document, reviewer = self._text(record), self._whose(record)
        suggestion = record.filled("suggestion")
        if not self._store.suggestions_by_id([suggestion]):
            raise NotFoundError(f"suggestion {suggestion!r} is neither in the file nor stored")
        made = record.optional("annotation")
        if made is not None:
            made = self._ids.get(made, made)
            if made not in self._taken and made not in self._annotations:
                raise NotFoundError(f"annotation {made!r} is neither in the file nor stored")
        decision = Decision(
            suggestion=suggestion,
            reviewer=reviewer,
            decision=cast("DecisionKind", record.choice("decision", get_args(DecisionKind))),
            document=document.id,
            annotation=made,
            updated=values.time(record, "updated"),
        )
        return self._put(decision, self._decisions.get(_decision_key(decision)))

    def _review(self, record: Record) -> Outcome:
        document = self._text(record)
        review = Review(
            document=document.id,
            eid=document.clause(record.filled("eid")).eid,
            reviewer=self._whose(record),
            state=cast("ReviewState", record.choice("state", get_args(ReviewState))),
            note=record.text("note", ""),
            updated=values.time(record, "updated"),
        )
        return self._put(review, self._reviews.get(_review_key(review)))

    def _assessment(self, record: Record) -> Outcome:
        document = self._text(record)
        assessment = Assessment(
            document=document.id,
            eid=document.clause(record.filled("eid")).eid,
            reviewer=self._whose(record),
            safeguard=record.filled("safeguard"),
            state=cast("SafeguardState", record.choice("state", get_args(SafeguardState))),
            note=record.text("note", ""),
            codebook=record.text("codebook", ""),
            updated=values.time(record, "updated"),
        )
        return self._put(assessment, self._assessments.get(_assessment_key(assessment)))

    def _link(self, record: Record) -> Outcome:
        document, reviewer = self._text(record), self._whose(record)
        start, end, quote = values.span(record, document)
        target = self._named(
            record.filled("target_document"), record.optional("target_text_sha256")
        )
        clause = target.clause(record.filled("target_eid"))
        given = record.optional("id")
        made = ("link", document.id, reviewer, start, end, target.id, clause.eid)
        identity = values.identity(given, *made[:3]) if given else stable_id(*made)
        link = Link(
            id=identity,
            document=document.id,
            eid=values.place(record, document, start).eid,
            start=start,
            end=end,
            quote=quote,
            target_document=target.id,
            target_eid=clause.eid,
            reviewer=reviewer,
            note=record.text("note", ""),
            created=values.time(record, "created"),
            updated=values.time(record, "updated"),
        )
        stored = self._links.get(identity)
        if stored is not None and stored.reviewer != reviewer:
            name = self._store.reviewer(stored.reviewer).name
            raise ExportError(
                f"link {given!r} belongs to {name!r}: leave its id out to add another"
            )
        outcome = self._put(link, stored)
        self._links[identity] = link
        return outcome

    def _carried_over(self, record: Record) -> Outcome:
        document = self._text(record)
        origin, made = record.filled("origin"), record.optional("annotation")
        # What came of it may have been removed since, and that it was carried is worth knowing.
        made = self._ids.get(made, made) if made else None
        name = record.optional("reviewer")
        row = Carried(
            origin=self._ids.get(origin, origin),
            document=document.id,
            annotation=made,
            how=cast("CarriedHow", record.choice("how", get_args(CarriedHow))),
            score=record.share("score"),
            state=cast("CarriedState", record.choice("state", get_args(CarriedState))),
            reason=record.text("reason", ""),
            reviewer=self._known_reviewer(name) if name else None,
            updated=values.time(record, "updated"),
        )
        if (row.state == "placed") != (made is not None):
            raise ExportError(f"a tag that is {row.state!r} does not go with annotation {made!r}")
        return self._put(row, self._carried.get(_carried_key(row)))

    def _adjudication(self, record: Record) -> Outcome:
        row = adjudicated.read(
            record, self._text(record), self._whose(record), self._known_reviewer
        )
        return self._put(row, self._adjudications.get(row.id))

    def _put(self, value: Timed, stored: Timed | None) -> Outcome:
        """Store a value unless what is stored says the same or is later."""
        if stored is None:
            self._write.insert(value)
            return "added"
        if _said(value) == _said(stored):
            return "unchanged"
        if value.updated <= stored.updated:
            return "kept"
        self._write.update(value)
        return "updated"


def _decision_key(decision: Decision) -> tuple[str, ...]:
    return decision.suggestion, decision.reviewer


def _review_key(review: Review) -> tuple[str, ...]:
    return review.document, review.eid, review.reviewer


def _assessment_key(assessment: Assessment) -> tuple[str, ...]:
    return assessment.document, assessment.eid, assessment.reviewer, assessment.safeguard


def _carried_key(row: Carried) -> tuple[str, ...]:
    return row.origin, row.document


def _said(value: Timed) -> Timed:
    """The value without its times."""
    if isinstance(value, Adjudication | Annotation | Link):
        return dataclasses.replace(value, created="", updated="")
    return dataclasses.replace(value, updated="")
