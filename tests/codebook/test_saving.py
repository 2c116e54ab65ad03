"""A change is saved whole or not at all, and never over somebody else's."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import threading
import time
from pathlib import Path

import pytest

from annotator import codebook
from annotator.codebook import Add, Codebook, Rewrite, candidate, save
from annotator.errors import CodebookError
from tests.codebook.conftest import SMALL
from tests.codebook.test_editing import NEW

HUSH = Rewrite("privacy/gag", {"definition": "Hush."})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "own" / "codebook.yaml"
    path.parent.mkdir()
    path.write_bytes(SMALL.encode("utf-8"))
    return path


@pytest.fixture
def base(path: Path) -> Codebook:
    return codebook.load(path)


def changed(base: Codebook, words: str = "Hush.", version: str = "1.1") -> Codebook:
    operation = Rewrite("privacy/gag", {"definition": words})
    return candidate(base, operation, version=version, says="Said.")


def test_what_was_seen_before_is_what_is_saved(path: Path, base: Codebook) -> None:
    path.chmod(0o640)
    new = changed(base)
    save(path, base, new)
    assert codebook.load(path) == new
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in path.parent.iterdir()] == ["codebook.yaml"]


def test_a_link_to_the_file_stays_a_link(path: Path, base: Codebook, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    save(link, base, changed(base))
    assert link.is_symlink()
    assert codebook.load(path).version == "1.1"


def test_the_second_of_two_is_told(path: Path, base: Codebook) -> None:
    first, second = changed(base), changed(base, "Quiet.")
    save(path, base, first)
    with pytest.raises(CodebookError, match=r"codebook.yaml was changed by somebody else since"):
        save(path, base, second)
    assert codebook.load(path) == first


def test_of_many_at_once_one_saves(path: Path, base: Codebook) -> None:
    books = [changed(base, f"Hush {number}.") for number in range(8)]
    told: list[str] = []

    def attempt(book: Codebook) -> None:
        try:
            save(path, base, book)
        except CodebookError as error:
            told.append(str(error))

    threads = [threading.Thread(target=attempt, args=(book,)) for book in books]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 7
    assert codebook.load(path) in books


def test_a_lock_left_by_a_program_that_died_holds_nobody_up(path: Path, base: Codebook) -> None:
    lock = path.with_name(".codebook.yaml.lock")
    lock.touch()
    long_ago = time.time() - 3600
    os.utime(lock, (long_ago, long_ago))
    save(path, base, changed(base))
    assert not lock.exists()


def test_a_lock_that_is_held_is_waited_for_and_then_told(
    path: Path, base: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.codebook.saving._WAIT_S", 0.1)
    path.with_name(".codebook.yaml.lock").touch()
    with pytest.raises(CodebookError, match=r"somebody else is saving codebook\.yaml"):
        save(path, base, changed(base))
    assert codebook.load(path) == base


@pytest.mark.parametrize("step", ["open", "write"])
def test_where_nothing_can_be_written_one_line_says_so(
    step: str, path: Path, base: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    new = changed(base)
    if step == "open":
        monkeypatch.setattr(os, "open", refused)
    else:
        monkeypatch.setattr(tempfile, "mkstemp", refused)
    with pytest.raises(CodebookError, match=r"cannot be written \(Read-only") as caught:
        save(path, base, new)
    assert "ANNOTATOR_CODEBOOK" in str(caught.value)
    monkeypatch.undo()
    assert codebook.load(path) == base
    assert [one.name for one in path.parent.iterdir()] == ["codebook.yaml"]


def test_a_disk_that_fills_up_leaves_the_old_file(
    path: Path, base: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = changed(base)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CodebookError, match="No space left"):
        save(path, base, new)
    monkeypatch.undo()
    assert codebook.load(path) == base
    assert [one.name for one in path.parent.iterdir()] == ["codebook.yaml"]


# operation, version, and the line that names field, value and what to do
INVALID: list[tuple[codebook.Operation, str, str]] = [
    (HUSH, "1.0", r"version is '1.0' and was '1.0': raise it, such as to '1.1'"),
    (HUSH, "0.9", r"version is '0.9' and was '1.0'"),
    (HUSH, "two", r"version is 'two': write numbers"),
    (HUSH, "1.", r"version is '1.': write numbers"),
    (HUSH, "١.٢", r"version is '١.٢': write numbers"),
    (Rewrite("privacy/gag", {"key": "e"}), "1.1", r"code 'gag': key is 'e': choose one letter"),
    (Rewrite("privacy/gag", {"key": "s"}), "1.1", r"the key 's' is taken"),
    (Rewrite("privacy/gag", {"name": " "}), "1.1", r"line \d+: code 'gag': name is ''"),
    (Rewrite("privacy/gag", {"tag": ()}), "1.1", r"code 'gag': 'tag' is missing: add it"),
    (Add("privacy", codebook.Code("Bad Id", "B", "b", "d", ("t",), ("l",), NEW.standards)),
     "1.1", r"id is 'Bad Id': use lower-case letters"),
    (Add("privacy", codebook.Code("search", "B", "b", "d", ("t",), ("l",), NEW.standards)),
     "1.1", r"the id 'search' is taken"),
    (Add("privacy", codebook.Code("fine", "B", "", "d", ("t",), ("l",), NEW.standards)),
     "1.1", r"code 'fine': 'key' is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "version", "message"), INVALID)
def test_what_is_invalid_is_named_and_nothing_is_written(
    operation: codebook.Operation, version: str, message: str, base: Codebook, path: Path
) -> None:
    with pytest.raises(CodebookError, match=message) as caught:
        candidate(base, operation, version=version, says="Said.")
    assert "\n" not in str(caught.value)
    assert tempfile.gettempdir() not in str(caught.value)
    assert codebook.load(path) == base


def test_an_empty_word_on_what_changed_is_refused(base: Codebook) -> None:
    with pytest.raises(CodebookError, match="says is ''"):
        candidate(base, HUSH, version="1.1", says=" ")
