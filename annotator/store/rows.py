"""Rows and the values they hold: which table keeps which dataclass, and by what key."""

from __future__ import annotations

import dataclasses
import operator
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import msgspec.structs

from annotator.errors import StoreError
from annotator.model import (
    Adjudication,
    Annotation,
    Assessment,
    Assignment,
    Carried,
    CarriedComment,
    Comment,
    Decision,
    Link,
    LinkRejection,
    PowerRejection,
    Review,
    Reviewer,
    SamePerson,
    Setting,
)

Value = (
    Adjudication
    | Annotation
    | Assessment
    | Assignment
    | Carried
    | CarriedComment
    | Comment
    | Decision
    | Link
    | LinkRejection
    | PowerRejection
    | Review
    | Reviewer
    | SamePerson
    | Setting
)
"""What a reviewer's work consists of, and what `Write` takes."""

V = TypeVar(
    "V",
    PowerRejection,
    Adjudication,
    Annotation,
    Assessment,
    Assignment,
    Carried,
    CarriedComment,
    Comment,
    Decision,
    Link,
    LinkRejection,
    Review,
    Reviewer,
    SamePerson,
    Setting,
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Where values of one type are kept; `noun` names one of them in a message."""

    name: str
    type: type[Value]
    key: tuple[str, ...]
    noun: str

    def key_of(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """The values of the key columns."""
        if len(self.key) == 1:
            return (row[self.key[0]],)
        return tuple(row[column] for column in self.key)


TABLES: tuple[Table, ...] = (
    Table("reviewers", Reviewer, ("id",), "reviewer"),
    Table("annotations", Annotation, ("id",), "annotation"),
    Table("decisions", Decision, ("suggestion", "reviewer"), "decision"),
    Table("reviews", Review, ("document", "eid", "reviewer"), "review"),
    Table("assessments", Assessment, ("document", "eid", "reviewer", "safeguard"), "assessment"),
    Table(
        "power_rejections",
        PowerRejection,
        ("document", "eid", "reviewer", "power"),
        "rejected power",
    ),
    Table("links", Link, ("id",), "link"),
    Table("link_rejections", LinkRejection, ("id",), "rejected link"),
    Table("assignments", Assignment, ("id",), "assignment"),
    Table("adjudications", Adjudication, ("id",), "adjudication"),
    Table("comments", Comment, ("id",), "comment"),
    Table("settings", Setting, ("name",), "setting"),
    Table("carried", Carried, ("origin", "document"), "carried tag"),
    Table("carried_comments", CarriedComment, ("origin", "document"), "carried comment"),
    Table("same_people", SamePerson, ("id",), "person of two ids"),
)
_COLUMNS: dict[type, tuple[str, ...]] = {}
_VALUES: dict[type, Callable[[Any], tuple[Any, ...]]] = {}
_BY_TYPE: dict[type, Table] = {table.type: table for table in TABLES}
_BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}


def table_of(value: object) -> Table:
    """The table that keeps such values; `TypeError` for anything `Write` does not take."""
    try:
        return _BY_TYPE[type(value)]
    except KeyError:
        raise TypeError(f"{type(value).__name__} is not written through `write`") from None


def table_named(name: str) -> Table | None:
    """The table of that name where it keeps values of `Write`, else nothing."""
    return _BY_NAME.get(name)


def columns(kind: type[Any]) -> tuple[str, ...]:
    """The field names of a dataclass, in order."""
    if kind not in _COLUMNS:
        _COLUMNS[kind] = tuple(field.name for field in dataclasses.fields(kind))
    return _COLUMNS[kind]


def row_of(value: object) -> Row:
    """A dataclass as a row; its fields are the columns."""
    kind = type(value)
    row = dict(zip(columns(kind), _reader(kind)(value), strict=True))
    check_text(row)
    return row


def _reader(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    if kind not in _VALUES:
        _VALUES[kind] = operator.attrgetter(*columns(kind))
    return _VALUES[kind]


def rows_of(values: Sequence[object]) -> list[Row]:
    """What `row_of` gives for each of many values of one type, in a third of the time."""
    if not values:
        return []
    kind = type(values[0])
    names = columns(kind)
    read = _reader(kind)
    held = list(map(read, values))
    # Looked at a column at a time: what is wrong is named only where something is.
    sound = all(map(_carried, zip(*held, strict=True)))
    if issubclass(kind, msgspec.Struct):
        structs = cast("Sequence[msgspec.Struct]", values)
        found = list(map(msgspec.structs.asdict, structs))  # in half the time
    else:
        found = [dict(zip(names, row, strict=True)) for row in held]
    if not sound:
        for row in found:
            check_text(row)
    return found


def _carried(cells: Iterable[Any]) -> bool:
    """Whether every text among the cells can be carried by any file."""
    return is_text("".join([cell for cell in cells if type(cell) is str]))


def is_text(text: str) -> bool:
    """Whether a file can carry it: no NUL and no half of a character."""
    if "\0" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def check_text(row: Mapping[str, Any]) -> None:
    """`StoreError` for characters that no file or export can carry: NUL and lone surrogates."""
    for column, value in row.items():
        if type(value) is not str or (value.isascii() and "\0" not in value):
            continue
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            bad = value[error.start]
            raise StoreError(
                f"{column} holds {bad!r}, half of a character: type it again"
            ) from error
        if "\0" in value:
            raise StoreError(f"{column} holds a NUL character: remove it")


def value_of(kind: type[V], row: Mapping[str, Any] | sqlite3.Row) -> V:
    """The dataclass a row holds."""
    return kind(*(row[column] for column in columns(kind)))
