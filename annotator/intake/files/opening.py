"""The bytes of a file, if it is one: never a device or a pipe, never more than a limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from annotator.errors import IntakeError

# A pipe without a writer would keep the program waiting for ever, but for this flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def stem_and_suffix(path: str) -> tuple[str, str]:
    """The file's name as `Path` parts it, which takes as long as reading a small file.

    >>> stem_and_suffix("drafts/press.law.txt"), stem_and_suffix("notes.")
    (('press.law', '.txt'), ('notes.', ''))
    """
    name = os.path.basename(path)  # noqa: PTH119 - see above
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - see above
    return (stem, suffix) if len(suffix) > 1 else (name, "")


def contents(path: str, *, largest: int) -> bytes:
    """What the file holds; a link is followed.

    Raises `IntakeError`, naming the path, for what is missing, a folder, a device, a pipe or a
    socket, empty, not to be read by this user, or larger than `largest` bytes. In that case it is
    not read, whatever it claims to hold.
    """
    try:
        handle = os.open(path, _FLAGS)
    except FileNotFoundError as error:
        raise IntakeError(f"{path} is not there: check the name") from error
    except (OSError, ValueError) as error:
        if Path(path).is_dir():
            # Windows refuses to open folders.
            raise IntakeError(f"{path} is a folder: name the files in it") from error
        reason = error.strerror if isinstance(error, OSError) else error
        raise IntakeError(f"{path} cannot be opened: {reason}") from error
    try:
        found = os.fstat(handle)
        _check(path, found, largest)
        data = _read(handle, found.st_size, largest)
    except OSError as error:
        raise IntakeError(f"{path} cannot be read: {error.strerror}") from error
    finally:
        os.close(handle)
    if len(data) > largest:
        raise IntakeError(_too_large(path, len(data), largest))
    if data.isspace() or not data:
        raise IntakeError(f"{path} is empty: choose a file with words in it")
    return data


def _read(handle: int, size: int, largest: int) -> bytes:
    """What there is to read, at most a byte more than is allowed."""
    data = os.read(handle, min(largest, size) + 1)
    if len(data) == size:
        # A file of a known size that gave no byte more is at its end.
        return data
    parts = [data]
    left = largest + 1 - len(data)
    while left and (part := os.read(handle, min(left, max(size, 4096)))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _check(path: str, found: os.stat_result, largest: int) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IntakeError(f"{path} is a folder: name the files in it")
    if not stat.S_ISREG(found.st_mode):
        raise IntakeError(f"{path} is a device or a pipe, not a file: save the text as a file")
    if found.st_size > largest:
        raise IntakeError(_too_large(path, found.st_size, largest))


def _too_large(path: str, size: int, largest: int) -> str:
    return f"{path}: {size:,} bytes are more than {largest:,}: split it"
