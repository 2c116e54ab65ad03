"""How a safeguard stands, in a reviewer's word: stored once, whole or not at all, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import review
from annotator.errors import AnnotatorError, CodebookError, NotFoundError
from annotator.model import SAFEGUARD_STATES

ART = "art_1__para_1"


def held(desk: Any) -> dict[tuple[str, str], str]:
    return {
        (one.eid, one.safeguard): one.state
        for one in desk.store.assessments(document=desk.document.id, reviewer=desk.reviewer.id)
    }


def assess(eid: str = ART, **states: str) -> dict[str, Any]:
    return {"type": "assess", "eid": eid, "states": states}


def test_several_at_once_are_one_line_of_history_and_one_undo(desk: Any) -> None:
    before = len(desk.store.history())
    assert desk.send(assess(prior_authorisation="absent", oversight="weak")) == [""]
    (line,) = desk.store.history()[before:]
    assert (line.action, line.reviewer) == ("assess", desk.reviewer.id)
    assert held(desk) == {(ART, "prior_authorisation"): "absent", (ART, "oversight"): "weak"}
    assert desk.send({"type": "undo"}) == [""]
    assert held(desk) == {}
    assert desk.send({"type": "redo"}) == [""]
    assert len(held(desk)) == 2
    assert desk.store.verify() == []


def test_it_is_stored_under_the_codebooks_version_and_keeps_its_note(desk: Any) -> None:
    desk.send(assess(oversight="weak") | {"note": "Only “as appropriate” 😀"})
    desk.send(assess(oversight="absent"))
    (found,) = desk.store.assessments()
    assert (found.state, found.note) == ("absent", "Only “as appropriate” 😀")
    assert found.codebook == desk.codebook.stamp
    desk.send(assess(oversight="absent") | {"note": ""})
    assert desk.store.assessments()[0].note == ""


def test_sent_again_it_is_acknowledged_and_applied_once(desk: Any) -> None:
    event = assess(oversight="weak") | {"nonce": "n-1"}
    taken = {"type": "unassess", "eid": ART, "safeguards": ["oversight"], "nonce": "n-2"}
    assert desk.send(event, event) == ["", ""]
    assert desk.send(taken, event, taken) == ["", "", ""]
    assert held(desk) == {}


def test_the_same_word_again_leaves_no_line(desk: Any) -> None:
    desk.send(assess(oversight="weak"))
    before = desk.store.history()
    assert desk.send(assess(oversight="weak")) == [""]
    assert desk.store.history() == before


def test_taking_back_can_be_undone(desk: Any) -> None:
    desk.send(assess(oversight="weak", remedy="absent"))
    assert desk.send({"type": "unassess", "eid": ART, "safeguards": ["remedy"]}) == [""]
    assert held(desk) == {(ART, "oversight"): "weak"}
    assert desk.send({"type": "undo"}) == [""]
    assert len(held(desk)) == 2


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (assess(oversight="weak", warrant="absent"), "'warrant' is not a safeguard"),
        (assess(remedy="weak", oversight="missing"), "'missing' is no state of a safeguard"),
        (assess("art_99", oversight="weak"), "'art_99'"),
        (assess(), "choose at least one"),
        ({"type": "assess", "eid": ART}, "try again"),
        ({"type": "assess", "eid": ART, "states": "weak"}, "try again"),
        ({"type": "assess", "eid": ART, "states": None}, "try again"),
        ({"type": "unassess", "eid": ART, "safeguards": ["remedy"]}, "not assessed 'remedy'"),
        ({"type": "unassess", "eid": ART, "safeguards": None}, "try again"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line_and_nothing_half_stored(
    desk: Any, event: dict[str, Any], said: str
) -> None:
    before = desk.store.history()
    (answer,) = desk.send(event)
    assert said in answer
    assert "\n" not in answer
    assert held(desk) == {}
    assert desk.store.history() == before


def test_a_program_gets_the_errors_themselves(desk: Any) -> None:
    given = (desk.store, desk.document, desk.reviewer.id)
    with pytest.raises(CodebookError):
        review.assess(*given, ART, {"warrant": "weak"}, codebook=desk.codebook)
    with pytest.raises(NotFoundError):
        review.unassess(*given, ART, ["oversight"])
    with pytest.raises(AnnotatorError):
        review.assess(*given, ART, {"oversight": ""}, codebook=desk.codebook)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(("oversight", "remedy", "warrant")),
            st.sampled_from((*SAFEGUARD_STATES, "missing", "taken back", "undo", "redo")),
        ),
        max_size=10,
    )
)
def test_whatever_is_said_in_whatever_order_the_history_tells_the_table(
    desk: Any, steps: list[tuple[str, str]]
) -> None:
    for safeguard, state in steps:
        if state in ("undo", "redo"):
            desk.send({"type": state})
        elif state == "taken back":
            desk.send({"type": "unassess", "eid": ART, "safeguards": [safeguard]})
        else:
            (answer,) = desk.send(assess(**{safeguard: state}))
            known = safeguard != "warrant" and state != "missing"
            assert (answer == "") is known
            if known:
                assert held(desk)[ART, safeguard] == state
    assert desk.store.verify() == []
