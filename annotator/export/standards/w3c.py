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
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.errors import ExportError
from annotator.export.dataset import Dataset, Part
from annotator.export.loading.foreign import Foreign, Mark, Text
from annotator.export.tools import jsonlines
from annotator.export.tools.jsonlines import said
from annotator.model import Annotation, Document, Suggestion, stable_id

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
EID_STANDARD = "http://docs.oasis-open.org/legaldocml/akn-nc/v1.0/"
# Terms of our own, each a name under one address; a body says which of them it is by its `type`.
OWN = "urn:annotator:"
# As much as tells one passage of a treaty from its look-alikes.
AROUND = 40
_HASHED = "ni:///sha-256;"
_CLASSES = ("concern", "code", "polarity", "severity")
# Why somebody may have made a body that names what the words are.
_NAMING = ("tagging", "classifying", "identifying")


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
    return f"{_HASHED}{digest.rstrip('=')}"


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


def read(path: Path) -> Foreign:
    """The annotations of a collection, a page, a list or alone; `ExportError` where it is none.

    Words that are selected by quote alone are looked for with what is said to stand around them.
    What a program says is no annotation and is only counted.
    """
    return _Reading(path).all(jsonlines.parsed(path, jsonlines.decoded(path)))


class _Reading:
    """Gathers marks and texts, a text once however many annotations are made on it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._texts: list[Text] = []
        self._numbers: dict[Text, int] = {}
        self._marks: list[Mark] = []
        self._passed: Counter[str] = Counter()

    def all(self, value: Any) -> Foreign:
        """What the JSON holds."""
        found = list(_annotations(value))
        if not found:
            raise ExportError(f"{str(self._path)!r} holds no Web Annotation: export it again")
        for number, item in enumerate(found, start=1):
            self._take(f"annotation {number}", item)
        return Foreign(tuple(self._texts), tuple(self._marks), passed=self._passed)

    def _take(self, where: str, item: dict[str, Any]) -> None:
        creator = next(iter(_objects(item.get("creator"))), {})
        if "Software" in _kinds(creator):
            self._passed["predictions"] += 1
            return
        targets = list(_objects(item.get("target")))
        for target in targets:
            place = self._place(where, target)
            if place is None:
                self._passed["targets"] += 1
                continue
            identity = said(item.get("id")).removeprefix("urn:uuid:")
            self._marks.append(
                Mark(
                    *place,
                    **_said(item),
                    id=jsonlines.own_id(identity) if len(targets) == 1 else "",
                    reviewer=said(creator.get("name")) or said(creator.get("nickname")),
                    created=said(item.get("created")),
                    updated=said(item.get("modified")),
                    where=where,
                )
            )

    def _place(self, where: str, target: dict[str, Any]) -> tuple[int, int, int, str | None] | None:
        """Text, start, end and quote, where the target selects words by either selector."""
        chosen = {said(one.get("type")): one for one in _selectors(target)}
        position = chosen.get("TextPositionSelector")
        quote = chosen.get("TextQuoteSelector", {}).get("exact")
        words = quote if isinstance(quote, str) else None
        if position is not None:
            start, end = position.get("start"), position.get("end")
            start, end = jsonlines.offsets(self._path, where, start, end)
            return self._text(target, None), start, end, words
        if not words:
            return None
        before, after = (
            said(chosen["TextQuoteSelector"].get(side)) for side in ("prefix", "suffix")
        )
        whole = f"{before}{words}{after}"
        text = self._text(target, whole if before or after else None)
        return text, len(before), len(before) + len(words), words

    def _text(self, target: dict[str, Any], content: str | None) -> int:
        source = target.get("source", target.get("id", ""))
        about = source if isinstance(source, dict) else {"id": source}
        address = said(about.get("id"))
        name = said(about.get("annotator:document")) or address or self._path.stem
        text = Text(
            name=name,
            content=content,
            sha256=_digest(address),
            title=said(about.get("annotator:title")),
            language=said(about.get("language")),
        )
        if text not in self._numbers:
            self._numbers[text] = len(self._texts)
            self._texts.append(text)
        return self._numbers[text]


def _annotations(value: Any) -> Iterator[dict[str, Any]]:
    """Every annotation in what may be a list, a page, a collection or one of them."""
    for one in _objects(value):
        if "Annotation" in _kinds(one):
            yield one
        else:
            for held in ("first", "items", "@graph"):
                if isinstance(one.get(held), dict | list):
                    yield from _annotations(one[held])


def _kinds(one: dict[str, Any]) -> list[Any]:
    """An object's types, of which it may have several."""
    found = one.get("type", one.get("@type"))
    return found if isinstance(found, list) else [found]


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of what may be one or a list of them; an address alone is an object's id."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield one
        elif isinstance(one, str):
            yield {"id": one}


def _selectors(target: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The selectors of a target, with those that refine them."""
    for one in _objects(target.get("selector")):
        yield one
        if "refinedBy" in one:
            yield from _selectors({"selector": one["refinedBy"]})


def _said(item: dict[str, Any]) -> dict[str, Any]:
    """Label, classes and note, as the bodies say them."""
    found: dict[str, Any] = {}
    notes, labels = [], []
    if isinstance(item.get("bodyValue"), str):
        notes.append(item["bodyValue"])
    for body in _objects(item.get("body")):
        own = said(body.get("conformsTo"))
        source = body.get("source", body.get("id", ""))
        value = said(body.get("value")) or (source if isinstance(source, str) else "")
        if own.startswith(OWN) and own.removeprefix(OWN) in _CLASSES:
            found[own.removeprefix(OWN)] = value
        elif body.get("purpose", item.get("motivation")) in _NAMING:
            labels.append(value)
        elif value:
            notes.append(value)
    return {"label": " / ".join(labels), "note": "\n\n".join(notes), **found}


def _digest(address: str) -> str:
    """The SHA-256 that an address of RFC 6920 names, "" for any other address."""
    coded = address.removeprefix(_HASHED)
    if coded == address:
        return ""
    try:
        return base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).hex()
    except ValueError:
        return ""
