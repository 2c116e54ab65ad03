"""What another spaCy pipeline proposes, taken as suggestions that name it.

A component of any kind may propose: spans in a group of `doc.spans` (a span categoriser, a span
ruler), entities in `doc.ents`, or categories of the whole text in `doc.cats`. What counts is the
label: `privacy`, `privacy:risk`, `privacy:safeguard`, `privacy:risk:surveillance`, with the
concerns and codes of the codebook. Labels of another kind (PERSON, DATE) are left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from annotator import codebook
from annotator.codebook import CONCERNS
from annotator.model import POLARITIES, Suggestion

if TYPE_CHECKING:
    from spacy.tokens import Doc

PREFIX = "pipeline:"
"""What the `rule` of such a suggestion begins with, before the pipeline's name."""
LEAST = 0.5
"""A category or a scored span below this is not taken."""


def proposals(doc: Doc, text: str, *, pipeline: str, rules: str) -> Iterator[Suggestion]:
    """The suggestions of a pipeline's own components for `text`, which `doc` was made of.

    `rules` is the group of spans that our rules write, which is left out. A span without a score
    has 0.5.
    """
    name = f"{PREFIX}{PurePath(pipeline).name}"
    for key, group in doc.spans.items():
        if key == rules:
            continue
        scores = group.attrs.get("scores")
        for at, span in enumerate(group):
            score = float(scores[at]) if scores is not None and at < len(scores) else LEAST
            yield from _proposal(
                text, span.start_char, span.end_char, span.label_, score, name, key
            )
    for span in doc.ents:
        yield from _proposal(
            text, span.start_char, span.end_char, span.label_, LEAST, name, "entities"
        )
    start = len(text) - len(text.lstrip())
    for label, score in doc.cats.items():
        yield from _proposal(
            text, start, len(text.rstrip()), label, float(score), name, "categories"
        )


def identity(pipeline: str | None) -> str:
    """What tells one pipeline from another of its name, without loading spaCy."""
    if pipeline is None:
        return "blank"
    folder = Path(pipeline)
    if folder.is_dir():
        total = hashlib.sha256()
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                total.update(f"{path.relative_to(folder).as_posix()}\n".encode())
                total.update(path.read_bytes())
        return total.hexdigest()
    with suppress(metadata.PackageNotFoundError):
        return f"{pipeline} {metadata.version(pipeline)}"
    return pipeline


def _proposal(
    text: str, start: int, end: int, label: str, score: float, name: str, key: str
) -> Iterator[Suggestion]:
    concern, _, rest = label.partition(":")
    polarity, _, code = (rest or POLARITIES[0]).partition(":")
    if concern not in CONCERNS or polarity not in POLARITIES or score < LEAST or start >= end:
        return
    codes = {one.id for one in codebook.load().concern(concern).codes}
    yield Suggestion(
        start=start,
        end=end,
        quote=text[start:end],
        concern=concern,
        polarity=polarity,
        rule=f"{name}/{key}",
        score=min(1.0, score),
        reason=f"The pipeline {name.removeprefix(PREFIX)!r} proposes it ({key}), not a rule.",
        code=code if code in codes else "",
    )
