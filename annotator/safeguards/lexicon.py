"""How a language words powers and safeguards: `corpus/safeguards/<language>.yaml`, checked.

The wordings are the compact patterns of the rules (`annotator.highlight.phrasing`). Each list of
them becomes a rule of the highlighting engine whose id says what a match of it means: `act.search`,
`weak.oversight`. Knows no spaCy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from annotator import codebook, entries
from annotator.entries import Entry
from annotator.highlight import phrasing
from annotator.highlight.rules import Rule, Ruleset
from annotator.safeguards import kinds as kinds_of
from annotator.safeguards.kinds import FOLDER, Kinds

_SECTIONS = (
    "lists",
    "levels",
    "grants",
    "limits",
    "qualifiers",
    "links",
    "covers",
    "institutional",
    "asides",
    "abroad",
    "asked",
    "general",
    "kinds",
    "offences",
    "actors",
    "safeguards",
)
WHOLE = "whole"
"""The reach of words that cover the whole text ("this Convention")."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Words by which a clause covers others: of which kinds (all where empty), and how far.

    `data` where they speak of what was obtained rather than of measures.
    """

    id: str
    kinds: frozenset[str]
    level: str
    data: bool = False


@dataclass(frozen=True, slots=True)
class Examples:
    """Sentences by what must be found in them for `subject`, a kind's or a safeguard's id."""

    subject: str
    sentences: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All wordings of a language, as rules whose ids say what a match means.

    `firm` are the safeguards that an optional wording does not weaken, since they are options by
    nature. `levels` gives for the last word of a covering phrase the beginning of the division's
    eId, else the whole text is meant.
    """

    rules: Ruleset
    levels: Mapping[str, str]
    covers: Mapping[str, Cover]
    firm: frozenset[str]
    examples: tuple[Examples, ...]


def path_of(language: str, folder: Path | None = None) -> Path:
    """Where the wordings of a language are kept; the file need not be there."""
    return (folder or FOLDER) / f"{language}.yaml"


