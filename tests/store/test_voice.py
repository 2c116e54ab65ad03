"""Whose word a suggestion is goes with it: into the store, out as a dataset and in again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import intake, store
from annotator.errors import StoreError
from annotator.highlight import Highlighter
from annotator.store import texts

NEWS = """Raid at the Harbour Post

Officers searched the newsroom on Monday and took three phones.

They searched the newsroom without a warrant and seized her phone, the editor said.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.db"


def test_a_reported_claim_is_kept_apart_from_what_the_text_states(
    highlighter: Callable[[str], Highlighter], path: Path
) -> None:
    item = intake.parse(NEWS, kind="news", language="en", slug="raid")
    found = highlighter("en").highlight(item)
    assert {one.voice for one in found if one.eid == "para_1"} == {"fact"}
    assert {one.voice for one in found if one.eid == "para_2"} == {"claim"}
    with store.open(path) as opened:
        opened.add_document(item)
        opened.set_suggestions(item.id, "rules", found)
        assert [one.voice for one in opened.suggestions(item.id)] == [one.voice for one in found]
        assert not opened.verify()
        with pytest.raises(StoreError, match="has voice 'rumour': it takes '' or 'claim' or"):
            opened.set_suggestions(item.id, "other", [replace(found[0], voice="rumour")])


def test_a_treaty_has_no_voices(highlighter: Callable[[str], Highlighter]) -> None:
    treaty = intake.parse(
        "Article 1\n\nThe authority may search a computer, the Party said.",
        kind="treaty",
        language="en",
    )
    assert {one.voice for one in highlighter("en").highlight(treaty)} <= {""}


def test_suggestions_without_a_voice_have_the_digest_they_always_had() -> None:
    row = {"id": "a", "voice": "", "start": 1}
    assert texts._suggestions_digest([row]) == texts.digest([{"id": "a", "start": 1}])
    assert texts._suggestions_digest([{**row, "voice": "fact"}]) != texts._suggestions_digest([row])
