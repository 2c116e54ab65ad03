"""The formats by name, each a module with `render(dataset) -> bytes`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from annotator.errors import ExportError
from annotator.export import csv_table, files, jsonl
from annotator.export.dataset import Dataset, collect
from annotator.store import Store

FORMATS: Mapping[str, Callable[[Dataset], bytes]] = MappingProxyType(
    {"jsonl": jsonl.render, "csv": csv_table.render}
)


def render(
    store: Store,
    format: str,
    *,
    documents: Sequence[str] | None = None,
    reviewers: Sequence[str] | None = None,
) -> bytes:
    """The file as bytes: the same state and selection give the same bytes.

    Documents are named by slug, id or hash, reviewers by name or id; all of them where none are
    named. `ExportError` for an unknown format, `NotFoundError` for an unknown name.
    """
    if format not in FORMATS:
        raise ExportError(f"{format!r} is not an export format: use {' or '.join(FORMATS)}")
    return FORMATS[format](collect(store, documents=documents, reviewers=reviewers))


def write(
    store: Store,
    format: str,
    out: str | Path,
    *,
    documents: Sequence[str] | None = None,
    reviewers: Sequence[str] | None = None,
) -> None:
    """Write what `render` gives to the file `out`, whole or not at all.

    A file of that name is replaced. Besides `render`'s errors `ExportError` where `out` cannot be
    written.
    """
    files.replace(Path(out), render(store, format, documents=documents, reviewers=reviewers))
