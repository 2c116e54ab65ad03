"""Layouts of a page and the order in which a person reads them, whatever the order of drawing."""

import random
from io import BytesIO

import pytest

from annotator.intake.pdf import source

LEFT, RIGHT, TOP = 72, 523, 770
ONE = "The harbour office shall keep a list of every vessel that carries letters for other people"
TWO = "No officer may open a letter unless a judge has given leave for that letter in writing"
THREE = "Whoever tells the council of a wrong shall keep the post which that person held before"
FOUR = "A newspaper may withhold the name of anyone who gave it news about the harbour office"
FIVE = "The council shall publish each year how many letters were opened and for which reasons"
SIX = "Every person may ask the office for a copy of what it keeps about the letters they sent"
TEXT = {"1": ONE, "2": TWO, "3": THREE, "4": FOUR, "5": FIVE, "6": SIX}


def para(*names):
    """A paragraph of these sentences."""
    return " ".join(f"{TEXT[name]}." for name in names)


class Sheet:
    """A document whose pages are filled in any order and drawn in another."""

    def __init__(self):
        self.pages = [[]]

    def page(self):
        self.pages.append([])

    def line(self, x, y, text, size=10, font="Times-Roman"):
        self.pages[-1].append((x, y, text, size, font))

    def centre(self, x, y, text, size=10):
        self.line(x - _width(text, size) / 2, y, text, size)

    def text(self, x, y, width, *paragraphs, size=10, hang=0, space=0.6):
        """Paragraphs in a column; the height at which the next would begin."""
        for paragraph in paragraphs:
            number, _, words = paragraph.partition(" ") if hang else ("", "", paragraph)
            for i, line in enumerate(_wrapped(words, width - hang, size)):
                if hang and not i:
                    self.line(x, y, number, size)
                self.line(x + hang, y, line, size)
                y -= 1.2 * size
            y -= space * size
        return y

    def bytes(self, order):
        from reportlab.pdfgen.canvas import Canvas

        out = BytesIO()
        canvas = Canvas(out, pagesize=(595, 842), invariant=True)
        for lines in self.pages:
            lines = list(lines)
            if order == "across":
                lines.sort(key=lambda line: (-round(line[1]), line[0]))
            elif order == "any":
                random.Random(5).shuffle(lines)
            for x, y, text, size, font in lines:
                canvas.setFont(font, size)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()
        return out.getvalue()


def _width(text, size):
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return stringWidth(text, "Times-Roman", size)


def _wrapped(text, width, size):
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _width(longer, size) > width:
            yield line
            line = word
        else:
            line = longer
    yield line


# Each layout draws on a sheet and gives the paragraphs in the order of reading.


def two_columns(sheet):
    sheet.text(LEFT, TOP, 213, para("1", "2"), para("3"))
    sheet.text(310, TOP, 213, para("4"), para("5", "6"))
    return [para("1", "2"), para("3"), para("4"), para("5", "6")]


def two_short_columns(sheet):
    sheet.text(LEFT, TOP, 170, para("1"))
    sheet.text(290, TOP, 170, para("2"))
    return [para("1"), para("2")]


def narrow_gutter(sheet):
    sheet.text(LEFT, TOP, 217, para("1", "2", "3"))
    sheet.text(307, TOP, 216, para("4", "5"))
    return [para("1", "2", "3"), para("4", "5")]


def baselines_that_differ(sheet):
    sheet.text(LEFT, TOP, 213, para("1", "2"), para("3"))
    sheet.text(310, TOP - 5, 213, para("4"), para("5", "6"))
    return [para("1", "2"), para("3"), para("4"), para("5", "6")]


def unequal_widths(sheet):
    sheet.text(LEFT, TOP, 130, para("1", "2"), para("3"))
    sheet.text(222, TOP, 301, para("4", "5"), para("6"))
    return [para("1", "2"), para("3"), para("4", "5"), para("6")]


