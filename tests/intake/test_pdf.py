"""PDF pages as they are printed: what a reader reads comes in, what a page needs stays out."""

import json
import os
import threading
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import IntakeError
from annotator.intake import read
from annotator.intake.blocks import Piece, assemble
from annotator.intake.pdf import hyphens, source
from annotator.model import stable_id

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("ANNOTATOR_SHARED") or ROOT / "../shared") / "data"
ORACLE = SHARED / "structure" / "budapest.json"

LOREM = (
    "Each Party shall adopt such legislative and other measures as may be necessary to protect the "
    "sources of journalists and to foster co-operation among the competent authorities"
)
TREATY = [
    ("Convention on Examples", "centre"),
    ("Preamble", "centre"),
    f"Recalling that {LOREM.lower()},",
    ("CHAPTER I", "centre"),
    ("GENERAL PROVISIONS", "centre"),
    ("Article 1", "centre"),
    ("Scope", "centre"),
    (f"1. {LOREM}:", "item"),
    (f"(a) {LOREM};", "item"),
    (f"(b) {LOREM}.", "item"),
    (f"2. {LOREM}. {LOREM}.", "item"),
    ("Article 2", "centre"),
    ("Protection of sources", "centre"),
    *[(f"{number}. {LOREM}. {LOREM}.", "item") for number in range(1, 13)],
    ("Article 3", "centre"),
    ("Information", "centre"),
    f"{LOREM}.",
]


def to_source(data):
    """As the package's own, without a process for each of these many files."""
    words, warnings = source.pieces(data)
    return assemble(map(Piece, words), warnings=warnings)


def _saved(tmp_path, data, name="a.pdf"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def _words(document):
    return [
        (c.eid, c.heading, " ".join(document.text[c.body : c.own_end].split()))
        for c in document.clauses
    ]


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("justify", [False, True], ids=["ragged", "justified"])
@pytest.mark.parametrize("space", [0, 6], ids=["close", "spaced"])
def test_a_page_is_read_as_a_person_reads_it(tmp_path, press, columns, justify, space):
    page = press(
        columns=columns,
        justify=justify,
        space=space,
        hyphenate=True,
        height=420,
        head="Treaty Series 185   {page}",
        foot="- {page} -",
    )
    document = read(_saved(tmp_path, page(TREATY)), language="en")
    plain = tmp_path / "a.txt"
    words = (text[0] if isinstance(text, tuple) else text for text in TREATY)
    plain.write_text("\n\n".join(words), encoding="utf-8")
    assert _words(document) == _words(read(plain, language="en"))
    assert document.title == "Convention on Examples"
    assert document.slug == "a"
    assert document.id == stable_id("document", document.text_sha256)
    assert document.warnings == ()


def test_a_year_at_the_foot_of_the_text_stays(press):
    text = to_source(press(foot="{page}")([f"{LOREM}.", "1948"])).text
    assert text == f"{LOREM}.\n\n1948"


def test_articles_at_the_top_of_each_page_are_no_running_heads(press):
    pages = [f"Article {n}" if i == 0 else f"{LOREM}." for n in (5, 7, 8) for i in range(12)]
    text = to_source(press(height=72 * 2 + 12 + 6 + 11 * 30, head="Series {page}")(pages)).text
    assert [text.count(f"Article {n}\n") for n in (5, 7, 8)] == [1, 1, 1]
    assert "Series" not in text


def test_footnotes_and_their_marks_stay_out(press):
    page = press(notes=("Text corrected in 2004.", "See the explanatory report."))
    found = to_source(page([f"{LOREM}.^1 The end^2 of 5 m², no note.", "Further words."]))
    assert found.text == f"{LOREM}. The end of 5 m², no note.\n\nFurther words."
    assert found.warnings == ("2 footnotes left out",)


def test_small_type_that_is_no_note_stays(press):
    small = press(size=7)
    assert (
        "(a) a point in small type" in to_source(small(["Text.", "(a) a point in small type"])).text
    )


def test_a_title_across_two_columns_comes_before_both():
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    canvas.setFont("Times-Roman", 16)
    canvas.drawCentredString(297, 760, "A Title that Runs across Both of the Columns")
    canvas.setFont("Times-Roman", 10)
    # Drawn line by line across the page, as some programs do.
    for i in range(12):
        canvas.drawString(72, 730 - 12 * i, f"left column line {i} with enough words to fill")
        canvas.drawString(310, 730 - 12 * i, f"right column line {i} with enough words to fill")
    canvas.save()
    text = " ".join(to_source(out.getvalue()).text.split())
    order = [text.index("A Title"), text.index("left column line 0"), text.index("line 11 with")]
    assert order == sorted(order)
    assert text.index("left column line 11") < text.index("right column line 0")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_and_a_stamp_beside_the_text_is_not(turn):
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 595), invariant=True)
    canvas.translate(297, 297)
    canvas.rotate(turn)
    canvas.drawString(-200, 100, "The first line of the text is short.")
    at = -200.0
    for word in ("The", "second", "stands", "well", "below", "it."):
        # Word by word without spaces between them, as typesetting programs do.
        canvas.drawString(at, 0, word)
        at += canvas.stringWidth(word) + 3
    canvas.rotate(90)
    canvas.drawString(-100, 250, "BARCODE")
    canvas.save()
    text = to_source(out.getvalue()).text
    assert text == "The first line of the text is short.\n\nThe second stands well below it."


