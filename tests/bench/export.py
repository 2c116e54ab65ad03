"""What it costs to write 100,000 annotations, beside a bare query, and to load them again.

    python tests/bench/export.py [--annotations 100000] [--rounds 3] [--only csv]

Each is a process of its own, timed by its processor so that others that run do not count, from the
imports done to the file closed; memory is the most it held, above what it held before. The bare
query joins each annotation with text, clause and reviewer and writes the same columns, ordered by
text and place, with `json` and `csv` and nothing else. A file with a tenth of the annotations shows
whether memory grows with them.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from measuring import verdict

from annotator import export, store
from annotator.model import (
    Annotation,
    Clause,
    Document,
    Review,
    Reviewer,
    sha256,
    stable_id,
)
from annotator.store import Store

_A_TEXT = 500
_A_CLAUSE = 5
_SENTENCE = (
    "each party shall adopt such legislative and other measures as may be necessary to empower its "
    "competent authorities to search or similarly access a computer system and the data stored in "
    "it without prior notice to the person concerned “unless a judge orders” otherwise"
)
_WORDS = _SENTENCE.split()
_LABELS = (("privacy", "risk"), ("press_freedom", "risk"), ("privacy", "safeguard"))
_DAY = "2026-01-{:02}T08:00:00.{:03}Z"
_AIM = 2.0
_LOAD_AIM = 20_000
_QUERY = """
select 'annotation' as type, a.id, d.slug as document, d.text_sha256, a.eid, c.citation, a.start,
       a."end", a.quote, a.concern, a.code, a.polarity, a.severity, a.note, r.name as reviewer,
       a.created, a.updated
from annotations a
join documents d on d.id = a.document
join clauses c on c.document = a.document and c.eid = a.eid
join reviewers r on r.id = a.reviewer
order by d.slug, d.version, a.start, a."end", a.concern, a.polarity, a.id
"""


def made_up(number: int, chance: random.Random) -> Document:
    """A text of a hundred clauses of its own words."""
    blocks = [
        " ".join(chance.choices(_WORDS, k=60)).capitalize() + "."
        for _ in range(_A_TEXT // _A_CLAUSE)
    ]
    at, clauses = 0, []
    for n, block in enumerate(blocks, start=1):
        end = at + len(block)
        clauses.append(Clause(f"para_{n}", f"para. {n}", "paragraph", str(n), "", at, end, at, end))
        at = end + 2
    text = "\n\n".join(blocks)
    return Document(
        id=stable_id("document", sha256(text)),
        slug=f"text-{number:05}",
        title=f"Report {number}",
        kind="news",
        language="en",
        text=text,
        text_sha256=sha256(text),
        clauses=tuple(clauses),
    )


def fill(opened: Store, annotations: int) -> None:
    """Store so many annotations of four reviewers, a few hundred in each text."""
    chance = random.Random(7)
    people = [Reviewer(stable_id("bench", n), f"Reader {n}", _DAY.format(1, n)) for n in range(4)]
    with opened.write("fill", keep_times=True) as write:
        for someone in people:
            write.insert(someone)
    for number in range(annotations // _A_TEXT):
        text = made_up(number, chance)
        opened.add_document(text)
        marks = []
        for n in range(_A_TEXT):
            clause = text.clauses[n // _A_CLAUSE]
            start = clause.body + chance.randrange(100)
            end = start + 20 + chance.randrange(80)
            concern, polarity = chance.choice(_LABELS)
            marks.append(
                Annotation(
                    id=stable_id(text.id, n),
                    document=text.id,
                    eid=clause.eid,
                    start=start,
                    end=end,
                    quote=text.text[start:end],
                    concern=concern,
                    polarity=polarity,  # type: ignore[arg-type]  # one of the two
                    reviewer=chance.choice(people).id,
                    note="" if n % 4 else "no judge, no limit in time; see the commentary",
                    created=_DAY.format(1 + n % 28, n % 1000),
                    updated=_DAY.format(1 + n % 28, n % 1000),
                )
            )
        with opened.write("fill", keep_times=True) as write:
            for mark in marks:
                write.insert(mark)
            for clause in text.clauses:
                write.insert(
                    Review(text.id, clause.eid, people[0].id, "concern", "", _DAY.format(2, 0))
                )


def bare_json(path: Path, out: Path) -> None:
    """Every annotation as an object a line."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    with out.open("w", encoding="utf-8") as file:
        for row in connection.execute(_QUERY):
            file.write(json.dumps(dict(row), ensure_ascii=False) + "\n")


