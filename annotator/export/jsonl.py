"""Own JSON Lines: everything a dataset holds, a line each, and nothing lost on the way back.

The first key of a line is its `type`. Lines come in the order in which they refer to each other:
`document`, `reviewer`, `suggestion`, `annotation`, `origin`, `decision`, `review`, `assessment`,
`link`, `carried`, `adjudication`, `settled`. A document is named by its slug (with `text_sha256`
where versions could be confused), a reviewer by the name, a clause by its eId; offsets are code
points into the document's `text`.

An `origin` line says under which codebook version an annotation was made and which suggestion it
came from, so that annotation lines keep the few keys that others read and write. A `link` line says
of which clause (`target_document`, `target_eid`) the words of a text speak. A `carried` line says
what became of an annotation (`origin`) when its text was replaced, or in another language. What
`adjudication` and `settled` lines say stands in `adjudicated.py`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.export import adjudicated
from annotator.export.dataset import Dataset
from annotator.model import Annotation, Clause, Document, Link, Suggestion

_CLAUSE = tuple(field.name for field in dataclasses.fields(Clause))

# JSON allows these bare in a string; programs that split text at "lines" take them for line ends.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def render(dataset: Dataset) -> bytes:
    """The dataset as UTF-8 JSON Lines without a BOM, each line ended by LF."""
    return "".join(line(record) for record in records(dataset)).encode("utf-8")


def line(record: Mapping[str, Any]) -> str:
    """One record as a line of JSON, its keys in the order given, LF included."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return text.translate(_LINE_ENDS) + "\n"


def records(dataset: Dataset) -> Iterator[dict[str, Any]]:
    """The lines as mappings, in the order of the file."""
    texts, names, clauses = dataset.texts(), dataset.names(), dataset.clauses()

    def place(document_id: str) -> dict[str, str]:
        document = texts[document_id]
        return {"document": document.slug, "text_sha256": document.text_sha256}

    for document in dataset.documents:
        yield _document(document)
    for reviewer in dataset.reviewers:
        yield {
            "type": "reviewer",
            "id": reviewer.id,
            "name": reviewer.name,
            "created": reviewer.created,
        }
    for suggestion in dataset.suggestions:
        yield _suggestion(suggestion, place(suggestion.document))
    for annotation in dataset.annotations:
        yield {
            "type": "annotation",
            "id": annotation.id,
            **place(annotation.document),
            "eid": annotation.eid,
            "citation": clauses[annotation.document][annotation.eid].citation,
            **_span(annotation),
            "concern": annotation.concern,
            "code": annotation.code,
            "polarity": annotation.polarity,
            "severity": annotation.severity,
            "note": annotation.note,
            "reviewer": names[annotation.reviewer],
            "created": annotation.created,
            "updated": annotation.updated,
        }
    for annotation in dataset.annotations:
        if annotation.codebook or annotation.suggestion:
            yield {
                "type": "origin",
                "annotation": annotation.id,
                "codebook": annotation.codebook,
                "suggestion": annotation.suggestion,
            }
    for decision in dataset.decisions:
        yield {
            "type": "decision",
            "suggestion": decision.suggestion,
            **place(decision.document),
            "reviewer": names[decision.reviewer],
            "decision": decision.decision,
            "annotation": decision.annotation,
            "updated": decision.updated,
        }
    for review in dataset.reviews:
        yield {
            "type": "review",
            **place(review.document),
            "eid": review.eid,
            "citation": clauses[review.document][review.eid].citation,
            "reviewer": names[review.reviewer],
            "state": review.state,
            "note": review.note,
            "updated": review.updated,
        }
    for assessment in dataset.assessments:
        yield {
            "type": "assessment",
            **place(assessment.document),
            "eid": assessment.eid,
            "citation": clauses[assessment.document][assessment.eid].citation,
            "reviewer": names[assessment.reviewer],
            "safeguard": assessment.safeguard,
            "state": assessment.state,
            "note": assessment.note,
            "codebook": assessment.codebook,
            "updated": assessment.updated,
        }
    for link in dataset.links:
        target = place(link.target_document)
        yield {
            "type": "link",
            "id": link.id,
            **place(link.document),
            "eid": link.eid,
            "citation": clauses[link.document][link.eid].citation,
            **_span(link),
            "target_document": target["document"],
            "target_text_sha256": target["text_sha256"],
            "target_eid": link.target_eid,
            "target_citation": clauses[link.target_document][link.target_eid].citation,
            "note": link.note,
            "reviewer": names[link.reviewer],
            "created": link.created,
            "updated": link.updated,
        }
    for row in dataset.carried:
        yield {
            "type": "carried",
            "origin": row.origin,
            **place(row.document),
            "annotation": row.annotation,
            "how": row.how,
            "score": row.score,
            "state": row.state,
            "reason": row.reason,
            "reviewer": names[row.reviewer] if row.reviewer else None,
            "updated": row.updated,
        }
    yield from adjudicated.lines(dataset)


def _document(document: Document) -> dict[str, Any]:
    return {
        "type": "document",
        "id": document.id,
        "slug": document.slug,
        "version": document.version,
        "title": document.title,
        "kind": document.kind,
        "language": document.language,
        "source": document.source,
        "notice": document.notice,
        "metadata": dict(sorted(document.metadata.items())),
        "warnings": list(document.warnings),
        "text_sha256": document.text_sha256,
        "text": document.text,
        "clauses": [
            {name: getattr(clause, name) for name in _CLAUSE} for clause in document.clauses
        ],
    }


def _suggestion(suggestion: Suggestion, place: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "suggestion",
        "id": suggestion.id,
        **place,
        "eid": suggestion.eid,
        **_span(suggestion),
        "concern": suggestion.concern,
        "code": suggestion.code,
        "polarity": suggestion.polarity,
        "rule": suggestion.rule,
        "score": suggestion.score,
        **({"voice": suggestion.voice} if suggestion.voice else {}),
        "reason": suggestion.reason,
        "standard": suggestion.standard,
    }


def _span(value: Annotation | Link | Suggestion) -> dict[str, Any]:
    return {"start": value.start, "end": value.end, "quote": value.quote}
