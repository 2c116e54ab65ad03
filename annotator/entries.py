"""Files that a lawyer edits: YAML read with every mistake named by file, line, value and next step.

The codebook and the rules are such files. Whatever is wrong in one is a `CodebookError`; nothing is
guessed, and a key that is not known is a mistake, since it is nearly always a misspelt one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from annotator.errors import CodebookError

_ID = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of a file, with what is needed to say where it stands.

    `label` names it in messages, such as `rule 'gag-duty'`, `ident` is its id or reference.
    """

    path: Path
    values: Mapping[str, Any]
    label: str
    ident: str | None = None

    @property
    def line(self) -> int | None:
        """Where the entry stands, counted from 1; looked for only when somebody asks."""
        if self.ident is None:
            return None
        source = self.path.read_text(encoding="utf-8")
        found = re.search(
            rf"^\s*(?:-\s+)?(?:id|ref):\s*[\"']?{re.escape(self.ident)}[\"']?\s*(?:#.*)?$",
            source,
            re.M,
        )
        return source.count("\n", 0, found.end()) + 1 if found else None

    def fail(self, problem: str) -> NoReturn:
        """Raise `CodebookError` for this entry: file, line, label, then the problem."""
        place = f"{self.path}, line {self.line}" if self.line else str(self.path)
        raise CodebookError(f"{place}: {self.label}: {problem}")

    def check_keys(self, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuse a missing or an unknown key."""
        required = tuple(required)
        known = (*required, *optional)
        for key in self.values:
            if key not in known:
                self.fail(f"{key!r} is not a known key: use {', '.join(known)}")
        for key in required:
            if key not in self.values:
                self.fail(f"{key!r} is missing: add it")

    def text(self, key: str, *, default: str | None = None) -> str:
        """A line of text, white space folded; without a default it must not be empty."""
        if key not in self.values and default is not None:
            return default
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fail(f"{key} is {value!r}: write text, a number in quotation marks")
        return " ".join(value.split())

    def identifier(self, key: str = "id") -> str:
        """Lower-case letters, digits, `-` and `_`, beginning with a letter."""
        value = self.text(key)
        if not _ID.fullmatch(value):
            self.fail(f"{key} is {value!r}: use lower-case letters, digits, - and _ only")
        return value

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        """One of the allowed words."""
        value, allowed = self.values.get(key), tuple(allowed)
        if value not in allowed:
            self.fail(f"{key} is {value!r}: choose one of {', '.join(allowed)}")
        return str(value)

    def number(self, key: str, *, low: float, high: float) -> float:
        """A number between `low` and `high`, both included."""
        value = self.values.get(key)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            self.fail(f"{key} is {value!r}: write a number from {low:g} to {high:g}")
        return float(value)

    def flag(self, key: str) -> bool:
        """True or false; false where the key is missing."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fail(f"{key} is {value!r}: write true or false")
        return value

    def texts(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        """A list of texts, white space folded, at least `least` of them."""
        return tuple(" ".join(text.split()) for text in self._texts(key, least))

    def _texts(self, key: str, least: int) -> list[str]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.fail(f"{key} is {value!r}: write a list, a line each, each beginning with '- '")
        for text in value:
            if not isinstance(text, str) or not text.strip():
                self.fail(f"{key} holds {text!r}: write text, in quotation marks")
        if len(value) < least:
            self.fail(f"{key} holds {len(value)} where {least} or more are needed: add one")
        return value

    def entries(self, key: str, name: str, *, least: int = 0) -> tuple[Entry, ...]:
        """The mappings listed under `key`, each labelled `name` and its id, with its line."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.fail(f"{key} is {value!r}: write a list of entries, each beginning with '- '")
        if len(value) < least:
            self.fail(f"{key} holds {len(value)} where {least} or more are needed: add one")
        return tuple(_entry(self.path, item, name, n) for n, item in enumerate(value, 1))

    def entry(self, key: str) -> Entry:
        """The mapping under `key`; an empty one where the key is missing."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            self.fail(f"{key} is {value!r}: write keys and values, indented below it")
        return Entry(self.path, value, f"{self.label}, {key}", self.ident)


def read(path: Path) -> Entry:
    """The file as one entry; `CodebookError` when it is missing, not UTF-8 or not YAML."""
    try:
        source = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CodebookError(f"{str(path)!r} is not there: check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path} cannot be read as UTF-8 text: {error}") from None
    try:
        import srsly  # it brings NumPy, which the first page does without

        value = srsly.yaml_loads(source)
    except Exception as error:  # srsly wraps the parser's errors in a ValueError of its own
        raise CodebookError(f"{path}: {_first_line(error)}: correct the YAML there") from None
    if not isinstance(value, Mapping):
        raise CodebookError(f"{path}: the file holds {type(value).__name__}, not keys and values")
    return Entry(path, value, "the file")


def unique(entries: Iterable[Entry], key: Callable[[Entry], str], what: str) -> None:
    """Refuse the second entry with the same key, such as an id."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        value = key(entry)
        if value in seen:
            other = seen[value]
            place = f"{other.path}, line {other.line}" if other.line else str(other.path)
            entry.fail(f"{what} {value!r} is taken ({place}): choose another")
        seen[value] = entry


def _entry(path: Path, item: object, name: str, number: int) -> Entry:
    if not isinstance(item, Mapping):
        raise CodebookError(f"{path}: {name} {number} is {item!r}: write keys and values")
    ident = item.get("id") or item.get("ref")
    return Entry(
        path,
        item,
        f"{name} {ident!r}" if ident else f"{name} {number}",
        ident if isinstance(ident, str) else None,
    )


def _first_line(error: Exception) -> str:
    """The parser's complaint and its place on one line."""
    return re.sub(r"\s+", " ", re.sub(r"in \"<[^>]+>\",", "at", str(error))).strip()[:200]
