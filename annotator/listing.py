"""What commands print: results as plain data, and as lines of text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotator.model import CrossReference, Document, Suggestion

if TYPE_CHECKING:
    from annotator.bootstrap import Report
    from annotator.highlight import Mistake, Row
    from annotator.highlight import Report as Measurement
    from annotator.intake.gather import Kept
    from annotator.versions import CarriedTag, CarriedThread, CarryReport

# How many of a long list of names are printed.
_SHOWN = 3
_SHARES = ("precision", "recall", "f1")
_COUNTS = ("hits", "misses", "alarms", "arguable", "located")
_INTERVALS = ("precision_interval", "recall_interval")


def init_lines(report: Report) -> Iterator[str]:
    """What a first or further `init` did."""
    if not report.changed:
        yield "everything was there already"
    if report.added:
        yield f"added {count(len(report.added), 'document')}"
    if report.highlighted:
        yield f"found {count(report.suggestions, 'suggestion')}"
    if report.read:
        yield f"held the powers of {count(len(report.read), 'text')} against their safeguards"
    if report.codebook:
        yield "kept the codebook as it is now"
    if report.reviewer:
        yield f"the first reviewer is called {report.reviewer!r}"


def document_record(document: Document, *, stored: bool) -> dict[str, Any]:
    """A document without its text; `stored` says whether it is new in the database."""
    return {
        "slug": document.slug,
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "language": document.language,
        "version": document.version,
        "text_sha256": document.text_sha256,
        "clauses": len(document.clauses),
        "stored": stored,
        "warnings": list(document.warnings),
    }


def kept_lines(kept: Kept, *, renamed: bool = True) -> Iterator[str]:
    """What to know of a document that was stored: its warnings, and how it came to its name."""
    document = kept.document
    for warning in document.warnings:
        yield f"note: {document.slug}: {warning}"
    if not kept.new:
        yield f"{document.slug}: this text is stored already"
    elif document.slug != kept.given and renamed:
        yield f"{document.slug}: named so since {kept.given} is another text"
    elif document.version > 1:
        yield f"{document.slug}: stored as version {document.version}"


def skipped_lines(skipped: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What was passed over in folders: how many files for each reason, and the first of them."""
    for why, paths in sorted(skipped.items()):
        more = f" and {len(paths) - _SHOWN:,} more" if len(paths) > _SHOWN else ""
        yield f"note: skipped, {why}: {', '.join(paths[:_SHOWN])}{more}"


def document_line(document: Document) -> str:
    """A document as a line: slug, title and what it is."""
    clauses = count(sum(1 for _ in document.reviewable()), "clause")
    about = f"{document.kind}, {document.language}, {clauses} to review"
    return f"{document.slug}  {document.title}  ({about})"


def carry_lines(report: CarryReport) -> Iterator[str]:
    """What was carried from one version of a text to another."""
    if report.line is None:
        yield f"nothing new to carry from version {report.old.version}"
        return
    hows = Counter(one.how for one in report.placements if one.state == "placed")
    told = ", ".join(f"{hows[how]} {how}" for how in ("exact", "context", "fuzzy") if hows[how])
    yield (
        f"{count(report.placed, 'tag')} placed from version {report.old.version}"
        + (f" ({told})" if told else "")
        + f", {report.to_place} to place by hand"
    )
    yield (
        f"{count(report.reviews, 'clause')} still read, {report.reopened} to be read again, "
        f"{count(report.decisions, 'decision')} kept"
    )
    if report.threads or report.waiting_threads:
        yield (
            f"{count(report.threads, 'discussion')} carried"
            f", {report.waiting_threads} whose clause has no place"
        )


def thread_line(thread: CarriedThread, names: Mapping[str, str]) -> str:
    """A discussion whose clause is gone: where it was, who began it, and how."""
    where = f"{thread.old.clause(thread.first.eid).citation} of version {thread.old.version}"
    words = _cut(" ".join(thread.first.text.split()), 60)
    more = f" and {count(len(thread.replies), 'answer')}" if thread.replies else ""
    return f"to place  discussion on {where}  {names[thread.first.reviewer]}: “{words}”{more}"


