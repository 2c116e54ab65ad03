"""How quickly texts come in: plain news items into the store, and a treaty as a PDF.

    python tests/bench/intake.py [--items 10000] [--pages 100] [--rounds 3]

The items are files of six paragraphs and some 1,800 characters in folders of 500, no two alike;
they are found, read, given a kind and a language, and stored in batches, by one process that uses
one core. A second row says of each item what it is, as `intake --kind news --language en` does. A
process of its own reads each number of items, so that what it needs of memory at the most is its
own, until the last is stored; with memory flat, ten times as many items need no more. The treaty is
set by reportlab with running heads and page numbers, and read by the same way as any PDF, in a
process within limits.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import ROOT, verdict

NEWS_AIM = 5_000
PDF_AIM = 5.0
GROWTH_AIM = 1.05
FEW = 1_000
_PEOPLE = ("the minister", "a judge", "two reporters", "the union", "the police", "a lawyer")
_DEEDS = (
    "asked for the data of a source that had been kept for less than a month",
    "refused to say who had signed the order to search the newsroom last week",
    "called the draft a danger to all who report on what the state would hide",
    "said that nobody had been told of the interception until the case was closed",
    "promised that whoever discloses an abuse in good faith will not be charged",
)
_PARAGRAPH = (
    "Each Party shall adopt such legislative and other measures as may be necessary to",
    "protect the sources of those who report on its affairs, and shall see to it that whoever",
    "is asked to name them can have the order looked at by a judge before anything is given.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", nargs=2, metavar=("FOLDER", "OPTIONS"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(store_items(Path(given.child[0]), json.loads(given.child[1]))))
        return
    print(f"intake: best of {given.rounds} rounds; Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as scratch:
        news(Path(scratch), given.items, given.rounds)
        treaty(Path(scratch), given.pages, given.rounds)


def news(scratch: Path, items: int, rounds: int) -> None:
    """Print items a second, by the clock and by the processor, and the memory for them."""
    few, many = scratch / "few", scratch / "many"
    write_items(few, FEW)
    write_items(many, items)
    asked = {
        "kind and language found": {},
        "kind and language given": {"kind": "news", "language": "en"},
    }
    for name, options in asked.items():
        best = min((child(many, options) for _ in range(rounds)), key=lambda run: run["cpu"])
        rate, by_clock = items / best["cpu"], items / best["seconds"]
        print(
            f"{items:,} news items, {name}: {rate:,.0f} a second of processor time, "
            f"{by_clock:,.0f} by the clock (aim: {NEWS_AIM:,}; {verdict(NEWS_AIM, rate)})"
        )
        small = child(few, options)
        growth = best["rss"] / small["rss"]
        print(
            f"  memory at the most: {small['rss'] / 1e6:.0f} MB for {FEW:,}, "
            f"{best['rss'] / 1e6:.0f} MB for {items:,}: {growth:.2f} times "
            f"(aim: {GROWTH_AIM}; {verdict(growth, GROWTH_AIM)})"
        )


def treaty(scratch: Path, pages: int, rounds: int) -> None:
    """Print the seconds from file to clause tree."""
    from annotator import intake

    path = scratch / "treaty.pdf"
    set_treaty(path, pages)
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        document = intake.read(path)
        taken.append(time.perf_counter() - started)
    best = min(taken)
    print(
        f"a treaty of {pages} pages ({len(document.text):,} characters, "
        f"{len(document.clauses):,} clauses): {best:.2f} s by the clock "
        f"(aim: at most {PDF_AIM:.0f}; {verdict(best, PDF_AIM)})"
    )


def child(folder: Path, options: dict[str, str]) -> dict[str, float]:
    """What a process of its own measured."""
    done = subprocess.run(
        [sys.executable, __file__, "--child", str(folder), json.dumps(options)],
        stdout=subprocess.PIPE,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return json.loads(done.stdout)


def store_items(folder: Path, options: dict[str, str]) -> dict[str, float]:
    """Read and store every file of a folder in a database of its own."""
    from annotator import store as stores
    from annotator.intake import gather

    with tempfile.TemporaryDirectory() as scratch, stores.open(Path(scratch) / "a.db") as store:
        stores.warm()
        started, used = time.perf_counter(), time.process_time()
        readings = gather.read_each(gather.find([str(folder)]).inside, **options)
        documents = (reading.documents for reading in readings)
        stored = sum(len(batch) for batch in gather.keep(store, documents))
        taken = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - used}
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        count = sum(1 for _ in folder.rglob("*.txt"))
        assert stored == len(store.documents()) == count, "every item is a document"
        assert not store.verify()
    return {**taken, "rss": most * (1 if sys.platform == "darwin" else 1024)}


def write_items(folder: Path, count: int) -> None:
    for number in range(count):
        path = folder / f"{number // 500:03}" / f"report-{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(item(number), encoding="utf-8")


def item(number: int) -> str:
    """A report that no other is like."""

    def sentence(at: int) -> str:
        who, what = _PEOPLE[(number + at) % 6], _DEEDS[(number // 6 + at) % 5]
        return f"On day {number % 365 + at}, {who} {what}, in case {number} of the court."

    paragraphs = (" ".join(sentence(3 * part + at) for at in range(3)) for part in range(6))
    return f"Report {number} from the court\n\n" + "\n\n".join(paragraphs) + "\n"


def set_treaty(path: Path, pages: int) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    words = lines()
    for page in range(1, pages + 1):
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(72, 800, "Convention on Examples")
        canvas.drawString(290, 36, str(page))
        canvas.setFont("Times-Roman", 10)
        y = 770
        while y > 70:
            style, line = next(words)
            if style == "centre":
                canvas.drawCentredString(297, y, line)
            else:
                canvas.drawString(72, y, line)
            y -= 13
        canvas.showPage()
    canvas.save()


def lines() -> Iterator[tuple[str, str]]:
    """The lines of articles of four paragraphs, without end."""
    number = 0
    while True:
        number += 1
        yield "centre", f"Article {number}"
        yield "centre", f"Protection of sources in matters of kind {number}"
        for paragraph in range(1, 5):
            for at, line in enumerate(_PARAGRAPH):
                yield "", line if at else f"{paragraph}. {line}"


if __name__ == "__main__":
    main()
