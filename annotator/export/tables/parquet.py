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
from annotator.export.tables import about, rows
from annotator.export.tables.columns import TABLES, Table
from annotator.model import canonical

if TYPE_CHECKING:
    # Loaded where it is used: it takes a second.
    import pyarrow

MIME = "application/vnd.apache.parquet"
_GROUP = 20_000
_PIECE = 1 << 20


def render(dataset: Dataset, table: str = "annotations") -> Iterator[bytes]:
    """A table as a Parquet file, without a row group where it has no rows."""
    import pyarrow
    import pyarrow.parquet

    schema = _schema(TABLES[table], dataset)
    with tempfile.TemporaryFile() as whole:
        with pyarrow.parquet.ParquetWriter(whole, schema, compression="zstd") as writer:
            for group in _groups(_rows(dataset, table)):
                arrays = [
                    _array(cells, field.type)
                    for cells, field in zip(zip(*group, strict=True), schema, strict=True)
                ]
                writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
        whole.seek(0)
        while piece := whole.read(_PIECE):
            yield piece


def files(dataset: Dataset) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Every table as a file of its own."""
    for name in TABLES:
        yield f"{name}.parquet", render(dataset, name)


def _rows(dataset: Dataset, table: str) -> Iterator[rows.Row]:
    if table == "codebook":
        yield from rows.codebook(dataset.codebook)
        return
    for part in dataset.parts():
        yield from rows.OF_PART[table](part, dataset)


def _groups(found: Iterable[rows.Row]) -> Iterator[list[rows.Row]]:
    group: list[rows.Row] = []
    for row in found:
        group.append(row)
        if len(group) == _GROUP:
            yield group
            group = []
    if group:
        yield group


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
