"""WebAnno TSV 3 read: the text put together from its sentences, and what each layer has on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from annotator.errors import ExportError
from annotator.export.loading.foreign import Foreign, Mark, Text
from annotator.export.tools import bundle, layers, naming
from annotator.offsets import Utf16Map

_STACKED = re.compile(r"(?:\\.|[^\\|])+", re.DOTALL)
_NUMBERED = re.compile(r"((?:\\.|[^\\\[])*)\[(\d+)\]", re.DOTALL)
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
# More white space than any text has between two sentences.
_WIDEST = 1_000_000
_MEANT = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}


@dataclass(slots=True)
class _Span:
    """An annotation as its units are met; offsets in UTF-16."""

    layer: str
    start: int
    end: int
    where: str
    said: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _File:
    """What a file holds when it was gone through."""

    text: str = ""
    spans: list[_Span] = field(default_factory=list)
    others: int = 0


def read(path: Path) -> Foreign:
    """The span layers of every file, the reviewer being a file's name in the folder of a text."""
    texts: list[Text] = []
    marks: list[Mark] = []
    others = 0
    for name, content in bundle.files(path, (".tsv",)).items():
        place = PurePosixPath(name)
        found = _File()
        _go_through(path, name, bundle.text(path, name, content), found)
        others += found.others
        folder = "" if place.parent == PurePosixPath(".") else place.parent.name
        texts.append(Text(name=folder or place.stem, content=found.text))
        units = Utf16Map(found.text)
        for span in found.spans:
            try:
                start, end = units.to_code_points(span.start), units.to_code_points(span.end)
            except ValueError as error:
                raise ExportError(f"{path}, {span.where}: {error}") from error
            made = layers.mark(
                span.layer,
                span.said,
                len(texts) - 1,
                start,
                end,
                None,
                where=span.where,
                reviewer=naming.unquoted(place.stem) if folder else "",
            )
            if made is not None:
                marks.append(made)
    return Foreign(tuple(texts), tuple(marks), passed={"layers": others})


def _go_through(path: Path, name: str, content: str, found: _File) -> None:
    lines = content.split("\n")
    if not lines[0].startswith("#FORMAT=WebAnno TSV 3"):
        raise ExportError(f"{path}: {name!r} is not WebAnno TSV 3: export it in that format")
    columns: list[tuple[str, str] | None] = []
    pieces: list[str] = []
    units = 0
    sentence: list[str] = []
    numbered: dict[tuple[str, str], _Span] = {}
    for number, line in enumerate(lines[1:], start=2):
        line = line.rstrip("\r")
        if line.startswith("#T_"):
            layer, *names = line.partition("=")[2].split("|")
            spans = line.startswith("#T_SP=")
            found.others += not spans
            columns += [(layer, one) if spans else None for one in names or [""]]
        elif line.startswith("#Text="):
            sentence.append(_text(line.removeprefix("#Text=")))
        elif line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            where = f"{name}, line {number}"
            try:
                begin, end = (int(one) for one in cells[1].split("-"))
            except (IndexError, ValueError):
                raise ExportError(f"{path}, {where}: {line[:60]!r} is no token") from None
            if len(cells) < len(columns) + 3:
                raise ExportError(f"{path}, {where}: {line[:60]!r} has too few columns")
            if begin - units > _WIDEST:
                raise ExportError(
                    f"{path}, {where}: {begin} lies {begin - units:,} signs behind the words before"
                )
            if sentence:
                # What stands between sentences is white space of that length.
                gap = " " * max(0, begin - units)
                words = "\n".join(sentence)
                pieces.append(gap + words)
                units += len(gap) + len(words.encode("utf-16-le")) // 2
                sentence = []
            _unit(columns, cells[3:], (begin, end), where, numbered, found)
    found.text = "".join(pieces)


def _unit(
    columns: list[tuple[str, str] | None],
    cells: list[str],
    place: tuple[int, int],
    where: str,
    numbered: dict[tuple[str, str], _Span],
    found: _File,
) -> None:
    """A token or a part of one, with what is stacked on it."""
    here: dict[str, list[_Span]] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is None or cell == "_":
            continue
        layer, feature = column
        stack = here.setdefault(layer, [])
        for position, said in enumerate(_STACKED.findall(cell)):
            value, number = said, ""
            if bracketed := _NUMBERED.fullmatch(said):
                value, number = bracketed.groups()
            if position == len(stack):
                known = numbered.get((layer, number)) if number else None
                if known is None:
                    known = _Span(layer, *place, where)
                    found.spans.append(known)
                    if number:
                        numbered[layer, number] = known
                known.end = place[1]
                stack.append(known)
            if value not in ("*", "_") and feature:
                stack[position].said[feature] = _value(value)


def _value(text: str) -> str:
    return _ESCAPED.sub(lambda one: {"t": "\t", "n": "\n"}.get(one[1], one[1]), text)


def _text(text: str) -> str:
    return _ESCAPED.sub(lambda one: _MEANT.get(one[1], one[1]), text)
