"""The files of a format that makes several: in a folder, in a zip, or one of them by itself."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from annotator.errors import ExportError
from annotator.export.loading.readers import content, unpacking

_MOST_BYTES = 1_000_000_000


def files(path: Path, endings: Collection[str]) -> dict[str, bytes]:
    """By name, with `/` between folders, the files with one of these endings, sorted.

    Of a single file, those beside it with the same stem come too. `ExportError` for a zip that is
    damaged or too big unpacked.
    """
    if path.is_dir():
        found = {
            one.relative_to(path).as_posix(): one
            for one in sorted(path.rglob("*"))
            if one.is_file() and one.name.endswith(tuple(endings))
        }
        return {name: content(one) for name, one in found.items()}
    if content(path, 4) in (b"PK\x03\x04", b"PK\x05\x06"):  # the second has nothing in it
        return dict(_unpacked(path, tuple(endings)))
    beside = sorted(
        one
        for one in path.parent.iterdir()
        if one == path or (one.stem == path.stem and one.suffix in endings and one.is_file())
    )
    return {one.name: content(one) for one in beside}


def _unpacked(path: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    with unpacking(path), zipfile.ZipFile(path) as archive:
        entries = [
            entry
            for entry in archive.infolist()
            if entry.filename.endswith(endings) and not entry.filename.startswith("__MACOSX/")
        ]
        if sum(entry.file_size for entry in entries) > _MOST_BYTES:
            raise ExportError(f"{str(path)!r} unpacks to more than 1 GB: unpack and split it")
        for entry in sorted(entries, key=lambda one: one.filename):
            yield entry.filename, archive.read(entry)


def text(path: Path, name: str, found: bytes) -> str:
    """The file's text without a BOM; `ExportError` names the one that is not UTF-8."""
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportError(f"{path}: {name!r} is not UTF-8: save it as UTF-8") from error
