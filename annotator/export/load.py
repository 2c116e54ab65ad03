"""Own JSON Lines back into a store: every line, or none where one of them is wrong."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from annotator.errors import AnnotatorError, ExportError
from annotator.export import record as lines
from annotator.export.incoming import Incoming
from annotator.export.record import Record
from annotator.store import Store

# What a line refers to stands before it, in whatever order a file has them.
_ORDER = (
    "document",
    "reviewer",
    "suggestion",
    "origin",
    "annotation",
    "decision",
    "review",
    "assessment",
    "link",
    "carried",
    "adjudication",
    "settled",
)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, in numbers of lines.

    `added` counts by type what was new. `updated` were stored already and older, `kept` were stored
    already and newer, so that the line was passed over; `unchanged` said what is stored.
    `reviewers` are the names of those who were not known before.
    """

    added: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    updated: int = 0
    kept: int = 0
    unchanged: int = 0
    reviewers: tuple[str, ...] = ()


def load(store: Store, path: str | Path, *, reviewer: str | None = None) -> LoadReport:
    """Bring a file of JSON Lines into the store in one transaction; loading it again does nothing.

    What this program exported comes back with its ids and times. A line of another program, without
    a `type`, is an annotation; it needs `document` (slug, id or hash), `start`, `end`, `quote`,
    `concern` and `polarity`, and is `reviewer`'s where it names none. An id that is no UUID is
    replaced by one made from it, and by one made from the line where there is none, so that the
    same line is the same annotation. Of two versions of one thing the later `updated` stays.

    Any mistake raises an `AnnotatorError` that names the file and the line, and nothing is stored.
    """
    path = Path(path)
    records = _read(path)
    for record in records:
        with _at(path, record.number):
            record.choice("type", _ORDER, "annotation")
    records.sort(key=lambda record: _ORDER.index(record.type))
    counts: Counter[tuple[str, str]] = Counter()
    with store.write("load", keep_times=True) as write:
        incoming = Incoming(store, write, reviewer=reviewer)
        for record in records:
            with _at(path, record.number):
                counts[incoming.take(record), record.type] += 1
        incoming.flush()
    by_outcome: Counter[str] = Counter()
    for (outcome, _), count in counts.items():
        by_outcome[outcome] += count
    return LoadReport(
        added=MappingProxyType(
            {kind: counts["added", kind] for kind in _ORDER if counts["added", kind]}
        ),
        updated=by_outcome["updated"],
        kept=by_outcome["kept"],
        unchanged=by_outcome["unchanged"],
        reviewers=tuple(sorted(incoming.new_reviewers)),
    )


def _read(path: Path) -> list[Record]:
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ExportError(f"{str(path)!r} cannot be read: {reason}") from error
    content = content.removeprefix(b"\xef\xbb\xbf")
    found = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            with _at(path, number):
                found.append(lines.parse(number, line))
    if not found:
        raise ExportError(f"{str(path)!r} is empty: name a file of JSON Lines")
    return found


@contextlib.contextmanager
def _at(path: Path, number: int) -> Iterator[None]:
    """Put file and line before whatever a user did wrong on it."""
    try:
        yield
    except AnnotatorError as error:
        raise type(error)(f"{path}, line {number}: {error}") from error
