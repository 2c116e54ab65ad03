"""What a file of another program says, brought to its texts, its words and their meaning here."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from operator import attrgetter
from typing import cast, get_args

from annotator import codebook as codebooks
from annotator import intake
from annotator.errors import AnnotatorError, ExportError
from annotator.export import labels
from annotator.export.labels import Meaning, Meanings
from annotator.export.loading import record, values
from annotator.export.loading.anchoring import Anchored, Doubt
from annotator.export.loading.foreign import Foreign, Mark, Reading, Text
from annotator.export.loading.incoming import Incoming, annotation_id, joined, place_of
from annotator.export.loading.matching import Home, Matcher, Missing, unit_of
from annotator.export.loading.report import Absent, Joined, Moved, Unplaced
from annotator.intake.parse import slugify
from annotator.model import (
    SEVERITIES,
    Annotation,
    Document,
    Review,
    ReviewState,
    sha256,
)

_PSEUDONYM = re.compile(r"Reviewer \d+")


class Strangers:
    """Takes one file's marks and readings; what waits for a person is told among the findings."""

    def __init__(self, incoming: Incoming, mapping: Meanings, *, with_texts: bool) -> None:
        self._in = incoming
        self._findings = incoming.findings
        self._mapping = mapping
        self._with_texts = with_texts
        self._codebook = codebooks.load()
        self._meant: dict[str, Meaning | None] = {}
        self._taken: dict[str, Annotation] = {}
        self._there: dict[tuple[object, ...], str] = {}
        self._named: set[str] = set()
        self._notes: dict[str, dict[str, None]] = {}
        self._hidden: dict[str, str] = {}

    def take(self, foreign: Foreign) -> None:
        """Take the whole file; an `AnnotatorError` is meant to end the transaction."""
        _check(foreign)
        matcher = Matcher(self._in.store)
        marks = Counter(mark.text for mark in foreign.marks)
        homes: dict[int, Home] = {}
        for number, text in enumerate(foreign.texts):
            found = matcher.home(text)
            if isinstance(found, Missing) and self._with_texts and _whole(text):
                self._bring(text)
                found = Matcher(self._in.store).home(text)
            if isinstance(found, Home):
                homes[number] = found
            elif marks[number]:
                self._findings.absent.append(
                    Absent(text.name, marks[number], found.reason, offered=_whole(text))
                )
        self._unmask(foreign, homes)
        unit = unit_of(foreign, homes)
        for mark in foreign.marks:
            home = homes.get(mark.text)
            meaning = self._meaning(mark)
            if home is not None and meaning is not None:
                with _at(mark.where):
                    self._mark(mark, meaning, home, home.place(mark, unit))
        for annotation in self._taken.values():
            outcome = self._in.put_foreign(annotation, beside=self._taken)
            self._findings.counts[outcome, "annotation"] += 1
        for reading in foreign.readings:
            if reading.text in homes:
                with _at(reading.where):
                    self._reading(reading, homes[reading.text].document)

    def _unmask(self, foreign: Foreign, homes: Mapping[int, Home]) -> None:
        """Whom the file's pseudonyms stand for, by those marks that are here under their ids.

        A name that nobody has is a pseudonym too; one such as "Reviewer 1" two offices may have.
        """
        for mark in foreign.marks:
            name = mark.reviewer
            if not mark.id or not name or name in self._hidden or mark.text not in homes:
                continue
            marks = self._in.stored(Annotation, homes[mark.text].document.id)
            stored = marks.get(mark.id)
            if stored is not None and (_PSEUDONYM.fullmatch(name) or not self._in.is_known(name)):
                self._hidden[name] = str(stored.reviewer)

    def _whose(self, name: str) -> str:
        return self._hidden[name] if name in self._hidden else self._in.whose(name)

    def _bring(self, text: Text) -> None:
        assert text.content is not None
        document = intake.parse(
            text.content,
            kind=text.kind or None,
            language=text.language or None,
            title=text.title or None,
            name=text.name,
            slug=slugify(text.name.replace("\\", "/").rpartition("/")[2].partition(".")[0]),
        )
        if self._in.store.find_document(document.text_sha256) is None:
            self._in.findings.counts[self._in.add_document(self._free(document)), "document"] += 1

    def _free(self, document: Document) -> Document:
        """The document under a name that no other has: it is no version of that."""
        slug, number = document.slug, 1
        while self._in.store.known_slugs([slug]):
            number += 1
            slug = f"{document.slug}-{number}"
        return dataclasses.replace(document, slug=slug)

    def _meaning(self, mark: Mark) -> Meaning | None:
        said = mark.label or labels.label(mark.concern, mark.polarity, mark.code)
        key = said if said else "(none)"
        meaning = labels.checked(mark.concern, mark.code, mark.polarity, self._codebook)
        if meaning is None and key not in self._meant:
            self._meant[key] = self._mapping.get(key) or labels.known(said, self._codebook)
        meaning = meaning or self._meant[key]
        if meaning is None:
            if key in self._mapping:
                self._findings.left_out += 1
            else:
                self._findings.unknown[key] += 1
        return meaning

    def _mark(self, mark: Mark, meaning: Meaning, home: Home, at: Anchored | Doubt) -> None:
        document, said = home.document, mark.quote or ""
        if isinstance(at, Anchored):
            try:
                clause = values.clause_of(document, at.start)
            except AnnotatorError:
                said = mark.quote or at.quote
                at = Doubt("the words stand in no clause of the text")
        if isinstance(at, Doubt):
            self._findings.unplaced.append(Unplaced(mark.where, document.slug, said, at.reason))
            return
        annotation = self._annotation(mark, meaning, document, at, clause.eid)
        self._take(mark, annotation, clause.citation, document.slug)
        if at.how == "exact":
            self._findings.placed += 1
        else:
            quote = mark.quote if mark.quote is not None else at.quote
            moved = (document.slug, clause.citation, quote, at.quote, at.how, at.score)
            self._findings.moved.append(Moved(mark.where, *moved))

    def _take(self, mark: Mark, annotation: Annotation, citation: str, slug: str) -> None:
        """Keep the annotation, as one with an earlier mark of the file that says the same.

        Whoever marks words twice to write two notes has one finding, and meant both notes.
        """
        place = annotation.document, *place_of(annotation)
        earlier = self._taken.get(annotation.id)
        if earlier is not None and (earlier.document, *place_of(earlier)) != place:
            raise ExportError(
                f"the id {mark.id!r} stands in the file twice, for different marks: "
                "give one of them no id"
            )
        other = self._there.get(place)
        if earlier is None and other and not {annotation.id, other} <= self._named:
            earlier = self._taken[other]
        if earlier is None:
            self._taken[annotation.id] = annotation
            self._there[place] = annotation.id
            self._notes[annotation.id] = {annotation.note: None}
            return
        notes = self._notes[earlier.id]
        notes[annotation.note] = None
        both = self._taken[earlier.id] = joined(earlier, annotation, notes)
        if (both.note, both.severity) != (earlier.note, earlier.severity):
            self._findings.joined.append(Joined(mark.where, slug, citation, both.quote, both.note))
        else:
            self._findings.counts["unchanged", "annotation"] += 1

    def _annotation(
        self, mark: Mark, meaning: Meaning, document: Document, at: Anchored, eid: str
    ) -> Annotation:
        stored = self._in.stored(Annotation, document.id).get(mark.id)
        if stored is not None and not mark.reviewer:
            reviewer = str(stored.reviewer)
        else:
            reviewer = self._whose(mark.reviewer)
        place = (document.id, reviewer, at.start, at.end)
        own = stored is not None and stored.reviewer == reviewer
        if mark.id and (own or stored is None):
            identity = values.identity(mark.id, "annotation", document.id, reviewer)
            self._named.add(identity)
        else:
            identity = annotation_id(*place, meaning.concern, meaning.polarity, meaning.code)
        severity = mark.severity if mark.severity in SEVERITIES else ""
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
            severity=severity or None,
            note=mark.note,
            created=values.moment(mark.created),
            updated=values.moment(mark.updated),
        )

    def _reading(self, reading: Reading, document: Document) -> None:
        if reading.state not in get_args(ReviewState):
            return
        review = Review(
            document=document.id,
            eid=document.clause(reading.eid).eid,
            reviewer=self._whose(reading.reviewer),
            state=cast("ReviewState", reading.state),
            note=reading.note,
            updated=values.moment(reading.updated),
        )
        self._findings.counts[self._in.put(review), "review"] += 1


