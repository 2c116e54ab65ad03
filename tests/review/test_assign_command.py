"""The command that gives work out: by citation, evenly, listed, taken back, and its refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from annotator import intake, store
from annotator.cli import app

TEXT = """\
# A treaty

## Chapter I. Powers

### Article 1. Search

1. A court may search systems.

2. An agency may order data.

### Article 2. Help

Each Party may compel anyone to help.
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    path = tmp_path / "a.db"
    with store.open(path) as opened:
        opened.add_document(
            intake.parse(TEXT, kind="treaty", language="en", slug="treaty", title="A treaty")
        )
        opened.add_reviewer("Ana")
        opened.add_reviewer("Ben")

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, ["--db", str(path), "assign", *words])

    return call


def listed(run: Run, *words: str) -> list[tuple[object, ...]]:
    records = [json.loads(line) for line in run(*words, "--json").stdout.splitlines()]
    return [(one["eid"], one["reviewer"], one["clauses"]) for one in records]


def test_what_is_given_is_listed_and_can_be_taken_back(run: Run) -> None:
    assert "everybody's" in run().stderr
    assert run("treaty", "--to", "Ana", "--to", "ben", "--clause", "ch. I").exit_code == 0
    assert listed(run) == [("chp_I", "Ana", 3), ("chp_I", "Ben", 3)]
    assert run("treaty", "--to", "Ben", "--clause", "1(2)", "--remove").exit_code == 0
    assert listed(run) == [("chp_I", "Ana", 3), ("art_1__para_1", "Ben", 1), ("art_2", "Ben", 1)]
    assert listed(run, "treaty", "--clause", "1(2)") == [("chp_I", "Ana", 3)]
    assert run("--remove").exit_code == 0
    assert listed(run) == []


def test_evenly_shows_first_and_then_gives_what_it_showed(run: Run) -> None:
    shown = run("--evenly", "1", "--dry-run", "--json")
    assert listed(run) == []
    given = run("--evenly", "1", "--json")
    assert given.stdout == shown.stdout
    shares = [json.loads(line) for line in given.stdout.splitlines()]
    assert [share["reviewer"] for share in shares] == ["Ana", "Ben"]
    assert sum(share["clauses"] for share in shares) == 3
    assert {one[1] for one in listed(run)} == {"Ana", "Ben"}
    again = [json.loads(line) for line in run("--evenly", "1", "--json").stdout.splitlines()]
    assert [share["clauses"] for share in again] == [0, 0], "everybody has theirs already"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("treaty", "--to", "Zoe"), "Zoe"),
        (("nowhere", "--to", "Ana"), "nowhere"),
        (("treaty", "--to", "Ana", "--clause", "77(3)"), "77(3)"),
        (("--to", "Ana", "--clause", "1"), "--clause"),
        (("--evenly", "3"), "3"),
        (("--evenly", "1", "--remove"), "--evenly"),
        (("--dry-run",), "--dry-run"),
    ],
)
def test_a_mistake_is_one_line_and_gives_nothing_out(
    run: Run, words: tuple[str, ...], named: str
) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
    assert named in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert listed(run) == []
