"""Changes to the file that leave every other byte of it as it stands.

The YAML parser says where a value begins and ends; only that stretch is written anew. So comments,
the order of entries and the way a person wrote the rest survive, which a dump of the whole would
not promise. What comes out is read and checked before it is kept (see `saving`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from annotator.codebook.book import STATES, Code, Safeguard
from annotator.codebook.spelling import Value, block, comparable, flow, item, plain, quoted
from annotator.errors import CodebookError

_ORDER = (
    "id",
    "replaces",
    "retired",
    "name",
    "key",
    "definition",
    "asked_of",
    "tag",
    "leave",
    "standards",
)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Give an entry other words; `path` as in `wordings`, `fields` by their names in the file.

    An empty text or list takes the field out.
    """

    path: str
    fields: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Add:
    """Add a code to a concern, last among its codes or among the sub-codes of its parent."""

    concern: str
    code: Code


@dataclass(frozen=True, slots=True)
class AddSafeguard:
    """Add a safeguard, last among them; its `asked_of` says which groups are held against it."""

    safeguard: Safeguard


@dataclass(frozen=True, slots=True)
class Retire:
    """Offer a code, or ask a safeguard, no more.

    With a `successor`, which only a code can have, take it out and let that one replace it.
    """

    path: str
    successor: str = ""


Operation: TypeAlias = Rewrite | Add | AddSafeguard | Retire


def edited(
    source: str,
    operation: Operation,
    *,
    version: str,
    says: str,
    same_meaning: bool = False,
) -> str:
    """The file's text after the operation, under a new version with a line on what changed.

    `CodebookError` for an entry that is not there. Whether the result is a sound codebook is for
    `reading` to say.
    """
    if isinstance(operation, Rewrite):
        text, path = _rewritten(source, operation), operation.path
    elif isinstance(operation, Add):
        text, path = _added(source, operation), ""
    elif isinstance(operation, AddSafeguard):
        text, path = _safeguard_added(source, operation.safeguard), ""
    else:
        text, path = _retired(source, operation), operation.path
    # A code that is new or gone has no earlier meaning that could be the same.
    same = same_meaning and isinstance(operation, Rewrite)
    return _recorded(text, version, says, (path,) if same else ())


class _Text:
    """A text with the nodes that its parser found, and a splice that keeps line ends."""

    def __init__(self, source: str) -> None:
        from ruamel.yaml import YAML  # only saving needs it

        self.source = source
        self.eol = "\r\n" if "\r\n" in source else "\n"
        self.root: Any = YAML(typ="safe", pure=True).compose(source)
        _refuse_aliases(self.root, set())

    def entry(self, path: str) -> Any:
        """The mapping of that path."""
        head, _, tail = path.partition("/")
        found = None
        if head == "safeguard":
            found = _with_id(_value(self.root, "safeguards"), tail)
        elif concern := _with_id(_value(self.root, "concerns"), head):
            found = _code_of(concern, tail) if tail else concern
        if found is None:
            raise CodebookError(f"the codebook has no entry {path!r}: it may have been taken out")
        return found

    def end(self, node: Any) -> int:
        """Where a node's own text ends, without the blank and comment lines after it."""
        if type(node).__name__ != "ScalarNode" and not node.flow_style and node.value:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        return start + len(self.source[start:end].rstrip())

    def line_end(self, index: int) -> int:
        """Where the line before the one in which that place lies ends."""
        start = self.line_start(index)
        return start - len(self.eol) if self.source[:start].endswith(self.eol) else start

    def splice(self, start: int, end: int, new: str) -> str:
        """The text with that stretch replaced."""
        return self.source[:start] + new.replace("\n", self.eol) + self.source[end:]

    def line_start(self, index: int) -> int:
        """Where the line begins in which that place lies."""
        return self.source.rfind("\n", 0, index) + 1


def _rewritten(source: str, operation: Rewrite) -> str:
    text = _Text(source)
    for name, value in operation.fields.items():
        changed = _set(text, text.entry(operation.path), name, value)
        if changed != text.source:  # the places of all that follows have moved
            text = _Text(changed)
    return text.source


