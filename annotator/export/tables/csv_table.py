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
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from annotator.export.dataset import Dataset
from annotator.export.tables import rows
from annotator.export.tables.cells import defused
from annotator.export.tables.columns import TABLES


def render(dataset: Dataset, table: str = "annotations") -> Iterator[bytes]:
    """A table with a header row; the header alone where it has no rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(TABLES[table].names)
    yield codecs.BOM_UTF8
    for batch in _batches(dataset, table):
        writer.writerows(map(_harmless, batch))
        yield out.getvalue().encode("utf-8")
        out.seek(0)
        out.truncate()


def files(dataset: Dataset) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Every table as a file of its own."""
    for name in TABLES:
        yield f"{name}.csv", render(dataset, name)


def _batches(dataset: Dataset, table: str) -> Iterator[Iterable[rows.Row]]:
    if table == "codebook":
        yield rows.codebook(dataset.codebook)
        return
    yield ()
    for part in dataset.parts():
        yield rows.OF_PART[table](part, dataset)


def _harmless(row: rows.Row) -> list[rows.Cell]:
    return [_text(cell) if cell.__class__ in (str, bool) else cell for cell in row]


def _text(cell: rows.Cell) -> str:
    if isinstance(cell, str):
        # Most cells begin with a letter, which no formula does: only the others are looked at.
        return cell if cell[:1].isalnum() else defused(cell)
    return "true" if cell else "false"


RENDERS: Mapping[str, Callable[[Dataset], Iterator[bytes]]] = MappingProxyType(
    {name: partial(render, table=name) for name in TABLES}
)
"""What writes one table, by its name."""
