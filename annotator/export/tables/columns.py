"""What the columns of each table are: their order, their type, and a sentence on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Type = Literal["text", "label", "whole", "share", "yes", "time"]
"""`label` is one of a few words, `share` a number from 0 to 1, `yes` whether something is so."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; an empty cell says that nothing was said, never that something is not so."""

    name: str
    says: str
    type: Type = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `row` says in a few words what a row is. `key` are the columns that name a row."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)


_TITLE = Column("document_title", "title of the text")
_CITATION = Column("citation", "how a lawyer cites the clause")
_HEADING = Column("heading", "heading of the clause, or of what contains it")
_CONCERN = Column("concern", "concern, by its id in the codebook", "label")
_POLARITY = Column("polarity", "risk (endangers) or safeguard (protects)", "label")
_CODE = Column("code", "code, by its id in the codebook; empty where none was given", "label")
_QUOTE = Column("quote", "the words, exactly as they stand in the text")
_CONTEXT = Column("context", "the words around them: their line, or the whole clause")
_NOTE = Column("note", "the reviewer's own words")
_REVIEWER = Column(
    "reviewer", "who says so: a number, or the name if the operator gave it", "label"
)
_DOCUMENT = Column("document", "the text, by its short name", "label")
_EID = Column("eid", "the clause, by its Akoma Ntoso eId")
_START = Column("start", "where the words begin, in Unicode code points from 0", "whole")
_END = Column("end", "where they end; the character there is not among them", "whole")
_HASH = Column("text_sha256", "SHA-256 of the text these offsets count in", "label")
_CREATED = Column("created", "when it was first said (UTC)", "time")
_UPDATED = Column("updated", "when it was last changed (UTC)", "time")
_CODEBOOK = Column("codebook", "codebook version it was said under", "label")

ANNOTATIONS = Table(
    "annotations",
    "an annotation",
    (
        _TITLE,
        _CITATION,
        _HEADING,
        _CONCERN,
        _POLARITY,
        Column("severity", "low, medium or high; empty where none was given", "label"),
        _CODE,
        _QUOTE,
        _NOTE,
        _REVIEWER,
        _DOCUMENT,
        _EID,
        _START,
        _END,
        _HASH,
        Column("id", "the annotation's id, the same in every export"),
        _CREATED,
        _UPDATED,
        _CONTEXT,
    ),
    ("id",),
)
REVIEWS = Table(
    "reviews",
    "a clause and a reviewer who said anything of it",
    (
        _TITLE,
        _CITATION,
        _HEADING,
        _REVIEWER,
        Column(
            "state",
            "concern or no_concern: read; reopened or open: to be read; empty: tagged, and not yet "
            "marked as read. A clause without a row was not read",
            "label",
        ),
        Column("risks", "how many annotations of the reviewer in it are risks", "whole"),
        Column("safeguards", "how many are safeguards", "whole"),
        _NOTE,
        _DOCUMENT,
        _EID,
        _HASH,
        _UPDATED,
        Column("words", "the clause's own words, where whole clauses were asked for"),
    ),
    ("text_sha256", "eid", "reviewer"),
)
SAFEGUARDS = Table(
    "safeguards",
    "a clause, a safeguard and a reviewer",
    (
        _TITLE,
        _CITATION,
        _HEADING,
        Column("safeguard", "safeguard, by its id in the codebook", "label"),
        Column("safeguard_name", "its name", "label"),
        _CONCERN,
        _REVIEWER,
        Column("state", "present, by_reference, weak or absent", "label"),
        _NOTE,
        _DOCUMENT,
        _EID,
        _HASH,
        _CODEBOOK,
        _UPDATED,
    ),
    ("text_sha256", "eid", "safeguard", "reviewer"),
)
SUGGESTIONS = Table(
    "suggestions",
    "a rule's suggestion and what a reviewer made of it",
    (
        _TITLE,
        _CITATION,
        _HEADING,
        _CONCERN,
        _POLARITY,
        _CODE,
        _QUOTE,
        Column("decision", "accepted, changed or rejected; empty where nobody decided", "label"),
        _REVIEWER,
        Column("rule", "the rule that made it", "label"),
        Column("score", "how sure its author is of it, from 0 to 1", "share"),
        Column("reason", "why the rule looks there"),
        Column("standard", "the standard in law behind it"),
        _DOCUMENT,
        _EID,
        _START,
        _END,
        _HASH,
        Column("id", "the suggestion's id, the same in every export"),
        Column("annotation", "id of the annotation that came of it"),
        _UPDATED,
        _CONTEXT,
    ),
    ("id", "reviewer"),
)
CODEBOOK = Table(
    "codebook",
    "a concern, a code or a safeguard",
    (
        Column("kind", "concern, code or safeguard", "label"),
        Column("concern", "concern it belongs to", "label"),
        Column("id", "its id", "label"),
        Column("name", "its name"),
        Column("parent", "the code it is a sub-code of", "label"),
        Column("definition", "what it means"),
        Column("tag", "what to tag, a line each"),
        Column("leave", "what to leave, a line each"),
        Column("standards", "the standards in law behind it, a line each"),
        Column("replaces", "earlier ids of it"),
        Column("retired", "whether it is kept for older data only", "yes"),
    ),
    ("kind", "concern", "id"),
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {one.name: one for one in (ANNOTATIONS, REVIEWS, SAFEGUARDS, SUGGESTIONS, CODEBOOK)}
)
