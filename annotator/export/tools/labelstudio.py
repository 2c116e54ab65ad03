"""Label Studio: tasks with annotations and predictions, and the labelling interface for them.

A task is an article, with an annotation for each reviewer who marked something in it or read it,
and the suggestions as a prediction with their scores. `start` and `end` are code points of the
task's text: since 2022 Label Studio counts so in what it hands out, whatever the browser counts;
older files in UTF-16 are told by their quotes. A region has its note as its text, as Label Studio
shows it, and its severity as a choice a region. The reviewer is a choice too, since Label Studio
refuses annotations of users that it does not have.

Source: Label Studio's guide, "Import pre-annotated data", and its tags Text, Labels and Choices.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from annotator.errors import ExportError
from annotator.export import labels
from annotator.export.dataset import Dataset
from annotator.export.loading.foreign import Foreign, Mark, Text
from annotator.export.part import Part
from annotator.export.tools import bundle, jsonlines
from annotator.export.tools.pieces import Piece, pieces
from annotator.model import SEVERITIES, Annotation, Suggestion, stable_id

TASKS = "tasks.json"
INTERFACE = "labeling-interface.xml"
# As Label Studio's own palette; blue, orange and violet are our concerns'.
_COLOURS = {"blue": "#1F62BE", "orange": "#A25F14", "violet": "#701052"}


def files(dataset: Dataset) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The interface to paste into a new project, and the tasks to import there."""
    yield INTERFACE, [_interface(dataset).encode()]
    yield TASKS, _tasks(dataset)


def _interface(dataset: Dataset) -> str:
    lines = ["<View>", '  <Labels name="label" toName="text">']
    for concern in dataset.codebook.concerns:
        colour = quoteattr(_COLOURS.get(concern.slot, "#1E2429"))
        for polarity in ("risk", "safeguard"):
            for code in ("", *(one.id for one in concern.codes)):
                value = quoteattr(labels.label(concern.id, polarity, code))
                lines.append(f"    <Label value={value} background={colour}/>")
    lines += [
        "  </Labels>",
        '  <Text name="text" value="$text" granularity="word"/>',
        '  <Choices name="severity" toName="text" perRegion="true" choice="single">',
        *(f'    <Choice value="{severity}"/>' for severity in SEVERITIES),
        "  </Choices>",
        '  <Choices name="reviewer" toName="text" choice="single">',
        *(f"    <Choice value={quoteattr(one.name)}/>" for one in dataset.reviewers),
        "  </Choices>",
        "</View>",
        "",
    ]
    return "\n".join(lines)


def _tasks(dataset: Dataset) -> Iterator[bytes]:
    opening, number = "[", 0
    for part in dataset.parts():
        for piece in pieces(part, dataset.selection.context):
            number += 1
            made = {"id": number, **_task(dataset, part, piece)}
            task = json.dumps(made, ensure_ascii=False, indent=1)
            yield f"{opening}\n{task}".encode()
            opening = ","
    yield b"[]\n" if opening == "[" else b"\n]\n"


def _task(dataset: Dataset, part: Part, piece: Piece) -> dict[str, Any]:
    document = part.document
    annotations = []
    held = piece.holding(part.annotations)
    for reviewer in dataset.reviewers:
        marks = [mark for mark in held if mark.reviewer == reviewer.id]
        read = any(one.done for one in piece.read_by(part, reviewer.id))
        if marks or read:
            result = [region for mark in marks for region in _regions(mark, piece)]
            said = {"choices": [dataset.name(reviewer.id)]}
            region = stable_id("label studio reviewer", reviewer.id)
            result.append(_result(region, "reviewer", "choices", said))
            annotations.append({"result": result, "ground_truth": dataset.selection.settled})
    proposed = piece.holding(part.suggestions)
    task: dict[str, Any] = {
        "data": {
            "text": document.text[piece.start : piece.end],
            "document": document.slug,
            "text_sha256": document.text_sha256,
            "title": document.title,
            "kind": document.kind,
            "language": document.language,
            "start": piece.start,
            "citation": piece.citation,
        },
        "annotations": annotations,
    }
    if proposed:
        task["predictions"] = [
            {
                "model_version": "rules",
                "score": round(sum(one.score for one in proposed) / len(proposed), 4),
                "result": [_proposal(one, piece) for one in proposed],
            }
        ]
    return task


def _regions(mark: Annotation, piece: Piece) -> Iterator[dict[str, Any]]:
    region = _result(mark.id, "label", "labels", _value(mark, piece))
    if mark.note:
        region["meta"] = {"text": [mark.note]}
    yield region
    if mark.severity:
        place = {"start": mark.start - piece.start, "end": mark.end - piece.start}
        yield _result(mark.id, "severity", "choices", {**place, "choices": [mark.severity]})


def _proposal(one: Suggestion, piece: Piece) -> dict[str, Any]:
    region = _result(one.id, "label", "labels", _value(one, piece))
    return {**region, "score": one.score, "meta": {"text": [f"{one.rule}: {one.reason}"]}}


