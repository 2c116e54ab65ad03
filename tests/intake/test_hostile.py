"""Files made to stop, fill or mislead: each is read within bounds or refused in one line."""

import io
import os
import sys
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError, IntakeError
from annotator.intake import read, read_bytes
from annotator.intake.pdf import guard
from annotator.intake.read import BINARY, LARGEST_TEXT, SUFFIXES
from annotator.intake.word import package

BOUNDED = settings(max_examples=150, deadline=None, derandomize=True, database=None)
FORMS = sorted({*SUFFIXES, *BINARY} - {".pdf"})
LINE = "Article 1\n\nEach Party protects sources.\n\nArticle 2\n\nNobody is punished.\n"


def _outcome(data, suffix, **options):
    """The documents, or the refusal; anything else that is raised is a defect."""
    try:
        return read_bytes(data, name=f"a{suffix}", suffix=suffix, **options)
    except AnnotatorError as error:
        said = str(error)
    assert "\n" not in said
    assert said.startswith(f"a{suffix}")
    return ()


def _docx(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = f"<w:document {W}><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p></w:body></w:document>"
AKN = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><body>'
    '<article eId="art_1"><num>1</num><content><p>Words.</p></content></article></body></act>'
    "</akomaNtoso>"
)
WHOLE = {
    ".docx": _docx({"word/document.xml": BODY}),
    ".html": f"<!doctype html><title>T</title><main><p>{LINE * 5}</p></main>".encode(),
    ".md": f"---\ntitle: T\nkind: treaty\n---\n# T\n\n## {LINE}".encode(),
    ".txt": LINE.encode(),
    ".xml": AKN.encode(),
}
BITS = st.sampled_from(
    [b"\0", b"\xff", b"\xfe\xff", b"<", b">", b"&#x0;", b"]]>", b"---\n", b"(", b"[", b"*", b"`",
     b"\x1b$B", b"&#55555;", b"<!--", b"<table>", b"\xed\xa0\x80", b"PK", "ـ".encode(), b"1."]
)  # fmt: skip


@BOUNDED
@given(st.binary(max_size=300), st.sampled_from(FORMS))
def test_no_bytes_whatever_raise_anything_but_a_refusal(data, suffix):
    _outcome(data, suffix)


@BOUNDED
@given(st.sampled_from(sorted(WHOLE)), st.lists(st.tuples(st.floats(0, 1), BITS), max_size=6))
def test_no_damage_to_a_sound_file_raises_anything_but_a_refusal(suffix, changes):
    data = WHOLE[suffix]
    for place, bit in changes:
        at = int(place * len(data))
        data = data[:at] + bit + data[at + len(bit) // 2 :]
    _outcome(data, suffix)


@BOUNDED
@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 1))
def test_a_file_that_breaks_off_raises_nothing_but_a_refusal(suffix, place):
    data = WHOLE[suffix]
    _outcome(data[: int(place * len(data))], suffix)


# What may cost more than its length: long runs of what patterns look for. Reading a text twice as
# long in more than some three times the time would not end in this test's life.
LONG = 300_000
RUNS = {
    "a word of 300,000 letters": "w" * LONG,
    "brackets": "(" * 50_000 + "a" + ")" * 50_000,
    "square brackets": "[" * 50_000 + "a" + "]" * 50_000,
    "links that never end": "[a](b" * 40_000,
    "emphasis that never ends": "**a " * 20_000 + "_b " * 20_000,
    "code that never ends": "`a " * 40_000,
    "comments that never end": "<!-- " * 40_000,
    "tags that never end": "<a " * 60_000,
    "quotations in quotations": "> " * 50_000 + "a",
    "lists in lists": "".join(" " * (i % 400) + "- a\n" for i in range(1_000)),
    "spaces in a heading": "# a" + " " * LONG + "b",
    "spaces behind an article": "Article" + " " * LONG + "1",
    "digits behind an article": "Article " + "1" * LONG,
    "Roman numerals": "Article " + "IV" * 100_000,
    "dots": "Article 1 " + "." * LONG,
    "nothing but the word": "Article " * 30_000,
    "numbers in numbers": "1." * 50_000 + " x",
    "a pile of accents": "Article 1\n\na" + "\u0301\u0316" * 100_000,
    "soft hyphens": "a\u00ad \n" * 50_000,
    "joiners": "\u200d\u200b" * 50_000 + "a",
    "a line of articles": "".join(f"Article {i} The words. 1. Each. " for i in range(1, 2_000)),
    "a hard-wrapped paragraph": "The parties shall take into account all that is there\n" * 3_000,
    "elements in elements": "<div>" * 50_000 + "a",
    "lists in lists of a page": "<ul><li>" * 30_000 + "a",
    "tables in tables": "<table><tr><td>" * 5_000 + "a",
    "references to characters": "&amp;" * 50_000,
    "lists in front matter": "---\ntitle: " + "[" * 15_000 + "\n---\nwords",
    "values that double in front matter": "---\na0: &a0 {x: 1}\n"
    + "".join(f"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}]}}\n" for i in range(1, 60))
    + "---\nwords",
}  # fmt: skip


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("text", RUNS.values(), ids=RUNS)
def test_long_runs_are_read_or_refused(text, suffix):
    for document in _outcome(text.encode(), suffix, language="en"):
        assert len(document.text) <= 3 * len(text)


