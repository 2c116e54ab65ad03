"""Where words of a document stand on a page: in which clause, in UTF-16 units of its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from annotator.model import Clause, Document
from annotator.offsets import Utf16Map


class Places:
    """Spans of the document as places in the clauses of a sheet."""

    def __init__(self, document: Document, clauses: Sequence[Clause]) -> None:
        self._document = document
        self._clauses = clauses
        self._maps: dict[str, Utf16Map] = {}

    @property
    def extent(self) -> tuple[int, int]:
        """From the first word of the sheet to the last, in code points of the document."""
        return self._clauses[0].body, self._clauses[-1].own_end

    def _units(self, clause: Clause, offset: int) -> int:
        """The offset as UTF-16 units of the clause's words."""
        if clause.eid not in self._maps:
            words = self._document.text[clause.body : clause.own_end]
            self._maps[clause.eid] = Utf16Map(words)
        return self._maps[clause.eid].to_utf16(offset - clause.body)

    def span(self, start: int, end: int) -> dict[str, Any] | None:
        """Where the span begins and ends on this sheet, None where it does not touch it.

        `cut_start` and `cut_end` stand there where it goes on before or behind the sheet.
        """
        first = bisect_right(self._clauses, start, key=lambda clause: clause.own_end)
        last = bisect_left(self._clauses, end, key=lambda clause: clause.body) - 1
        if last < first:
            return None
        head, tail = self._clauses[first], self._clauses[last]
        found: dict[str, Any] = {
            "start_eid": head.eid,
            "start": self._units(head, max(start, head.body)),
            "end_eid": tail.eid,
            "end": self._units(tail, min(end, tail.own_end)),
        }
        if start < head.body and first == 0:
            found["cut_start"] = True
        if end > tail.own_end and last == len(self._clauses) - 1:
            found["cut_end"] = True
        return found
