"""What a search is narrowed to, and what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from annotator.model import Annotation, DocumentInfo, Kind, Polarity, Severity

Place = Literal["texts", "tags", "notes", "suggestions"]
State = Literal["not_reviewed", "concern", "no_concern", "reopened"]
Wrote = Literal["tag", "note", "finding", "link", "suggestion"]

PLACES: tuple[Place, ...] = ("texts", "tags", "notes", "suggestions")
STATES: tuple[State, ...] = ("not_reviewed", "concern", "no_concern", "reopened")


@dataclass(frozen=True, slots=True)
class Filters:
    """What is left of all clauses; each narrows further.

    `concern` to `tagged_by` (a reviewer's id) hold of one and the same tag in the clause; among
    `codes` it may be any, "" for none. `state` is how the clause stands for `reader` (an id).
    `places` says where words are looked for: texts with their headings and titles; what was
    tagged, with the note on it; notes of all kinds; what is proposed, with the reason.
    """

    document: str | None = None
    kind: Kind | None = None
    language: str | None = None
    concern: str | None = None
    codes: tuple[str, ...] = ()
    polarity: Polarity | None = None
    severity: Severity | None = None
    tagged_by: str | None = None
    state: State | None = None
    reader: str | None = None
    places: frozenset[Place] = frozenset({"texts", "tags", "notes"})

    @property
    def of_tags(self) -> bool:
        """Whether they ask for a tag in the clause."""
        return any((self.concern, self.codes, self.polarity, self.severity, self.tagged_by))

    @property
    def of_clauses(self) -> bool:
        """Whether they ask for anything of the clause itself."""
        return self.of_tags or self.state is not None

    @property
    def any(self) -> bool:
        """Whether they leave anything out."""
        return self.of_clauses or any((self.document, self.kind, self.language))


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote about a clause, or a rule proposed in it, that holds the words.

    `words` are those of the tag or suggestion, `note` the note or the reason; `reviewer` is an id,
    "" of a rule.
    """

    what: Wrote
    key: str
    reviewer: str
    words: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found, or a text by its title (then `eid` is its first clause).

    `words` are the clause's own, from code point `start` of the text; `heading` is its own,
    `under` that of the article it stands in. `open` is the eId to go to: a chapter's is that of its
    first clause with words. `tags` are all that may be seen here, `said` what holds the words.
    """

    document: DocumentInfo
    eid: str
    open: str
    citation: str
    heading: str
    under: str
    start: int
    words: str
    tags: tuple[Annotation, ...] = ()
    said: tuple[Said, ...] = ()
    title: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, and how much there is in all, by document (slug) and kind."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    by_document: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    by_kind: Mapping[Kind, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag with the words it stands in: `words` begin at code point `start` of the text."""

    tag: Annotation
    document: DocumentInfo
    citation: str
    under: str
    start: int
    words: str


@dataclass(frozen=True, slots=True)
class TaggedList:
    """Some of the tags that were asked for, in reading order; `ids` are those of all."""

    shown: tuple[Tagged, ...] = ()
    ids: tuple[str, ...] = ()
    by_document: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
