"""A table of annotations as CSV: ours, as a spreadsheet saved it, or one made elsewhere.

Its first row names the columns; `document`, `start`, `end` and `quote` must be among them, and
`concern` and `polarity`, or `label`. Cells that were kept from being formulas are as they were.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from annotator.errors import ExportError
from annotator.export.labels import dialect, fused
from annotator.export.loading.foreign import Foreign, Mark, Text
from annotator.export.tools import jsonlines

_NEEDED = ("document", "start", "end", "quote")


def read(path: Path) -> Foreign:
    """The rows; `ExportError` names a column that is missing, or a row without offsets."""
    text = jsonlines.decoded(path)
    csv.field_size_limit(sys.maxsize)
    rows = csv.reader(io.StringIO(text, newline=""), dialect=dialect(text))
    head = [cell.strip().casefold() for cell in next(rows, [])]
    for name in _NEEDED:
        if name not in head:
            raise ExportError(f"{str(path)!r} has no column {name!r}: its first row names columns")
    texts: dict[tuple[str, str], int] = {}
    marks: list[Mark] = []
    for row in rows:
        where = f"line {rows.line_num}"
        if not any(row):
            continue
        cells = {name: fused(cell) for name, cell in zip(head, row, strict=False)}
        key = cells.get("document", ""), cells.get("text_sha256", "")
        marks.append(
            Mark(
                texts.setdefault(key, len(texts)),
                *_offsets(path, where, cells),
                cells.get("quote", ""),
                id=cells.get("id", ""),
                where=where,
                label=cells.get("label", ""),
                concern=cells.get("concern", ""),
                code=cells.get("code", ""),
                polarity=cells.get("polarity", ""),
                severity=cells.get("severity", ""),
                note=cells.get("note", ""),
                reviewer=cells.get("reviewer", ""),
                created=cells.get("created", ""),
                updated=cells.get("updated", ""),
            )
        )
    return Foreign(tuple(Text(name, sha256=digest) for name, digest in texts), tuple(marks))


def _offsets(path: Path, where: str, cells: dict[str, str]) -> tuple[int, int]:
    found = []
    for name in ("start", "end"):
        said = cells.get(name, "").strip()
        if not (said.isascii() and said.isdigit()):
            raise ExportError(f"{path}, {where}: {name} is {said!r}, not a whole number from 0")
        found.append(int(said))
    return found[0], found[1]
