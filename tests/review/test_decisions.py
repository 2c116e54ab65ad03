"""Accept, change, reject, judge, note, undo: what is left behind after each."""

from __future__ import annotations

from typing import Any

import pytest

from annotator import review
from annotator.errors import AnnotatorError
from annotator.model import new_id

POINT = "art_1__para_1__point_a"


def decisions(desk: Any) -> list[tuple[str, bool]]:
    return [
        (decision.decision, decision.annotation is not None)
        for decision in desk.store.decisions(reviewer=desk.reviewer.id)
    ]


def accept(desk: Any, **fields: Any) -> dict[str, Any]:
    return {"type": "accept", "suggestion": desk.suggestion.id, "id": new_id(), **fields}


def reject(desk: Any) -> dict[str, Any]:
    return {"type": "reject", "suggestion": desk.suggestion.id}


def test_accepting_makes_a_tag_that_knows_where_it_comes_from(desk: Any) -> None:
    assert desk.send(accept(desk)) == [""]
    (mark,) = desk.store.annotations(reviewer=desk.reviewer.id)
    assert (mark.quote, mark.suggestion) == ("without a warrant", desk.suggestion.id)
    assert decisions(desk) == [("accepted", True)]


@pytest.mark.parametrize(
    ("fields", "decision"),
    [
        ({"severity": "high"}, "accepted"),  # a judgement on top, not another label
        ({"concern": "press_freedom"}, "changed"),
        ({"polarity": "safeguard"}, "changed"),
    ],
)
def test_accepting_otherwise_is_recorded_as_a_change(
    desk: Any, fields: dict[str, Any], decision: str
) -> None:
    assert desk.send(accept(desk, **fields)) == [""]
    assert decisions(desk) == [(decision, True)]


def test_accepting_other_words_is_a_change(desk: Any) -> None:
    assert desk.send(accept(desk, **desk.span(POINT, "a warrant"))) == [""]
    assert desk.marks() == [(POINT, "a warrant", "privacy risk")]
    assert decisions(desk) == [("changed", True)]


def test_rejecting_takes_the_accepted_tag_along_and_accepting_brings_one_back(desk: Any) -> None:
    assert desk.send(accept(desk), reject(desk)) == ["", ""]
    assert desk.marks() == []
    assert decisions(desk) == [("rejected", False)]
    assert desk.send(accept(desk), accept(desk)) == ["", ""]
    assert len(desk.marks()) == 1
    assert decisions(desk) == [("accepted", True)]


def test_removing_an_accepted_tag_opens_the_suggestion_again(desk: Any) -> None:
    event = accept(desk)
    assert desk.send(event, {"type": "remove", "annotation": event["id"]}) == ["", ""]
    assert decisions(desk) == []
    assert desk.marks() == []


def test_undo_takes_back_one_decision_whole_and_redo_brings_it_again(desk: Any) -> None:
    desk.send(accept(desk))
    accepted = desk.marks()
    assert desk.send({"type": "undo"}) == [""]
    assert (desk.marks(), decisions(desk)) == ([], [])
    assert desk.send({"type": "redo"}) == [""]
    assert desk.marks() == accepted
    assert desk.send({"type": "redo"})[0].startswith("there is nothing to redo")


def test_undo_of_nothing_says_so(desk: Any) -> None:
    assert desk.send({"type": "undo"}) == ["there is nothing to undo in this text"]


def test_no_concern_is_refused_over_a_risk_and_kept_over_a_safeguard(desk: Any) -> None:
    mark = desk.tag(POINT, "a warrant")
    judge = {"type": "judge", "eid": POINT, "state": "no_concern"}
    (answer,) = desk.send(judge)
    assert "carries a risk you tagged ('a warrant')" in answer
    assert desk.store.reviews(reviewer=desk.reviewer.id) == []
    desk.send({"type": "edit", "annotation": mark, "polarity": "safeguard"})
    assert desk.send(judge) == [""]
    (review,) = desk.store.reviews(reviewer=desk.reviewer.id)
    assert (review.state, review.done) == ("no_concern", True)


def test_a_note_does_not_make_a_clause_read_and_survives_the_verdict(desk: Any) -> None:
    assert desk.send({"type": "note", "eid": POINT, "text": "ask Bo"}) == [""]
    (review,) = desk.store.reviews(reviewer=desk.reviewer.id)
    assert (review.state, review.note, review.done) == ("open", "ask Bo", False)
    desk.send({"type": "judge", "eid": POINT, "state": "concern"})
    (review,) = desk.store.reviews(reviewer=desk.reviewer.id)
    assert (review.state, review.note) == ("concern", "ask Bo")


def test_nobody_changes_the_tag_of_another(desk: Any) -> None:
    mark = desk.tag(POINT, "a warrant")
    other = desk.store.add_reviewer("Bo")
    mine, desk.reviewer = desk.reviewer, other
    answers = desk.send(
        {"type": "remove", "annotation": mark},
        {"type": "edit", "annotation": mark, "polarity": "safeguard"},
        {"type": "undo"},
    )
    assert all(answers)
    desk.reviewer = mine
    assert desk.marks() == [(POINT, "a warrant", "privacy risk")]


@pytest.mark.parametrize("field", ["eid", "created", "word"])
def test_what_is_not_a_label_or_a_span_cannot_be_changed(desk: Any, field: str) -> None:
    mark = desk.tag(POINT, "a warrant")
    asked = {"codebook": desk.codebook, field: "someone else"}
    for change in (
        lambda: review.edit(desk.store, desk.document, desk.reviewer.id, mark, **asked),
        lambda: review.accept(
            desk.store, desk.document, desk.reviewer.id, desk.suggestion.id, **asked
        ),
    ):
        with pytest.raises(AnnotatorError, match=f"{field!r} of a tag cannot be changed"):
            change()
    assert desk.marks() == [(POINT, "a warrant", "privacy risk")]
