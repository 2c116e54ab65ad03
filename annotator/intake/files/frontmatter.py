"""The YAML block between `---` lines at the top of a corpus file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any

from annotator.errors import IntakeError
from annotator.intake.blocks import normalise

_FENCE = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)(?:^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z))", re.M | re.S
)
_OPEN = re.compile(r"\A\ufeff?---[ \t]*\r?\n")

LARGEST = 20_000
_MOST_LISTS = 50


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file says about itself: every value as text, and the line each key stands on."""

    values: Mapping[str, str]
    lines: Mapping[str, int]
    present: bool = False


NONE = FrontMatter(MappingProxyType({}), MappingProxyType({}))
"""What a file without front matter says about itself."""


def split(raw: str, *, name: str) -> tuple[FrontMatter, str]:
    """The front matter and the text behind it; an empty one where there is no `---` at the top.

    Raises `IntakeError` naming the file and the line for YAML that cannot be read, for anything
    but `key: value` pairs, and for a block that is never closed.
    """
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    if not raw.startswith(("---", "\ufeff---")):
        return NONE, raw
    found = _FENCE.match(raw)
    if not found:
        if _OPEN.match(raw) and re.match(r"[A-Za-z_]+:", raw.split("\n", 2)[1]):
            raise IntakeError(f"{name}, line 1: the front matter is never closed: add a line '---'")
        return NONE, raw
    source = found.group(1)
    if len(source) > LARGEST:
        if not re.match(r"[A-Za-z_]+:", source):
            return NONE, raw
        raise IntakeError(
            f"{name}, line 1: the front matter has over {LARGEST:,} characters: close it with '---'"
        )
    if not re.search(r"^\S.*?:", source, re.M) and not source.split("\n", 1)[0].strip():
        # Two rules around some words, in a text that has no front matter.
        return NONE, raw
    loaded = _load(source, name)
    lines = {
        match.group(1).strip("\"'"): source.count("\n", 0, match.start()) + 2
        for match in re.finditer(r"^([^\s:#][^:\n]*?)\s*:", source, re.M)
    }
    values: dict[str, str] = {}
    for key, value in loaded.items():
        if isinstance(value, dict | list):
            raise IntakeError(
                f"{name}, line {lines.get(str(key), 2)}: {key!s} must be one value, "
                f"not {type(value).__name__}: write it on one line in quotes"
            )
        place = f"{name}, line {lines.get(str(key), 2)}"
        try:
            values[normalise(str(key))] = "" if value is None else normalise(str(value)).strip()
        except IntakeError as error:
            raise IntakeError(f"{place}: {key!a}: {error}") from error
        except ValueError as error:
            # A whole number of thousands of digits, which Python does not write out.
            raise IntakeError(f"{place}: {key!a} is too long a number: put it in quotes") from error
    return FrontMatter(values, lines, present=True), raw[found.end() :]


def _load(source: str, name: str) -> dict[object, object]:
    # Only files with front matter need it, and it takes a while to import.
    import srsly

    _check_tokens(source, name)
    try:
        loaded = srsly.yaml_loads(source)
    except ValueError as error:
        # The parser's own error, with its place, is the cause that srsly wraps.
        mark = getattr(error.__context__, "problem_mark", None)
        rows = source.rstrip().split("\n")
        row = min(mark.line if mark is not None else 0, len(rows) - 1)
        shown = rows[row].strip()
        raise IntakeError(
            f"{name}, line {row + 2}: the front matter cannot be read at "
            f"{shown if len(shown) <= 80 else shown[:79] + '…'!r}: "
            "write 'key: value', and put a value with a colon in quotes"
        ) from error
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise IntakeError(f"{name}, line 2: the front matter is no list of 'key: value' lines")
    return loaded


def _check_tokens(source: str, name: str) -> None:
    """Refuse what a line of text needs none of, and what may take long or grow without bounds.

    That is values that refer to others, and lists in lists.
    """
    # By name, since it comes without types.
    yaml: Any = import_module("srsly.ruamel_yaml")

    depth = 0
    # What cannot be read at all is told of by whoever reads it.
    with suppress(yaml.YAMLError, ValueError):
        for token in yaml.scan(source, Loader=yaml.SafeLoader):
            depth += isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken)
            said = ""
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
                said = f"refers to another value at {token.value!r}"
            elif depth > _MOST_LISTS:
                said = "holds lists in lists"
            if said:
                raise IntakeError(
                    f"{name}, line {token.start_mark.line + 2}: the front matter {said}: write "
                    "'key: value', the value in quotes"
                )
