"""A file, a folder or a zip is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from annotator.errors import ExportError
from annotator.model import new_id

Content = bytes | Iterable[bytes]
"""What is in one file, at once or in pieces."""

# A zip keeps a time for each file; the earliest it can hold says that none is meant.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_PIECE = 1 << 20
# How a file of SQLite begins.
_DATABASE = b"SQLite format 3\0"


def replace(path: Path, content: Content) -> int:
    """Write the content beside `path` and rename it there, replacing what stood there before.

    How many bytes it has. `ExportError` where the folder is missing or refuses; then `path` is as
    it was.
    """
    if path.is_dir():
        raise ExportError(f"{str(path)!r} is a folder: name a file in it")
    path = _free(path)
    with _beside(path) as part:
        with part.open("xb") as file:
            size = _fill(file, content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    return size


def replace_folder(path: Path, files: Iterable[tuple[str, Content]]) -> int:
    """Write the files into a new folder, or over one that holds nothing else than such files.

    How many bytes they have. `ExportError`, and everything as it was, where the folder holds a
    file that is not among these, since it might be somebody's work.
    """
    if path.is_file():
        raise ExportError(f"{str(path)!r} is a file: name a new folder, or a .zip")
    path = _free(path)
    with _beside(path) as part:
        part.mkdir()
        size = 0
        for name, content in _named(files):
            target = part / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                size += _fill(file, content)
        _refuse_others(path, part)
        if path.exists():
            shutil.rmtree(path)
        part.rename(path)
    return size


def replace_zip(path: Path, files: Iterable[tuple[str, Content]]) -> int:
    """Write the files into one zip, as `replace` does; how many bytes it has."""
    return replace(path, zipped(files))


def zipped(files: Iterable[tuple[str, Content]]) -> Iterator[bytes]:
    """The files as one zip, in pieces: the same files give the same bytes, listed by name.

    It is made in a temporary file, so that a big one does not fill the memory.
    """
    with tempfile.TemporaryFile() as whole:
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _named(files):
                entry = zipfile.ZipInfo(name, _NO_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # the same on Windows
                entry.external_attr = _READABLE
                with archive.open(entry, "w", force_zip64=not isinstance(content, bytes)) as file:
                    _fill(file, content)
            archive.filelist.sort(key=lambda entry: entry.filename)
        whole.seek(0)
        while piece := whole.read(_PIECE):
            yield piece


def _fill(file: IO[bytes], content: Content) -> int:
    pieces = (content,) if isinstance(content, bytes) else content
    return sum(file.write(piece) for piece in pieces)


def _named(files: Iterable[tuple[str, Content]]) -> Iterator[tuple[str, Content]]:
    """The files, each under a path that stays inside and is taken once; `ValueError` if not."""
    taken = set[str]()
    for name, content in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or name.casefold() in taken:
            raise ValueError(f"{name!r} is no path for a file of an export")
        taken.add(name.casefold())
        yield name, content


def _refuse_others(path: Path, part: Path) -> None:
    if not path.exists():
        return
    for found in sorted(path.rglob("*")):
        inside = found.relative_to(path)
        if found.is_dir() and not found.is_symlink():
            continue
        if not (part / inside).exists():
            raise ExportError(
                f"the folder {str(path)!r} holds {str(inside)!r}, which this export does not "
                "write: name a new folder, or a .zip"
            )


def _free(path: Path) -> Path:
    """Where a link leads; `ExportError` for what would be lost: a database, or a device."""
    if not path.is_symlink() and not path.parent.is_dir():
        raise ExportError(f"there is no folder {str(path.parent)!r}: make it first")
    real = Path(os.path.realpath(path))
    if real.is_dir() or not real.exists():
        return real
    if not real.is_file():
        raise ExportError(f"{str(path)!r} is no file: name one, or leave --out away to print")
    try:
        with real.open("rb") as file:
            held = file.read(len(_DATABASE))
    except OSError:
        return real  # what may not be read may be replaced all the same
    if held == _DATABASE:
        raise ExportError(f"{str(path)!r} is a database: name another file")
    return real


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A new name beside `path`, which is gone afterwards; what the disk refuses is one line."""
    if not path.parent.is_dir():
        raise ExportError(f"there is no folder {str(path.parent)!r}: make it first")
    if not path.name:
        raise ExportError(f"{str(path)!r} is a folder of the system: name one in it")
    part = path.with_name(f".{path.name}.{new_id()}.part")
    try:
        try:
            yield part
        finally:
            if part.is_dir():
                shutil.rmtree(part)
            else:
                part.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExportError(f"{str(path)!r} cannot be written: {reason}") from error
