from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from annotator import export, highlight, store
from annotator.cli import app
from tests.export import named

COMMANDS = (
    "init",
    "intake",
    "carry",
    "outline",
    "highlight",
    "safeguards",
    "evaluate",
    "train",
    "search",
    "recode",
    "assign",
    "compare",
    "settle",
    "export",
    "load",
    "merge",
    "codebook",
    "backup",
    "verify",
)
TREATY = """\
---
title: Convention on Small Things
slug: small-things
kind: treaty
language: en
notice: A made-up text for tests.
---

# Convention on Small Things

### Article 1. Search

1. Each Party shall empower its authorities to search a computer system 😀.

2. The authorities may order any person to hand over a password.

### Article 2. Safeguards

A judge shall review every order before it is carried out.
"""
Run = Callable[..., Result]

# Reading the rules takes a second, and no test changes them.
_load_once = functools.cache(highlight.load)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a database of its own, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(highlight.highlighter, "load", _load_once)

    def call(*words: str | Path, db: str | None = "work.db") -> Result:
        chosen = ["--db", db] if db else []
        result = CliRunner().invoke(app, [*chosen, *map(str, words)], env={"ANNOTATOR_DB": None})
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return call


@pytest.fixture
def treaty(tmp_path: Path) -> Path:
    path = tmp_path / "small-things.md"
    path.write_text(TREATY, encoding="utf-8")
    return path


@pytest.fixture
def tagged(run: Run, treaty: Path, tmp_path: Path) -> Run:
    """Two reviewers have read every clause and tagged differently."""
    assert run("intake", treaty).exit_code == 0
    with store.open(tmp_path / "work.db") as opened:
        document = opened.document("small-things")
    clauses = [clause.eid for clause in document.reviewable()]
    for name, quotes in {
        "Ann": ["search a computer system 😀", "order any person"],
        "Béla": ["search a computer system 😀"],
    }.items():
        records = [
            {"type": "review", "document": "small-things", "eid": eid, "state": "concern"}
            for eid in clauses
        ]
        for quote in quotes:
            start = document.text.index(quote)
            records.append(
                {
                    "document": "small-things",
                    "start": start,
                    "end": start + len(quote),
                    "quote": quote,
                    "concern": "privacy",
                    "polarity": "risk",
                }
            )
        path = tmp_path / f"{name}.jsonl"
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        assert run("load", path, "--reviewer", name).exit_code == 0
    return run


def json_lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


# Help


def test_the_commands_are_those_of_the_stages() -> None:
    assert tuple(get_command(app).commands) == COMMANDS  # type: ignore[attr-defined]  # a group


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    result = run(command, "--help", db=None)
    assert result.exit_code == 0
    assert f"Example:  python -m annotator {command}" in result.stdout
    assert "--db FILE" in result.stdout
    assert result.stderr == ""


def test_without_arguments_there_is_help_that_names_every_command(run: Run) -> None:
    result = run(db=None)
    assert result.exit_code == 0
    assert all(f"\n  {command} " in result.stdout for command in COMMANDS)
    assert "..." not in result.stdout.split("Commands:")[1]


