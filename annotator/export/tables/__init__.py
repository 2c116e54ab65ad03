"""Tables: CSV for any spreadsheet, XLSX for a workbook, Parquet for programs; the same columns."""

from annotator.export.tables import csv_table, parquet, xlsx
from annotator.export.tables.cells import defused, undefused
from annotator.export.tables.columns import TABLES, Column, Table

__all__ = ["TABLES", "Column", "Table", "csv_table", "defused", "parquet", "undefused", "xlsx"]
