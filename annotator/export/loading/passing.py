"""What files of other programs have besides people's marks, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PASSED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "predictions": (
            "{n} prediction of a program was left out: nobody has said so",
            "{n} predictions of a program were left out: nobody has said so",
        ),
        "rejected": (
            "{n} task was answered with reject and is left out",
            "{n} tasks were answered with reject and are left out",
        ),
        "ignored": (
            "{n} task was answered with ignore and is left out",
            "{n} tasks were answered with ignore and are left out",
        ),
        "skipped": (
            "{n} annotation was skipped by its annotator and is left out",
            "{n} annotations were skipped by their annotators and are left out",
        ),
        "drafts": (
            "{n} draft was never submitted and is left out",
            "{n} drafts were never submitted and are left out",
        ),
        "relations": (
            "{n} relation between passages is left out",
            "{n} relations between passages are left out",
        ),
        "events": (
            "{n} relation, event or the like is left out",
            "{n} relations, events and the like are left out",
        ),
        "layers": (
            "{n} layer of relations or chains is left out",
            "{n} layers of relations or chains are left out",
        ),
        "whole": (
            "{n} label of a whole text is left out",
            "{n} labels of whole texts are left out",
        ),
        "comments": (
            "{n} comment on a text is left out",
            "{n} comments on texts are left out",
        ),
        "sources": (
            "{n} source that is no plain text is left out",
            "{n} sources that are no plain text are left out",
        ),
        "areas": (
            "{n} coded part of a PDF page, picture or recording is left out",
            "{n} coded parts of PDF pages, pictures or recordings are left out",
        ),
        "targets": (
            "{n} annotation that selects no words is left out",
            "{n} annotations that select no words are left out",
        ),
        "parted": (
            "{n} annotation with other words between is taken part by part",
            "{n} annotations with other words between are taken part by part",
        ),
    }
)
"""What a file may have that does not come in as it stands: in words for one, and for several."""
