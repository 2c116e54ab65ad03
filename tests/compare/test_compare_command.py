"""The command that says how far reviewers agree, by what, where, when, and what to talk about."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from annotator import store
from annotator.cli import app
from annotator.model import Document, Reviewer, stable_id

Run = Callable[..., Result]


@pytest.fixture
def path(document: Document, say, tmp_path: Path) -> Path:
    """Two have read all of a text; they mark the same words as a risk, and as a safeguard."""
    made = tmp_path / "a.db"
    text = replace(document, id=stable_id("document", document.text_sha256))
    marks = [say.mark("a", "search any"), say.mark("b", "search any", polarity="safeguard")]
    with store.open(made) as db:
        db.add_document(text)
        with db.write("load") as write:
            for id, name in {"a": "Ana", "b": "Ben"}.items():
                write.insert(Reviewer(id, name))
            for mark in marks:
                write.insert(replace(mark, document=text.id))
            for review in say.read("ab"):
                write.put(replace(review, document=text.id))
    return made


@pytest.fixture
def run(path: Path) -> Run:
    def call(*words: object) -> Result:
        found = CliRunner().invoke(app, ["--db", str(path), "compare", *map(str, words)])
        assert not isinstance(found.exception, TypeError), found.exception
        return found

    return call


def told(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_without_a_text_all_that_two_have_read_are_measured(run: Run) -> None:
    assert run("--json").stdout == run("small-treaty", "--json").stdout
    assert run().stdout == run("small-treaty").stdout


def test_labels_that_are_taken_for_each_other_and_what_to_talk_about_are_always_told(run) -> None:
    found = told(run("--json"))
    assert found["confusions"][0] == {
        "concern": "all",
        "labels": ["privacy risk", "privacy safeguard"],
        "counts": [[0, 1], [1, 0]],
    }
    [talk] = found["talk"]
    assert (talk["citation"], talk["differences"]) == ("art. 2(1)", ["polarity"])
    assert talk["why"] == [
        {
            "reason": "polarity",
            "n": 2,
            "of": 2,
            "says": "a risk for some, a safeguard for others",
        }
    ]
    assert found["parts"] == []


@pytest.mark.parametrize(
    ("by", "named"),
    [
        ("document", [{"document": "small-treaty"}]),
        (
            "article",
            [
                {"document": "small-treaty", "article": eid, "citation": cited, "heading": heading}
                for eid, cited, heading in (
                    ("art_1", "art. 1", "Purpose"),
                    ("art_2", "art. 2", "Search"),
                )
            ],
        ),
    ],
)
def test_parts_are_told_where_they_are_asked_for(run: Run, by: str, named: list) -> None:
    parts = told(run("--by", by, "--json"))["parts"]
    assert {one["by"] for one in parts} == {by}
    concerns = [one for one in parts if one["question"] == "concerns"]
    assert [{name: one[name] for name in named[0]} for one in concerns] == named
    assert sum(one["clauses"] for one in concerns) == 5


def test_what_programs_get_is_all_there_whatever_is_asked_for_besides(run: Run) -> None:
    whole, parted = told(run("--json")), told(run("--by", "article", "--json"))
    assert parted.pop("parts")
    whole.pop("parts")
    assert parted == whole
    assert {one["question"] for one in whole["questions"]} >= {"concern", "polarity", "concerns"}
    assert [one["concern"] for one in whole["marks"]] == ["all"] * 4 + ["privacy"] * 4
    exact = whole["marks"][0]
    assert (exact["matching"], exact["first"], exact["second"], exact["matched"]) == (
        "exact", 1, 1, 0,
    )  # fmt: skip
    told_of_marks = {one["meaning"] for one in (*whole["marks"], *whole["units"])}
    assert "Only 2 marks to go by. One more could move the figure far: do not quote it." in (
        told_of_marks
    )


@pytest.mark.parametrize(
    ("by", "says"),
    [
        ("marks", "Only 2 marks to go by"),
        ("marks", "gamma: not installed (pip install pygamma-agreement)"),
        ("pair", "concern privacy        Ana / Ben"),
        ("talk", "a risk for some, a safeguard for others"),
        ("confusion", "privacy safeguard 1"),
        ("article", "art. 2  concern privacy"),
        ("month", "concern privacy"),
        ("week", "-W"),
        ("polarity", "polarity privacy safeguard"),
    ],
)
def test_a_terminal_gets_it_as_tables(run: Run, by: str, says: str) -> None:
    found = run("--by", by)
    assert found.exit_code == 0
    assert says in found.stdout
    assert found.stdout.startswith("Small treaty: Ana, Ben")


def test_where_nobody_has_read_anything_that_is_said(tmp_path: Path, document: Document) -> None:
    made = tmp_path / "b.db"
    with store.open(made) as db:
        db.add_document(document)
    found = CliRunner().invoke(app, ["--db", str(made), "compare"])
    assert found.exit_code == 1
    assert "no text was read by two reviewers yet" in found.stderr