def digest(language: str, folder: Path | None = None) -> str:
    """The SHA-256 over the bytes of the files that decide the readings of a language."""
    total = hashlib.sha256(language.encode())
    files = (codebook.location(), (folder or FOLDER) / kinds_of.FILE, path_of(language, folder))
    for path in files:
        content = path.read_bytes() if path.exists() else b""
        total.update(f"\n{path.name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def read(language: str, folder: Path | None = None) -> Lexicon | None:
    """The wordings of a language; `None` where it has no file.

    Raises `CodebookError` for anything wrong, naming file, line, entry, value and what to do.
    """
    path = path_of(language, folder)
    if not path.exists():
        return None
    return _read(path, language, folder, digest(language, folder))


@lru_cache(maxsize=8)
def _read(path: Path, language: str, folder: Path | None, sha256: str) -> Lexicon:
    file = entries.read(path)
    file.check_keys(_SECTIONS)
    known = kinds_of.load(folder)
    listed = file.entry("lists")
    lists = {str(name): listed.texts(str(name), least=1) for name in listed.values}
    making = _Making(language, lists, known)
    grants = file.entry("grants")
    grants.check_keys(("strong", "modal", "except"))
    making.rule("grant.strong", grants, "strong", grants.texts("except"))
    making.rule("grant.modal", grants, "modal", grants.texts("except"))
    chained = file.entry("links")
    chained.check_keys(("strong", "plain", "except"))
    making.rule("link.strong", chained, "strong", chained.texts("except"))
    making.rule("link.plain", chained, "plain", chained.texts("except"))
    for name, section in (
        ("limit", "limits"),
        ("qualifier", "qualifiers"),
        ("institutional", "institutional"),
        ("aside", "asides"),
        ("abroad", "abroad"),
        ("asked", "asked"),
        ("general", "general"),
        ("offence", "offences"),
        ("actor", "actors"),
    ):
        entry = file.entry(section)
        entry.check_keys(("patterns",), ("except",))
        making.rule(name, entry, "patterns", entry.texts("except"))
    levels = file.entry("levels")
    for entry in _unique(file, "covers", "cover"):
        making.cover(entry)
    for entry in _unique(file, "kinds", "kind"):
        making.kind(entry)
    for entry in _unique(file, "safeguards", "safeguard"):
        making.safeguard(entry)
    return Lexicon(
        Ruleset(language, tuple(making.rules), lists, sha256),
        {str(word): levels.text(str(word)) for word in levels.values},
        making.covers,
        frozenset(making.firm),
        tuple(making.examples),
    )


def _unique(file: Entry, section: str, name: str) -> tuple[Entry, ...]:
    found = file.entries(section, name, least=1)
    entries.unique(found, lambda entry: entry.identifier(), "the id")
    return found


class _Making:
    """Rules made one after the other; a mistake names its entry."""

    def __init__(self, language: str, lists: Mapping[str, tuple[str, ...]], known: Kinds) -> None:
        self.language = language
        self.lists = lists
        self.known = known
        self.rules: list[Rule] = []
        self.covers: dict[str, Cover] = {}
        self.firm: set[str] = set()
        self.examples: list[Examples] = []

    def rule(self, id: str, entry: Entry, key: str, exceptions: Iterable[str] = ()) -> None:
        """A rule of the patterns under `key`, if there are any."""
        patterns = entry.texts(key)
        if not patterns:
            return
        exceptions = tuple(exceptions)
        for pattern in (*patterns, *exceptions):
            try:
                phrasing.parse(pattern, self.lists, language=self.language)
            except phrasing.PhrasingError as error:
                entry.fail(str(error))
        self.rules.append(
            Rule(
                id=id,
                concern=id.split(".")[0],
                code="",
                polarity="risk",
                score=0.5,
                reason="",
                standard="",
                patterns=patterns,
                exceptions=exceptions,
            )
        )

    def cover(self, entry: Entry) -> None:
        """Words by which a clause covers others."""
        entry.check_keys(("id", "patterns"), ("kinds", "level", "data", "except"))
        kinds = entry.texts("kinds")
        for kind in kinds:
            self._known_kind(entry, kind)
        level = entry.text("level", default="")
        if level not in ("", WHOLE):
            entry.fail(f"level is {level!r}: write {WHOLE}, or leave it out")
        found = Cover(entry.identifier(), frozenset(kinds), level, entry.flag("data"))
        self.covers[found.id] = found
        self.rule(f"cover.{found.id}", entry, "patterns", entry.texts("except"))

    def kind(self, entry: Entry) -> None:
        """The acts of one kind, the wordings that grant by themselves, its names elsewhere."""
        entry.check_keys(("id", "examples"), ("acts", "grants", "subjects", "except"))
        kind = entry.identifier()
        self._known_kind(entry, kind)
        if not entry.texts("acts") and not entry.texts("grants"):
            entry.fail("it has neither acts nor grants: add one, or it can match nothing")
        exceptions = entry.texts("except")
        self.rule(f"act.{kind}", entry, "acts", exceptions)
        self.rule(f"self.{kind}", entry, "grants", exceptions)
        self.rule(f"subject.{kind}", entry, "subjects")
        self._examples(entry, kind, ("match", "not"))

    def safeguard(self, entry: Entry) -> None:
        """The wordings that show one safeguard, whole, weak, or excluded."""
        entry.check_keys(("id", "present", "examples"), ("weak", "against", "except", "firm"))
        safeguard = entry.identifier()
        if safeguard not in {name for group in self.known.safeguards.values() for name in group}:
            entry.fail(f"{safeguard!r} is on no list of kinds.yaml: add it there, or remove it")
        exceptions = entry.texts("except")
        self.rule(f"present.{safeguard}", entry, "present", exceptions)
        self.rule(f"weak.{safeguard}", entry, "weak", exceptions)
        self.rule(f"against.{safeguard}", entry, "against")
        if entry.flag("firm"):
            self.firm.add(safeguard)
        self._examples(entry, safeguard, ("present", "weak", "against", "not"))

    def _known_kind(self, entry: Entry, kind: str) -> None:
        if kind not in {one.id for one in self.known.kinds}:
            entry.fail(f"{kind!r} is not a kind of kinds.yaml: add it there, or remove it")

    def _examples(self, entry: Entry, subject: str, keys: tuple[str, ...]) -> None:
        examples = entry.entry("examples")
        examples.check_keys((keys[0], "not"), keys)
        for key in (keys[0], "not"):
            examples.texts(key, least=1)
        self.examples.append(Examples(subject, {key: examples.texts(key) for key in keys}))
