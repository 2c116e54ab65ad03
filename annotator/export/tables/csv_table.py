"""CSV: what a lawyer reads in the first columns, a table in each file.

UTF-8 with a byte order mark, since Excel takes a CSV without one for the local code page and shows
"§" as "Â§"; read it elsewhere as `utf-8-sig`. Rows end in CRLF and cells are quoted where needed
(RFC 4180); a line break inside a quote or note stays LF. Cells that a spreadsheet would run as a
formula get an apostrophe in front (`cells.py`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from annotator.export.dataset import Dataset
from annotator.export.tables import rows
from annotator.export.tables.cells import defused
from annotator.export.tables.columns import TABLES, Column

_FIRST = itemgetter(slice(1))
_needs_quotes = re.compile('[,"\r\n]').search


def render(dataset: Dataset, table: str = "annotations") -> Iterator[bytes]:
    """A table with a header row; the header alone where it has no rows."""
    columns = TABLES[table].columns
    yield codecs.BOM_UTF8 + (",".join(TABLES[table].names) + "\r\n").encode("utf-8")
    for found in rows.columns(table, dataset):
        # A column at a time, which takes a third of the time of a `csv.writer`: hardly any has a
        # cell that needs quotes or an apostrophe.
        written = [cells(column, given) for column, given in zip(columns, found, strict=True)]
        yield "".join(f"{row}\r\n" for row in map(",".join, zip(*written, strict=True))).encode()


def files(dataset: Dataset) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Every table as a file of its own."""
    for name in TABLES:
        yield f"{name}.csv", render(dataset, name)


def cells(column: Column, given: Sequence[Any]) -> Sequence[str]:
    """A column's cells as they stand in the file."""
    if column.type in ("whole", "share"):
        return list(map(str, given))
    if column.type == "yes":
        return ["true" if cell else "false" for cell in given]
    texts = [cell or "" for cell in given]
    firsts = "".join(set(map(_FIRST, texts)))
    if firsts and not firsts.isalnum():
        texts = list(map(defused, texts))
    if _needs_quotes("".join(texts)):
        return [_quoted(cell) if _needs_quotes(cell) else cell for cell in texts]
    return texts


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


RENDERS: Mapping[str, Callable[[Dataset], Iterator[bytes]]] = MappingProxyType(
    {name: partial(render, table=name) for name in TABLES}
)
"""What writes one table, by its name."""
