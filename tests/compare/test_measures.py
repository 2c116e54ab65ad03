"""What was asked of each clause, who answered what, and every measure of it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.codebook import load
from annotator.compare import (
    Question,
    Text,
    answers,
    cohens_kappa,
    fleiss_kappa,
    gwets_ac1,
    krippendorffs_alpha,
    meaning,
    measure,
    measure_all,
    percent_agreement,
    quotable,
)
from annotator.compare.questions import NOTHING
from annotator.model import Assessment

PRIVACY = Question("concern", "privacy")


@pytest.fixture(scope="module")
def codebook():
    return load()


@pytest.fixture(scope="module")
def code(codebook):
    """A code with a sub-code, and the sub-code."""
    privacy = codebook.concern("privacy")
    return next((one.parent, one.id) for one in privacy.codes if one.parent)


def asked(document, say, codebook, *annotations, reviews=None, assessments=()):
    reviews = say.read("abc") if reviews is None else reviews
    return answers([Text(document, annotations, reviews, assessments)], "abc", codebook)


def test_a_mark_answers_every_question_it_touches(document, say, codebook, code):
    parent, child = code
    mark = say.mark("a", "keep data", code=child, severity="high")
    found = asked(document, say, codebook, mark)
    yes = [1, 0, 0, 0, 0]
    for question in (
        PRIVACY,
        Question("polarity", "privacy", polarity="risk"),
        Question("code", "privacy", code=child),
        Question("code", "privacy", code=parent),
    ):
        assert found.rows(question) == [yes, [0] * 5, [0] * 5]
    assert found.rows(Question("polarity", "privacy", polarity="safeguard"))[0] == [0] * 5
    assert found.rows(Question("severity", "privacy"))[0] == ["high", None, None, None, None]
    assert found.rows(Question("concerns"))[0] == [frozenset({"privacy"}), *[NOTHING] * 4]


def test_the_gravest_mark_and_all_concerns_of_a_clause_count(document, say, codebook):
    found = asked(
        document,
        say,
        codebook,
        say.mark("a", "keep data", severity="medium"),
        say.mark("a", "data safe", severity="low"),
        say.mark("a", "Parties", "press_freedom"),
    )
    assert found.rows(Question("severity", "privacy"))[0][0] == "medium"
    assert found.rows(Question("concerns"))[0][0] == {"privacy", "press_freedom"}


def test_what_is_not_read_is_missing_even_where_it_is_marked(document, say, codebook):
    reviews = say.read("ab", "art_1") + say.read("c", "art_1", state="reopened")
    found = asked(document, say, codebook, say.mark("c", "keep data"), reviews=reviews)
    assert found.rows(PRIVACY) == [[0, *[None] * 4], [0, *[None] * 4], [None] * 5]


def test_a_safeguard_is_answered_where_it_was_assessed(document, say, codebook):
    states = [
        Assessment(document.id, "art_1", reviewer, "legality", state)
        for reviewer, state in zip("abc", ("weak", "weak", "absent"), strict=True)
    ]
    found = asked(document, say, codebook, assessments=states)
    question = Question("safeguard", safeguard="legality")
    assert [row[0] for row in found.rows(question)] == ["weak", "weak", "absent"]
    measured = measure(found, question)
    assert (measured.clauses, measured.differing, measured.uncommon) == (1, 1, 1)
    assert measured.figure("percent").value == pytest.approx(1 / 3)


def test_several_texts_are_asked_together(document, say, codebook):
    other = replace(document, id="other", slug="other")
    mark = say.mark("a", "keep data")
    there = replace(mark, id="m2", document="other", reviewer="b")
    reviews = say.read("abc")
    found = answers(
        [
            Text(document, [mark], reviews),
            Text(other, [there], [replace(one, document="other") for one in reviews]),
        ],
        "abc",
        codebook,
    )
    assert len(found.clauses) == 10
    assert [sum(row) for row in found.rows(PRIVACY)] == [1, 1, 0]
    assert measure(found, PRIVACY).clauses == 10
    assert measure(found, PRIVACY, among="ac").differing == 1


QUOTES = ("keep data", "search any", "without delay", "seize a", "copy the")
marks = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(QUOTES),
        st.sampled_from(["privacy", "whistleblower"]),
    ),
    max_size=20,
)
readers = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 4)), max_size=15)


@settings(max_examples=60)
@given(found=marks, read=readers)
def test_the_figures_are_those_of_the_rows(document, say, codebook, found, read):
    eids = [clause.eid for clause in document.reviewable()]
    reviews = [one for who, n in sorted(set(read)) for one in say.read(who, eids[n])]
    annotations = [say.mark(who, quote, concern) for who, quote, concern in found]
    given_ = asked(document, say, codebook, *annotations, reviews=reviews)
    rows = given_.rows(PRIVACY)
    measured = measure(given_, PRIVACY, resamples=0)
    assert [one.value for one in measured.figures] == pytest.approx(
        [
            percent_agreement(rows),
            fleiss_kappa(rows),
            gwets_ac1(rows, domain=(0, 1)),
            krippendorffs_alpha(rows),
        ]
    )
    for pair, (i, j) in zip(measured.pairs, [(0, 1), (0, 2), (1, 2)], strict=True):
        assert (pair.first, pair.second) == ("abc"[i], "abc"[j])
        assert pair.figures[1].value == cohens_kappa(rows[i], rows[j])


def test_only_what_somebody_used_is_listed(document, say, codebook, code):
    parent, child = code
    found = asked(document, say, codebook, say.mark("a", "keep data", code=child))
    listed = [one.question for one in measure_all(found, resamples=0)]
    assert [one.code for one in listed if one.kind == "code"] == [parent, child]
    assert [one.kind for one in listed].count("concern") == len(codebook.concerns)
    assert Question("concerns") in listed
    assert {one.kind for one in listed} == {"concern", "polarity", "code", "concerns"}


def test_nobody_read_anything(document, say, codebook):
    found = asked(document, say, codebook, reviews=[])
    assert measure_all(found) == []
    empty = measure(found, PRIVACY)
    assert (empty.clauses, quotable(empty)) == (0, False)
    assert "two people" in meaning(empty)
