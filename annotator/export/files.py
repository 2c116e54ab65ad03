"""A file is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.errors import ExportError
from annotator.model import new_id


def replace(path: Path, content: bytes) -> None:
    """Write the content beside `path` and rename it there, replacing what stood there before.

    `ExportError` where the folder is missing or refuses; then `path` is as it was.
    """
    if path.is_dir():
        raise ExportError(f"{str(path)!r} is a folder: name a file in it")
    if not path.parent.is_dir():
        raise ExportError(f"there is no folder {str(path.parent)!r}: make it first")
    part = path.with_name(f".{path.name}.{new_id()}.part")
    try:
        try:
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExportError(f"{str(path)!r} cannot be written: {reason}") from error
