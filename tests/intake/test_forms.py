"""Markdown and HTML: what becomes of their marks."""

import pytest

from annotator.intake import parse


def _text(source, form):
    return parse(source, form=form, language="en", kind="news").text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**bold** and *slanted* and _both_", "bold and slanted and both"),
        ("***all*** of it", "all of it"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("a [link](https://example.org/a_(b)) here", "a link here"),
        ("![picture](https://example.org/x.png) words", "picture words"),
        ("see <https://example.org>", "see https://example.org"),
        ("`code *kept*` &amp; \\*escaped\\*", "code *kept* & *escaped*"),
        ("soft\nwrap", "soft wrap"),
        ("hard  \nbreak\\\nhere", "hard break here"),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        ("- first\n- second", "first\n\nsecond"),
        ("1. first\n2. second", "1. first\n\n2. second"),
        ("1\\. not a list", "1. not a list"),
        ("> quoted\n> words", "quoted words"),
        ("words\n\n***\n\nmore", "words\n\nmore"),
        ("<!-- secret -->words <b>here</b>", "words here"),
        ("#hashtag words", "#hashtag words"),
        ("words (a) within\n(b) above stay", "words (a) within (b) above stay"),
        ("[ref]: https://example.org\nwords", "words"),
    ],
)
def test_markdown_marks_go_and_words_stay(source, text):
    assert _text(source, "markdown") == text


@pytest.mark.parametrize(
    "heading", ["# Title", "#  Title  #", "Title\n=====", "## Title", "###Title"]
)
def test_markdown_headings(heading):
    document = parse(f"{heading}\n\nWords of news.", form="markdown", language="en")
    assert document.text == "Title\n\nWords of news."
    assert document.title == "Title"
    assert [c.eid for c in document.clauses] == ["para_1"]


def test_markdown_indentation_says_what_closing_text_belongs_to():
    source = (
        "### Article 1\n\n1. All:\n\n   (a) one;\n\n       still (a)\n\n   (b) two,\n\n"
        "   closing (1)\n"
    )
    document = parse(source, form="markdown", language="en")
    found = {c.eid: document.text[c.body : c.own_end] for c in document.reviewable()}
    assert found["art_1__para_1__point_a__txt_1"] == "still (a)"
    assert found["art_1__para_1__txt_1"] == "closing (1)"


PAGE = """<!doctype html>
<html lang="en-GB"><head><title>The law &amp; order</title><style>p {}</style></head>
<body><nav><ul><li>Home</li></ul></nav><header>Site</header>
<main><h1>The law</h1>
<h2>Article 1. Scope</h2>
<p>The <b>Parties</b>
agree:</p>
<ol type="a"><li>one</li>
<li><p>two:</p><ol type="i"><li>x</li><li>y</li></ol><p>still b</p></li></ol>
<p>closing</p>
<h2>Article 2</h2>
<ol><li>First<li value="3">Third</ol>
<script>alert("words")</script><p hidden>unseen</p>
</main><footer>Contact</footer></body></html>"""


def test_a_page_becomes_its_text_with_the_numbers_a_reader_sees():
    document = parse(PAGE, form="html")
    assert document.title == "The law & order"
    assert document.language == "en"
    assert document.text.split("\n\n") == [
        "The law", "Article 1. Scope", "The Parties agree:", "(a) one", "(b) two:", "(i) x",
        "(ii) y", "still b", "closing", "Article 2", "1. First", "3. Third",
    ]  # fmt: skip
    assert {c.eid: c.citation for c in document.reviewable()} == {
        "art_1": "art. 1",
        "art_1__point_a": "art. 1(a)",
        "art_1__point_b": "art. 1(b)",
        "art_1__point_b__subpoint_i": "art. 1(b)(i)",
        "art_1__point_b__subpoint_ii": "art. 1(b)(ii)",
        "art_1__point_b__txt_1": "art. 1(b), closing words",
        "art_1__txt_1": "art. 1, closing words",
        "art_2__para_1": "art. 2(1)",
        "art_2__para_3": "art. 2(3)",
    }


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one<br>two", "one\n\ntwo"),
        ("<p>a &lt;b&gt; &#x1F600; &nbsp;c", "a <b> 😀 c"),
        ("<ol start=4><li>four</ol>", "4. four"),
        ("<ol><li>1. numbered already</ol>", "1. numbered already"),
        ('<ol style="list-style: none"><li>bare</ol>', "bare"),
        ("<pre>one\ntwo</pre>", "one\n\ntwo"),
        ("<div>one<div>two</div>three</div>", "one\n\ntwo\n\nthree"),
        ("<p>open <i>never closed", "open never closed"),
        ("words only", "words only"),
        ("<nav>menu <nav>inner</nav> menu</nav><p>words", "words"),
    ],
)
def test_html_blocks(source, text):
    assert _text(source, "html") == text


def test_markup_in_plain_text_stays_text():
    assert _text("<b>words</b> **here**", "text") == "<b>words</b> **here**"
