"""The codebook: three concerns, their codes, the safeguards, and the standards in law behind them.

>>> book = load()
>>> [concern.letter for concern in book.concerns]
['P', 'F', 'W']
>>> book.safeguard("oversight").concern
'privacy'
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from annotator import entries
from annotator.entries import Entry
from annotator.errors import CodebookError

DEFAULT = Path(__file__).resolve().parents[1] / "corpus" / "codebook.yaml"

CONCERNS = ("privacy", "press_freedom", "whistleblower")
SLOTS = ("blue", "orange", "violet")

_LETTER = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Standard:
    """A reference a lawyer can look up, and in our words what it asks for."""

    ref: str
    says: str


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of concern; `key` is the letter that chooses it in the palette."""

    id: str
    name: str
    key: str
    definition: str


@dataclass(frozen=True, slots=True)
class Concern:
    """What reviewers look for; `letter`, `key` and `slot` are its sign, its key and its colour."""

    id: str
    name: str
    letter: str
    key: str
    slot: str
    definition: str
    tag: tuple[str, ...]
    leave: tuple[str, ...]
    standards: tuple[Standard, ...]
    codes: tuple[Code, ...]

    def code(self, id: str) -> Code:
        """The code with that id; `CodebookError` where there is none."""
        for code in self.codes:
            if code.id == id:
                return code
        known = ", ".join(code.id for code in self.codes)
        raise CodebookError(f"{id!r} is not a code of {self.id}: choose one of {known}")


@dataclass(frozen=True, slots=True)
class Safeguard:
    """Something a power, an offence or a channel of disclosure can have, or lack."""

    id: str
    name: str
    concern: str
    definition: str
    standards: tuple[Standard, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """The whole codebook; `sha256` is that of the file's bytes and names the version exactly."""

    version: str
    sha256: str
    concerns: tuple[Concern, ...]
    safeguards: tuple[Safeguard, ...]

    def concern(self, id: str) -> Concern:
        """The concern with that id; `CodebookError` where there is none."""
        for concern in self.concerns:
            if concern.id == id:
                return concern
        known = ", ".join(concern.id for concern in self.concerns)
        raise CodebookError(f"{id!r} is not a concern: choose one of {known}")

    def safeguard(self, id: str) -> Safeguard:
        """The safeguard with that id; `CodebookError` where there is none."""
        for safeguard in self.safeguards:
            if safeguard.id == id:
                return safeguard
        known = ", ".join(safeguard.id for safeguard in self.safeguards)
        raise CodebookError(f"{id!r} is not a safeguard: choose one of {known}")


def load(path: str | Path | None = None) -> Codebook:
    """Read and check a codebook; without a path, the project's own `corpus/codebook.yaml`.

    The result is kept until the file changes, so that asking again costs nothing. Anything wrong
    raises `CodebookError`, which names the file, the entry and its line, the value and what to do.
    """
    path = DEFAULT if path is None else Path(path)
    try:
        state = path.stat()
    except OSError:
        raise CodebookError(f"{str(path)!r} is not there: check the path") from None
    return _load(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int, _size: int) -> Codebook:
    file = entries.read(path)
    file.check_keys(("version", "concerns", "safeguards"))
    concern_entries = file.entries("concerns", "concern", least=1)
    entries.unique(concern_entries, lambda entry: entry.identifier(), "the id")
    entries.unique(concern_entries, lambda entry: entry.text("letter"), "the letter")
    entries.unique(concern_entries, lambda entry: entry.text("key"), "the key")
    concerns = tuple(_concern(entry) for entry in concern_entries)
    safeguard_entries = file.entries("safeguards", "safeguard", least=1)
    entries.unique(safeguard_entries, lambda entry: entry.identifier(), "the id")
    return Codebook(
        version=file.text("version"),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        concerns=concerns,
        safeguards=tuple(_safeguard(entry) for entry in safeguard_entries),
    )


def _concern(entry: Entry) -> Concern:
    entry.check_keys(
        ("id", "name", "letter", "key", "slot", "definition", "tag", "leave", "standards", "codes")
    )
    codes = entry.entries("codes", "code", least=1)
    entries.unique(codes, lambda code: code.identifier(), "the id")
    entries.unique(codes, lambda code: code.text("key"), f"in {entry.label} the key")
    return Concern(
        id=entry.choice("id", CONCERNS),
        name=entry.text("name"),
        letter=entry.text("letter"),
        key=entry.choice("key", "123"),
        slot=entry.choice("slot", SLOTS),
        definition=entry.text("definition"),
        tag=entry.texts("tag", least=1),
        leave=entry.texts("leave", least=1),
        standards=_standards(entry),
        codes=tuple(_code(code) for code in codes),
    )


def _code(entry: Entry) -> Code:
    entry.check_keys(("id", "name", "key", "definition"))
    key = entry.text("key")
    # The review page moves the end of a selection with E, so no code may take that letter.
    if not _LETTER.fullmatch(key) or key == "e":
        entry.fail(f"key is {key!r}: choose one letter from a to z, but not e")
    return Code(entry.identifier(), entry.text("name"), key, entry.text("definition"))


def _safeguard(entry: Entry) -> Safeguard:
    entry.check_keys(("id", "name", "concern", "definition", "standards"))
    return Safeguard(
        id=entry.identifier(),
        name=entry.text("name"),
        concern=entry.choice("concern", CONCERNS),
        definition=entry.text("definition"),
        standards=_standards(entry),
    )


def _standards(entry: Entry) -> tuple[Standard, ...]:
    found = entry.entries("standards", "standard", least=1)
    for standard in found:
        standard.check_keys(("ref", "says"))
    return tuple(Standard(standard.text("ref"), standard.text("says")) for standard in found)
