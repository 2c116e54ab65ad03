"""CoNLL columns with IOB2 tags, a column a concern: what sequence taggers are trained on.

One file, a block of sentences for each text and reviewer who spoke of it, under the comments
`# newdoc id` and `# reviewer`. Columns are FORM, START and END (code points of the document's text)
and one for each concern, named in the first line as CoNLL-U Plus does it. A column holds one tag a
token, so of marks of one concern that overlap the longest is written, of equally long ones the
first; `# left_out` says how many were not. Marks of several concerns may overlap. A sentence is not
ended within a mark, so that each begins with B- once.

Read are these, and files without offsets, whose last column has the tags (CoNLL-2003, IOB1, IOBES).

Source: E. Tjong Kim Sang and F. De Meulder, CoNLL-2003; universaldependencies.org, CoNLL-U Plus.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import ExportError
from annotator.export import labels
from annotator.export.dataset import Dataset, Part
from annotator.export.loading.foreign import Foreign, Mark, Text
from annotator.export.tools import cutting, jsonlines
from annotator.export.tools.cutting import Token
from annotator.model import Annotation

_FIXED = ("FORM", "START", "END")
_COLUMNS = "# global.columns = "


def render(dataset: Dataset) -> Iterator[bytes]:
    """The header, then block by block."""
    concerns = [concern.id for concern in dataset.codebook.concerns]
    yield f"{_COLUMNS}{' '.join((*_FIXED, *concerns))}\n".encode()
    for part in dataset.parts():
        for reviewer in dataset.reviewers:
            marks = [mark for mark in part.annotations if mark.reviewer == reviewer.id]
            if marks or any(one.reviewer == reviewer.id and one.done for one in part.reviews):
                name = dataset.name(reviewer.id)
                yield "".join(_block(part, marks, name, concerns)).encode()


def _block(
    part: Part, marks: list[Annotation], reviewer: str, concerns: Sequence[str]
) -> Iterator[str]:
    text, language = part.document.text, part.document.language
    written = {concern: _longest(marks, concern) for concern in concerns}
    kept = [mark for column in written.values() for mark in column]
    cut = cutting.tokens(text, language, (at for mark in kept for at in (mark.start, mark.end)))
    yield f"# newdoc id = {part.document.slug}\n"
    yield f"# text_sha256 = {part.document.text_sha256}\n"
    yield f"# reviewer = {' '.join(reviewer.split())}\n"
    yield f"# left_out = {len(marks) - len(kept)}\n"
    columns = [_tags(cut, column) for column in written.values()]
    place = 0
    for sentence in _sentences(text, language, cut, kept):
        for token in sentence:
            tags = "\t".join(column[place] for column in columns)
            yield f"{text[token.start : token.end]}\t{token.start}\t{token.end}\t{tags}\n"
            place += 1
        yield "\n"


def _longest(marks: list[Annotation], concern: str) -> list[Annotation]:
    """Marks of a concern that do not overlap: the longest, and of equals the first in the text."""
    kept: list[Annotation] = []
    for mark in sorted(marks, key=lambda one: (one.start - one.end, one.start, one.id)):
        free = all(mark.end <= one.start or one.end <= mark.start for one in kept)
        if mark.concern == concern and free and not mark.quote.isspace():
            kept.append(mark)
    return sorted(kept, key=lambda one: one.start)


def _tags(cut: list[Token], marks: list[Annotation]) -> list[str]:
    tags = ["O"] * len(cut)
    for mark in marks:
        first = bisect_left(cut, mark.start, key=lambda token: token.start)
        last = bisect_right(cut, mark.end, key=lambda token: token.end)
        label = labels.label(mark.concern, mark.polarity, mark.code)
        tags[first:last] = [f"I-{label}"] * (last - first)
        tags[first] = f"B-{label}"
    return tags


def _sentences(
    text: str, language: str, cut: list[Token], marks: list[Annotation]
) -> Iterator[list[Token]]:
    """The sentences, those made one that a mark joins."""
    joined: list[Token] = []
    for sentence in cutting.sentences(text, language, cut):
        if joined:
            border = sentence[0].start
            if not any(mark.start < border < mark.end for mark in marks):
                yield joined
                joined = []
        joined = joined + sentence
    if joined:
        yield joined


@dataclass(slots=True)
class _Block:
    """A text under one header as it is read."""

    name: str
    sha256: str = ""
    reviewer: str = ""
    forms: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    marks: list[tuple[int, int, str, str]] = field(default_factory=list)
    length: int = 0


def read(path: Path) -> Foreign:
    """The tagged runs of tokens; `ExportError` names a line with too few columns."""
    blocks: list[_Block] = []
    columns: list[str] = []
    open_runs: dict[int, tuple[int, int, str, str]] = {}
    for number, line in enumerate(jsonlines.decoded(path).split("\n"), start=1):
        line = line.rstrip("\r")
        if line.startswith(_COLUMNS):
            columns = line.removeprefix(_COLUMNS).split()
        elif line.startswith(("# newdoc", "-DOCSTART-")):
            _close(blocks, open_runs)
            name = line.partition("id = ")[2] or f"{path.stem} {len(blocks) + 1}"
            blocks.append(_Block(name))
        elif line.startswith("# ") and "\t" not in line:
            key, _, value = line[2:].partition(" = ")
            if blocks and key == "text_sha256":
                blocks[-1].sha256 = value
            elif blocks and key == "reviewer":
                blocks[-1].reviewer = value
        elif not line.strip():
            _close(blocks, open_runs)
            if blocks and "START" not in columns:
                blocks[-1].length += 1
        else:
            if not blocks:
                blocks.append(_Block(path.stem))
            _token(path, number, line, columns, blocks[-1], open_runs)
    _close(blocks, open_runs)
    texts = tuple(_text(block, "START" in columns) for block in blocks)
    marks = tuple(
        Mark(
            place,
            start,
            end,
            _quote(block, start, end) if "START" in columns else None,
            label=label,
            reviewer=block.reviewer,
            where=where,
        )
        for place, block in enumerate(blocks)
        for start, end, label, where in block.marks
    )
    return Foreign(texts, marks)


def _token(
    path: Path,
    number: int,
    line: str,
    columns: list[str],
    block: _Block,
    runs: dict[int, tuple[int, int, str, str]],
) -> None:
    cells = line.split("\t") if "\t" in line else line.split(" ")
    where = f"line {number}"
    if len(cells) < max(2, len(columns)):
        raise ExportError(f"{path}, {where}: {line[:60]!r} has too few columns")
    if "START" in columns:
        try:
            start, end = int(cells[1]), int(cells[2])
        except ValueError:
            raise ExportError(f"{path}, {where}: {line[:60]!r} has no offsets") from None
        tags = dict(enumerate(cells[3:]))
    else:
        start = block.length
        end = start + len(cells[0])
        block.length = end + 1
        tags = {0: cells[-1]}
    block.forms.append(cells[0])
    block.places.append((start, end))
    for column, tag in tags.items():
        kind, _, label = tag.partition("-")
        run = runs.get(column)
        if run is not None and (kind not in ("I", "E") or run[2] != label):
            block.marks.append(runs.pop(column))
            run = None
        if kind in ("B", "I", "E", "S") and label:
            first, place = (run[0], run[3]) if run else (start, where)
            runs[column] = first, end, label, place


def _close(blocks: list[_Block], runs: dict[int, tuple[int, int, str, str]]) -> None:
    for column in sorted(runs):
        blocks[-1].marks.append(runs[column])
    runs.clear()


def _text(block: _Block, placed: bool) -> Text:
    """The text by its name; without offsets by its tokens, a space or line between them."""
    if placed:
        return Text(block.name, sha256=block.sha256)
    words = [" "] * block.length
    for form, (start, end) in zip(block.forms, block.places, strict=True):
        words[start:end] = form
    return Text(block.name, content="".join(words))


def _quote(block: _Block, start: int, end: int) -> str | None:
    """The words of a mark as far as its tokens tell: a single one's form, else unknown."""
    first = bisect_left(block.places, (start, 0))
    alone = block.places[first : first + 1] == [(start, end)]
    return block.forms[first] if alone else None
