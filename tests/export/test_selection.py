"""What a selection takes and what it leaves out."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from annotator import export
from annotator.errors import ExportError
from annotator.export import Selection
from annotator.model import Document, Reviewer
from annotator.store import Store
from tests.export import named
from tests.export.conftest import tagged


def lines(store: Store, **chosen: Any) -> list[dict[str, Any]]:
    content = named.render(store, "jsonl", **chosen).decode("utf-8")
    return [json.loads(line) for line in content.split("\n") if line]


def counts(store: Store, **chosen: Any) -> Counter[str]:
    return Counter(line["type"] for line in lines(store, **chosen))


@pytest.mark.parametrize(
    ("chosen", "quotes"),
    [
        ({"concerns": ["press_freedom"]}, {"=Critics="}),
        ({"polarities": ["risk"]}, {"order any person", "𝒟ata, البيانات and café"}),
        ({"until": "2026-01-02"}, set()),
        ({"since": "2026-01-03", "until": "2026-01-03", "reviewers": ["Ann"]},
         {"order any person"}),
        ({"concerns": ["privacy"], "polarities": ["safeguard"]}, set()),
    ],
)  # fmt: skip
def test_label_and_day_narrow_what_was_tagged(
    worked: Store, chosen: dict[str, Any], quotes: set[str]
) -> None:
    found = lines(worked, **chosen)
    assert {one["quote"] for one in found if one["type"] == "annotation"} == quotes
    texts = {one["slug"] for one in found if one["type"] == "document"}
    assert {one["document"] for one in found if "document" in one} <= texts


def test_a_code_brings_its_sub_codes_and_no_other(worked: Store, treaty: Document) -> None:
    book = export.collect(worked).codebook
    concern, parent, child = next(
        (concern.id, code.parent, code.id)
        for concern in book.concerns
        for code in concern.codes
        if code.parent
    )
    ann = worked.reviewer("Ann")
    with worked.write("tag") as write:
        for quote, code in (("search a system", child), ("a judge reviews", parent)):
            eid = "art_1__para_2__point_a" if code == child else "art_2"
            write.insert(tagged(treaty, quote, ann, eid=eid, concern=concern, code=code))
    for named_as in (parent, f"{concern}/{parent}"):
        found = [one for one in lines(worked, codes=[named_as]) if one["type"] == "annotation"]
        assert {one["code"] for one in found} == {parent, child}
    found = [one for one in lines(worked, codes=[child]) if one["type"] == "annotation"]
    assert {one["code"] for one in found} == {child}


def test_clauses_read_stay_whatever_the_label(worked: Store) -> None:
    assert counts(worked, concerns=["whistleblower"])["review"] == counts(worked)["review"]


def test_safeguards_go_with_their_concern(worked: Store) -> None:
    assert counts(worked, concerns=["privacy"])["assessment"] == 1
    assert counts(worked, concerns=["press_freedom"])["assessment"] == 0


@pytest.mark.parametrize(
    ("chosen", "suggestions", "decisions"),
    [
        ({}, 2, 2),
        ({"suggestions": "all"}, 3, 2),
        ({"suggestions": "none"}, 0, 0),
        ({"rejected": False}, 1, 1),
        ({"suggestions": "all", "rejected": False}, 2, 1),
    ],
)
def test_suggestions_are_taken_or_left(
    worked: Store, chosen: dict[str, Any], suggestions: int, decisions: int
) -> None:
    found = counts(worked, **chosen)
    assert (found["suggestion"], found["decision"]) == (suggestions, decisions)


def test_without_notes_nothing_that_reviewers_wrote_goes_along(rich: Store) -> None:
    written = {one["note"] for one in lines(rich) if one.get("note")}
    assert len(written) > 2
    content = named.render(rich, "jsonl", notes=False).decode("utf-8")
    for note in written:
        assert json.dumps(note, ensure_ascii=False) not in content
    assert "person?" not in content
    assert not any(one.get("note") for one in lines(rich, notes=False))
    assert counts(rich)["comment"] == 2
    assert counts(rich, notes=False)["comment"] == 0


@pytest.mark.parametrize("format", list(export.FORMATS))
def test_nobody_is_named_unless_it_is_asked_for(rich: Store, format: str) -> None:
    content = export.as_bytes(rich, format)
    for name in ("Béla", '"Ann"', ">Ann<", "\tAnn\t", ",Ann,"):
        assert name.encode() not in content, name


def test_pseudonyms_are_the_same_whatever_is_selected_and_stay_when_others_join(
    worked: Store,
) -> None:
    everyone = {one.id: one.name for one in export.collect(worked).reviewers}
    assert sorted(everyone.values()) == ["Reviewer 1", "Reviewer 2"]
    bela = worked.reviewer("Béla").id
    (alone,) = export.collect(worked, Selection(reviewers=["Béla"])).reviewers
    assert alone.name == everyone[bela]
    with worked.write("join", keep_times=True) as write:
        write.insert(
            Reviewer("00000000-0000-4000-8000-000000000000", "Aaron", "2026-05-01T00:00:00.000Z")
        )
    after = {one.id: one.name for one in export.collect(worked).reviewers}
    assert {id: after[id] for id in everyone} == everyone


def test_what_is_settled_is_one_view_of_nobody_in_particular(rich: Store) -> None:
    found = lines(rich, settled=True)
    (person,) = [one for one in found if one["type"] == "reviewer"]
    assert person["name"] == "Settled"
    (tag,) = [one for one in found if one["type"] == "annotation"]
    assert (tag["quote"], tag["reviewer"], tag["note"]) == (
        "order any person",
        "Settled",
        "As Ann has it.",
    )
    assert [(one["eid"], one["state"]) for one in found if one["type"] == "review"] == [
        ("art_1__para_2__point_b", "concern")
    ]
    assert not any(one["type"] in ("decision", "comment", "adjudication") for one in found)


def test_what_two_say_alike_of_a_safeguard_is_settled(worked: Store, treaty: Document) -> None:
    assert counts(worked, settled=True)["assessment"] == 0, "one alone settles nothing"
    (one,) = worked.assessments()
    ann = worked.reviewer("Ann").id
    with worked.write("assess") as write:
        write.insert(type(one)(treaty.id, one.eid, ann, one.safeguard, one.state))
    assert counts(worked, settled=True)["assessment"] == 1
    with worked.write("assess") as write:
        write.put(type(one)(treaty.id, one.eid, ann, one.safeguard, "weak"))
    assert counts(worked, settled=True)["assessment"] == 0


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"concerns": ["privcy"]}, "'privcy' is not a concern"),
        ({"codes": ["nothing"]}, "'nothing' is not a code"),
        ({"polarities": ["good"]}, "'good' is not a polarity"),
        ({"since": "31.3.2026"}, "'31.3.2026' is not a day"),
        ({"until": "2026-02-30"}, "'2026-02-30' is not a day"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "swap them"),
    ],
)
def test_what_nobody_knows_is_refused(worked: Store, chosen: dict[str, Any], said: str) -> None:
    with pytest.raises(ExportError, match=said):
        named.render(worked, "jsonl", **chosen)


def test_a_text_that_was_asked_for_comes_though_nothing_is_said_of_it(worked: Store) -> None:
    found = counts(worked, documents=["signed"], reviewers=["Ann"])
    assert found == {"document": 1, "reviewer": 1}
