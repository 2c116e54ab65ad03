"""How a treaty's clauses are found, named and cited."""

import pytest

from annotator.intake import parse


def _clauses(text, **options):
    """eid -> (citation, own words) in text order."""
    document = parse(text, language="en", kind="treaty", **options)
    return {c.eid: (c.citation, document.text[c.body : c.own_end]) for c in document.clauses}


def _eids(text, **options):
    return list(_clauses(text, **options))


CORPUS_STYLE = """\
# Convention on Examples

## Preamble

The States Parties,

Have agreed as follows:

## Chapter IV. Procedural measures

### Article 28. Search and **seizure**

1. Each State Party shall adopt measures:

   (a) to search:

   (i) a system; or

   (ii) a medium;

   (b) to seize.

2. Done *without* delay.

### Article 29. Scope

A single paragraph.

### Article 30. Terms

First block.

Second block.
"""


def test_a_corpus_file_gets_the_names_a_lawyer_writes():
    assert _clauses(CORPUS_STYLE, form="markdown") == {
        "preamble": ("preamble", ""),
        "preamble__txt_1": ("preamble, para. 1", "The States Parties,"),
        "preamble__txt_2": ("preamble, para. 2", "Have agreed as follows:"),
        "chp_IV": ("ch. IV", ""),
        "art_28": ("art. 28", ""),
        "art_28__para_1": ("art. 28(1)", "Each State Party shall adopt measures:"),
        "art_28__para_1__point_a": ("art. 28(1)(a)", "to search:"),
        "art_28__para_1__point_a__subpoint_i": ("art. 28(1)(a)(i)", "a system; or"),
        "art_28__para_1__point_a__subpoint_ii": ("art. 28(1)(a)(ii)", "a medium;"),
        "art_28__para_1__point_b": ("art. 28(1)(b)", "to seize."),
        "art_28__para_2": ("art. 28(2)", "Done without delay."),
        "art_29": ("art. 29", "A single paragraph."),
        "art_30": ("art. 30", ""),
        "art_30__txt_1": ("art. 30, text 1", "First block."),
        "art_30__txt_2": ("art. 30, text 2", "Second block."),
    }


def test_ranges_numbers_and_headings_of_a_corpus_file():
    document = parse(CORPUS_STYLE, form="markdown")
    article = document.clause("art_28")
    text = document.text
    assert text[article.start : article.body] == "Article 28. Search and seizure"
    assert text[article.start : article.end].endswith("2. Done without delay.")
    assert (article.number, article.heading, article.parent) == (
        "28",
        "Search and seizure",
        "chp_IV",
    )
    assert not article.reviewable
    point = document.clause("art_28__para_1__point_a")
    assert text[point.start : point.body] == "(a) "
    assert text[point.start : point.end].endswith("(ii) a medium;")
    assert {c.article for c in document.clauses} == {None, "28", "29", "30"}
    assert document.title == "Convention on Examples"
    assert document.kind == "treaty"
    assert "\n\n2. Done without delay.\n\n" in text


@pytest.mark.parametrize(
    ("line", "heading", "words"),
    [
        # alone on its line, heading below
        ("Article 5\n\nIllegal access", "Illegal access", "Each Party acts."),
        ("ARTICLE 5\nILLEGAL ACCESS", "ILLEGAL ACCESS", "Each Party acts."),
        # heading on the line
        ("Article 5. Illegal access", "Illegal access", "Each Party acts."),
        ("Article 5: Illegal access", "Illegal access", "Each Party acts."),
        ("Article 5 – Illegal access", "Illegal access", "Each Party acts."),
        ("Article 5 Illegal access", "Illegal access", "Each Party acts."),
        ("Article  5.", "", "Each Party acts."),
        ("Art. 5. 24/7 network", "24/7 network", "Each Party acts."),
        ("Article 5\n24/7 Network", "24/7 Network", "Each Party acts."),
        # a sentence below the number is no heading
        ("Article 5", "", "Each Party acts."),
    ],
)
def test_article_headings(line, heading, words):
    document = parse(f"{line}\n\n{words}\n\nArticle 6\n\nEnd.", language="en")
    article = document.clause("art_5")
    assert article.heading == heading
    assert document.text[article.body : article.own_end] == words


