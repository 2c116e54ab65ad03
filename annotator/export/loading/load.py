"""Files back into a store: every line, or none where one of them is wrong.

Own JSON Lines come back as they were. What other programs write is read by its format's reader
(`readers`), each mark is matched to its text and placed there (`matching`, `anchoring`), and its
label is looked up (`labels`). A dry run does all of it and takes it back.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator import codebook as codebooks
from annotator.errors import AnnotatorError, ExportError, NotFoundError, SpanError
from annotator.export import labels
from annotator.export.labels import Meanings
from annotator.export.loading import ownlines, readers
from annotator.export.loading import record as lines
from annotator.export.loading.incoming import Incoming
from annotator.export.loading.ownlines import OwnLines
from annotator.export.loading.record import Record
from annotator.export.loading.report import Findings, LoadReport
from annotator.export.loading.strangers import Strangers
from annotator.store import Store


class _Back(Exception):
    """Ends a transaction of which nothing is to stay."""


def load(
    store: Store,
    path: str | Path,
    *,
    reviewer: str | None = None,
    format: str | None = None,
    mapping: str | Path | Meanings | None = None,
    dry_run: bool = False,
    with_texts: bool = False,
    leave_out: bool = False,
) -> LoadReport:
    """Bring a file into the store in one transaction; loading it again does nothing.

    The format is told by the content where none is named. What this program exported as JSON Lines
    comes back with its ids and times; of two versions of one thing the later `updated` stays. A
    line of another program, without a `type`, is an annotation; it needs `document` (slug, id or
    hash), `start`, `end`, `quote`, `concern` and `polarity`. What names nobody is `reviewer`'s. An
    id that is no UUID is replaced by one made from it, and by one made from words and label where
    there is none, so that the same mark is the same annotation.

    Where offsets and quote do not agree, the words are looked for; what is placed elsewhere, and
    what is placed nowhere, is told in the report. `mapping` says what labels mean that the codebook
    does not have: a table's file, or the meanings. `with_texts` stores texts that the file carries
    and the store has not. With `leave_out` the rest is stored where marks cannot be placed, have an
    unknown label or are on a text that is not stored; without it that is an error. `dry_run` stores
    nothing and raises no error for these.

    Any mistake raises an `AnnotatorError` that names the file and the line, and nothing is stored.
    """
    path = Path(path)
    book = codebooks.load()
    meanings = (
        labels.read_table(Path(mapping), book) if isinstance(mapping, str | Path) else mapping
    )
    told = readers.told(path, format)
    with _uncollected():
        own = _read(path) if told == readers.OWN else None
        foreign = None if own is not None else readers.read(told, path)
    findings = Findings()
    report = LoadReport(format=told)
    with (
        contextlib.suppress(_Back),
        _uncollected(),
        store.write("load", keep_times=True) as write,
    ):
        incoming = Incoming(store, write, findings, reviewer=reviewer)
        first = None
        if own is not None:
            first = _take_own(path, own, incoming, meanings or {})
        if foreign is not None:
            Strangers(incoming, meanings or {}, with_texts=with_texts).take(foreign)
        incoming.flush()
        report = findings.report(
            told, ownlines.ORDER, incoming.new_reviewers, foreign.passed if foreign else {}
        )
        if report.waiting and not dry_run and not leave_out:
            raise _refusal(path, report, first)
        if dry_run:
            report = dataclasses.replace(report, stored=False)
            raise _Back
    return report


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage: a file's values hold no cycles, and there may be many."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _take_own(
    path: Path, records: Mapping[str, list[Record]], incoming: Incoming, meanings: Meanings
) -> AnnotatorError | None:
    """The error of the first line that a person has to look at, with its number."""
    taking = OwnLines(incoming, meanings)
    counts = incoming.findings.counts
    number = 0
    try:
        for kind, several in records.items():
            take = taking.takes[kind]
            several.reverse()
            while several:  # each is let go when it was taken: a file may fill much of the memory
                record = several.pop()
                number = record.number
                if outcome := take(record):
                    counts[outcome, kind] += 1
    except AnnotatorError as error:
        raise _located(path, number, error) from error
    taking.marks.finish()
    first = taking.marks.first
    return _located(path, *first) if first else None


def _refusal(path: Path, report: LoadReport, first: AnnotatorError | None) -> AnnotatorError:
    """One line on what waits: of a single thing what it is, of several how many."""
    waiting = len(report.unplaced) + len(report.unknown) + len(report.absent)
    rest = "nothing was stored: see all with --dry-run, load the others with --leave-out"
    if first is not None:
        more = f" (and {waiting - 1} more to look at)" if waiting > 1 else ""
        return type(first)(f"{first}{more}; {rest}")
    if report.unknown:
        names = ", ".join(repr(name) for name in list(report.unknown)[:3])
        more = f" and {len(report.unknown) - 3} more" if len(report.unknown) > 3 else ""
        return ExportError(
            f"{path}: the codebook has no label {names}{more}: nothing was stored; "
            "write a table of them with --write-map, fill it in and give it with --map"
        )
    if report.absent:
        text = report.absent[0]
        more = f" and {len(report.absent) - 1} more" if len(report.absent) > 1 else ""
        what = "take it in with --with-texts" if text.offered else "bring it in with `intake`"
        return NotFoundError(f"{path}: text {text.name!r}{more}: {text.reason}: {what}")
    more = f" (and {len(report.unplaced) - 1} more)" if len(report.unplaced) > 1 else ""
    return SpanError(f"{path}: {report.unplaced[0]}{more}; {rest}")


def _read(path: Path) -> dict[str, list[Record]]:
    """The records of a file of JSON Lines by type, those first that others refer to."""
    content = readers.content(path).removeprefix(b"\xef\xbb\xbf")
    found: dict[str, list[Record]] = {kind: [] for kind in ownlines.ORDER}
    number = 0
    try:
        for number, line in enumerate(content.split(b"\n"), start=1):
            if line.strip():
                record = lines.parse(number, line)
                found[record.choice("type", ownlines.ORDER, "annotation")].append(record)
    except AnnotatorError as error:
        raise _located(path, number, error) from error
    if not any(found.values()):
        raise ExportError(f"{str(path)!r} is empty: name a file with annotations in it")
    return found


def _located(path: Path, number: int, error: AnnotatorError) -> AnnotatorError:
    """The error with file and line before it."""
    return type(error)(f"{path}, line {number}: {error}")
