"""The floors under the highlights, and how they are kept from sinking unnoticed.

`floors.yaml` is a list that only grows. Each entry has its date, why it was made, the SHA-256 of
the entry before it and, for each gold file, the file's SHA-256 and the floors of each row. So:

- a gold file that changed, came or went needs a new entry;
- an entry that was changed, taken out or put in breaks the chain, or is not the LATEST that
  tests/highlight/test_floors.py names;
- an entry that lowers or drops any floor says why as `lowered`, and CHANGELOG.md says the same;
- floors far under what is measured are too low to hold anything, and have to be raised.

    python tests/gold/floors.py                what is measured, and what is wrong
    python tests/gold/floors.py --pin WHY      appends an entry a hit or two under what is measured
    python tests/gold/floors.py --pin WHY --lowered REASON
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import math
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.highlight import Highlighters

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
FLOORS = FOLDER / "floors.yaml"
CHANGELOG = ROOT / "CHANGELOG.md"
MEASURES = ("labels", "precision", "recall", "f1")

# So far may the floor that a file's F1 allows rise before the floors have to follow.
SLACK = 0.05

Entry = Mapping[str, Any]
Floors = dict[str, dict[str, float]]
Measured = dict[str, tuple[str, Floors, Floors]]


def digest(entry: Entry) -> str:
    """The SHA-256 of an entry, whatever the order of its keys."""
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_held_out(unit: str) -> bool:
    """Which half a unit belongs to, by a hash of its id, so that nobody picks."""
    return hashlib.sha256(unit.encode()).digest()[-1] % 2 == 1


def read(path: Path = FLOORS) -> list[Entry]:
    """The entries, the oldest first; none where there is no file yet."""
    import srsly

    return list(srsly.yaml_loads(path.read_text(encoding="utf-8"))) if path.exists() else []


def measure(folder: Path = FOLDER, *, highlighters: Highlighters | None = None) -> Measured:
    """For each gold file its SHA-256, what is measured now, and the floors to pin under that."""
    from annotator import highlight, lookup

    highlighters = highlighters or highlight.Highlighters()
    measured: Measured = {}
    for path in sorted(folder.glob("*.jsonl")):
        gold = highlight.read_gold(path)
        texts = lookup.texts_of_gold(folder / "none.db", gold)
        report = highlight.evaluate(gold, texts, highlighters=highlighters)
        rows = {f"{row.concern} {row.polarity}": row for row in report.rows[:-1]}
        rows["all"] = report.total
        held_out = gold.half("held-out")
        rows["held-out"] = highlight.evaluate(held_out, texts, highlighters=highlighters).total
        rows = {name: row for name, row in rows.items() if row.labels}
        now = {name: _figures(row) for name, row in rows.items()}
        floors = {name: _figures(row, spare=1 if " " in name else 2) for name, row in rows.items()}
        measured[path.name] = (gold.sha256, now, floors)
    return measured


def _figures(row: Any, *, spare: int = 0) -> dict[str, float]:
    """A row's measures, or those it would have with so many hits fewer and false alarms more.

    Rounded down, so that a figure is never under the floor made from it.
    """
    hits = max(row.hits - spare, 0)
    alarms = row.alarms + spare
    shares = {
        "precision": (hits, hits + alarms),
        "recall": (hits, row.labels),
        "f1": (2 * hits, hits + alarms + row.labels),
    }
    exact = {name: part / whole if whole else 0.0 for name, (part, whole) in shares.items()}
    return {"labels": row.labels} | {
        name: math.floor(value * 1000) / 1000 for name, value in exact.items()
    }


def entry(
    entries: Sequence[Entry], measured: Measured, *, date: str, why: str, lowered: str = ""
) -> Entry:
    """The entry that would follow the others with the floors to pin now.

    A floor that stands higher already stays, unless `lowered` says why it goes down.
    """
    before = {} if lowered or not entries else entries[-1]["gold"]
    gold = {
        name: {"sha256": sha256, "floors": _raised(before.get(name, {}).get("floors", {}), floors)}
        for name, (sha256, _, floors) in measured.items()
    }
    previous = digest(entries[-1]) if entries else ""
    made: Entry = {"date": date, "why": why, "previous": previous, "gold": gold}
    return {**made, "lowered": lowered} if lowered else made


def _raised(before: Floors, floors: Floors) -> Floors:
    return {
        name: {m: max(row[m], before.get(name, {}).get(m, 0)) for m in MEASURES}
        for name, row in floors.items()
    }


def problems(
    entries: Sequence[Entry], measured: Measured, *, latest: str, changelog: str
) -> list[str]:
    """What is wrong, a line each that says what to do; nothing where all floors hold."""
    if not entries:
        return ["there are no floors: pin some"]
    found = [line for pair in pairwise(entries) for line in _step(*pair)]
    if entries[0]["previous"]:
        found.append(f"{entries[0]['date']}: the entries before it are missing")
    for one in entries:
        if one.get("lowered", "") not in changelog:
            found.append(f"{one['date']}: CHANGELOG.md does not say “{one['lowered']}”")
    if digest(entries[-1]) != latest:
        found.append(
            f"the last entry is {digest(entries[-1])}, not the LATEST of the test: "
            "entries are never changed, only appended"
        )
    return found + _held(entries[-1], measured)


def _step(before: Entry, after: Entry) -> list[str]:
    """What is wrong with an entry in the light of the one before it."""
    found = []
    if after["previous"] != digest(before):
        found.append(f"{after['date']}: the entry before it was changed, or one is missing")
    if after["date"] < before["date"]:
        found.append(f"{after['date']}: it stands behind {before['date']}")
    lower = list(_lower(before, after))
    if lower and not after.get("lowered"):
        found.append(f"{after['date']}: lowers {', '.join(lower)}: say why as `lowered`")
    if after.get("lowered") and not lower:
        found.append(f"{after['date']}: `lowered` is given, and no floor is lower")
    return found


def _lower(before: Entry, after: Entry) -> list[str]:
    lower = []
    for file, gold in before["gold"].items():
        then = after["gold"].get(file, {}).get("floors", {})
        for name, floors in gold["floors"].items():
            for measure in MEASURES:
                if then.get(name, {}).get(measure, -1) < floors[measure]:
                    lower.append(f"{file} {name} {measure}")
    return lower


def _held(last: Entry, measured: Measured) -> list[str]:
    """Whether the gold files are those the floors stand for, and the figures on or above them."""
    found = [
        f"{file}: no floors: append an entry" for file in measured.keys() - last["gold"].keys()
    ]
    for file, gold in last["gold"].items():
        if file not in measured:
            found.append(f"{file}: gone: append an entry without it")
            continue
        sha256, now, possible = measured[file]
        if sha256 != gold["sha256"]:
            found.append(f"{file}: not the gold that the floors were pinned for: append an entry")
        for name, floors in gold["floors"].items():
            for measure in MEASURES:
                value = now.get(name, {}).get(measure, 0)
                if value < floors[measure]:
                    found.append(f"{file} {name}: {measure} {value} is under {floors[measure]}")
        if possible["all"]["f1"] > gold["floors"]["all"]["f1"] + SLACK:
            found.append(
                f"{file}: the floor of F1 is {gold['floors']['all']['f1']} and can be "
                f"{possible['all']['f1']}: pin higher floors"
            )
    return found


def written(made: Entry) -> str:
    """An entry as it stands in the file."""
    lines = [f"- date: {json.dumps(made['date'])}"]
    lines += [
        f"  {key}: {json.dumps(made[key], ensure_ascii=False)}"
        for key in ("why", "lowered", "previous")
        if key in made
    ]
    lines.append("  gold:")
    for file, gold in made["gold"].items():
        lines += [f"    {file}:", f"      sha256: {json.dumps(gold['sha256'])}", "      floors:"]
        lines += [f"        {name}: {json.dumps(row)}" for name, row in gold["floors"].items()]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--pin", metavar="WHY", help="append an entry, made for this reason")
    parser.add_argument("--lowered", metavar="REASON", default="", help="why floors are lower")
    chosen = parser.parse_args(arguments)
    entries, measured = read(), measure()
    for file, (_, now, _) in measured.items():
        for name, row in now.items():
            print(file, name, *(f"{measure} {row[measure]}" for measure in MEASURES), sep="  ")
    if chosen.pin:
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        made = entry(entries, measured, date=today, why=chosen.pin, lowered=chosen.lowered)
        with FLOORS.open("a", encoding="utf-8") as file:
            file.write(written(made))
        entries = read()
        print(f"LATEST = {digest(entries[-1])!r}  # for tests/highlight/test_floors.py")
    latest = digest(entries[-1]) if entries else ""
    changelog = CHANGELOG.read_text(encoding="utf-8")
    print(*problems(entries, measured, latest=latest, changelog=changelog), sep="\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
