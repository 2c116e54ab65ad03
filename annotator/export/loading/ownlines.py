"""What a line of own JSON Lines means to this store, and marks of other programs in that form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

from annotator.errors import ExportError, NotFoundError
from annotator.export import adjudicated, rejected
from annotator.export.labels import Meanings
from annotator.export.loading import values
from annotator.export.loading.incoming import Incoming, Outcome
from annotator.export.loading.ownmarks import Origin, OwnMarks, Taken
from annotator.export.loading.owntexts import OwnTexts
from annotator.export.loading.record import Record, texts_of
from annotator.model import (
    POLARITIES,
    Annotation,
    Assessment,
    Carried,
    CarriedHow,
    CarriedState,
    Comment,
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
    Suggestion,
    Voice,
    new_id,
    sha256,
    stable_id,
)

ORDER = (
    "document",
    "reviewer",
    "suggestion",
    "origin",
    "annotation",
    "decision",
    "review",
    "assessment",
    "rejected_power",
    "link",
    "rejected_link",
    "adjudication",
    "comment",
    "settled",
    "carried",
)
"""The types of line: what a line refers to stands before it, in whatever order a file has them."""

FIRST = frozenset({"document", "reviewer"})
"""Texts and people, whom lines on any text name."""

LAST = frozenset({"carried"})
"""What names annotations in other texts."""


_STATES = get_args(ReviewState)
_review = texts_of("document", "text_sha256", "eid", "reviewer", "state", "note", "updated")


class OwnLines:
    """Takes lines one by one, each after those it refers to.

    `takes` is by type what takes a line; any `AnnotatorError` is meant to end the transaction. What
    a person has to look at of its annotations is gathered in `incoming.findings`.
    """

    def __init__(self, incoming: Incoming, mapping: Meanings) -> None:
        self._in = incoming
        self._store = incoming.store
        self.texts = OwnTexts(incoming.store)
        self.marks = OwnMarks(incoming, mapping, self.texts)
        self.takes: Mapping[str, Callable[[Record], Taken]] = {
            "document": self._document,
            "reviewer": self._reviewer,
            "suggestion": self._suggestion,
            "origin": self._origin,
            "annotation": self.marks.take,
            "decision": self._decision,
            "review": self._review,
            "assessment": self._assessment,
            "rejected_power": self._rejected_power,
            "link": self._link,
            "rejected_link": self._rejected_link,
            "carried": self._carried_over,
            "adjudication": self._adjudication,
            "comment": self._comment,
            "settled": lambda _: "unchanged",
        }

    # What others refer to

    def _document(self, record: Record) -> Outcome:
        if record.fields.get("withheld") is True:
            return self._withheld(record)
        text = record.filled("text")
        digest = sha256(text)
        if record.text("text_sha256", digest) != digest:
            raise ExportError(
                f"the text has the SHA-256 {digest}, not {record.text('text_sha256')}: "
                "it was altered after it was written"
            )
        slug = record.filled("slug")
        document = Document(
            id=stable_id("document", digest),
            slug=slug,
            title=record.filled("title"),
            kind=cast("Kind", record.choice("kind", get_args(Kind))),
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
        outcome = self._in.add_document(document)
        self._introduce(record, slug, digest)
        return outcome

    def _introduce(self, record: Record, slug: str, digest: str) -> bool:
        """Know the stored text by the line's names for it; False where it is not stored."""
        stored = self._store.document_info(digest)
        if stored is not None:
            self.texts.introduce(stored.id, (record.text("id", ""), slug, digest))
        return stored is not None

    def _withheld(self, record: Record) -> Outcome:
        """A text that a release could not hold: it must be here already."""
        slug, digest = record.filled("slug"), record.filled("text_sha256")
        if not self._introduce(record, slug, digest):
            raise ExportError(
                f"{slug!r} may not be shared, so its words are not in the file: bring in the text "
                f"with the SHA-256 {digest} first"
            )
        return "unchanged"

    def _reviewer(self, record: Record) -> Outcome:
        identity = values.identity(record.optional("id") or new_id(), "reviewer")
        someone = Reviewer(identity, record.filled("name"), values.time(record, "created"))
        return self._in.introduce(someone, pseudonym=record.fields.get("pseudonym") is True)

    def _whose(self, record: Record) -> str:
        return self._in.whose(record.text("reviewer", ""))

    def _text(self, record: Record) -> Document:
        """The document a line speaks of: by its hash where it gives one, else by its name."""
        return self.texts.exactly(record.filled("document"), record.optional("text_sha256"))

    def _target(self, record: Record) -> Document:
        """The document that the words of a line speak of."""
        name = record.filled("target_document")
        return self.texts.exactly(name, record.optional("target_text_sha256"))

    def _suggestion(self, record: Record) -> Outcome:
        document = self._text(record)
        start, end, quote = values.span(record, document)
        eid = record.optional("eid")
        return self._in.propose(
            Suggestion(
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
        )

    def _origin(self, record: Record) -> Outcome:
        annotation = record.filled("annotation")
        self.marks.origins[annotation] = Origin(
            record.optional("suggestion"), record.text("codebook", "")
        )
        return "unchanged"

    # What else reviewers said

    def _decision(self, record: Record) -> Outcome:
        document, reviewer = self._text(record), self._whose(record)
        suggestion = record.filled("suggestion")
        if not self._in.has_suggestion(suggestion):
            raise NotFoundError(f"suggestion {suggestion!r} is neither in the file nor stored")
        made = record.optional("annotation")
        if made is not None:
            made = self.marks.ids.get(made, made)
            if made not in self.marks and made not in self._in.stored(Annotation, document.id):
                raise NotFoundError(f"annotation {made!r} is neither in the file nor stored")
        return self._in.put(
            Decision(
                suggestion=suggestion,
                reviewer=reviewer,
                decision=cast("DecisionKind", record.choice("decision", get_args(DecisionKind))),
                document=document.id,
                annotation=made,
                updated=values.time(record, "updated"),
            )
        )

    def _review(self, record: Record) -> Outcome:
        return self._in.put(self._read_review(record.fields) or self._review_by_field(record))

    def _read_review(self, fields: Mapping[str, Any]) -> Review | None:
        """What a line says that is in order in every way, as nearly all are; `None` of another."""
        said = _review(fields)
        if said is None or fields.get("codebook", "") != "":
            return None
        name, digest, eid, who, state, note, updated = said
        document = self.texts.known(digest or name)
        if (
            document is None
            or eid not in self.texts.eids(document)
            or state not in _STATES
            or not (name.strip() and who.strip() and values.is_time(updated))
        ):
            return None
        who = self._in.whose(who)
        return Review(document.id, eid, who, cast("ReviewState", state), note, updated)

    def _review_by_field(self, record: Record) -> Review:
        document = self._text(record)
        return Review(
            document=document.id,
            eid=document.clause(record.filled("eid")).eid,
            reviewer=self._whose(record),
            state=cast("ReviewState", record.choice("state", _STATES)),
            note=record.text("note", ""),
            updated=values.time(record, "updated"),
            codebook=record.text("codebook", ""),
        )

    def _assessment(self, record: Record) -> Outcome:
        document = self._text(record)
        return self._in.put(
            Assessment(
                document=document.id,
                eid=document.clause(record.filled("eid")).eid,
                reviewer=self._whose(record),
                safeguard=record.filled("safeguard"),
                state=cast("SafeguardState", record.choice("state", get_args(SafeguardState))),
                note=record.text("note", ""),
                codebook=record.text("codebook", ""),
                updated=values.time(record, "updated"),
            )
        )

    def _rejected_power(self, record: Record) -> Outcome:
        document, reviewer = self._text(record), self._whose(record)
        return self._in.put_rejection(rejected.power(record, document, reviewer))

    def _rejected_link(self, record: Record) -> Outcome:
        document, reviewer = self._text(record), self._whose(record)
        target = self._target(record)
        return self._in.put_rejection(rejected.link(record, document, target, reviewer))

    def _link(self, record: Record) -> Outcome:
        document, reviewer = self._text(record), self._whose(record)
        start, end, quote = values.span(record, document)
        target = self._target(record)
        clause = target.clause(record.filled("target_eid"))
        given = record.optional("id")
        made = ("link", document.id, reviewer, start, end, target.id, clause.eid)
        identity = values.identity(given, *made[:3]) if given else stable_id(*made)
        stored = self._in.stored(Link, document.id).get(identity)
        if stored is not None and stored.reviewer != reviewer:
            name = self._store.reviewer(str(stored.reviewer)).name
            raise ExportError(
                f"link {given!r} belongs to {name!r}: leave its id out to add another"
            )
        return self._in.put(
            Link(
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
        )

    def _carried_over(self, record: Record) -> Outcome:
        document = self._text(record)
        origin, made = record.filled("origin"), record.optional("annotation")
        # What came of it may have been removed since, and that it was carried is worth knowing.
        made = self.marks.ids.get(made, made) if made else None
        name = record.optional("reviewer")
        row = Carried(
            origin=self.marks.ids.get(origin, origin),
            document=document.id,
            annotation=made,
            how=cast("CarriedHow", record.choice("how", get_args(CarriedHow))),
            score=record.share("score"),
            state=cast("CarriedState", record.choice("state", get_args(CarriedState))),
            reason=record.text("reason", ""),
            reviewer=self._in.known_reviewer(name) if name else None,
            updated=values.time(record, "updated"),
        )
        if (row.state == "placed") != (made is not None):
            raise ExportError(f"a tag that is {row.state!r} does not go with annotation {made!r}")
        return self._in.put(row)

    def _adjudication(self, record: Record) -> Outcome:
        return self._in.put(
            adjudicated.read(
                record, self._text(record), self._whose(record), self._in.known_reviewer
            )
        )

    def _comment(self, record: Record) -> Outcome:
        document = self._text(record)
        clause = document.clause(record.filled("eid"))
        words: tuple[int, int, str] | None = None
        if record.fields.get("start") is not None:
            words = values.span(record, document)
        parent = record.optional("parent")
        if parent:
            self._in.flush()  # the comment it answers may be among what was taken so far
        resolver = record.optional("resolved_by")
        reviewer = self._whose(record)
        return self._in.put(
            Comment(
                id=values.identity(record.filled("id"), "comment", document.id, reviewer),
                document=document.id,
                eid=clause.eid,
                reviewer=reviewer,
                text=record.filled("text"),
                parent=parent,
                start=words[0] if words else None,
                end=words[1] if words else None,
                quote=words[2] if words else "",
                resolved=values.time(record, "resolved"),
                resolved_by=self._in.known_reviewer(resolver) if resolver else None,
                created=values.time(record, "created"),
                updated=values.time(record, "updated"),
            )
        )
