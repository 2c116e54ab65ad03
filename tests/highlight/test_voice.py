"""What a news item reports as somebody's claim is told from what it states itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import srsly
from hypothesis import given
from hypothesis import strategies as st

from annotator.highlight.voice import LANGUAGES, voice

CASES = srsly.read_yaml(Path(__file__).with_name("voices.yaml"))


@pytest.mark.parametrize(("language", "wanted", "marked"), CASES)
def test_a_claim_is_told_from_a_statement(language: str, wanted: str, marked: str) -> None:
    before, rest = marked.split("[")
    words, after = rest.split("]")
    text = before + words + after
    found = voice(text, len(before), len(before) + len(words), language=language)
    assert found == wanted


@given(
    st.lists(
        st.sampled_from(
            ["said", " ", ", ", ". ", "“", "”", '"', "who", "the law", "A", "selon", "b", "\n", ";"]
        ),
        min_size=1,
        max_size=12,
    ).map("".join),
    st.sampled_from(LANGUAGES),
    st.data(),
)
def test_any_words_of_any_text_have_one(text: str, language: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert voice(text, start, end, language=language) in ("claim", "fact")