@contextmanager
def _at(where: str) -> Iterator[None]:
    """Say of an error where in the file it is."""
    try:
        yield
    except AnnotatorError as error:
        raise type(error)(f"{where}: {error}" if where else str(error)) from error


def _check(foreign: Foreign) -> None:
    """`ExportError` for what nothing can keep: half a character, a NUL, a time beyond reason."""
    for text in foreign.texts:
        _storable(
            repr(record.short(text.name)), (text.content or "").replace("\0", ""), *_about(text)
        )
    for mark in foreign.marks:
        _storable(mark.where, mark.quote or "", *_said_of(mark))
        for name in ("created", "updated"):
            given = getattr(mark, name)
            if (time := values.moment(given)) and not values.plausible(time):
                raise ExportError(f"{name!r} is {given!r}: {values.IMPLAUSIBLE}")
    for reading in foreign.readings:
        _storable(reading.where, *_said_of_clause(reading))


_about = attrgetter("name", "sha256", "title", "kind", "language")
_said_of = attrgetter(
    "label",
    "concern",
    "code",
    "polarity",
    "severity",
    "note",
    "reviewer",
    "id",
    "created",
    "updated",
)
_said_of_clause = attrgetter("eid", "state", "note", "reviewer", "updated")


def _storable(where: str, *said: str) -> None:
    words = "".join(said)
    if "\0" in words:
        raise ExportError(f"{where} holds a NUL character: remove it")
    if not words.isascii():
        try:
            words.encode("utf-8")
        except UnicodeEncodeError as error:
            half = words[error.start]
            raise ExportError(f"{where} holds {half!r}, half of a character") from error


def _whole(text: Text) -> bool:
    """Whether the file carries a text that can be brought in; a part of another cannot."""
    if text.content is None or not text.content.strip():
        return False
    return text.start is None or (text.start == 0 and sha256(text.content) == text.sha256)