def thread_record(thread: CarriedThread, names: Mapping[str, str]) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "what": "discussion",
        "state": "to_place",
        "origin": thread.first.id,
        "from_version": thread.old.version,
        "old_citation": thread.old.clause(thread.first.eid).citation,
        "about": thread.first.quote,
        "resolved": thread.first.is_resolved,
        "said": [
            {"reviewer": names[one.reviewer], "text": one.text, "created": one.created}
            for one in (thread.first, *thread.replies)
        ],
    }


def carried_record(
    document: Document, carried: CarriedTag, names: Mapping[str, str]
) -> dict[str, Any]:
    """What became of a tag; where it waits, the places that come into question."""
    row, origin, tag = carried.row, carried.origin, carried.tag
    return {
        "state": row.state,
        "how": row.how,
        "score": row.score,
        "reason": row.reason,
        "origin": row.origin,
        "from_version": carried.old.version,
        "old_citation": carried.old.clause(origin.eid).citation,
        "old_quote": origin.quote,
        "annotation": row.annotation,
        "citation": document.clause(tag.eid).citation if tag else None,
        "start": tag.start if tag else None,
        "end": tag.end if tag else None,
        "quote": tag.quote if tag else None,
        "concern": origin.concern,
        "polarity": origin.polarity,
        "reviewer": names.get(origin.reviewer, origin.reviewer),
        "candidates": [
            {
                "citation": document.clause(one.eid).citation,
                "start": one.start,
                "end": one.end,
                "quote": one.quote,
                "score": one.score,
            }
            for one in carried.candidates
        ],
    }


def carried_line(document: Document, carried: CarriedTag) -> str:
    """The same as a line: what became of it, where it was and is, the words, and why it waits."""
    row, origin, tag = carried.row, carried.origin, carried.tag
    was = carried.old.clause(origin.eid).citation
    now = document.clause(tag.eid).citation if tag else "removed" if row.annotation else "-"
    state = {"placed": f"{row.how} {row.score:.2f}", "to_place": "to place"}.get(
        row.state, row.state
    )
    why = f"  ({row.reason})" if row.reason else ""
    words = f"{origin.concern} {origin.polarity}  “{_cut(origin.quote, 60)}”"
    return f"{state}  {was} -> {now}  {words}{why}"


def outline_lines(document: Document) -> Iterator[str]:
    """Title and notice, then the clause tree, indented: citation, heading or first words."""
    yield f"{document.title}  ({document.kind}, {document.language})"
    if document.notice:
        yield f"({document.notice})"
    depth: dict[str | None, int] = {None: 0}
    for clause in document.clauses:
        depth[clause.eid] = depth[clause.parent] + 1
        words = clause.heading or document.text[clause.body : clause.own_end]
        if words and words in clause.citation:
            words = ""  # a heading in a news item is cited by its words
        yield f"{'  ' * depth[clause.eid]}{clause.citation}  {_cut(words, 70)}".rstrip()


def reference_records(
    document: Document, found: Iterable[CrossReference]
) -> Iterator[dict[str, Any]]:
    """Cross-references with both citations; `target` is empty where the text has no such clause.

    `own` says whether a clause of this text is meant, rather than of another instrument.
    """
    citations = {clause.eid: clause.citation for clause in document.clauses}
    for one in found:
        yield {
            "eid": one.eid,
            "citation": citations[one.eid],
            "start": one.start,
            "end": one.end,
            "quote": one.quote,
            "own": one.target_document is not None,
            "target_eid": one.target_eid,
            "target": citations[one.target_eid] if one.target_eid else None,
        }


def reference_lines(document: Document, found: Iterable[CrossReference]) -> Iterator[str]:
    """Cross-references as lines: where, the words, the clause they name."""
    citations = {clause.eid: clause.citation for clause in document.clauses}
    for one in found:
        missing = "no such clause" if one.target_document else "another instrument"
        target = citations[one.target_eid] if one.target_eid else missing
        yield f"{citations[one.eid]}  “{_cut(one.quote, 60)}”  ->  {target}"


