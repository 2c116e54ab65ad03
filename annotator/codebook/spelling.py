"""How a value of the codebook is spelt in YAML, and how two spellings are seen to say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from annotator.codebook.book import STATES, Standard
from annotator.errors import CodebookError

Value: TypeAlias = str | bool | tuple[str, ...] | tuple[Standard, ...] | Mapping[str, str]
_ID = re.compile(r"[a-z][a-z0-9_-]*")


def plain(node: Any) -> Any:
    """A node as plain values, white space folded."""
    kind = type(node).__name__
    if kind == "MappingNode":
        return {key.value: plain(value) for key, value in node.value}
    if kind == "ScalarNode":
        return " ".join(node.value.split())
    return [plain(one) for one in node.value]


def comparable(value: Value) -> Any:
    """A value as `plain` gives it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return {state: " ".join(value[state].split()) for state in STATES}
    return [
        {"ref": one.ref, "says": one.says} if isinstance(one, Standard) else " ".join(one.split())
        for one in value
    ]


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, on one line."""
    folded = " ".join(text.split())
    if any("\ud800" <= char <= "\udfff" for char in folded):
        raise CodebookError(f"{folded[:40]!r} holds half of a character: type it again")
    # JSON's escapes are YAML's; what JSON leaves and YAML breaks lines at is escaped as well.
    spelt = json.dumps(folded, ensure_ascii=False)
    return "".join(
        char if char.isprintable() or char == " " else f"\\U{ord(char):08x}" for char in spelt
    )


def block(value: Value, indent: str) -> str:
    """What stands after a field's colon, with its space or line break."""
    if isinstance(value, bool):
        return " true" if value else " false"
    if isinstance(value, str):
        return f" {quoted(value)}"
    inner = indent + "  "
    if isinstance(value, Mapping):
        return "".join(f"\n{inner}{state}: {quoted(value[state])}" for state in STATES)
    lines = []
    for one in value:
        if isinstance(one, Standard):
            lines.append(f"\n{inner}- ref: {quoted(one.ref)}")
            lines.append(f"\n{inner}  says: {quoted(one.says)}")
        else:
            lines.append(f"\n{inner}- {quoted(one)}")
    return "".join(lines)


def flow(value: Value) -> str:
    """The same inside a mapping that is written on one line."""
    if isinstance(value, bool | str):
        return block(value, "")
    if isinstance(value, Mapping):
        return " {" + ", ".join(f"{state}: {quoted(value[state])}" for state in STATES) + "}"
    parts = [
        f"{{ref: {quoted(one.ref)}, says: {quoted(one.says)}}}"
        if isinstance(one, Standard)
        else quoted(one)
        for one in value
    ]
    return f" [{', '.join(parts)}]"


def item(id: str, values: Mapping[str, Value], indent: str) -> str:
    """An entry of a list; a field without a value is left out."""
    inner = indent + "  "
    lines = [f"{indent}- id: {id if _ID.fullmatch(id) else quoted(id)}"]
    lines += [f"{inner}{name}:{block(value, inner)}" for name, value in values.items() if value]
    return "\n".join(lines)
