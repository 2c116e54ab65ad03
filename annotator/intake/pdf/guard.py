"""A PDF read in a process of its own, so that no file can stop, fill or end the program."""

from __future__ import annotations

import json
import subprocess
import sys

from annotator.errors import IntakeError
from annotator.intake.blocks import Piece, Source, assemble
from annotator.intake.pdf import child, pages

SECONDS = 60.0
SECONDS_PER_MEGABYTE = 20.0
MEMORY = 2_000_000_000
# For the process to start and to be ended by its own clock before it is by ours.
_GRACE = 15.0


def to_source(data: bytes) -> Source:
    """The text of a PDF in reading order, one paragraph a block, as `source.pieces` finds it.

    Raises `IntakeError` also for a file that takes more than a minute (and 20 seconds for each of
    its megabytes), more than 2 GB, or makes PDFium fail.
    """
    pages.check(data)
    found = _answer(data, SECONDS + SECONDS_PER_MEGABYTE * len(data) / 1_000_000)
    if "error" in found:
        raise IntakeError(str(found["error"][0]))
    return assemble(map(Piece, found["pieces"]), warnings=found["warnings"])


def _answer(data: bytes, seconds: float) -> dict[str, list[str]]:
    try:
        done = subprocess.run(
            [sys.executable, "-P", child.__file__, str(seconds), str(MEMORY)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds + _GRACE,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise IntakeError(_took_too_long(seconds)) from error
    except OSError as error:
        raise IntakeError(f"the PDF reader cannot be started: {error.strerror}") from error
    if done.returncode == child.TOO_MUCH_TIME:
        raise IntakeError(_took_too_long(seconds))
    if done.returncode == child.TOO_MUCH_MEMORY:
        raise IntakeError("the PDF needs more than 2 GB to be read: print it to a new file")
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        raise IntakeError(
            "the PDF makes its reader fail: print it to a new file and give that"
        ) from error
    # Nothing from the other process is taken for more than words.
    return {
        str(key): [str(words) for words in (value if isinstance(value, list) else [value])]
        for key, value in found.items()
    }


def _took_too_long(seconds: float) -> str:
    return f"the PDF takes more than {seconds:.0f} seconds to read: split it, or print it anew"
