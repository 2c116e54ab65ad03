"""How far those whose views a dataset holds agree, as the report and the release say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.compare import Measured, Text, answers, gathered, measure_all
from annotator.export.dataset import Dataset, Part

_FEWEST = 2


def text_of(dataset: Dataset, part: Part) -> Text:
    """What the readers made of a text, also where only what is settled is taken."""
    if dataset.selection.settled:
        return gathered(dataset.store, part.document)
    return Text(part.document, part.annotations, part.reviews, part.assessments)


def readers(texts: Iterable[Text]) -> list[str]:
    """The ids of those who read a clause to its end, in order."""
    return sorted({one.reviewer for text in texts for one in text.reviews if one.done})


def measured(dataset: Dataset, texts: Sequence[Text], *kinds: str) -> list[Measured]:
    """Every measure of every question of these kinds; none where fewer than two have read."""
    people = readers(texts)
    if len(people) < _FEWEST:
        return []
    said = answers([text.now(dataset.codebook) for text in texts], people, dataset.codebook)
    return measure_all(said, *kinds)