def _value(one: Annotation | Suggestion, piece: Piece) -> dict[str, Any]:
    return {
        "start": one.start - piece.start,
        "end": one.end - piece.start,
        "text": one.quote,
        "labels": [labels.label(one.concern, one.polarity, one.code)],
    }


def _result(id: str, name: str, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": id, "from_name": name, "to_name": "text", "type": kind, "value": dict(value)}


def read(path: Path) -> Foreign:
    """The labelled regions of every annotation that was not skipped; predictions are nobody's word.

    The full export is read and the short one ("JSON-MIN"). `ExportError` names a task that is none.
    """
    tasks = _read_tasks(path)
    texts: list[Text] = []
    marks: list[Mark] = []
    passed = {"skipped annotations": 0, "predictions": 0, "relations between regions": 0}
    users = {str(user) for task in tasks for user in _users(task)}
    for number, task in enumerate(tasks, start=1):
        where = f"task {task.get('id', number)}"
        data = task.get("data") if isinstance(task.get("data"), dict) else task
        assert isinstance(data, dict)
        words = _words(data)
        if words is None:
            raise ExportError(f"{path}, {where}: it has no text")
        texts.append(jsonlines.text_of(words, data, name=f"{path.stem} {number}"))
        passed["predictions"] += len(task.get("predictions") or [])
        said = task.get("annotations", task.get("completions"))
        if not isinstance(said, list):
            who = task.get("reviewer") or task.get("annotator")
            said = [{"result": _short_form(task), "completed_by": who}]
        for annotation in said:
            if annotation.get("was_cancelled") or annotation.get("skipped"):
                passed["skipped annotations"] += 1
                continue
            results = annotation.get("result") or []
            passed["relations between regions"] += sum(
                one.get("type") == "relation" for one in results
            )
            who = _reviewer(annotation, results, several=len(users) > 1)
            marks += _marks(path, where, len(texts) - 1, results, who)
    remarks = tuple(f"{count} {what} are passed over" for what, count in passed.items() if count)
    return Foreign(tuple(texts), tuple(marks), remarks=remarks)


def _read_tasks(path: Path) -> list[dict[str, Any]]:
    if path.is_dir() or path.suffix == ".zip":
        found = bundle.files(path, (".json",))
        whole = [bundle.text(path, name, one) for name, one in found.items()]
    else:
        whole = [jsonlines.decoded(path)]
    tasks: list[dict[str, Any]] = []
    for text in whole:
        parsed = jsonlines.parsed(path, text)
        for task in parsed if isinstance(parsed, list) else [parsed]:
            if not isinstance(task, dict):
                raise ExportError(f"{path}: {str(task)[:60]!r} is not a task in braces")
            tasks.append(task)
    return tasks


def _words(data: Mapping[str, Any]) -> str | None:
    """The text that was labelled: `text`, else the longest there is."""
    texts = [one for one in data.values() if isinstance(one, str)]
    found = data.get("text", max(texts, key=len, default=None))
    return found if isinstance(found, str) else None


def _short_form(task: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The regions of the short export, where they stand beside the text under the tag's name."""
    return [
        {"type": "labels", "value": region, "id": region.get("id")}
        for value in task.values()
        if isinstance(value, list)
        for region in value
        if isinstance(region, dict) and "labels" in region
    ]


def _users(task: Mapping[str, Any]) -> Iterator[object]:
    for one in task.get("annotations") or task.get("completions") or [task]:
        user = one.get("completed_by", one.get("annotator"))
        yield user.get("id", user.get("email")) if isinstance(user, dict) else user


def _reviewer(
    annotation: Mapping[str, Any], results: Iterable[Mapping[str, Any]], *, several: bool
) -> str:
    for one in results:
        if one.get("from_name") == "reviewer" and one.get("value", {}).get("choices"):
            return str(one["value"]["choices"][0])
    user = annotation.get("completed_by")
    if isinstance(user, dict):
        name = f"{user.get('first_name') or ''} {user.get('last_name') or ''}".strip()
        return name or str(user.get("email") or "")
    if isinstance(user, str):
        return user
    # A number names nobody, but tells two people apart.
    return f"Label Studio user {user}" if several and user is not None else ""


def _marks(
    path: Path, where: str, text: int, results: list[dict[str, Any]], reviewer: str
) -> Iterator[Mark]:
    severity = {
        one.get("id"): one["value"]["choices"][0]
        for one in results
        if one.get("from_name") == "severity" and one.get("value", {}).get("choices")
    }
    for one in results:
        value = one.get("value") or {}
        named = value.get("labels") or value.get("hypertextlabels") or []
        for label in named:
            start, end = jsonlines.offsets(path, where, value.get("start"), value.get("end"))
            quote = value.get("text")
            note = (one.get("meta") or {}).get("text") or ""
            yield Mark(
                text,
                start,
                end,
                quote if isinstance(quote, str) else None,
                label=str(label),
                severity=str(severity.get(one.get("id"), "")),
                note="\n".join(map(str, note)) if isinstance(note, list) else str(note),
                reviewer=reviewer,
                id=jsonlines.own_id(one.get("id")) if len(named) == 1 else "",
                where=where,
            )
