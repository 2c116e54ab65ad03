"""The bytes of a PDF -> its pages as runs of characters, read by PDFium.

PDFium is not safe to call from two threads at once, so one file is read at a time.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from ctypes import byref, c_double
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
# In the size of the type: what parts two runs, and what makes a character small or raised.
_WIDEST_GAP = 1.5
_SAME_BASELINE = 0.12
_RAISED = 0.6
_SMALL = 0.82


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


def load(data: bytes) -> File:
    """The pages of a PDF.

    Raises `IntakeError` for bytes that are no PDF, break off, need a password or hold more pages
    or characters than `MOST_PAGES` and `MOST_CHARACTERS`.
    """
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise IntakeError("this is not a PDF: open it and see what it is, then rename it")
    if b"%%EOF" not in data[-_END_WITHIN:]:
        raise IntakeError("the PDF breaks off before its end: download it again")
    with _PDFIUM:
        return _load(data)


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
        place = (c_double(), c_double(), raw.FS_RECTF())
        count = raw.FPDFText_CountChars(text)
        if count > left:
            raise IntakeError(f"the PDF holds over {MOST_CHARACTERS:,} characters: split it")
        quarters = [round(raw.FPDFText_GetCharAngle(text, i) / 1.5707963) % 4 for i in range(count)]
        turned = Counter(quarters).most_common(1)[0][0] if quarters else 0
        found: list[_Character] = []
        read = missing = 0
        for i, quarter in enumerate(quarters):
            # Text that stands across the rest is a stamp or a barcode in the margin; a space that
            # PDFium adds between words has no direction.
            if quarter != turned and raw.FPDFText_IsGenerated(text, i) != 1:
                continue
            character = _character(raw, text, i, turned, place)
            if character is None:
                continue
            found.append(character)
            if not character.text.isspace():
                read += 1
                missing += _is_unmapped(character.text)
        pictures = not read and any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
        runs = tuple(_runs(found))
    return Page(number, runs, pictures), read, missing


def _character(
    raw: Any, text: Any, i: int, turned: int, place: tuple[c_double, c_double, Any]
) -> _Character | None:
    code = raw.FPDFText_GetUnicode(text, i)
    nothing = code in (0, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF
    char = "\ufffd" if nothing else chr(code)
    if char in _HYPHENS:
        char = "-"
    if char in "\r\n":
        return None
    if raw.FPDFText_IsGenerated(text, i) == 1:
        return _Character(" ", 0, 0, 0, 0, generated=True)
    x, y, box = place
    raw.FPDFText_GetCharOrigin(text, i, byref(x), byref(y))
    raw.FPDFText_GetLooseCharBox(text, i, byref(box))
    low, high, left, right = box.bottom, box.top, box.left, box.right
    at, base = x.value, y.value
    if turned == 1:
        at, base, low, high, left, right = -base, at, left, right, -high, -low
    elif turned == 2:
        at, base, low, high, left, right = -at, -base, -high, -low, -right, -left
    elif turned == 3:
        at, base, low, high, left, right = base, -at, -right, -left, low, high
    return _Character(char, min(at, left), base, right, max(high - low, 0.1), generated=False)


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
    while held and held[0].text.isspace():
        held = held[1:]
    drawn = [char for char in held if not char.generated]
    if not any(not char.text.isspace() for char in drawn):
        return
    sizes = Counter(round(char.size, 1) for char in drawn if not char.text.isspace())
    size = max(sizes, key=lambda one: (sizes[one], one))
    base = Counter(round(char.y, 1) for char in drawn if round(char.size, 1) == size)
    y = base.most_common(1)[0][0]
    raised = tuple(
        i
        for i, char in enumerate(held)
        if not char.generated and char.size < _SMALL * size and char.y > y + 0.1 * size
    )
    inked = [char for char in drawn if not char.text.isspace()]
    first = list(takewhile(lambda char: not char.text.isspace(), held))
    yield Run(
        "".join(char.text for char in held),
        min(char.x for char in inked),
        max(char.right for char in inked),
        y,
        size,
        first[-1].right - first[0].x if first else 0.0,
        raised,
    )
