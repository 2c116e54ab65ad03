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
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from annotator.errors import ExportError
from annotator.export import labels
from annotator.export.dataset import Dataset
from annotator.export.loading.foreign import Foreign, Mark, Text
from annotator.export.loading.record import short
from annotator.export.part import Part
from annotator.export.tools import bundle, jsonlines
from annotator.export.tools.jsonlines import said
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
            chosen = {"choices": [dataset.name(reviewer.id)]}
            region = stable_id("label studio reviewer", reviewer.id)
            result.append(_result(region, "reviewer", "choices", chosen))
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
    """The labelled regions of every annotation that was submitted and not skipped.

    What a model predicted is nobody's word until somebody submits it, and is counted alone. The
    full export is read and the short one ("JSON-MIN"). `ExportError` names a task that is none.
    """
    tasks = _read_tasks(path)
    texts: list[Text] = []
    marks: list[Mark] = []
    passed: Counter[str] = Counter()
    users = {str(user) for task in tasks for user in _users(task)}
    for number, task in enumerate(tasks, start=1):
        where = f"task {said(task.get('id')) or number}"
        data = jsonlines.object_of(path, where, task, "data") or task
        words = _words(data)
        if words is None:
            raise ExportError(f"{path}, {where}: it has no text")
        texts.append(jsonlines.text_of(words, data, name=f"{path.stem} {number}"))
        passed["drafts"] += jsonlines.count_of(task.get("drafts"))
        # A prediction holds the regions of a whole text; a short export has no more than its id.
        predictions = task.get("predictions")
        for one in predictions if isinstance(predictions, list) else ():
            regions = one.get("result") if isinstance(one, dict) else None
            passed["predictions"] += jsonlines.count_of(regions) or 1
        key = "completions" if "completions" in task else "annotations"
        made = jsonlines.list_of(path, where, task, key)
        if key not in task:
            who = task.get("reviewer") or task.get("annotator")
            made = [{"result": _short_form(task), "completed_by": who}]
        for annotation in made:
            if annotation.get("was_cancelled") or annotation.get("skipped"):
                passed["skipped"] += 1
                continue
            results = jsonlines.list_of(path, where, annotation, "result")
            passed["relations"] += sum(one.get("type") == "relation" for one in results)
            who = _reviewer(annotation, results, several=len(users) > 1)
            marks += _marks(path, where, len(texts) - 1, results, who)
    return Foreign(tuple(texts), tuple(marks), passed=passed)


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
                raise ExportError(f"{path}: {short(task)} is not a task in braces")
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
    made = task.get("annotations") or task.get("completions")
    for one in made if isinstance(made, list) else [task]:
        if isinstance(one, dict):
            user = one.get("completed_by", one.get("annotator"))
            yield user.get("id", user.get("email")) if isinstance(user, dict) else user


def _reviewer(
    annotation: Mapping[str, Any], results: Iterable[Mapping[str, Any]], *, several: bool
) -> str:
    for one in results:
        if one.get("from_name") == "reviewer" and (name := _choice(one)):
            return name
    user = annotation.get("completed_by")
    if isinstance(user, dict):
        name = f"{said(user.get('first_name'))} {said(user.get('last_name'))}".strip()
        return name or said(user.get("email"))
    if isinstance(user, str):
        return user
    # A number names nobody, but tells two people apart.
    return f"Label Studio user {user}" if several and isinstance(user, int) else ""


def _choice(one: Mapping[str, Any]) -> str:
    """The first of what was chosen."""
    value = one.get("value")
    chosen = value.get("choices") if isinstance(value, dict) else None
    return said(chosen[0]) if isinstance(chosen, list) and chosen else ""


def _marks(
    path: Path, where: str, text: int, results: list[dict[str, Any]], reviewer: str
) -> Iterator[Mark]:
    severity = {
        said(one.get("id")): _choice(one) for one in results if one.get("from_name") == "severity"
    }
    for one in results:
        value = jsonlines.object_of(path, where, one, "value")
        named = value.get("labels") or value.get("hypertextlabels") or []
        if not isinstance(named, list):
            raise ExportError(f"{path}, {where}: 'labels' is {short(named)}, not a list of labels")
        for label in named:
            # In HTML a place is a path to an element, and beside it counted over the words.
            at = jsonlines.object_of(path, where, value, "globalOffsets") or value
            start, end = jsonlines.offsets(path, where, at.get("start"), at.get("end"))
            quote = value.get("text")
            note = jsonlines.object_of(path, where, one, "meta").get("text")
            yield Mark(
                text,
                start,
                end,
                quote if isinstance(quote, str) else None,
                label=said(label),
                severity=severity.get(said(one.get("id")), ""),
                note="\n".join(map(said, note)) if isinstance(note, list) else said(note),
                reviewer=reviewer,
                id=jsonlines.own_id(one.get("id")) if len(named) == 1 else "",
                where=where,
            )
