"""What was settled as lines of a dataset, and an adjudication back from its line.

`adjudication` lines are what was decided. A `settled` line is a clause of the settled layer as it
follows from them and from what reviewers said; it is written where a text has any adjudication, for
whoever uses the dataset, and passed over when it is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

from annotator.errors import ExportError
from annotator.export.loading import values
from annotator.export.loading.record import Record
from annotator.export.narrowing import about, over
from annotator.model import (
    OUTCOMES,
    POLARITIES,
    REASONS,
    SEVERITIES,
    Adjudication,
    Document,
    Outcome,
    Polarity,
    Reason,
    Severity,
    canonical,
    stable_id,
)

if TYPE_CHECKING:
    from annotator.export.dataset import Dataset
    from annotator.export.part import Part


def lines(part: Part, dataset: Dataset) -> Iterator[dict[str, Any]]:
    """A text's adjudications, then its settled clauses, each in text order."""
    names = dataset.names
    place = {"document": part.document.slug, "text_sha256": part.document.text_sha256}
    for row in part.adjudications:
        yield {
            "type": "adjudication",
            "id": row.id,
            **place,
            "eid": row.eid,
            "citation": part.citation(row.eid),
            "passage": row.passage,
            "outcome": row.outcome,
            "start": row.start,
            "end": row.end,
            "quote": row.quote,
            "concern": row.concern,
            "code": row.code,
            "polarity": row.polarity,
            "severity": row.severity,
            "reason": row.reason,
            "note": row.note,
            "about": about(row),
            "over": dict(sorted((names[who], what) for who, what in over(row).items())),
            "reviewer": names[row.reviewer],
            "created": row.created,
            "updated": row.updated,
        }
    if part.settled:
        # Loaded here only, since few datasets have any of it.
        from annotator.compare import settled

        for clause in part.settled:
            if clause.provenance not in ("single", "unread") or clause.reopened:
                yield {"type": "settled", **place, **settled.record(clause, names)}


def read(
    record: Record, document: Document, reviewer: str, known: Callable[[str], str]
) -> Adjudication:
    """The adjudication on a line; `known` gives the id of a reviewer's name.

    Those whose names stand in `over` may be new. A line that says nothing of them was settled over
    nobody's reading. `ExportError` or `SpanError` for whatever does not fit.
    """
    clause = document.clause(record.filled("eid"))
    outcome = cast("Outcome", record.choice("outcome", OUTCOMES))
    passage = record.text("passage", "")
    said: dict[str, Any] = {}
    if outcome not in ("disagree", "none"):
        start, end, quote = values.span(record, document)
        severity = record.choice("severity", ("", *SEVERITIES), "")
        said = {
            "start": start,
            "end": end,
            "quote": quote,
            "concern": values.concern(record),
            "code": record.text("code", ""),
            "polarity": cast("Polarity", record.choice("polarity", POLARITIES)),
            "severity": cast("Severity", severity) if severity else None,
        }
    given = record.optional("id")
    place = ("adjudication", document.id, clause.eid)
    disputed = _about(record) or ([(said["concern"], said["code"])] if said else [])
    return Adjudication(
        id=values.identity(given, *place)
        if given
        else stable_id(*place, *((passage,) if passage else said.values())),
        document=document.id,
        eid=clause.eid,
        passage=passage,
        outcome=outcome,
        reason=cast("Reason", record.choice("reason", REASONS)),
        reviewer=reviewer,
        over=canonical({known(name): what for name, what in record.mapping("over").items()}),
        about=canonical(disputed),
        note=record.text("note", ""),
        created=values.time(record, "created"),
        updated=values.time(record, "updated"),
        **said,
    )


def _about(record: Record) -> list[tuple[str, str]]:
    pairs = record.fields.get("about") or []
    if not isinstance(pairs, list) or not all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
        for pair in pairs
    ):
        raise ExportError(f"'about' is {pairs!r}, not a list of pairs of a concern and a code")
    return [(concern, code) for concern, code in pairs]
