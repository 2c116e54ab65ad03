"""Files back into a store: every line, or none where one of them is wrong.

Own JSON Lines come back as they were. What other programs write is read by its format's reader
(`readers`), each mark is matched to its text and placed there (`matching`, `anchoring`), and its
label is looked up (`labels`). A dry run does all of it and takes it back.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Iterator
from pathlib import Path

from annotator import codebook as codebooks
from annotator.errors import AnnotatorError, ExportError, NotFoundError, SpanError
from annotator.export import labels
from annotator.export.garbage import uncollected
from annotator.export.labels import Meanings
from annotator.export.loading import ownfile, ownlines, readers
from annotator.export.loading.foreign import Foreign
from annotator.export.loading.incoming import Incoming
from annotator.export.loading.ownfile import Strewn
from annotator.export.loading.report import Findings, LoadReport, brief
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
    with _told_of(path), uncollected():
        told = readers.told(path, format)
        foreign = None if told == readers.OWN else readers.read(told, path)
        attempt = functools.partial(
            _attempt,
            store,
            path,
            foreign,
            meanings or {},
            LoadReport(format=told),
            reviewer=reviewer,
            dry_run=dry_run,
            with_texts=with_texts,
            leave_out=leave_out,
        )
        try:
            return attempt()
        except Strewn:
            return attempt(at_once=True)


def _attempt(
    store: Store,
    path: Path,
    foreign: Foreign | None,
    meanings: Meanings,
    report: LoadReport,
    *,
    reviewer: str | None,
    dry_run: bool,
    with_texts: bool,
    leave_out: bool,
    at_once: bool = False,
) -> LoadReport:
    """Take own lines, or what is foreign, in one transaction; `Strewn` unless `at_once`."""
    findings = Findings()
    with contextlib.suppress(_Back), store.write("load", keep_times=True) as write:
        incoming = Incoming(store, write, findings, reviewer=reviewer)
        first = None
        if foreign is None:
            first = ownfile.take(path, incoming, meanings, at_once=at_once)
        else:
            Strangers(incoming, meanings, with_texts=with_texts).take(foreign)
        incoming.flush()
        passed = foreign.passed if foreign else {}
        report = findings.report(report.format, ownlines.ORDER, incoming.new_reviewers, passed)
        if report.waiting and not dry_run and not leave_out:
            raise _refusal(path, report, first)
        if dry_run:
            report = dataclasses.replace(report, stored=False)
            raise _Back
    return report


@contextlib.contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Name the file in whatever is wrong with it, and quote no more of it than one reads."""
    try:
        yield
    except AnnotatorError as error:
        said = str(error) if str(path) in str(error) else f"{path}: {error}"
        raise type(error)(brief(said, str(path)), key=error.key, **error.values) from error


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
