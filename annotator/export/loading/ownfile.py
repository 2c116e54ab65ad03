"""A file of own JSON Lines, gone through so that its length does not matter.

Lines refer to each other, and may stand in any order. Texts and people are taken in a first sweep,
which notes where the lines of each text stand; then what is said is taken text by text, each type
of line after those it refers to; last, what became of annotations in other texts. Held at a time
are the lines of one text, which stand together as we write them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from annotator.errors import AnnotatorError, ExportError, StoreError
from annotator.export.labels import Meanings
from annotator.export.loading import readers
from annotator.export.loading import record as lines
from annotator.export.loading.incoming import Incoming
from annotator.export.loading.ownlines import FIRST, LAST, ORDER, OwnLines
from annotator.export.loading.record import Record

_MARK = b"\xef\xbb\xbf"
# How a line begins that we wrote; whatever does not begin so is read whole in the first sweep too.
_OURS = re.compile(
    rb'\{"type": "(?:suggestion|annotation|decision|review|assessment|comment|link)", '
    rb'(?:"(?:id|suggestion)": "[^"\\]*", )?'
    rb'"document": "([^"\\]*)", "text_sha256": "([0-9a-f]{64})"'
).match
_KINDS = frozenset(ORDER)
_ORIGIN = b'{"type": "origin", '


_Names = tuple[str, str]
"""What a line calls its text: a name and a hash, "" where it has none."""


class Strewn(Exception):
    """Lines that belong together stand with different texts: they can only be taken at once."""


@dataclass(slots=True)
class _Stretch:
    """Lines that stand together; `offset` is in bytes, `number` that of the first of them."""

    offset: int
    number: int
    count: int = 0


@dataclass(slots=True)
class _Places:
    """Where what is said of each text stands, and each line of `LAST`: its offset and number."""

    said: dict[str, list[_Stretch]] = field(default_factory=dict)
    last: array[int] = field(default_factory=lambda: array("q"))


def take(
    path: Path, incoming: Incoming, meanings: Meanings, *, at_once: bool = False
) -> AnnotatorError | None:
    """Take the file; the error of the first line that a person has to look at, with its number.

    `Strewn` where lines that refer to each other stand with different texts, unless all are taken
    `at_once`, for which the memory must hold the file. An `AnnotatorError` names file and line.
    """
    readers.content(path, len(_MARK))  # refuses what cannot be read
    with path.open("rb") as file:
        taking = _Taking(file, OwnLines(incoming, meanings), incoming, at_once=at_once)
        try:
            places = taking.first()
            if taking.number == 0:
                raise ExportError(f"{str(path)!r} is empty: name a file with annotations in it")
            taking.said(places.said.values())
            taking.last(places.last)
        except AnnotatorError as error:
            if isinstance(error, StoreError) and not at_once:
                # One thing may stand with two texts: seen at once, the line can be named.
                raise Strewn from error
            raise _located(path, taking.number, error) from error
    taking.own.marks.finish()
    first = taking.own.marks.first
    return _located(path, *first) if first else None


def _located(path: Path, number: int, error: AnnotatorError) -> AnnotatorError:
    """The error with file and line before it."""
    return type(error)(f"{path}, line {number}: {error}") if number else error


class _Taking:
    """Takes the lines of one file; `number` is that of the line it is at, 0 before there is one."""

    def __init__(
        self, file: IO[bytes], own: OwnLines, incoming: Incoming, *, at_once: bool
    ) -> None:
        self.own = own
        self.number = 0
        self._file = file
        self._in = incoming
        self._at_once = at_once

    def first(self) -> _Places:
        """Take texts and people, and note where the rest stands."""
        places = _Places()
        named: dict[_Names, list[_Stretch]] = {}
        versions: list[tuple[int, int, int]] = []  # of texts that stand behind an earlier one
        stretch: _Stretch | None = None
        names: _Names = ("", "")
        ours = names
        said: tuple[bytes, ...] = ()
        offset = 0
        for number, line in enumerate(self._file, start=1):
            began, offset = offset, offset + len(line)
            if number == 1:
                line = line.removeprefix(_MARK)
            found = _OURS(line)
            if found is None and not line.strip():
                if stretch is not None:
                    stretch.count += 1
                continue
            self.number = number
            before = names
            if found is not None:
                if (raw := found.groups()) != said:  # of another text than the line before
                    said = raw
                    ours = raw[0].decode(errors="replace"), raw[1].decode()
                names = ours
            elif not line.startswith(_ORIGIN):  # which stands behind its annotation
                record = lines.parse(number, line)
                kind = _kind(record)
                version = record.number_of("version", 1) if kind == "document" else 1
                if version > 1:
                    versions.append((version, began, number))
                elif kind in FIRST:
                    self._take(kind, record)
                    self._in.forget()
                elif kind in LAST:
                    places.last.extend((began, number))
                if kind in FIRST or kind in LAST:
                    stretch = None
                    continue
                names = record.text("document", ""), record.text("text_sha256", "")
            if stretch is None or names != before:
                stretch = _Stretch(began, number)
                named.setdefault(names, []).append(stretch)
            stretch.count += 1
        for _, began, number in sorted(versions):
            self._take_at(began, number)
            self._in.forget()
        self._done()
        for names, stretches in named.items():
            places.said.setdefault(self.own.texts.home(*names), []).extend(stretches)
        return places

    def said(self, texts: Iterable[list[_Stretch]]) -> None:
        """Take what is said, text by text, each type of line after those it refers to."""
        if self._at_once:
            texts = [[one for stretches in texts for one in stretches]]
        several = list(texts)
        counts = self._in.findings.counts
        for stretches in several:
            kinds: dict[str, list[Record]] = {kind: [] for kind in ORDER}
            for record in self._records(sorted(stretches, key=lambda one: one.offset)):
                kinds[_kind(record)].append(record)
            kinds["comment"].sort(key=_answers)
            for kind, records in kinds.items():
                take = self.own.takes[kind]
                for record in records:
                    self.number = record.number
                    if outcome := take(record):
                        counts[outcome, kind] += 1
            if len(several) > 1 and self.own.marks.astray:
                raise Strewn
            self._done()

    def last(self, places: array[int]) -> None:
        """Take what became of annotations in other texts."""
        for offset, number in zip(places[::2], places[1::2], strict=True):
            self._take_at(offset, number)
        self._done()

    def _take_at(self, offset: int, number: int) -> None:
        """Take the line that begins there."""
        self._file.seek(offset)
        self.number = number
        record = self._record(self._file.readline())
        self._take(_kind(record), record)

    def _take(self, kind: str, record: Record) -> None:
        if outcome := self.own.takes[kind](record):
            self._in.findings.counts[outcome, kind] += 1

    def _done(self) -> None:
        """Store what was taken and let go of it."""
        self._in.forget()
        self.own.marks.forget()

    def _records(self, stretches: Iterable[_Stretch]) -> Iterator[Record]:
        for stretch in stretches:
            self._file.seek(stretch.offset)
            for number in range(stretch.number, stretch.number + stretch.count):
                line = self._file.readline()
                if not line.isspace():
                    self.number = number
                    yield self._record(line)

    def _record(self, line: bytes) -> Record:
        """The record on the line that we are at."""
        return lines.parse(self.number, line.removeprefix(_MARK) if self.number == 1 else line)


def _kind(record: Record) -> str:
    kind = record.fields.get("type")
    if type(kind) is str and kind in _KINDS:
        return kind
    return record.choice("type", ORDER, "annotation")


def _answers(record: Record) -> bool:
    """Whether a comment answers another, which then stands before it."""
    return bool(record.fields.get("parent"))
