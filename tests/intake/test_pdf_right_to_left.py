"""Arabic, Hebrew and Persian pages as a browser prints them, and the order in which they are read.

Chromium draws a line's words from right to left; of some words PDFium gives the letters in the
order of sight, of others in that of reading, and letters drawn as one in either.
"""

import itertools
import os
import shutil
from pathlib import Path

import pytest

from annotator import intake
from annotator.intake.pdf import columns, rightleft, source
from annotator.intake.pdf.characters import SPACE, Character, runs
from annotator.intake.pdf.runs import Page

FONT = "DejaVu Sans"
AR = (
    "لكل شخص الحق في الخصوصية في بيته وفي مراسلاته ولا يجوز المساس بها إلا بقانون يحدد الأسباب "
    "والمدة والجهة التي تأذن به.",
    "تلتزم الدول الأطراف بحماية مصادر الصحفيين وحماية المبلغين عن المخالفات في كل الأحوال وفقا "
    "للفقرة 2 من المادة 17 من هذه الاتفاقية.",
    "لا يجوز لأي سلطة أن تطلب من مقدم خدمة بيانات المشتركين إلا بأمر من قاض مستقل يبين الضرورة "
    "والتناسب وتاريخ الأمر 12/5/2031.",
    "تنشر السلطة كل سنة عدد الأوامر التي صدرت (بما فيها الأوامر العاجلة) والأسباب التي بنيت عليها "
    "وعدد الأشخاص المعنيين في السنوات ٢٠٣٠ و٢٠٣١.",
)
HE = (
    "לכל אדם הזכות לפרטיות בביתו ובהתכתבותו ואין לפגוע בה אלא בחוק הקובע את הטעמים ואת משך הזמן "
    "ואת הרשות המוסמכת לכך.",
    "לא תבקש רשות מספק שירות נתוני מנויים אלא על פי צו של שופט עצמאי לפי סעיף 2(א) לחוק זה ולא "
    "יותר מפעם אחת בשנה (ובשנים 2031-2032 בלבד).",
)
FA = (
    "هر شخص حق دارد که حریم خصوصی او در خانه و در مکاتبات او محترم شمرده شود و هیچ مقامی جز به "
    "حکم قانون در آن مداخله نکند.",
    "دولت موظف است از منابع خبرنگاران و از افشاکنندگان تخلفات طبق بند ۲ ماده ۱۷ این قانون حمایت "
    "کند و هر سال گزارش دهد.",
)
EN = (
    "Everyone may write to the court in any language, and the court shall answer in that language "
    "within a month, or say why it cannot.",
    "The words العدالة للجميع stand above the door of the court, and nobody who passes below may "
    "be asked for the reason why they came to see the judge.",
)


def law(word, texts, many):
    """The paragraphs of a law: headings of articles with two numbered paragraphs each."""
    texts = itertools.cycle(texts)
    for number in range(1, many + 1):
        yield f"{word} {number}"
        yield f"1 - {next(texts)}"
        yield f"2 - {next(texts)}"


def block(paragraphs, style=""):
    """These paragraphs as a part of a page."""
    tag = {True: "p", False: "h3"}
    inner = "".join(f"<{(t := tag[text[-1] == '.'])}>{text}</{t}>" for text in paragraphs)
    return f'<div style="{style}">{inner}</div>'


TWO = "column-count:2; column-gap:24pt"
LAW = [*law("المادة", AR, 8)]
LONG = [*law("المادة", AR, 24)]
HEADING = "الباب الثاني في أوامر القضاء وما يترتب عليها من آثار"
TITLE = "قانون حماية البيانات الشخصية رقم 5 لسنة 2031"
HEAD = '<div dir="rtl" style="font: 8px DejaVu Sans; width: 100%; text-align: center">{}</div>'
NOTES = ["1 انظر القرار رقم 7 الصادر عن المجلس.", "2 انظر الفقرة الثانية من الإعلان."]
NOTED = (
    block(LAW[:12], f"{TWO}; height:880px; column-fill:auto")
    .replace("المساس", "المساس<sup>1</sup>", 1)
    .replace("العاجلة", "العاجلة<sup>2</sup>", 1)
)
# What is printed, in which language, and the paragraphs as a person reads them.
PAGES = {
    "one column": ("ar", block(LAW), LAW),
    "two columns": ("ar", block(LAW, TWO), LAW),
    "two columns, justified": ("ar", block(LAW, f"{TWO}; text-align:justify"), LAW),
    "three columns": ("ar", block(LAW, "column-count:3"), LAW),
    "title and heading across both": (
        "ar",
        f"<h1>{TITLE}</h1>{block(LAW[:12], TWO)}<h2>{HEADING}</h2>{block(LAW[12:], TWO)}",
        [TITLE, *LAW[:12], HEADING, *LAW[12:]],
    ),
    "footnotes below both": (
        "ar",
        f'{NOTED}<div style="font-size:7.5pt">{"".join(f"<p>{note}</p>" for note in NOTES)}</div>',
        LAW[:12],
    ),
    "pages with running heads": ("ar", block(LONG, TWO), LONG),
    "Hebrew": ("he", block(law("סעיף", HE, 8), TWO), [*law("סעיף", HE, 8)]),
    "Persian": ("fa", block(law("ماده", FA, 8), TWO), [*law("ماده", FA, 8)]),
    "from left to right": ("en", block(law("Article", EN, 8), TWO), [*law("Article", EN, 8)]),
}