def wide_left(sheet):
    sheet.text(LEFT, TOP, 310, para("1", "2"), para("3"))
    sheet.text(403, TOP, 120, para("4"), para("5"))
    return [para("1", "2"), para("3"), para("4"), para("5")]


def unequal_lengths(sheet):
    sheet.text(LEFT, TOP, 213, para("1", "2", "3"), para("4", "5"))
    sheet.text(310, TOP, 213, para("6"))
    return [para("1", "2", "3"), para("4", "5"), para("6")]


def title_and_abstract(sheet):
    sheet.centre(297, TOP, "Convention on the Letters of the Harbour", 16)
    y = sheet.text(LEFT, TOP - 40, RIGHT - LEFT, para("1", "2", "3"))
    sheet.text(LEFT, y - 20, 213, para("4", "5"))
    sheet.text(310, y - 20, 213, para("6", "1"))
    title = "Convention on the Letters of the Harbour"
    return [title, para("1", "2", "3"), para("4", "5"), para("6", "1")]


def short_title(sheet):
    sheet.centre(297, TOP, "Act", 16)
    sheet.text(LEFT, TOP - 40, 213, para("4", "5"))
    sheet.text(310, TOP - 40, 213, para("6", "1"))
    return ["Act", para("4", "5"), para("6", "1")]


def heading_between(sheet):
    y = sheet.text(LEFT, TOP, 213, para("1", "2"))
    sheet.text(310, TOP, 213, para("3", "4"))
    sheet.centre(297, y - 20, "CHAPTER II ON THE OPENING OF LETTERS AND PARCELS", 12)
    sheet.text(LEFT, y - 50, 213, para("5"))
    sheet.text(310, y - 50, 213, para("6"))
    heading = "CHAPTER II ON THE OPENING OF LETTERS AND PARCELS"
    return [para("1", "2"), para("3", "4"), heading, para("5"), para("6")]


def short_heading_between(sheet):
    y = sheet.text(LEFT, TOP, 213, para("1", "2"))
    sheet.text(310, TOP, 213, para("3", "4"))
    sheet.line(LEFT, y - 20, "CHAPTER II", 12)
    sheet.text(LEFT, y - 50, 213, para("5"))
    sheet.text(310, y - 50, 213, para("6"))
    return [para("1", "2"), para("3", "4"), "CHAPTER II", para("5"), para("6")]


def wide_paragraph_between(sheet):
    y = sheet.text(LEFT, TOP, 213, para("1", "2"))
    sheet.text(310, TOP, 213, para("3", "4"))
    y = sheet.text(LEFT, y - 16, RIGHT - LEFT, para("5", "6"))
    sheet.text(LEFT, y - 16, 213, para("2", "1"))
    sheet.text(310, y - 16, 213, para("4", "3"))
    return [para("1", "2"), para("3", "4"), para("5", "6"), para("2", "1"), para("4", "3")]


def three_columns(sheet):
    for x, names in ((72, "12"), (230, "34"), (388, "56")):
        sheet.text(x, TOP, 135, para(*names))
    return [para("1", "2"), para("3", "4"), para("5", "6")]


def three_columns_below_a_title(sheet):
    sheet.centre(297, TOP, "Harbour Act", 16)
    for x, names in ((72, "12"), (230, "34"), (388, "5")):
        sheet.text(x, TOP - 40, 135, para(*names))
    return ["Harbour Act", para("1", "2"), para("3", "4"), para("5")]


def three_columns_with_a_short_third(sheet):
    for x, names in ((72, "123"), (230, "456")):
        sheet.text(x, TOP, 135, para(*names))
    sheet.text(388, TOP, 135, "This act enters into force on the first day of May.")
    last = "This act enters into force on the first day of May."
    return [para("1", "2", "3"), para("4", "5", "6"), last]


