"""DOCX files as drafters leave them: numbers, tracked changes, tables, and what is refused."""

import json
import os
import re
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import IntakeError
from annotator.intake import read
from annotator.intake.word import package, to_source

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("ANNOTATOR_SHARED") or ROOT / "../shared") / "data"
ORACLE = SHARED / "structure" / "budapest.json"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Clause"/>
 <w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/>
 <w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Art"><w:name w:val="Article head"/>
 <w:basedOn w:val="H2"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
"""
NUMBERS = """
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
 <w:lvl w:ilvl="2"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:numFmt w:val="upperRoman"/><w:isLgl/><w:lvlText w:val="%1.%2.%4"/></w:lvl>
 <w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#8226;"/></w:lvl>
 <w:lvl w:ilvl="5"><w:numFmt w:val="hebrew1"/><w:lvlText w:val="%6."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Art"/>
  <w:lvlText w:val="Article %1"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def file(body, *, styles=STYLES, numbers=NUMBERS, parts=(), prolog=""):
    """The bytes of a DOCX file with that body."""
    out = BytesIO()
    head = f'{prolog}<w:{{0}} xmlns:w="{W}">{{1}}</w:{{0}}>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", head.format("document", f"<w:body>{body}</w:body>"))
        archive.writestr("word/styles.xml", head.format("styles", styles))
        archive.writestr("word/numbering.xml", head.format("numbering", numbers))
        archive.writestr("word/header1.xml", head.format("hdr", p("DRAFT – not for circulation")))
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def p(words, *, style="", num=None, mark=""):
    """A paragraph; `words` is text or the XML of runs, `num` a list and depth."""
    inner = words if words.startswith("<") else r(words)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    if mark:
        properties += f"<w:rPr><w:{mark}/></w:rPr>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(words, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def change(kind, words):
    tag = "delText" if kind in ("del", "moveFrom") else "t"
    return f'<w:{kind} w:id="1"><w:r><w:{tag}>{words}</w:{tag}></w:r></w:{kind}>'


def table(*rows):
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def lines(body, **options):
    found = to_source(file(body, **options))
    return found.text.split("\n\n") if found.text else []


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        ([(1, 0), (1, 1), (1, 2), (1, 1), (1, 0), (1, 1)], "1. (a) (i) (b) 2. (a)"),
        ([(1, 0), (3, 0), (3, 0), (1, 0)], "1. 5. 6. 7."),  # one list, started anew at 5
        ([(1, 0), (1, 1), (1, 3)], "1. (a) 1.1.1"),  # legal: all in figures
        ([(1, 4), (1, 4)], ""),
        ([(0, 0), (9, 0)], ""),  # no list, and a list that is not there
        ([(1, 2)], "(i)"),
    ],
)
def test_automatic_numbers_are_written_out(places, shown):
    found = lines("".join(p("words", num=place) for place in places))
    assert " ".join(line.removesuffix("words").strip() for line in found).split() == shown.split()


def test_numbers_that_come_with_a_style_make_articles(tmp_path):
    body = p("Convention on Examples", style="T")
    for head in ("Scope", "Use of terms"):
        body += p(head, style="Art")
        body += p("Each Party shall act:", num=(1, 0)) + p("quickly;", num=(1, 1))
        body += p("openly.", num=(1, 1)) + p("The Parties shall report.", num=(1, 0))
    path = tmp_path / "a.docx"
    path.write_bytes(file(body))
    document = read(path, language="en")
    assert document.title == "Convention on Examples"
    assert document.warnings == () or "missing" in document.warnings[0]
    heads = [(c.number, c.heading) for c in document.clauses if c.kind == "article"]
    assert heads == [("I", "Scope"), ("II", "Use of terms")]
    first = [c.citation for c in document.clauses if c.article == "I"]
    assert first == ["art. I", "art. I(1)", "art. I(1)(a)", "art. I(1)(b)", "art. I(2)"]


def test_a_form_of_number_that_is_not_known_is_told_of():
    found = to_source(file(p("words", num=(1, 5))))
    assert found.text == "1. words"
    assert "hebrew1" in found.warnings[0]


def test_insertions_are_kept_and_deletions_dropped_and_counted():
    body = (
        p(r("Each Party ") + change("del", "may") + change("ins", "shall") + r(" act."))
        + p(change("ins", "A new paragraph."), mark="ins")
        + p(change("moveFrom", "Moved words.") + r("Stays."))
        + p(change("moveTo", "Moved words."))
        + p(r("One paragraph "), mark="del")
        + p("out of two.")
        + table([p("kept"), p("row")])
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + p("gone")
        + "</w:tc></w:tr></w:tbl>"
    )
    found = to_source(file(body))
    assert found.text.split("\n\n") == [
        "Each Party shall act.",
        "A new paragraph.",
        "Stays.",
        "Moved words.",
        "One paragraph out of two.",
        "kept | row",
    ]
    assert found.warnings == ("tracked changes: 3 insertions kept, 3 deletions dropped",)


def test_what_is_no_part_of_the_text_stays_out():
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    comment = '<w:r><w:commentReference w:id="1"/></w:r>'
    body = (
        p("Article 1 .... 3", style="TOC1")
        + p(r("Words") + note + r(" go on") + comment + r(" hidden", "<w:vanish/>") + r("."))
        + p(r("secret", '<w:rStyle w:val="Secret"/>') + r("shown", '<w:vanish w:val="0"/>'))
        + p("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r>")
    )
    notes = f'<w:footnotes xmlns:w="{W}">{p("A note.")}</w:footnotes>'
    found = to_source(
        file(body, parts=[("word/footnotes.xml", notes), ("word/vbaProject.bin", "")])
    )
    assert found.text.split("\n\n") == ["Words go on.", "shown", "7"]
    assert found.warnings == (
        "1 footnote left out",
        "1 comment left out",
        "2 hidden passages left out",
        "1 line of the table of contents left out",
        "the file holds macros: only its text was read",
    )


