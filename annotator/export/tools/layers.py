"""The layers that INCEpTION and WebAnno keep our marks in, and what their features say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.export import labels
from annotator.export.loading.foreign import Mark
from annotator.export.tools.jsonlines import own_id
from annotator.model import Annotation

CONCERN = "webanno.custom.Concern"
READING = "webanno.custom.Reading"
SUGGESTION = "webanno.custom.Suggestion"

FEATURES = (
    "label",
    "severity",
    "note",
    "reviewer",
    "uuid",
    "created",
    "updated",
)
"""The features of `CONCERN`, all strings; INCEpTION shows the first beside the words."""

# Names that other people's layers have for the label, the likeliest first.
_LABELS = ("label", "value", "Value", "category", "class", "type", "tag", "identifier")


def features(mark: Annotation, reviewer: str) -> dict[str, str]:
    """What a mark says, by feature; empty where it says nothing."""
    return {
        "label": labels.label(mark.concern, mark.polarity, mark.code),
        "severity": mark.severity or "",
        "note": mark.note,
        "reviewer": reviewer,
        "uuid": mark.id,
        "created": mark.created,
        "updated": mark.updated,
    }


def mark(
    layer: str,
    said: Mapping[str, Any],
    text: int,
    start: int,
    end: int,
    quote: str | None,
    **at: str,
) -> Mark | None:
    """The mark that an annotation of a layer is; nothing where no feature says what it means.

    `at` gives `where`, and the `reviewer` whose file it is.
    """
    values = {name: str(value) for name, value in said.items() if value not in (None, "")}
    label = next((values[name] for name in _LABELS if name in values), "")
    if layer != CONCERN:
        if not label and values:
            label = next(iter(values.values()))
        short = layer.rpartition(".")[2]
        return Mark(text, start, end, quote, label=label or short, **at)
    return Mark(
        text,
        start,
        end,
        quote,
        label=label,
        severity=values.get("severity", ""),
        note=values.get("note", ""),
        reviewer=values.get("reviewer", "") or at.get("reviewer", ""),
        id=own_id(values.get("uuid")),
        created=values.get("created", ""),
        updated=values.get("updated", ""),
        where=at.get("where", ""),
    )
