"""Keeping a changed codebook: checked whole, written in one step, never over somebody's work."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from annotator.codebook import reading
from annotator.codebook.book import Codebook
from annotator.codebook.editing import Operation, edited
from annotator.errors import CodebookError

_SAVING = threading.Lock()
_WAIT_S = 5.0
_STALE_S = 60.0


def next_version(version: str) -> str:
    """The version after that one.

    >>> next_version("2.0"), next_version("2.9"), next_version("3")
    ('2.1', '2.10', '4')
    """
    *head, last = version.split(".")
    return ".".join([*head, str(int(last) + 1)])


def candidate(
    book: Codebook, operation: Operation, *, version: str, says: str, same_meaning: bool = False
) -> Codebook:
    """What the codebook would be after the operation; nothing is written.

    `CodebookError` for everything that would make it invalid, and for a version that does not rise.
    """
    _check_version(book.version, version)
    text = edited(book.source, operation, version=version, says=says, same_meaning=same_meaning)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codebook.yaml"
        path.write_bytes(text.encode("utf-8"))
        try:
            return reading.load(path)
        except CodebookError as error:
            raise CodebookError(str(error).replace(str(path), path.name)) from None


def save(path: Path, base: Codebook, new: Codebook) -> None:
    """Put `new` in the place of `base`, whole or not at all.

    `CodebookError` where the file is no longer as `base` was read from it, and where it cannot be
    written.
    """
    path = path.resolve()
    try:
        with _SAVING, _locked(path):
            if hashlib.sha256(path.read_bytes()).hexdigest() != base.sha256:
                raise CodebookError(
                    f"{path.name} was changed by somebody else since version {base.version} was "
                    "opened here: copy your words, load the page again and enter them there"
                )
            _replace(path, new.source.encode("utf-8"))
    except OSError as error:
        why = error.strerror or str(error)
        raise CodebookError(
            f"{str(path)!r} cannot be written ({why}): make the file and its folder writable, or "
            "name a copy of it in ANNOTATOR_CODEBOOK"
        ) from error


def _check_version(old: str, new: str) -> None:
    try:
        risen = _numbers(new) > _numbers(old)
    except ValueError:
        raise CodebookError(
            f"version is {new!r}: write numbers with points, such as {next_version(old)!r}"
        ) from None
    if not risen:
        raise CodebookError(
            f"version is {new!r} and was {old!r}: raise it, such as to {next_version(old)!r}"
        )


def _numbers(version: str) -> tuple[int, ...]:
    if not version.isascii():
        raise ValueError(version)
    return tuple(int(part) for part in version.split("."))


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """No other process saves meanwhile: a file beside it that only one can make."""
    lock = path.with_name(f".{path.name}.lock")
    end = time.monotonic() + _WAIT_S
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            with contextlib.suppress(OSError):
                if time.time() - lock.stat().st_mtime > _STALE_S:  # left by one that died
                    lock.unlink()
                    continue
            if time.monotonic() > end:
                raise CodebookError(
                    f"somebody else is saving {path.name} at this moment: try again"
                ) from None
            time.sleep(0.05)  # nothing tells when another process takes its lock away
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
