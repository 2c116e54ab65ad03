"""The report as a DOCX, to edit, to paste from, to hand in: the page's content under Word's styles.

Headings are headings, tables have a head that repeats on each page, quotes are of the style "Quote"
in the language of their text. Charts are told by their tables.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.directions import direction
from annotator.export.dataset import Dataset
from annotator.export.files import zipped
from annotator.export.reporting import telling
from annotator.export.reporting.content import Concerned, Report, content
from annotator.export.reporting.grids import Grid
from annotator.export.reporting.passages import Found
from annotator.export.reporting.splits import Split
from annotator.export.xml_text import writable
from annotator.safeguards.matrix import NOT_A_FINDING, STATE_LETTERS, STATE_MEANINGS, STATE_NAMES

if TYPE_CHECKING:
    # Loaded where it is used: it takes a tenth of a second.
    from docx.document import Document as Word
    from docx.table import _Cell as WordCell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

# A report has no date but that of the latest word in it; without any, the year Word counts from.
_NO_DATE = datetime.datetime(1980, 1, 1)
_TINT = {"absent": "F3D5CE", "weak": "FBE7CC", "by_reference": "D8ECE8", "present": "BFE0DB"}
_POINT = 12_700


def render(dataset: Dataset) -> Iterator[bytes]:
    """The file, in pieces; the same dataset gives the same bytes."""
    import docx

    report = content(dataset)
    word = docx.Document()
    _properties(word, report)
    _opening(word, report)
    for one in report.concerns:
        _concern(word, one)
    _grids(word, report)
    _splits(word, report)
    _agreement(word, report)
    _method(word, report)
    whole = io.BytesIO()
    word.save(whole)
    with zipfile.ZipFile(whole) as archive:
        yield from zipped([(name, archive.read(name)) for name in archive.namelist()])


def _properties(word: Word, report: Report) -> None:
    told = word.core_properties
    told.title = writable(f"Findings: {report.title}")
    told.author = ", ".join(report.reviewers)[:255]
    at = datetime.datetime.fromisoformat(report.latest) if report.latest else _NO_DATE
    told.created = told.modified = at
    told.revision = 1


def _opening(word: Word, report: Report) -> None:
    _heading(word, f"Findings: {report.title}", 0)
    for name, value in telling.facts(report):
        line = word.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(writable(value))
    for notice in dict.fromkeys(one.notice for one in report.sources if one.notice):
        word.add_paragraph(writable(notice), style="Intense Quote")
    _heading(word, "In short", 1)
    for said in telling.short(report):
        word.add_paragraph(writable(said))
    rows = [(one.name, one.risks, one.safeguards) for one in report.concerns]
    _table(word, ("Concern", "Risks", "Safeguards"), rows)


def _concern(word: Word, one: Concerned) -> None:
    _heading(word, one.name, 1)
    word.add_paragraph(writable(one.definition))
    for standard in one.standards:
        line = word.add_paragraph(style="List Bullet")
        line.add_run(writable(standard.ref)).bold = True
        line.add_run(writable(f" {standard.says}"))
    if not one.found:
        word.add_paragraph("Nothing was marked under this concern.")
    if one.codes:
        _table(word, ("Code", "Findings"), one.codes)
    title = ""
    for found in one.found:
        if found.title != title:
            title = found.title
            _heading(word, title, 2)
        _found(word, found)


def _found(word: Word, one: Found) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    _heading(word, f"{one.citation} {one.heading}".strip(), 3)
    word.add_paragraph(writable(" · ".join(telling.labels(one))))
    quote = _quote(word, one.language)
    for part in one.words:
        run = quote.add_run(writable(part.words))
        _speak(run, one.language)
        if part.marked:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    line = word.add_paragraph()
    line.add_run(writable(one.who)).italic = True
    for who, note in one.notes:
        line = word.add_paragraph()
        line.add_run(writable(f"{who}: ")).bold = True
        line.add_run(writable(note))


def _grids(word: Word, report: Report) -> None:
    if not report.grids:
        return
    _across(word)
    _heading(word, "Powers against safeguards", 1)
    legend = "; ".join(
        f"{STATE_LETTERS[state]} {STATE_NAMES[state]} ({STATE_MEANINGS[state]})"
        for state in STATE_NAMES
    )
    word.add_paragraph(f"{legend}; in small letters: proposed by rules; ≠ reviewers differ.")
    word.add_paragraph(NOT_A_FINDING)
    for one in report.grids:
        _grid(word, one)
    _upright(word)


def _grid(word: Word, one: Grid) -> None:
    _heading(word, f"{one.title}: {one.group.lower()}", 2)
    word.add_paragraph(f"{one.absent} of {one.asked} safeguards absent.")
    heads = ("Clause", *one.columns)
    rows = []
    for row in one.rows:
        cells = [f"{row.citation} {row.powers}"]
        for square in row.squares:
            letters = "".join(STATE_LETTERS[state] for state in square.states) if square else "·"
            if square and square.standing == "disputed":
                letters = f"≠{letters}"
            elif square and square.standing == "proposed":
                letters = letters.lower()
            cells.append(letters or "?")
        rows.append(cells)
    table = _table(word, heads, rows, small=True)
    for line, row in enumerate(one.rows, start=1):
        for column, square in enumerate(row.squares, start=1):
            if square and square.states and square.standing != "proposed":
                _tint(table[line][column], _TINT[square.states[0]])


def _splits(word: Word, report: Report) -> None:
    if not report.splits:
        return
    _heading(word, "Where reviewers differ", 1)
    word.add_paragraph(writable(telling.apart(report)))
    for one in report.splits:
        _split(word, one)


def _split(word: Word, one: Split) -> None:
    _heading(word, f"{one.citation} {one.heading}".strip(), 3)
    for side in one.sides:
        line = word.add_paragraph(style="List Bullet")
        line.add_run(writable(side.who)).bold = True
        line.add_run(writable(f" {side.says}"))
        if side.quote:
            _speak(_quote(word, one.language).add_run(writable(side.quote)), one.language)
    if one.decided:
        word.add_paragraph(writable(one.decided))


def _agreement(word: Word, report: Report) -> None:
    _heading(word, "How far they agree", 1)
    if not report.agreement:
        word.add_paragraph(telling.NOT_COMPARED)
        return
    for said in telling.ALPHA:
        word.add_paragraph(said)
    rows = [
        (one.question, one.clauses, *telling.figures(one), one.meaning) for one in report.agreement
    ]
    _table(word, telling.FIGURES, rows, small=True)


def _method(word: Word, report: Report) -> None:
    _heading(word, "How this was made", 1)
    for said in telling.method(report):
        word.add_paragraph(writable(said))
    rows = [telling.source(one) for one in report.sources]
    _table(word, telling.SOURCES, rows, small=True)


# Word


def _heading(word: Word, text: str, level: int) -> None:
    word.add_heading(writable(text), level)


def _quote(word: Word, language: str) -> Paragraph:
    from docx.oxml import OxmlElement

    quote = word.add_paragraph(style="Quote")
    if direction(language) == "rtl":
        quote.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
    return quote


def _speak(run: Run, language: str) -> None:
    """Say which language the words are in, so that Word does not underline all of them."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    told = OxmlElement("w:lang")
    for attribute in ("w:val", "w:bidi", "w:eastAsia"):
        told.set(qn(attribute), language)
    properties = run._element.get_or_add_rPr()
    properties.append(told)
    if direction(language) == "rtl":
        properties.append(OxmlElement("w:rtl"))


def _table(
    word: Word, heads: Sequence[str], rows: Sequence[Sequence[object]], *, small: bool = False
) -> list[Sequence[WordCell]]:
    """A table whose head stands on each page it reaches; its cells, line by line."""
    from docx.oxml import OxmlElement

    table = word.add_table(rows=len(rows) + 1, cols=len(heads), style="Light Grid Accent 1")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    # Asked for once: each question goes through the whole table.
    cells = [row.cells for row in table.rows]
    for line, values in zip(cells, (heads, *rows), strict=True):
        for cell, value in zip(line, values, strict=True):
            run = cell.paragraphs[0].add_run(writable(str(value)))
            if small:
                run.font.size = 8 * _POINT
    word.add_paragraph()
    return cells


def _tint(cell: WordCell, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    for attribute, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shading.set(qn(attribute), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _across(word: Word) -> None:
    """Begin pages that lie on their side."""
    _turn(word, across=True)


def _upright(word: Word) -> None:
    _turn(word, across=False)


def _turn(word: Word, *, across: bool) -> None:
    from docx.enum.section import WD_ORIENT

    section = word.add_section()
    sides = sorted((section.page_width or 0, section.page_height or 0), reverse=across)
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
