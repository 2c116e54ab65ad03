"""What holds for the tree of every law, however its headings and numbers are put together."""

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import IntakeError
from annotator.intake import parse, plaintext
from annotator.intake.structure import builder, citation

BOUNDED = settings(max_examples=80, deadline=None, derandomize=True, database=None)

_HEADS = """
    Article_1 Article_2 Article_3 Article_5_bis Article_14.1:_Terms Article_14/A [Article_4 Art._5
    Article_7_(reserved) Articles_8-10_(repealed) FIRST_ARTICLE Article_12_ter Article_L._12-4
    CHAPTER_I Chapter_2 BOOK_ONE TITLE_I Subtitle_A SECTION_1 Section_2._Scope SEC._101._POWERS.
    Division_1 PART_I Part_A ANNEX ANNEX_I Appendix_1 SCHEDULE_1 SCHEDULES THE_FIRST_SCHEDULE
    Annex_II_to_the_Convention Principle_1 Principle_2:_Scope Rule_1 Rule_2 §_1_Zweck §_2 1_§_Text
    Preamble PROTOCOL FINAL_ACT Commentary EXPLANATORY_REPORT Contents Disposición_final_primera.
    Article_1_........_3 Article_2_........_4 Article_3_........_5 VOTING General_provisions
    3_Offence_of_dousing 1._Short_title.—(1)_This 2._Definitions.—In_this_Act Article_5_(2)_applies
    IN_WITNESS_WHEREOF_signed Done_at_Geneva II I A. B. HAVE_ADOPTED:
"""
_MARKS = """
    1. 2. 3. 9. 1 2 3 1) 2) (1) (2) (2A) (3) 1.1 1.2 1.1.1 9.1 1_bis. §_1. §_1º 1° 2° 1_- II_–
    a b a) b) (a) (aa) (ab) (bb) (b) (h) (i) (ii) (iii) (v) (x) (l) (A) (B) (I) A. B. I. II. aa) [1.
    – • - “ “(1) ”
"""
_WORDS = [
    "Each Party shall act.",
    "For the purposes of this Act:",
    "“kite” means a device which—",
    "“Article 5",
    "as set out in section 3.”",
    "wherever they may be",
    "Article 9 applies.",
    "(a) above does not apply.",
    "Short title.",
    "deleted",
    "- 3 -",
    "4",
    "Kites Act 2031",
    "",
]
HEADS = st.sampled_from([head.replace("_", " ") for head in _HEADS.split()])
ITEMS = st.tuples(
    st.sampled_from([mark.replace("_", " ") for mark in _MARKS.split()]), st.sampled_from(_WORDS)
).map(" ".join)
LINES = st.tuples(
    st.sampled_from(["", "", "", "   "]), HEADS | ITEMS | ITEMS | st.sampled_from(_WORDS)
).map("".join)
LAWS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\n\n"])), max_size=40).map(
    lambda lines: "".join(line + end for line, end in lines)
)


def _law(text):
    try:
        return parse(text, language="en", kind="treaty")
    except IntakeError:
        assert not any(char.isalnum() for char in text)
        return None


@BOUNDED
@given(LAWS)
def test_no_two_clauses_share_a_name(text):
    document = _law(text)
    if document:
        for names in ([c.eid for c in document.clauses], [c.citation for c in document.clauses]):
            assert [name for name, count in Counter(names).items() if count > 1] == []


@BOUNDED
@given(LAWS)
def test_every_character_is_in_one_head_or_in_one_clauses_own_words(text):
    document = _law(text)
    if not document:
        return
    times = [0] * len(document.text)
    for clause in document.clauses:
        for i in range(clause.start, clause.own_end):
            times[i] += 1
    # Own words and heads do not overlap; what lies between a head and its words is white space.
    twice = [i for i, count in enumerate(times) if count > 1 and not document.text[i].isspace()]
    assert twice == []
    # Only the title and what a page has around a law is in no clause.
    inside = [i for i, count in enumerate(times) if count]
    if inside:
        for i in range(inside[0], inside[-1]):
            assert times[i] or document.text[i].isspace()


@BOUNDED
@given(LAWS)
def test_clauses_lie_within_the_clauses_they_belong_to(text):
    document = _law(text)
    if not document:
        return
    by_eid = {c.eid: c for c in document.clauses}
    for clause in document.clauses:
        if clause.parent:
            parent = by_eid[clause.parent]
            assert parent.own_end <= clause.start <= clause.end <= parent.end
            assert clause.article == parent.article or clause.kind == "article"


@BOUNDED
@given(LAWS)
def test_the_plain_text_read_again_gives_the_same_tree(text):
    document = _law(text)
    if document:
        again = parse(document.text, language="en", kind="treaty")
        assert again.text_sha256 == document.text_sha256
        assert again.clauses == document.clauses
        assert again.warnings == document.warnings


def _repeated(unit):
    def text(count):
        return "Article 1\n\n" + "\n\n".join(unit.format(i=i % 900 + 1, n=i) for i in range(count))

    return text


@pytest.mark.parametrize(
    "unit",
    [
        "Article {n}\n\nWords of it.",
        "{i}. word",
        "(a) word:",
        "(i) word",
        "(h) word\n\n(i) word",
        "Words without a number.",
        "– word;",
        "1.{i} word;",
        "1 Each Party",
        "“Article 5",
        "“Article 5\n\nx.”",
        "Chapter 1\n\nArticle 1\n\nx",
        "ANNEX I\n\nx",
        "x\n\n- {n} -\n\nHead",
        "I. Heading\n\n1. x",
        "PROTOCOL\n\nArticle 1\n\nx\n\nArticle 2\n\ny",
        "Commentary\n\n1. x",
        "Title\n\nArticle {n}\n\nx",
        "Contents\n\n{i}. x",
    ],
)
def test_time_grows_with_the_length_of_a_law(unit):
    def seconds(count):
        source = plaintext.to_source(_repeated(unit)(count))
        taken = []
        for _ in range(2):
            began = time.process_time()
            root, _ = builder.treaty(source.text, source.blocks)
            citation.clauses(root)
            taken.append(time.process_time() - began)
        return min(taken)

    # Eight times as long takes about eight times as long, and sixty-four times if it is quadratic.
    assert seconds(1200) < 24 * seconds(150) + 0.05