def two_columns_then_three(sheet):
    y = sheet.text(LEFT, TOP, 213, para("1", "2"))
    sheet.text(310, TOP, 213, para("3", "4"))
    sheet.centre(297, y - 20, "PART TWO ON WHAT THE NEWSPAPERS OF THE HARBOUR MAY PRINT")
    for x, name in ((72, "5"), (230, "6"), (388, "1")):
        sheet.text(x, y - 50, 135, para(name))
    heading = "PART TWO ON WHAT THE NEWSPAPERS OF THE HARBOUR MAY PRINT"
    return [para("1", "2"), para("3", "4"), heading, para("5"), para("6"), para("1")]


def hanging_numbers_in_columns(sheet):
    sheet.text(LEFT, TOP, 213, f"1. {para('1')}", f"2. {para('2')}", hang=18)
    sheet.text(310, TOP, 213, f"3. {para('3')}", f"4. {para('4')}", hang=18)
    return [f"{n}. {para(n)}" for n in "1234"]


def official_journal(sheet):
    """A running head, two columns with headings, and notes below each."""
    expected = []
    for number, (one, other) in enumerate((("12", "34"), ("56", "13"), ("24", "65")), start=1):
        sheet.line(LEFT, 800, f"L 12/{number}")
        sheet.line(250, 800, "Official Journal of the Harbour")
        for mark, x, names in ((1, LEFT, one), (2, 310, other)):
            heading = f"Article {2 * number + mark}"
            sheet.centre(x + 106, TOP, heading)
            sheet.text(x, TOP - 16, 213, para(*names))
            sheet.text(x, 90, 213, f"({mark}) See letter {mark}{number} of the council.", size=7)
            expected += [heading, para(*names)]
        sheet.page()
    sheet.pages.pop()
    return expected


def columns_on_one_page_only(sheet):
    sheet.text(LEFT, TOP, RIGHT - LEFT, para("1", "2", "3"), para("4", "5", "6"))
    sheet.page()
    sheet.text(LEFT, TOP, 213, para("1", "2"))
    sheet.text(310, TOP, 213, para("3", "4"))
    sheet.page()
    sheet.text(LEFT, TOP, RIGHT - LEFT, para("5", "6", "1"))
    return [
        para("1", "2", "3"),
        para("4", "5", "6"),
        para("1", "2"),
        para("3", "4"),
        para("5", "6", "1"),
    ]


def a_short_last_page(sheet):
    for _ in range(2):
        sheet.text(LEFT, TOP, 213, para("1", "2"))
        sheet.text(310, TOP, 213, para("3", "4"))
        sheet.page()
    sheet.line(LEFT, TOP, "Done at the harbour.")
    sheet.line(310, TOP, "For the council.")
    done = ["Done at the harbour.", "For the council."]
    return [para("1", "2"), para("3", "4")] * 2 + done


def two_languages(sheet):
    french = (
        "Le bureau du port tient une liste de tous les navires qui portent des lettres pour "
        "autrui et la montre au conseil chaque fois que celui-ci la demande."
    )
    sheet.centre(LEFT + 106, TOP, "Article 1")
    sheet.centre(310 + 106, TOP, "Article premier")
    sheet.text(LEFT, TOP - 16, 213, para("1", "2"))
    sheet.text(310, TOP - 16, 213, french)
    return ["Article 1", para("1", "2"), "Article premier", french]


# What stands side by side and is not columns.


def numbers_in_the_margin(sheet):
    sheet.text(LEFT, TOP, RIGHT - LEFT, *(f"{n}. {para(n, '1', '2')}" for n in "3456"), hang=60)
    return [f"{n}. {para(n, '1', '2')}" for n in "3456"]


def points_below_points(sheet):
    y = sheet.text(LEFT, TOP, RIGHT - LEFT, f"1. {para('1', '2', '3')}", hang=24)
    y = sheet.text(LEFT + 24, y, RIGHT - LEFT - 24, f"(a) {para('4', '5')}", hang=24)
    sheet.text(LEFT + 48, y, RIGHT - LEFT - 48, f"(i) {para('6', '1')}", hang=24)
    return [f"1. {para('1', '2', '3')}", f"(a) {para('4', '5')}", f"(i) {para('6', '1')}"]


