"""Pages in Arabic or Hebrew -> the same seen in a mirror, so that they are read like all others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotator.intake.pdf.runs import Page, Run

_LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Numbers and words of other scripts, which run from left to right within the line.
_FORWARD = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.,/:-]*[0-9A-Za-z])?")
_BRACKETS = str.maketrans("()[]{}«»", ")(][}{»«")
# In the size of the type: what parts two words, and two runs.
_SPACE = 0.22
_WIDEST_GAP = 1.5
_LEVEL = 0.2


def mirrored(page: Page) -> Page:
    """The page with its right edge on the left, if most of its letters run from right to left.

    Letters of these scripts that follow each other to the right were drawn in the order of sight:
    their order is turned round, and that of numbers is kept. Brackets are those that are seen.
    """
    text = "".join(run.text for run in page.runs)
    if len(_LETTERS.findall(text)) * 2 <= sum(map(str.isalpha, text)):
        return page
    runs = sorted(map(_mirrored, page.runs), key=lambda run: (-run.y, run.left))
    return replace(page, runs=tuple(_joined(runs)))


def _mirrored(run: Run) -> Run:
    text, raised = run.text.rstrip().translate(_BRACKETS), run.raised
    if len(_LETTERS.findall(text)) > 1:
        text, raised = _FORWARD.sub(lambda match: match.group()[::-1], text[::-1]), ()
    return replace(run, text=text, left=-run.right, right=-run.left, raised=raised)


def _joined(runs: list[Run]) -> Iterator[Run]:
    """The runs of each line as one, as far as they stand close; the letters may be single."""
    held: Run | None = None
    for run in runs:
        if held is None:
            held = run
            continue
        size = max(held.size, run.size)
        gap = run.left - held.right
        alike = abs(held.y - run.y) <= _LEVEL * size and min(held.size, run.size) > 0.82 * size
        if not alike or not -size <= gap <= _WIDEST_GAP * size:
            yield held
            held = run
            continue
        first = gap <= _SPACE * size and " " not in held.text
        held = replace(
            held,
            text=held.text + (" " if gap > _SPACE * size else "") + run.text,
            right=max(held.right, run.right),
            word=run.right - held.left if first else held.word,
            raised=(),
        )
    if held is not None:
        yield held
