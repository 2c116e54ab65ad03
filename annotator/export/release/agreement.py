"""How far reviewers agree, as a page to read and a table, from the same measures as `compare`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.export.dataset import Dataset

if TYPE_CHECKING:
    # Loaded where it is used: it needs numpy.
    from annotator.compare import Measured

COLUMNS = (
    "question",
    "concern",
    "polarity",
    "code",
    "safeguard",
    "clauses",
    "measure",
    "value",
    "low",
    "high",
    "says",
)
_KINDS = ("concern", "polarity", "code", "severity", "concerns", "safeguard")
_NAMES = {
    "percent": "share of equal clauses",
    "fleiss_kappa": "Fleiss' kappa",
    "ac1": "Gwet's AC1",
    "alpha": "Krippendorff's alpha",
}


def measured(dataset: Dataset) -> list[Measured]:
    """Every measure of every question; empty where fewer than two have read anything."""
    from annotator.export import measured as measuring

    texts = [measuring.text_of(dataset, part) for part in dataset.parts()]
    read = [text for text in texts if any(review.done for review in text.reviews)]
    return measuring.measured(dataset, read, *_KINDS)


def table(found: Sequence[Measured]) -> bytes:
    """A row a question and measure, with the ends of its 95 % interval."""
    from annotator.compare import MEASURES, meaning

    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for one in found:
        asked = one.question
        for name in MEASURES:
            figure = one.figure(name)
            ends = (figure.interval.low, figure.interval.high) if figure.interval else (None, None)
            rows.writerow(
                (
                    asked.kind,
                    asked.concern,
                    asked.polarity,
                    asked.code,
                    asked.safeguard,
                    one.clauses,
                    name,
                    *("" if value is None else f"{value:.4f}" for value in (figure.value, *ends)),
                    meaning(one) if name == "alpha" else "",
                )
            )
    return out.getvalue().encode("utf-8-sig")


def page(found: Sequence[Measured]) -> str:
    """The measures in Markdown."""
    from annotator.compare import MEASURES, meaning

    lines = ["# How far reviewers agree", ""]
    if not found:
        return "\n".join([*lines, "Fewer than two reviewers have read the same clause.", ""])
    lines += [
        "A question is asked of every clause that at least two reviewers marked as read. A figure "
        "that the data cannot bear is left empty. Intervals are 95 %, by resampling clauses; they "
        "and the measures of each code and safeguard are in `agreement.csv`.",
        "",
        "| question | clauses | " + " | ".join(_NAMES[name] for name in MEASURES) + " | |",
        "|---|---|" + "---|" * (len(MEASURES) + 1),
    ]
    for one in found:
        if one.question.kind in ("code", "safeguard"):
            continue
        asked = " ".join(filter(None, (one.question.kind, *one.question.named.values())))
        cells = [_cell(one.figure(name).value) for name in MEASURES]
        lines.append(f"| {asked} | {one.clauses} | {' | '.join(cells)} | {meaning(one)} |")
    return "\n".join([*lines, ""])


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