@pytest.mark.parametrize(
    ("line", "eid", "number", "citation"),
    [
        ("Article IV", "art_IV", "IV", "art. IV"),
        ("Article 5 bis", "art_5bis", "5 bis", "art. 5 bis"),
        ("Article 5A", "art_5A", "5A", "art. 5A"),
        ("Article premier", "art_1", "premier", "art. 1"),
        ("Article 1er", "art_1", "1er", "art. 1"),
        ("Artículo 3", "art_3", "3", "art. 3"),
        ("Статья 3", "art_3", "3", "art. 3"),
        ("المادة 3", "art_3", "3", "art. 3"),
        ("المادة ٣", "art_3", "٣", "art. 3"),
        ("第十二条", "art_12", "十二", "art. 12"),
        ("Điều 1: Phạm vi", "art_1", "1", "art. 1"),
        ("ข้อ 1", "art_1", "1", "art. 1"),
    ],
)
def test_article_numbers_in_other_forms_and_languages(line, eid, number, citation):
    document = parse(f"{line}\n\nWords of the article.", language="en", kind="treaty")
    clause = document.clauses[0]
    assert (clause.eid, clause.number, clause.citation) == (eid, number, citation)
    assert clause.kind == "article"


@pytest.mark.parametrize(
    "line",
    [
        "Article 5 of this Convention shall apply.",
        "Article 12, paragraph 1, shall not apply.",
        "Article 12 (2) shall not apply.",
        "Article 9.1 applies.",
        "Articles 29 to 34 apply.",
        "Article 5 shall be read with Article 6.",
        "Chapter II of this Convention shall apply.",
        "Annex to this Convention means the list below.",
    ],
)
def test_a_cross_reference_at_the_start_of_a_line_is_no_article(line):
    found = _clauses(f"Article 1\n\nFirst.\n\n{line}\n\nArticle 2\n\nSecond.")
    assert list(found) == ["art_1", "art_1__txt_1", "art_1__txt_2", "art_2"]
    assert found["art_1__txt_2"][1] == line


@pytest.mark.parametrize(
    "style", ["({})", "{})", "{}."], ids=["brackets", "one bracket", "full stop"]
)
def test_styles_of_points(style):
    points = "\n".join(f"{style.format(letter)} words {letter}" for letter in "abc")
    assert _eids(f"Article 1\nFor this purpose:\n{points}") == [
        "art_1", "art_1__point_a", "art_1__point_b", "art_1__point_c",
    ]  # fmt: skip


def test_roman_numerals_with_a_full_stop_below_letters_with_one():
    found = _eids("Article 1\nIn this law:\na. data:\ni. stored,\nii. sent;\nb. code.")
    assert found[1:] == [
        f"art_1__{eid}"
        for eid in ("point_a", "point_a__subpoint_i", "point_a__subpoint_ii", "point_b")
    ]


def test_points_glued_to_their_letter():
    found = _clauses("Article 1\nFor this purpose:\na)access data;\nb)keep data.")
    assert found["art_1__point_a"][1] == "access data;"


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        # the letter after h
        ("(i) nine\n(j) ten", ["point_i", "point_j"]),
        ("(i) nine", ["point_i"]),
        # a Roman list below h
        ("(i) one\n(ii) two", ["point_h__subpoint_i", "point_h__subpoint_ii"]),
        # both
        (
            "(i) one\n(ii) two\n(i) nine\n(j) ten",
            ["point_h__subpoint_i", "point_h__subpoint_ii", "point_i", "point_j"],
        ),
        (
            "(i) nine:\n(i) one\n(ii) two",
            ["point_i", "point_i__subpoint_i", "point_i__subpoint_ii"],
        ),
    ],
)
def test_i_is_a_letter_or_a_roman_numeral_by_its_neighbours(last, expected):
    letters = "\n".join(f"({letter}) words" for letter in "abcdefgh")
    found = _eids(f"Article 1\nAll of:\n{letters}\n{last}")
    assert found[9:] == [f"art_1__{eid}" for eid in expected]


def test_roman_points_without_letters_are_points():
    assert _eids("Article 1\nAll of:\n(i) one\n(ii) two\n(iii) three\n(iv) four\n(v) five")[1:] == [
        f"art_1__point_{n}" for n in ("i", "ii", "iii", "iv", "v")
    ]


def test_text_behind_a_nested_list_goes_back_to_its_parent():
    found = _clauses(
        "Article 9\n1. A person who:\n(a) obtains:\n(i) data;\n(ii) code;\nwithout right,\n"
        "(b) sells,\nshall be punished.\n2. More."
    )
    assert found["art_9__para_1__point_a__txt_1"] == (
        "art. 9(1)(a), closing words",
        "without right,",
    )
    assert found["art_9__para_1__txt_1"] == ("art. 9(1), closing words", "shall be punished.")
    assert found["art_9__para_2"] == ("art. 9(2)", "More.")


