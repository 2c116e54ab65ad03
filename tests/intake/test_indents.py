"""Items that a dash opens: found in every form, cited by their place, found by that citation."""

import zipfile
from io import BytesIO

import pytest

from annotator.export.standards import akn
from annotator.intake import parse, read
from annotator.intake.correct import Correction, correct
from annotator.intake.pdf import source
from annotator.intake.references import find, resolve

TEXT = """\
Convention on Bells

Article 1

1. Each Party shall ensure that:

(a) bells are rung by:

— sworn ringers,

— their deputies, or

— children over twelve;

(b) ropes are renewed.

2. The report referred to in Article 1(1)(a), second indent, shall state:

– the name of the ringer:

  – in full,

  – in capitals,

– the hour.

The Council shall publish it.

Article 2

The Parties protect, by law,

- bells and

- ringers.

They publish the first and third indents of paragraph 1(a) of Article 1.

Article 3

- 5 degrees is too cold to ring.
"""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
POINT = "art_1__para_1__point_a__indent_"
PARAGRAPH = "art_1__para_2__indent_"


@pytest.fixture(scope="module")
def bells():
    return parse(TEXT, language="en")


def test_each_is_a_clause_below_what_announces_it(bells):
    found = {c.eid: (c.citation, bells.text[c.body : c.own_end]) for c in bells.clauses}
    assert found[f"{POINT}3"] == ("art. 1(1)(a), third indent", "children over twelve;")
    assert found[f"{PARAGRAPH}1"] == ("art. 1(2), first indent", "the name of the ringer:")
    assert found[f"{PARAGRAPH}1__indent_2"] == (
        "art. 1(2), first indent, second indent",
        "in capitals,",
    )
    assert found[f"{PARAGRAPH}2"] == ("art. 1(2), second indent", "the hour.")
    assert found["art_1__para_2__txt_1"][1] == "The Council shall publish it."
    assert found["art_2"] == ("art. 2", "The Parties protect, by law,")
    assert found["art_2__indent_2"] == ("art. 2, second indent", "ringers.")
    # One that stands alone is a sentence.
    assert found["art_3"][1] == "- 5 degrees is too cold to ring."
    indents = [c for c in bells.clauses if c.indent]
    assert {c.kind for c in indents} == {"paragraph-text"}
    assert {c.number for c in indents} == {"—", "–", "-"}


@pytest.mark.parametrize(
    ("citation", "eids"),
    [
        ("Article 1(1)(a), third indent", [f"{POINT}3"]),
        ("the third indent of Article 1(1)(a)", [f"{POINT}3"]),
        ("art. 1 (1) (a) second indent", [f"{POINT}2"]),
        ("the second indent of point (a) of paragraph 1 of Article 1", [f"{POINT}2"]),
        # The only list of the paragraph lies in its point (a).
        ("Article 1(1), first indent", [f"{POINT}1"]),
        ("Article 1(2), last indent", [f"{PARAGRAPH}2"]),
        ("Article 1(2), first indent, second sub-indent", [f"{PARAGRAPH}1__indent_2"]),
        ("first and second indents of Article 2", ["art_2__indent_1", "art_2__indent_2"]),
        ("Article 2, first and second indents", ["art_2__indent_1", "art_2__indent_2"]),
        ("article 1er, paragraphe 2, second tiret", [f"{PARAGRAPH}2"]),
        ("le premier tiret du paragraphe 2 de l'article premier", [f"{PARAGRAPH}1"]),
        ("artículo 2, segundo guion", ["art_2__indent_2"]),
        ("Artikel 2 zweiter Gedankenstrich", ["art_2__indent_2"]),
        ("Article 1(2), second subparagraph", ["art_1__para_2__txt_1"]),
        ("Article 2, second paragraph", ["art_2__txt_1"]),
    ],
)
def test_a_citation_finds_it(bells, citation, eids):
    assert [clause.eid for clause in resolve(bells, citation)] == eids


def test_every_citation_given_is_understood(bells):
    for clause in bells.clauses:
        assert resolve(bells, clause.citation) == (clause,)


def test_references_lead_to_it(bells):
    found = [(one.quote, one.target_eid) for one in find(bells)]
    assert ("Article 1(1)(a), second indent", f"{POINT}2") in found
    said = "first and third indents of paragraph 1(a) of Article 1"
    assert [target for quote, target in found if quote == said] == [f"{POINT}1", f"{POINT}3"]


def test_where_one_stands_decides_which_is_meant(bells):
    assert [c.eid for c in resolve(bells, "the preceding indent", at=f"{POINT}3")] == [f"{POINT}2"]
    assert [c.eid for c in resolve(bells, "indent 1", at=f"{PARAGRAPH}2")] == [f"{PARAGRAPH}1"]


