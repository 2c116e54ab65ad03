"""`merge` on the command line: what it prints, where, and with which exit."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from annotator import store
from annotator.cli import app
from tests.store.conftest import Tag


@pytest.fixture
def lima(path: Path, tag: Tag) -> Path:
    """The other office's copy, with a tag of Ana's and a reviewer more."""
    other = Path(shutil.copy(path, path.with_name("lima.db")))
    with store.open(other) as opened:
        ana = opened.reviewer("Ana").id
        with opened.write("tag", reviewer=ana) as write:
            write.insert(tag(ana))
        opened.add_reviewer("Cy")
    return other


def run(path: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(app, ["--db", str(path), "merge", *map(str, words)])


def test_a_dry_run_says_what_would_come_and_changes_nothing(path: Path, lima: Path) -> None:
    before = path.read_bytes()
    result = run(path, lima, "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "2 lines of history that are new here",
        "new reviewer: Cy",
        "reviewers: 1 new",
        "annotations: 1 new",
    ]
    assert "nothing was changed" in result.stderr
    assert path.read_bytes() == before


def test_a_merge_names_the_copy_and_the_second_has_nothing_to_do(path: Path, lima: Path) -> None:
    found = json.loads(run(path, lima, "--json").stdout)
    assert found["rows"]["annotation"] == {"new": 1, "changed": 0, "removed": 0}
    assert Path(found["backup"]).is_file()
    result = run(path, lima)
    assert (result.exit_code, result.stdout) == (
        0,
        "nothing new: all of it is here already\n",
    )


def test_a_file_that_is_no_database_is_one_line_and_exit_1(path: Path) -> None:
    note = path.with_name("note.db")
    note.write_text("dear colleague, dear colleague", encoding="utf-8")
    result = run(path, note)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "note.db" in result.stderr


def test_a_namesake_is_told_of_and_joined_where_asked(path: Path, lima: Path) -> None:
    for one, name in ((path, "Amal"), (path, "Dee"), (lima, "Amal"), (lima, "Deborah")):
        with store.open(one) as opened:
            opened.add_reviewer(name)
    told = run(path, lima, "--dry-run").stdout.splitlines()
    assert [line for line in told if "--same" in line] == [
        "there is another 'Amal' in the other database, who stays apart: "
        "if they are one person, add --same Amal"
    ]
    done = run(path, lima, "--same", "Amal", "--same", "Dee=Deborah", "--json")
    assert json.loads(done.stdout)["one_person"] == ["Amal", "Deborah"]
    with store.open(path) as opened:
        assert [one.name for one in opened.reviewers()] == ["Amal", "Ana", "Bo", "Cy", "Deborah"]
    again = run(path, lima, "--same", "Amal", "--same", "Dee=Deborah")
    assert again.stdout == "nothing new: all of it is here already\n"
    for words in ("=", "Nobody"):
        refused = run(path, lima, "--same", words)
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