def bare_csv(path: Path, out: Path) -> None:
    """Every annotation as a row."""
    connection = sqlite3.connect(path)
    with out.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        found = connection.execute(_QUERY)
        rows.writerow(column[0] for column in found.description)
        rows.writerows(found)


def written(format: str) -> Callable[[Path, Path], None]:
    """What writes the format."""

    def work(path: Path, out: Path) -> None:
        with store.open(path, readonly=True) as opened:
            export.write(opened, format, out, export.Selection(names=True))

    return work


def loaded(path: Path, out: Path) -> None:
    """Load the JSON Lines beside the database into a new one."""
    with store.open(out) as opened:
        export.load(opened, path.with_suffix(".jsonl"))


WORK: dict[str, Callable[[Path, Path], None]] = {
    "bare json": bare_json,
    "bare csv": bare_csv,
    **{
        name: written(name)
        for name in ("jsonl", "csv", "parquet", "xlsx")
        if name in export.FORMATS
    },
    "load": loaded,
}
_FLOOR = {"jsonl": "bare json", "csv": "bare csv", "parquet": "bare csv"}


# What a program loads once, when it first writes so; it is no part of the work.
_NEEDS = {
    "load": ("sqlite_utils", "annotator.intake.references"),
    "parquet": ("pyarrow.compute", "pyarrow.parquet"),
    "xlsx": ("xlsxwriter",),
}


def child(name: str, path: Path, out: Path) -> None:
    """Do it once and print seconds of processor time and megabytes."""
    for module in () if os.environ.get("BENCH_COLD") else _NEEDS.get(name, ()):
        importlib.import_module(module)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    WORK[name](path, out)
    spent = time.process_time() - begun
    print(spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)


def measured(name: str, path: Path, folder: Path) -> tuple[float, float, int]:
    """Seconds, megabytes, and the bytes of what was written."""
    out = folder / "out.file"
    for old in folder.glob("out.file*"):
        old.unlink()
    told = subprocess.run(
        [sys.executable, __file__, "--child", name, str(path), str(out)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, megabytes = map(float, told.stdout.split())
    return seconds, megabytes, out.stat().st_size


def main(annotations: int, rounds: int, only: Sequence[str]) -> None:
    """Print a line for each work, with how many times the bare query's time it takes."""
    names = [name for name in WORK if not only or name in only or name in _FLOOR.values()]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        paths = {count: folder / f"{count}.db" for count in (annotations // 10, annotations)}
        for count, path in paths.items():
            with store.open(path) as opened:
                fill(opened, count)
                export.write(
                    opened, "jsonl", path.with_suffix(".jsonl"), export.Selection(names=True)
                )
        print(f"{annotations:,} annotations: seconds of processor time, median of {rounds}")
        small = {name: measured(name, paths[annotations // 10], folder)[1] for name in names}
        # In turn, so that what else the machine does falls on all of them alike.
        taken: dict[str, list[tuple[float, float, int]]] = {name: [] for name in names}
        for _ in range(rounds):
            for name in names:
                taken[name].append(measured(name, paths[annotations], folder))
        medians = {
            name: statistics.median(seconds for seconds, _, _ in found)
            for name, found in taken.items()
        }
        for name in names:
            _, memory, size = taken[name][0]
            line = (
                f"{name:10} {medians[name]:6.2f} s {annotations / medians[name]:9,.0f} a second, "
                f"{size / 1e6:6.1f} MB written, {memory:5.0f} MB held (a tenth: {small[name]:.0f})"
            )
            if floor := _FLOOR.get(name):
                times = medians[name] / medians[floor]
                line += f"; {times:.2f} x {floor} (aim: {_AIM:.0f}; {verdict(times, _AIM)})"
            if name == "load":
                pace = _LOAD_AIM / (annotations / medians[name])
                line += f" (aim: {_LOAD_AIM:,} a second; {verdict(pace, 1)})"
            print(line)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--annotations", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", action="append", default=[])
    options.add_argument("--child", nargs=3)
    given = options.parse_args()
    if given.child:
        child(given.child[0], Path(given.child[1]), Path(given.child[2]))
    else:
        main(given.annotations, given.rounds, given.only)
