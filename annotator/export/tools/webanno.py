"""WebAnno TSV 3.3, as WebAnno and INCEpTION read and write it: a file a text and reviewer.

The custom layer `webanno.custom.Concern` has a feature for each thing a mark says. Offsets are
UTF-16 units. Annotations on the same token are stacked with `|`, one of several tokens has a number
in brackets on each. Between sentences the format keeps no text but its length.

INCEpTION refuses a file with a layer that its project has not: import `TypeSystem.xml` under Layers
first.

Source: WebAnno's user guide, "WebAnno TSV 3.x", and what INCEpTION's own reader does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from annotator.export.dataset import Dataset, Part
from annotator.export.loading.foreign import Foreign
from annotator.export.tools import cas, cutting, naming, tsvreading
from annotator.export.tools.cutting import Token
from annotator.export.tools.layers import CONCERN, FEATURES, features
from annotator.model import Annotation
from annotator.offsets import Utf16Map

_VALUE = str.maketrans(
    {char: f"\\{char}" for char in "\\[]|_;*"} | {"\t": "\\t", "\n": "\\n", "\r": "\\n"}
)
_TEXT = str.maketrans(
    {
        **{chr(code): f"\\{chr(code)}" for code in (*range(8), *range(14, 32))},
        "\\": "\\\\",
        "\t": "\\t",
        "\f": "\\f",
        "\r": "\\r",
        "\b": "\\b",
    }
)


def files(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """The layers, then text by text a folder with a file for each reviewer who spoke of it."""
    yield cas.TYPES, cas.type_system().to_xml().encode()
    names = naming.text_names((one.id, one.slug, one.version) for one in dataset.documents)
    for part in dataset.parts():
        for reviewer in dataset.reviewers:
            marks = [mark for mark in part.annotations if mark.reviewer == reviewer.id]
            if marks or any(one.reviewer == reviewer.id and one.done for one in part.reviews):
                who = dataset.name(reviewer.id)
                path = f"{names[part.document.id]}/{naming.quoted(who)}.tsv"
                yield path, "".join(_lines(part, marks, who)).encode()


def _lines(part: Part, marks: list[Annotation], reviewer: str) -> Iterator[str]:
    text, language = part.document.text, part.document.language
    marks = [mark for mark in marks if not mark.quote.isspace()]
    units = Utf16Map(text)
    cut = cutting.tokens(text, language, (at for mark in marks for at in (mark.start, mark.end)))
    stacked = _stacked(cut, marks)
    spread = Counter(place for places in stacked.values() for place in places)
    crowded = {one for places in stacked.values() if len(places) > 1 for one in places}
    numbers: dict[int, int] = {}
    for place in (place for places in stacked.values() for place in places):
        if spread[place] > 1 or place in crowded:
            numbers.setdefault(place, len(numbers) + 1)
    said = [features(mark, reviewer) for mark in marks]
    yield f"#FORMAT=WebAnno TSV 3.3\n#T_SP={CONCERN}|{'|'.join(FEATURES)}\n\n"
    index = 0
    for number, sentence in enumerate(cutting.sentences(text, language, cut), start=1):
        yield "\n"
        for line in text[sentence[0].start : sentence[-1].end].split("\n"):
            yield f"#Text={line.translate(_TEXT)}\n"
        for position, token in enumerate(sentence, start=1):
            start, end = units.to_utf16(token.start), units.to_utf16(token.end)
            cells = [f"{number}-{position}", f"{start}-{end}", text[token.start : token.end]]
            places = stacked.get(index, [])
            for name in FEATURES:
                stack = (
                    (
                        said[place][name]
                        .replace("\r\n", "\n")
                        .translate(_VALUE)
                        .replace("->", "\\->")
                        or "*"
                    )
                    + (f"[{numbers[place]}]" if place in numbers else "")
                    for place in places
                )
                cells.append("|".join(stack) or "_")
            yield "\t".join(cells) + "\t\n"
            index += 1


def _stacked(cut: list[Token], marks: list[Annotation]) -> dict[int, list[int]]:
    """By the place of a token those of the marks on it, in their order."""
    found: dict[int, list[int]] = {}
    for place, mark in enumerate(marks):
        first = bisect_left(cut, mark.start, key=lambda token: token.start)
        last = bisect_right(cut, mark.end, key=lambda token: token.end)
        for token in range(first, last):
            found.setdefault(token, []).append(place)
    return found


def read(path: Path) -> Foreign:
    """The annotations of every span layer; `ExportError` names a file that is no WebAnno TSV 3."""
    return tsvreading.read(path)
