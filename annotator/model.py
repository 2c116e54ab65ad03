"""The values every stage passes on. Frozen, and without any reading or writing.

Offsets are Unicode code points into `Document.text`, half-open: `text[start:end]`.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, make_dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import msgspec.structs

from annotator.errors import NotFoundError, SpanError

Kind = Literal["treaty", "news"]
Voice = Literal["", "claim", "fact"]
Polarity = Literal["risk", "safeguard"]
Severity = Literal["low", "medium", "high"]
ReviewState = Literal["open", "concern", "no_concern", "reopened"]
DecisionKind = Literal["accepted", "changed", "rejected"]
SafeguardState = Literal["present", "by_reference", "weak", "absent"]
PowerGroup = Literal["power", "offence", "disclosure"]
CarriedHow = Literal["exact", "context", "fuzzy", "clause", "person", "none"]
CarriedState = Literal["placed", "to_place", "dropped"]
Outcome = Literal["accept", "merge", "change", "new", "disagree", "none"]
Reason = Literal["text_ambiguous", "codebook_gap", "slip", "legal_disagreement"]
ClauseKind = Literal[
    "preamble",
    "part",
    "chapter",
    "section",
    "article",
    "paragraph",
    "point",
    "subpoint",
    "paragraph-text",
    "annex",
]

POLARITIES: tuple[Polarity, ...] = ("risk", "safeguard")
SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high")
SAFEGUARD_STATES: tuple[SafeguardState, ...] = ("present", "by_reference", "weak", "absent")
OUTCOMES: tuple[Outcome, ...] = ("accept", "merge", "change", "new", "disagree", "none")
REASONS: tuple[Reason, ...] = ("text_ambiguous", "codebook_gap", "slip", "legal_disagreement")
POWER_GROUPS: tuple[PowerGroup, ...] = ("power", "offence", "disclosure")
DIVISIONS: frozenset[str] = frozenset({"part", "chapter", "section"})

_NAMESPACE = uuid.UUID("5f0c7f0a-7c53-5a0e-9d0e-6f2b9c1f6a11").bytes


def new_id() -> str:
    """A random UUID, so that two copies of a database can be merged."""
    return str(uuid.uuid4())


def stable_id(*parts: object) -> str:
    """The same UUID for the same parts on every machine (RFC 9562, version 5).

    By its definition rather than by `uuid.uuid5`, which takes three times as long.
    """
    name = "\x1f".join(map(str, parts)).encode()
    made = hashlib.sha1(_NAMESPACE + name, usedforsecurity=False).hexdigest()
    variant = "89ab"[int(made[16], 16) & 3]
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{variant}{made[17:20]}-{made[20:32]}"


def sha256(text: str) -> str:
    """The SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> str:
    """JSON that is the same for the same value: sorted keys, no spaces, no escapes of letters."""
    return _CANONICAL.encode(value)


def check_span(text: str, start: int, end: int, quote: str) -> None:
    """Raise `SpanError` unless the span is not empty and `text[start:end] == quote`."""
    if not 0 <= start < end <= len(text):
        raise SpanError(
            f"[{start}, {end}) is not a span of a text of {len(text)} characters: "
            "select the words again"
        )
    found = text[start:end]
    if found != quote:
        raise SpanError(
            f"at [{start}, {end}) the text reads {_short(found)}, not {_short(quote)}: "
            "select the words again"
        )


def _short(text: str, limit: int = 60) -> str:
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


class Clause(msgspec.Struct, frozen=True, gc=False):
    """A named range of a document's text; it contains the clauses whose `parent` it is.

    A struct, since texts have many: a frozen dataclass takes five times as long to make, and is
    looked at by the garbage collector, which has nothing to find in words and numbers.

    `start` to `end` covers number, heading, words and children. `body` to `own_end` is what the
    clause says itself: the words after its number and heading, before its first child. Where the
    two are equal the clause only holds others (a chapter, an article that begins with its
    paragraph 1) and cannot be reviewed by itself.
    """

    eid: str
    citation: str
    kind: ClauseKind
    number: str
    heading: str
    start: int
    end: int
    body: int
    own_end: int
    parent: str | None = None
    article: str | None = None

    @property
    def reviewable(self) -> bool:
        """Whether there are words of its own that a reviewer can judge."""
        return self.body < self.own_end

    @property
    def indent(self) -> bool:
        """Whether a dash opens it, so that its place is cited: "art. 5(1), first indent"."""
        return self.eid.rpartition("__")[2].startswith("indent_")


