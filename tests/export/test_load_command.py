"""`load` on the command line: what it says, where, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from annotator import store
from annotator.cli import app
from annotator.model import Document
from annotator.store import Store

Run = Callable[..., Result]
QUOTE = "order any person"


@pytest.fixture
def run(worked: Store) -> Run:
    """Runs `load` on the small database."""
    path = worked.path
    worked.close()

    def load(*words: str | Path) -> Result:
        return CliRunner().invoke(app, ["--db", str(path), "load", *map(str, words)])

    load.path = path  # type: ignore[attr-defined]  # for looking into it afterwards
    return load


@pytest.fixture
def file(tmp_path: Path, treaty: Document) -> Path:
    """doccano's lines with a label of ours, and two that are nobody's here."""
    start = treaty.text.index(QUOTE)
    spans = [
        [start, start + 5, "privacy-risk-search"],
        [start, start + 9, "Privacy"],
        [start, start + 16, "PERSON"],
    ]
    path = tmp_path / "project.jsonl"
    path.write_text(json.dumps({"text": treaty.text, "label": spans}), encoding="utf-8")
    return path


def marks(run: Run) -> set[tuple[str, str]]:
    with store.open(run.path) as opened:  # type: ignore[attr-defined]  # as `run` sets it
        return {(one.quote, one.code) for one in opened.annotations(reviewer="Chen")}


def test_a_dry_run_tells_all_and_stores_nothing(run: Run, file: Path) -> None:
    before = run.path.read_bytes()  # type: ignore[attr-defined]  # as `run` sets it
    result = run(file, "--reviewer", "Chen", "--dry-run", "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert (told["format"], told["stored"], told["placed"]) == ("doccano", False, 1)
    assert told["unknown_labels"] == {"PERSON": 1, "Privacy": 1}
    assert "label not in the codebook: 'Privacy', 1 annotation" in result.stderr
    assert "dry run, nothing stored" in result.stderr
    assert run.path.read_bytes() == before  # type: ignore[attr-defined]  # as `run` sets it


def test_a_table_is_written_filled_in_and_used(run: Run, file: Path, tmp_path: Path) -> None:
    refused = run(file, "--reviewer", "Chen")
    assert refused.exit_code == 1
    assert refused.stderr.count("\n") == 1
    assert "--write-map" in refused.stderr
    table = tmp_path / "labels.csv"
    assert run(file, "--reviewer", "Chen", "--write-map", table).exit_code == 0
    filled = table.read_text(encoding="utf-8-sig").replace("PERSON,,,", "PERSON,-,,")
    assert "Privacy,privacy,,risk" in filled
    table.write_text(filled, encoding="utf-8")
    result = run(file, "--reviewer", "Chen", "--map", table)
    assert result.exit_code == 0, result.stderr
    assert "added 2 annotations, 1 annotation left out" in result.stderr
    assert marks(run) == {("order", "search"), ("order any", "")}
    assert "stored already" in run(file, "--reviewer", "Chen", "--map", table).stderr


def test_the_rest_is_stored_only_when_told(run: Run, file: Path) -> None:
    assert run(file, "--reviewer", "Chen", "--leave-out").exit_code == 0
    assert marks(run) == {("order", "search")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "word"), "'word' cannot be loaded: use one of jsonl, csv"),
        (("--format", "labelstudio"), "has no text"),
        (("--map", "nowhere.csv"), "'nowhere.csv' cannot be read"),
    ],
)
def test_a_mistake_is_one_line(run: Run, file: Path, words: tuple[str, ...], said: str) -> None:
    if words[1] == "labelstudio":
        file.write_text('[{"data": {}}]')
    result = run(file, "--reviewer", "Chen", *words)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
