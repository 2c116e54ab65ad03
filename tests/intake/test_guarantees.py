"""What holds for every text, however it is put together."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import IntakeError
from annotator.intake import parse
from annotator.intake.blocks import normalise
from annotator.model import DIVISIONS

BOUNDED = settings(max_examples=80, deadline=None, derandomize=True, database=None)

WORDS = st.sampled_from(
    [
        "Each Party shall adopt measures.",
        "the following:",
        "Definitions",
        "shall be punished, as appropriate; and",
        "a person with 👩🏽‍⚖️ and 𝔸 knowledge",
        "cafe\u0301 in decomposed form",
        "حماية البيانات الشخصية",
        "without right",
        "IN WITNESS WHEREOF the undersigned have signed.",
        "USE OF TERMS",
        "of this Convention shall apply",
        "– a dash item;",
        "\ufeff stray mark",
        "The States Parties, considering that the aim is greater unity between the members, and",
    ]
)
_MARKS = """
    Article_1 Article_2 Article_5 Article_IV Article_5_bis Art._3 Article_1. Article_2: ARTICLE_1
    CHAPTER_I CHAPTER_II Chapter_3. SECTION_1 TITLE_1 TITLE_2 PART_ONE Annex_I ANNEX Preamble
    1. 2. 3. 1) (1) (2) 7. 9.1 1_bis. 4 (a) (b) (h) (i) (j) (ii) (v) a) b) c) a. b. i. A. (A) (aa)
    а) б) (أ) （一） 第一条 第二章 المادة_3 Article_premier # ## ### - *