def _told(kind: type[msgspec.Struct]) -> None:
    """Let `dataclasses.fields`, `asdict` and `replace` take it as every other value here."""
    names = [(one.name, one.type) for one in msgspec.structs.fields(kind)]
    told_by = "__dataclass_fields__"
    setattr(kind, told_by, {one.name: one for one in fields(make_dataclass("_Told", names))})


_told(Clause)


@dataclass(frozen=True, slots=True)
class Document:
    """A text that never changes, with its clause tree in text order."""

    id: str
    slug: str
    title: str
    kind: Kind
    language: str
    text: str
    text_sha256: str
    clauses: tuple[Clause, ...]
    source: str = ""
    notice: str = ""
    version: int = 1
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Hash by the text's name, so that what is derived from a document can be kept for it."""
        return hash((self.id, self.slug, self.version))

    def clause(self, eid: str) -> Clause:
        """The clause with that eId; `NotFoundError` where there is none."""
        if found := _by_eid(self).get(eid):
            return found
        raise NotFoundError(f"{self.slug!r} has no clause {eid!r}: see `outline {self.slug}`")

    def clause_at(self, start: int) -> Clause | None:
        """The reviewable clause that begins last at or before the offset and still holds it."""
        found = bisect_right(self.clauses, start, key=lambda clause: clause.start)
        before = range(found - 1, -1, -1)
        held = (self.clauses[n] for n in before)
        return next((one for one in held if one.reviewable and start < one.end), None)

    def reviewable(self) -> Iterator[Clause]:
        """The clauses that have words of their own, in text order."""
        return (clause for clause in self.clauses if clause.reviewable)


@lru_cache(maxsize=64)
def _by_eid(document: Document) -> Mapping[str, Clause]:
    """The clauses by eId; of two with the same one the first."""
    return {clause.eid: clause for clause in reversed(document.clauses)}


