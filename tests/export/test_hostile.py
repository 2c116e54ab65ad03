"""Files that are not what they say, or mean harm: a line each, and nothing stored."""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path

import pytest

from annotator import export
from annotator.errors import AnnotatorError
from annotator.export.loading import values
from annotator.export.standards import docbin
from annotator.store import Store

_DEEP = 100_000


@pytest.mark.parametrize("opening", ["[", '{"a":'])
@pytest.mark.parametrize("before", ["", '{"text": "x", "spans": [], "meta": '])
def test_json_without_an_end_to_its_depth_is_refused(
    worked: Store, tmp_path: Path, opening: str, before: str
) -> None:
    closing = "]" if opening == "[" else "1" + "}"
    path = tmp_path / "deep.jsonl"
    path.write_text(before + opening * _DEEP + closing * _DEEP, encoding="utf-8")
    _refused(worked, path, "JSON")


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_outside_the_calendar_is_none(time: str) -> None:
    assert values.moment(time) == ""


def test_what_is_no_file_is_not_waited_for(worked: Store, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    _refused(worked, pipe, "is no file")
    endless = tmp_path / "endless.jsonl"
    endless.symlink_to("/dev/zero")
    _refused(worked, endless, "is no file")


def test_an_empty_zip_is_told_as_one(worked: Store, tmp_path: Path) -> None:
    path = tmp_path / "empty.zip"
    zipfile.ZipFile(path, "w").close()
    _refused(worked, path, "holds no file of a known format")


def _refused(store: Store, path: Path, says: str) -> None:
    before = store.reviewers()
    with pytest.raises(AnnotatorError) as told:
        export.load(store, path, reviewer="Somebody New")
    assert says in str(told.value)
    assert "\n" not in str(told.value)
    assert store.reviewers() == before


def test_a_docbin_that_would_fill_the_memory_is_refused(
    worked: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docbin, "LARGEST", 20_000_000)
    path = tmp_path / "bomb.spacy"
    path.write_bytes(zlib.compress(b"\0" * 20_000_001))
    _refused(worked, path, "unpacks to more than")
