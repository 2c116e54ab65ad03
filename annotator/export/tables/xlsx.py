"""XLSX: one workbook with a sheet for each table, and one that says what it is.

Written by xlsxwriter row by row into temporary files, so that a big workbook does not fill the
memory. Cells hold text, numbers and times, never formulas; one that would be run when its sheet is
saved as CSV gets an apostrophe in front (`cells.py`). Excel takes 32,767 characters in a cell and
1,048,576 rows in a sheet: a longer text is cut, which its last words say, and further rows come in
a sheet with a number behind its name. The workbook bears no clock, and so comes out the same.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.export.dataset import Dataset
from annotator.export.garbage import uncollected
from annotator.export.tables import about, rows
from annotator.export.tables.cells import defused
from annotator.export.tables.columns import CODEBOOK, TABLES, Column, Table

if TYPE_CHECKING:
    # Loaded where it is used: only a workbook needs it.
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767
ROWS = 1_048_576
_CUT = " … [cut: the cell is full]"
_WIDE = {"quote", "context", "words", "note", "definition", "tag", "leave", "standards", "reason"}
_NARROW = {"start", "end", "severity", "polarity", "score", "risks", "safeguards", "retired"}
_SHEETS = {"reviews": "clauses x reviewers", "safeguards": "clauses x safeguards"}
_NO_TIME = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_PIECE = 1 << 20


def render(dataset: Dataset) -> Iterator[bytes]:
    """The workbook: annotations, clauses x reviewers, clauses x safeguards, codebook, about.

    And the suggestions, where any are taken.
    """
    import xlsxwriter

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dataset.xlsx"
        book = xlsxwriter.Workbook(
            str(path),
            {"constant_memory": True, "tmpdir": folder, "default_date_format": "yyyy-mm-dd hh:mm"},
        )
        book.set_properties({"title": about.TITLE, "created": _NO_TIME.replace(tzinfo=None)})
        with uncollected():
            _fill(_Book(book), dataset)
            book.close()
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


def _fill(book: _Book, dataset: Dataset) -> None:
    wanted = [name for name in rows.OF_PART if name != "suggestions" or _suggests(dataset)]
    sheets = {name: book.sheet(TABLES[name]) for name in wanted}
    codes = book.sheet(CODEBOOK)
    told = book.told()
    for part in dataset.parts():
        for name, sheet in sheets.items():
            sheet.add(zip(*rows.of_part(name, part, dataset), strict=True))
    codes.add(rows.codebook(dataset.codebook))
    written = {name: sheet.count for name, sheet in sheets.items()}
    for number, (what, says) in enumerate(about.lines(dataset, written)):
        told.write_string(number, 0, what, book.bold)
        told.write_string(number, 1, defused(_short(says)), book.wrapped)


def _suggests(dataset: Dataset) -> bool:
    return dataset.selection.suggestions != "none"


class _Book:
    """A workbook being written, with its styles."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"valign": "top"})
        self.time = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})

    def sheet(self, table: Table) -> _Sheet:
        """A new sheet for a table."""
        return _Sheet(self, table)

    def told(self) -> Worksheet:
        """The sheet that says what the workbook is."""
        sheet = self.book.add_worksheet("about")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        return sheet


class _Sheet:
    """A table's sheet, and a further one whenever it is full."""

    def __init__(self, book: _Book, table: Table) -> None:
        self.count = 0
        self._book, self._table = book, table
        self._number = 0
        self._columns = [
            (place, column, _style(book, column)) for place, column in enumerate(table.columns)
        ]
        self._next()

    def _next(self) -> None:
        self._number += 1
        name = _SHEETS.get(self._table.name, self._table.name)
        sheet = self._book.book.add_worksheet(
            name if self._number == 1 else f"{name} {self._number}"
        )
        sheet.freeze_panes(1, 0)
        for place, column, style in self._columns:
            sheet.set_column(place, place, _width(column), style)
            sheet.write_string(0, place, column.name, self._book.bold)
        self._sheet, self._row = sheet, 0

    def add(self, found: Iterable[rows.Row]) -> None:
        """Write rows under those there are."""
        for row in found:
            self._row += 1
            if self._row == ROWS:
                self._next()
                self._row = 1
            self.count += 1
            for (place, column, style), cell in zip(self._columns, row, strict=True):
                self._write(place, column, style, cell)

    def _write(self, place: int, column: Column, style: Any, cell: rows.Cell) -> None:
        sheet, row = self._sheet, self._row
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            sheet.write_boolean(row, place, cell, style)
        elif isinstance(cell, int | float):
            sheet.write_number(row, place, cell, style)
        elif column.type == "time":
            # A sheet knows no time zone: the column says that it is UTC.
            at = datetime.datetime.fromisoformat(cell).replace(tzinfo=None)
            sheet.write_datetime(row, place, at, style)
        else:
            sheet.write_string(row, place, defused(_short(cell)), style)


def _short(text: str) -> str:
    # One character is kept for an apostrophe.
    return text if len(text) < LONGEST else text[: LONGEST - 1 - len(_CUT)] + _CUT


def _width(column: Column) -> int:
    if column.name in _WIDE:
        return 60
    if column.name in _NARROW:
        return 10
    return 18


def _style(book: _Book, column: Column) -> Any:
    if column.type == "time":
        return book.time
    return book.wrapped if column.name in _WIDE else book.plain
