"""What was settled as lines of a dataset, and an adjudication back from its line.

`adjudication` lines are what was decided. A `settled` line is a clause of the settled layer as it
follows from them and from what reviewers said; it is written where a text has any adjudication, for
whoever uses the dataset, and passed over when it is loaded.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

from annotator.errors import ExportError
from annotator.export import values
from annotator.export.record import Record
from annotator.model import (
    OUTCOMES,
    POLARITIES,
    REASONS,
    SEVERITIES,
    Adjudication,
    Annotation,
    Document,
    Outcome,
    Polarity,
    Reason,
    Review,
    Severity,
    canonical,
    stable_id,
)

if TYPE_CHECKING:
    from annotator.export.dataset import Dataset


def lines(dataset: Dataset) -> Iterator[dict[str, Any]]:
    """The adjudications, then the settled clauses, each in text order; nothing without any."""
    if not dataset.adjudications:
        return
    # Loaded here only, since few datasets have any of it.
    from annotator.compare import settled, settling

    texts, names, clauses = dataset.texts(), dataset.names(), dataset.clauses()
    for row in dataset.adjudications:
        document = texts[row.document]
        yield {
            "type": "adjudication",
            "id": row.id,
            "document": document.slug,
            "text_sha256": document.text_sha256,
            "eid": row.eid,
            "citation": clauses[row.document][row.eid].citation,
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
            "about": json.loads(row.about),
            "over": dict(sorted((names[who], what) for who, what in json.loads(row.over).items())),
            "reviewer": names[row.reviewer],
            "created": row.created,
            "updated": row.updated,
        }
    marks: dict[str, list[Annotation]] = defaultdict(list)
    reviews: dict[str, list[Review]] = defaultdict(list)
    for mark in dataset.annotations:
        marks[mark.document].append(mark)
    for review in dataset.reviews:
        reviews[review.document].append(review)
    everyone = [one.id for one in dataset.reviewers]
    for id in dict.fromkeys(row.document for row in dataset.adjudications):
        document = texts[id]
        found = settling.settle(document, marks[id], reviews[id], everyone, dataset.adjudications)
        for clause in found:
            if clause.provenance not in ("single", "unread") or clause.reopened:
                yield {
                    "type": "settled",
                    "document": document.slug,
                    "text_sha256": document.text_sha256,
                    **settled.record(clause, names),
                }


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
    about = _about(record) or ([(said["concern"], said["code"])] if said else [])
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
        about=canonical(about),
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
