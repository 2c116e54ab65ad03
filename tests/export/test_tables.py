"""CSV, XLSX and Parquet, read back by those who read them: csv, openpyxl, pandas, pyarrow."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import export
from annotator.export.tables import TABLES, Column, csv_table, defused, undefused
from annotator.store import Store
from tests.export import named


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def workbook(store: Store) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(named.render(store, "xlsx")))


def sheet(book: openpyxl.Workbook, name: str) -> list[dict[str, object]]:
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_row_for_each_annotation_with_what_a_lawyer_reads_first(worked: Store) -> None:
    content = named.render(worked, "csv")
    assert content.startswith(b"\xef\xbb\xbfdocument_title,citation,heading,concern,polarity,")
    rows = table(content)
    assert [(row["document"], row["citation"], row["reviewer"]) for row in rows] == [
        ("signed", "para. 2", "Béla"),
        ("small-things", "art. 1(1)", "Béla"),
        ("small-things", "art. 1(2)(b)", "Ann"),
    ]
    assert rows[1]["quote"] == "𝒟ata, البيانات and café"
    assert rows[2]["document_title"] == "Convention on Small Things"
    assert rows[2]["severity"] == "high"


def test_a_paragraph_is_known_by_its_articles_heading(worked: Store) -> None:
    headings = [row["heading"] for row in table(named.render(worked, "csv"))]
    assert headings == ["", "Use of terms 😀", "Use of terms 😀"]


def test_words_come_with_their_line_or_their_clause(worked: Store) -> None:
    line = [row["context"] for row in table(named.render(worked, "csv"))]
    assert line[0] == "'=Critics= said so."
    assert line[2] == "(b) order any person to give the necessary information."
    clause = [row["context"] for row in table(named.render(worked, "csv", context="clause"))]
    assert clause[1] == '"Data" means 𝒟ata, البيانات and café notes.'


def test_a_long_line_is_cut_between_words_and_says_so(worked: Store) -> None:
    for part in export.collect(worked).parts():
        for mark in part.annotations:
            around = part.context(replace(mark, start=mark.start, end=mark.start + 3), "line")
            assert part.document.text[mark.start : mark.start + 3] in around
            assert "\n" not in around


def test_cells_with_quotes_and_line_breaks_stay_one_cell(worked: Store) -> None:
    content = named.render(worked, "csv")
    row = table(content)[0]
    assert row["note"] == '\'=HYPERLINK("http://x")\nsecond "line", and more'
    assert content.count(b"\r\n") == 4
    assert content.replace(b"\r\n", b"").count(b"\r") == 0


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+32 2 555", "'+32 2 555"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\tword", "'\tword"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("\u00a0\ufeff@x", "'\u00a0\ufeff@x"),
        ("＝1＋1", "'＝1＋1"),  # full width, as Japanese keyboards give
        ("'=1", "''=1"),  # or it would come back as a formula
        ("", ""),
        ("  word", "  word"),
        ("art. 28(4)", "art. 28(4)"),
        ("a = b", "a = b"),
        ("'quoted'", "'quoted'"),
    ],
)
def test_no_cell_is_run_as_a_formula(cell: str, expected: str) -> None:
    assert defused(cell) == expected
    assert undefused(expected) == cell


@given(st.text(alphabet="'=+-@＝ \t\r\nab\u3000\ufeff", max_size=8) | st.text(max_size=20))
def test_what_was_defused_comes_back_as_it_was(cell: str) -> None:
    assert undefused(defused(cell)) == cell
    assert not defused(cell).lstrip(" \u3000\ufeff").startswith(("=", "+", "-", "@", "\t", "\r"))


@given(
    st.lists(st.text(alphabet=",\"\r\n'=-ab é\x1d\x85\u2028", max_size=6), min_size=1, max_size=4)
)
def test_a_reader_of_csv_finds_every_cell_as_it_was(notes: list[str]) -> None:
    column = Column("note", "what somebody wrote")
    lines = "".join(f"{cell},x\r\n" for cell in csv_table.cells(column, notes))
    read = list(csv.reader(io.StringIO(lines, newline="")))
    assert [undefused(cell) for cell, _ in read] == notes


def test_an_empty_store_gives_the_header_alone(new_store: Callable[[], Store]) -> None:
    content = named.render(new_store(), "csv")
    assert content.decode("utf-8-sig") == ",".join(TABLES["annotations"].names) + "\r\n"


@pytest.mark.parametrize("name", list(TABLES))
def test_each_table_has_its_columns_in_every_form(worked: Store, tmp_path: Path, name: str) -> None:
    content = export.as_bytes(worked, "csv", export.Selection(names=True), table=name)
    rows = table(content)
    assert rows
    assert tuple(rows[0]) == TABLES[name].names
    key = [tuple(row[column] for column in TABLES[name].key) for row in rows]
    assert len(set(key)) == len(key), "the key names a row"
    parquet = tmp_path / "table.parquet"
    export.write(worked, "parquet", parquet, export.Selection(names=True), table=name)
    read = pandas.read_parquet(parquet)
    assert tuple(read.columns) == TABLES[name].names
    assert len(read) == len(rows)
    for column in TABLES[name].columns:
        if column.type in ("text", "label"):
            given = [undefused(row[column.name]) for row in rows]
            assert read[column.name].fillna("").tolist() == given, column.name


def test_clauses_and_reviewers_with_what_was_said_or_not(worked: Store) -> None:
    content = export.as_bytes(worked, "csv", export.Selection(names=True), table="reviews")
    rows = table(content)
    assert [(row["citation"], row["reviewer"], row["state"], row["risks"]) for row in rows] == [
        ("para. 2", "Béla", "reopened", "0"),
        ("art. 1(1)", "Ann", "no_concern", "0"),
        ("art. 1(1)", "Béla", "", "1"),  # tagged, not yet marked as read
        ("art. 1(2)(b)", "Ann", "concern", "1"),
    ]


def test_a_folder_or_zip_of_csv_has_every_table(worked: Store, tmp_path: Path) -> None:
    export.write(worked, "csv", tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.namelist() == sorted(f"{name}.csv" for name in TABLES)


def test_the_workbook_has_a_sheet_a_table_and_says_what_it_is(worked: Store) -> None:
    book = workbook(worked)
    assert book.sheetnames == [
        "annotations",
        "clauses x reviewers",
        "clauses x safeguards",
        "suggestions",
        "codebook",
        "about",
    ]
    first, *_ = sheet(book, "annotations")
    assert first["quote"] == "'=Critics="
    assert isinstance(first["start"], int)
    assert str(first["created"]) == "2026-01-02 03:04:05.678000"
    assert [row["decision"] for row in sheet(book, "suggestions")] == ["rejected", "accepted"]
    told = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True)}
    assert told["annotations: 3"] == "a row is an annotation"
    assert "Convention on Small Things" in told["text: small-things"]
    assert not any(
        cell.data_type == "f" for one in book for row in one.iter_rows() for cell in row
    ), "nothing is a formula"


def test_a_cell_that_is_too_long_for_a_sheet_is_cut_and_says_so(worked: Store) -> None:
    (tag,) = worked.annotations(reviewer="Ann")
    with worked.write("edit") as write:
        write.update(replace(tag, note="=" + "x" * 40_000))
    (note,) = [row["note"] for row in sheet(workbook(worked), "annotations") if row["note"]][-1:]
    assert isinstance(note, str)
    assert len(note) == 32_767
    assert note.startswith("'=xxx")
    assert note.endswith("[cut: the cell is full]")


def test_a_parquet_file_has_types_and_says_what_it_is(worked: Store, tmp_path: Path) -> None:
    path = tmp_path / "tags.parquet"
    export.write(worked, "parquet", path)
    read = pyarrow.parquet.read_table(path)
    types = {field.name: str(field.type) for field in read.schema}
    assert types["start"] == "int64"
    assert types["updated"] == "timestamp[ms, tz=UTC]"
    assert types["quote"] == "string"
    assert read.column("severity").to_pylist() == [None, None, "high"]
    assert read.column("quote").to_pylist()[0] == "=Critics=", "no spreadsheet reads it"
    assert read.schema.metadata[b"table"] == b"annotations"
    assert len(read.schema.metadata[b"codebook_sha256"]) == 64
    assert read.schema.field("start").metadata[b"description"].startswith(b"where the words begin")


def test_an_empty_store_gives_an_empty_parquet_table(
    new_store: Callable[[], Store], tmp_path: Path
) -> None:
    path = tmp_path / "none.parquet"
    export.write(new_store(), "parquet", path)
    assert pyarrow.parquet.read_table(path).num_rows == 0


@pytest.mark.parametrize("format", ["csv", "xlsx", "parquet"])
def test_the_same_state_gives_the_same_tables(worked: Store, format: str) -> None:
    assert named.render(worked, format) == named.render(worked, format)


# What it reads with still uses what others have deprecated.
@pytest.mark.filterwarnings("ignore")
def test_a_library_for_data_sets_reads_each_form(
    worked: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    named.write(worked, "csv", tmp_path / "tags.csv")
    named.write(worked, "parquet", tmp_path / "tags.parquet")
    quotes = ["=Critics=", "𝒟ata, البيانات and café", "order any person"]
    for form, defuse in (("csv", defused), ("parquet", str)):
        read = datasets.load_dataset(
            form,
            data_files=str(tmp_path / f"tags.{form}"),
            split="train",
            cache_dir=str(tmp_path / "cache"),
        )
        assert read["quote"][:] == [defuse(quote) for quote in quotes]
        assert read.column_names[1:] == list(TABLES["annotations"].names)[1:]
