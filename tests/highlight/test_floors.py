"""Highlights stay as good as the floors say, and no floor sinks unnoticed."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from annotator import lookup
from annotator.highlight import read_gold

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold"

# The last entry of floors.yaml. It changes only where an entry is appended.
LATEST = "14bbd5e6fcf383c2c391aa756fe494cef45d5b1832dcc4c0bd0f22f7743e40f0"


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_floors", GOLD / "floors.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


floors = loaded()


def test_the_floors_hold(highlighters) -> None:
    changelog = floors.CHANGELOG.read_text(encoding="utf-8")
    measured = floors.measure(highlighters=highlighters)
    problems = floors.problems(floors.read(), measured, latest=LATEST, changelog=changelog)
    assert "\n".join(problems) == ""


# The gate itself, on small figures: each change to a sound state, and what is said of it.

ROW = {"labels": 10, "precision": 0.8, "recall": 0.7, "f1": 0.74}
WHOLE = {"privacy risk": ROW, "all": ROW}
MEASURED = {"a.jsonl": ("aa", WHOLE, WHOLE), "b.jsonl": ("bb", WHOLE, WHOLE)}


def copied(value: Any) -> Any:
    """A copy in which nothing is shared, as when it is read from a file."""
    return json.loads(json.dumps(value))


class Gate:
    """Two sound entries and what is measured; a test changes one of the two."""

    def __init__(self) -> None:
        first = floors.entry([], MEASURED, date="2026-01-01", why="First.")
        second = floors.entry([first], MEASURED, date="2026-01-02", why="Second.")
        self.entries: list[dict[str, Any]] = copied([first, second])
        self.measured: dict[str, Any] = copied(MEASURED)
        self.latest = floors.digest(self.entries[-1])

    def lower(self, index: int, recall: float = 0.6) -> None:
        self.entries[index]["gold"]["a.jsonl"]["floors"]["all"]["recall"] = recall

    def append(self, recall: float, **more: str) -> None:
        made = floors.entry(self.entries, MEASURED, date="2026-01-03", why="Third.", **more)
        self.entries.append(copied(made))
        self.lower(-1, recall)
        self.latest = floors.digest(self.entries[-1])  # as whoever appends writes in the test

    def drop(self, file: str, row: str | None = None) -> None:
        made = copied(floors.entry(self.entries, MEASURED, date="2026-01-03", why="Third."))
        del (made["gold"][file]["floors"] if row else made["gold"])[row or file]
        self.entries.append(made)
        self.latest = floors.digest(made)

    def now(self, f1: float) -> None:
        rows = WHOLE | {"all": ROW | {"f1": f1}}
        self.measured["a.jsonl"] = ("aa", rows, rows)

    def gold(self, file: str, sha256: str) -> None:
        self.measured[file] = (sha256, WHOLE, WHOLE)


# What is done, and what the gate says.
SHUT = {
    "all entries gone": (lambda gate: gate.entries.clear(), "there are no floors"),
    "lowered in place": (lambda gate: gate.lower(1), "not the LATEST of the test"),
    "lowered in the past": (lambda gate: gate.lower(0), "2026-01-02: the entry before it was"),
    "first taken out": (lambda gate: gate.entries.pop(0), "the entries before it are missing"),
    "last taken out": (lambda gate: gate.entries.pop(), "not the LATEST of the test"),
    "no reason": (lambda gate: gate.append(0.6), "lowers a.jsonl all recall: say why"),
    "changelog silent": (
        lambda gate: gate.append(0.6, lowered="Two rules went."),
        "CHANGELOG.md does not say “Two rules went.”",
    ),
    "needless reason": (
        lambda gate: gate.append(0.7, lowered="A rule went."),
        "`lowered` is given, and no floor is lower",
    ),
    "row dropped": (lambda gate: gate.drop("a.jsonl", "privacy risk"), "a.jsonl privacy risk f1"),
    "file dropped": (lambda gate: gate.drop("b.jsonl"), "lowers b.jsonl privacy risk labels"),
    "back in time": (lambda gate: gate.entries[1].update(date="2025-01-01"), "stands behind"),
    "gold changed": (lambda gate: gate.gold("a.jsonl", "other"), "a.jsonl: not the gold"),
    "gold gone": (lambda gate: gate.measured.pop("b.jsonl"), "b.jsonl: gone"),
    "gold new": (lambda gate: gate.gold("c.jsonl", "cc"), "c.jsonl: no floors"),
    "worse": (lambda gate: gate.now(0.73), "a.jsonl all: f1 0.73 is under 0.74"),
    "much better": (lambda gate: gate.now(0.8), "F1 is 0.74 and can be 0.8: pin higher floors"),
}
OPEN = {
    "a little better": lambda gate: gate.now(0.78),
    "raised": lambda gate: gate.append(0.71),
    "lowered, and said": lambda gate: gate.append(0.6, lowered="A rule went."),
}


def said(gate: Gate) -> str:
    problems = floors.problems(
        gate.entries, gate.measured, latest=gate.latest, changelog="- A rule went."
    )
    return "\n".join(problems)


@pytest.mark.parametrize(("change", "problem"), SHUT.values(), ids=SHUT)
def test_the_gate_shuts(change: Callable[[Gate], object], problem: str) -> None:
    gate = Gate()
    assert said(gate) == ""
    change(gate)
    assert problem in said(gate)


@pytest.mark.parametrize("change", OPEN.values(), ids=OPEN)
def test_the_gate_stays_open(change: Callable[[Gate], object]) -> None:
    gate = Gate()
    change(gate)
    gate.measured["a.jsonl"][1]["all"] = gate.measured["a.jsonl"][1]["all"] | {"recall": 0.72}
    assert said(gate) == ""


def test_an_entry_is_written_as_it_is_read(tmp_path: Path) -> None:
    gate = Gate()
    gate.append(0.6, lowered="“Why”: 1")
    path = tmp_path / "floors.yaml"
    path.write_text("".join(map(floors.written, gate.entries)), encoding="utf-8")
    assert floors.read(path) == gate.entries


# The gold files themselves.


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.jsonl")), ids=lambda path: path.stem)
def test_quotes_stand_where_the_gold_says_and_halves_by_the_hash(path: Path) -> None:
    gold = read_gold(path)
    texts = {text.slug: text.text for text in lookup.texts_of_gold(GOLD / "none.db", gold)}
    for line, unit in zip(path.read_text(encoding="utf-8").splitlines(), gold.units, strict=True):
        row = json.loads(line)
        text = texts[unit.document] if unit.document else unit.text
        for label in row["labels"]:
            assert label["quotes"], unit.id
            for quote in label["quotes"]:
                assert text[quote["start"] : quote["end"]] == quote["text"], unit.id
        assert unit.held_out == floors.is_held_out(unit.id), unit.id


def test_half_of_the_sentences_are_near_misses() -> None:
    units = read_gold(GOLD / "sentences.jsonl").units
    assert len(units) >= 240
    assert sum(not unit.labels for unit in units) * 2 >= len(units)
    assert len({unit.text for unit in units}) == len(units)