def suggestion_record(document: Document, suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion with the citation of its clause."""
    clause = document.clause(suggestion.eid)
    return {
        "start": suggestion.start,
        "end": suggestion.end,
        "quote": suggestion.quote,
        "concern": suggestion.concern,
        "polarity": suggestion.polarity,
        "rule": suggestion.rule,
        "score": suggestion.score,
        "eid": suggestion.eid,
        "citation": clause.citation,
        "article": clause.article,
        "reason": suggestion.reason,
        **({"voice": suggestion.voice} if suggestion.voice else {}),
    }


def suggestion_line(document: Document, suggestion: Suggestion) -> str:
    """A suggestion as a line: where, what, the words, why."""
    citation = document.clause(suggestion.eid).citation
    label = f"{suggestion.concern} {suggestion.polarity}"
    return f"{citation}  {label}  “{_cut(suggestion.quote, 60)}”  {suggestion.reason}"


def label_lines(document: Document, suggestions: Iterable[Suggestion]) -> Iterator[str]:
    """How many suggestions there are of each concern and polarity."""
    counts = Counter((one.concern, one.polarity) for one in suggestions)
    for (concern, polarity), number in sorted(counts.items()):
        yield f"{document.slug}  {concern} {polarity}  {number}"


def measure_record(row: Row) -> dict[str, Any]:
    """How well highlights meet a gold file, for one concern and polarity."""
    record = {name: getattr(row, name) for name in ("concern", "polarity", *_SHARES, *_COUNTS)}
    return record | {name: getattr(row, name) for name in _INTERVALS}


def measure_lines(measured: Measurement) -> Iterator[str]:
    """The same as a table, a line each, then what else is to be known about the figures."""
    cells = []
    for row in measured.rows:
        counts = (getattr(row, name) for name in _COUNTS)
        cells.append(
            (
                row.concern,
                row.polarity,
                *(figure(getattr(row, name)) for name in _SHARES),
                *("" if number is None else str(number) for number in counts),
                *(_range(getattr(row, name)) for name in _INTERVALS),
            )
        )
    header = (*_SHARES, *_COUNTS, "95 % of precision", "95 % of recall")
    yield from table(("concern", "polarity", *header), cells)
    yield ""
    macro = figure(measured.macro_f1) or "none"
    yield f"The last row adds up the others (micro). The mean of their F1s (macro): {macro}"
    yield (
        f"{count(measured.units, 'unit')}; {measured.clean} without a label, "
        f"{measured.flagged} of these flagged. Intervals: Wilson's score."
    )
    if measured.codes:
        yield (
            f"Only suggestions under {', '.join(measured.codes)} and their sub-codes count "
            "(--codes any: all)."
        )


def mistake_record(mistake: Mistake) -> dict[str, Any]:
    """A miss or a false alarm with its sentence and rule."""
    return {
        "error": mistake.kind,
        "unit": mistake.unit.id,
        "line": mistake.unit.line,
        "concern": mistake.concern,
        "polarity": mistake.polarity,
        "words": mistake.words,
        "rule": mistake.rule,
        "score": mistake.score,
        "text": mistake.text,
    }


def mistake_lines(mistakes: Iterable[Mistake]) -> Iterator[str]:
    """The same as text: where and what, the words, and the sentence or the clause's beginning."""
    for one in mistakes:
        label = f"{one.concern} {one.polarity}"
        rule = f"  {one.rule} {one.score:.2f}" if one.score is not None else ""
        words = _cut(one.words, 100)
        yield f"{one.kind}  {one.unit.id} (line {one.unit.line})  {label}{rule}  “{words}”"
        yield f"    {_cut(one.text, 300)}"


def count(number: int, noun: str) -> str:
    """A number of things.

    >>> count(1, "clause"), count(0, "clause")
    ('1 clause', '0 clauses')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def harmless(line: str) -> str:
    """The line with a space for each character that would steer a terminal.

    >>> harmless("a\\x1b[2Jb")
    'a [2Jb'
    """
    return "".join(char if char.isprintable() else " " for char in line)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as what stands in them; the last one runs on."""
    widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]
    for row in (header, *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def figure(value: float | None) -> str:
    """A measure to two places; empty where there is none."""
    return "" if value is None else f"{value:.2f}"


def _range(bounds: tuple[float, float] | None) -> str:
    return "" if bounds is None else f"{bounds[0]:.2f} to {bounds[1]:.2f}"


def _cut(text: str, limit: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
