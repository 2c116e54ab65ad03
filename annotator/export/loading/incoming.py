"""What a file says on its way into the store: whose it is, and whether it is new."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Literal, TypeVar, cast

from annotator.errors import ExportError, NotFoundError
from annotator.export.loading.report import Findings
from annotator.model import (
    SEVERITIES,
    Adjudication,
    Annotation,
    Assessment,
    Carried,
    Comment,
    Decision,
    Document,
    Link,
    LinkRejection,
    PowerRejection,
    Review,
    Reviewer,
    Suggestion,
    new_id,
    stable_id,
)
from annotator.store import Store, Write

Outcome = Literal["added", "updated", "kept", "unchanged"]
Said = Adjudication | Annotation | Assessment | Carried | Comment | Decision | Link | Review
Rejected = LinkRejection | PowerRejection
Timed = TypeVar(
    "Timed", Adjudication, Annotation, Assessment, Carried, Comment, Decision, Link, Review
)

_KEYS: Mapping[type, tuple[str, ...]] = {
    Decision: ("suggestion", "reviewer"),
    Review: ("document", "eid", "reviewer"),
    Assessment: ("document", "eid", "reviewer", "safeguard"),
    Carried: ("origin", "document"),
    LinkRejection: (
        "document", "start", "end", "target_document", "target_eid", "reviewer",
    ),
    PowerRejection: ("document", "eid", "reviewer", "power"),
}  # fmt: skip
_KINDS = (
    Adjudication, Annotation, Assessment, Carried, Comment, Decision, Link, LinkRejection,
    PowerRejection, Review,
)  # fmt: skip
_KEY = {kind: attrgetter(*_KEYS.get(kind, ("id",))) for kind in _KINDS}
_SAID = {
    kind: attrgetter(
        *(one.name for one in dataclasses.fields(kind) if one.name not in ("created", "updated"))
    )
    for kind in _KINDS
}
_BATCH = 20_000
_LINE = 5_000


class Incoming:
    """Takes what one file says into an open transaction.

    `reviewer` is whose it is that names nobody. `new_reviewers` are the names that were added: of
    people nobody knew those who say something that is stored.
    """

    def __init__(
        self, store: Store, write: Write, findings: Findings, *, reviewer: str | None
    ) -> None:
        self.store = store
        self.write = write
        self.findings = findings
        self.new_reviewers: list[str] = []
        self._reviewers: dict[str, str] = {}
        self._stored: dict[tuple[type, str], dict[object, Said | Rejected]] = {}
        self._alike: dict[str, dict[tuple[object, ...], Annotation]] = {}
        self._new: list[Said | Rejected] = []
        self._proposed: dict[str, dict[str, Suggestion]] = defaultdict(dict)
        self._suggested: set[str] = set()
        self._ask: Mapping[type, Callable[..., Sequence[Said | Rejected]]] = {
            Adjudication: store.adjudications,
            Annotation: store.annotations,
            Assessment: store.assessments,
            Carried: store.carried,
            Comment: store.comments,
            Decision: store.decisions,
            Link: store.links,
            LinkRejection: store.link_rejections,
            PowerRejection: store.power_rejections,
            Review: store.reviews,
        }
        self._waiting: dict[str, Reviewer] = {}
        self._default = None if reviewer is None else self._someone(reviewer)

    # People

    def introduce(self, someone: Reviewer, *, pseudonym: bool) -> Outcome:
        """A reviewer as a file introduces them: known by id, or by name unless it is a pseudonym.

        Two offices both have a Reviewer 1.
        """
        everyone = {one.id: one for one in self.store.reviewers()}
        if someone.id in everyone:
            self._reviewers[someone.name] = someone.id
            return "unchanged"
        names = {one.name.casefold(): one.id for one in everyone.values()}
        taken = names.get(" ".join(someone.name.split()).casefold())
        if taken and not pseudonym:
            self._reviewers[someone.name] = taken
            return "unchanged"
        free, number = someone.name, 1
        while free.casefold() in names:
            number += 1
            free = f"{someone.name} ({number})"
        self._reviewers[someone.name] = self._add(dataclasses.replace(someone, name=free))
        return "added"

    def known_reviewer(self, name: str) -> str:
        """The id of the reviewer with that name, who is added where nobody has it."""
        id = self._someone(name)
        self._admit((id,))
        return id

    def whose(self, name: str) -> str:
        """The id of the reviewer named, or of the one whose everything is that names nobody.

        Somebody new is added with the first word of theirs that is stored.
        """
        if name.strip():
            return self._someone(name)
        if self._default is None:
            raise ExportError("it names no reviewer: say whose it is with --reviewer")
        return self._default

    def is_known(self, name: str) -> bool:
        """Whether the store has a reviewer of that name, or the file introduced one."""
        if name in self._reviewers:
            return True
        try:
            self.store.reviewer(name)
        except NotFoundError:
            return False
        return True

    def _someone(self, name: str) -> str:
        if name not in self._reviewers:
            try:
                known = self.store.reviewer(unicodedata.normalize("NFC", name))
                self._reviewers[name] = known.id
            except NotFoundError:
                self._reviewers[name] = self._newcomer(name)
        return self._reviewers[name]

    def _newcomer(self, name: str) -> str:
        """The id of somebody whom nobody knows, the same however often they are named."""
        someone = Reviewer(id=new_id(), name=name)
        someone = dataclasses.replace(someone, name=self.write.admission.name(someone))
        for id, one in self._waiting.items():
            if one.name.casefold() == someone.name.casefold():
                return id
        self._waiting[someone.id] = someone
        return someone.id

    def _admit(self, ids: Iterable[str]) -> None:
        """Add those of the people who wait to say something."""
        for id in ids:
            if id in self._waiting:
                self._add(self._waiting.pop(id))

    def _add(self, reviewer: Reviewer) -> str:
        stored = self.write.insert(reviewer)
        self.new_reviewers.append(stored.name)
        return stored.id

    # What they say

    def propose(self, suggestion: Suggestion) -> Outcome:
        """A suggestion that something in the file refers to."""
        if self.has_suggestion(suggestion.id):
            return "unchanged"
        self._proposed[suggestion.document][suggestion.id] = suggestion
        self._suggested.add(suggestion.id)
        return "added"

    def has_suggestion(self, id: str) -> bool:
        """Whether the suggestion is in the file or stored."""
        if id not in self._suggested and self.store.suggestions_by_id([id]):
            self._suggested.add(id)
        return id in self._suggested

    def put(self, value: Timed) -> Outcome:
        """Take a value unless what is stored says the same or is later."""
        kind = type(value)
        if self._proposed or (self._new and type(self._new[0]) is not kind):
            self.flush()
        known, key = self.stored(kind, value.document), _KEY[kind](value)
        stored = cast("Said | None", known.get(key))
        if stored is None:
            known[key] = value
            self._compare(value)
            self._new.append(value)
            if len(self._new) >= _BATCH:
                self.flush()
            return "added"
        if _said(value) == _said(stored):
            return "unchanged"
        if value.updated <= stored.updated:
            return "kept"
        self.flush()
        self._keep(self.write.update(value))
        return "updated"

    def say_more(self, value: Timed) -> None:
        """What was taken of this file a moment ago says more than it did."""
        self.flush()
        self._keep(self.write.update(value))

    def put_rejection(self, value: Rejected) -> Outcome:
        """Take what somebody rejected: it says nothing that could be later or earlier."""
        if self._proposed or (self._new and type(self._new[0]) is not type(value)):
            self.flush()
        if _key(value) in self.stored(type(value), value.document):
            return "unchanged"
        self._keep(value)
        self._new.append(value)
        return "added"

    def put_foreign(self, value: Annotation, *, beside: Container[str] = ()) -> Outcome:
        """A mark of another program, which knows less than what is stored and keeps no times.

        Where its id is stored and it says something else, it was changed there, unless what is
        stored changed after the file was made. What stands on the same words under the same label
        is the same mark, unless the file has that one too: `beside` are the ids of its marks.
        """
        stored = cast("Annotation | None", self.stored(Annotation, value.document).get(value.id))
        if stored is None:
            stored = self.alike(value)
            if stored is not None and stored.id in beside:
                stored = None
        if stored is None:
            return self.put(value)
        if place_of(value)[:3] == place_of(stored)[:3]:
            # Tools that know tokens only lose a space at the edge.
            value = dataclasses.replace(
                value, start=stored.start, end=stored.end, quote=stored.quote
            )
        value = dataclasses.replace(
            value,
            id=stored.id,
            suggestion=stored.suggestion,
            codebook=stored.codebook,
            created=stored.created,
            severity=value.severity or stored.severity,
            note=value.note or stored.note,
        )
        if _said(value) == _said(stored):
            return "unchanged"
        if value.updated != stored.updated:
            return self.put(value)
        self.flush()
        self._keep(self.write.update(dataclasses.replace(value, updated="")))
        return "updated"

    def alike(self, value: Annotation) -> Annotation | None:
        """What the same reviewer has stored on the same words under the same label, if anything."""
        if value.document not in self._alike:
            marks = cast("Iterable[Annotation]", self.stored(Annotation, value.document).values())
            self._alike[value.document] = {place_of(one): one for one in marks}
        return self._alike[value.document].get(place_of(value))

    def stored(self, kind: type, document: str) -> dict[object, Said | Rejected]:
        """What the store has of a kind in a document, by key, with what was taken since."""
        known = self._stored.get((kind, document))
        if known is None:
            found = self._ask[kind](document=document)
            known = self._stored[kind, document] = {_key(one): one for one in found}
        return known

    def flush(self) -> None:
        """Store what was taken so far."""
        new, self._new = self._new, []
        for document, suggestions in self._proposed.items():
            self.store.add_suggestions(document, suggestions.values(), write=self.write)
        self._proposed.clear()
        if self._waiting:
            self._admit(dict.fromkeys(value.reviewer for value in new if value.reviewer))
        if new:
            self.write.insert_all(cast("Any", new))

    def forget(self) -> None:
        """Store what was taken so far and let go of it: what comes is of other texts.

        After many rows the history begins another line, so that nobody has to hold all of them.
        """
        self.flush()
        self._stored.clear()
        self._alike.clear()
        self._suggested.clear()
        if self.write.size >= _LINE:
            self.write.end_line()

    def _keep(self, value: Said | Rejected) -> None:
        self.stored(type(value), value.document)[_key(value)] = value
        self._compare(value)

    def _compare(self, value: Said | Rejected) -> None:
        if self._alike and isinstance(value, Annotation) and value.document in self._alike:
            self._alike[value.document][place_of(value)] = value

    # Texts

    def add_document(self, document: Document) -> Outcome:
        """Store a text, as the next version where its slug is taken by another."""
        self.flush()
        return "added" if self.store.add_document(document, write=self.write) else "unchanged"


def annotation_id(document: str, reviewer: str, start: int, end: int, *label: str) -> str:
    """The id of a mark that brings none: the same for the same words, reviewer and label."""
    return stable_id("annotation", document, reviewer, start, end, *label)


def joined(one: Annotation, other: Annotation, notes: Iterable[str]) -> Annotation:
    """Two marks on the same words as one, the first, with these notes and the higher severity."""
    graded = [said for said in (one.severity, other.severity) if said]
    return dataclasses.replace(
        one,
        note="\n\n".join(filter(None, notes)),
        severity=max(graded, key=SEVERITIES.index, default=None),
        created=min(filter(None, (one.created, other.created)), default=""),
        updated=max(one.updated, other.updated),
    )


def _key(value: Said | Rejected) -> object:
    return _KEY[type(value)](value)


def place_of(mark: Annotation) -> tuple[object, ...]:
    """Whose it is, where in its text the words stand without space at the ends, and the label."""
    quote = mark.quote
    start = mark.start + len(quote) - len(quote.lstrip())
    end = mark.end - len(quote) + len(quote.rstrip())
    return mark.reviewer, start, end, mark.concern, mark.polarity, mark.code


def _said(value: Said | Rejected) -> object:
    """All that the value says but its times."""
    return _SAID[type(value)](value)
