"""Work shared out: balanced, the same each time, and each clause with as many as were asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import intake, store
from annotator.errors import AnnotatorError, NotFoundError, StoreError
from annotator.model import Document
from annotator.review import giving, sharing
from annotator.review.sharing import Portion

TREATY = """\
# A treaty

## Chapter I. Powers

### Article 1. Search

1. A court may search systems.

2. An agency may order data.

### Article 2. Help

Each Party may compel anyone to help, at any hour of the day.

## Chapter II. Rest

### Article 3. Close

The end.
"""
PARTS = st.lists(st.integers(1, 400), min_size=1, max_size=30).map(
    lambda sizes: [
        Portion("text", f"art_{n}", str(n), "", "article", (f"art_{n}",), (f"art_{n}",), words)
        for n, words in enumerate(sizes)
    ]
)
PEOPLE = ("ana", "ben", "chi", "dee", "eva")


@pytest.fixture
def treaty() -> Document:
    return intake.parse(TREATY, kind="treaty", language="en", slug="treaty", title="A treaty")


@settings(max_examples=60, derandomize=True, deadline=None)
@given(parts=PARTS, people=st.integers(1, 5), data=st.data())
def test_every_part_has_as_many_readers_as_asked_and_nobody_much_more_than_another(
    parts: list[Portion], people: int, data: st.DataObject
) -> None:
    each = data.draw(st.integers(1, people))
    shares = sharing.evenly(parts, PEOPLE[:people], each)
    for part in parts:
        assert sum(part in share.portions for share in shares) == each
    loads = [share.words for share in shares]
    assert max(loads) - min(loads) <= 2 * max(part.words for part in parts)
    assert shares == sharing.evenly(parts, PEOPLE[:people], each)
    assert [share.reviewer for share in shares] == list(PEOPLE[:people])


@settings(max_examples=40, derandomize=True, deadline=None)
@given(parts=PARTS, data=st.data())
def test_who_has_a_part_keeps_it_and_only_the_missing_are_chosen(
    parts: list[Portion], data: st.DataObject
) -> None:
    held = {
        (part.document, part.eid): data.draw(st.sets(st.sampled_from(PEOPLE), max_size=3))
        for part in parts
    }
    shares = sharing.evenly(parts, PEOPLE, 2, held=held)
    for part in parts:
        before = held[part.document, part.eid]
        given = {share.reviewer for share in shares if part in share.portions}
        assert not given & before
        assert len(given | before) == max(2, len(before))


def test_everyone_reads_something_together_with_everyone() -> None:
    parts = [
        Portion("text", f"art_{n}", str(n), "", "article", (f"art_{n}",), (f"art_{n}",), 40 + n)
        for n in range(24)
    ]
    shares = sharing.evenly(parts, PEOPLE[:4], 2)
    held = {share.reviewer: set(share.portions) for share in shares}
    for one in held:
        assert all(held[one] & held[other] for other in held)


@pytest.mark.parametrize("each", [0, -1, 3])
def test_more_readers_than_there_are_is_refused(each: int) -> None:
    with pytest.raises(AnnotatorError, match=str(each)):
        sharing.evenly([], ["ana", "ben", "ana"], each)


def test_parts_hold_every_clause_once_and_cover_nothing_else(treaty: Document) -> None:
    parts = sharing.portions(treaty)
    assert [part.eid for part in parts] == ["art_1", "art_2", "art_3"]
    assert [eid for part in parts for eid in part.eids] == [c.eid for c in treaty.reviewable()]
    for part in parts:
        assert set(part.eids) == {e for one in part.given for e in sharing.covered(treaty, one)}
    news = intake.parse("One.\n\nTwo.\n", kind="news", language="en", slug="n", title="N")
    assert [part.given for part in sharing.portions(news)] == [(None,)]


def test_the_whole_text_can_be_taken_back_in_part(treaty: Document, tmp_path: Path) -> None:
    with store.open(tmp_path / "a.db") as opened:
        opened.add_document(treaty)
        ana, ben = (opened.add_reviewer(name).id for name in ("Ana", "Ben"))
        assert opened.assign("treaty", [(None, "Ana"), ("chp_I", "Ben")], by="Ben")
        assert opened.assign("treaty", [(None, "Ana")]) is None
        assert opened.queue_totals(ana)["assigned"] == 4
        assert opened.queue_totals(ben)["assigned"] == 3
        line = giving.take_clauses_back(opened, treaty, ["art_1__para_2"], [ana, ben])
        assert line
        left = sharing.holders(treaty, opened.assignments())
        assert {eid: len(who) for eid, who in left.items()} == {
            "art_1__para_1": 2, "art_1__para_2": 0, "art_2": 2, "art_3": 1,
        }  # fmt: skip
        assert opened.undo("Ben") is None, "a key on the review page takes no assignment away"
        assert giving.latest(opened) == line
        opened.put_back(line.seq)
        assert [one.eid for one in opened.assignments()] == [None, "chp_I"]
        first = giving.latest(opened)
        assert first
        opened.put_back(first.seq)
        assert not opened.anything_assigned()
        assert giving.latest(opened) is None
        assert opened.verify() == []


def test_what_is_not_there_cannot_be_assigned(treaty: Document, tmp_path: Path) -> None:
    with store.open(tmp_path / "a.db") as opened:
        opened.add_document(treaty)
        opened.add_reviewer("Ana")
        for eid, who in (("art_9", "Ana"), (None, "Zoe")):
            with pytest.raises(NotFoundError):
                opened.assign("treaty", [(eid, who)])
        assert opened.assignments() == []


def test_a_project_has_a_name_and_is_blind_or_not(tmp_path: Path) -> None:
    with store.open(tmp_path / "a.db") as opened:
        assert opened.settings() == {"name": "", "blind": "off"}
        opened.set_setting("name", "Second reading")
        on = opened.set_setting("blind", "on")
        assert on
        assert opened.set_setting("blind", "on") is None
        assert opened.settings() == {"name": "Second reading", "blind": "on"}
        for name, value in (("colour", "red"), ("blind", "perhaps"), ("name", "x" * 300)):
            with pytest.raises(StoreError):
                opened.set_setting(name, value)
        opened.put_back(on.seq)
        assert opened.settings()["blind"] == "off"
        assert opened.verify() == []
