"""What is read is kept with the text, once, wherever suggestions are made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator import intake, safeguards, store
from annotator.cli import app

LAWS = Path(__file__).resolve().parent / "laws"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    with store.open(path) as made:
        made.add_document(intake.read(LAWS / "interception-act.md"))
    return path


def test_a_text_is_read_once(path: Path) -> None:
    slug = "arvania-communications-surveillance-act"
    with store.open(path) as opened:
        info = opened.documents()[0]
        assert safeguards.outdated(opened, info)
        assert safeguards.propose(opened, slug)
        assert not safeguards.outdated(opened, info)
        seq = opened.revision()
        assert not safeguards.propose(opened, slug)
        assert opened.revision() == seq
        found = opened.powers(slug)
        assert [one.power for one in found][:2] == ["interception", "interception"]
        assert opened.verify() == []


def test_the_command_stores_and_prints_a_line_a_clause(path: Path) -> None:
    slug = "arvania-communications-surveillance-act"
    result = CliRunner().invoke(app, ["--db", str(path), "safeguards", slug, "--json"])
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    first = lines[0]
    assert (first["article"], first["citation"], first["power"]) == (
        "2",
        "sec. 2(1)",
        "interception",
    )
    assert list(first["safeguards"])[:2] == ["legality", "necessity"]
    for line in lines:
        for reading in line["safeguards"].values():
            assert reading["state"] in ("present", "by_reference", "weak", "absent")
            assert all(set(one) == {"start", "end", "eid"} for one in reading["evidence"])
    with store.open(path, readonly=True) as opened:
        assert len(opened.powers(slug)) == len(lines)


def test_the_command_reads_a_file_without_storing(tmp_path: Path) -> None:
    made = tmp_path / "none.db"
    law = str(LAWS / "police-data-agreement.md")
    result = CliRunner().invoke(app, ["--db", str(made), "safeguards", law])
    assert result.exit_code == 0
    assert "art. 4  Sharing of information" in result.stdout
    assert "    absent" in result.stdout
    assert not made.exists()
