"""The search field: nothing that is typed into it is a mistake."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.search import parse, widened
from annotator.search.query import MOST


def forms(typed: str) -> list[list[str]]:
    return [[" ".join(one.forms[0]) for one in either] for either in parse(typed).every]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("search seizure", [["search"], ["seizure"]]),
        ('"search and seizure"', [["search and seizure"]]),
        ('"search and', [["search and"]]),  # not closed: to the end
        ("data OR system search", [["data", "system"], ["search"]]),
        ("data | system", [["data", "system"]]),
        ("OR data OR", [["data"]]),
        ("data AND system", [["data"], ["system"]]),
        ("search,seizure;order", [["search"], ["seizure"], ["order"]]),
        ("(search)", [["search"]]),
        ("*** ??", []),
        ("a:b^2 {c}", [["a b 2"], ["c"]]),
        ("NEAR(a b)", [["near a"], ["b"]]),
        ("", []),
    ],
)
def test_what_is_wanted(typed: str, wanted: list[list[str]]) -> None:
    assert forms(typed) == wanted


def test_what_is_left_out() -> None:
    for typed in ("data -secret", "data NOT secret", '-"secret" data'):
        query = parse(typed)
        assert [one.forms for one in query.without] == [(("secret",),)]
        assert [one.forms for (one,) in query.every] == [(("data",),)]


def test_a_beginning_is_looked_for_as_one() -> None:
    (seize,), (state,) = parse('seiz* "state part"*').every
    assert seize.prefix
    assert state.prefix
    assert state.forms == (("state", "part"),)


@pytest.mark.parametrize(
    ("typed", "wider"),
    [
        ("journalist", "journalist*"),
        ("seize OR data", "seize* OR data*"),
        ('"exact words" begin* -without art.', '"exact words" begin* -without art.'),
        ("secret, order", "secret*, order*"),
    ],
)
def test_words_are_taken_as_beginnings(typed: str, wider: str) -> None:
    assert widened(typed) == wider


def test_only_to_leave_out_is_said_in_one_line() -> None:
    with pytest.raises(AnnotatorError, match="add a word to look for"):
        parse("-secret")


def test_a_text_that_was_pasted_whole_is_said_in_one_line() -> None:
    with pytest.raises(AnnotatorError, match=str(MOST)) as caught:
        parse("word " * 300)
    assert "\n" not in str(caught.value)


@given(
    st.text(max_size=80) | st.text(st.sampled_from('ab电-*"“” OR|NT()،,.:^{}+\\\0\n'), max_size=40)
)
@settings(max_examples=500, deadline=None, derandomize=True)
def test_anything_at_all_is_read_or_refused_in_one_line(typed: str) -> None:
    said = ""
    try:
        query = parse(typed)
        query.marks(typed)
    except AnnotatorError as error:
        said = str(error)
    assert "\n" not in said
