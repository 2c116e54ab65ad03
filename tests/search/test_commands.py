"""`search` and `recode` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator import store
from annotator.cli import app
from annotator.codebook import Codebook
from annotator.model import Document
from tests.search.conftest import tagged


def run(path: Path, *given: str) -> tuple[int, list[str], str]:
    result = CliRunner().invoke(app, [*given, "--db", str(path)])
    return result.exit_code, result.stdout.splitlines(), result.stderr


@pytest.mark.parametrize("words", ["order", "电子证据", "cooperation", "ข้อมูลส่วนบุคคล", "التفتيش"])
def test_marks_are_the_words_at_their_place_in_the_text(path: Path, words: str) -> None:
    code, lines, _ = run(path, "search", words, "--json")
    assert code == 0
    assert lines
    with store.open(path) as opened:
        for record in map(json.loads, lines):
            text = opened.document(record["document"]).text
            assert record["marks"]
            for mark in record["marks"]:
                assert text[mark["start"] : mark["end"]] == mark["quote"]


def test_a_citation_comes_first_and_mistakes_are_one_line(path: Path) -> None:
    _, lines, _ = run(path, "search", "art. 1(2)", "--json")
    assert json.loads(lines[0])["eid"] == "art_1__para_2"
    for given in (["search"], ["search", "--in", "nowhere", "x"], ["search", "--code", "y", "x"]):
        code, lines, said = run(path, *given)
        assert (code, lines) == (1, [])
        assert len(said.splitlines()) == 1


def test_a_dry_run_changes_nothing_and_undo_takes_all_back(
    path: Path, treaty: Document, book: Codebook
) -> None:
    with store.open(path) as opened:
        tagged(opened, treaty, "Ana", "order any person", book)
        tagged(opened, treaty, "Bo", "review every order", book)
        before = opened.annotations()
    asked = ["recode", "--reviewer", "Ana", "--concern", "privacy", "--to-severity", "high"]
    code, lines, said = run(path, *asked, "--dry-run", "--json")
    assert code == 0
    assert [json.loads(line)["after"]["severity"] for line in lines] == ["high"]
    assert "1 tag would change" in said
    with store.open(path) as opened:
        assert opened.annotations() == before
    run(path, *asked)
    with store.open(path) as opened:
        assert {tag.severity for tag in opened.annotations()} == {"high", None}
        (line,) = opened.recodings("Ana")
    assert run(path, "recode", "--reviewer", "Ana", "--undo", str(line.seq))[0] == 0
    with store.open(path) as opened:
        assert opened.annotations() == before