def test_help_loads_no_stage() -> None:
    heavy = ("spacy", "sqlite_utils", "numpy", "srsly", "streamlit", "annotator.store")
    script = (
        "import sys, contextlib, io\n"
        "from annotator.cli import app\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    app(['highlight', '--help'])\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# What each command does


def test_init_fills_a_database_once(run: Run, tmp_path: Path) -> None:
    result = run("init")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert "the first reviewer is called 'Reviewer A'" in result.stderr
    with store.open(tmp_path / "work.db") as opened:
        slugs = [info.slug for info in opened.documents()]
        lines = len(opened.history())
        assert opened.verify() == []
    assert "un-cybercrime-convention" in slugs
    again = run("init")
    assert "everything was there already" in again.stderr
    with store.open(tmp_path / "work.db") as opened:
        assert len(opened.history()) == lines


def test_intake_stores_and_says_what_it_took(run: Run, treaty: Path) -> None:
    result = run("intake", treaty)
    assert result.exit_code == 0
    assert result.stdout == (
        "small-things  Convention on Small Things  (treaty, en, 3 clauses to review)\n"
    )
    (line,) = json_lines(run("intake", treaty, "--json"))
    assert (line["slug"], line["kind"], line["stored"]) == ("small-things", "treaty", False)


def test_intake_takes_kind_language_and_title(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("At least 40 people were arrested.\n", encoding="utf-8")
    options = ("--kind", "news", "--language", "en", "--title", "Arrests", "--json")
    (line,) = json_lines(run("intake", "note.txt", *options))
    assert (line["title"], line["kind"], line["language"]) == ("Arrests", "news", "en")
    assert line["warnings"] == []


def test_intake_says_when_a_text_becomes_a_version(run: Run, treaty: Path) -> None:
    run("intake", treaty)
    treaty.write_text(TREATY.replace("A judge", "A court"), encoding="utf-8")
    assert "small-things: stored as version 2" in run("intake", treaty).stderr


def test_another_text_with_a_name_that_is_taken_gets_its_own(run: Run, treaty: Path) -> None:
    run("intake", treaty)
    front = TREATY.split("\n\n")[0]
    treaty.write_text(
        front + "\n\nNothing here has been said before by anyone.\n", encoding="utf-8"
    )
    for _ in range(2):
        (line,) = json_lines(run("intake", treaty, "--json"))
        assert (line["slug"], line["version"]) == ("small-things-2", 1)


def test_of_a_folder_what_can_be_read_is_stored_and_the_rest_is_listed(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "texts").mkdir()
    for name in ("one", "two"):
        words = f"A headline\n\nThe judge of case {name} said what nobody had expected of her.\n"
        (tmp_path / "texts" / f"{name}.txt").write_text(words, encoding="utf-8")
    (tmp_path / "texts" / "bad.pdf").write_bytes(b"no PDF")
    (tmp_path / "texts" / "photo.jpg").write_bytes(b"x")
    result = run("intake", "texts", "--json")
    assert result.exit_code == 1
    assert [line["slug"] for line in json_lines(result)] == ["one", "two"]
    skipped, error = result.stderr.splitlines()
    assert "photo.jpg" in skipped
    assert "bad.pdf: this is not a PDF" in error
    assert "the others are stored" in error
    with store.open(tmp_path / "work.db") as opened:
        assert opened.verify() == []


def test_of_named_files_all_are_stored_or_none(run: Run, treaty: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "other.txt").write_bytes(b"%PDF-1.7")
    result = run("intake", treaty, "empty.txt", "other.txt")
    assert result.exit_code == 1
    assert result.stdout == ""
    *wrong, error = result.stderr.splitlines()
    assert [line.split()[1] for line in wrong] == ["empty.txt", "other.txt"]
    assert "2 of 3 texts cannot be read, nothing is stored" in error
    assert not (tmp_path / "work.db").exists()


@pytest.mark.parametrize("source", ["small-things.md", "small-things"])
def test_outline_of_a_file_or_a_stored_document(run: Run, treaty: Path, source: str) -> None:
    if "." not in source:
        run("intake", treaty)
    (found,) = json_lines(run("outline", source, "--json"))
    assert set(found) == {"title", "language", "kind", "text_sha256", "warnings", "clauses"}
    assert isinstance(found["clauses"], list)
    assert [clause["citation"] for clause in found["clauses"]] == [
        "art. 1",
        "art. 1(1)",
        "art. 1(2)",
        "art. 2",
    ]
    keys = ["eid", "citation", "kind", "number", "heading", "start", "end", "parent", "article"]
    assert all(list(clause) == keys for clause in found["clauses"])
    assert (
        "(A made-up text for tests.)\n  art. 1  Search\n    art. 1(1)  Each Party"
        in run("outline", source).stdout
    )


def test_outline_lists_what_clauses_refer_to(run: Run, tmp_path: Path) -> None:
    lamps = tmp_path / "lamps.txt"
    lamps.write_text(
        "Article 1\n\nSee article 2, article 9 and article 5 of the Charter.\n\n"
        "Article 2\n\nSee the preceding article.\n",
        encoding="utf-8",
    )
    command = ("outline", lamps, "--kind", "treaty", "--language", "en", "--references")
    assert run(*command).stdout.splitlines() == [
        "art. 1  “article 2”  ->  art. 2",
        "art. 1  “article 9”  ->  no such clause",
        "art. 1  “article 5 of the Charter”  ->  another instrument",
        "art. 2  “the preceding article”  ->  art. 1",
    ]
    records = json_lines(run(*command, "--json"))
    assert [(one["own"], one["target"]) for one in records] == [
        (True, "art. 2"),
        (True, None),
        (False, None),
        (True, "art. 1"),
    ]
    text = lamps.read_text(encoding="utf-8")
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in records)


def test_outline_of_a_file_makes_no_database(run: Run, treaty: Path, tmp_path: Path) -> None:
    assert run("outline", treaty).exit_code == 0
    assert not (tmp_path / "work.db").exists()


def test_highlight_prints_for_a_file_and_stores_for_a_document(
    run: Run, treaty: Path, tmp_path: Path
) -> None:
    printed = json_lines(run("highlight", treaty, "--json"))
    assert not (tmp_path / "work.db").exists()
    keys = [
        "start",
        "end",
        "quote",
        "concern",
        "polarity",
        "rule",
        "score",
        "eid",
        "citation",
        "article",
        "reason",
    ]
    assert printed
    assert all(list(line) == keys for line in printed)
    text = json_text(run, treaty)
    assert all(text[line["start"] : line["end"]] == line["quote"] for line in printed)  # type: ignore[misc]  # JSON

    run("intake", treaty)
    assert json_lines(run("highlight", "small-things", "--json")) == printed
    with store.open(tmp_path / "work.db") as opened:
        assert [one.quote for one in opened.suggestions("small-things")] == [
            line["quote"] for line in printed
        ]
    assert "suggestions stored" in run("highlight", "small-things").stderr
    assert "  privacy risk  “" in run("highlight", treaty).stdout


def json_text(run: Run, treaty: Path) -> str:
    run("intake", treaty, db="aside.db")
    with store.open("aside.db") as opened:
        return opened.document("small-things").text


def test_highlight_in_two_processes_finds_the_same(run: Run, treaty: Path, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(TREATY.replace("A judge", "A court"), encoding="utf-8")
    sources = ("small-things.md", "other.md", "--json")
    assert treaty.exists()
    assert run("highlight", *sources, "--workers", "2").stdout == run("highlight", *sources).stdout


def test_evaluate_measures_against_a_gold_file(run: Run, treaty: Path, tmp_path: Path) -> None:
    labels = [{"concern": "privacy", "polarity": "risk", "arguable": False, "quotes": []}]
    records = [
        {"treaty": "small-things", "article": 1, "start": 0, "end": 200, "labels": labels},
        {"treaty": "small-things", "article": 2, "start": 200, "end": 300, "labels": []},
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    rows = json_lines(run("evaluate", gold, "--json"))  # the text lies beside the gold file
    first = rows[0]
    assert (first["concern"], first["polarity"], first["hits"]) == ("privacy", "risk", 1)
    assert rows[-1]["concern"] == "all"
    assert json_lines(run("evaluate", gold, "--source", treaty, "--json")) == rows
    run("intake", treaty)
    treaty.unlink()
    assert json_lines(run("evaluate", gold, "--json")) == rows
    assert run("evaluate", gold).stdout.startswith("concern        polarity   precision  recall")


def test_evaluate_lists_mistakes_of_the_half_to_develop_on(run: Run, tmp_path: Path) -> None:
    labels = [{"concern": "privacy", "polarity": "risk", "quotes": [{"text": "Xyz"}]}]
    gold = tmp_path / "gold.jsonl"
    rows = [{"id": name, "text": f"Xyz {name}.", "labels": labels} for name in ("one", "two")]
    gold.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = json_lines(run("evaluate", gold, "--errors", "--json"))
    assert [row["misses"] for row in found if row.get("concern") == "all"] == [2]
    assert [row["unit"] for row in found if "error" in row] == ["one"]
    lines = run("evaluate", gold, "--errors", "--half", "held-out").stdout.splitlines()
    assert lines[-2:] == ["miss  two (line 2)  privacy risk  “Xyz”", "    Xyz two."]
    assert run("evaluate", gold, "--half", "both").exit_code == 2
    gold.write_text('{"article": 1, "labels": []}', encoding="utf-8")
    assert "give --source" in run("evaluate", gold).stderr


def test_compare_measures_agreement(tagged: Run) -> None:
    (found,) = json_lines(tagged("compare", "small-things", "--json"))
    assert found["reviewers"] == ["Ann", "Béla"]
    assert isinstance(found["concerns"], list)
    privacy = found["concerns"][0]
    assert (privacy["concern"], privacy["clauses"], privacy["marked"]) == ("privacy", 3, 2)
    (pair,) = privacy["pairs"]
    assert pair["reviewers"] == ["Ann", "Béla"]
    assert (pair["both"], pair["first_only"], pair["second_only"], pair["neither"]) == (1, 1, 0, 1)
    assert pair["agreement"] == pytest.approx(2 / 3)
    assert pair["kappa"] == pytest.approx(0.4)
    # Nominal alpha of the units (1,1), (1,0), (0,0): 1 - (6 - 1) * (2 / 6) / (3 * 3).
    assert privacy["alpha"] == pytest.approx(1 - 5 * 2 / (2 * 9))
    named = tagged("compare", "small-things", "--reviewer", "béla", "--reviewer", "Ann")
    assert "privacy        Ann / Béla  3        67%    0.40" in named.stdout
    assert named.stdout == tagged("compare", "small-things").stdout


def test_compare_measures_every_question_and_the_marks(tagged: Run) -> None:
    (found,) = json_lines(tagged("compare", "small-things", "--json"))
    asked = {(one["question"], one.get("concern")): one for one in found["questions"]}
    privacy = asked["concern", "privacy"]
    assert privacy["measures"]["percent"]["value"] == pytest.approx(2 / 3)
    assert privacy["measures"]["alpha"]["value"] == found["concerns"][0]["alpha"]
    assert privacy["pairs"][0]["measures"]["kappa"]["value"] == pytest.approx(0.4)
    assert asked["concerns", None]["level"] == "masi"
    exact = found["marks"][0]
    assert (exact["matching"], exact["first"], exact["second"], exact["matched"]) == (
        "exact", 2, 1, 1,
    )  # fmt: skip
    assert [one["concern"] for one in found["units"]][-1] == "all"
    lines = tagged("compare", "small-things", "--by", "concern").stdout
    assert lines.startswith(tagged("compare", "small-things").stdout)
    assert "concern privacy" in lines
    assert "alpha for unitizing" in lines
    twice = tagged("compare", "small-things", "small-things", "--json")
    assert json_lines(twice) == [found]
    assert tagged("compare", "small-things", "--by", "colour").exit_code == 2


def test_export_prints_or_writes_the_same(tagged: Run, tmp_path: Path) -> None:
    printed = tagged("export", "--format", "jsonl")
    written = tagged("export", "--format", "jsonl", "--out", "all.jsonl")
    assert written.stdout == ""
    assert (tmp_path / "all.jsonl").read_bytes() == printed.stdout_bytes
    only = tagged("export", "--format", "csv", "--reviewer", "Ann", "--document", "small-things")
    assert only.stdout.count("\n") == 3


def test_export_takes_what_is_asked_for_and_names_nobody(tagged: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for format, known in export.FORMATS.items():
        result = tagged("export", "--format", format, "--out", f"out/{format}{known.suffix}")
        assert result.exit_code == 0, result.stderr
        assert f"out/{format}{known.suffix}: written" in result.stderr
        assert re.search(rf"\b{format}\b", tagged("export", "--help").stdout)
    assert '"Ann"' not in tagged("export").stdout
    assert '"Ann"' in tagged("export", "--names").stdout
    rows = tagged(
        "export", "--format", "csv", "--table", "reviews", "--no-notes", "--polarity", "risk"
    )
    assert rows.stdout.startswith("\ufeffdocument_title,citation,heading,reviewer,state")
    assert tagged("export", "--table", "reviews").exit_code == 1
    assert tagged("export", "--since", "yesterday").stderr.startswith("error: 'yesterday' is not")


def test_what_is_exported_loads_into_another_database(tagged: Run, tmp_path: Path) -> None:
    tagged("export", "--names", "--out", "all.jsonl")
    result = tagged("load", "all.jsonl", "--json", db="other.db")
    (report,) = json_lines(result)
    assert report["added"] == {"document": 1, "reviewer": 2, "annotation": 3, "review": 6}
    assert "'Ann' is a new reviewer" in result.stderr
    printed = tagged("export", "--names", db="other.db").stdout_bytes
    assert printed == (tmp_path / "all.jsonl").read_bytes()
    (again,) = json_lines(tagged("load", "all.jsonl", "--json", db="other.db"))
    assert (again["added"], again["unchanged"]) == ({}, 12)


def test_backup_names_a_copy_that_holds_the_same(tagged: Run, tmp_path: Path) -> None:
    named = tagged("backup").stdout.strip()
    assert Path(named).parent.name == "backups"
    assert tagged("backup", "copy.db").stdout == "copy.db\n"
    for copy in (named, "copy.db"):
        assert tagged("export", db=copy).stdout == tagged("export").stdout
    taken = tagged("backup", "copy.db")
    assert (taken.exit_code, taken.stdout) == (1, "")
    assert "'copy.db' exists already" in taken.stderr
    assert (tmp_path / "work.db").exists()


def test_verify_says_sound_or_what_is_wrong(tagged: Run, tmp_path: Path) -> None:
    assert tagged("verify").exit_code == 0
    assert json_lines(tagged("verify", "--json")) == [{"sound": True, "problems": []}]
    alter(tmp_path / "work.db", "update annotations set note = 'altered behind its back'")
    result = tagged("verify")
    assert result.exit_code == 1
    assert "is not what the history says" in result.stdout
    assert result.stderr.startswith("error: 'work.db' has ")
    (found,) = json_lines(tagged("verify", "--json"))
    assert found["sound"] is False


def alter(path: Path, statement: str) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


# Which database


def test_the_database_is_named_before_or_after_the_command_or_in_the_environment(
    run: Run, treaty: Path, tmp_path: Path
) -> None:
    assert run("intake", treaty, db="before.db").exit_code == 0
    assert run("intake", treaty, "--db", "after.db", db="before.db").exit_code == 0
    CliRunner().invoke(app, ["intake", str(treaty)], env={"ANNOTATOR_DB": "environment.db"})
    assert run("intake", treaty, db=None).exit_code == 0
    names = {path.name for path in tmp_path.glob("*.db")}
    assert names == {"before.db", "after.db", "environment.db", "annotations.db"}


# What goes wrong


def state(path: Path) -> tuple[bytes, int] | None:
    if not path.exists():
        return None
    with store.open(path) as opened:
        return named.render(opened, "jsonl"), len(opened.history())


MISTAKES: list[tuple[str, tuple[str, ...], str]] = [
    # what is wrong, the command, what the one line says
    ("empty file", ("intake", "empty.txt"), "empty.txt is empty"),
    ("binary file", ("intake", "binary.txt"), "binary.txt is a picture, not text"),
    ("an OpenDocument text", ("intake", "paper.odt"), "'.odt' files cannot be read"),
    ("unknown language", ("intake", "good.md", "--language", "klingon"), "'klingon'"),
    ("unreadable front matter", ("intake", "front.md"), "front.md, line"),
    ("one bad file of two", ("intake", "new.md", "empty.txt"), "empty.txt is empty"),
    ("an empty folder", ("intake", "hollow"), "hollow holds no texts that can be read"),
    ("a private address", ("intake", "http://127.0.0.1:9/x"), "127.0.0.1"),
    ("missing file", ("intake", "nowhere.txt"), "nowhere.txt is not there"),
    ("a span that does not match", ("load", "span.jsonl"), "span.jsonl, line 2: 'small-things'"),
    ("no reviewer", ("load", "nameless.jsonl"), "nameless.jsonl, line 1: it names no reviewer"),
    ("blank reviewer", ("load", "nameless.jsonl", "--reviewer", " "), "is no name for a reviewer"),
    ("empty dataset", ("load", "empty.txt"), "'empty.txt' is empty"),
    ("missing dataset", ("load", "nowhere.jsonl"), "'nowhere.jsonl' is not a file"),
    ("unknown document", ("outline", "nothing"), "'nothing' is neither a file nor a document"),
    ("unknown document", ("highlight", "nothing"), "'nothing' is neither a file nor a document"),
    ("unknown pipeline", ("highlight", "good.md", "--pipeline", "xx_none"), "'xx_none'"),
    ("not a gold file", ("evaluate", "span.jsonl"), "span.jsonl, line 1: "),
    ("unknown document", ("compare", "nothing"), "'nothing'"),
    ("too few readers", ("compare", "small-things"), "'small-things' as read: two are needed"),
    ("one reviewer", ("compare", "small-things", "--reviewer", "Ann"), "cannot be compared"),
    ("unknown reviewer", ("export", "--reviewer", "Nobody"), "'Nobody'"),
    ("missing folder", ("export", "--out", "no/where.csv"), "there is no folder 'no'"),
    ("foreign file", ("verify", "--db", "good.md"), "not a SQLite database"),
    ("missing database", ("export", "--db", "none.db"), "'none.db' does not exist"),
    ("wrong corpus", ("init", "--corpus", "."), "has no texts in treaties/ or news/"),
]


@pytest.fixture
def files(treaty: Path, tmp_path: Path) -> None:
    (tmp_path / "hollow").mkdir()
    contents: dict[str, bytes] = {
        "good.md": treaty.read_bytes(),
        "new.md": treaty.read_bytes().replace(b"A judge", b"A court"),
        "empty.txt": b" \n",
        "binary.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "paper.odt": b"%PDF-1.7",
        "front.md": b"---\ntitle: [\n---\n\nText.\n",
    }
    line = {
        "document": "small-things",
        "start": 50,
        "end": 60,
        "quote": "Each Party",
        "concern": "privacy",
        "polarity": "risk",
    }
    other = {**line, "reviewer": "Chen", "quote": "Every Party"}
    contents["nameless.jsonl"] = json.dumps(line).encode()
    contents["span.jsonl"] = (
        f"{json.dumps({**line, 'reviewer': 'Chen'})}\n{json.dumps(other)}".encode()
    )
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(("what", "command", "said"), MISTAKES)
def test_a_mistake_is_one_line_and_nothing_is_stored(
    run: Run, tmp_path: Path, what: str, command: tuple[str, ...], said: str
) -> None:
    assert run("intake", "good.md").exit_code == 0
    with store.open(tmp_path / "work.db") as opened:
        opened.add_reviewer("Ann")
    before = state(tmp_path / "work.db"), sorted(path.name for path in tmp_path.glob("*.db"))
    result = run(*command)
    assert result.exit_code == 1, what
    assert result.stdout == ""
    *notes, last = result.stderr.splitlines()
    assert last.startswith("error: ")
    assert said in last
    assert all(note.startswith("note: ") for note in notes)
    after = state(tmp_path / "work.db"), sorted(path.name for path in tmp_path.glob("*.db"))
    assert after == before


@pytest.mark.parametrize(
    "command",
    [
        ("sing",),
        ("intake",),
        ("intake", "a.txt", "--kind", "poem"),
        ("intake", "a.txt", "b.txt", "--title", "Both"),
        ("export", "--format", "xls"),
        ("highlight", "a.txt", "--workers", "0"),
        ("verify", "--loudly"),
    ],
)
def test_a_wrong_call_exits_with_2_and_usage(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Usage: ")


def test_a_database_of_another_program_is_left_alone(
    run: Run, tmp_path: Path, treaty: Path
) -> None:
    alter(tmp_path / "other.db", "create table photos (name text)")
    before = (tmp_path / "other.db").read_bytes()
    for command in (("init",), ("intake", str(treaty)), ("verify",), ("export",)):
        result = run(*command, db="other.db")
        assert result.exit_code == 1
        assert "is a SQLite database of another program" in result.stderr
    assert (tmp_path / "other.db").read_bytes() == before


def test_control_characters_of_a_text_do_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    text = "Article 1\nSearch \x1b[2J\x07 of systems\n\nParties may search \u202e systems.\n"
    text += "\nThe rest of the text says nothing that would matter here.\n" * 3
    (tmp_path / "hostile.txt").write_text(text, encoding="utf-8")
    result = run("outline", "hostile.txt", "--kind", "treaty", "--language", "en")
    assert result.exit_code == 0
    assert not set(result.stdout) & {"\x1b", "\x07", "\u202e"}


# As a process


def test_a_reader_that_goes_away_is_no_error(treaty: Path, tmp_path: Path) -> None:
    base = [sys.executable, "-m", "annotator", "--db", str(tmp_path / "work.db")]
    root = Path(__file__).resolve().parents[1]
    long = tmp_path / "long.txt"
    long.write_text("\n\n".join(f"Article {n}\n\nWords." for n in range(1, 6000)), encoding="utf-8")
    command = [*base, "outline", str(long), "--kind", "treaty", "--language", "en"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read().splitlines()
        assert all(line.startswith(b"note: ") for line in said)
    assert treaty.exists()


def test_python_m_annotator_is_the_same_program(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "ANNOTATOR_DB": str(tmp_path / "none.db")}
    base = [sys.executable, "-m", "annotator"]
    helped = subprocess.run(base, cwd=root, env=environment, capture_output=True, check=False)
    assert (helped.returncode, helped.stderr) == (0, b"")
    assert helped.stdout.startswith(b"Usage: python -m annotator")
    failed = subprocess.run(
        [*base, "verify"], cwd=root, env=environment, capture_output=True, check=False
    )
    assert failed.returncode == 1
    assert failed.stdout == b""
    assert failed.stderr.count(b"\n") == 1
