"""What the intake view is given: a text line by line, its counts and its doubtful places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.intake.correct import BY_HAND
from annotator.intake.layout import Line
from annotator.intake.structure.nodes import ITEMS
from annotator.model import Clause, Document
from annotator.ui.directions import direction
from annotator.ui.panels import count
from annotator.ui.tray import Entry
from annotator.ui.words import say

# In the order in which they are counted to a reader.
_COUNTED = (
    "part",
    "chapter",
    "section",
    "article",
    "paragraph",
    "point",
    "subpoint",
    "annex",
)
_MAIN = ("chapter", "article", "paragraph", "point", "subpoint")
_LONGEST_COUNTS = 4


def preview_data(
    entry: Entry, *, acks: Mapping[str, str], holds: str | None = None
) -> dict[str, Any]:
    """The text as the browser draws it; every offset in UTF-16 units of the text.

    The text itself comes as `text`, unless the browser `holds` it: it never changes.
    """
    with entry.lock:
        return _data(entry, acks, holds)


def _data(entry: Entry, acks: Mapping[str, str], holds: str | None) -> dict[str, Any]:
    document = entry.document
    key = key_of(entry)
    return {
        "view": "intake",
        "key": key,
        "text": None if holds == key else document.text,
        "kind": document.kind,
        "lang": document.language,
        "dir": direction(document),
        "lines": _lines(entry, document),
        "warnings": [
            _places(entry, document, one)
            for one in document.warnings
            if not one.startswith(BY_HAND)  # the count of corrections stands beside it
        ],
        "counts": counts(document),
        "made": entry.corrected,
        "undo": bool(entry.steps),
        "redo": bool(entry.undone),
        "acks": dict(acks),
    }


def key_of(entry: Entry) -> str:
    """Names the text and the way it was read; corrections leave it as it is."""
    return f"{entry.id}/{entry.read.kind}/{entry.read.text_sha256}"


def counts(document: Document) -> str:
    """How many clauses of each kind there are.

    >>> from annotator import intake
    >>> counts(intake.parse("Article 1\\n\\n1. One.\\n\\n2. Two.", kind="treaty", language="en"))
    '1 article, 2 paragraphs'
    """
    found: Counter[str] = Counter(clause.kind for clause in document.clauses)
    kinds = [kind for kind in _COUNTED if found[kind]]
    if len(kinds) > _LONGEST_COUNTS and "article" in found:
        kinds = [kind for kind in kinds if kind in _MAIN]
    return ", ".join(count(found[kind], kind) for kind in kinds) or count(
        sum(1 for _ in document.reviewable()), "text"
    )


def _lines(entry: Entry, document: Document) -> list[list[Any]]:
    by_body = {one.body: one for one in document.reviewable()}
    by_start = {
        (one.start, kind): one
        for one in document.clauses
        # A line that a dash opens has the role of a point.
        for kind in (("point", "subpoint") if one.indent else (one.kind,))
    }
    units = entry.units
    rows: list[list[Any]] = []
    path: list[Line] = []
    for line in entry.desk.lines:
        clause = None
        items = 0
        if line.role != "outside":
            del path[line.depth :]
            items = sum(one.role in ITEMS for one in path)
            path.append(line)
            if line.role in ("text", "closing"):
                clause = by_body.get(line.start)
                items = max(0, items - 1)
            else:
                kind = "section" if line.role == "title" else line.role
                clause = by_start.get((line.start, kind))
        shown = line.words if line.role in ITEMS or _headed(line) else line.start
        rows.append(
            [
                units.to_utf16(line.start),
                units.to_utf16(shown),
                units.to_utf16(line.end),
                line.role,
                line.depth,
                items,
                _label(line, clause),
                clause.citation if clause else say("intake.is.outside"),
                line.number,
            ]
        )
    return rows


def _headed(line: Line) -> bool:
    """Whether an article has its number in the margin and its heading as its words."""
    return line.role == "article" and line.words < line.end


def _label(line: Line, clause: Clause | None) -> str:
    if clause is None or line.role in ("text", "closing"):
        return ""
    if clause.indent:
        return clause.number
    if line.role in ("point", "subpoint"):
        return f"({clause.number})"
    if line.role == "paragraph" and clause.number:
        return f"{clause.number}."
    # A chapter's number stands in its own words, an article's in the margin as on the review page.
    return clause.number if _headed(line) else ""


def _places(entry: Entry, document: Document, warning: str) -> list[Any]:
    """A warning in parts: words, and the clauses it names with where they begin."""
    found: list[tuple[int, int, Clause]] = []
    taken = [False] * len(warning)
    for clause in sorted(document.clauses, key=lambda one: -len(one.citation)):
        at = warning.find(clause.citation)
        while at >= 0:
            end = at + len(clause.citation)
            whole = warning[end : end + 1] not in "([" and not warning[end : end + 1].isalnum()
            if (whole or end == len(warning)) and not any(taken[at:end]):
                taken[at:end] = [True] * (end - at)
                found.append((at, end, clause))
            at = warning.find(clause.citation, end)
    parts: list[Any] = []
    last = 0
    starts = _starts(entry.desk.lines)
    for at, end, clause in sorted(found, key=lambda one: one[0]):
        parts.append(warning[last:at])
        place = clause.start if clause.start in starts else clause.body
        parts.append({"label": warning[at:end], "at": entry.units.to_utf16(place)})
        last = end
    return [part for part in [*parts, warning[last:]] if part != ""]


def _starts(lines: Sequence[Line]) -> set[int]:
    return {line.start for line in lines if not line.empty}


__all__ = ["counts", "key_of", "preview_data"]
