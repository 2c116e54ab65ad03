"""Two columns with a running head, page numbers, a footnote and words broken at line ends."""

from io import BytesIO

NAME = "input.pdf"
LEFT = """\
Article 1
Keepers
1. Each light shall have a keeper, who
shall keep a log and shall have the neces-
sary lamps at hand at all times.
2. The log shall name:^1
(a) the ships seen; and
(b) the nights on which no ship was
seen."""
RIGHT = """\
Article 2
Co-operation
1. The keepers shall act in close co-
operation and shall warn each other of
storms without delay.
2. A warning shall not name the person
from whom it comes."""
SECOND = """\
Article 3
Inspection
An inspector may read the log in the
presence of the keeper, and by order of
the harbour court only."""


def make():
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for page, columns in enumerate(((LEFT, RIGHT), (SECOND,)), start=1):
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(72, 800, "Lights Series 12")
        canvas.drawCentredString(297, 40, str(page))
        if page == 1:
            canvas.drawString(72, 70, "1  As decided at the second meeting of the keepers.")
            canvas.setFont("Times-Roman", 14)
            canvas.drawCentredString(297, 760, "Convention on Lights")
        for x, column in zip((72, 310), columns, strict=False):
            _column(canvas, x, column)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _column(canvas, x, column):
    for i, line in enumerate(column.split("\n")):
        words, _, mark = line.partition("^")
        written = canvas.beginText(x, 720 - 14 * i)
        written.setFont("Times-Roman", 11)
        written.textOut(words)
        if mark:
            written.setFont("Times-Roman", 7)
            written.setRise(4)
            written.textOut(mark)
        canvas.drawText(written)