@pytest.mark.parametrize(
    ("elsewhere", "before", "after", "joined"),
    [
        ("information", "by infor-", "mation and", "by information and"),
        ("co-operation", "for co-", "operation", "for co-operation"),
        ("co-operate", "for co-", "ordination", "for co-ordination"),  # the prefix is known
        ("co-operation cooperation cooperation", "co-", "operation", "cooperation"),
        ("", "the law-", "maker", "the lawmaker"),
        ("", "the Anglo-", "Saxon", "the Anglo-Saxon"),
        ("", "pre-", "and post-trial", "pre- and post-trial"),
        ("", "in 2019-", "2020", "in 2019-2020"),
        ("", "soft\u00ad", "ened", "softened"),
        ("INTEGRITY", "INTEG-", "RITY", "INTEGRITY"),
        ("", "words –", "a dash", "words – a dash"),
        ("", "plain", "words", "plain words"),
    ],
)
def test_words_broken_at_a_line_end(elsewhere, before, after, joined):
    assert hyphens.Words([elsewhere]).join(before, after) == joined


def test_soft_hyphens_within_a_line_go_unless_they_are_all_there_is():
    assert hyphens.Words(["infor\u00admation, co-operation"]).unbroken("infor\u00adm") == "inform"
    assert hyphens.Words(["co\u00adoperation"]).unbroken("co\u00adoperate") == "co-operate"


# What is refused or warned of


def _changed(press, old, new):
    data = press()(["Some words to read."])
    assert old in data
    return data.replace(old, new)


def _locked(press, password):
    from reportlab.lib.pdfencrypt import StandardEncryption

    return press()(["Locked words."], encrypt=StandardEncryption(password, ownerPassword="owner"))


def _pictures(count):
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, invariant=True)
    for _ in range(count):
        canvas.drawImage(ImageReader(Image.new("L", (20, 20), 90)), 100, 100, 300, 300)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_scans_need_ocr(tmp_path):
    path = _saved(tmp_path, _pictures(3))
    with pytest.raises(IntakeError, match=r"no text layer \(3 pages of pictures\): it needs OCR"):
        read(path)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda press: _locked(press, "secret"), "locked with a password"),
        (lambda press: press()([LOREM] * 20)[:-200], "breaks off before its end"),
        (lambda press: press()([LOREM] * 20)[:600], "breaks off before its end"),
        (lambda _: b"%PDF-1.7\nnothing\n%%EOF", "damaged"),
        (lambda _: b"Convention on Examples", "not a PDF"),
        (lambda _: b"PK\x03\x04 something", "not a PDF"),
        (lambda _: b"", "empty"),
    ],
    ids=["password", "cut", "cut early", "no objects", "text", "zip", "empty"],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, press, make, says):
    path = _saved(tmp_path, make(press))
    with pytest.raises(IntakeError, match=says) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_that_only_forbids_changes_is_read(press):
    assert to_source(_locked(press, "")).text == "Locked words."


def test_scripts_are_told_of_and_not_run(press):
    script = b"/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    found = to_source(_changed(press, b"/Type /Catalog", script))
    assert found.text == "Some words to read."
    assert found.warnings == ("the PDF holds scripts: only its text was read",)


