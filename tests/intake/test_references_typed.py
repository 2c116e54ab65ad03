"""A citation as it is typed finds the clause; each clause is found by its own citation."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import intake
from annotator.errors import NotFoundError
from annotator.intake import references
from annotator.model import Document

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture(scope="module")
def convention() -> Document:
    return next(
        document
        for document in intake.corpus(CORPUS)
        if document.slug == "un-cybercrime-convention"
    )


TYPED = [
    ("art. 28(4)", None, ["art_28__para_4"]),
    ("Art. 28 (4)", None, ["art_28__para_4"]),
    ("article 28, paragraph 4", None, ["art_28__para_4"]),
    ("Article 28.4", None, ["art_28__para_4"]),
    ("28(4)", None, ["art_28__para_4"]),
    ("28.4", None, ["art_28__para_4"]),
    ("28 (4)", None, ["art_28__para_4"]),
    ("28", None, ["art_28"]),
    ("art28", None, ["art_28"]),
    ("Art.28", None, ["art_28"]),
    ("28(1)(a)", None, ["art_28__para_1__point_a"]),
    ("art 28(1)(a)", None, ["art_28__para_1__point_a"]),
    ("Article 28.1.a", None, ["art_28__para_1__point_a"]),
    ("paragraph 1(a) of article 28", None, ["art_28__para_1__point_a"]),
    ("art_28__para_1__point_a", None, ["art_28__para_1__point_a"]),
    ("article 28, paragraphe 1, alinéa a)", None, ["art_28__para_1__point_a"]),
    ("artículo 28, párrafo 1, apartado a)", None, ["art_28__para_1__point_a"]),
    ("пункт 4 статьи 28", None, ["art_28__para_4"]),
    ("الفقرة 4 من المادة 28", None, ["art_28__para_4"]),
    ("第二十八条第四款", None, ["art_28__para_4"]),
    ("第28条", None, ["art_28"]),
    ("articles 25 to 27", None, ["art_25", "art_26", "art_27"]),
    ("arts. 25-26", None, ["art_25", "art_26"]),
    ("articles 7, 8 and 9", None, ["art_7", "art_8", "art_9"]),
    ("chapter IV", None, ["chp_IV"]),
    ("ch. iv", None, ["chp_IV"]),
    ("Chapter 4", None, ["chp_IV"]),
    ("§ 5", None, ["art_5"]),
    ("preamble", None, ["preamble"]),
    ("preamble, para. 2", None, ["preamble__txt_2"]),
    ("paragraph 4", "art_28__para_1", ["art_28__para_4"]),
    ("para 4", "art_28", ["art_28__para_4"]),
    ("this article", "art_28__para_1", ["art_28"]),
    ("the preceding paragraph", "art_28__para_2", ["art_28__para_1"]),
    ("the next article", "art_28__para_2", ["art_29"]),
    ("article 999", None, []),
    ("28(99)", None, []),
    ("", None, []),
    ("   ", None, []),
    ("search warrants", None, []),
    ("(((", None, []),
]


@pytest.mark.parametrize(("typed", "at", "wanted"), TYPED)
def test_typed(convention: Document, typed: str, at: str | None, wanted: list[str]) -> None:
    found = references.resolve(convention, typed, at=at)
    assert [clause.eid for clause in found] == wanted


def test_a_clause_that_is_not_there_cannot_be_stood_in(convention: Document) -> None:
    with pytest.raises(NotFoundError, match="art_999"):
        references.resolve(convention, "paragraph 1", at="art_999")


def test_each_clause_of_the_corpus_is_found_by_its_own_citation() -> None:
    for document in intake.corpus(CORPUS):
        for clause in document.clauses:
            assert references.resolve(document, clause.citation) == (clause,)


_NUMBER = st.sampled_from(
    ["Article 1", "Article 2", "Article IV", "Article 5 bis", "Art. 3", "Chapter I", "Section 1",
     "Title 2", "Part II", "Annex", "Annex I", "Preamble", "Статья 4", "المادة 5", "第六条",
     "Article 1", "GENERAL RULES"]
)  # fmt: skip
_BLOCK = st.sampled_from(
    ["1. One.", "2. Two:", "(a) A;", "(b) B;", "(i) I;", "(ii) II.", "Plain words.", "3) Three.",
     "1 bis One more.", "Done at sea.", "a) again;", "(1) One.", "9.1 Nine.", "— dash"]
)  # fmt: skip


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.one_of(_NUMBER, _BLOCK), min_size=2, max_size=25))
def test_each_clause_of_any_tree_is_found_by_its_own_citation(blocks: list[str]) -> None:
    document = intake.parse("\n\n".join(blocks), kind="treaty", language="en")
    for clause in document.clauses:
        assert references.resolve(document, clause.citation) == (clause,)


_PIECES = st.sampled_from(
    ["article ", "articles ", "paragraph ", "(a)", "(", ")", " and ", ", ", "1", "28", ".", "IV",
     " to ", " of ", "this ", "the preceding ", "Convention", "the ", "ECHR ", "-", "§", "bis ",
     "thereof ", "chapter ", "\n", "第", "三条", "前款", "статьи ", "المادة ", "و", "\u00a0", "’"]
)  # fmt: skip


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(_PIECES, max_size=40), st.sampled_from(["en", "fr", "es", "ru", "ar", "zh", "vi"]))
def test_any_words_are_read_and_every_span_fits(pieces: list[str], language: str) -> None:
    text = f"Article 1\n\n1. One {''.join(pieces)} ends.\n\n2. Two.\n\nArticle 2\n\nThree."
    document = intake.parse(text, kind="treaty", language=language)
    eids = {clause.eid for clause in document.clauses}
    found = references.find(document)
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert document.text[one.start : one.end] == one.quote != ""
        clause = document.clause(one.eid)
        assert clause.body <= one.start < one.end <= clause.own_end
        assert one.target_eid is None or one.target_eid in eids
    references.resolve(document, "".join(pieces))


@pytest.mark.parametrize(
    "piece",
    [
        "article 1, ",
        "articles 1 to 9999, ",
        "paragraph (a)",
        "article ",
        "this ",
        "the preceding ",
        "of the ",
        "paragraph 1 of ",
        "((((1",
        "第一条、",
        "article 1 of the United ",
        "1, ",
        " ",
    ],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    def took(times: int) -> float:
        text = "Article 1\n\nSee article 1, " + piece * times + ".\n\nArticle 2\n\nWords."
        document = intake.parse(text, kind="treaty", language="en")
        taken = []
        for _ in range(2):
            begun = time.process_time()
            references.find(document)
            taken.append(time.process_time() - begun)
        # The better one: after thousands of other tests a collection of garbage takes its share.
        return min(taken)

    took(10)
    # Eight times as long; sixty-four times, some 2.6 seconds, if it grew with the square.
    assert took(8000) < 12 * took(1000) + 0.8
