from __future__ import annotations

import functools
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import bootstrap, highlight, intake, store
from annotator.errors import CodebookError, IntakeError

TEXT = """\
---
title: {title}
kind: treaty
language: {language}
---

### Article 1. Search

Each Party shall empower its authorities to search a computer system.
"""

_load_once = functools.cache(highlight.load)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "treaties").mkdir(parents=True)
    add(folder, "first")
    return folder


@pytest.fixture(autouse=True)
def rules_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlight.highlighter, "load", _load_once)


def add(folder: Path, name: str, language: str = "en") -> Path:
    path = folder / "treaties" / f"{name}.md"
    path.write_text(TEXT.format(title=name.title(), language=language), encoding="utf-8")
    return path


def test_a_new_database_is_ready_to_work_in(corpus: Path, tmp_path: Path) -> None:
    told: list[str] = []
    report = bootstrap.initialise(tmp_path / "work.db", corpus=corpus, progress=told.append)
    assert report.added == report.highlighted == ("first",)
    assert report.suggestions > 0
    assert report.reviewer == "Reviewer A"
    assert report.codebook
    assert report.notices == ()
    assert told == ["Storing first", "Highlighting first"]
    assert bootstrap.steps(corpus) == len(told)
    with store.open(tmp_path / "work.db") as opened:
        assert len(opened.suggestions("first")) == report.suggestions
        assert opened.ruleset("first") == highlight.ruleset("en")
        assert [someone.name for someone in opened.reviewers()] == ["Reviewer A"]
        assert opened.verify() == []


def test_doing_it_again_changes_nothing(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    bootstrap.initialise(path, corpus=corpus)
    with store.open(path) as opened:
        before = opened.history()
    report = bootstrap.initialise(path, corpus=corpus)
    assert report == bootstrap.Report()
    assert not report.changed
    with store.open(path) as opened:
        assert opened.history() == before


def test_doing_it_again_does_not_load_spacy(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    bootstrap.initialise(path, corpus=corpus)
    script = (
        "import sys\n"
        "from annotator import bootstrap\n"
        "bootstrap.initialise(sys.argv[1], corpus=sys.argv[2])\n"
        "print('spacy' in sys.modules)"
    )
    command = [sys.executable, "-c", script, str(path), str(corpus)]
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "False"


def test_what_is_new_in_the_corpus_is_added(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    bootstrap.initialise(path, corpus=corpus)
    with store.open(path) as opened:
        reviewer = opened.reviewer("Reviewer A")
        opened.rename_reviewer(reviewer.id, "Ann")
    add(corpus, "second").write_text(
        TEXT.format(title="Second", language="en").replace("search", "seize"), encoding="utf-8"
    )
    report = bootstrap.initialise(path, corpus=corpus)
    assert (report.added, report.highlighted) == (("second",), ("second",))
    assert report.reviewer is None
    with store.open(path) as opened:
        assert [someone.name for someone in opened.reviewers()] == ["Ann"]


def test_a_text_of_the_corpus_does_not_become_a_version_of_anothers(
    corpus: Path, tmp_path: Path
) -> None:
    path = tmp_path / "work.db"
    other = intake.parse("A wholly other thing.", kind="news", language="en", slug="first")
    with store.open(path) as opened:
        opened.add_document(other)
    assert bootstrap.initialise(path, corpus=corpus).added == ("first-2",)
    with store.open(path) as opened:
        assert [info.slug for info in opened.documents()] == ["first", "first-2"]
        assert opened.document("first") == other
    assert not bootstrap.initialise(path, corpus=corpus).changed


def test_texts_are_read_again_when_the_rules_have_changed(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    bootstrap.initialise(path, corpus=corpus)
    with store.open(path) as opened:
        found = opened.suggestions("first")
        opened.set_suggestions("first", "earlier rules", [])
    report = bootstrap.initialise(path, corpus=corpus)
    assert (report.added, report.highlighted) == ((), ("first",))
    with store.open(path) as opened:
        assert opened.suggestions("first") == found


def test_a_language_that_cannot_be_highlighted_is_said(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    bootstrap.initialise(path, corpus=corpus)
    unknown = intake.parse("Gwlad y gân.", kind="news", language="cy", slug="gwlad")
    with store.open(path) as opened:
        opened.add_document(unknown)
    report = bootstrap.initialise(path, corpus=corpus)
    assert [notice.partition(":")[0] for notice in report.notices] == ["gwlad"]
    assert not report.changed


def test_a_mistake_in_the_rules_leaves_no_database(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object, **__: object) -> highlight.Highlighter:
        raise CodebookError("rules.yaml, line 3: it is wrong")

    monkeypatch.setattr(highlight.highlighter, "load", wrong)
    with pytest.raises(CodebookError):
        bootstrap.initialise(tmp_path / "work.db", corpus=corpus)
    assert not (tmp_path / "work.db").exists()


def test_a_mistake_in_corpus_or_codebook_leaves_no_database(corpus: Path, tmp_path: Path) -> None:

    (corpus / "codebook.yaml").write_text("version: [", encoding="utf-8")
    with pytest.raises(CodebookError):
        bootstrap.initialise(tmp_path / "work.db", corpus=corpus)
    (corpus / "codebook.yaml").unlink()
    add(corpus, "bad").write_text("no front matter", encoding="utf-8")
    with pytest.raises(IntakeError):
        bootstrap.initialise(tmp_path / "work.db", corpus=corpus)
    assert not (tmp_path / "work.db").exists()
