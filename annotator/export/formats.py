"""The formats by name, and a dataset written in one of them.

A format of one file is a module with `render`, which gives the file in pieces; one of several files
has `files`, which gives each with its path. Both go through the dataset text by text:

>>> from collections.abc import Iterator
>>> from annotator.export.dataset import Dataset
>>> def render(dataset: Dataset) -> Iterator[bytes]:
...     for part in dataset.parts():
...         for mark in part.annotations:
...             who, where = dataset.name(mark.reviewer), part.citation(mark.eid)
...             yield f"{part.document.slug}, {where}: {mark.quote!r} ({who})\\n".encode()
>>> def files(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
...     for part in dataset.parts():
...         yield f"{part.document.slug}.txt", part.document.text.encode()
>>> lines = Format("lines", ".txt", "text/plain", "program", render=render)
>>> texts = Format("texts", ".zip", "application/zip", "program", files=files)
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from annotator.errors import ExportError
from annotator.export import files, jsonl
from annotator.export.dataset import Dataset, Watch, collect
from annotator.export.files import Content
from annotator.export.selection import Selection
from annotator.export.standards import akn, docbin, qdc, qdpx, w3c
from annotator.export.tables import csv_table, parquet, xlsx
from annotator.export.tools import brat, cas, conll, doccano, labelstudio, prodigy, webanno
from annotator.store import Store

Render = Callable[[Dataset], Iterator[bytes]]
Files = Callable[[Dataset], Iterator[tuple[str, Content]]]
Group = Literal["spreadsheet", "coding", "annotation", "program", "people", "publish"]

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


ALL = "all"
"""In place of a table's name, every table of a format."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a dataset is written: as one file by `render`, or as several by `files`.

    `suffix` begins with a dot; that of several files is ".zip". `group` is for whom it is. `tables`
    are the single files of a format that has both, by name: `render` is the first of them.
    """

    name: str
    suffix: str
    mime: str
    group: Group
    render: Render | None = None
    files: Files | None = None
    tables: Mapping[str, Render] = field(default_factory=lambda: MappingProxyType({}))


def _report(module: str) -> Render:
    """A report's `render`, loaded when one is made: it measures agreement, which needs numpy."""

    def render(dataset: Dataset) -> Iterator[bytes]:
        found = importlib.import_module(f"annotator.export.reporting.{module}").render(dataset)
        yield from found

    return render


def _release(dataset: Dataset) -> Iterator[tuple[str, Content]]:
    """A release's files, loaded when one is made, with the reports that there are."""
    found = importlib.import_module("annotator.export.release")
    reports = [
        (f"report{one.suffix}", one.render) for one in FORMATS.values() if one.group == "people"
    ]
    yield from found.files(dataset, reports)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.name: one
        for one in (
            Format("jsonl", ".jsonl", "application/jsonl", "program", render=jsonl.render),
            Format("xlsx", ".xlsx", xlsx.MIME, "spreadsheet", render=xlsx.render),
            Format(
                "csv",
                ".csv",
                "text/csv",
                "spreadsheet",
                render=csv_table.render,
                files=csv_table.files,
                tables=csv_table.RENDERS,
            ),
            Format(
                "parquet",
                ".parquet",
                parquet.MIME,
                "program",
                render=parquet.render,
                files=parquet.files,
                tables=parquet.RENDERS,
            ),
            Format("prodigy", ".jsonl", "application/jsonl", "annotation", render=prodigy.render),
            Format("doccano", ".jsonl", "application/jsonl", "annotation", render=doccano.render),
            Format("labelstudio", ".zip", "application/zip", "annotation", files=labelstudio.files),
            Format("brat", ".zip", "application/zip", "annotation", files=brat.files),
            Format("conll", ".conll", "text/plain", "annotation", render=conll.render),
            Format("webanno", ".zip", "application/zip", "annotation", files=webanno.files),
            Format("cas", ".zip", "application/zip", "annotation", files=cas.files),
            Format("qdpx", ".qdpx", "application/zip", "coding", render=qdpx.render),
            Format("qdc", ".qdc", "application/xml", "coding", render=qdc.render),
            Format("w3c", ".jsonld", "application/ld+json", "program", render=w3c.render),
            Format("docbin", ".spacy", "application/octet-stream", "program", render=docbin.render),
            Format("report-html", ".html", "text/html", "people", render=_report("page")),
            Format("report-docx", ".docx", _DOCX, "people", render=_report("word")),
            Format("akn", ".zip", "application/zip", "program", files=akn.files),
            Format("release", ".zip", "application/zip", "publish", files=_release),
        )
    }
)


def format_named(name: str) -> Format:
    """The format of that name; `ExportError` where there is none."""
    try:
        return FORMATS[name]
    except KeyError:
        raise ExportError(f"{name!r} is not an export format: use {' or '.join(FORMATS)}") from None


def render(
    store: Store, format: str, selection: Selection | None = None, *, table: str = ""
) -> Iterator[bytes]:
    """The file in pieces, a zip where the format is of several files.

    The same state and selection give the same bytes. The store is read in one snapshot while the
    pieces are taken. `ExportError` for an unknown format or table, and `NotFoundError` for an
    unknown document or reviewer, come with the first piece.
    """
    chosen = format_named(format)
    single = _single(chosen, table)
    with store.snapshot():
        dataset = collect(store, selection)
        if single is not None:
            yield from single(dataset)
        else:
            assert chosen.files is not None
            yield from files.zipped(chosen.files(dataset))


def as_bytes(
    store: Store, format: str, selection: Selection | None = None, *, table: str = ""
) -> bytes:
    """What `render` gives, at once."""
    return b"".join(render(store, format, selection, table=table))


def write(
    store: Store,
    format: str,
    out: str | Path,
    selection: Selection | None = None,
    *,
    table: str = "",
    watch: Watch | None = None,
) -> int:
    """Write the dataset to `out`, whole or not at all; how many bytes it has.

    Several files make a folder of that name, or a zip where it ends in `.zip`. A file of that name
    is replaced, a folder only where it holds nothing else. `watch` is told how far it is, as by
    `collect`; what it raises ends the work, and nothing is left of it. Besides `render`'s errors
    `ExportError` where `out` cannot be written.
    """
    chosen, path = format_named(format), Path(out)
    single = _single(chosen, table)
    zip = path.suffix.lower() == ".zip"
    several = chosen.files if single is None or (zip and not table) else None
    with store.snapshot():
        dataset = collect(store, selection, watch=watch)
        if several is not None:
            return (files.replace_zip if zip else files.replace_folder)(path, several(dataset))
        assert single is not None
        return files.replace(path, single(dataset))


def _single(format: Format, table: str) -> Render | None:
    if not table:
        return format.render
    if table == ALL and format.tables:
        return None
    if table not in format.tables:
        known = f"use {', '.join(format.tables)}" if format.tables else "it has none"
        raise ExportError(f"{table!r} is not a table of {format.name}: {known}")
    return format.tables[table]
