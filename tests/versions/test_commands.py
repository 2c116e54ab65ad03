"""A text is replaced by one command, which says what it did and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from annotator import codebook, review, store
from annotator.cli import app
from tests.versions.conftest import FIRST, SECOND
from tests.versions.test_bring import FRENCH

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    for name, text in (("draft", FIRST), ("final", SECOND), ("accord", FRENCH)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")

    def run(*arguments: str) -> Result:
        given = [str(tmp_path / one) if one.endswith(".txt") else one for one in arguments]
        return CliRunner().invoke(
            app, ["--db", str(tmp_path / "annotations.db"), *given], catch_exceptions=False
        )

    return run


@pytest.fixture
def tagged(run: Run, tmp_path: Path) -> Run:
    """The first draft, with a tag that stays and one whose words go."""
    assert run("intake", "draft.txt", "--kind", "treaty", "--language", "en").exit_code == 0
    with store.open(tmp_path / "annotations.db") as opened:
        ana = opened.add_reviewer("Ana").id
        document = opened.document("draft")
        for quote in ("seize what it finds there", "copy of traffic data of a person"):
            start = document.text.index(quote)
            review.tag(
                opened, document, ana, start=start, end=start + len(quote), quote=quote,
                concern="privacy", polarity="risk", codebook=codebook.load(),
            )  # fmt: skip
    return run


def test_one_command_replaces_a_text_and_says_what_came_over(tagged: Run, tmp_path: Path) -> None:
    done = tagged("intake", "final.txt", "--replaces", "draft")
    assert done.exit_code == 0
    assert "stored as version 2" in done.stderr
    assert "1 tag placed from version 1 (1 exact), 1 to place by hand" in done.stderr
    with store.open(tmp_path / "annotations.db") as opened:
        assert opened.ruleset("draft") is not None, "the new version is highlighted too"
        assert [one.quote for one in opened.annotations(document="draft")] == [
            "seize what it finds there"
        ]


def test_each_tag_is_listed_and_all_can_be_taken_back(tagged: Run, tmp_path: Path) -> None:
    tagged("intake", "final.txt", "--replaces", "draft")
    told = [json.loads(line) for line in tagged("carry", "draft", "--json").stdout.splitlines()]
    assert [(one["state"], one["how"]) for one in told] == [
        ("placed", "exact"),
        ("to_place", "none"),
    ]
    assert told[0]["old_citation"] == "art. 2(1)"
    assert told[0]["citation"] == "art. 4(1)"
    assert told[1]["annotation"] is None
    assert told[1]["reason"]
    assert told[1]["candidates"][0]["citation"] == "art. 4(2)(c)"
    listed = tagged("carry", "draft").stdout
    assert "exact 1.00  art. 2(1) -> art. 4(1)" in listed
    assert "to place  art. 2(2)(b) -> -" in listed
    assert tagged("carry", "draft", "--back").exit_code == 0
    with store.open(tmp_path / "annotations.db") as opened:
        assert opened.annotations(document="draft") == []
        assert opened.verify() == []
    assert "1 tag placed" in tagged("carry", "draft", "--from", "1").stderr


def test_a_language_version_is_stored_as_one(tagged: Run, tmp_path: Path) -> None:
    done = tagged("intake", "accord.txt", "--kind", "treaty", "--translation-of", "draft")
    assert done.exit_code == 0
    with store.open(tmp_path / "annotations.db") as opened:
        assert [info.slug for info in opened.translations("draft")] == ["draft-fr"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("carry", "draft"), "--replaces draft"),
        (("carry", "draft", "--from", "9"), "no other version '9'"),
        (("carry", "draft", "--back"), "nothing was carried"),
        (("carry", "nothing"), "there is no document 'nothing'"),
        (("intake", "final.txt", "--replaces", "nothing"), "there is no document 'nothing'"),
        (("intake", "accord.txt", "--replaces", "draft"), "--translation-of draft"),
        (("intake", "final.txt", "--translation-of", "draft"), "--replaces draft"),
    ],
)
def test_a_mistake_is_one_line_and_stores_nothing(
    tagged: Run, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = tagged(*arguments)
    assert done.exit_code == 1
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    with store.open(tmp_path / "annotations.db") as opened:
        assert [info.slug for info in opened.documents()] == ["draft"]
        assert len(opened.versions("draft")) == 1


def test_replacing_takes_one_file(tagged: Run) -> None:
    done = tagged("intake", "final.txt", "draft.txt", "--replaces", "draft")
    assert done.exit_code == 2


def test_a_text_stored_as_something_else_cannot_replace(tagged: Run) -> None:
    done = tagged("intake", "draft.txt", "--replaces", "draft")
    assert done.exit_code == 1
    assert "nothing" not in done.stdout


def test_a_text_that_is_stored_already_is_put_beside_another(run: Run, tmp_path: Path) -> None:
    assert run("intake", "draft.txt", "--kind", "treaty", "--language", "en").exit_code == 0
    french = ("intake", "accord.txt", "--kind", "treaty", "--language", "fr")
    assert run(*french).exit_code == 0
    done = run(*french, "--translation-of", "draft")
    assert done.exit_code == 0
    assert "accord: now beside draft, in another language" in done.stderr
    with store.open(tmp_path / "annotations.db") as opened:
        assert [info.slug for info in opened.translations("draft")] == ["accord"]
    assert "now beside" not in run(*french, "--translation-of", "draft").stderr
