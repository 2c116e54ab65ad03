"""Own JSON Lines: everything a dataset holds, a line each, and nothing lost on the way back.

The first key of a line is its `type`. First come the texts (`document`) and the people
(`reviewer`), then text by text what is said of it, in the order in which lines refer to each other:
`suggestion`, `annotation`, `origin`, `decision`, `review`, `assessment`, `link`, what was rejected
besides suggestions (`rejected_power`, `rejected_link`), `adjudication`, `settled`, `comment`; last,
what became of annotations in other texts (`carried`). A document is named by its slug (with
`text_sha256` where versions could be confused), a reviewer by the name, a clause by its eId;
offsets are code points into the document's `text`.

A `reviewer` line with `pseudonym` does not give the name; its id does not either, but is the same
in every export, so that what is loaded where the id is known is that person's.

An `origin` line says under which codebook version an annotation was made and which suggestion it
came from, so that annotation lines keep the few keys that others read and write. A `link` line says
of which clause (`target_document`, `target_eid`) the words of a text speak. A `carried` line says
what became of an annotation (`origin`) when its text was replaced, or in another language. What
`adjudication` and `settled` lines say stands in `adjudicated.py`. `jsonl.schema.json` has every
type of line with every key, as a JSON Schema; it goes along with a release.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.export import adjudicated, rejected
from annotator.export.dataset import Dataset
from annotator.export.part import Part
from annotator.model import Annotation, Clause, Comment, Document, Link, Reviewer, Suggestion

SCHEMA = Path(__file__).with_name("jsonl.schema.json")
_CLAUSE = Clause.__struct_fields__
# In characters: a text alone may have many.
_PIECE = 1 << 18

# JSON allows these bare in a string; programs that split text at "lines" take them for line ends.
_ENDS = ("\x85", "\u2028", "\u2029")
_LINE_ENDS = str.maketrans({end: f"\\u{ord(end):04x}" for end in _ENDS})
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_text = json.encoder.encode_basestring


def render(dataset: Dataset) -> Iterator[bytes]:
    """The dataset as UTF-8 JSON Lines without a BOM, each line ended by LF."""
    batch: list[str] = []
    size = 0
    for one in _lines(dataset):
        batch.append(one)
        size += len(one)
        if size >= _PIECE:
            yield _piece(batch)
            batch, size = [], 0
    if batch:
        yield _piece(batch)


def _piece(lines: list[str]) -> bytes:
    return (_escaped("\n".join(lines)) + "\n").encode("utf-8")


def line(record: Mapping[str, Any]) -> str:
    """One record as a line of JSON, its keys in the order given, LF included."""
    return _escaped(_encode(record)) + "\n"


def _escaped(text: str) -> str:
    # Looking first takes a fiftieth of the time of `translate`, and hardly any text has them.
    return text.translate(_LINE_ENDS) if any(end in text for end in _ENDS) else text


def _lines(dataset: Dataset) -> Iterator[str]:
    """The objects in the order of the file, as JSON."""
    for info in dataset.documents:
        yield _encode(
            _document(dataset.store.document(info.id), withheld=info.id in dataset.withheld)
        )
    for reviewer in dataset.reviewers:
        yield _encode(_reviewer(reviewer, dataset))
    names = dataset.names
    carried: list[str] = []
    for part in dataset.parts():
        place = {"document": part.document.slug, "text_sha256": part.document.text_sha256}
        yield from (_encode(_suggestion(one, place)) for one in part.suggestions)
        yield from _annotations(part, names)
        yield from map(_encode, _said(part, dataset))
        yield from map(_encode, rejected.lines(part, dataset))
        yield from map(_encode, adjudicated.lines(part, dataset))
        yield from (_encode(_comment(one, part, names)) for one in part.comments)
        carried += map(_encode, _carried(part, dataset))
    yield from carried


def _annotations(part: Part, names: Mapping[str, str]) -> Iterator[str]:
    # They are most of a file. Written out they take a third of the time of a mapping encoded.
    place = f'"document": {_text(part.document.slug)}, "text_sha256": "{part.document.text_sha256}"'
    where = {
        clause.eid: f'{place}, "eid": {_text(clause.eid)}, "citation": {_text(clause.citation)}'
        for clause in part.document.clauses
    }
    who = {id: _text(name) for id, name in names.items()}
    for a in part.annotations:
        yield (
            f'{{"type": "annotation", "id": {_text(a.id)}, {where[a.eid]}, "start": {a.start}, '
            f'"end": {a.end}, "quote": {_text(a.quote)}, "concern": {_text(a.concern)}, '
            f'"code": {_text(a.code)}, "polarity": "{a.polarity}", '
            f'"severity": {_text(a.severity) if a.severity else "null"}, "note": {_text(a.note)}, '
            f'"reviewer": {who[a.reviewer]}, "created": {_text(a.created)}, '
            f'"updated": {_text(a.updated)}}}'
        )


def _said(part: Part, dataset: Dataset) -> Iterator[dict[str, Any]]:
    names = dataset.names
    citation = {clause.eid: clause.citation for clause in part.document.clauses}
    place = {"document": part.document.slug, "text_sha256": part.document.text_sha256}
    proposals = dataset.selection.suggestions != "none"
    for annotation in part.annotations:
        if annotation.codebook or (annotation.suggestion and proposals):
            yield {
                "type": "origin",
                "annotation": annotation.id,
                "codebook": annotation.codebook,
                "suggestion": annotation.suggestion if proposals else None,
            }
    for decision in part.decisions:
        yield {
            "type": "decision",
            "suggestion": decision.suggestion,
            **place,
            "reviewer": names[decision.reviewer],
            "decision": decision.decision,
            "annotation": decision.annotation,
            "updated": decision.updated,
        }
    for review in part.reviews:
        yield {
            "type": "review",
            **place,
            "eid": review.eid,
            "citation": citation[review.eid],
            "reviewer": names[review.reviewer],
            "state": review.state,
            "note": review.note,
            **({"codebook": review.codebook} if review.codebook else {}),
            "updated": review.updated,
        }
    for assessment in part.assessments:
        yield {
            "type": "assessment",
            **place,
            "eid": assessment.eid,
            "citation": citation[assessment.eid],
            "reviewer": names[assessment.reviewer],
            "safeguard": assessment.safeguard,
            "state": assessment.state,
            "note": assessment.note,
            "codebook": assessment.codebook,
            "updated": assessment.updated,
        }
    for link in part.links:
        target = dataset.info(link.target_document)
        yield {
            "type": "link",
            "id": link.id,
            **place,
            "eid": link.eid,
            "citation": citation[link.eid],
            **_span(link),
            "target_document": target.slug,
            "target_text_sha256": target.text_sha256,
            "target_eid": link.target_eid,
            "target_citation": dataset.citation(link.target_document, link.target_eid),
            "note": link.note,
            "reviewer": names[link.reviewer],
            "created": link.created,
            "updated": link.updated,
        }


def _carried(part: Part, dataset: Dataset) -> Iterator[dict[str, Any]]:
    for row in part.carried:
        yield {
            "type": "carried",
            "origin": row.origin,
            "document": part.document.slug,
            "text_sha256": part.document.text_sha256,
            "annotation": row.annotation,
            "how": row.how,
            "score": row.score,
            "state": row.state,
            "reason": row.reason,
            "reviewer": dataset.name(row.reviewer) if row.reviewer else None,
            "updated": row.updated,
        }


def _comment(comment: Comment, part: Part, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "comment",
        "id": comment.id,
        "document": part.document.slug,
        "text_sha256": part.document.text_sha256,
        "eid": comment.eid,
        "citation": part.citation(comment.eid),
        "start": comment.start,
        "end": comment.end,
        "quote": comment.quote,
        "text": comment.text,
        "parent": comment.parent,
        "reviewer": names[comment.reviewer],
        "resolved": comment.resolved,
        "resolved_by": names[comment.resolved_by] if comment.resolved_by else None,
        "created": comment.created,
        "updated": comment.updated,
    }


def _reviewer(reviewer: Reviewer, dataset: Dataset) -> dict[str, Any]:
    return {
        "type": "reviewer",
        "id": reviewer.id,
        "name": reviewer.name,
        **({} if dataset.selection.names else {"pseudonym": True}),
        **({"created": reviewer.created} if reviewer.created else {}),
    }


def _document(document: Document, *, withheld: bool) -> dict[str, Any]:
    """A text, or where it is withheld what tells which text it is: not its words or headings."""
    found: dict[str, Any] = {
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
    if withheld:
        del found["text"]
        found["withheld"] = True
        for clause in found["clauses"]:
            clause["heading"] = ""
    return found


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
