"""The command that lists what is settled and what waits."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from annotator import store
from annotator.cli import app
from annotator.compare.settling import decide, settle
from annotator.model import Annotation, Document, Reviewer, stable_id

Run = Callable[..., Result]
EID = "art_2__para_1"
NAMES = {"a": "Ana", "b": "Ben", "c": "Chloé", "j": "Judge"}


@pytest.fixture
def path(document: Document, say, tmp_path: Path) -> Path:
    """Three have read a paragraph and two points; one point is settled as a disagreement."""
    made = tmp_path / "a.db"
    text = replace(document, id=stable_id("document", document.text_sha256))
    marks = [
        say.mark("a", "search any"),
        say.mark("b", "search any"),
        say.mark("a", "seize a", code="reach"),
        say.mark("b", "copy the data"),
        say.mark("c", "copy the data"),
        say.mark("a", "copy the data"),
    ]
    points = ("art_2__para_2__point_a", "art_2__para_2__point_b")
    reviews = [*say.read("abc", EID, *points), *say.read("a", "art_1")]
    with store.open(made) as db:
        db.add_document(text)
        with db.write("load") as write:
            for id, name in NAMES.items():
                write.insert(Reviewer(id, name))
            for mark in marks:
                write.insert(replace(mark, document=text.id))
            for review in reviews:
                write.put(replace(review, document=text.id))
        found = settle(text, db.annotations(), db.reviews(), "abc")
        clause = next(one for one in found if one.eid == points[0])
        row = decide(
            clause,
            "disagree",
            passage=clause.passages[0].id,
            reason="codebook_gap",
            adjudicator="j",
            note="Is a phone a system?",
        )
        db.settle(text.id, [row], reviewer="j")
    return made


@pytest.fixture
def run(path: Path) -> Run:
    def call(*words: str) -> Result:
        return CliRunner().invoke(app, ["--db", str(path), "settle", "small-treaty", *words])

    return call


def test_each_clause_says_where_its_view_comes_from(run: Run) -> None:
    told = json.loads(run("--json").stdout)
    assert told["reviewers"] == ["Ana", "Ben", "Chloé"]
    assert {one["citation"]: (one["provenance"], one["waits"]) for one in told["clauses"]} == {
        "art. 1": ("single", False),
        "art. 2(1)": ("majority", True),
        "art. 2(2)": ("unread", False),
        "art. 2(2)(a)": ("adjudicated", False),
        "art. 2(2)(b)": ("unanimous", False),
    }
    (passage,) = next(one for one in told["clauses"] if one["citation"] == "art. 2(2)(a)")[
        "passages"
    ]
    assert (passage["outcome"], passage["adjudicator"]) == ("disagree", "Judge")
    assert [one["reviewers"] for one in passage["views"]] == [["Ana"], ["Ben", "Chloé"]]
    assert told["reasons"] == [
        {
            "reason": "codebook_gap",
            "concern": "privacy",
            "code": "reach",
            "count": 1,
            "notes": ["Is a phone a system?"],
        }
    ]
    assert [one["reviewer"] for one in told["months"]] == ["Ana", "Ben", "Chloé"]
    assert {one["clauses"] for one in told["months"]} == {1}


def test_for_a_person_it_is_a_table_with_what_waits_and_why(run: Run) -> None:
    told = run().stdout
    rows = [line for line in told.splitlines() if line.startswith("art.")]
    assert [" ".join(row.split()) for row in rows] == [
        "art. 2(1) majority waits search any privacy risk Ana, Ben",
        "art. 2(1) majority differs nothing marked Chloé",
        "art. 2(2)(a) adjudicated disagree seize a privacy: reach risk Ana",
        "art. 2(2)(a) adjudicated disagree nothing marked Ben, Chloé",
        "art. 2(2)(b) unanimous copy the data privacy risk Ana, Ben, Chloé",
    ]
    assert "waiting: 1 clause\n" in told
    assert "Is a phone a system?" in told


def test_a_change_shows_with_who_made_it(run: Run, path: Path) -> None:
    with store.open(path) as db:
        (mark,) = db.annotations(eids=["art_2__para_2__point_a"])
        with db.write("note", reviewer="a") as write:
            write.update(Annotation(**{**as_dict(mark), "severity": "high"}))
    told = run().stdout
    assert "reopened: art. 2(2)(a), since Ana said something else than before" in told
    assert "waiting: 2 clauses" in told


def as_dict(value: Annotation) -> dict[str, object]:
    return {name: getattr(value, name) for name in Annotation.__dataclass_fields__}


def test_only_some_reviewers_may_be_asked_about(run: Run) -> None:
    told = json.loads(run("--json", "--reviewer", "ben", "--reviewer", "Ana").stdout)
    found = {one["citation"]: one["provenance"] for one in told["clauses"]}
    assert told["reviewers"] == ["Ana", "Ben"]
    assert (found["art. 2(1)"], found["art. 2(2)(a)"]) == ("unanimous", "adjudicated")


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--reviewer", "Nobody"), "there is no reviewer 'Nobody'")],
)
def test_what_is_not_there_is_said_in_a_line(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert said in result.stderr


def test_nothing_is_written(run: Run, path: Path) -> None:
    before = path.read_bytes()
    assert run().exit_code == 0
    assert path.read_bytes() == before