def test_too_many_characters_or_pages_are_refused(press, monkeypatch):
    from annotator.intake.pdf import pages

    monkeypatch.setattr(pages, "MOST_CHARACTERS", 100)
    with pytest.raises(IntakeError, match="over 100 characters"):
        to_source(press()([LOREM]))
    monkeypatch.setattr(pages, "MOST_PAGES", 1)
    with pytest.raises(IntakeError, match="has 2 pages, more than 1"):
        to_source(press(height=220)([LOREM] * 4))


def test_front_matter_cannot_be_asked_of_a_pdf(tmp_path, press):
    with pytest.raises(IntakeError, match="no front matter"):
        read(_saved(tmp_path, press()([LOREM])), require=("title",))


def test_several_threads_may_read_at_once(press):
    data = press(columns=2)([LOREM] * 30)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(to_source(data).text)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


@given(st.data())
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_whatever_the_bytes_only_intake_errors_are_raised(data):
    whole = _whole()
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=40))
    refusal = ""
    try:
        found = to_source(whole[:at] + put + whole[at + cut :])
    except IntakeError as error:
        refusal = str(error)
    assert "\n" not in refusal
    assert refusal or all(found.text[b.start : b.end].strip() for b in found.blocks)


def _whole(cache={}):  # noqa: B006 - the file is made once
    if not cache:
        from reportlab.pdfgen.canvas import Canvas

        out = BytesIO()
        canvas = Canvas(out, invariant=True, pageCompression=0)
        canvas.drawString(72, 700, "Article 1. Each Party shall act.")
        canvas.save()
        cache["pdf"] = out.getvalue()
    return cache["pdf"]


# A real treaty


def _budapest():
    text = (SHARED / "treaties" / "budapest.txt").read_text(encoding="utf-8")
    before = ""
    for block in filter(None, map(str.strip, text.split("\n"))):
        headed = before.startswith("Article ") and len(before) < 12
        centred = headed or block.isupper() or block.startswith(("Article ", "Convention on C"))
        centred = centred and len(block) < 150 and not block.endswith(".")
        item = block.split(" ")[0].endswith((".", ")")) and len(block.split(" ")[0]) < 5
        yield block, "centre" if centred else "item" if item and " " in block else ""
        before = block


@pytest.fixture(scope="module")
def as_plain_text():
    """The clauses of the treaty as its plain text has them, with their words."""
    plain = read(SHARED / "treaties" / "budapest.txt", language="en")
    return {(c.eid, " ".join(plain.text[c.body : c.own_end].split())) for c in plain.clauses}


@pytest.mark.skipif(not ORACLE.exists(), reason="the shared texts are not here")
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"columns": 2},
        {"columns": 2, "size": 9, "hyphenate": True, "justify": True},
        {"hyphenate": True, "justify": True, "space": 0, "indent": 12},
        {"columns": 2, "hyphenate": True, "space": 0, "font": "Helvetica"},
    ],
    ids=["plain", "columns", "official", "close", "ragged columns"],
)
def test_budapest_printed_has_the_structure_it_was_counted_to_have(
    tmp_path, press, as_plain_text, options
):
    oracle = json.loads(ORACLE.read_text(encoding="utf-8"))
    page = press(
        head="Convention on Cybercrime   ETS 185   {page}",
        foot="Page {page}",
        notes=("Text corrected by a decision of the Committee.", "In force on 1 July 2004."),
        **options,
    )
    document = read(_saved(tmp_path, page(_budapest())), language="en")
    kinds = Counter(c.kind for c in document.clauses)
    assert (kinds["article"], kinds["paragraph"], kinds["point"], kinds["subpoint"]) == (
        oracle["n_articles"],
        oracle["n_paragraphs"],
        oracle["n_lettered"],
        oracle["n_roman"],
    )
    headings = [c.heading for c in document.clauses if c.kind == "article"]
    assert headings == [article["heading"] for article in oracle["articles"]]
    assert document.warnings == ("2 footnotes left out",)
    assert "co-operation" in document.text
    assert "cooperation" not in document.text
    assert "ETS 185" not in document.text
    found = {(eid, words) for eid, _, words in _words(document)}
    assert len(as_plain_text & found) >= 0.97 * len(as_plain_text)
