"""Corrections by hand: what each does, and what holds after any of them."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import intake
from annotator.errors import AnnotatorError, IntakeError
from annotator.intake import layout
from annotator.intake.correct import ACTIONS, Correction, Desk, correct

BOUNDED = settings(max_examples=60, deadline=None, derandomize=True, database=None)

TREATY = """\
Convention on Made-up Things

Preamble

The Parties, wishing to agree,

Have agreed as follows:

Chapter I. Powers

Article 1. Search

1. Each Party may search:

(a) a system;

(b) a medium, under the conditions of

Article 9 of the Protocol.

2. A search is ordered by a judge.

Article 2. Help

Each Party may order any person to help.

IN WITNESS WHEREOF the undersigned have signed.
"""


def _treaty(text=TREATY, **options):
    return intake.parse(text, kind="treaty", language="en", **options)


def _shape(document):
    """Citation, heading and own words of each clause, those that only hold others without words."""
    return [
        (one.citation, one.heading, document.text[one.body : one.own_end])
        for one in document.clauses
    ]


def _citations(document):
    return [one.citation for one in document.clauses]


def _at(document, words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = document.text.index(words, at + 1)
    return at


def _fixed(document, *steps):
    """The document after steps such as ("Article 9", "join") or ("Article 9", "number", "8")."""
    return correct(
        document, [Correction(_at(document, step[0]), step[1], *step[2:]) for step in steps]
    )


# What a lawyer meets, and what puts it right: text, steps, citations and words expected.
FAULTS = {
    "a cross-reference taken for an article": (
        "Article 1. Scope\n\n1. This applies under\n\nArticle 9\n\nof the Charter.\n\n2. It ends.",
        [("Article 9", "join"), ("of the Charter", "join")],
        [
            ("art. 1", "Scope", ""),
            ("art. 1(1)", "", "This applies under\n\nArticle 9\n\nof the Charter."),
            ("art. 1(2)", "", "It ends."),
        ],
    ),
    "an article heading that was not recognised": (
        "Article 1. Scope\n\nThis applies.\n\nArticle the second, on words\n\nA word is a word.",
        [("Article the second", "article"), ("Article the second", "number", "2")],
        [
            ("art. 1", "Scope", "This applies."),
            ("art. 2", "Article the second, on words", "A word is a word."),
        ],
    ),
    "a letter taken for a Roman numeral": (
        "Article 1. Terms\n\n(g) seven;\n\n(h) eight, that is:\n\n(i) nine;\n\n(ii) more.",
        [("(i) nine", "out"), ("(ii) more", "in")],
        [
            ("art. 1", "Terms", ""),
            ("art. 1(g)", "", "seven;"),
            ("art. 1(h)", "", "eight, that is:"),
            ("art. 1(i)", "", "nine;"),
            ("art. 1(i)(ii)", "", "more."),
        ],
    ),
    "heading and first words in one": (
        "Article 1. Illegal access Each Party shall act\n\nArticle 2. Other\n\nWords.",
        [("Each Party", "heading")],
        [
            ("art. 1", "Illegal access", "Each Party shall act"),
            ("art. 2", "Other", "Words."),
        ],
    ),
    "a heading on the line below": (
        "Article 1\n\nthe scope of this law\n\nThis applies.\n\nArticle 2\n\nMore.",
        [("the scope", "heading")],
        [("art. 1", "the scope of this law", "This applies."), ("art. 2", "", "More.")],
    ),
    "furniture before and after": (
        "Home, about, contact\n\nArticle 1. Scope\n\nThis applies.\n\nShare it with friends",
        [("Home", "outside"), ("Share", "outside")],
        [("art. 1", "Scope", "This applies.")],
    ),
    "two paragraphs on one line": (
        "Article 1. Scope\n\n1. This applies. 2. It ends.\n\n3. It begins.",
        [("2. It", "split")],
        [
            ("art. 1", "Scope", ""),
            ("art. 1(1)", "", "This applies."),
            ("art. 1(2)", "", "It ends."),
            ("art. 1(3)", "", "It begins."),
        ],
    ),
    "an article in the middle of a line": (
        "Article 1. Scope\n\nThis applies. Article 2. It ends.\n\nArticle 3. More\n\nWords.",
        [("Article 2", "article")],
        [
            ("art. 1", "Scope", "This applies."),
            ("art. 2", "", "It ends."),
            ("art. 3", "More", "Words."),
        ],
    ),
    "a chapter that has no number": (
        "Article 1. Scope\n\nThis applies:\n\nFinal matters\n\nArticle 2. End\n\nIt ends.",
        [("Final", "section")],
        [
            ("art. 1", "Scope", "This applies:"),
            ("“Final matters”", "Final matters", ""),
            ("art. 2", "End", "It ends."),
        ],
    ),
    "closing words in the last article": (
        "Article 1. Scope\n\nThis applies.\n\nSigned by the two sides.\n\nIn two copies.",
        [("Signed", "closing")],
        [
            ("art. 1", "Scope", "This applies."),
            ("closing formula, para. 1", "", "Signed by the two sides."),
            ("closing formula, para. 2", "", "In two copies."),
        ],
    ),
    "text that is a preamble": (
        "Charter of Things\n\nWe, who made this,\n\nWishing for more,\n\n§ A\n\nThis applies.",
        [("We,", "preamble"), ("§ A", "article")],
        [
            ("preamble", "", ""),
            ("preamble, para. 1", "", "We, who made this,"),
            ("preamble, para. 2", "", "Wishing for more,"),
            ("art. 1", "§ A", "This applies."),
        ],
    ),
    "paragraphs without numbers": (
        "Article 1. Scope\n\nThis applies.\n\nIt ends.\n\nArticle 2. End\n\nWords.",
        [("This", "paragraph"), ("It ends", "paragraph")],
        [
            ("art. 1", "Scope", ""),
            ("art. 1(1)", "", "This applies."),
            ("art. 1(2)", "", "It ends."),
            ("art. 2", "End", "Words."),
        ],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_common_fault_is_put_right(fault):
    text, steps, expected = FAULTS[fault]
    document = _treaty(text)
    fixed = _fixed(document, *steps)
    assert _shape(document) != expected, "there is nothing to correct"
    assert _shape(fixed) == expected
    assert (fixed.text, fixed.text_sha256, fixed.id) == (
        document.text,
        document.text_sha256,
        document.id,
    )


def test_without_corrections_it_is_the_same_document():
    document = _treaty()
    assert correct(document, []) is document


def test_what_was_corrected_is_said_and_kept():
    document = _treaty()
    fixed = _fixed(document, ("Article 2", "number", "3"))
    at = _at(document, "Article 2")
    assert json.loads(fixed.metadata["corrections"]) == [[at, "number", "3"]]
    assert fixed.warnings[-1] == "corrected by hand: 1 line"
    again = _fixed(fixed, ("Article 2", "number", "2"))
    assert len(json.loads(again.metadata["corrections"])) == 2
    assert [one for one in again.warnings if "by hand" in one] == ["corrected by hand: 2 lines"]
    assert again.clauses == document.clauses


def test_a_warning_that_no_longer_holds_goes_and_a_new_one_comes():
    document = _treaty("Article 1. A\n\nWords.\n\nArticle 1. B\n\nMore words.")
    assert any("come twice" in one for one in document.warnings)
    fixed = correct(document, [Correction(_at(document, "Article 1", 1), "number", "2")])
    assert not any("come twice" in one for one in fixed.warnings)
    nothing = correct(
        fixed, [Correction(line.start, "outside") for line in layout.lines(fixed) if line.end]
    )
    assert nothing.clauses == ()
    assert any("no clause has words" in one for one in nothing.warnings)


def test_a_point_moved_out_takes_the_rest_of_its_list_along():
    document = _treaty(
        "Article 1. A\n\n(h) eight:\n\n(i) nine;\n\n(ii) not ten;\n\nArticle 2. B\n\nWords."
    )
    assert "art. 1(h)(ii)" in _citations(document)
    fixed = _fixed(document, ("(i) nine", "out"))
    assert _citations(fixed)[:4] == ["art. 1", "art. 1(h)", "art. 1(i)", "art. 1(ii)"]


def test_a_news_item_has_headings_and_paragraphs():
    document = intake.parse(
        "Forty held\n\nForty people were held. Critics said so.\n\nWhat next\n\nNobody knows.",
        kind="news",
        language="en",
        title="Forty held",
    )
    fixed = _fixed(document, ("Critics", "split"), ("What next", "section"))
    assert _shape(fixed) == [
        ("para. 1", "", "Forty people were held."),
        ("para. 2", "", "Critics said so."),
        ("“What next”", "What next", ""),
        ("para. 3", "", "Nobody knows."),
    ]
    plain = _fixed(fixed, ("What next", "text"), ("Critics", "join"), ("Nobody", "outside"))
    assert [one[0] for one in _shape(plain)] == ["para. 1", "para. 2"]
    with pytest.raises(IntakeError, match="no article: make it a treaty"):
        _fixed(document, ("What next", "article"))


# What cannot be, and the words it is refused in.
REFUSED = [
    (Correction(10**6, "text"), "no line at character 1000000"),
    (Correction(0, "paint"), "'paint' is no correction"),
    (Correction(0, "join"), "nothing stands before the first line"),
    (Correction(0, "split"), "nothing to part at character 0"),
    (("1. Each", "in"), "nothing stands above it on its level"),
    (("Article 2", "in"), "an article cannot lie in an article"),
    (("Chapter I", "out"), "on the outermost level already"),
    (("a system", "split"), "number and the first word stay together"),
    (("2. A search", "heading"), "no article or division opens on the line above"),
    (("Have agreed", "number", "3"), "text has no number"),
    (("Article 2", "number", "of the previous one"), "'of the previous one' is no number"),
    (("Article 2", "number", "…"), "'…' is no number"),
]


@pytest.mark.parametrize(("wrong", "said"), REFUSED)
def test_what_cannot_be_is_refused_in_a_line_and_changes_nothing(wrong, said):
    document = _treaty()
    if isinstance(wrong, tuple):
        wrong = Correction(_at(document, wrong[0]), *wrong[1:])
    desk = Desk(document)
    before = list(desk.lines)
    with pytest.raises(IntakeError, match=said) as refused:
        desk.apply(wrong)
    assert "\n" not in str(refused.value)
    assert desk.lines == before
    assert desk.document() is document


# What holds for any text and any corrections

_LINES = st.sampled_from(
    [
        "Article 1. Scope", "Article 2", "ARTICLE III", "Chapter I. Powers", "TITLE 1", "Section 2",
        "Part One", "Annex I", "Preamble", "Definitions", "1. Each Party may:", "2. Words.",
        "(a) a point;", "(b) another, namely:", "(i) one;", "(ii) two; and", "9.1 As above.",
        "Each Party shall act, 👩🏽‍⚖️ 𝔸 too.", "Article 9 of the Protocol applies.", "1.", "تعاون",
        "IN WITNESS WHEREOF the undersigned have signed.", "a. the first", "第一条 范围",
    ]
)  # fmt: skip
_TEXTS = st.lists(st.tuples(_LINES, st.sampled_from(["\n\n", "\n"])), min_size=1, max_size=14).map(
    lambda parts: "".join(words + end for words, end in parts)
)
_KINDS = st.sampled_from(["treaty", "treaty", "treaty", "news"])


def _parsed(text, kind):
    return intake.parse(text, kind=kind, language="en")


@BOUNDED
@given(_TEXTS, _KINDS)
def test_lines_say_the_same_as_the_clauses(text, kind):
    document = _parsed(text, kind)
    lines = layout.lines(document)
    assert tuple(layout.settled(document.text, lines, kind=kind)) == lines
    clauses, _ = layout.clauses(document.text, lines, kind=kind)
    assert clauses == document.clauses


GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*/input.*"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_lines_say_the_same_as_the_clauses_of_every_golden_text(path):
    try:
        documents = intake.read_all(path)
    except IntakeError:
        return  # one that is refused has no lines
    for document in documents:
        lines = layout.lines(document)
        assert tuple(layout.settled(document.text, lines, kind=document.kind)) == lines
        assert layout.clauses(document.text, lines, kind=document.kind)[0] == document.clauses


@BOUNDED
@given(_TEXTS, _KINDS, st.data())
def test_any_corrections_leave_a_sound_tree_over_the_same_text(text, kind, data):
    document = _parsed(text, kind)
    desk = Desk(document)
    made = []
    for _ in range(data.draw(st.integers(1, 8), label="corrections")):
        inside = [line for line in desk.lines if not line.empty]
        line = data.draw(st.sampled_from(inside), label="line")
        at = data.draw(st.sampled_from([line.start, (line.start + line.end) // 2]), label="at")
        value = data.draw(st.sampled_from(["", "5", "iv", "1 bis"]), label="value")
        one = Correction(at, data.draw(st.sampled_from(ACTIONS), label="action"), value)
        try:
            desk.apply(one)
        except AnnotatorError:
            continue
        made.append(one)
        _assert_sound(desk)
    assert correct(document, made) == desk.document(), "the same corrections, the same clauses"
    assert desk.document().text_sha256 == document.text_sha256


def _assert_sound(desk):
    document = desk.document()
    text = document.text
    by_eid = {clause.eid: clause for clause in document.clauses}
    assert len(by_eid) == len(document.clauses), "an eId comes twice"
    owners = [0] * len(text)
    before: dict[str | None, int] = {}
    for clause in document.clauses:
        assert 0 <= clause.start <= clause.body <= clause.own_end <= clause.end <= len(text)
        assert clause.start < clause.end
        if clause.parent is not None:
            parent = by_eid[clause.parent]
            assert parent.own_end <= clause.start
            assert clause.end <= parent.end
        assert before.get(clause.parent, 0) <= clause.start, "siblings are ordered and disjoint"
        before[clause.parent] = clause.end
        words = text[clause.body : clause.own_end]
        assert words == words.strip()
        for i in [*range(clause.start, clause.body), *range(clause.body, clause.own_end)]:
            owners[i] += not text[i].isspace()
    for line in desk.lines:
        wanted = 0 if line.role == "outside" else 1
        for i in range(line.start, line.end):
            assert owners[i] == wanted or text[i].isspace(), "each word is in one clause, or left"
    covered = sum(owners[i] for line in desk.lines for i in range(line.start, line.end))
    assert covered == sum(owners), "nothing is in a clause but the lines"