def test_lists_in_lists_do_not_grow_the_names_of_clauses():
    marks = ("1. x:", "(a) x:", "(i) x:", "a. x:", "(1) x:", "A. x:", "I. x:", "1) x:", "a) x:")
    text = "Article 1\n\n" + "\n\n".join(marks[i % 9] for i in range(9_000))
    (document,) = read_bytes(text.encode(), name="a.txt", kind="treaty", language="en")
    assert max(len(clause.eid) for clause in document.clauses) < 1_000


def test_a_line_of_five_megabytes_is_read():
    text = "Everybody knows the words of this very long line by heart. " * 85_000
    (document,) = read_bytes(text.encode(), name="a.txt", kind="news", language="en")
    assert len(document.text) == len(text)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx", ".pdf", ".xml"])
def test_a_file_beyond_the_limits_is_refused_before_it_is_read(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as file:
        # Sparse: a terabyte that takes no room.
        file.truncate(1 << 40)
    with pytest.raises(IntakeError, match="bytes are more than"):
        read(path)


def test_a_text_beyond_the_limit_is_refused():
    with pytest.raises(IntakeError, match="bytes are more than"):
        read_bytes(b"a" * (LARGEST_TEXT + 1), name="a.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_devices_pipes_and_links_in_circles_are_refused(tmp_path):
    pipe, circle = tmp_path / "pipe.txt", tmp_path / "circle.txt"
    os.mkfifo(pipe)
    circle.symlink_to(circle)
    zero = tmp_path / "zero.txt"
    zero.symlink_to("/dev/zero")
    for path in (pipe, zero):
        with pytest.raises(IntakeError, match="a device or a pipe"):
            read(path)
    with pytest.raises(IntakeError, match="cannot be opened"):
        read(circle)
    with pytest.raises(IntakeError, match="cannot be opened"):
        read("a\0b.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01" + b"\0" * 90,
        b"MZ\x90\0\x03\0\0\0" + b"This program cannot be run" + b"\0" * 90,
        b"\xca\xfe\xba\xbe\0\0\0\x34" + b"java/lang/Object",
        b"\xcf\xfa\xed\xfe\x07\0\0\x01",
        b"#!/bin/sh\nrm -rf /\n",
    ],
    ids=["elf", "exe", "class", "mach-o", "script"],
)
def test_a_program_named_as_a_text_is_refused_as_one(data):
    with pytest.raises(IntakeError, match="is a program"):
        read_bytes(data, name="a.txt")


# Archives


def test_an_archive_that_unpacks_to_too_much_is_refused():
    bomb = _docx({"word/document.xml": b"<a>" + b" " * (package.LARGEST_PART + 1) + b"</a>"})
    assert len(bomb) < 100_000
    with pytest.raises(IntakeError, match="unpacks to more than"):
        read_bytes(bomb, name="a.docx")


def test_an_archive_of_too_many_parts_is_refused():
    many = _docx({f"p{i}": b"" for i in range(2 * package.MOST_PARTS + 1)})
    with pytest.raises(IntakeError, match="parts"):
        read_bytes(many, name="a.docx")


def test_names_that_lead_out_of_an_archive_lead_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    relations = (
        '<Relationships><Relationship Type="x/officeDocument" Target="../../etc/passwd"/>'
        "</Relationships>"
    )
    data = _docx({"_rels/.rels": relations, "../../evil.txt": "x", "/abs.txt": "x"})
    with pytest.raises(IntakeError, match="no DOCX file"):
        read_bytes(data, name="a.docx")
    assert list(tmp_path.iterdir()) == []


ENTITIES = {
    "external": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "doubling": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x "&b;&b;&b;">]>',
    "long": f'<!DOCTYPE a [<!ENTITY x "{"a" * 50_000}">]>',
}


