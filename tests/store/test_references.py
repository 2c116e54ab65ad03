"""References are stored with a text, both ways, and found again by a later finder."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import intake, store
from annotator.intake import references
from annotator.model import Document
from annotator.store import Store

TEXT = """Article 1. Oil

1. Oil is kept under article 2 and paragraph 2.

2. This article and articles 2 to 3 hold; article 19 of the Lamp Covenant and article 44 do not.

Article 2. Wicks

Wicks are cut as in article 1(1).

Article 3. Glass

Glass is clear.
"""


@pytest.fixture
def lamps() -> Document:
    return intake.parse(TEXT, kind="treaty", language="en", title="Lamp Convention", slug="lamps")


@pytest.fixture
def opened(tmp_path: Path, lamps: Document) -> Store:
    made = store.open(tmp_path / "annotations.db")
    made.add_document(lamps)
    return made


def _pairs(opened: Store, eid: str) -> list[tuple[str, str | None]]:
    return [(one.quote, one.target_eid) for one in opened.cross_references("lamps", eids=[eid])]


def test_a_text_brings_its_references(opened: Store, lamps: Document) -> None:
    with opened:
        assert opened.cross_references("lamps") == list(references.find(lamps))
        assert _pairs(opened, "art_1__para_1") == [
            ("article 2", "art_2"),
            ("paragraph 2", "art_1__para_2"),
        ]
        assert _pairs(opened, "art_1__para_2") == [
            ("This article", "art_1"),
            ("articles 2 to 3", "art_2"),
            ("articles 2 to 3", "art_3"),
            ("article 19 of the Lamp Covenant", None),
            ("article 44", None),
        ]
        assert opened.verify() == []
        (line,) = opened.history()
        assert [change["table"] for change in line.changes] == ["documents", "reference_runs"]


def test_they_are_followed_backwards(opened: Store) -> None:
    with opened:
        citing = [(one.eid, one.quote) for one in opened.references_to("lamps", eids=["art_2"])]
        assert citing == [("art_1__para_1", "article 2"), ("art_1__para_2", "articles 2 to 3")]
        assert opened.references_to("lamps", eids=["art_1__para_1"])[0].eid == "art_2"
        assert len(opened.references_to("lamps")) == 6
        assert opened.references_to("lamps", eids=["nowhere"]) == []


def test_another_or_missing_clause_is_told_apart(opened: Store, lamps: Document) -> None:
    with opened:
        *_, other, missing = opened.cross_references("lamps", eids=["art_1__para_2"])
        assert (other.target_document, other.target_eid) == (None, None)
        assert (missing.target_document, missing.target_eid) == (lamps.id, None)


def test_a_later_finder_searches_again(opened: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened:
        assert opened.refresh_references() == 0
        before = opened.history()
        monkeypatch.setattr(references, "FINDER", "later")
        monkeypatch.setattr(references, "find", lambda _: ())
        assert opened.refresh_references() == 1
        assert opened.cross_references("lamps") == []
        assert opened.verify() == []
        assert [line.action for line in opened.history()[len(before) :]] == ["set_references"]
        assert opened.refresh_references() == 0
        assert opened.set_references("lamps") is False
        assert len(opened.history()) == len(before) + 1


def test_no_one_can_undo_them(opened: Store) -> None:
    with opened:
        ana = opened.add_reviewer("Ana")
        assert opened.undo(ana.id) is None


def test_a_reference_altered_behind_the_history_is_found(opened: Store) -> None:
    opened.close()
    with closing(sqlite3.connect(opened.path)) as raw, raw:
        raw.execute("update cross_references set target_eid = 'art_3' where quote = 'article 2'")
    with store.open(opened.path) as again:
        assert any("references" in problem for problem in again.verify())


def test_a_news_item_brings_none(opened: Store) -> None:
    item = intake.parse("A lamp\n\nArticle 2 of it says so.", kind="news", language="en")
    with opened:
        opened.add_document(item)
        assert opened.cross_references(item.id) == []
        assert opened.verify() == []


def test_they_read_well_in_a_table(opened: Store) -> None:
    opened.close()
    with closing(sqlite3.connect(opened.path)) as raw:
        rows = raw.execute(
            "select citation, quote, cited from clauses_cited where cited like 'art. 1%'"
        ).fetchall()
    assert ("art. 2", "article 1(1)", "art. 1(1)") in rows


def test_a_news_item_is_led_to_the_treaty_it_cites(opened: Store, lamps: Document) -> None:
    words = "A lamp\n\nArticle 1(2) of the Lamp Convention is doubtful."
    item = intake.parse(words, kind="news", language="en", slug="item")
    with opened:
        opened.add_document(item)
        (found,) = opened.cross_references("item")
        assert (found.target_document, found.target_eid) == (lamps.id, "art_1__para_2")
        assert found in opened.references_to("lamps", eids=["art_1__para_2"])
        assert opened.verify() == []


def test_a_treaty_that_comes_after_the_news_is_found_later(tmp_path: Path, lamps: Document) -> None:
    words = "A lamp\n\nArticle 1(2) of the Lamp Convention is doubtful."
    with store.open(tmp_path / "other.db") as opened:
        opened.add_document(intake.parse(words, kind="news", language="en", slug="item"))
        opened.add_document(lamps)
        assert opened.cross_references("item") == []
        assert opened.refresh_references() == 1
        assert opened.cross_references("item")[0].target_document == lamps.id
        assert opened.refresh_references() == 0
        assert opened.verify() == []
