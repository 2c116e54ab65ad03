"""Which labels are taken for which, seen from both sides."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.codebook import load
from annotator.compare import Text, confusions


@pytest.fixture(scope="module")
def codes():
    return [code.id for code in load().concern("privacy").codes]


def found(document, marks, reviews, who="ab"):
    return {one.concern: one for one in confusions([Text(document, marks, reviews)], who, load())}


def told(one):
    """The cells that are not empty."""
    return {
        (row, column): one.counts[i][j]
        for i, row in enumerate(one.labels)
        for j, column in enumerate(one.labels)
        if one.counts[i][j]
    }


def test_the_same_words_under_two_concerns_meet_in_one_cell(document, say):
    marks = [say.mark("a", "search any"), say.mark("b", "any system", "press_freedom")]
    table = found(document, marks, say.read("ab"))[""]
    assert told(table) == {
        ("privacy risk", "press_freedom risk"): 1,
        ("press_freedom risk", "privacy risk"): 1,
    }
    assert table.share(0, 1) == 1.0


def test_what_the_other_left_is_unmarked_and_what_they_have_not_read_is_nothing(document, say):
    marks = [say.mark("a", "keep data"), say.mark("a", "search any")]
    reviews = say.read("a") + say.read("b", "art_1")
    assert told(found(document, marks, reviews)[""]) == {
        ("privacy risk", "unmarked"): 1,
        ("unmarked", "privacy risk"): 1,
    }


def test_of_two_marks_on_the_same_words_each_meets_its_like(document, say):
    marks = [say.mark(r, "search any", c) for r in "ab" for c in ("privacy", "press_freedom")]
    assert told(found(document, marks, say.read("ab"))[""]) == {
        ("privacy risk", "privacy risk"): 2,
        ("press_freedom risk", "press_freedom risk"): 2,
    }


def test_codes_have_a_table_for_each_concern(document, say, codes):
    marks = [
        say.mark("a", "search any", code=codes[0]),
        say.mark("b", "search any", code=codes[1]),
        say.mark("a", "keep data"),
        say.mark("b", "keep data", "press_freedom"),
    ]
    tables = found(document, marks, say.read("ab"))
    assert set(tables) == {"", "press_freedom", "privacy"}
    assert told(tables["privacy"]) == {
        (codes[0], codes[1]): 1,
        (codes[1], codes[0]): 1,
        ("no code", "another concern"): 1,
        ("another concern", "no code"): 1,
    }


QUOTES = ("keep data", "search any", "any system", "without delay", "seize a")
marks_of = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(QUOTES),
        st.sampled_from(["privacy", "whistleblower"]),
        st.sampled_from(["risk", "safeguard"]),
    ),
    max_size=12,
)


@settings(max_examples=50)
@given(marks_of, st.randoms(use_true_random=False))
def test_neither_the_order_of_marks_nor_of_reviewers_changes_a_table(document, say, given_, dice):
    marks = [say.mark(who, quote, c, polarity=p) for who, quote, c, p in given_]
    reviews = say.read("abc")
    before = found(document, marks, reviews, "abc")
    dice.shuffle(marks)
    after = found(document, marks, reviews, "cab")
    assert {name: told(one) for name, one in before.items()} == {
        name: told(one) for name, one in after.items()
    }
    for one in before.values():
        size = range(len(one.labels))
        assert all(one.counts[i][j] == one.counts[j][i] for i in size for j in size)
