"""Trying the rules on their own examples, and what the command says of rules with mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator import highlight
from annotator.cli import app
from annotator.highlight import rules

RULE = """\
  - id: {id}
    concern: privacy
    code: secrecy
    polarity: risk
    score: 0.8
    reason: "Silence."
    standard: "ECHR art. 13"
    patterns: ["{pattern}"]
    examples:
      match: ["They order all to be silent.", "Silence is ordered."]
      not: ["A silent night.", "It was silent."]
"""
SOUND = RULE.format(id="sound", pattern="(silence is|they) order|ordered")
WRONG = [
    "en/mine.yaml, line 13: rule 'unread': '..99' in 'a ..99 b': write .. and 1 to 20",
    "en/mine.yaml: rule 'greedy': it does not find its example “Silence is ordered.”",
    "en/mine.yaml: rule 'greedy': it finds “silent” in “A silent night.”, which it must leave",
    "en/mine.yaml: rule 'greedy': it finds “silent” in “It was silent.”, which it must leave",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "rules"
    (made / "en").mkdir(parents=True)
    (made / "fr").mkdir()
    (made / "README.md").write_text("x", encoding="utf-8")
    monkeypatch.setattr(rules, "DEFAULT", made)
    written = (
        SOUND,
        RULE.format(id="unread", pattern="a ..99 b"),
        RULE.format(id="greedy", pattern="silent"),
    )
    (made / "en" / "mine.yaml").write_text("rules:\n" + "".join(written), encoding="utf-8")
    (made / "fr" / "mine.yaml").write_text("rules:\n" + SOUND, encoding="utf-8")
    return made


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["highlight", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_what_is_wrong_with_rules_and_with_their_examples(folder: Path):
    assert highlight.languages() == highlight.languages(folder) == ["en", "fr"]
    assert highlight.check("en") == highlight.Checked("en", 2, tuple(WRONG))
    assert highlight.check("fr", rules=folder) == highlight.Checked("fr", 1, ())


@pytest.mark.usefixtures("folder")
def test_the_command_prints_a_line_each_and_fails():
    code, out, err = run("--check")
    assert code == 1
    assert out.splitlines() == WRONG
    assert err.splitlines() == [
        "en: 2 sound rules",
        "fr: 1 sound rule",
        "error: 4 things to put right in the rules",
    ]
    assert run("--check", "--language", "fr") == (0, "", "fr: 1 sound rule\n")
    lines = run("--check", "--json", "--language", "en")[1].splitlines()
    assert [json.loads(line) for line in lines] == [
        {"language": "en", "problem": problem} for problem in WRONG
    ]


@pytest.mark.usefixtures("folder")
def test_what_is_left_out_is_said_and_the_rest_is_found(tmp_path: Path):
    texts = []
    for number in (1, 2):
        texts.append(tmp_path / f"{number}.txt")
        texts[-1].write_text("Article 1\n\n1. They order all to be quiet.\n", encoding="utf-8")
    about = ("--kind", "treaty", "--language", "en", "--db", str(tmp_path / "none.db"))
    code, out, err = run(*map(str, texts), *about, "--json")
    assert [json.loads(line)["rule"] for line in out.splitlines()] == ["sound", "sound"]
    assert code == 0
    assert err == f"left out: {WRONG[0]}\n"
    code, out, err = run(*map(str, texts), *about, "--strict")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f"left out: {WRONG[0]}",
        "error: the rules have 1 mistake, and nothing was done: see above",
    ]


def test_either_documents_or_the_check():
    for arguments in ((), ("--check", "a.txt")):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert "name documents or files, or --check" in err
