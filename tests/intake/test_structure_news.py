"""The paragraphs of news, and what stands between them."""

import pytest

from annotator.intake import parse
from annotator.intake.references import resolve

LONG = "The harbour council voted on Monday for a rule that makes every ferry keep a list of names."


def _read(*blocks):
    return parse("\n\n".join(("Council keeps lists", *blocks)), language="en", kind="news")


def _outline(document):
    return [c.heading or document.text[c.body : c.own_end] for c in document.clauses]


@pytest.mark.parametrize(
    ("lines", "metadata"),
    [
        (["By Mara Quill"], {"author": "Mara Quill"}),
        (["By Mara Quill and Tom Okoro"], {"author": "Mara Quill and Tom Okoro"}),
        (["By Mara Quill, political editor"], {"author": "Mara Quill"}),
        (["Por María de la Cruz"], {"author": "María de la Cruz"}),
        (["3 May 2031"], {"date": "2031-05-03"}),
        (["May 3, 2031"], {"date": "2031-05-03"}),
        (["Published: 2031-05-03 14:05 GMT"], {"date": "2031-05-03"}),
        (
            ["By Mara Quill", "Last updated 3 May 2031, 2:05 pm", "5 min read"],
            {"author": "Mara Quill", "date": "2031-05-03"},
        ),
        (["31 February 2031"], {}),
        ([], {}),
    ],
)
def test_author_and_date_above_the_first_paragraph_are_no_paragraphs(lines, metadata):
    document = _read(*lines, LONG, LONG)
    assert _outline(document) == [LONG, LONG]
    assert dict(document.metadata) == metadata
    assert [c.citation for c in document.clauses] == ["para. 1", "para. 2"]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the list had grown",
        "By the time the ferry left, Mara Quill had gone.",
        "In 2031",
    ],
)
def test_words_that_only_begin_like_a_byline_stay(line):
    document = _read(line, LONG)
    assert line in _outline(document)
    assert not document.metadata


def test_a_byline_further_down_is_a_paragraph():
    assert "By Mara Quill" in _outline(_read(LONG, "By Mara Quill", LONG))


@pytest.mark.parametrize(
    "line", ["What the rule says", "14:05", "11:20 GMT", "REACTIONS", "1. Surveillance"]
)
def test_a_short_line_heads_what_follows(line):
    document = _read(LONG, line, LONG)
    assert [c.kind for c in document.clauses] == ["paragraph", "section", "paragraph"]
    assert document.clauses[1].heading == line
    assert document.clauses[2].parent == "sec_1"
    assert document.clauses[2].citation == "para. 2"


@pytest.mark.parametrize(
    "line",
    [
        # a quotation, a name behind it, a question of an interview
        "“Nobody will talk to us again.”",
        "– Ines Marlow, editor",
        "Did they ask for it?",
        # captions
        "The pier at Portville. Photograph: Ann Lee/Lantern",
        "Ferries on Monday / AFP",
        "Image © Ann Lee",
        # items of a list
        "• to find stolen cargo",
        "- to count passengers",
        # what pages put between paragraphs
        "Advertisement",
        "Read more: the other ferries",
    ],
)
def test_what_stands_between_paragraphs_is_no_heading(line):
    document = _read(LONG, line, LONG)
    assert [c.kind for c in document.clauses] == ["paragraph"] * 3
    assert _outline(document)[1] == line


def test_the_items_of_a_numbered_list_are_paragraphs():
    items = ["1. It applies to all", "2. It starts in May", "3. It has no judge"]
    document = _read(LONG, *items, LONG)
    assert _outline(document) == [LONG, *items, LONG]


@pytest.mark.parametrize(
    "text",
    [
        f"Convention on lists signed by forty states\n\n{LONG}\n\nArticle 5 of the text lets the "
        f"police read any list.\n\n{LONG}\n\n1. The text was agreed in May.\n\n2. It starts soon.",
        f"Five facts on the ferry rule\n\n1. It is new.\n\n2. It is hard.\n\n{LONG}",
        f"Article 19 condemns harbour law\n\n{LONG}\n\nSection 3 worries reporters most.\n\n{LONG}",
        f"Law on lists passed\n\n{LONG}\n\nDone in haste, critics said.\n\n{LONG}",
    ],
)
def test_news_of_laws_is_news(text):
    assert parse(text, language="en").kind == "news"


@pytest.mark.parametrize(
    "label",
    ["PRESS RELEASE", "Media statement:", "PRESS RELEASE\nFor immediate release – 4 May 2031"],
)
def test_a_label_above_a_headline_is_not_the_headline(label):
    text = (
        f"{label}\n\nTwelve groups object to the bill\n\nThe groups object to it as a whole.\n\n"
        "We ask the government to:\n\n1. Withdraw it.\n\n2. Ask again.\n\nENDS\n\n"
        "The groups can be reached at the port, on working days."
    )
    document = parse(text, language="en")
    assert (document.kind, document.title) == ("news", "Twelve groups object to the bill")
    assert document.text[document.clauses[0].body :].startswith("The groups object")
    assert not [clause for clause in document.clauses if clause.heading]


def test_two_sub_headings_of_the_same_words_are_told_apart():
    text = f"# Two ports\n\n{LONG}\n\n## The rule\n\n{LONG}\n\n## The rule\n\n{LONG}"
    document = parse(text, form="markdown", kind="news", language="en")
    cited = [clause.citation for clause in document.clauses if clause.heading]
    assert cited == ["“The rule”", "“The rule” [2]"]
    assert [resolve(document, one)[0].citation for one in cited] == cited


def test_a_heading_as_long_as_a_paragraph_is_cited_by_its_beginning():
    heads = ["# Law on ports", "### Article 1", "Ports are open.", f"## {LONG} {LONG}"]
    text = "\n\n".join([*heads, "### Article 2", "Ports are shut."])
    document = parse(text, form="markdown", language="en")
    heading = document.clauses[1]
    assert heading.citation.endswith(" …”")
    assert len(heading.citation) <= 124
    assert resolve(document, heading.citation) == (heading,)
