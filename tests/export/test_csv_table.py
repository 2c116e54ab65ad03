from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from annotator.export import csv_table
from annotator.store import Store
from tests.export import named


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


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
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1＋1", "'＝1＋1"),  # full width, as Japanese keyboards give
        ("", ""),
        ("art. 28(4)", "art. 28(4)"),
        ("a = b", "a = b"),
        ("'quoted'", "'quoted'"),
    ],
)
def test_no_cell_is_run_as_a_formula(cell: str, expected: str) -> None:
    assert csv_table.defused(cell) == expected


def test_a_quote_that_looks_like_a_formula_is_defused_in_the_file(worked: Store) -> None:
    assert table(named.render(worked, "csv"))[0]["quote"] == "'=Critics="


def test_an_empty_store_gives_the_header_alone(new_store: Callable[[], Store]) -> None:
    content = named.render(new_store(), "csv")
    assert content.decode("utf-8-sig") == ",".join(csv_table.COLUMNS) + "\r\n"
