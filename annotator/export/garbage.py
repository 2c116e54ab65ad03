"""Work on many values at once, of which none is garbage."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator

_LOCK = threading.Lock()
_inside = 0
_collecting = False


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for garbage: values hold no cycles, and the search visits each of them.

    It is for the whole process, until the last thread that asked has left; do not yield inside.
    """
    global _inside, _collecting
    with _LOCK:
        if not _inside:
            _collecting = gc.isenabled()
            gc.disable()
        _inside += 1
    try:
        yield
    finally:
        with _LOCK:
            _inside -= 1
            if not _inside and _collecting:
                gc.enable()