def upwards(clause: Clause, by_eid: Mapping[str, Clause]) -> Iterator[Clause]:
    """The clause, then the one that contains it, and so on to the outermost."""
    yield clause
    while clause.parent is not None:
        clause = by_eid[clause.parent]
        yield clause


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A stored document without its text: what a list of documents needs.

    `reviewable` counts the clauses with words of their own, `suggestions` those of the latest run.
    """

    id: str
    slug: str
    title: str
    kind: Kind
    language: str
    text_sha256: str
    characters: int
    reviewable: int
    suggestions: int = 0
    source: str = ""
    notice: str = ""
    version: int = 1
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Someone who reads; the name is unique in a database."""

    id: str
    name: str
    created: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a rule or model proposes, why, and how surely (0 to 1). Never an annotation.

    `voice` says of words in news whether somebody is reported to claim them or the text states
    them itself; it is "" in other texts.
    """

    start: int
    end: int
    quote: str
    concern: str
    polarity: Polarity
    rule: str
    score: float
    reason: str
    standard: str = ""
    code: str = ""
    id: str = ""
    document: str = ""
    eid: str = ""
    voice: Voice = ""


@dataclass(frozen=True, slots=True)
class RuleFare:
    """How often reviewers accepted, changed and rejected what a rule proposed.

    Two reviewers' decisions on one suggestion count as two. A suggestion that was changed is kept:
    there was a reason to look. `suggestions` are those that are stored; concern, polarity, reason
    and score (0 to 1, its author's) are as the latest of them has them.
    """

    rule: str
    accepted: int = 0
    changed: int = 0
    rejected: int = 0
    suggestions: int = 0
    concern: str = ""
    polarity: Polarity = "risk"
    score: float = 0.0
    reason: str = ""

    @property
    def kept(self) -> int:
        """Accepted as it was, or changed."""
        return self.accepted + self.changed

    @property
    def decided(self) -> int:
        """All decisions."""
        return self.kept + self.rejected

    @property
    def precision(self) -> float | None:
        """The share that was kept, 0 to 1; None before the first decision."""
        return self.kept / self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class CrossReference:
    """Words of a clause that name another clause: "paragraph 1 (a) of article 6".

    A list or range has one for each clause it names. Both targets are `None` where another
    instrument is meant; `target_eid` alone is where the text named has no such clause.
    """

    document: str
    eid: str
    start: int
    end: int
    quote: str
    target_document: str | None = None
    target_eid: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer made of a suggestion; `annotation` is what came of accepting it."""

    suggestion: str
    reviewer: str
    decision: DecisionKind
    document: str
    annotation: str | None = None
    updated: str = ""


class Annotation(msgspec.Struct, frozen=True, gc=False):
    """Words a reviewer tagged: the concern, and whether they endanger or protect it.

    A struct as `Clause` is, since there are hundreds of thousands of them.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    id: str
    document: str
    eid: str
    start: int
    end: int
    quote: str
    concern: str
    polarity: Polarity
    reviewer: str
    code: str = ""
    severity: Severity | None = None
    note: str = ""
    suggestion: str | None = None
    codebook: str = ""
    created: str = ""
    updated: str = ""


_told(Annotation)


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewer's word on a clause as a whole. No row means it has not been read.

    `concern` and `no_concern` say it has, under that codebook version; `open` holds a note on a
    clause not yet judged, and `reopened` one that was judged and is to be read again.
    """

    document: str
    eid: str
    reviewer: str
    state: ReviewState
    note: str = ""
    updated: str = ""
    codebook: str = ""

    @property
    def done(self) -> bool:
        """Whether the clause counts as read; silence and open clauses are missing data."""
        return self.state in ("concern", "no_concern")


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of an annotation (`origin`) when its text was replaced by another (`document`).

    `annotation` is what came of it there, where it was placed. `how` says by what: the same words
    in the same clause (`exact`), the words around them (`context`), similar words (`fuzzy`, with a
    `score` from 0 to 1), the whole clause in another language (`clause`), or a `person`. Those with
    the state `to_place` wait for one; `reason` says why, and `reviewer` who decided by hand.
    """

    origin: str
    document: str
    annotation: str | None
    how: CarriedHow
    score: float
    state: CarriedState
    reason: str = ""
    reviewer: str | None = None
    updated: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One transaction as the history keeps it: who did what, and every row before and after.

    `changes` are mappings with `table`, `key`, `before` and `after`; `hash` is the SHA-256 over the
    line and `previous`, so that a line altered later is found.
    """

    seq: int
    id: str
    at: str
    action: str
    reviewer: str | None
    document: str | None
    nonce: str | None
    undoes: int | None
    changes: tuple[Mapping[str, Any], ...]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a safeguard stands in a clause, in a reviewer's view, under that codebook version."""

    document: str
    eid: str
    reviewer: str
    safeguard: str
    state: SafeguardState
    updated: str = ""
    note: str = ""
    codebook: str = ""


@dataclass(frozen=True, slots=True)
class PowerRejection:
    """A reviewer's word that a clause grants no such power, whatever rules read in it.

    `power` is the id of a kind.
    """

    document: str
    eid: str
    reviewer: str
    power: str
    created: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A reviewer's word that a claim, as in the news, speaks of a clause, the target.

    The target may be an article or chapter that only holds others.
    """

    id: str
    document: str
    eid: str
    start: int
    end: int
    quote: str
    target_document: str
    target_eid: str
    reviewer: str
    note: str = ""
    created: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class LinkRejection:
    """A reviewer's word that a claim, from `start` to `end`, does not speak of that clause.

    It is not proposed to them any more.
    """

    id: str
    document: str
    eid: str
    start: int
    end: int
    target_document: str
    target_eid: str
    reviewer: str
    created: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A reviewer is to read a clause with all it contains, or the whole text (`eid` None)."""

    id: str
    document: str
    eid: str | None
    reviewer: str
    note: str = ""
    created: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What an adjudicator (`reviewer`) decided on one passage of a clause, and why.

    | outcome | what is settled |
    |---|---|
    | `accept` | the label and words as some of the reviewers have them |
    | `merge` | one of their labels, on words put together from theirs |
    | `change` | another label or other words than any of them has |
    | `new` | words that nobody had marked; `passage` is "" |
    | `disagree` | that the reviewers disagree: both views are published |
    | `none` | that nothing is to be marked here |

    The last two have no span. `over` is JSON: by reviewer's id a digest of what they had said of
    the clause, so that a later change is found. `about` is JSON: the pairs of concern and code that
    were in dispute. `note` has the adjudicator's words.
    """

    id: str
    document: str
    eid: str
    passage: str
    outcome: Outcome
    reason: Reason
    reviewer: str
    over: str = "{}"
    about: str = "[]"
    concern: str = ""
    polarity: Polarity | None = None
    code: str = ""
    severity: Severity | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""
    note: str = ""
    created: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a clause, or about words of it, for the others to read and answer.

    A reply names in `parent` the comment that began the thread, and has no words of the text. That
    comment is what is resolved: `resolved` tells when, "" while it is open, and `resolved_by` by
    whom. `updated` is when the words of the comment were last changed.
    """

    id: str
    document: str
    eid: str
    reviewer: str
    text: str
    parent: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""
    resolved: str = ""
    resolved_by: str | None = None
    created: str = ""
    updated: str = ""

    @property
    def is_resolved(self) -> bool:
        """Whether the thread it began is done with."""
        return self.resolved != ""


@dataclass(frozen=True, slots=True)
class CarriedComment:
    """What became of a comment (`origin`) when its text was replaced by another (`document`).

    `comment` is what came of it there, where it was placed. A thread whose clause has no place
    there waits (`to_place`) until somebody says where it belongs, or lets it rest (`dropped`).
    """

    origin: str
    document: str
    comment: str | None
    state: CarriedState
    updated: str = ""


@dataclass(frozen=True, slots=True)
class SamePerson:
    """The reviewer `id` of another office turned out to be `reviewer`, and is no reviewer any more.

    `created` is when `id` had been added.
    """

    id: str
    reviewer: str
    created: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the project is run, in one respect; `SETTINGS` says which there are."""

    name: str
    value: str
    updated: str = ""


SETTINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({"name": (), "blind": ("off", "on")})
"""The settings of a project with the values each takes, the usual one first; none: any words."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a clause (`eid`) that bear on a safeguard, for it or against it."""

    eid: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class SafeguardReading:
    """How one safeguard of the codebook stands for one power, as proposed, and on what words.

    `present`: in the clause or elsewhere in its article. `by_reference`: in a clause it refers to,
    or in a general clause that covers it. `weak`: only left to domestic law, optional or qualified
    ("as appropriate"), wherever it stands. `absent`: nowhere, or excluded; evidence then shows the
    words that exclude it. `reason` says why in a sentence. `applies` is false where the law asks
    this safeguard of other kinds of power only, as dual criminality of help to another State.
    """

    safeguard: str
    state: SafeguardState
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    applies: bool = True


@dataclass(frozen=True, slots=True)
class PowerReading:
    """A clause that grants a power, defines an offence or concerns disclosure, and its safeguards.

    `power` is the id of the kind, `group` says which list of safeguards is held against it, and
    `quote` holds the words that grant it.
    """

    document: str
    eid: str
    power: str
    group: PowerGroup
    start: int
    end: int
    quote: str
    safeguards: tuple[SafeguardReading, ...] = ()

    def safeguard(self, id: str) -> SafeguardReading:
        """How the safeguard with that id stands; `NotFoundError` where it is not of its list."""
        for reading in self.safeguards:
            if reading.safeguard == id:
                return reading
        raise NotFoundError(f"{id!r} is not held against {self.power!r} in {self.eid!r}")


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """A codebook as a database has seen it: the whole file's text, by the hash of its bytes."""

    sha256: str
    version: str
    codebook: str
    added: str = ""