def table_of_figures(sheet):
    y = sheet.text(LEFT, TOP, RIGHT - LEFT, para("1", "2", "3"))
    rows = [
        ("Harbour", "Letters", "Opened"),
        ("Northport", "12 000", "14"),
        ("Southport", "9 500", "3"),
        ("Eastport", "7 250", "none"),
        ("Westport", "1 100", "1"),
        ("Old harbour", "80", "none"),
    ]
    for i, row in enumerate(rows):
        for x, cell in zip((LEFT, 250, 400), row, strict=True):
            sheet.line(x, y - 14 * i, cell)
    sheet.text(LEFT, y - 110, RIGHT - LEFT, para("4", "5", "6"))
    return [para("1", "2", "3"), *map(" ".join, rows), para("4", "5", "6")]


def table_of_terms(sheet):
    rows = [("letter", "1"), ("newspaper", "4"), ("person who reports", "3"), ("copy", "6")]
    y = TOP
    for term, name in rows:
        sheet.line(LEFT, y, term)
        y = sheet.text(200, y, RIGHT - 200, para(name, "2"))
    return [f"{term} {para(name, '2')}" for term, name in rows]


def notes_in_the_margin(sheet):
    y = TOP
    for name, note in zip("345", ("Lists", "Leave of a judge", "Posts"), strict=True):
        sheet.line(LEFT, y, note, 10)
        y = sheet.text(190, y, RIGHT - 190, para(name, "1", "2"))
    notes = zip("345", ("Lists", "Leave of a judge", "Posts"), strict=True)
    return [f"{note} {para(name, '1', '2')}" for name, note in notes]


def signatures(sheet):
    y = sheet.text(LEFT, TOP, RIGHT - LEFT, para("1", "2", "3"))
    rows = [
        ("For the Government of Northland:", "For the Government of Southland:"),
        ("Anna Berg", "Carl Dorn"),
        ("Minister of Harbours", "Envoy to the Council"),
        ("Northport, 4 May 2031", "Southport, 9 May 2031"),
    ]
    for i, row in enumerate(rows):
        for x, cell in zip((LEFT, 310), row, strict=True):
            sheet.line(x, y - 10 - 18 * i, cell)
    return [para("1", "2", "3"), *map(" ".join, rows)]


def text_with_a_box_of_the_date(sheet):
    sheet.line(LEFT, TOP, "Council of the Harbour")
    sheet.line(400, TOP, "4 May 2031")
    sheet.line(LEFT, TOP - 12, "Second meeting")
    sheet.line(400, TOP - 12, "Paper 17")
    sheet.text(LEFT, TOP - 50, RIGHT - LEFT, para("1", "2", "3"), para("4", "5", "6"))
    heads = ["Council of the Harbour 4 May 2031", "Second meeting Paper 17"]
    return [*heads, para("1", "2", "3"), para("4", "5", "6")]


LAYOUTS = [
    two_columns,
    two_short_columns,
    narrow_gutter,
    baselines_that_differ,
    unequal_widths,
    wide_left,
    unequal_lengths,
    title_and_abstract,
    short_title,
    heading_between,
    short_heading_between,
    wide_paragraph_between,
    three_columns,
    three_columns_below_a_title,
    three_columns_with_a_short_third,
    two_columns_then_three,
    hanging_numbers_in_columns,
    official_journal,
    columns_on_one_page_only,
    a_short_last_page,
    two_languages,
    numbers_in_the_margin,
    points_below_points,
    table_of_figures,
    table_of_terms,
    notes_in_the_margin,
    signatures,
    text_with_a_box_of_the_date,
]


@pytest.mark.parametrize("order", ["as written", "across", "any"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_page_is_read_in_order(layout, order):
    sheet = Sheet()
    expected = layout(sheet)
    found, _ = source.pieces(sheet.bytes(order))
    assert found == expected
