"""Parquet: a table with types, for pandas, DuckDB, R and `datasets`.

Row groups are written as they fill, so that the memory holds one of them. The file's metadata has
the version and hash of the codebook and what was selected; each column's metadata says what it is.
Times are UTC, to the millisecond; what a reviewer left out is null.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from annotator.export.dataset import Dataset
from annotator.export.garbage import uncollected
from annotator.export.tables import about, rows
from annotator.export.tables.columns import TABLES, Table
from annotator.model import canonical

if TYPE_CHECKING:
    # Loaded where it is used: it takes a second.
    import pyarrow

MIME = "application/vnd.apache.parquet"
_GROUP = 10_000
_BATCH = 1_000
# Columns of which hardly two cells are alike: a dictionary of them would only cost.
_MANY = {"id", "annotation", "quote", "context", "words", "start", "end"}
_PIECE = 1 << 20


def render(dataset: Dataset, table: str = "annotations") -> Iterator[bytes]:
    """A table as a Parquet file, without a row group where it has no rows."""
    import pyarrow
    import pyarrow.parquet

    schema = _schema(TABLES[table], dataset)
    few = [name for name in TABLES[table].names if name not in _MANY]
    with tempfile.TemporaryFile() as whole:
        with (
            uncollected(),
            pyarrow.parquet.ParquetWriter(
                whole, schema, compression="zstd", use_dictionary=few
            ) as writer,
        ):
            for group in _groups(rows.columns(table, dataset), schema):
                writer.write_table(pyarrow.Table.from_batches(group))
        whole.seek(0)
        while piece := whole.read(_PIECE):
            yield piece


def files(dataset: Dataset) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Every table as a file of its own."""
    for name in TABLES:
        yield f"{name}.parquet", render(dataset, name)


def _groups(
    found: Iterable[rows.Cells], schema: pyarrow.Schema
) -> Iterator[list[pyarrow.RecordBatch]]:
    """The batches of each row group; those of several small texts together are one."""
    import pyarrow

    group: list[pyarrow.RecordBatch] = []
    size = 0
    for cells in _batches(found):
        arrays = [_array(one, field.type) for one, field in zip(cells, schema, strict=True)]
        group.append(pyarrow.RecordBatch.from_arrays(arrays, schema=schema))
        size += len(group[-1])
        if size >= _GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def _batches(found: Iterable[rows.Cells]) -> Iterator[rows.Cells]:
    """The cells of about so many rows at a time as the processor's own memory holds."""
    waiting: list[list[rows.Cell]] = []
    for cells in found:
        for start in range(0, len(cells[0]), _BATCH):
            if not waiting:
                waiting = [[] for _ in cells]
            for column, more in zip(waiting, cells, strict=True):
                column += more[start : start + _BATCH]
            if len(waiting[0]) >= _BATCH:
                yield waiting
                waiting = []
    if waiting:
        yield waiting


def _schema(table: Table, dataset: Dataset) -> pyarrow.Schema:
    import pyarrow

    types = {
        "text": pyarrow.string(),
        "label": pyarrow.string(),
        "whole": pyarrow.int64(),
        "share": pyarrow.float64(),
        "yes": pyarrow.bool_(),
        "time": pyarrow.timestamp("ms", tz="UTC"),
    }
    fields = [
        pyarrow.field(one.name, types[one.type], metadata={"description": one.says})
        for one in table.columns
    ]
    told = {
        "title": about.TITLE,
        "table": table.name,
        "row": table.row,
        "codebook_version": dataset.codebook.version,
        "codebook_sha256": dataset.codebook.sha256,
        "selection": canonical(about.recorded(dataset)),
    }
    return pyarrow.schema(fields, metadata=told)


def _array(cells: Sequence[rows.Cell], type: pyarrow.DataType) -> Any:
    import pyarrow

    if not pyarrow.types.is_timestamp(type):
        return pyarrow.array(cells, type)
    # It reads ISO times itself, many times as fast as Python does.
    return pyarrow.array([cell or None for cell in cells], pyarrow.string()).cast(type)


RENDERS: Mapping[str, Callable[[Dataset], Iterator[bytes]]] = MappingProxyType(
    {name: partial(render, table=name) for name in TABLES}
)
"""What writes one table, by its name."""
