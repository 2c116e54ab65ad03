"""One line of a dataset file, read field by field; whatever is wrong names the field and value."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from annotator.errors import ExportError


class Record(msgspec.Struct, frozen=True, gc=False):
    """A JSON object and its line number, counted from 1."""

    number: int
    fields: Mapping[str, Any]

    @property
    def type(self) -> str:
        """What the line holds; a line that does not say is an annotation."""
        return self.text("type", "annotation")

    def text(self, name: str, default: str | None = None) -> str:
        """A string; missing or null gives the default, without a default it is an error."""
        value = self.fields.get(name)
        if type(value) is str and value.isascii() and "\0" not in value:
            return value  # as nearly all are
        if value is None:
            if default is None:
                raise ExportError(f"{name!r} is missing")
            return default
        if not isinstance(value, str):
            raise ExportError(f"{name!r} is {short(value)}, not a text in double quotes")
        if not value.isascii() and _unstorable(value):
            raise ExportError(f"{name!r} holds half a surrogate pair: {short(value)}")
        if "\0" in value:
            raise ExportError(f"{name!r} holds a NUL character: remove it")
        return value

    def filled(self, name: str, default: str | None = None) -> str:
        """A string with something in it besides spaces."""
        value = self.text(name, default)
        if not value.strip():
            raise ExportError(f"{name!r} is empty")
        return value

    def optional(self, name: str) -> str | None:
        """A string, or None where it is missing, null or empty."""
        return self.text(name, "") or None

    def number_of(self, name: str, default: int | None = None) -> int:
        """A whole number from 0."""
        value = self.fields.get(name, default)
        if value is None:
            raise ExportError(f"{name!r} is missing")
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ExportError(f"{name!r} is {short(value)}, not a whole number from 0")
        if value > MOST:
            raise ExportError(f"{name!r} is {short(value)}, more than any text has characters")
        return value

    def share(self, name: str) -> float:
        """A number from 0 to 1."""
        value = self.fields.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ExportError(f"{name!r} is {short(value)}, not a number from 0 to 1")
        return float(value)

    def choice(self, name: str, allowed: Sequence[str], default: str | None = None) -> str:
        """One of the allowed strings."""
        value = self.text(name, default)
        if value not in allowed:
            raise ExportError(f"{name!r} is {short(value)}: use one of {', '.join(allowed)}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings; empty where it is missing."""
        values = self.fields.get(name) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise ExportError(f"{name!r} is {short(values)}, not a list of texts")
        return tuple(values)

    def mapping(self, name: str) -> dict[str, str]:
        """A mapping of strings to strings; empty where it is missing."""
        values = self.fields.get(name) or {}
        if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
            raise ExportError(f"{name!r} is {short(values)}, not an object of texts")
        return dict(values)

    def objects(self, name: str) -> tuple[Record, ...]:
        """A list of objects, each to be read like a line."""
        values = self.fields.get(name)
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise ExportError(f"{name!r} is {short(values)}, not a list of objects")
        return tuple(Record(self.number, value) for value in values)


def texts_of(*names: str) -> Callable[[Mapping[str, Any]], tuple[str, ...] | None]:
    """What gives these fields all at once, or `None` where one is no text that can be stored.

    `Record.text` then says which one, and what is wrong with it.
    """
    read = itemgetter(*names)

    def texts(fields: Mapping[str, Any]) -> tuple[str, ...] | None:
        try:
            found: tuple[str, ...] = read(fields)
            whole = "".join(found)
        except (KeyError, TypeError):
            return None
        return found if is_storable(whole) else None

    return texts


def parse(number: int, line: bytes) -> Record:
    """The record on a line of UTF-8 JSON; `ExportError` where it is not one object."""
    try:
        value = _decode(line)
    except (ValueError, RecursionError):
        pass  # read again below, which says what is wrong
    else:
        if isinstance(value, dict):
            return Record(number, value)
    try:
        text = line.decode("utf-8").strip()
        value, end = _DECODER.raw_decode(text)
        if end != len(text):
            raise json.JSONDecodeError("Extra data", text, end)
    except UnicodeDecodeError as error:
        raise ExportError(f"not UTF-8 at byte {error.start + 1}: save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ExportError(f"not JSON ({unfit(error)}): {short(line.decode('utf-8'))}") from error
    if not isinstance(value, dict):
        raise ExportError(f"{short(value)} is not a JSON object in braces")
    return Record(number, value)


def unfit(error: ValueError | RecursionError) -> str:
    """Why something is no JSON, in words of ours: Python's are for those who write programs."""
    if isinstance(error, json.JSONDecodeError):
        return f"from character {error.colno} on" if error.lineno == 1 else f"line {error.lineno}"
    if isinstance(error, RecursionError):
        return "brackets within brackets without an end"
    return f"{error} is not a JSON number" if str(error) in _NO_NUMBERS else _LONG


def _refuse(constant: str) -> None:
    raise ValueError(constant)


_NO_NUMBERS = ("NaN", "Infinity", "-Infinity")
_LONG = "a number of thousands of digits"
MOST = 1 << 53
"""What no offset is above."""

_decode = msgspec.json.Decoder().decode
_DECODER = json.JSONDecoder(parse_constant=_refuse)


def is_storable(text: str) -> bool:
    """Whether it has no NUL and no half of a surrogate pair."""
    return "\0" not in text and (text.isascii() or not _unstorable(text))


def _unstorable(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def short(value: object, limit: int = 60) -> str:
    """A value as JSON has it, cut where it is long; a text in quotes."""
    try:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except (RecursionError, TypeError, ValueError):
        text = "what is no JSON"
    text = text if len(text) <= limit else text[: limit - 1] + "…"
    return repr(text) if isinstance(value, str) else text
