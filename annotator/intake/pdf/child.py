"""What runs in a process of its own: one PDF from standard input, its blocks to standard output.

    python -P annotator/intake/pdf/child.py SECONDS BYTES < file.pdf

Prints one JSON object, `{"pieces": [...], "warnings": [...]}` or `{"error": "..."}`. It may not
write files, has a bounded memory and time, and ends by itself if nobody waits for it any more.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType

TOO_MUCH_MEMORY = 41
TOO_MUCH_TIME = 42
_STEP = 0.25


def main() -> None:
    """Read standard input, which must be a PDF, within the limits."""
    seconds, memory = float(sys.argv[1]), int(sys.argv[2])
    _limit(seconds, memory)
    threading.Thread(target=_watch, args=(seconds, memory), daemon=True).start()
    try:
        answer = json.dumps(_read(sys.stdin.buffer.read()))
    except MemoryError:
        os._exit(TOO_MUCH_MEMORY)
    sys.stdout.write(answer)
    sys.stdout.flush()
    # PDFium may take long, or fail, when it tidies up.
    os._exit(0)


def _read(data: bytes) -> dict[str, object]:
    from annotator.errors import IntakeError
    from annotator.intake.pdf.source import pieces

    try:
        words, warnings = pieces(data)
    except IntakeError as error:
        return {"error": str(error)}
    return {"pieces": words, "warnings": warnings}


def _shorten_imports() -> None:
    """Let the packages above be folders only: all of intake takes longer to load than most PDFs."""
    folder = Path(__file__).resolve().parent
    for up, package in enumerate(("annotator.intake.pdf", "annotator.intake", "annotator")):
        module = ModuleType(package)
        module.__path__ = [str([folder, *folder.parents][up])]
        sys.modules[package] = module


def _limit(seconds: float, memory: int) -> None:
    # Windows has no such limits: there the parent's clock alone ends the process.
    with suppress(ImportError):
        import resource

        for name, value in (
            ("RLIMIT_AS", memory),
            ("RLIMIT_CPU", int(seconds) + 5),
            ("RLIMIT_FSIZE", 0),
            ("RLIMIT_CORE", 0),
        ):
            with suppress(ValueError, OSError):
                kind = getattr(resource, name)
                resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))


def _watch(seconds: float, memory: int) -> None:
    """End the process when it takes too much; macOS does not hold it to its memory."""
    end = time.monotonic() + seconds
    parent = os.getppid()
    while True:
        time.sleep(_STEP)  # nothing tells when memory or time is used up, or the parent has gone
        if _used() > memory:
            os._exit(TOO_MUCH_MEMORY)
        if time.monotonic() > end or os.getppid() != parent:
            os._exit(TOO_MUCH_TIME)


def _used() -> int:
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    _shorten_imports()
    main()
