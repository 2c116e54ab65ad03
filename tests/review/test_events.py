"""What the browser sends is stored once, in code points, or refused with one clear line."""

from __future__ import annotations

from typing import Any

import pytest

from annotator import review
from annotator.model import new_id

ART = "art_1__para_1"


def test_a_tag_on_words_behind_astral_letters_is_stored_in_code_points(desk: Any) -> None:
    desk.tag(ART, "any system", severity="high", note="two judges 👩‍⚖️")
    desk.tag("preamble", "cafe\u0301s".replace("e\u0301", "é"), polarity="safeguard")
    desk.tag(f"{ART}__point_b", "تطلب البيانات", concern="press_freedom")
    assert desk.marks() == [
        ("preamble", "cafés", "privacy safeguard"),
        (ART, "any system", "privacy risk"),
        (f"{ART}__point_b", "تطلب البيانات", "press_freedom risk"),
    ]


def test_a_tag_may_cross_clauses_and_belongs_to_the_first(desk: Any) -> None:
    span = desk.span(f"{ART}__point_a", "a warrant; or", until=("art_1__para_2", "Nothing"))
    event = {"type": "tag", "id": new_id(), "concern": "privacy", "polarity": "risk"}
    assert desk.send(event | span) == [""]
    ((eid, quote, _),) = desk.marks()
    assert eid == f"{ART}__point_a"
    assert quote.startswith("a warrant; or")
    assert quote.endswith("Nothing")


def test_an_event_sent_again_is_acknowledged_and_applied_once(desk: Any) -> None:
    event = {"type": "tag", "id": new_id(), "nonce": "n-1", "concern": "privacy"}
    event |= {"polarity": "risk"} | desk.span(ART, "search")
    removal = {"type": "remove", "nonce": "n-2", "annotation": event["id"]}
    assert desk.send(event, event, event) == ["", "", ""]
    assert len(desk.marks()) == 1
    assert desk.send(removal) == [""]
    assert desk.send(event, removal) == ["", ""]
    assert desk.marks() == []


def test_twenty_tags_at_once_are_twenty_rows(desk: Any) -> None:
    events = [
        {"type": "tag", "id": new_id(), "concern": "privacy", "polarity": "risk"}
        | desk.span(ART, "any system")
        for _ in range(20)
    ]
    assert desk.send(*events) == [""] * 20
    assert len(desk.marks()) == 20
    assert desk.store.verify() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        # The words on the page are not those of the text: nothing is guessed.
        ({"quote": "any sistem"}, "any sistem"),
        # An offset inside a surrogate pair is no border of a character.
        ({"start_eid": "preamble", "end_eid": "preamble", "start": 14, "end": 20}, "14"),
        ({"start": 5, "end": 5, "quote": ""}, "empty"),
        ({"end": 9999}, "9999"),
        ({"concern": "secrecy"}, "'secrecy' is not a concern"),
        ({"code": "none_such"}, "'none_such' is not a code of privacy"),
        ({"polarity": "neutral"}, "'neutral' is no polarity"),
        ({"severity": "grave"}, "'grave' is no severity"),
        ({"start_eid": "art_99"}, "art_99"),
        ({"type": "steal"}, "'steal'"),
        ({"start": None}, "try again"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    desk: Any, change: dict[str, Any], said: str
) -> None:
    event = {"type": "tag", "id": new_id(), "concern": "privacy", "polarity": "risk"}
    event |= desk.span(ART, "any system") | change
    before = len(desk.store.history())
    (answer,) = desk.send(event)
    assert said in answer
    assert "\n" not in answer
    assert desk.marks() == []
    assert len(desk.store.history()) == before


def test_a_refusal_leaves_the_other_events_alone(desk: Any) -> None:
    good = {"type": "tag", "id": new_id(), "concern": "privacy", "polarity": "risk"}
    good |= desk.span(ART, "search")
    answers = desk.send({**good, "id": new_id(), "quote": "other words"}, good)
    assert answers[0] != ""
    assert answers[1] == ""
    assert [quote for _, quote, _ in desk.marks()] == ["search"]


def test_an_event_without_a_nonce_cannot_be_answered_and_is_left(desk: Any) -> None:
    event = {"type": "judge", "nonce": "", "eid": ART, "state": "no_concern"}
    answers = review.apply(
        desk.store, desk.document, desk.reviewer.id, [event], codebook=desk.codebook
    )
    assert answers == {}
    assert desk.store.reviews(document=desk.document.id) == []


def test_a_tag_that_goes_on_in_another_article_keeps_the_end_that_is_not_shown(desk: Any) -> None:
    last = "art_2"
    crossing = desk.span(f"{ART}__point_b", "تطلب البيانات.", until=(last, "article"))
    event = {"type": "tag", "id": new_id(), "concern": "privacy", "polarity": "risk"} | crossing
    assert desk.send(event) == [""]
    ((_, whole, _),) = desk.marks()
    # On the page of article 2 only its words are shown; the end moves, the start stays.
    end = desk.span(last, "This article has")
    moved = {"type": "edit", "annotation": event["id"], "keeps": "start", "words": end["quote"]}
    assert desk.send(moved | end) == [""]
    ((_, longer, _),) = desk.marks()
    assert longer == whole.replace("This article", "This article has")
    # On the page of article 1 the start moves, and the end stays.
    clause = desk.document.clause(f"{ART}__point_b")
    words = desk.document.text[clause.body : clause.own_end]
    start = desk.span(f"{ART}__point_b", words[words.index("للسلطة") :])
    back = {"type": "edit", "annotation": event["id"], "keeps": "end", "words": start["quote"]}
    assert desk.send(back | start) == [""]
    ((eid, longest, _),) = desk.marks()
    assert eid == f"{ART}__point_b"
    assert longest.startswith("للسلطة")
    assert longest.endswith("This article has")
    # Other words on the page than in the text: nothing is guessed.
    (said,) = desk.send(back | start | {"words": "no such words"})
    assert "no such words" in said
    # A label alone leaves both ends where they are.
    relabel = {"type": "edit", "annotation": event["id"], "polarity": "safeguard"}
    assert desk.send(relabel) == [""]
    assert desk.marks() == [(eid, longest, "privacy safeguard")]
