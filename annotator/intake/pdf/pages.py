"""The bytes of a PDF -> its pages as runs of characters, read by PDFium.

PDFium is not safe to call from two threads at once, so one file is read at a time.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from ctypes import byref, c_double, c_ushort
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple

from annotator.errors import IntakeError
from annotator.intake.pdf.runs import Page, Run

MOST_PAGES = 3_000
MOST_CHARACTERS = 8_000_000
_HEADER_WITHIN = 1_024
_END_WITHIN = 2_048
_SCRIPT = re.compile(rb"/(?:JavaScript|JS)\b")
_PDFIUM = threading.Lock()
# What PDFium writes for a hyphen at the end of a line.
_HYPHENS = ("\x02", "\ufffe")
_HALVES = re.compile("[\ud800-\udfff]")
_NO_MEANING = {0: "\ufffd", 0xFFFF: "\ufffd"}
# In the size of the type: what parts two runs, and what makes a character small or raised.
_WIDEST_GAP = 1.5
_SAME_BASELINE = 0.12
_RAISED = 0.6
_SMALL = 0.82
# How far the sizes of one font differ by rounding, in points.
_ROUNDING = 0.05


@dataclass(frozen=True, slots=True)
class File:
    """The pages of a PDF that have been read, and what else it carries."""

    pages: tuple[Page, ...]
    scripts: bool
    attachments: int
    characters: int
    unmapped: int


class _Character(NamedTuple):
    # A tuple, since there are hundreds of thousands of them.
    text: str
    x: float
    y: float
    right: float
    size: float
    generated: bool
    quarter: int = 0
    # As the page has it: where it is drawn from, and its left, lower and upper edge.
    page: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


_SPACE = _Character(" ", 0.0, 0.0, 0.0, 0.0, True)


def load(data: bytes) -> File:
    """The pages of a PDF.

    Raises `IntakeError` for bytes that are no PDF, break off, need a password or hold more pages
    or characters than `MOST_PAGES` and `MOST_CHARACTERS`.
    """
    check(data)
    with _PDFIUM:
        return _load(data)


def check(data: bytes) -> None:
    """Raise `IntakeError` for bytes that do not begin and end as a PDF does."""
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise IntakeError("this is not a PDF: open it and see what it is, then rename it")
    if b"%%EOF" not in data[-_END_WITHIN:]:
        raise IntakeError("the PDF breaks off before its end: download it again")


def _load(data: bytes) -> File:
    # A tenth of a second of imports that other forms need not pay.
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise IntakeError(
                "the PDF is locked with a password: save a copy without one and read that"
            ) from error
        raise IntakeError("the PDF is damaged: download it again") from error
    with closing(document):
        count = len(document)
        if count > MOST_PAGES:
            raise IntakeError(f"the PDF has {count} pages, more than {MOST_PAGES}: split it")
        scripts = raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or bool(_SCRIPT.search(data))
        attachments = max(0, raw.FPDFDoc_GetAttachmentCount(document))
        pages: list[Page] = []
        characters = unmapped = 0
        for number in range(1, count + 1):
            try:
                page, read, missing = _page(document, number, MOST_CHARACTERS - characters)
            except pypdfium2.PdfiumError as error:
                raise IntakeError(
                    f"page {number} of the PDF is damaged: download it again"
                ) from error
            pages.append(page)
            characters += read
            unmapped += missing
        return File(tuple(pages), scripts, attachments, characters, unmapped)


def _page(document: Any, number: int, left: int) -> tuple[Page, int, int]:
    from pypdfium2 import raw

    with closing(document[number - 1]) as page, closing(page.get_textpage()) as layer:
        # The bare handle: asking the wrapper for it takes as long as the call itself.
        text = layer.raw
        count = raw.FPDFText_CountChars(text)
        if count > left:
            raise IntakeError(f"the PDF holds over {MOST_CHARACTERS:,} characters: split it")
        found = _upright(list(_characters(raw, text, count)))
        inked = [char.text for char in found if not char.text.isspace()]
        missing = sum(map(_is_unmapped, inked))
        pictures = not inked and any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
        runs = tuple(_runs(found))
    return Page(number, runs, pictures), len(inked), missing


def _letters(raw: Any, text: Any, count: int) -> Iterable[str]:
    """Each character of the text layer, U+FFFD for those without a meaning."""
    units = (c_ushort * (count + 1))()
    got = raw.FPDFText_GetText(text, 0, count, units)
    if got == count + 1:
        letters = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
        # All at once if PDFium left none out and put none in two.
        if not _HALVES.search(letters):
            return letters.translate(_NO_MEANING)
    codes = [raw.FPDFText_GetUnicode(text, i) for i in range(count)]
    return [
        "\ufffd" if not code or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)
        for code in codes
    ]


def _characters(raw: Any, text: Any, count: int) -> Iterator[_Character]:
    """The characters with their places, in the page's own directions.

    A call for each takes the longest, so that none is made whose answer follows from others.
    """
    generated, origin = raw.FPDFText_IsGenerated, raw.FPDFText_GetCharOrigin
    outline, angle = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharAngle
    x, y, box = c_double(), c_double(), raw.FS_RECTF()
    to_x, to_y, to_box = byref(x), byref(y), byref(box)
    at, base, quarter = 0.0, -1.0, 0
    for i, char in enumerate(_letters(raw, text, count)):
        if char in "\r\n":
            continue
        # PDFium adds nothing but spaces between words and line ends.
        if char == " " and generated(text, i) == 1:
            yield _SPACE
            continue
        if char in _HYPHENS:
            char = "-"
        origin(text, i, to_x, to_y)
        outline(text, i, to_box)
        if y.value != base or x.value < at:
            # Whatever goes on to the right at the same height is not turned.
            quarter = round(angle(text, i) / 1.5707963) % 4
        at, base = x.value, y.value
        low, high = box.bottom, box.top
        yield _Character(
            char, min(at, box.left), base, box.right, max(high - low, 0.1), False, quarter,
            (at, box.left, low, high),
        )  # fmt: skip


def _upright(characters: list[_Character]) -> list[_Character]:
    """The characters as a reader turns the page; text across the rest is left out.

    That is a stamp or a barcode in the margin. A space that PDFium adds has no direction.
    """
    quarters = Counter(char.quarter for char in characters if not char.generated)
    turned = quarters.most_common(1)[0][0] if quarters else 0
    if len(quarters) > 1:
        characters = [char for char in characters if char.generated or char.quarter == turned]
    return [_turned(char, turned) for char in characters] if turned else characters


def _turned(char: _Character, turned: int) -> _Character:
    if char.generated:
        return char
    at, left, low, high = char.page
    base, right = char.y, char.right
    if turned == 1:
        at, base, low, high, left, right = -base, at, left, right, -high, -low
    elif turned == 2:
        at, base, low, high, left, right = -at, -base, -high, -low, -right, -left
    else:
        at, base, low, high, left, right = base, -at, -right, -left, low, high
    return char._replace(x=min(at, left), y=base, right=right, size=max(high - low, 0.1))


def _is_unmapped(char: str) -> bool:
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < " "


def _runs(characters: list[_Character]) -> Iterator[Run]:
    held: list[_Character] = []
    last: _Character | None = None
    for char in characters:
        if char.generated:
            if held:
                held.append(char)
            continue
        if last is not None and not _continues(held, last, char):
            yield from _run(held)
            held = []
        held.append(char)
        last = char
    yield from _run(held)


def _continues(held: list[_Character], last: _Character, char: _Character) -> bool:
    size = max(last.size, char.size)
    apart = abs(char.y - last.y)
    small = min(last.size, char.size) < _SMALL * size
    level = apart <= _SAME_BASELINE * size or (small and apart <= _RAISED * size)
    forward = -0.5 * size <= char.x - last.right <= _WIDEST_GAP * size
    return level and forward and bool(held)


def _run(held: list[_Character]) -> Iterator[Run]:
    start = next((i for i, char in enumerate(held) if not char.text.isspace()), len(held))
    held = held[start:]
    inked = [char for char in held if not (char.generated or char.text.isspace())]
    if not inked:
        return
    sizes = [char.size for char in inked]
    size, y, raised = round(sizes[0], 1), round(inked[0].y, 1), tuple[int, ...]()
    if max(sizes) - min(sizes) > _ROUNDING or any(char.y != inked[0].y for char in inked):
        size, y = _usual(inked)
        raised = tuple(
            i
            for i, char in enumerate(held)
            if not char.generated and char.size < _SMALL * size and char.y > y + 0.1 * size
        )
    first = list(takewhile(lambda char: not char.text.isspace(), held))
    yield Run(
        "".join([char.text for char in held]),
        min([char.x for char in inked]),
        max([char.right for char in inked]),
        y,
        size,
        first[-1].right - first[0].x if first else 0.0,
        raised,
    )


def _usual(inked: list[_Character]) -> tuple[float, float]:
    """The size of most characters and the height at which most of those stand."""
    sizes = Counter(round(char.size, 1) for char in inked)
    size = max(sizes, key=lambda one: (sizes[one], one))
    base = Counter(round(char.y, 1) for char in inked if round(char.size, 1) == size)
    return size, base.most_common(1)[0][0]