"""
MARKS = st.sampled_from([mark.replace("_", " ") for mark in _MARKS.split()])
INDENTS = st.sampled_from(["", "", "", "  ", "    "])
LINES = st.tuples(INDENTS, MARKS | st.just(""), WORDS | st.just("")).map(
    lambda parts: parts[0] + " ".join(part for part in parts[1:] if part)
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n"])), min_size=1, max_size=30).map(
    lambda lines: "".join(line + end for line, end in lines)
)
ANYTHING = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=200
)
FORMS = st.sampled_from(["text", "markdown", "html"])
KINDS = st.sampled_from(["treaty", "news"])


def _parsed(text, **options):
    """The document, or None for a text without a letter, which is refused."""
    try:
        return parse(text, language="en", **options)
    except IntakeError as error:
        if "has no text" not in str(error):
            raise
        return None


def _assert_sound(document):
    text = document.text
    by_eid = {clause.eid: clause for clause in document.clauses}
    assert len(by_eid) == len(document.clauses), "an eId comes twice"
    seen: dict[str | None, int] = {}
    owner = [None] * len(text)
    head = [False] * len(text)
    before = -1
    for clause in document.clauses:
        assert 0 <= clause.start <= clause.body <= clause.own_end <= clause.end <= len(text)
        assert clause.start < clause.end or not clause.reviewable
        assert clause.start >= before, "clauses are in text order"
        before = clause.start
        if clause.parent is not None:
            parent = by_eid[clause.parent]
            assert parent.own_end <= clause.start, "own words come before the children"
            assert clause.end <= parent.end, "a child lies within its parent"
        assert seen.get(clause.parent, 0) <= clause.start, "siblings are ordered and disjoint"
        seen[clause.parent] = clause.end
        words = text[clause.body : clause.own_end]
        assert words == words.strip(), "own words are trimmed"
        for i in range(clause.body, clause.own_end):
            assert (owner[i], head[i]) == (None, False), "two clauses own a character"
            owner[i] = clause.eid
        for i in range(clause.start, clause.body):
            if not text[i].isspace():
                assert (owner[i], head[i]) == (None, False), "heads and words overlap"
                head[i] = True
    first = document.clauses[0].start if document.clauses else len(text)
    # A rule between the paragraphs of news, as "---", is no paragraph.
    ruled = document.kind == "news"
    lost = [
        i
        for i, c in enumerate(text)
        if not (c.isspace() or owner[i] or head[i] or (ruled and not c.isalnum() and c != "_"))
    ]
    assert all(i < first for i in lost), "words behind the title belong to no clause"


@BOUNDED
@given(TEXTS, FORMS, KINDS)
def test_every_word_belongs_to_exactly_one_clause_of_a_sound_tree(text, form, kind):
    document = _parsed(text, form=form, kind=kind)
    if document:
        _assert_sound(document)


@BOUNDED
@given(ANYTHING, FORMS)
def test_no_text_breaks_the_parser(text, form):
    document = _parsed(text, form=form)
    if document:
        _assert_sound(document)


@BOUNDED
@given(ANYTHING | TEXTS, FORMS)
def test_parsing_the_stored_text_again_changes_nothing(text, form):
    document = _parsed(text, form=form)
    if not document:
        return
    again = parse(document.text, kind=document.kind, language="en")
    assert again.text_sha256 == document.text_sha256
    assert again.id == document.id
    assert unicodedata.is_normalized("NFC", document.text)
    assert "\r" not in document.text
    assert not document.text.startswith("\ufeff")


@BOUNDED
@given(ANYTHING)
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


PROSE = st.sampled_from(
    [
        "Each Party shall adopt such measures as may be necessary.",
        "Article 5 of this Convention shall apply, as appropriate.",
        "An order made under paragraph 2 (a) above lasts 90 days.",
        "Journalists 📰 and whistleblowers are protected.",
    ]
)


@st.composite
def _article(draw, number):
    """An article as Markdown, with what its clauses must be called and say."""
    lines = [f"### Article {number}. Heading {number}"]
    expected = {}
    shape = draw(st.sampled_from(["words", "paragraphs", "points"]))
    art = f"art_{number}"

    def points(parent, deep):
        for letter in "abcdefghij"[: draw(st.integers(1, 10))]:
            words = draw(PROSE)
            lines.append(f"({letter}) {words}")
            eid = f"{parent}__point_{letter}"
            expected[eid] = words
            if deep and draw(st.booleans()):
                for roman in ("i", "ii", "iii", "iv", "v", "vi")[: draw(st.integers(2, 6))]:
                    words = draw(PROSE)
                    lines.append(f"({roman}) {words}")
                    expected[f"{eid}__subpoint_{roman}"] = words

    if shape in ("words", "points"):
        expected[art] = draw(PROSE)
        lines.append(expected[art])
    if shape == "points":
        points(art, deep=True)
    if shape == "paragraphs":
        for n in range(1, draw(st.integers(1, 12)) + 1):
            words = draw(PROSE)
            lines.append(f"{n}. {words}")
            expected[f"{art}__para_{n}"] = words
            if draw(st.booleans()):
                points(f"{art}__para_{n}", deep=draw(st.booleans()))
    return lines, expected


@st.composite
def _treaty(draw):
    lines, expected = ["# Convention on Examples"], {}
    number = 0
    for chapter in ("I", "II", "III")[: draw(st.integers(1, 3))]:
        lines.append(f"## Chapter {chapter}. General provisions")
        for _ in range(draw(st.integers(1, 3))):
            number += 1
            more, found = draw(_article(number))
            lines += more
            expected |= found
    return "\n\n".join(lines), expected


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(_treaty(), st.booleans())
def test_a_well_made_treaty_is_read_as_it_is_numbered(treaty, as_plain_text):
    source, expected = treaty
    document = parse(source, language="en", form="markdown")
    if as_plain_text:
        document = parse(document.text, language="en")
    _assert_sound(document)
    assert {c.eid: document.text[c.body : c.own_end] for c in document.reviewable()} == expected
    assert document.kind == "treaty"
    assert document.title == "Convention on Examples"
    for clause in document.clauses:
        if clause.kind in DIVISIONS:
            assert clause.article is None
        else:
            assert clause.citation.startswith(f"art. {clause.article}")


def test_half_a_character_is_refused():
    with pytest.raises(IntakeError, match=r"U\+D83D"):
        parse("Article 1\n\n\ud83d", language="en")
