"""Reading the file and checking all of it, so that nothing invalid gets further than here."""

from __future__ import annotations

import hashlib
import os
import re
from functools import lru_cache
from pathlib import Path

from annotator import entries
from annotator.codebook.book import (
    CONCERNS,
    SLOTS,
    STATES,
    Change,
    Code,
    Codebook,
    Concern,
    Safeguard,
    Standard,
)
from annotator.entries import Entry
from annotator.errors import CodebookError
from annotator.model import POWER_GROUPS

DEFAULT = Path(__file__).resolve().parents[2] / "corpus" / "codebook.yaml"

_LETTER = re.compile(r"[a-z]")
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*")


def location() -> Path:
    """The file in use: the one that ANNOTATOR_CODEBOOK names, else `corpus/codebook.yaml`."""
    named = os.environ.get("ANNOTATOR_CODEBOOK")
    return Path(named) if named else DEFAULT


def load(path: str | Path | None = None) -> Codebook:
    """Read and check a codebook; without a path, the one in use (see `location`).

    The result is kept until the file changes, so that asking again costs nothing. Anything wrong
    raises `CodebookError`, which names the file, the entry and its line, the value and what to do.
    """
    path = location() if path is None else Path(path)
    try:
        state = path.stat()
    except OSError:
        raise CodebookError(f"{str(path)!r} is not there: check the path") from None
    return _load(path, state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int, _size: int, _file: int) -> Codebook:
    file = entries.read(path)
    file.check_keys(("version", "concerns", "safeguards"), ("changes",))
    concern_entries = file.entries("concerns", "concern", least=1)
    entries.unique(concern_entries, lambda entry: entry.identifier(), "the id")
    entries.unique(concern_entries, lambda entry: entry.text("letter"), "the letter")
    entries.unique(concern_entries, lambda entry: entry.text("key"), "the key")
    concerns = tuple(_concern(entry) for entry in concern_entries)
    safeguard_entries = file.entries("safeguards", "safeguard", least=1)
    entries.unique(safeguard_entries, lambda entry: entry.identifier(), "the id")
    content = path.read_bytes()
    book = Codebook(
        version=_version(file),
        sha256=hashlib.sha256(content).hexdigest(),
        concerns=concerns,
        safeguards=tuple(_safeguard(entry) for entry in safeguard_entries),
        changes=tuple(_change(entry) for entry in file.entries("changes", "change")),
        source=content.decode("utf-8"),
    )
    _check_changes(file, book)
    return book


def _check_changes(file: Entry, book: Codebook) -> None:
    """Refuse a version told of twice, and a misspelt entry in the newest change.

    An older change may name an entry that is gone.
    """
    changes = file.entries("changes", "change")
    entries.unique(changes, lambda change: change.text("version"), "the version")
    paths = [concern.id for concern in book.concerns]
    paths += [f"{concern.id}/{code.id}" for concern in book.concerns for code in concern.codes]
    paths += [f"safeguard/{one.id}" for one in book.safeguards]
    for change in changes:
        if change.text("version") != book.version or change.values.get("same_meaning") == "all":
            continue
        for path in change.texts("same_meaning"):
            if path not in paths:
                change.fail(
                    f"same_meaning names {path!r}: write the path of an entry, such as {paths[1]}"
                )


def _version(entry: Entry) -> str:
    version = entry.text("version")
    if not _VERSION.fullmatch(version):
        entry.fail(f'version is {version!r}: write numbers with points, such as "2.1"')
    return version


def _concern(entry: Entry) -> Concern:
    entry.check_keys(
        ("id", "name", "letter", "key", "slot", "definition", "tag", "leave", "standards", "codes")
    )
    codes: list[tuple[Entry, str]] = []
    for code in entry.entries("codes", "code", least=1):
        codes.append((code, ""))
        codes += [(sub, code.identifier()) for sub in code.entries("codes", "code")]
    every = [code for code, _ in codes]
    entries.unique(every, lambda code: code.identifier(), "the id")
    keyed = [code for code in every if "key" in code.values]
    entries.unique(keyed, lambda code: code.text("key"), f"in {entry.label} the key")
    read = tuple(_code(code, parent) for code, parent in codes)
    _check_replaced(entry, every, read)
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
        codes=read,
    )


def _code(entry: Entry, parent: str) -> Code:
    optional = ["replaces", "retired"]
    if parent:
        # A sub-code may rest on the standards of its code, and be found by search alone.
        optional += ["key", "standards"]
    else:
        optional += ["codes"]
        if entry.values.get("retired") is True:
            optional += ["key"]
    required = ("id", "name", "key", "definition", "tag", "leave", "standards")
    entry.check_keys([key for key in required if key not in optional], optional)
    return Code(
        id=entry.identifier(),
        name=entry.text("name"),
        key=_key(entry),
        definition=entry.text("definition"),
        tag=entry.texts("tag", least=1),
        leave=entry.texts("leave", least=1),
        standards=_standards(entry, least=0 if "standards" in optional else 1),
        parent=parent,
        replaces=entry.texts("replaces"),
        retired=entry.flag("retired"),
    )


def _key(entry: Entry) -> str:
    key = entry.text("key", default="")
    # The review page moves the end of a selection with E, so no code may take that letter.
    if key and (not _LETTER.fullmatch(key) or key == "e"):
        entry.fail(f"key is {key!r}: choose one letter from a to z, but not e")
    return key


def _check_replaced(concern: Entry, codes: list[Entry], read: tuple[Code, ...]) -> None:
    taken: dict[str, str] = {code.id: code.id for code in read}
    for entry, code in zip(codes, read, strict=True):
        if code.replaces and code.retired:
            entry.fail("a retired code replaces others: let one that is offered replace them")
        for replaced in code.replaces:
            if replaced in taken:
                entry.fail(
                    f"replaces names {replaced!r}, which {concern.label} still has as "
                    f"{taken[replaced]!r}: take one of them out"
                )
            taken[replaced] = code.id


def _safeguard(entry: Entry) -> Safeguard:
    entry.check_keys(
        ("id", "name", "concern", "definition", "standards", "recognise"), ("asked_of", "retired")
    )
    asked = entry.texts("asked_of")
    for name in asked:
        if name not in POWER_GROUPS:
            entry.fail(f"asked_of holds {name!r}: write one or more of {', '.join(POWER_GROUPS)}")
    recognise = entry.entry("recognise")
    recognise.check_keys(STATES)
    return Safeguard(
        id=entry.identifier(),
        name=entry.text("name"),
        concern=entry.choice("concern", CONCERNS),
        definition=entry.text("definition"),
        standards=_standards(entry),
        recognise={state: recognise.text(state) for state in STATES},
        asked_of=tuple(group for group in POWER_GROUPS if group in asked),
        retired=entry.flag("retired"),
    )


def _standards(entry: Entry, *, least: int = 1) -> tuple[Standard, ...]:
    found = entry.entries("standards", "standard", least=least)
    for standard in found:
        standard.check_keys(("ref", "says"))
    return tuple(Standard(standard.text("ref"), standard.text("says")) for standard in found)


def _change(entry: Entry) -> Change:
    entry.check_keys(("version", "says"), ("same_meaning",))
    same = entry.values.get("same_meaning")
    return Change(
        version=_version(entry),
        says=entry.text("says"),
        same_meaning=None if same == "all" else entry.texts("same_meaning"),
    )
