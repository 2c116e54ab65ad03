"""What the fields of a line mean in a text: its span, clause, label, time and identity."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import cast, get_args

import msgspec

from annotator import codebook, intake
from annotator.errors import ExportError, SpanError
from annotator.export.loading.record import MOST, Record, is_storable, short
from annotator.intake.languages.language import check as check_language
from annotator.model import Clause, ClauseKind, Document, check_span, stable_id

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OURS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
# What is later than all that people will ever do could never be changed again: the later stays.
FIRST_YEAR, LAST_YEAR = 1970, 2100


def identity(given: str, *scope: str) -> str:
    """The id itself where it is a UUID, else the same UUID for the same id within the scope."""
    if _UUID.fullmatch(given):
        return given
    try:
        return str(uuid.UUID(given)) if len(given) == 36 else stable_id(*scope, given)
    except ValueError:
        return stable_id(*scope, given)


is_identity = _UUID.fullmatch
"""What matches a UUID as we write it."""

is_time = _OURS.fullmatch
"""What matches a time as the store writes it."""


def span(record: Record, document: Document) -> tuple[int, int, str]:
    """Start, end and quote in code points; `SpanError` where the text there reads otherwise."""
    start, end, quote = record.number_of("start"), record.number_of("end"), record.text("quote")
    try:
        check_span(document.text, start, end, quote)
    except SpanError as error:
        raise SpanError(f"{document.slug!r}: {error}") from error
    return start, end, quote


def place(record: Record, document: Document, start: int) -> Clause:
    """The clause a line names, else the one that says the words, else the narrowest around them."""
    if eid := record.optional("eid"):
        return document.clause(eid)
    return clause_of(document, start)


def clause_of(document: Document, start: int) -> Clause:
    """The clause that says the words there, else the narrowest around them; `SpanError` if none."""
    if found := document.clause_at(start):
        return found
    around = [clause for clause in document.clauses if clause.start <= start < clause.end]
    if not around:
        raise SpanError(
            f"the words at {start} stand in no clause of {document.slug!r}: "
            f"see `outline {document.slug}`"
        )
    return around[-1]


def language(record: Record) -> str:
    """The code of a language that is known."""
    return check_language(record.filled("language"))


def concern(record: Record) -> str:
    """One of the codebook's concerns."""
    return record.choice("concern", codebook.CONCERNS)


def check_code(concern: str, code: str) -> None:
    """Raise `CodebookError` for a code that the codebook does not give the concern."""
    if code:
        codebook.load().concern(concern).code(code)


def time(record: Record, name: str) -> str:
    """A time as the store writes it; empty, for the store to fill in, where none is given."""
    given = record.text(name, "")
    found = moment(given)
    if given and not found:
        raise ExportError(
            f"{name!r} is {short(given)}: write a time with its zone, as 2026-01-31T09:30:00Z"
        )
    if found and not plausible(found):
        raise ExportError(f"{name!r} is {short(given)}: {IMPLAUSIBLE}")
    return found


IMPLAUSIBLE = f"write a time between the years {FIRST_YEAR} and {LAST_YEAR}"


def plausible(time: str) -> bool:
    """Whether a time as the store writes it lies in the years in which somebody may have worked."""
    return FIRST_YEAR <= int(time[:4]) <= LAST_YEAR


def moment(given: str) -> str:
    """A time with its zone as the store writes it; "" for anything else."""
    if not given:
        return ""
    try:
        time = datetime.fromisoformat(given)
    except ValueError:
        return ""
    if time.tzinfo is None:
        return ""
    if _OURS.fullmatch(given):
        return given
    try:
        time = time.astimezone(UTC)
    except OverflowError:  # within hours of the first or last day there is
        return ""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def clauses(record: Record) -> tuple[Clause, ...]:
    """The clauses of a document line, or those of its text where it brings none."""
    if record.fields.get("clauses") is None:
        parsed = intake.parse(
            record.text("text"),
            kind=record.text("kind"),
            language=record.text("language"),
            title=record.text("title"),
        )
        if parsed.text != record.text("text"):
            raise ExportError("the text is not as it is stored: bring it in with `intake` instead")
        return parsed.clauses
    return _clauses_in_order(record.fields["clauses"]) or tuple(
        Clause(
            eid=clause.filled("eid"),
            citation=clause.filled("citation"),
            kind=cast("ClauseKind", clause.choice("kind", get_args(ClauseKind))),
            number=clause.text("number", ""),
            heading=clause.text("heading", ""),
            start=clause.number_of("start"),
            end=clause.number_of("end"),
            body=clause.number_of("body"),
            own_end=clause.number_of("own_end"),
            parent=clause.optional("parent"),
            article=clause.optional("article"),
        )
        for clause in record.objects("clauses")
    )


def _clauses_in_order(given: object) -> tuple[Clause, ...] | None:
    """Clauses that are in order in every way, as nearly all are; `None` where one is not.

    They are then read field by field, which takes ten times as long and names what is wrong.
    """
    try:
        found = msgspec.convert(given, tuple[Clause, ...])
    except msgspec.ValidationError:
        return None
    for one in found:
        if (
            not 0 <= one.start <= one.body <= one.own_end <= one.end <= MOST
            or not (one.eid.strip() and one.citation.strip())
            or "" in (one.parent, one.article)
            or not is_storable(
                f"{one.eid}{one.citation}{one.number}{one.heading}{one.parent}{one.article}"
            )
        ):
            return None
    return found