def test_text_behind_a_paragraph_stays_in_it():
    found = _clauses("Article 9\n1. Including:\nthe first;\nthe second.\n2. More.")
    assert found["art_9__para_1__txt_2"] == ("art. 9(1), text 2", "the second.")


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        # a number alone on its line, and a point on the paragraph's
        ("1.\n\na)Each\n\nb) All", ["para_1", "para_1__point_a", "para_1__point_b"]),
        ("1\nEach.\n2\nAll.", ["para_1", "para_2"]),
        (
            "1. (a) Each\n(b) All\n2. End",
            ["para_1", "para_1__point_a", "para_1__point_b", "para_2"],
        ),
        ("1. Each\n1 bis. All\n2. End", ["para_1", "para_1bis", "para_2"]),
        ("(1) Each\n(2) All", ["para_1", "para_2"]),
        ("1.Each\n2.All", ["para_1", "para_2"]),
        ("§ 1. Each\n§ 2. All", ["para_1", "para_2"]),
        ("1°. Each\n2°. All", ["para_1", "para_2"]),
        ("1.1 Each\n1.2 All", ["para_1", "para_2"]),
        ("1. 1.5 million people\n2. 2 Such", ["para_1", "para_2"]),
        ("1. Each\n1999 was a year.\n2. All", ["para_1", "para_1__txt_1", "para_2"]),
        ("1. Each:\n1. one\n2. two", ["para_1", "para_1__point_1", "para_1__point_2"]),
        ("1. Each\ni.e. all of them", ["para_1", "para_1__txt_1"]),
        ("а) первый\nб) второй", ["point_1", "point_2"]),
        ("(أ) one\n(ب) two", ["point_1", "point_2"]),
    ],
)
def test_paragraph_numbers(paragraphs, expected):
    assert _eids(f"Article 1\n{paragraphs}") == ["art_1", *(f"art_1__{eid}" for eid in expected)]


def test_a_number_that_comes_twice_gets_an_id_of_its_own_and_a_warning():
    document = parse("Article 5\n\nOne.\n\nArticle 5\n\n1. Two.\n\n1. Three.", language="en")
    assert [c.eid for c in document.clauses] == [
        "art_5", "art_5_2", "art_5_2__para_1", "art_5_2__para_1_2",
    ]  # fmt: skip
    assert document.warnings == (
        "numbers come twice: art. 5 [2], art. 5 [2](1) [2]: check whether the text holds two "
        "versions, or is missing a heading",
    )


def test_missing_numbers_and_empty_articles_are_told():
    document = parse(
        "Article 1\n\n1. One.\n\n3. Three.\n\nArticle 2\n\nArticle 3\n\nEnd.", language="en"
    )
    assert document.warnings == (
        "articles are without words: art. 2: check the source",
        "numbers are missing: art. 1(3) follows art. 1(1): check the source",
    )


def test_divisions_nest_and_their_numbers_may_restart():
    found = _eids(
        "PART I\nGeneral\nChapter 1: One\nSECTION 1\nA\nTITLE 1\nB\nArticle 1\nWords.\nTITLE 2\nC\n"
        "Article 2\nWords.\nSECTION 2\nD\nTITLE 1\nE\nArticle 3\nWords.\nChapter 2: Two\n"
        "Article 4\nWords.\nPART II\nFinal\nChapter 1: One\nArticle 5\nWords."
    )
    assert [eid for eid in found if not eid.startswith("art")] == [
        "part_I",
        "part_I__chp_1",
        "part_I__chp_1__sec_1",
        "part_I__chp_1__sec_1__title_1",
        "part_I__chp_1__sec_1__title_2",
        "part_I__chp_1__sec_2",
        "part_I__chp_1__sec_2__title_1",
        "part_I__chp_2",
        "part_II",
        "part_II__chp_1",
    ]


def test_titles_may_stand_above_chapters():
    text = "TITLE I\nFirst\nCHAPTER 1\nOne\nArticle 1\nX.\nTITLE II\nSecond\nArticle 2\nY."
    assert _eids(text) == [
        "title_I", "title_I__chp_1", "art_1", "title_II", "art_2",
    ]  # fmt: skip


def test_an_unnumbered_heading_in_capitals_holds_the_articles_below_it():
    document = parse(
        "Chapter IV: The Assembly\nCOMPOSITION\nArticle 9\nA.\nVOTING\nArticle 10\nB.",
        language="en",
    )
    assert document.clause("art_10").parent == "chp_IV__hcontainer_2"
    assert document.clause("chp_IV__hcontainer_2").citation == "ch. IV, “VOTING”"
    assert document.clause("art_9").end == document.text.index("\nVOTING")


@pytest.mark.parametrize(
    "opening",
    ["Preamble\n\nThe States,", "PreambleThe States,", "Preamble The States,", "The States,"],
)
def test_preambles(opening):
    found = _clauses(f"Convention on Things\n\n{opening}\n\nArticle 1\n\nWords.")
    assert found["preamble"] == ("preamble", "The States,")
    assert list(found) == ["preamble", "art_1"]