def _set(text: _Text, entry: Any, name: str, value: Value) -> str:
    """Write one field of an entry; the same value again changes nothing."""
    held = _value(entry, name)
    if held is not None and plain(held) == comparable(value):
        return text.source
    if not value and value is not False:
        return text.source if held is None else _without(text, entry, name)
    indent = " " * entry.start_mark.column
    if held is not None:
        new = flow(value) if entry.flow_style else block(value, indent)
        start = held.start_mark.index
        if not new.startswith("\n"):
            return text.splice(start, text.end(held), new.lstrip())
        if held.flow_style:  # what stood on the line of its key moves to lines of its own
            start = _key(entry, name).end_mark.index
            start += text.source[start:].index(":") + 1
        else:
            start = text.line_end(start)
        return text.splice(start, text.end(held), new)
    if entry.flow_style:
        last = entry.value[-1][1]
        return text.splice(text.end(last), text.end(last), f", {name}:{flow(value)}")
    before = [key for key in _ORDER[: _ORDER.index(name)] if _value(entry, key) is not None]
    place = text.end(_value(entry, before[-1]))
    return text.splice(place, place, f"\n{indent}{name}:{block(value, indent)}")


def _without(text: _Text, entry: Any, name: str) -> str:
    key, held = _key(entry, name), _value(entry, name)
    if not entry.flow_style:
        return _lines_out(text, key.start_mark.index, text.end(held))
    pairs = [pair[0].value for pair in entry.value]
    end, place = text.end(held), pairs.index(name)
    if place:  # with the comma before it
        return text.splice(text.end(entry.value[place - 1][1]), end, "")
    return text.splice(key.start_mark.index, entry.value[1][0].start_mark.index, "")


def _lines_out(text: _Text, start: int, end: int) -> str:
    """The text without the lines from the one in which `start` lies to that of `end`."""
    rest = text.source.find("\n", end)
    return text.source[: text.line_start(start)] + ("" if rest < 0 else text.source[rest + 1 :])


def _added(source: str, operation: Add) -> str:
    text, code = _Text(source), operation.code
    path = f"{operation.concern}/{code.parent}" if code.parent else operation.concern
    owner = text.entry(path)
    _refuse_flow(owner, path)
    held = _value(owner, "codes")
    if held is not None and held.value:
        _refuse_flow(held, path)
        return _appended(text, held, code.id, _values_of(code))
    column = " " * owner.start_mark.column
    place = text.end(owner)
    new = item(code.id, _values_of(code), column + "  ")
    return text.splice(place, place, f"\n{column}codes:\n{new}")


def _safeguard_added(source: str, safeguard: Safeguard) -> str:
    if not safeguard.asked_of:
        raise CodebookError(
            f"{safeguard.name!r} is asked of nothing: choose powers, offences or disclosure"
        )
    text = _Text(source)
    held = _value(text.root, "safeguards")
    _refuse_flow(held, "safeguards")
    values: dict[str, Value] = {
        "name": safeguard.name,
        "concern": safeguard.concern,
        "definition": safeguard.definition,
        "asked_of": safeguard.asked_of,
        "recognise": {state: safeguard.recognise.get(state, "") for state in STATES},
        "standards": safeguard.standards,
    }
    return _appended(text, held, safeguard.id, values)


def _appended(text: _Text, held: Any, id: str, values: Mapping[str, Value]) -> str:
    """The text with an entry after the last of a list, set in as that one is."""
    last = held.value[-1]
    dash = text.source[text.line_start(last.start_mark.index) :]
    indent = dash[: len(dash) - len(dash.lstrip(" "))]
    return text.splice(text.end(last), text.end(last), "\n" + item(id, values, indent))


