"""Claims are linked to clauses once each, changed, taken away, undone, and never half stored."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import intake, review
from annotator.errors import AnnotatorError, NotFoundError, SpanError
from annotator.model import Document, Link, new_id
from annotator.offsets import Utf16Map

if TYPE_CHECKING:
    from tests.review.conftest import Desk

NEWS = """\
Critics read the treaty 👩‍⚖️

Lawyers say that 😀 article 1 lets the police search any system without asking a judge.

The ministry called the claim “wholly untrue”. يقول المحامون إن المادة واسعة.
"""


@pytest.fixture
def news(desk: Desk) -> Document:
    document = intake.parse(NEWS, kind="news", language="en", slug="critics")
    desk.store.add_document(document)
    return document


@pytest.fixture
def treaty(desk: Desk) -> Document:
    return desk.document


def claim(document: Document, words: str) -> dict[str, Any]:
    start = document.text.index(words)
    return {"start": start, "end": start + len(words), "quote": words}


def linked(desk: Desk, news: Document, words: str = "article 1", **fields: Any) -> Link:
    target = {"target_document": desk.document.slug, "target_eid": "art_1"}
    return review.link(
        desk.store, news, desk.reviewer.id, **claim(news, words), **(target | fields)
    )


def test_the_clause_knows_who_says_what_of_it(desk: Desk, news: Document) -> None:
    made = linked(desk, news, "search any system", note=" Only with a warrant. ")
    assert (made.eid, made.note) == ("para_1", "Only with a warrant.")
    assert desk.store.links(document=news.id) == [made]
    assert desk.store.links_to(desk.document.id) == [made]
    assert desk.store.links_to(desk.document.id, eids=["art_1"]) == [made]
    assert desk.store.links_to(desk.document.id, eids=["art_2"]) == []
    assert desk.store.links(reviewer=desk.reviewer.id, eids=["para_2"]) == []
    (line,) = [line for line in desk.store.history() if line.action == "link"]
    assert line.document == news.id
    assert desk.store.verify() == []
    # Whoever opens the file elsewhere reads it in one view.
    with closing(sqlite3.connect(desk.store.path)) as connection:
        told = "select document, citation, claim, target, note, reviewer from linked_claims"
        assert connection.execute(told).fetchall() == [
            ("critics", "para. 1", made.quote, "art. 1", "Only with a warrant.", "Ana")
        ]


def test_a_link_is_changed_led_elsewhere_and_taken_away(desk: Desk, news: Document) -> None:
    made = linked(desk, news)
    me = desk.reviewer.id
    noted = review.relink(desk.store, news, me, made.id, note="Vague.")
    assert noted == dataclasses.replace(made, note="Vague.", updated=noted.updated)
    moved = review.relink(desk.store, news, me, made.id, target_eid="art_1__para_1__point_a")
    assert (moved.target_eid, moved.note) == ("art_1__para_1__point_a", "Vague.")
    review.unlink(desk.store, news, me, made.id)
    assert desk.store.links() == []
    for expected in ([moved], [noted], [made], []):
        desk.store.undo(me, document=news.id)
        kept = [dataclasses.replace(one, updated="") for one in desk.store.links()]
        assert kept == [dataclasses.replace(one, updated="") for one in expected]
    for _ in range(4):
        assert desk.store.redo(me, document=news.id)
    assert desk.store.links() == []
    assert desk.store.verify() == []


@pytest.mark.parametrize(
    ("fields", "error", "said"),
    [
        ({"target_eid": "art_9"}, NotFoundError, "'art_9'"),
        ({"target_document": "nowhere"}, NotFoundError, "'nowhere'"),
        ({"quote": "article 2"}, SpanError, "article 1"),
        ({"end": 0}, SpanError, "not a span"),
    ],
)
def test_what_does_not_fit_is_refused_whole(
    desk: Desk, news: Document, fields: dict[str, Any], error: type[Exception], said: str
) -> None:
    asked = {**claim(news, "article 1"), "target_document": desk.document.id, "target_eid": "art_1"}
    with pytest.raises(error, match=said):
        review.link(desk.store, news, desk.reviewer.id, **(asked | fields))
    assert desk.store.links() == []
    assert [line for line in desk.store.history() if line.action == "link"] == []


def test_the_same_words_are_linked_to_the_same_clause_once(desk: Desk, news: Document) -> None:
    linked(desk, news)
    with pytest.raises(AnnotatorError, match=r"linked to art\. 1 already"):
        linked(desk, news)
    other = linked(desk, news, target_eid="art_2")
    with pytest.raises(AnnotatorError, match="already"):
        review.relink(desk.store, news, desk.reviewer.id, other.id, target_eid="art_1")
    # Another reader may say the same.
    bo = desk.store.add_reviewer("Bo")
    target = {"target_document": desk.document.id, "target_eid": "art_1"}
    review.link(desk.store, news, bo.id, **claim(news, "article 1"), **target)
    assert len(desk.store.links_to(desk.document.id, eids=["art_1"])) == 2


def test_words_are_not_linked_to_the_clause_they_stand_in(desk: Desk, treaty: Document) -> None:
    words = claim(treaty, "without a warrant")
    target = {"target_document": treaty.id, "target_eid": "art_1"}
    with pytest.raises(AnnotatorError, match=r"stand in art\. 1 itself"):
        review.link(desk.store, treaty, desk.reviewer.id, **words, **target)
    # Another clause of the same text is as good as one of another text.
    made = review.link(
        desk.store, treaty, desk.reviewer.id, **words, **(target | {"target_eid": "art_2"})
    )
    assert desk.store.links_to(treaty.id) == [made]


def test_nobody_changes_the_link_of_another(desk: Desk, news: Document) -> None:
    made = linked(desk, news)
    bo = desk.store.add_reviewer("Bo")
    for change in (
        lambda: review.relink(desk.store, news, bo.id, made.id, note="Mine."),
        lambda: review.unlink(desk.store, news, bo.id, made.id),
    ):
        with pytest.raises(NotFoundError, match="not yours"):
            change()
    assert desk.store.links() == [made]


def test_the_browser_links_words_once_however_often_it_says_so(desk: Desk, news: Document) -> None:
    own = news.text[news.clause("para_1").body : news.clause("para_1").own_end]
    units = Utf16Map(own)
    words = "article 1 lets the police"
    start = units.to_utf16(own.index(words))
    event = {
        "type": "link",
        "nonce": new_id(),
        "id": new_id(),
        "start_eid": "para_1",
        "start": start,
        "end_eid": "para_1",
        "end": units.to_utf16(own.index(words) + len(words)),
        "quote": words,
        "target_document": desk.document.id,
        "target_eid": "art_1",
        "note": "Says who?",
    }

    def send(*events: dict[str, Any]) -> list[str]:
        told = review.apply(desk.store, news, desk.reviewer.id, events, codebook=desk.codebook)
        return [told[one["nonce"]] for one in events]

    assert send(event) == [""]
    assert send(event) == [""]
    (made,) = desk.store.links()
    assert (made.id, made.quote, made.note) == (event["id"], words, "Says who?")
    assert news.text[made.start : made.end] == words
    note = {"type": "relink", "nonce": new_id(), "link": made.id, "note": "Nobody says."}
    gone = {"type": "unlink", "nonce": new_id(), "link": made.id}
    again = {"type": "unlink", "nonce": new_id(), "link": made.id}
    assert send(note) == [""]
    assert desk.store.links()[0].note == "Nobody says."
    answers = send(gone, again, {"type": "undo", "nonce": new_id()})
    assert answers[0] == answers[2] == ""
    assert "no longer stored" in answers[1]
    assert [one.id for one in desk.store.links()] == [made.id]


def test_a_link_to_an_earlier_version_is_found_from_the_newer(desk: Desk, news: Document) -> None:
    made = linked(desk, news)
    old = desk.document
    newer = intake.parse(
        old.text.replace("may search", "shall search"),
        kind="treaty",
        language="en",
        slug=old.slug,
        title=old.title,
    )
    desk.store.add_document(newer)
    assert desk.store.links_to(newer.id) == []
    assert desk.store.links_to_others(newer.id) == [made]
    assert desk.store.links_to_others(old.id) == []


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_linked_is_what_stands_there_and_verifies(
    desk: Desk, news: Document, data: st.DataObject
) -> None:
    clause = data.draw(st.sampled_from(list(news.reviewable())))
    start = data.draw(st.integers(clause.body, clause.own_end - 1))
    end = data.draw(st.integers(start + 1, clause.own_end))
    target = data.draw(st.sampled_from(desk.document.clauses))
    before = desk.store.links()
    made = review.link(
        desk.store,
        news,
        desk.reviewer.id,
        start=start,
        end=end,
        quote=news.text[start:end],
        target_document=desk.document.id,
        target_eid=target.eid,
        note=data.draw(st.sampled_from(["", "a note"])),
    )
    assert news.text[made.start : made.end] == made.quote
    assert made in desk.store.links_to(desk.document.id, eids=[target.eid])
    assert desk.store.verify() == []
    desk.store.undo(desk.reviewer.id, document=news.id)
    assert desk.store.links() == before


def test_a_proposal_that_was_rejected_stays_so_until_it_is_taken_back(
    desk: Desk, news: Document
) -> None:
    told = {**claim(news, "article 1"), "target_document": desk.document.id, "target_eid": "art_1"}
    made = review.reject_link(desk.store, news, desk.reviewer.id, **told)
    assert review.reject_link(desk.store, news, desk.reviewer.id, **told) == made
    assert desk.store.link_rejections(document=news.id) == [made]
    assert desk.store.undo(desk.reviewer.id, document=news.id)
    assert desk.store.link_rejections() == []
    assert desk.store.redo(desk.reviewer.id, document=news.id)
    review.restore_link(desk.store, news, desk.reviewer.id, made.id)
    assert desk.store.link_rejections() == []
    with pytest.raises(NotFoundError, match="proposed already"):
        review.restore_link(desk.store, news, desk.reviewer.id, made.id)
    assert desk.store.verify() == []
