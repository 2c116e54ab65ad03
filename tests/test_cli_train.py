"""The command that learns from decisions: what it refuses, tries, keeps and lists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator import intake, store
from annotator.cli import app
from annotator.model import Annotation, Review, new_id

RISKS = ("Officers listen to every call", "The agency keeps all letters", "Police copy the phone")
DULL = ("The secretariat keeps the minutes", "A budget is copied", "Members elect a chair")


def _run(path: Path, *arguments: str):
    return CliRunner().invoke(app, ["--db", str(path), "train", *arguments])


def _fill(path: Path, *, clauses: int) -> None:
    """Three items whose every fourth clause is tagged; all but the last ten are done."""
    with store.open(path) as opened:
        ana = opened.add_reviewer("Ana").id
        for item in range(3):
            words = [
                f"{(RISKS if n % 4 == 0 else DULL)[n % 3]} in case {n} of {item}."
                for n in range(clauses)
            ]
            text = intake.parse(
                "\n\n".join(words), kind="news", language="en", slug=f"item-{item}", title="Item"
            )
            opened.add_document(text)
            with opened.write("review") as write:
                for n, clause in enumerate(list(text.reviewable())[: clauses - 10]):
                    state = "concern" if n % 4 == 0 else "no_concern"
                    write.put(Review(text.id, clause.eid, ana, state))
                    if n % 4 == 0:
                        quote = text.text[clause.start : clause.end]
                        write.insert(
                            Annotation(new_id(), text.id, clause.eid, clause.start, clause.end,
                                       quote, "privacy", "risk", ana)
                        )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.db"


def test_too_few_decisions_are_refused_in_one_line(path: Path):
    _fill(path, clauses=20)
    done = _run(path)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.startswith("error: 30 clauses are marked as done, 9 of them tagged, in 3 ")
    assert done.stderr.count("\n") == 1


def test_a_model_that_proves_itself_is_kept_and_orders_what_is_left(path: Path):
    _fill(path, clauses=120)
    done = _run(path, "--json")
    assert done.exit_code == 0, done.stderr
    proofs = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["document"] for one in proofs] == ["item-0", "item-1", "item-2"]
    assert all(one["model"] > one["rules"] for one in proofs)
    assert (path.parent / "annotations-model-en" / "meta.json").is_file()
    listed = _run(path, "--unsure", "item-1", "--json")
    waiting = [json.loads(line) for line in listed.stdout.splitlines()]
    assert len(waiting) == 10
    doubts = [abs(one["probability"] - 0.5) for one in waiting]
    assert doubts == sorted(doubts)
    assert {one["citation"] for one in waiting} == {f"para. {n}" for n in range(111, 121)}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--language", "qq"], "'qq' is not a language that can be read"),
        (["--language", "fr"], "0 clauses are marked as done"),
        (["--unsure", "nothing"], "'nothing'"),
        (["--unsure", "item-0"], "holds no model: make one with `train`"),
    ],
)
def test_what_is_wrong_is_said(path: Path, arguments: list[str], said: str):
    _fill(path, clauses=12)
    done = _run(path, *arguments)
    assert done.exit_code == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
