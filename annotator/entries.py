"""Files that a lawyer edits: YAML read with every mistake named by file, line, value and next step.

The codebook and the rules are such files. Whatever is wrong in one is a `CodebookError`; nothing is
guessed, and a key that is not known is a mistake, since it is nearly always a misspelt one.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from annotator.errors import CodebookError

# The project's longest file has 60 kB; a million characters take some seconds to read.
_MOST_BYTES = 5_000_000

_ID = re.compile(r"[a-z][a-z0-9_-]*")

# What may be an anchor or an alias, by which a few lines can stand for a billion values.
_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])[&*]\w", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read; `name` is what messages call it."""

    name: str
    text: str

    def line(self, trail: Sequence[str | int]) -> int | None:
        """The line, from 1, of the value that these keys and places in lists lead to."""
        node = _composed(self.text)
        if node is None:
            return None
        for step in trail:
            if isinstance(step, int):
                node = node.value[step]
                continue
            node = next((value for key, value in node.value if key.value == step), None)
            if node is None:
                return None
        return int(node.start_mark.line) + 1


@lru_cache(maxsize=2)
def _composed(text: str) -> Any:
    """The file's nodes with their places; kept, since a code that is gone fails in many rules.

    `None` where it was read by a parser that sees it otherwise.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of a file, with what is needed to say where it stands.

    `label` names it in messages, such as `rule 'gag-duty'`; `trail` leads to it from the top of
    the file.
    """

    source: Source
    values: Mapping[str, Any]
    label: str
    trail: tuple[str | int, ...] = ()

    @property
    def line(self) -> int | None:
        """Where the entry stands, counted from 1; looked for only when somebody asks."""
        return self.source.line(self.trail) if self.trail else None

    @property
    def place(self) -> str:
        """The file, and the line in it."""
        line = self.line
        return f"{self.source.name}, line {line}" if line else self.source.name

    def fail(self, problem: str) -> NoReturn:
        """Raise `CodebookError` for this entry: file, line, label, then the problem."""
        raise CodebookError(f"{self.place}: {self.label}: {problem}")

    def check_keys(self, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuse a missing or an unknown key."""
        required = tuple(required)
        known = (*required, *optional)
        for key in self.values:
            if key not in known:
                self.fail(f"{quoted(key)} is not a known key: use {', '.join(known)}")
        for key in required:
            if key not in self.values:
                self.fail(f"{key!r} is missing: add it")

    def text(self, key: str, *, default: str | None = None) -> str:
        """A line of text, white space folded; without a default it must not be empty."""
        if key not in self.values and default is not None:
            return default
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fail(f"{key} is {quoted(value)}: write text, a number in quotation marks")
        return " ".join(value.split())

    def identifier(self, key: str = "id") -> str:
        """Lower-case letters, digits, `-` and `_`, beginning with a letter."""
        value = self.text(key)
        if not _ID.fullmatch(value):
            self.fail(f"{key} is {quoted(value)}: use lower-case letters, digits, - and _ only")
        return value

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        """One of the allowed words."""
        value, allowed = self.values.get(key), tuple(allowed)
        if value not in allowed:
            self.fail(f"{key} is {quoted(value)}: choose one of {', '.join(allowed)}")
        return str(value)

    def number(self, key: str, *, low: float, high: float) -> float:
        """A number between `low` and `high`, both included."""
        value = self.values.get(key)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            self.fail(f"{key} is {quoted(value)}: write a number from {low:g} to {high:g}")
        return float(value)

    def flag(self, key: str) -> bool:
        """True or false; false where the key is missing."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fail(f"{key} is {quoted(value)}: write true or false")
        return value

    def texts(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        """A list of texts, white space folded, at least `least` of them."""
        return tuple(" ".join(text.split()) for text in self._texts(key, least))

    def _texts(self, key: str, least: int) -> list[str]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.fail(
                f"{key} is {quoted(value)}: write a list, a line each, each beginning with '- '"
            )
        for text in value:
            if not isinstance(text, str) or not text.strip():
                self.fail(f"{key} holds {quoted(text)}: write text, in quotation marks")
        if len(value) < least:
            self.fail(f"{key} holds {len(value)} where {least} or more are needed: add one")
        return value

    def entries(
        self,
        key: str,
        name: str,
        *,
        least: int = 0,
        wrong: Callable[[CodebookError], object] | None = None,
    ) -> tuple[Entry, ...]:
        """The mappings listed under `key`, each labelled `name` and its id, with its line.

        Whatever is none is a mistake; with `wrong` it is left out and `wrong` is told.
        """
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.fail(
                f"{key} is {quoted(value)}: write a list of entries, each beginning with '- '"
            )
        if len(value) < least:
            self.fail(f"{key} holds {len(value)} where {least} or more are needed: add one")
        found = []
        for number, item in enumerate(value):
            try:
                found.append(self._item(item, key, name, number))
            except CodebookError as error:
                if wrong is None:
                    raise
                wrong(error)
        return tuple(found)

    def _item(self, item: object, key: str, name: str, number: int) -> Entry:
        ident = (item.get("id") or item.get("ref")) if isinstance(item, Mapping) else None
        label = f"{name} {quoted(ident) if ident else number + 1}"
        entry = Entry(self.source, {}, label, (*self.trail, key, number))
        if not isinstance(item, Mapping):
            entry.fail(f"it is {quoted(item)}: write keys and values")
        return replace(entry, values=item)

    def entry(self, key: str) -> Entry:
        """The mapping under `key`; an empty one where the key is missing."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            self.fail(f"{key} is {quoted(value)}: write keys and values, indented below it")
        trail = (*self.trail, key) if key in self.values else self.trail
        return Entry(self.source, value, f"{self.label}, {key}", trail)


def read(path: Path, *, shown: str = "") -> Entry:
    """The file as one entry; `CodebookError` when it is missing, not UTF-8 or not YAML.

    `shown` is what messages call the file in place of its path. Anchors and aliases are refused.
    """
    name = shown or str(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CodebookError(f"{name} has more than {_MOST_BYTES:,} bytes: split it")
        content = path.read_bytes()
    except FileNotFoundError:
        raise CodebookError(f"{name!r} is not there: check the path") from None
    except OSError as error:
        raise CodebookError(
            f"{name} cannot be read ({error.strerror}): check the file and its permissions"
        ) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CodebookError(
            f"{name}, line {line}: the byte 0x{content[error.start]:02x} is not UTF-8: "
            "save the file as UTF-8"
        ) from None
    source = Source(name, text.replace("\r\n", "\n"))
    values = _parsed(source)
    if not isinstance(values, Mapping):
        raise CodebookError(f"{name}: the file holds {type(values).__name__}, not keys and values")
    return Entry(source, values, "the file")


def _parsed(source: Source) -> object:
    # In C where `ruamel.yaml.clib` is installed, which takes a tenth of the time.
    from ruamel.yaml import YAML

    try:
        if _ANCHOR.search(source.text):
            for event in YAML(typ="safe").parse(source.text):
                if getattr(event, "anchor", None):
                    raise CodebookError(
                        f"{source.name}, line {event.start_mark.line + 1}: {quoted(event.anchor)} "
                        "is an anchor or an alias: write out what it stands for, or put text that "
                        "begins with & or * in quotation marks"
                    )
        return YAML(typ="safe").load(source.text)
    except CodebookError:
        raise
    except Exception as error:  # the parser's own, and a RecursionError of deep nests
        problem = f"{_first_line(error)}: correct the YAML there"
        raise CodebookError(f"{source.name}: {problem}") from None


def unique(entries: Iterable[Entry], key: Callable[[Entry], str], what: str) -> None:
    """Refuse the second entry with the same key, such as an id."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        value = key(entry)
        if value in seen:
            entry.fail(f"{what} {value!r} is taken ({seen[value].place}): choose another")
        seen[value] = entry


def quoted(value: object) -> str:
    """A value as messages show it, cut where it is long or deep."""
    return _SHORT.repr(value)


_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 160
_SHORT.maxlevel = 3


def _first_line(error: Exception) -> str:
    """The parser's complaint and its place on one line."""
    return re.sub(r"\s+", " ", re.sub(r"in \"<[^>]+>\",", "at", str(error))).strip()[:200]
