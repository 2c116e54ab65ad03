"""A clause is marked, read and left unmarked, or missing; silence is never 0."""

import pytest

from annotator.codebook import load
from annotator.compare import Question, Text, answers
from annotator.model import Review

ALL = (
    "art_1",
    "art_2__para_1",
    "art_2__para_2",
    "art_2__para_2__point_a",
    "art_2__para_2__point_b",
)


def values(document, marks, reviews, reviewers="ab", polarity=""):
    """By reviewer and clause what was answered, in the clauses that anyone of them has read."""
    question = Question("polarity" if polarity else "concern", "privacy", polarity=polarity)
    found = answers([Text(document, marks, reviews)], reviewers, load())
    read = [any(column) for column in found.read.T]
    return {
        reviewer: {
            clause.eid: value
            for clause, value, anyone in zip(found.clauses, row, read, strict=True)
            if anyone
        }
        for reviewer, row in zip(reviewers, found.rows(question), strict=True)
    }


def test_read_and_marked_is_1_and_read_and_unmarked_is_0(document, say):
    found = values(document, [say.mark("a", "search")], say.read("ab"))
    assert found["a"] == {**dict.fromkeys(ALL, 0), "art_2__para_1": 1}
    assert found["b"] == dict.fromkeys(ALL, 0)


@pytest.mark.parametrize(
    ("state", "value"), [("concern", 1), ("no_concern", 1), ("reopened", None), (None, None)]
)
def test_a_mark_counts_only_in_a_clause_its_reviewer_has_declared_read(document, say, state, value):
    reviews = say.read("b", "art_2__para_1")
    if state:
        reviews += say.read("a", "art_2__para_1", state=state)
    found = values(document, [say.mark("a", "search")], reviews)
    assert found["a"] == {"art_2__para_1": value}
    assert found["b"] == {"art_2__para_1": 0}


def test_a_clause_nobody_chosen_has_read_is_not_a_column(document, say):
    found = values(document, [], say.read("c") + say.read("a", "art_1"))
    assert found == {"a": {"art_1": 0}, "b": {"art_1": None}}


@pytest.mark.parametrize(
    ("polarity", "expected"), [("", (1, 1)), ("risk", (1, 0)), ("safeguard", (0, 1))]
)
def test_a_polarity_can_be_singled_out(document, say, polarity, expected):
    marks = [say.mark("a", "search"), say.mark("b", "search", polarity="safeguard")]
    reviews = say.read("ab", "art_2__para_1")
    found = values(document, marks, reviews, polarity=polarity)
    assert tuple(found[r]["art_2__para_1"] for r in "ab") == expected


def test_another_concern_or_document_gives_no_value_here(document, say):
    elsewhere = Review(document="other", eid="art_1", reviewer="b", state="concern")
    marks = [say.mark("a", "search", "press_freedom")]
    found = values(document, marks, [*say.read("a", "art_2__para_1"), elsewhere])
    assert found == {"a": {"art_2__para_1": 0}, "b": {"art_2__para_1": None}}


def test_a_mark_over_several_clauses_counts_in_each_whose_own_words_it_covers(document, say):
    text = document.text
    quote = text[text.index("without delay") : text.index("phone") + 5]
    found = values(document, [say.mark("a", quote)], say.read("a"), "a")
    assert [eid for eid, value in found["a"].items() if value] == [
        "art_2__para_2",
        "art_2__para_2__point_a",
    ]


@pytest.mark.parametrize(
    ("quote", "marked"),
    [("Purpose", ["art_1"]), ("Article 2. Search", []), ("1. Police", ["art_2__para_1"])],
)
def test_a_mark_on_a_heading_belongs_to_its_clause_if_that_can_be_read(
    document, say, quote, marked
):
    found = values(document, [say.mark("a", quote)], say.read("a"), "a")
    assert [eid for eid, value in found["a"].items() if value] == marked
