"""The words around what was found."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.search.cited import may_be
from annotator.search.excerpts import MOST, Piece, around, excerpt
from annotator.search.query import parse

WORDS = ["judge", "order", "search", "of", "a", "system", "电子", "证据", "المادة", "ข้อมูล", ""]
LONG = st.lists(st.sampled_from(WORDS), min_size=1, max_size=400).map(" ".join)


@given(LONG, st.sampled_from(["judge", "电子", '"order search"', "sys*", "المادة OR judge"]))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_an_excerpt_is_made_of_the_text_and_shows_what_was_found(text: str, typed: str) -> None:
    marks = parse(typed).marks(text)
    pieces = excerpt(text, marks)
    at = 0
    for piece in pieces:
        if "…" not in piece.text:
            at = text.index(piece.text, at) + len(piece.text)
    shown = [piece.text for piece in pieces if piece.marked]
    assert bool(shown) == bool(marks)
    assert all(parse(typed).marks(words) for words in shown)
    assert sum(len(piece.text) for piece in pieces) <= max(len(text), 3 * MOST)
    if len(text) <= MOST:
        assert "".join(piece.text for piece in pieces) == text
        assert len(shown) == len(marks)


def test_a_tag_stands_whole_among_its_words() -> None:
    text = "before " * 60 + "the very words" + " after" * 60
    start = text.index("the very")
    pieces = around(text, start, start + 14)
    assert Piece("the very words", True) in pieces
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"


def test_what_may_be_a_citation_is_looked_up_and_nothing_else() -> None:
    for typed in (
        "art. 28(4)",
        "Article 28.4.a",
        "第28条",
        "المادة 28",
        "ch. IV",
        "§ 5",
        "28(4)",
        "28",
    ):
        assert may_be(typed), typed
    for typed in ("", "2024", "content data", '"art. 28"', "art* 28", "x " * 40 + "1"):
        assert not may_be(typed), typed
