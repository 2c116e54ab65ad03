from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotator import export
from annotator.errors import ExportError
from annotator.export import files
from annotator.store import Store
from tests.export import named


@pytest.mark.parametrize("format", list(export.FORMATS))
def test_a_file_holds_what_render_gives(worked: Store, tmp_path: Path, format: str) -> None:
    out = tmp_path / "out" / f"dataset{export.FORMATS[format].suffix}"
    out.parent.mkdir()
    named.write(worked, format, out)
    assert out.read_bytes() == named.render(worked, format)
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def test_a_file_of_that_name_is_replaced(worked: Store, tmp_path: Path) -> None:
    out = tmp_path / "dataset.csv"
    out.write_text("older and much longer than anything else" * 1000, encoding="utf-8")
    named.write(worked, "csv", str(out))
    assert out.read_bytes() == named.render(worked, "csv")


def test_a_folder_or_a_missing_folder_is_refused(worked: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is a folder: name a file"):
        named.write(worked, "csv", tmp_path)
    with pytest.raises(ExportError, match=r"there is no folder '.*nowhere': make it first"):
        named.write(worked, "csv", tmp_path / "nowhere" / "dataset.csv")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    worked: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "dataset.csv"
    out.parent.mkdir()
    out.write_text("old", encoding="utf-8")

    def full(*_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ExportError, match="cannot be written: No space left on device"):
        named.write(worked, "csv", out)
    assert out.read_text(encoding="utf-8") == "old"
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def test_a_folder_is_written_anew_where_it_holds_nothing_else(
    worked: Store, tmp_path: Path
) -> None:
    out = tmp_path / "tables"
    export.write(worked, "csv", out, table="all")
    (out / "reviews.csv").write_text("older", encoding="utf-8")
    export.write(worked, "csv", out, table="all")
    assert (out / "reviews.csv").read_bytes() == export.as_bytes(worked, "csv", table="reviews")
    (out / "mine.docx").write_text("a week's work", encoding="utf-8")
    with pytest.raises(ExportError, match=r"holds 'mine\.docx', which this export does not write"):
        export.write(worked, "csv", out, table="all")
    assert (out / "mine.docx").read_text(encoding="utf-8") == "a week's work"
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["tables"]


def test_a_zip_of_the_same_files_is_the_same_and_readable_by_all(
    worked: Store, tmp_path: Path
) -> None:
    export.write(worked, "csv", tmp_path / "one.ZIP", table="all")
    assert (tmp_path / "one.ZIP").read_bytes() == export.as_bytes(worked, "csv", table="all")
    with zipfile.ZipFile(tmp_path / "one.ZIP") as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.external_attr >> 16 == 0o644


@pytest.mark.parametrize("name", ["/etc/passwd", "../up.txt", "a/../../b.txt"])
def test_no_file_of_an_export_leaves_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is no path for a file"):
        files.replace_folder(tmp_path / "out", [(name, b"x")])
    with pytest.raises(ValueError, match="is no path for a file"):
        b"".join(files.zipped([("a.txt", b"x"), ("A.txt", b"y")]))
    assert list(tmp_path.iterdir()) == []


def test_who_watches_is_told_of_each_text_and_can_end_it(worked: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export.write(worked, "jsonl", tmp_path / "a.jsonl", watch=lambda *at: told.append(at))
    assert told == [(1, 2), (2, 2)]

    def enough(number: int, total: int) -> None:
        del number, total
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export.write(worked, "jsonl", tmp_path / "b.jsonl", watch=enough)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".jsonl"] == ["a.jsonl"]
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]
