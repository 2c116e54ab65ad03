"""What a dataset is, in lines that a person reads: for a sheet, a datasheet, a file's metadata."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from annotator.export.dataset import Dataset
from annotator.export.selection import Selection
from annotator.export.tables.columns import TABLES

TITLE = "Annotations of concerns and safeguards"

_CHOICES = {
    "documents": "only these texts",
    "reviewers": "only these reviewers",
    "concerns": "only these concerns",
    "codes": "only these codes, with their sub-codes",
    "polarities": "only",
    "since": "last changed on or after",
    "until": "last changed on or before",
}
_SUGGESTED = {
    "decided": "those that a reviewer decided on",
    "all": "all, whether anybody decided on them or not",
    "none": "none",
}


def lines(dataset: Dataset, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Heading and words of each line; `counts` are the rows by table."""
    yield "what this is", TITLE
    for name, count in counts.items():
        yield f"{name}: {count:,}", f"a row is {TABLES[name].row}"
    yield "codebook", f"version {dataset.codebook.version}, SHA-256 {dataset.codebook.sha256}"
    yield from chosen(dataset)
    yield (
        "offsets",
        "start and end count Unicode code points of the text from 0; the character at end is not "
        "among the words",
    )
    yield (
        "apostrophes",
        "a cell that begins like a formula has an apostrophe in front, so that nothing is run",
    )
    for info in dataset.documents:
        where = f", {info.source}" if info.source else ""
        notice = f" {info.notice}" if info.notice else ""
        yield (
            f"text: {info.slug}",
            f"{info.title} (version {info.version}, {info.language}{where}; SHA-256 "
            f"{info.text_sha256}).{notice}",
        )


def chosen(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """What was selected, under which names people go, and what was left out."""
    selection = dataset.selection
    for name, says in _CHOICES.items():
        if value := getattr(selection, name):
            if name == "reviewers":
                # Under the names of this dataset, whatever they were asked for by.
                value = [one.name for one in dataset.reviewers]
            yield "selection", f"{says} {value if isinstance(value, str) else ', '.join(value)}"
    if selection.settled:
        yield (
            "selection",
            "only what is settled: what all who read a clause agree on, and what an adjudicator "
            "decided",
        )
    rejected = "" if selection.rejected else ", without those that nobody wanted"
    yield "suggestions", f"{_SUGGESTED[selection.suggestions]}{rejected}"
    yield "reviewers", "by name" if selection.names else "numbers in place of names"
    if not selection.notes:
        yield "notes", "left out"


def recorded(dataset: Dataset) -> dict[str, object]:
    """The selection as JSON, for a file's metadata; reviewers are called as in the dataset."""
    told = dataclasses.asdict(dataset.selection)
    if dataset.selection.reviewers:
        told["reviewers"] = [one.name for one in dataset.reviewers]
    default = dataclasses.asdict(Selection())
    return {name: value for name, value in told.items() if value and value != default[name]} | {
        name: value
        for name, value in told.items()
        if isinstance(value, bool) and value != default[name]
    }