def test_headings_by_their_style_and_not_by_misuse():
    body = (
        p("Law on Examples", style="T")
        + p("General", style="H1")
        + p("Scope", style="Own")
        + p("(1) A numbered paragraph in a heading style.", style="H2")
        + p("Words that end like a sentence.", style="H2")
    )
    assert [b.level for b in to_source(file(body)).blocks] == [1, 2, 3, 0, 0]


def test_tables_are_text_and_pages_laid_out_as_tables_are_read_down():
    assert lines(table([p("State"), p("Date")], [p("France"), p("2 May") + p("2001")])) == [
        "State | Date",
        "France | 2 May 2001",
    ]
    assert lines(table([p("One") + p("Two")], [p("Three")])) == ["One", "Two", "Three"]
    two = table([p("Article 1"), p("Article premier")], [p("Words."), p("Mots.")])
    assert lines(two) == ["Article 1", "Words.", "Article premier", "Mots."]


def test_line_breaks_part_items_and_nothing_else():
    br = "</w:t><w:br/><w:t>"
    assert lines(p(f"1. One{br}goes on{br}2. Two")) == ["1. One goes on", "2. Two"]


@pytest.mark.parametrize("size", [0, 3, 200, -30])
def test_a_file_that_breaks_off_is_refused(tmp_path, size):
    path = tmp_path / "a.docx"
    path.write_bytes(file(p("Words."))[:size])
    with pytest.raises(IntakeError, match=r"empty|no|damaged") as caught:
        read(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def _zip(**parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (_zip(readme="hello"), "ZIP but no DOCX"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old Word file or one locked"),
        (b"plain words", "not a DOCX"),
        (file(p("&b;"), prolog=LAUGHS), "declares entities"),
        (file(p("&x;"), prolog=LAUGHS), "declares entities"),
        (file("<w:p>"), "is damaged"),
        (_zip(word__document="<a/>", **{"word__document.xml": "<w/>"}), "no body"),
        (file("<w:sdt>" * 200 + p("deep") + "</w:sdt>" * 200), "over 100 deep"),
        (file(table([p(" "), p("<w:r/>")])), "no text"),
    ],
    ids=["zip", "old", "text", "laughs", "external", "xml", "no body", "deep", "no words"],
)
def test_what_is_no_docx_is_refused_in_one_line(tmp_path, data, says):
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(IntakeError, match=says) as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_zip_bombs_are_refused_before_they_are_unpacked(monkeypatch):
    monkeypatch.setattr(package, "LARGEST_PACKAGE", 10_000)
    with pytest.raises(IntakeError, match="unpacks to"):
        to_source(file(p("Words."), parts=[("word/media/a.bin", bytes(20_000))]))
    monkeypatch.setattr(package, "LARGEST_PART", 1_000)
    monkeypatch.setattr(package, "LARGEST_PACKAGE", 10_000_000)
    with pytest.raises(IntakeError, match=r"document.xml .* more than 1,000 bytes"):
        to_source(file(p("Words " * 400)))


def test_names_in_the_archive_are_no_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert lines(p("Words."), parts=[("../evil.txt", "x"), ("/tmp/evil.txt", "x")]) == ["Words."]
    assert list(tmp_path.iterdir()) == []


@given(st.data())
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_whatever_the_bytes_only_intake_errors_are_raised(data):
    whole = file(p("Article 1") + p("Words.", num=(1, 0)) + table([p("a"), p("b")]))
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


XML = st.recursive(
    st.sampled_from([r("words"), "<w:p/>", "<w:tr/>", p("Article 1"), change("del", "x"), "text"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>",
        st.sampled_from(
            ["p", "r", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "hyperlink", "pPr"]
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(XML)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_elements_in_odd_places_never_break_it(body):
    found = to_source(file(body))
    assert all(found.text[b.start : b.end].strip() for b in found.blocks)


# As a word processor's own library writes it


@pytest.mark.skipif(not ORACLE.exists(), reason="the shared texts are not here")
def test_budapest_as_docx_has_the_structure_it_was_counted_to_have(tmp_path):
    import docx

    oracle = json.loads(ORACLE.read_text(encoding="utf-8"))
    text = (SHARED / "treaties" / "budapest.txt").read_text(encoding="utf-8")
    file_ = docx.Document()
    file_.sections[0].header.paragraphs[0].text = "ETS 185 – Cybercrime"
    headings = {"CHAPTER": 1, "SECTION": 2, "TITLE": 3, "Article": 4}
    for i, block in enumerate(filter(None, map(str.strip, text.split("\n")))):
        level = headings.get(block.split(" ")[0]) if re.fullmatch(r"\w+ \w{1,4}", block) else None
        if i == 0:
            file_.add_heading(block, 0)
        elif level:
            file_.add_heading(block, level)
        else:
            file_.add_paragraph(block)
    path = tmp_path / "budapest.docx"
    file_.save(path)
    document = read(path, language="en")
    kinds = Counter(c.kind for c in document.clauses)
    assert (kinds["article"], kinds["paragraph"], kinds["point"], kinds["subpoint"]) == (
        oracle["n_articles"],
        oracle["n_paragraphs"],
        oracle["n_lettered"],
        oracle["n_roman"],
    )
    found = [c.heading for c in document.clauses if c.kind == "article"]
    assert found == [article["heading"] for article in oracle["articles"]]
    assert "ETS 185 – Cybercrime" not in document.text
    assert document.title == "Convention on Cybercrime"
    assert document.warnings == ()
