"""CSV: what a lawyer reads in the first columns, a table in each file.

UTF-8 with a byte order mark, since Excel takes a CSV without one for the local code page and shows
"§" as "Â§"; read it elsewhere as `utf-8-sig`. Rows end in CRLF and cells are quoted where needed
(RFC 4180); a line break inside a quote or note stays LF. Cells that a spreadsheet would run as a
formula get an apostrophe in front (`cells.py`).
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from annotator.export.dataset import Dataset
from annotator.export.tables import rows
from annotator.export.tables.cells import defused
from annotator.export.tables.columns import TABLES, Column

_TEXTS = ("text", "label")
_FIRST = itemgetter(slice(1))


def render(dataset: Dataset, table: str = "annotations") -> Iterator[bytes]:
    """A table with a header row; the header alone where it has no rows."""
    yield codecs.BOM_UTF8 + _written([TABLES[table].names]).encode("utf-8")
    columns = TABLES[table].columns
    for batch in _batches(dataset, table):
        cells = zip(*batch, strict=True)
        safe = (_safe(column, given) for column, given in zip(columns, cells, strict=False))
        yield _written(zip(*safe, strict=True)).encode("utf-8")


def files(dataset: Dataset) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Every table as a file of its own."""
    for name in TABLES:
        yield f"{name}.csv", render(dataset, name)


def _batches(dataset: Dataset, table: str) -> Iterator[Iterable[rows.Row]]:
    if table == "codebook":
        yield rows.codebook(dataset.codebook)
        return
    for part in dataset.parts():
        yield rows.OF_PART[table](part, dataset)


def _safe(column: Column, cells: Sequence[Any]) -> Sequence[Any]:
    # A column at a time, since hardly any has a cell that begins with anything but a letter.
    firsts = "".join(set(map(_FIRST, filter(None, cells)))) if column.type in _TEXTS else ""
    if firsts and not firsts.isalnum():
        return [defused(cell) if cell else cell for cell in cells]
    return cells


def _written(batch: Iterable[Iterable[rows.Cell]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(batch)
    return out.getvalue()


RENDERS: Mapping[str, Callable[[Dataset], Iterator[bytes]]] = MappingProxyType(
    {name: partial(render, table=name) for name in TABLES}
)
"""What writes one table, by its name."""
