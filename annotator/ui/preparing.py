"""A big file in the making: written by a thread into a temporary folder, counted, and stoppable."""

from __future__ import annotations

import shutil
import tempfile
import threading
import weakref
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import store as stores
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    # Loaded where it is used: app.py imports every page, and the first one should not wait for it.
    from annotator.export import Selection


class _Stopped(Exception):
    """Nobody wants the file any more."""


@dataclass(slots=True, weakref_slot=True)
class Preparing:
    """One file on its way, for one session; `key` tells what it is of.

    `done` of `total` texts have been gone through, by a format that goes through them several times
    again and again. When it is `ready`, `path` holds the file, for as long as this object is kept;
    `error` says why it never will.
    """

    key: Hashable
    database: Path
    format: str
    table: str
    selection: Selection
    done: int = 0
    total: int = 0
    ready: bool = False
    error: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)
    _folder: str = ""
    _thread: threading.Thread | None = None

    @property
    def path(self) -> Path:
        """Where the file is, or will be, once it is started."""
        return Path(self._folder) / "dataset.zip"

    @property
    def running(self) -> bool:
        """Whether it is still being written."""
        return not (self.ready or self.error or self._stop.is_set())

    def start(self) -> None:
        """Begin to write; the thread has a connection of its own."""
        self._folder = tempfile.mkdtemp(prefix="annotator-")
        # When the session that asked for it is gone, so is the file.
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Leave it after the text that is being written."""
        self._stop.set()

    def wait(self) -> None:
        """Until it is ready, failed or stopped."""
        if self._thread:
            self._thread.join()

    def size(self) -> int:
        """How many bytes the file has."""
        return self.path.stat().st_size

    def content(self) -> bytes:
        """The file, read when it is asked for."""
        return self.path.read_bytes()

    def _write(self) -> None:
        from annotator import export

        try:
            with stores.open(self.database, create=False, readonly=True) as store:
                export.write(
                    store,
                    self.format,
                    self.path,
                    self.selection,
                    table=self.table,
                    watch=self._count,
                )
            self.ready = True
        except _Stopped:
            pass
        except AnnotatorError as error:
            self.error = str(error)
        except Exception as error:  # nobody else would ever hear of it
            self.error = f"{type(error).__name__}: {error}"

    def _count(self, number: int, total: int) -> None:
        self.done, self.total = number, total
        if self._stop.is_set():
            raise _Stopped
