"""The bytes of a PDF -> its pages as runs of characters, read by PDFium.

PDFium is not safe to call from two threads at once, so one file is read at a time.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from ctypes import byref, c_double, c_ushort
from dataclasses import dataclass
from math import hypot
from typing import Any

from annotator.errors import IntakeError
from annotator.intake.pdf import characters as drawn
from annotator.intake.pdf import rightleft
from annotator.intake.pdf.characters import SPACE, Character
from annotator.intake.pdf.runs import Page

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
# The height of a line of type, in the size of the type itself.
_LINE = 1.17


@dataclass(frozen=True, slots=True)
class File:
    """The pages of a PDF that have been read, and what else it carries."""

    pages: tuple[Page, ...]
    scripts: bool
    attachments: int
    characters: int
    unmapped: int


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
        found = drawn.upright(list(_characters(raw, text, count)))
        stretches = [found]
        if mirrored := rightleft.is_mostly(found):
            sized = _characters(raw, text, count, sized=True)
            stretches = [*rightleft.mirrored(drawn.upright(list(sized)))]
        elif rightleft.has_some(found):
            stretches = [rightleft.with_words(found)]
        inked = [char.text for char in found if not char.text.isspace()]
        missing = sum(map(_is_unmapped, inked))
        pictures = not inked and any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
        runs = tuple(run for stretch in stretches for run in drawn.runs(stretch))
    return Page(number, runs, pictures, mirrored), len(inked), missing


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


def _characters(raw: Any, text: Any, count: int, *, sized: bool = False) -> Iterator[Character]:
    """The characters with their places, in the page's own directions.

    A call for each takes the longest, so that none is made whose answer follows from others.
    `sized` asks each for the size of its type: of a letter that takes another form within a word
    PDFium knows no line, but the outline alone.
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
            yield SPACE
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
        size = _size(raw, text, i) if sized else high - low
        yield Character(
            char, min(at, box.left), base, box.right, max(size, 0.1), False, quarter,
            (at, box.left, low, high),
        )  # fmt: skip


def _size(raw: Any, text: Any, i: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, i, byref(matrix))
    return round(_LINE * float(raw.FPDFText_GetFontSize(text, i)) * hypot(matrix.c, matrix.d), 2)


def _is_unmapped(char: str) -> bool:
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < " "
