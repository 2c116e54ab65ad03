"""What is worked out in a quick way is what the plain way gives."""

from __future__ import annotations

import uuid
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import intake, store
from annotator.intake.blocks import _ODD, normalise
from annotator.intake.languages import language
from annotator.intake.languages.commonwords import LANGUAGES_OF
from annotator.intake.references.mentions import _CITING, may_cite
from annotator.intake.structure import marks
from annotator.model import Clause, Document, canonical, stable_id
from annotator.store import Store, texts

WORDS = [*list(LANGUAGES_OF)[::7], "zebra", "qx", "Article", "5", "(a)", "The", "Of"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=80).map(" ".join)


def plainly(text: str) -> Counter[str]:
    """How many words are common ones of each language, counted one by one."""
    found: Counter[str] = Counter()
    for word in language._words(text):
        found.update(LANGUAGES_OF.get(word, ()))
    return found


@settings(derandomize=True, max_examples=200, deadline=None)
@given(SENTENCES)
def test_languages_summed_at_once_are_those_counted_one_by_one(text: str) -> None:
    _, hits = language._common(text)
    summed = dict(zip(language._LATIN, hits, strict=True))
    assert {code: count for code, count in summed.items() if count} == plainly(text)
    code = language.by_words(text, "latin")
    if code:
        both = {
            other: sum(
                other in of and code not in of
                for of in (LANGUAGES_OF.get(word, ()) for word in language._words(text))
            )
            for other in language.LATIN
        }
        assert language._mixed(text, "latin", code) == (max(both.values()) * 5 > summed[code])


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_what_ascii_has_to_be_normalised_is_seen_at_once(text: str) -> None:
    if "\x00" not in text and not _ODD.search(text):
        assert normalise(text) is text
    elif "\x00" not in text:
        assert not _ODD.search(normalise(text))


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_a_name_is_the_one_that_the_standard_library_makes(parts: list[str]) -> None:
    space = uuid.UUID("5f0c7f0a-7c53-5a0e-9d0e-6f2b9c1f6a11")
    try:
        expected = str(uuid.uuid5(space, "\x1f".join(parts)))
    except UnicodeEncodeError:
        with pytest.raises(UnicodeEncodeError):
            stable_id(*parts)
    else:
        assert stable_id(*parts) == expected


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*_CITING, "part", "ART", "Sec", "tion", " ", "é"]), max_size=6))
def test_a_text_that_may_cite_has_one_of_the_words(parts: list[str]) -> None:
    text = "".join(parts)
    assert may_cite(text) == any(word in text.lower() for word in _CITING)


@pytest.mark.parametrize(
    "line", ["Article 5", "Chapter I. Powers", "[Article 5]", "Reporters said"]
)
def test_a_heading_looked_at_twice_is_the_same(line: str) -> None:
    for explicit in (False, True):
        looked = marks.heading(line, explicit=explicit)
        assert marks.heading(line, explicit=explicit) == looked
        assert marks._heading(line, explicit=explicit) == looked


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.integers(0, 9))
def test_the_digest_of_clauses_is_that_of_their_rows(words: str, at: int) -> None:
    clause = Clause("para_1", words, "paragraph", words, words, at, at, at, at, None, words or None)
    row = {name: getattr(clause, name) for name in texts.CLAUSE_COLUMNS}
    if "\0" not in words:
        assert texts._clauses_digest([clause]) == texts.digest([row])
    assert canonical(row)


def news(number: int) -> Document:
    words = f"The court of case {number} read section 3 of the draft.\n\nNobody said why."
    return intake.parse(words, kind="news", language="en", slug=f"item-{number}")


def steps_to_add(opened: Store, document: Document) -> int:
    """How many steps (each of 50 instructions of SQLite) it takes to store a text."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    opened._connection.set_progress_handler(step, 50)
    opened.add_document(document)
    opened._connection.set_progress_handler(None, 0)
    return taken


def test_news_that_may_cite_is_stored_as_quickly_beside_much_news(tmp_path: Path) -> None:
    with store.open(tmp_path / "annotations.db") as opened:
        for number in range(20):
            opened.add_document(news(number))
        few = steps_to_add(opened, news(1000))
        with opened.write("add_documents") as write:
            for number in range(20, 300):
                opened.add_document(news(number), write=write)
        assert steps_to_add(opened, news(1001)) <= few * 1.5
        assert opened.verify() == []


def test_a_clause_of_which_nothing_is_known_has_no_row_of_its_own(tmp_path: Path) -> None:
    with store.open(tmp_path / "annotations.db") as opened:
        opened.add_document(news(1))
        ana = opened.add_reviewer("Ana").id
        rows = "select count(*) from clause_work"
        assert opened._connection.execute(rows).fetchone()[0] == 0
        assert opened.queue_totals(ana)["unreviewed"] == 2
        assert opened.queue(ana, "unreviewed", news(1).id) == ["para_1", "para_2"]