def test_recitals_keep_their_numbers():
    found = _clauses("Preamble\n(1) Whereas one;\n(2) Whereas two;\nArticle 1\nWords.")
    assert found["preamble__para_2"] == ("preamble, para. 2", "Whereas two;")


@pytest.mark.parametrize(
    "formula",
    [
        "IN WITNESS WHEREOF the undersigned have signed.",
        "DONE at Geneva.",
        "EN FOI DE QUOI, signé.",
    ],
)
def test_closing_formulas_belong_to_no_article(formula):
    document = parse(f"Article 1\n\n1. Words.\n\n{formula}", language="en")
    closing = document.clauses[-1]
    assert (closing.eid, closing.citation) == ("conclusions__txt_1", "closing formula")
    assert (closing.parent, closing.article) == (None, None)
    assert document.clause("art_1").end == document.text.index("\n\n" + formula)


def test_annexes_have_numbers_of_their_own():
    found = _clauses(
        "Article 1\nA.\nAnnex I\nList of things\n1. One.\n2. Two.\nArticle 1\nB.\nANNEX\nC."
    )
    assert found["annex_I__para_2"] == ("annex I, para. 2", "Two.")
    assert found["annex_I__art_1"] == ("annex I, art. 1", "B.")
    assert found["annex"] == ("annex", "C.")


def test_a_table_of_contents_is_no_second_set_of_articles():
    listed = "Article 1 Terms\nArticle 2 Scope\nArticle 3 Powers"
    document = parse(
        f"Law\n\n{listed}\n\nArticle 1 Terms\nA.\nArticle 2 Scope\nB.\nArticle 3 Powers\nC.",
        language="en",
    )
    assert [c.eid for c in document.clauses if c.kind == "article"] == ["art_1", "art_2", "art_3"]
    assert document.warnings == ()


def test_an_act_of_sections_is_cited_by_them():
    found = _clauses(
        "An Act\n\nSection 1. Offences\n(1) A person who\n(a) obtains,\n(b) sells,\ncommits one."
    )
    assert found["sec_1__para_1__point_b"] == ("sec. 1(1)(b)", "sells,")
    assert found["sec_1__para_1__txt_1"] == ("sec. 1(1), closing words", "commits one.")


def test_rules_without_articles_stand_at_the_top():
    found = _clauses("1. First rule.\n\n2. Second rule:\n\n(a) x\n\n(b) y")
    assert found["para_2__point_b"] == ("para. 2(b)", "y")


WRAPPED = """\
This law is adopted by the Parliament in accordance with its own
constitution and with the obligations it has undertaken under
Article 5 of the Covenant, which it ratified on a day long ago.

Article 1
Purpose

The purpose of this law is to set out conditions for the use of
(a) cameras and of similar devices, as well as those listed in
Article 2. The list is not complete and may be changed at any
time by decree.

1. A first paragraph that is long enough to be wrapped over two
lines and more:
(a) point one that is again long enough to be wrapped over some
lines;
(b) point two.

Article 2

Words.
"""


def test_lines_of_a_hard_wrapped_text_are_joined_and_what_wraps_is_no_number():
    found = _clauses(WRAPPED)
    assert list(found) == [
        "preamble", "art_1", "art_1__para_1", "art_1__para_1__point_a", "art_1__para_1__point_b",
        "art_2",
    ]  # fmt: skip
    assert found["preamble"][1].endswith("long ago.")
    assert found["art_1"][1].endswith("by decree.")
    assert found["art_1__para_1__point_a"][1].endswith("some\nlines;")


def test_a_treaty_on_one_line_is_cut_where_its_articles_begin():
    filler = "They act under Article 9 The Hague rules and Articles 2 and 3 of it. " * 8
    line = (
        f"The States, Have agreed: CHAPTER I GENERAL PROVISIONS Article 1 Purpose 1. First. "
        f"{filler}"
        f"2. Each Party shall: (a) act; and (b) report. {filler}Article 2 The Parties cooperate. "
        f"{filler}Chapter II Final provisions Article 3 This ends here. IN WITNESS WHEREOF signed."
    )
    found = _clauses(line)
    assert list(found) == [
        "preamble", "chp_I", "art_1", "art_1__para_1", "art_1__para_2", "art_1__para_2__point_a",
        "art_1__para_2__point_b", "art_2", "chp_II", "art_3", "conclusions__txt_1",
    ]  # fmt: skip
    assert found["art_1__para_2__point_a"][1] == "act; and"
    assert parse(line, language="en").clause("art_1").heading == "Purpose"
    assert parse(line, language="en").clause("chp_II").heading == "Final provisions"


def test_reading_the_plain_text_again_finds_the_same_clauses():
    first = parse(CORPUS_STYLE, form="markdown")
    assert parse(first.text, language="en").clauses == first.clauses
