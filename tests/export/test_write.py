from __future__ import annotations

from pathlib import Path

import pytest

from annotator import export
from annotator.errors import ExportError
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
