"""Where an export may be written: nothing else of somebody's is lost by a slip of the hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator import store
from annotator.errors import ExportError
from annotator.export import files
from annotator.store import Store
from tests.export import named


@pytest.mark.parametrize("format", ["jsonl", "release"])
def test_a_database_is_never_written_over(worked: Store, tmp_path: Path, format: str) -> None:
    other = tmp_path / "work.zip"
    worked.backup(other)
    held = other.read_bytes()
    with pytest.raises(ExportError, match=r"work\.zip' is a database: name another file"):
        named.write(worked, format, other)
    assert other.read_bytes() == held
    with store.open(other) as opened:
        assert opened.reviewers() == worked.reviewers()


@pytest.mark.parametrize("format", ["csv", "brat"])
def test_what_is_neither_file_nor_folder_stays_what_it_is(
    worked: Store, tmp_path: Path, format: str
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ExportError, match=r"pipe' is no file: name one"):
        named.write(worked, format, pipe)
    assert pipe.is_fifo()


@pytest.mark.parametrize("out", [".", "/", ".."])
@pytest.mark.parametrize("format", ["csv", "brat"])
def test_a_folder_that_has_others_in_it_is_refused_in_a_line(
    worked: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str, format: str
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / "mine.txt").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(here)
    with pytest.raises(ExportError, match=r"is a folder|holds"):
        named.write(worked, format, out)
    assert [one.name for one in here.rglob("*")] == ["mine.txt"]
    assert not list(tmp_path.glob("*.part"))


def test_a_link_goes_on_leading_to_the_file_and_the_folder(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    files.replace(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    files.replace_folder(tmp_path / "link", [("a/b.txt", b"new")])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "a" / "b.txt").read_bytes() == b"new"