def _retired(source: str, operation: Retire) -> str:
    concern, _, id = operation.path.partition("/")
    text = _Text(source)
    entry = text.entry(operation.path)
    if concern == "safeguard" and operation.successor:
        raise CodebookError(f"{id!r} is a safeguard: retire it without a successor")
    subs = _value(entry, "codes")
    offered = [sub for sub in (subs.value if subs else ()) if not _is_retired(sub)]
    if offered:
        names = ", ".join(str(plain(_value(sub, "id"))) for sub in offered)
        raise CodebookError(f"{id!r} still has sub-codes ({names}): retire them first")
    if not operation.successor:
        return _set(text, entry, "retired", True)
    if subs:
        raise CodebookError(
            f"{id!r} has retired sub-codes: keep it as retired, without a successor"
        )
    if operation.successor == id:
        raise CodebookError(f"{id!r} cannot take its own place: choose another code")
    replaced = [id, *plain(_value(entry, "replaces") or _Nothing())]
    source = _item_out(text, concern, id)
    text = _Text(source)
    successor = text.entry(f"{concern}/{operation.successor}")
    held = plain(_value(successor, "replaces") or _Nothing())
    return _set(text, successor, "replaces", (*held, *replaced))


def _item_out(text: _Text, concern: str, id: str) -> str:
    """The text without that code; with it goes a list that would be left empty."""
    owner = text.entry(concern)
    for holder in (owner, *_value(owner, "codes").value):
        codes = _value(holder, "codes")
        for one in codes.value if codes else ():
            if plain(_value(one, "id")) == id:
                _refuse_flow(codes, concern)
                if len(codes.value) == 1:
                    return _without(text, holder, "codes")
                return _lines_out(text, one.start_mark.index, text.end(one))
    raise CodebookError(f"the codebook has no entry {concern}/{id!r}: it may have been taken out")


def _recorded(source: str, version: str, says: str, same_meaning: Sequence[str]) -> str:
    text = _Text(source)
    held = _value(text.root, "version")
    if held is None:
        raise CodebookError("'version' is missing: add it")
    source = text.splice(held.start_mark.index, text.end(held), quoted(version))
    text = _Text(source)
    record = f"  - version: {quoted(version)}\n    says: {quoted(says)}"
    if same_meaning:
        record += f"\n    same_meaning: [{', '.join(same_meaning)}]"
    changes = _value(text.root, "changes")
    if changes is not None and changes.value and not changes.flow_style:
        first = text.line_start(changes.value[0].start_mark.index)
        indent = text.source[first:].index("-")
        record = record.replace("\n  ", "\n" + " " * indent).replace("  -", " " * indent + "-", 1)
        return text.splice(first, first, record + "\n")
    if changes is not None:
        source = _without(text, text.root, "changes")
        text = _Text(source)
    place = text.end(_value(text.root, "version"))
    return text.splice(place, place, f"\n\nchanges:\n{record}")


class _Nothing:
    """A list that is not there."""

    id = "sequence"
    value: tuple[Any, ...] = ()


def _key(mapping: Any, name: str) -> Any:
    return next(key for key, _ in mapping.value if key.value == name)


def _value(mapping: Any, name: str) -> Any:
    return next((value for key, value in mapping.value if key.value == name), None)


def _with_id(sequence: Any, id: str) -> Any:
    return next((one for one in sequence.value if _value(one, "id").value == id), None)


def _code_of(concern: Any, id: str) -> Any:
    for code in _value(concern, "codes").value:
        if _value(code, "id").value == id:
            return code
        subs = _value(code, "codes")
        if subs is not None and (found := _with_id(subs, id)):
            return found
    return None


def _is_retired(code: Any) -> bool:
    held = _value(code, "retired")
    return held is not None and held.value == "true"


def _refuse_aliases(node: Any, seen: set[int]) -> None:
    # A value that stands in two places cannot be changed in one of them.
    if id(node) in seen:
        line = node.start_mark.line + 1
        raise CodebookError(f"the file names line {line} again by an alias (*): write it out twice")
    seen.add(id(node))
    if type(node).__name__ == "ScalarNode":
        return
    for one in node.value:
        for part in one if isinstance(one, tuple) else (one,):
            _refuse_aliases(part, seen)


def _refuse_flow(node: Any, path: str) -> None:
    if node.flow_style:
        raise CodebookError(f"{path!r} is written on one line: put its codes on lines of their own")


def _values_of(code: Code) -> dict[str, Value]:
    return {
        "name": code.name,
        "key": code.key,
        "definition": code.definition,
        "tag": code.tag,
        "leave": code.leave,
        "standards": code.standards,
    }
