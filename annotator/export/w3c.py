"""Annotations as W3C Web Annotations in JSON-LD: a collection with one page of them.

Each `target` names the text by its SHA-256 (RFC 6920) and selects the words three ways: by position
in code points, as the recommendation counts, by quote with some words before and after, and by the
eId of their clause. Bodies classify them: concern, code, polarity, severity; a note is a body that
comments. A suggestion is an annotation by a program.

Sources: Web Annotation Data Model and Vocabulary, W3C Recommendations of 23 February 2017; Akoma
Ntoso Naming Convention 1.0 for the eId.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from annotator.export.dataset import Dataset, Part
from annotator.model import Annotation, Document, Suggestion, stable_id

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
EID_STANDARD = "http://docs.oasis-open.org/legaldocml/akn-nc/v1.0/"
# Terms of our own, each a name under one address; a body says which of them it is by its `type`.
OWN = "urn:annotator:"
# As much as tells one passage of a treaty from its look-alikes.
AROUND = 40


def render(dataset: Dataset) -> Iterator[bytes]:
    """The collection as UTF-8 JSON, an annotation a line; `total` stands at its end."""
    head: dict[str, Any] = {
        "@context": [CONTEXT, {"annotator": OWN}],
        "id": "urn:uuid:" + stable_id("collection", dataset.codebook.stamp),
        "type": "AnnotationCollection",
        "label": "Annotations of concerns and safeguards",
        "annotator:codebook": dataset.codebook.stamp,
    }
    page = "urn:uuid:" + stable_id("page", dataset.codebook.stamp)
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    yield f'{opening}, "first": {{"id": "{page}", "type": "AnnotationPage", '.encode()
    yield b'"startIndex": 0, "items": [\n'
    total = 0
    for part in dataset.parts():
        for item in _items(dataset, part):
            text = json.dumps(item, ensure_ascii=False)
            yield (",\n" if total else "").encode() + text.encode()
            total += 1
    yield f'\n]}}, "total": {total}}}\n'.encode()


def _items(dataset: Dataset, part: Part) -> Iterator[dict[str, Any]]:
    for annotation in part.annotations:
        yield {
            "id": f"urn:uuid:{annotation.id}",
            "type": "Annotation",
            "motivation": "classifying",
            "creator": {"type": "Person", "name": dataset.name(annotation.reviewer)},
            **_times(annotation),
            "body": [*_classes(annotation), *_severity(annotation), *_note(annotation)],
            "target": _target(part.document, annotation),
        }
    for suggestion in part.suggestions:
        yield {
            "id": f"urn:uuid:{suggestion.id}",
            "type": "Annotation",
            "motivation": "highlighting",
            "creator": {
                "type": "Software",
                "name": suggestion.rule,
                "annotator:score": suggestion.score,
            },
            "body": [*_classes(suggestion), _commenting(suggestion.reason)],
            "target": _target(part.document, suggestion),
        }


def _times(annotation: Annotation) -> dict[str, str]:
    times = {"created": annotation.created, "modified": annotation.updated}
    return {key: value for key, value in times.items() if value}


def _classes(value: Annotation | Suggestion) -> Iterator[dict[str, str]]:
    yield _class("Concern", value.concern)
    if value.code:
        yield _class("Code", value.code)
    yield _class("Polarity", value.polarity)


def _severity(annotation: Annotation) -> Iterator[dict[str, str]]:
    if annotation.severity:
        yield _class("Severity", annotation.severity)


def _class(kind: str, value: str) -> dict[str, str]:
    return {
        "type": "TextualBody",
        "purpose": "classifying",
        "value": value,
        "conformsTo": OWN + kind.lower(),
    }


def _note(annotation: Annotation) -> Iterator[dict[str, str]]:
    if annotation.note:
        yield _commenting(annotation.note)


def _commenting(value: str) -> dict[str, str]:
    return {
        "type": "TextualBody",
        "purpose": "commenting",
        "format": "text/plain",
        "value": value,
    }


def _name(document: Document) -> str:
    """The text by its hash, as RFC 6920 writes it: the same for whoever holds the same text."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(document.text_sha256)).decode()
    return f"ni:///sha-256;{digest.rstrip('=')}"


def _target(document: Document, value: Annotation | Suggestion) -> dict[str, Any]:
    text, start, end = document.text, value.start, value.end
    return {
        "source": {
            "id": _name(document),
            "type": "Text",
            "format": "text/plain",
            "language": document.language,
            "annotator:document": document.slug,
            "annotator:title": document.title,
        },
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": value.quote,
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
            {"type": "FragmentSelector", "value": value.eid, "conformsTo": EID_STANDARD},
        ],
    }
