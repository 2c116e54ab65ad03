"""Prodigy's JSON Lines: a task an article and reviewer, with tokens and spans, answered "accept".

A task is there for whoever marked something in it or read all of it; `meta` says of which text it
is a part and from where, and which clauses were read and with what note. A span has Prodigy's
`start`, `end`, `token_start`, `token_end` and `label`, and beside them what only we know: `id`,
`severity`, `note`, `citation` and times. Offsets are code points into the task's `text`. Marks may
overlap: `prodigy spans.manual` shows them all, `ner.manual` only those that do not.

Source: Prodigy's documentation, "Annotation interfaces: spans_manual".
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.errors import ExportError
from annotator.export import labels
from annotator.export.dataset import Dataset
from annotator.export.jsonl import line
from annotator.export.loading.foreign import Foreign, Mark, Reading, Text
from annotator.export.loading.record import short
from annotator.export.part import Part
from annotator.export.tools import jsonlines
from annotator.export.tools.cutting import Token, tokens
from annotator.export.tools.jsonlines import said
from annotator.export.tools.pieces import Piece, pieces
from annotator.model import Annotation, Review

_KEPT = ("severity", "note", "created", "updated")
# By Prodigy's answers those that are no annotation, and what they are counted as.
_REFUSED = {"reject": "rejected", "ignore": "ignored"}


def render(dataset: Dataset) -> Iterator[bytes]:
    """The tasks, text by text and article by article, those of each reviewer in turn."""
    for part in dataset.parts():
        for piece in pieces(part, dataset.selection.context):
            held = piece.holding(part.annotations)
            for reviewer in dataset.reviewers:
                marks = [mark for mark in held if mark.reviewer == reviewer.id]
                read = piece.read_by(part, reviewer.id)
                if marks or read:
                    yield line(_task(part, piece, marks, read, dataset.name(reviewer.id))).encode()


def _task(
    part: Part, piece: Piece, marks: list[Annotation], read: list[Review], reviewer: str
) -> dict[str, Any]:
    document = part.document
    text = document.text[piece.start : piece.end]
    borders = [at - piece.start for mark in marks for at in (mark.start, mark.end)]
    cut = tokens(text, document.language, borders)
    return {
        "text": text,
        "meta": {
            "document": document.slug,
            "text_sha256": document.text_sha256,
            "title": document.title,
            "kind": document.kind,
            "language": document.language,
            "start": piece.start,
            "citation": piece.citation,
            "reviewer": reviewer,
            "reviews": [
                {
                    "eid": one.eid,
                    "citation": part.citation(one.eid),
                    "state": one.state,
                    "note": one.note,
                    "updated": one.updated,
                }
                for one in read
            ],
        },
        "tokens": [
            {
                "text": text[one.start : one.end],
                "start": one.start,
                "end": one.end,
                "id": number,
                "ws": one.spaced,
            }
            for number, one in enumerate(cut)
        ],
        "spans": [_span(part, piece, mark, cut) for mark in marks],
        "answer": "accept",
        "_annotator_id": reviewer,
    }


def _span(part: Part, piece: Piece, mark: Annotation, cut: list[Token]) -> dict[str, Any]:
    start, end = mark.start - piece.start, mark.end - piece.start
    first = bisect_left(cut, start, key=lambda token: token.start)
    last = bisect_left(cut, end, key=lambda token: token.start) - 1
    return {
        "start": start,
        "end": end,
        "token_start": first,
        "token_end": max(first, last),
        "label": labels.label(mark.concern, mark.polarity, mark.code),
        "text": mark.quote,
        "id": mark.id,
        "citation": part.citation(mark.eid),
        **{name: getattr(mark, name) for name in _KEPT},
    }


def read(path: Path) -> Foreign:
    """The spans of the tasks that were accepted; `ExportError` names a line that is no task.

    Prodigy takes a task without an answer for accepted when it is brought in (`db-in`), and so does
    this. What was answered with reject or ignore is nobody's word on what it shows.
    """
    texts: list[Text] = []
    marks: list[Mark] = []
    readings: list[Reading] = []
    passed: Counter[str] = Counter()
    for number, task in jsonlines.objects(path):
        where = f"line {number}"
        answer = task.get("answer")
        if answer not in (None, "accept"):
            if answer not in _REFUSED:
                raise ExportError(
                    f"{path}, {where}: the answer {short(answer)} is none of accept, "
                    f"{', '.join(_REFUSED)}"
                )
            passed[_REFUSED[answer]] += 1
            continue
        words = task.get("text")
        if not isinstance(words, str):
            raise ExportError(f"{path}, {where}: the task has no 'text'")
        meta = jsonlines.object_of(path, where, task, "meta")
        texts.append(jsonlines.text_of(words, meta, name=f"{path.stem} {number}"))
        who = said(meta.get("reviewer")) or said(task.get("_annotator_id"))
        spans = jsonlines.list_of(path, where, task, "spans")
        marks += [_mark(path, where, len(texts) - 1, span, who) for span in spans]
        passed["relations"] += len(jsonlines.list_of(path, where, task, "relations"))
        # A category of the whole text, by the one that was shown or those that were chosen.
        chosen = task.get("accept")
        passed["whole"] += len(chosen) if isinstance(chosen, list) else "label" in task
        for one in jsonlines.list_of(path, where, meta, "reviews"):
            readings.append(
                Reading(
                    text=len(texts) - 1,
                    eid=said(one.get("eid")),
                    state=said(one.get("state")),
                    note=said(one.get("note")),
                    reviewer=who,
                    updated=said(one.get("updated")),
                    where=where,
                )
            )
    return Foreign(tuple(texts), tuple(marks), tuple(readings), passed=passed)


def _mark(path: Path, where: str, text: int, span: Mapping[str, Any], reviewer: str) -> Mark:
    start, end = jsonlines.offsets(path, where, span.get("start"), span.get("end"))
    quote = span.get("text")
    return Mark(
        text,
        start,
        end,
        quote if isinstance(quote, str) else None,
        label=said(span.get("label")),
        id=jsonlines.own_id(span.get("id")),
        reviewer=reviewer,
        where=where,
        **{name: said(span.get(name)) for name in _KEPT},
    )
