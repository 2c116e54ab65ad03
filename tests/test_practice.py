"""The text that beginners practise on: it has something for every step of the tour."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import bootstrap
from annotator import store as stores


@pytest.mark.parametrize("language", bootstrap.PRACTICE_LANGUAGES)
def test_there_is_something_to_try_of_each_kind(tmp_path: Path, language: str) -> None:
    bootstrap.practise(tmp_path / "practice.db", language=language)
    with stores.open(tmp_path / "practice.db") as store:
        (info,) = store.documents()
        assert (info.slug, info.language) == (f"practice-{language}", language)
        text = store.document(info.id)
        proposed = store.suggestions(info.id)
        marked = {one.eid for one in proposed}
        # Suggestions in the first clause, of every concern and of both polarities somewhere, a
        # power with its safeguards, and clauses in which nothing is proposed.
        first, *_, last = text.reviewable()
        assert first.eid in marked
        assert last.eid not in marked
        assert {one.concern for one in proposed} >= {"privacy", "press_freedom"}
        assert {one.polarity for one in proposed} == {"risk", "safeguard"}
        assert first.eid in {one.eid for one in store.powers(info.id)}
        assert [one.name for one in store.reviewers()] == [bootstrap.FIRST_REVIEWER]
        assert store.verify() == []


def test_another_language_practises_in_english(tmp_path: Path) -> None:
    bootstrap.practise(tmp_path / "practice.db", language="th")
    with stores.open(tmp_path / "practice.db") as store:
        assert [info.slug for info in store.documents()] == ["practice-en"]


def test_the_practice_text_is_no_part_of_a_new_database(tmp_path: Path) -> None:
    bootstrap.initialise(tmp_path / "annotations.db")
    with stores.open(tmp_path / "annotations.db") as store:
        assert not [info.slug for info in store.documents() if info.slug.startswith("practice")]
