"""`codebook` on the command line, and a database that is brought up to a changed codebook."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from annotator import bootstrap, codebook, intake, review, store
from annotator.cli import app
from annotator.codebook import Retire, Rewrite, candidate, save
from annotator.errors import CodebookError
from tests.codebook.conftest import SMALL

TEXT = "### Article 1. Search\n\nEach Party may search a system.\n"
Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The codebook in use."""
    path = tmp_path / "codebook.yaml"
    path.write_text(SMALL, encoding="utf-8")
    monkeypatch.setenv("ANNOTATOR_CODEBOOK", str(path))
    return path


@pytest.fixture
def database(file: Path, tmp_path: Path) -> Path:
    """Ana has tagged a search and a gag, and assessed the remedy."""
    path = tmp_path / "work.db"
    text = intake.parse(
        TEXT, kind="treaty", language="en", slug="small", title="Small", form="markdown"
    )
    with store.open(path) as opened:
        opened.add_document(text)
        ana = opened.add_reviewer("Ana").id
        book = codebook.load(file)
        for code in ("search", "gag"):
            review.tag(
                opened,
                text,
                ana,
                start=text.text.index("search"),
                end=text.text.index(" a system"),
                quote="search",
                concern="privacy",
                polarity="risk",
                code=code,
                codebook=book,
            )
        eid = next(text.reviewable()).eid
        review.assess(opened, text, ana, eid, {"remedy": "absent"}, codebook=book)
    return path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return lambda *told: CliRunner().invoke(app, ["codebook", *told])


def change(file: Path, operation: codebook.Operation, version: str) -> None:
    base = codebook.load(file)
    save(file, base, candidate(base, operation, version=version, says=f"{version} came."))


@pytest.mark.usefixtures("file")
def test_without_a_database_the_file_is_checked(run: Run, file: Path) -> None:
    assert run().stdout == "version 1.0: 2 concerns, 5 codes, 1 safeguards\n"
    file.write_text(SMALL.replace("key: g", "key: e"), encoding="utf-8")
    result = run()
    assert result.exit_code == 1
    assert "code 'gag': key is 'e'" in result.stderr


def test_versions_changes_and_flags_are_listed(run: Run, file: Path, database: Path) -> None:
    change(file, Rewrite("privacy/search", {"definition": "Going in."}), "1.1")
    change(file, Rewrite("safeguard/remedy", {"definition": "A court."}), "1.2")
    result = run("--json", "--db", str(database))
    assert result.exit_code == 0
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["version"] == "1.2"
    assert [
        (one["version"], one["current"], one["tags"], one["assessments"])
        for one in found["versions"]
    ] == [("1.2", True, 0, 0), ("1.0", False, 2, 1)]
    assert found["versions"][0]["changed"] == ["privacy/search", "safeguard/remedy"]
    assert [
        (one["type"], one["citation"], one["safeguard"], [e["path"] for e in one["entries"]])
        for one in found["flagged"]
    ] == [
        ("annotation", "art. 1", None, ["privacy/search"]),
        ("assessment", "art. 1", "remedy", ["safeguard/remedy"]),
    ]
    assert (found["unknown"], found["orphans"]) == (0, {})
    lines = run("--db", str(database)).stdout.splitlines()
    assert "small  art. 1: annotation to look at again (privacy/search changed)" in lines


def test_a_version_that_nobody_raised_is_noticed_and_flags_all_the_same(
    run: Run, file: Path, database: Path
) -> None:
    file.write_text(SMALL.replace("Silence.", "Hush."), encoding="utf-8")
    base = codebook.load(file)
    with store.open(database) as opened:
        opened.add_codebook(base.version, base.sha256, base.source)
    lines = run("--db", str(database)).stdout.splitlines()
    assert "note: 1.0 names several texts: raise `version` whenever words change" in lines
    assert "small  art. 1: annotation to look at again (privacy/gag changed)" in lines


def test_tags_without_their_code_are_an_error_that_says_what_to_do(
    run: Run, file: Path, database: Path
) -> None:
    change(file, Retire("privacy/gag", "search"), "1.1")
    assert run("--db", str(database)).exit_code == 0
    orphaned = file.read_text("utf-8").replace('        replaces:\n          - "gag"\n', "")
    file.write_text(orphaned, encoding="utf-8")
    result = run("--db", str(database))
    assert result.exit_code == 1
    message = "no code 'gag' of privacy, and 1 tag has it: put it back"
    assert message in result.stderr
    with pytest.raises(CodebookError, match=message):
        bootstrap.initialise(database, corpus=_corpus(file.parent))
    with store.open(database) as opened:
        assert [one.version for one in opened.codebooks()] == ["1.0"]


def test_a_safeguard_that_was_assessed_is_not_taken_out(file: Path, database: Path) -> None:
    renamed = SMALL.replace("- id: remedy", "- id: redress")
    file.write_text(renamed, encoding="utf-8")
    with (
        store.open(database) as opened,
        pytest.raises(CodebookError, match="no safeguard 'remedy', which stored work names"),
    ):
        codebook.refuse_orphans(opened, codebook.load(file))


def _corpus(folder: Path) -> Path:
    corpus = folder / "corpus"
    for name in ("treaties", "news"):
        (corpus / name).mkdir(parents=True)
    front = "---\ntitle: Small\nslug: small\nkind: treaty\nlanguage: en\n---\n\n"
    (corpus / "treaties" / "small.md").write_text(front + TEXT, encoding="utf-8")
    return corpus
