"""An open database: its connection, and how every part of `Store` asks and writes."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from annotator.errors import StoreError
from annotator.store import connection as connections
from annotator.store import read
from annotator.store import write as writing
from annotator.store.rows import V
from annotator.store.write import Write

T = TypeVar("T")


class Opened:
    """What the parts of `Store` have in common."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, *, readonly: bool = False
    ) -> None:
        self.path = path
        self.readonly = readonly
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; closing twice does no harm."""
        self._connection.close()

    def _ask(self, question: Callable[[], T]) -> T:
        with connections.translated(self.path):
            return question()

    def _document(self, name: str) -> str:
        return read.document_id(self._connection, name)

    def _reviewer(self, name: str) -> str:
        return read.reviewer(self._connection, name).id

    def _values(
        self, kind: type[V], document: str | None, reviewer: str | None, eids: Iterable[str] | None
    ) -> list[V]:
        return self._ask(
            lambda: read.values(
                self._connection,
                kind,
                document=None if document is None else self._document(document),
                reviewer=None if reviewer is None else self._reviewer(reviewer),
                eids=eids,
            )
        )

    def _write(
        self,
        action: str,
        reviewer: str | None,
        document: str | None,
        *,
        nonce: str | None = None,
        keep_times: bool = False,
    ) -> AbstractContextManager[Write]:
        if self.readonly:
            raise StoreError(f"{str(self.path)!r} is open for reading only: open it for writing")
        return writing.write(
            self._connection,
            self.path,
            action,
            reviewer=reviewer,
            document=document,
            nonce=nonce,
            keep_times=keep_times,
        )

    def _within(
        self, write: Write | None, action: str, reviewer: str | None, document: str
    ) -> AbstractContextManager[Write]:
        if write is None:
            return self._write(action, reviewer, document)
        return contextlib.nullcontext(write)