@pytest.mark.parametrize(
    ("form", "list_"),
    [
        ("html", "<ul><li>the name;</li><li>the hour:<ul><li>by day.</li></ul></li></ul>"),
        (
            "html",
            "<table><tr><td><p>—</p></td><td><p>the name;</p></td></tr></table>"
            "<table><tr><td><p>—</p></td><td><p>the hour:</p></td></tr></table>"
            "<table><tr><td><p>·</p></td><td><p>by day.</p></td></tr></table>",
        ),
        ("markdown", "* the name;\n* the hour:\n  * by day.\n"),
    ],
)
def test_bullets_that_a_page_draws(form, list_):
    lead = "<h1>Act</h1><h2>Article 1</h2><p>The log shows:</p>"
    lead = lead if form == "html" else "# Act\n\n## Article 1\n\nThe log shows:\n\n"
    found = parse(f"{lead}{list_}", form=form, kind="treaty", language="en")
    assert [(c.eid, found.text[c.body : c.own_end]) for c in found.clauses] == [
        ("art_1", "The log shows:"),
        ("art_1__indent_1", "the name;"),
        ("art_1__indent_2", "the hour:"),
        ("art_1__indent_2__indent_1", "by day."),
    ]


def test_bullets_that_word_draws(tmp_path):
    def paragraph(words, depth=None):
        number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
        looks = "" if depth is None else f"<w:pPr>{number}</w:pPr>"
        return f"<w:p>{looks}<w:r><w:t>{words}</w:t></w:r></w:p>"

    body = (
        paragraph("Act on Logs") + paragraph("Article 1") + paragraph("The log shows:")
        + paragraph("the name;", 0) + paragraph("the hour:", 0) + paragraph("by day;", 1)
        + paragraph("the tide.", 0)
    )  # fmt: skip
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/></w:lvl>'
        for depth, sign in enumerate(("\uf0b7", "o"))
    )
    numbers = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, tag, inner in (
            ("document", "document", f"<w:body>{body}</w:body>"),
            ("numbering", "numbering", numbers),
        ):
            archive.writestr(f"word/{name}.xml", f'<w:{tag} xmlns:w="{W}">{inner}</w:{tag}>')
    path = tmp_path / "log.docx"
    path.write_bytes(out.getvalue())
    found = read(path, language="en")
    assert [(c.eid, c.number) for c in found.clauses][1:] == [
        ("art_1__indent_1", "•"),
        ("art_1__indent_2", "•"),
        ("art_1__indent_2__indent_1", "◦"),
        ("art_1__indent_3", "•"),
    ]


def test_recitals_keep_their_places_in_the_preamble():
    found = parse(
        "Treaty on Bells\n\nThe Parties,\n\n- Considering bells;\n\n- Considering ropes;\n\n"
        "Have agreed:\n\nArticle 1\n\nBells ring.",
        language="en",
    )
    assert [c.citation for c in found.clauses][2:4] == ["preamble, para. 2", "preamble, para. 3"]


def test_a_correction_elsewhere_leaves_them_as_they_are(bells):
    found = correct(bells, [Correction(bells.clause("art_3").start, "number", "4")])
    assert found.clauses[-1].citation == "art. 4"
    assert found.clauses[:-1] == bells.clauses[:-1]


def test_a_person_makes_one_of_a_line_and_a_line_of_one(bells):
    at = bells.clause("art_2__indent_2").start
    plain = correct(bells, [Correction(at, "text")])
    assert plain.clause("art_2__txt_1").citation == "art. 2, text 1"
    again = correct(bells, [Correction(at, "text"), Correction(at, "point")])
    assert again.clauses == bells.clauses


def test_written_as_akoma_ntoso_they_are_indents_and_come_back(bells, tmp_path):
    path = tmp_path / "bells.xml"
    path.write_bytes(akn.xml(bells))
    assert path.read_text(encoding="utf-8").count("<indent eId=") == 9
    found = read(path, language="en")
    named = [(c.eid, c.citation, c.kind, c.number) for c in found.clauses]
    assert named == [(c.eid, c.citation, c.kind, c.number) for c in bells.clauses]


@pytest.mark.parametrize("justify", [False, True], ids=["ragged", "justified"])
def test_dashes_and_lists_on_a_page_begin_lines_of_their_own(press, justify):
    """Though the line before is full, and no colon announces the list."""
    lines = [
        "Article 1",
        "1. Each Party shall ensure, in conformity with its law, that all the bells are:",
        "– rung on every day of the year by ringers who have sworn to ring them in good time;",
        "– cast by founders, and",
        "– hung.",
        "2. A Party may forbid the ringing of bells in the nights of every year where the people",
        "(i) sleep in the houses around the tower of the church in which those bells are hung; or",
        "(ii) are ill.",
    ]
    page = press(justify=justify, space=0, width=400)
    words, _ = source.pieces(page(lines))
    assert words == lines
