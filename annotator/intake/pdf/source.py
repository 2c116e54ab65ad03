"""The bytes of a PDF -> its paragraphs, and what a reader should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from annotator.errors import IntakeError
from annotator.intake.pdf import columns, footnotes, margins, pages, paragraphs, rightleft
from annotator.intake.pdf.runs import Line, Page

# Letters that the fonts do not name, of all: above this the text layer is of no use.
_MOST_UNMAPPED = 0.2


def pieces(data: bytes) -> tuple[list[str], list[str]]:
    """The paragraphs of a PDF in reading order, and warnings.

    Running heads, page numbers, footnotes and text set across the page are left out, scripts and
    attachments are never looked at; warnings say what was met. Raises `IntakeError` for what is
    not a whole, unlocked PDF with a text layer.
    """
    file = pages.load(data)
    if not file.characters:
        raise IntakeError(
            f"the PDF has no text layer ({_pages(len(file.pages))} of pictures): it needs OCR"
        )
    if file.unmapped > _MOST_UNMAPPED * file.characters:
        raise IntakeError("the PDF does not say which letters its fonts show: it needs OCR")
    bare = margins.without(file.pages)
    size = margins.typical_size(bare)
    cut = footnotes.cut(_in_order(bare), size=size)
    found = paragraphs.join(cut.columns)
    return found, _warnings(file, cut.notes, "\n".join(found))


def _in_order(bare: Sequence[Page]) -> list[list[list[Line]]]:
    """The columns of each page in reading order.

    A page too short to show its columns by itself, such as the last, is split like the others.
    """
    gutters = [columns.gutters(page) for page in bare]
    known = _usual([found for page, found in zip(bare, gutters, strict=True) if page.runs])
    return [
        columns.lines(page, known=() if own else known)
        for page, own in zip(bare, gutters, strict=True)
    ]


def _usual(gutters: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The strips between columns of a document most of whose pages have some."""
    found = [own for own in gutters if own]
    if len(found) * 2 < len(gutters) or not found:
        return ()
    many = Counter(map(len, found)).most_common(1)[0][0]
    return tuple(
        median(places) for places in zip(*(f for f in found if len(f) == many), strict=True)
    )


def _warnings(file: pages.File, notes: int, text: str) -> list[str]:
    said: list[str] = []
    if file.scripts:
        said.append("the PDF holds scripts: only its text was read")
    if file.attachments:
        said.append(f"{_count(file.attachments, 'attached file')} left out")
    if notes:
        said.append(f"{_count(notes, 'footnote')} left out")
    scanned = [str(page.number) for page in file.pages if page.pictures]
    if scanned:
        listed = ", ".join(scanned[:10]) + (" and more" if len(scanned) > 10 else "")
        word = "page" if len(scanned) == 1 else "pages"
        said.append(f"{word} {listed} only a picture: what is written there needs OCR")
    if file.unmapped:
        letters = _count(file.unmapped, "character")
        said.append(f"{letters} that the fonts do not name: check the text")
    if rightleft.looks_wrong(text):
        said.append("right to left in a PDF: check that the words stand in the right order")
    return said


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"
