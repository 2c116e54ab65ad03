"""What a file says twice, what a program says in it, and who comes in with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator import export
from annotator.errors import AnnotatorError, ExportError
from annotator.model import Document, new_id
from annotator.store import Store
from tests.export import named

QUOTE = "order any person"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Any], Path]:
    """Writes JSON to a file under a name that says nothing of its format."""

    def wrote(*records: Any) -> Path:
        path = tmp_path / "download.txt"
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        return path

    return wrote


def span(treaty: Document, **said: Any) -> dict[str, Any]:
    start = treaty.text.index(QUOTE)
    return {"start": start, "end": start + len(QUOTE), "label": "privacy-risk", **said}


def task(treaty: Document, *spans: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {"text": treaty.text, "_input_hash": 1, "spans": list(spans), **said}


# The same words twice


@pytest.mark.parametrize(
    ("said", "note", "severity", "joined"),
    [
        # what the marks say, the one annotation's note and severity, how many were joined to it
        ([{"note": "a"}, {"note": "b"}], "a\n\nb", None, 1),
        ([{"note": "a"}, {"note": "b"}, {"note": "a"}], "a\n\nb", None, 1),
        ([{"note": "a"}, {}], "a", None, 0),
        ([{}, {"note": "a"}], "a", None, 1),
        ([{"note": "a"}, {"note": "a"}], "a", None, 0),
        ([{"severity": "low"}, {"severity": "high"}, {"severity": "medium"}], "", "high", 1),
        ([{"note": "a", "id": new_id()}, {"note": "b"}], "a\n\nb", None, 1),
        ([{"note": "a"}, {"note": "b", "id": new_id()}], "a\n\nb", None, 1),
    ],
)
def test_marks_on_the_same_words_are_one_with_all_that_they_say(
    worked: Store,
    treaty: Document,
    write: Callable[..., Path],
    said: list[dict[str, Any]],
    note: str,
    severity: str | None,
    joined: int,
) -> None:
    path = write(task(treaty, *(span(treaty, **one) for one in said)))
    report = export.load(worked, path, reviewer="Chen")
    (made,) = worked.annotations(reviewer="Chen")
    assert (made.quote, made.note, made.severity) == (QUOTE, note, severity)
    assert (report.added, len(report.joined)) == ({"annotation": 1}, joined)
    assert all(one.where == "line 1" and one.quote == QUOTE for one in report.joined)
    before = len(worked.history())
    again = export.load(worked, path, reviewer="Chen")
    assert (dict(again.added), again.updated, again.kept) == ({}, 0, 0)
    assert len(worked.history()) == before, "twice is once"
    assert worked.annotations(reviewer="Chen") == [made]


def test_marks_at_the_same_place_of_two_texts_are_two(
    worked: Store, treaty: Document, news: Document, write: Callable[..., Path]
) -> None:
    texts = {treaty.id: treaty, news.id: news}
    at = next(n for n in range(99) if all(one.clause_at(n) for one in texts.values()))
    label = [at, at + 8, "privacy-risk"]
    path = write(*({"text": one.text, "label": [label]} for one in texts.values()))
    report = export.load(worked, path, reviewer="Chen")
    made = worked.annotations(reviewer="Chen")
    assert dict(report.added) == {"annotation": 2}
    assert {one.document for one in made} == texts.keys()
    assert all(texts[one.document].text[at : at + 8] == one.quote for one in made)


def test_one_id_on_different_words_is_refused_with_what_to_do(
    worked: Store, treaty: Document, write: Callable[..., Path]
) -> None:
    id = new_id()
    other = treaty.text.index("a judge")
    spans = [span(treaty, id=id), {**span(treaty, id=id), "start": other, "end": other + 7}]
    with pytest.raises(ExportError, match="twice, for different marks: give one of them no id"):
        export.load(worked, write(task(treaty, *spans)), reviewer="Chen")


def test_two_marks_that_were_two_here_stay_two(
    worked: Store, new_store: Callable[[], Store], tmp_path: Path
) -> None:
    (mine,) = worked.annotations(reviewer="Ann")
    with worked.write("tag") as made:
        made.insert(replace(mine, id=new_id(), note="another view", suggestion=None))
    named.write(worked, "prodigy", tmp_path / "out.jsonl")
    other = new_store()
    other.add_document(worked.document("small-things"))
    other.add_document(worked.document("signed"))
    for _ in range(2):
        export.load(other, tmp_path / "out.jsonl")
        notes = [one.note for one in other.annotations(reviewer="Ann")]
        assert sorted(notes) == ["", "another view"]


# What a program says


def region(treaty: Document) -> dict[str, Any]:
    start = treaty.text.index(QUOTE)
    value = {"start": start, "end": start + len(QUOTE), "labels": ["privacy-risk"]}
    return {"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def studio(treaty: Document, **said: Any) -> list[dict[str, Any]]:
    return [{"id": 1, "data": {"text": treaty.text}, "annotations": [], **said}]


PASSED: list[tuple[Callable[[Document], Any], dict[str, int]]] = [
    # a file that says something which is no reviewer's word, what is told of it
    (lambda text: task(text, span(text), answer="reject", _view_id="spans_manual"),
     {"rejected": 1}),
    (lambda text: task(text, span(text), answer="ignore", _view_id="ner_manual"),
     {"ignored": 1}),
    (lambda text: task(text, span(text), answer="reject", _is_binary=True, _view_id="ner"),
     {"rejected": 1}),
    (lambda text: task(text, answer="accept", label="PRIVACY", _view_id="classification"),
     {"whole": 1}),
    (lambda text: task(text, answer="accept", accept=["A", "B"], options=[], _view_id="choice"),
     {"whole": 2}),
    (lambda text: task(text, answer="accept", relations=[{"head": 1}]), {"relations": 1}),
    (lambda text: studio(text, predictions=[{"result": [region(text)] * 3, "score": 0.9}]),
     {"predictions": 3}),
    (lambda text: studio(text, predictions=[17, 18]), {"predictions": 2}),
    (lambda text: studio(text, annotations=[{"result": [region(text)], "was_cancelled": True}]),
     {"skipped": 1}),
    (lambda text: studio(text, drafts=[{"result": [region(text)]}]), {"drafts": 1}),
    (lambda text: {"text": text.text, "label": [], "Comments": ["unsure"]}, {"comments": 1}),
    (lambda text: {"text": text.text, "entities": [], "relations": [{"id": 1}]},
     {"relations": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("content", "told"), PASSED)
def test_what_no_reviewer_said_is_counted_and_never_an_annotation(
    worked: Store,
    treaty: Document,
    write: Callable[..., Path],
    content: Callable[[Document], Any],
    told: dict[str, int],
) -> None:
    before = worked.annotations(), worked.reviewers(), len(worked.history())
    report = export.load(worked, write(content(treaty)), reviewer="Chen")
    assert dict(report.passed) == told
    assert len(report.remarks) == 1
    (number,) = told.values()
    assert report.remarks[0].startswith(f"{number} ")
    assert (worked.annotations(), worked.reviewers(), len(worked.history())) == before


@pytest.mark.parametrize(
    "answer", [{}, {"answer": "accept"}, {"answer": "accept", "_is_binary": 1}]
)
def test_what_was_accepted_in_prodigy_comes_in(
    worked: Store, treaty: Document, write: Callable[..., Path], answer: dict[str, Any]
) -> None:
    report = export.load(worked, write(task(treaty, span(treaty), **answer)), reviewer="Chen")
    assert (dict(report.added), dict(report.passed)) == ({"annotation": 1}, {})


def test_an_answer_that_prodigy_does_not_have_is_asked_about(
    worked: Store, treaty: Document, write: Callable[..., Path]
) -> None:
    with pytest.raises(ExportError, match="the answer 'maybe' is none of accept, reject, ignore"):
        export.load(worked, write(task(treaty, span(treaty), answer="maybe")), reviewer="Chen")


def test_our_own_suggestions_come_back_as_nobodys_word(
    worked: Store, new_store: Callable[[], Store], tmp_path: Path
) -> None:
    for format, number in (("labelstudio", 3), ("w3c", 3), ("cas", 3)):
        out = tmp_path / f"{format}.dat"
        named.write(worked, format, out, suggestions="all")
        other = new_store()
        other.add_document(worked.document("small-things"))
        other.add_document(worked.document("signed"))
        report = export.load(other, out)
        assert report.passed["predictions"] == number, format
        assert {one.id for one in other.annotations()} == {one.id for one in worked.annotations()}


# Who comes in


def test_nobody_is_added_who_says_nothing_new(
    worked: Store, treaty: Document, write: Callable[..., Path]
) -> None:
    path = write(task(treaty, span(treaty), meta={"reviewer": "Ann"}))
    before = worked.reviewers(), len(worked.history())
    report = export.load(worked, path, reviewer="Somebody New")
    assert report.unchanged == 1
    assert report.reviewers == ()
    assert (worked.reviewers(), len(worked.history())) == before
    lost = {"text": "x", "spans": [{"start": 0, "end": 1, "label": "privacy-risk"}]}
    export.load(worked, write(lost), reviewer="Somebody New", leave_out=True)
    assert (worked.reviewers(), len(worked.history())) == before


def test_one_name_however_it_is_written_is_one_person(
    worked: Store, treaty: Document, write: Callable[..., Path]
) -> None:
    tasks = [
        task(treaty, span(treaty, label=f"{concern}-risk"), meta={"reviewer": name})
        for concern, name in (
            ("privacy", "Zoé"),
            ("press_freedom", "Zoe\u0301"),
            ("whistleblower", " ZOÉ"),
        )
    ]
    report = export.load(worked, write(*tasks))
    assert (report.reviewers, dict(report.added)) == (("Zoé",), {"annotation": 3})
    assert export.load(worked, write(*tasks)).unchanged == 3


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"meta": {"reviewer": "n" * 101}}, "nnn…' is longer than the 100 characters"),
        ({"updated": "9999-01-01T00:00:00Z"}, "'9999-01-01T00:00:00Z': write a time between"),
        ({"created": "0001-01-01T00:00:00Z"}, "write a time between the years 1970 and 2100"),
        ({"note": "a\0b"}, "NUL"),
    ],
)
def test_what_nobody_can_be_called_or_have_done_is_refused(
    worked: Store, treaty: Document, write: Callable[..., Path], said: dict[str, Any], wrong: str
) -> None:
    before = worked.reviewers(), len(worked.history())
    one = {"meta": said["meta"]} if "meta" in said else {}
    path = write(task(treaty, span(treaty, **({} if one else said)), **one))
    with pytest.raises(AnnotatorError) as caught:
        export.load(worked, path, reviewer="Chen")
    assert wrong in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (worked.reviewers(), len(worked.history())) == before


def test_lines_without_ids_on_the_same_words_are_one_with_all_notes(
    worked: Store, treaty: Document, tmp_path: Path
) -> None:
    start = treaty.text.index(QUOTE)
    line = {
        "document": "small-things", "start": start, "end": start + len(QUOTE), "quote": QUOTE,
        "concern": "privacy", "polarity": "risk",
    }  # fmt: skip
    said = ({"note": "a"}, {"note": "b", "severity": "high"}, {"note": "a"})
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(json.dumps({**line, **one}) for one in said))
    report = export.load(worked, path, reviewer="Chen")
    (made,) = worked.annotations(reviewer="Chen")
    assert (made.note, made.severity) == ("a\n\nb", "high")
    assert (dict(report.added), [one.where for one in report.joined]) == (
        {"annotation": 1},
        ["line 2"],
    )
    assert worked.verify() == []
    before = len(worked.history())
    again = export.load(worked, path, reviewer="Chen")
    assert (dict(again.added), again.updated, len(again.joined)) == ({}, 0, 1)
    assert (len(worked.history()), worked.annotations(reviewer="Chen")) == (before, [made])
