"""An annotation on a line of JSON Lines: what its label means, and where its words stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from annotator import codebook as codebooks
from annotator.codebook import CONCERNS
from annotator.errors import AnnotatorError, ExportError, NotFoundError, SpanError
from annotator.export import labels
from annotator.export.labels import Meaning, Meanings
from annotator.export.loading import values
from annotator.export.loading.anchoring import Anchored, Anchors, Doubt
from annotator.export.loading.incoming import Incoming, Outcome, annotation_id, joined
from annotator.export.loading.owntexts import OwnTexts
from annotator.export.loading.record import Record, texts_of
from annotator.export.loading.report import Absent, Joined, Moved, Unplaced
from annotator.model import (
    POLARITIES,
    SEVERITIES,
    Annotation,
    Clause,
    Document,
    Polarity,
    Severity,
)

Taken = Outcome | None
"""What became of a line; `None`: it is told among the findings."""

_read = texts_of(
    "id",
    "document",
    "text_sha256",
    "eid",
    "quote",
    "concern",
    "code",
    "polarity",
    "note",
    "reviewer",
    "created",
    "updated",
)


@dataclass(frozen=True, slots=True)
class Origin:
    """The suggestion an annotation came from and the codebook version it was made under."""

    suggestion: str | None = None
    codebook: str = ""


_UNTOLD = Origin()


def _timed(made: str, updated: str) -> bool:
    """Whether both are times as the store writes them."""
    return bool(values.is_time(made) and (made == updated or values.is_time(updated)))


class OwnMarks:
    """Takes the annotations of one file.

    What a person has to look at is gathered in `incoming.findings`; `first` is the error that says
    so of the first such line, with its number. `ids` are those of the store by those of the file.
    """

    def __init__(self, incoming: Incoming, mapping: Meanings, texts: OwnTexts) -> None:
        self.first: tuple[int, AnnotatorError] | None = None
        self.ids: dict[str, str] = {}
        self.origins: dict[str, Origin] = {}
        self._in = incoming
        self._mapping = mapping
        self._store = incoming.store
        self._codebook = codebooks.load()
        self._offered = {
            (concern.id, polarity, code): Meaning(concern.id, polarity, code)
            for concern in self._codebook.concerns
            for polarity in POLARITIES
            for code in ("", *concern.code_ids)
        }
        self._texts = texts
        self._anchors: dict[str, Anchors] = {}
        self._absent: dict[str, int] = {}
        self._given: set[str] = set()
        self._taken: dict[str, tuple[int, Annotation]] = {}
        self._notes: dict[str, dict[str, None]] = {}
        self._new: set[str] = set()

    def __contains__(self, id: str) -> bool:
        return id in self._taken

    @property
    def astray(self) -> bool:
        """Whether an origin was told of an annotation that was not among the lines."""
        return not self.origins.keys() <= self._given

    def forget(self) -> None:
        """Let go of the lines that were taken: those that come refer to none of them."""
        self.origins.clear()
        self._given.clear()
        self._taken.clear()
        self._notes.clear()
        self._new.clear()
        self._anchors.clear()

    def finish(self) -> None:
        """Say which texts the lines were on that are not stored."""
        for name, marks in self._absent.items():
            reason = "there is no text of that name: bring it in with `intake`"
            self._in.findings.absent.append(Absent(name, marks, reason, offered=False))

    def _look(self, record: Record, error: AnnotatorError) -> None:
        if self.first is None:
            self.first = record.number, error

    def take(self, record: Record) -> Taken:
        """Take the annotation; any `AnnotatorError` is meant to end the transaction."""
        given = record.optional("id")
        if given is not None:
            self._given.add(given)
        annotation = self._in_order(record.fields) or self._by_field(record, given)
        if annotation is None:
            return None
        identity = annotation.id
        if identity in self._taken:
            number, earlier = self._taken[identity]
            if earlier == annotation:
                return "unchanged"
            if given is not None:
                raise ExportError(
                    f"annotation {given!r} stands on line {number} otherwise: "
                    "leave one of the two out"
                )
            return self._join(record.number, earlier, annotation)
        self._taken[identity] = record.number, annotation
        stored = self._in.stored(Annotation, annotation.document).get(identity)
        if stored is not None and stored.reviewer != annotation.reviewer:
            name = self._store.reviewer(str(stored.reviewer)).name
            raise ExportError(
                f"annotation {given!r} belongs to {name!r}: leave its id out to add another"
            )
        if stored is None and given is None and self._in.alike(annotation) is not None:
            return "unchanged"
        outcome = self._in.put(annotation)
        if given is None:
            self._notes[identity] = {annotation.note: None}
            if outcome == "added":
                self._new.add(identity)
        return outcome

    def _join(self, number: int, earlier: Annotation, other: Annotation) -> Outcome:
        """Two lines without ids on the same words are one annotation with what both say."""
        notes = self._notes.setdefault(earlier.id, {earlier.note: None})
        notes[other.note] = None
        both = joined(earlier, other, notes)
        self._taken[earlier.id] = number, both
        if both == earlier:
            return "unchanged"
        document = self._store.document(both.document)
        citation = document.clause(both.eid).citation
        self._in.findings.joined.append(
            Joined(f"line {number}", document.slug, citation, both.quote, both.note)
        )
        if earlier.id not in self._new:
            return self._in.put(both)  # which was stored before, and so is as it was, or later
        self._in.say_more(both)
        return "unchanged"

    def _in_order(self, fields: Mapping[str, Any]) -> Annotation | None:
        """What a line says that is in order in every way, as nearly all are; `None` of another.

        That is read field by field, which takes five times as long and names what is wrong.
        """
        said = _read(fields)
        if said is None:
            return None
        given, name, digest, eid, quote, concern, code, polarity, note, who, made, updated = said
        start, end, severity = fields.get("start"), fields.get("end"), fields.get("severity")
        document = self._texts.known(digest or name)
        if (
            document is None
            or type(start) is not int
            or type(end) is not int
            or not 0 <= start < end
            or document.text[start:end] != quote
            or eid not in self._texts.eids(document)
            or (concern, polarity, code) not in self._offered
            or (severity is not None and severity not in SEVERITIES)
            or not (who.strip() and name.strip())
            or not (values.is_identity(given) and _timed(made, updated))
        ):
            return None
        origin = self.origins.get(given, _UNTOLD)
        self._in.findings.placed += 1
        return Annotation(
            given,
            document.id,
            eid,
            start,
            end,
            quote,
            concern,
            cast("Polarity", polarity),
            self._in.whose(who),
            code,
            severity,
            note,
            origin.suggestion,
            origin.codebook,
            made,
            updated,
        )

    def _by_field(self, record: Record, given: str | None) -> Annotation | None:
        """What a line says; `None` where that is told among the findings."""
        reviewer = self._in.whose(record.text("reviewer", ""))
        meaning = self._meaning(record, ours=given is not None)
        place = self._place(record)
        if meaning is None or place is None:
            return None
        document, at, eid = place
        label = meaning.concern, meaning.polarity, meaning.code
        if given is None:
            identity = annotation_id(document.id, reviewer, at.start, at.end, *label)
        else:
            identity = values.identity(given, "annotation", document.id, reviewer)
            if identity != given:
                self.ids[given] = identity
        origin = self.origins.get(given or "", _UNTOLD)
        severity = record.choice("severity", ("", *SEVERITIES), "")
        return Annotation(
            id=identity,
            document=document.id,
            eid=eid,
            start=at.start,
            end=at.end,
            quote=at.quote,
            concern=meaning.concern,
            polarity=meaning.polarity,
            reviewer=reviewer,
            code=meaning.code,
            severity=cast("Severity", severity) if severity else None,
            note=record.text("note", ""),
            suggestion=origin.suggestion,
            codebook=origin.codebook,
            created=values.time(record, "created"),
            updated=values.time(record, "updated"),
        )

    def _clause(self, record: Record, document: Document, at: Anchored) -> Clause | Doubt:
        """The clause that the line names, where the words stand in it, else that of the words."""
        eid = record.text("eid", "")
        if eid in self._texts.eids(document):
            named = document.clause(eid)
            if at.how == "exact" or named.start <= at.start < named.end:
                return named
        elif eid:
            return values.place(record, document, at.start)  # which says that there is none
        try:
            return values.clause_of(document, at.start)
        except SpanError:
            return Doubt("the words stand in no clause of the text")

    def _meaning(self, record: Record, *, ours: bool) -> Meaning | None:
        """What the line's label says; where that is not known, it is told among the findings."""
        concern, polarity = record.text("concern", ""), record.text("polarity", "")
        code = record.text("code", "")
        if found := self._offered.get((concern, cast("Polarity", polarity), code)):
            return found
        if ours and concern in CONCERNS and polarity in POLARITIES:
            return Meaning(concern, polarity, code)  # of an earlier codebook
        said = record.text("label", "") or labels.label(concern, polarity, code)
        if said in self._mapping:
            meaning = self._mapping[said]
            if meaning is None:
                self._in.findings.left_out += 1
            return meaning
        if not concern and (meaning := labels.known(said, self._codebook)):
            return meaning
        try:
            if not record.text("label", ""):
                values.check_code(values.concern(record), code)
                record.choice("polarity", POLARITIES)
            raise ExportError(f"the label {said!r} is not of the codebook: map it with --map")
        except AnnotatorError as error:
            if not said:
                raise
            self._in.findings.unknown[said] += 1
            self._look(record, error)
            return None

    def _place(self, record: Record) -> tuple[Document, Anchored, str] | None:
        """The document, the place in it and its clause; `None` where that is told as a finding."""
        findings = self._in.findings
        name = record.filled("document")
        try:
            document = self._texts.nearest(name, record.optional("text_sha256"))
        except NotFoundError as error:
            self._absent[name] = self._absent.get(name, 0) + 1
            self._look(record, error)
            return None
        start, end = record.number_of("start"), record.number_of("end")
        quote = record.text("quote")
        found: Anchored | Doubt
        if start < end and document.text[start:end] == quote:
            found = Anchored(start, end, quote, "exact")
        else:
            anchors = self._anchors.get(document.id)
            if anchors is None:
                anchors = self._anchors[document.id] = Anchors(document)
            found = anchors.search(quote, near=start)
        clause = found if isinstance(found, Doubt) else self._clause(record, document, found)
        where = f"line {record.number}"
        if isinstance(found, Doubt) or isinstance(clause, Doubt):
            reason = clause.reason if isinstance(clause, Doubt) else ""
            findings.unplaced.append(Unplaced(where, document.slug, quote, reason))
            self._look(record, self._misplaced(record, document, reason))
            return None
        if found.how == "exact":
            findings.placed += 1
        else:
            findings.moved.append(
                Moved(
                    where,
                    document.slug,
                    clause.citation,
                    quote,
                    found.quote,
                    found.how,
                    found.score,
                )
            )
        return document, found, clause.eid

    def _misplaced(self, record: Record, document: Document, reason: str) -> SpanError:
        """What says that words have no place, and why."""
        try:
            values.span(record, document)
        except SpanError as error:
            said = str(error).removesuffix(": select the words again")
            return SpanError(f"{said}; {reason}")
        return SpanError(f"{document.slug!r}: {reason}")