@pytest.fixture(scope="module")
def printed():
    """Each of the pages as Chromium prints it."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("ANNOTATOR_CHROMIUM") or next(
        filter(None, map(shutil.which, names)), None
    )
    with sync_playwright() as playwright:
        path = path or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.skip("no Chromium to print with")
        browser = playwright.chromium.launch(executable_path=path)
        page = browser.new_page()
        found = {}
        for name, (language, body, _) in PAGES.items():
            way = "ltr" if language == "en" else "rtl"
            page.set_content(
                f'<html lang="{language}" dir="{way}"><style>body {{font: 11pt "{FONT}"}} '
                f"h1, h2, h3 {{text-align: center; font-size: 11pt}}</style><body>{body}"
            )
            sides = ("top", "left", "right", *(("bottom",) if "heads" in name else ()))
            found[name] = page.pdf(
                format="A4",
                margin=dict.fromkeys(sides, "2cm"),
                display_header_footer="heads" in name,
                header_template=HEAD.format("الجريدة الرسمية <span class=pageNumber></span>"),
                footer_template=HEAD.format("<span class=pageNumber></span>"),
            )
        browser.close()
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_printed_page_is_read_as_it_was_written(printed, name):
    found, warnings = source.pieces(printed[name])
    assert found == PAGES[name][2]
    assert warnings == (["2 footnotes left out"] if name.startswith("footnotes") else [])


def test_a_law_in_two_columns_has_all_its_articles(printed, tmp_path):
    path = tmp_path / "law.pdf"
    path.write_bytes(printed["title and heading across both"])
    document = intake.read(path)
    assert document.language == "ar"
    assert [c.number for c in document.clauses if c.kind == "article"] == [*"12345678"]


def _drawn(text, right, y, *, size=10.0):
    """A line as it is seen: its rightmost character first, each 5 points wide."""
    for i, char in enumerate(text):
        left = right - 5 * (i + 1)
        if char != " ":
            yield Character(char, left, y, left + 5, size, False, 0, (left, left, y, y + 8))
        else:
            yield SPACE._replace(generated=False)


def _runs(characters):
    return [run for stretch in rightleft.mirrored(characters) for run in runs(stretch)]


def _text(characters):
    return [run.text for run in _runs(characters)]


# What is seen from the right edge of a line to its left, and what is read.
LINES = [
    ("من القانون رقم 71/1302 )الفقرة 2(", "من القانون رقم 2031/17 (الفقرة 2)"),
    ("من القانون رقم 71/1302 (الفقرة 2)", "من القانون رقم 2031/17 (الفقرة 2)"),
    ("المادة 2)1()أ( منه", "المادة 2(1)(أ) منه"),
    ("أ( نص", "أ) نص"),
    ("»نص« هنا", "«نص» هنا"),
    ("عام ١٣٠٢ نص", "عام ٢٠٣١ نص"),
    ("مشروع tcejorP resworB roT هنا", "مشروع Tor Browser Project هنا"),
    ("نظام )RPDG( هنا", "نظام (GDPR) هنا"),
    ("1 - RPDG نظام", "1 - GDPR نظام"),
    ("المادة tcejorP resworB roT", "المادة Tor Browser Project"),
    ("rood eht evoba الجميع sdrow ehT - 2", "2 - The words الجميع above the door"),
    ("المواد 52-03 منه", "المواد 25-30 منه"),
    ("עמ 23-13 כאן", "עמ 31-32 כאן"),
    ("ב %5 מהם", "ב 5% מהם"),
]


@pytest.mark.parametrize(("seen", "read"), LINES, ids=range(len(LINES)))
def test_numbers_words_and_brackets_of_a_line(seen, read):
    assert _text([*_drawn(seen, 500, 700)]) == [read]


def test_any_order_of_drawing_gives_the_same_line():
    line = [*_drawn("في المادة", 500, 700)]
    letters = [char for char in line if char is not line[2]]
    assert _text(letters[::-1]) == _text(letters) == ["في المادة"]
    assert _text([*line[3:], line[2], *line[:2]]) == ["في المادة"]


def test_letters_drawn_as_one_are_read_with_their_marks_behind_them():
    one = [
        Character(char, 100, 700, right, 10, False, 0, (100.0, left, 700, 708))
        for char, left, right in (("\u064e", 104, 106), ("ل", 100, 104))
    ]
    assert _text(one) == ["ل\u064e"]


def test_the_right_column_comes_first():
    first = [
        "لكل شخص الحق في الخصوصية",
        "في بيته وفي مراسلاته",
        "ولا يجوز المساس بها",
        "إلا بقانون",
    ]
    second = [
        "تلتزم الدول بحماية مصادر",
        "الصحفيين وحماية المبلغين",
        "عن المخالفات في كل",
        "الأحوال",
    ]
    drawn = [
        char
        for right, column in ((520, first), (300, second))
        for i, line in enumerate(column)
        for char in _drawn(line, right, 700 - 12 * i)
    ]
    page = Page(1, tuple(_runs(drawn)), mirrored=True)
    assert [[line.text for line in column] for column in columns.lines(page)] == [first, second]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("األسباب والمدة واإلذن األول", True),
        ("ةداملا نم ةرقفلا", True),
        ("المادة الأولى من هذه الاتفاقية", False),
        ("סעיף ראשון לחוק", False),
        ("ףיעס ןושאר קוחל", True),
        ("Article one", False),
    ],
)
def test_words_that_begin_as_none_does_are_told_of(text, wrong):
    assert rightleft.looks_wrong(text) is wrong
