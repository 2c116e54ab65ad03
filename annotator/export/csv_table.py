"""A table for spreadsheets: one row an annotation, what a lawyer reads in the first columns.

UTF-8 with a byte order mark, since Excel takes a CSV without one for the local code page and
shows "§" as "Â§"; read it elsewhere as `utf-8-sig`. Rows end in CRLF and cells are quoted where
needed (RFC 4180); a line break inside a quote or note stays LF.

Cells that a spreadsheet would run as a formula get an apostrophe in front. The table is for
reading; JSON Lines is the format that comes back unchanged.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from annotator.export.dataset import Dataset

COLUMNS = (
    "document_title",
    "citation",
    "heading",
    "concern",
    "polarity",
    "severity",
    "code",
    "quote",
    "note",
    "reviewer",
    "document",
    "eid",
    "start",
    "end",
    "text_sha256",
    "id",
    "created",
    "updated",
)

# The characters after which Excel, LibreOffice or Google Sheets read a formula, in the width of
# East Asian keyboards too; tab, CR and LF are skipped by some before they look.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(dataset: Dataset) -> Iterator[bytes]:
    """The dataset's annotations as a table with a header row; the header alone where none are."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    yield codecs.BOM_UTF8
    for part in dataset.parts():
        document = part.document
        for mark in part.annotations:
            cells = (
                document.title,
                part.citation(mark.eid),
                part.headings[mark.eid],
                mark.concern,
                mark.polarity,
                mark.severity or "",
                mark.code,
                mark.quote,
                mark.note,
                dataset.name(mark.reviewer),
                document.slug,
                mark.eid,
                mark.start,
                mark.end,
                document.text_sha256,
                mark.id,
                mark.created,
                mark.updated,
            )
            rows.writerow([cell if isinstance(cell, int) else defused(cell) for cell in cells])
        yield out.getvalue().encode("utf-8")
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode("utf-8")


def defused(cell: str) -> str:
    """The cell so that no spreadsheet runs it.

    >>> defused("=1+1")
    "'=1+1"
    >>> defused("art. 28(4)")
    'art. 28(4)'
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
