"""doccano's JSON Lines for sequence labelling: a line an article and reviewer.

`text` and `label`, a list of `[start, end, label]` in code points, are what doccano takes in; the
other keys it keeps as metadata and hands back. A project must allow overlapping spans. Both of
doccano's dialects are read: the triples, and `entities` with `start_offset` and `end_offset`.

Source: doccano's examples of "Sequence Labeling" and "Relation Extraction" data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.errors import ExportError
from annotator.export import labels
from annotator.export.dataset import Dataset
from annotator.export.jsonl import line
from annotator.export.loading.foreign import Foreign, Mark, Text
from annotator.export.loading.record import short
from annotator.export.tools import jsonlines
from annotator.export.tools.jsonlines import said
from annotator.export.tools.pieces import pieces


def render(dataset: Dataset) -> Iterator[bytes]:
    """The lines, text by text and article by article, those of each reviewer in turn."""
    for part in dataset.parts():
        document = part.document
        for piece in pieces(part, dataset.selection.context):
            held = piece.holding(part.annotations)
            for reviewer in dataset.reviewers:
                marks = [mark for mark in held if mark.reviewer == reviewer.id]
                read = any(one.done for one in piece.read_by(part, reviewer.id))
                if not marks and not read:
                    continue
                record = {
                    "text": document.text[piece.start : piece.end],
                    "label": [
                        [
                            mark.start - piece.start,
                            mark.end - piece.start,
                            labels.label(mark.concern, mark.polarity, mark.code),
                        ]
                        for mark in marks
                    ],
                    "document": document.slug,
                    "text_sha256": document.text_sha256,
                    "title": document.title,
                    "kind": document.kind,
                    "language": document.language,
                    "start": piece.start,
                    "citation": piece.citation,
                    "reviewer": dataset.name(reviewer.id),
                }
                yield line(record).encode()


def read(path: Path) -> Foreign:
    """The labelled spans in either dialect; `ExportError` names a line that is neither."""
    texts: list[Text] = []
    marks: list[Mark] = []
    passed: Counter[str] = Counter()
    for number, record in jsonlines.objects(path):
        where = f"line {number}"
        words = record.get("text", record.get("data"))
        if not isinstance(words, str):
            raise ExportError(f"{path}, {where}: it has no 'text'")
        known = record.get("meta")
        meta = {**known, **record} if isinstance(known, dict) else record
        texts.append(jsonlines.text_of(words, meta, name=f"{path.stem} {number}"))
        who = said(meta.get("reviewer")) or said(meta.get("username"))
        passed["relations"] += len(jsonlines.list_of(path, where, record, "relations"))
        passed["comments"] += jsonlines.count_of(record.get("Comments"))
        passed["whole"] += jsonlines.count_of(record.get("cats"))
        for start, end, label in _spans(path, where, record):
            first, last = jsonlines.offsets(path, where, start, end)
            marks.append(
                Mark(len(texts) - 1, first, last, label=said(label), reviewer=who, where=where)
            )
    return Foreign(tuple(texts), tuple(marks), passed=passed)


def _spans(path: Path, where: str, record: dict[str, Any]) -> Iterator[tuple[Any, Any, Any]]:
    for one in jsonlines.list_of(path, where, record, "entities"):
        yield one.get("start_offset"), one.get("end_offset"), one.get("label")
    listed = record.get("label") or record.get("labels") or []
    if not isinstance(listed, list):
        raise ExportError(
            f"{path}, {where}: 'label' is {short(listed)}, not a list of [start, end, label]"
        )
    for one in listed:
        if not isinstance(one, list) or len(one) != 3:
            raise ExportError(f"{path}, {where}: {short(one)} is not [start, end, label]")
        yield one[0], one[1], one[2]