@pytest.mark.parametrize("declared", ENTITIES.values(), ids=ENTITIES)
def test_entities_are_never_filled_in(declared):
    uses = "&x;" * 2_000
    with pytest.raises(IntakeError, match="entities"):
        read_bytes(_docx({"word/document.xml": declared + BODY}), name="a.docx")
    assert _outcome((declared + AKN.replace("Words.", uses)).encode(), ".xml") == ()
    page = f"{declared}<p>Words that are here {uses[:30]}</p>".encode()
    for document in _outcome(page, ".html"):
        assert "root:" not in document.text
        assert "haha" not in document.text


def test_a_number_before_each_paragraph_cannot_fill_the_memory():
    level = f'<w:lvl w:ilvl="0"><w:lvlText w:val="{"x" * 1_000_000}"/></w:lvl>'
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    words = (
        "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
        "<w:r><w:t>a</w:t></w:r>"
    )
    body = f"<w:document {W}><w:body>{f'<w:p>{words}</w:p>' * 300}</w:body></w:document>"
    data = _docx({"word/document.xml": body, "word/numbering.xml": numbering})
    (document,) = read_bytes(data, name="a.docx", kind="news", language="en")
    assert len(document.text) < 100_000


def test_numbers_of_thousands_of_digits_are_no_depth():
    huge = "9" * 5_000
    words = (
        f"<w:pPr><w:outlineLvl w:val='{huge}'/><w:numPr><w:ilvl w:val='{huge}'/></w:numPr></w:pPr>"
    )
    body = BODY.replace("<w:p>", f"<w:p>{words}")
    (document,) = read_bytes(_docx({"word/document.xml": body}), name="a.docx", language="en")
    assert document.text == "Words."


# PDF, in a process of its own


@pytest.fixture
def pdf(press):
    return press()(["Article 1. Each Party shall act.", "Words."] * 40)


def test_a_pdf_is_read_in_another_process_to_the_same_text(pdf):
    from annotator.intake.pdf import source

    found = guard.to_source(pdf)
    words, warnings = source.pieces(pdf)
    assert found.text == "\n\n".join(words)
    assert list(found.warnings) == warnings


def test_a_pdf_that_takes_too_long_is_given_up(pdf, monkeypatch):
    monkeypatch.setattr(guard, "SECONDS", 0.0)
    monkeypatch.setattr(guard, "SECONDS_PER_MEGABYTE", 0.0)
    monkeypatch.setattr(guard, "_GRACE", 0.01)
    with pytest.raises(IntakeError, match="takes more than 0 seconds"):
        guard.to_source(pdf)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_pdf_that_needs_too_much_memory_is_given_up(pdf, monkeypatch):
    monkeypatch.setattr(guard, "MEMORY", 20_000_000)
    with pytest.raises(IntakeError, match=r"makes its reader fail|more than 2 GB"):
        guard.to_source(pdf)


def test_pages_that_hold_themselves_end():
    parts = [
        b"1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj",
        b"2 0 obj <</Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000>> endobj",
    ]
    data = b"%PDF-1.7\n" + b"\n".join(parts) + b"\ntrailer <</Root 1 0 R>>\n%%EOF\n"
    with pytest.raises(IntakeError) as error:
        read_bytes(data, name="a.pdf")
    assert "\n" not in str(error.value)


def test_a_pile_of_accents_keeps_its_letters():
    text = "Article 1\n\n" + "a" + "\u0301" * 20 + " e\u0301"
    (document,) = read_bytes(text.encode(), name="a.txt", kind="treaty", language="en")
    assert document.text == unicodedata.normalize("NFC", text)
