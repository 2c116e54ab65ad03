"""How long a search takes among 100,000 clauses, and how long the index is in making.

    python tests/bench/find.py [--clauses 100000]

The texts are news made of the words
of the project's own corpus. Times are of this process's processor, so that others that run do not
count; the index is made in steps, and the longest is what a tag that is stored meanwhile waits for.
"""

from __future__ import annotations

import argparse
import itertools
import random
import tempfile
import time
from pathlib import Path

from measuring import table

from annotator import intake, store
from annotator.bootstrap import CORPUS
from annotator.model import Clause, Document, sha256, stable_id
from annotator.search import Filters, parse
from annotator.store import Store

_A_TEXT = 20
_ASKED = (
    ("privacy", None),
    ('"mutual legal assistance"', None),
    ("seiz*", None),
    ('interception "content data"', None),
    ("data OR information -personal", None),
    ("the", None),
    ("the", Filters(document="news-7")),
    ("", Filters(state="not_reviewed")),
)


def made_up(number: int, chance: random.Random, clauses: list[str], words: list[str]) -> Document:
    """A news item of clauses in which every fourth word is another."""
    blocks = []
    for _ in range(_A_TEXT):
        block = chance.choice(clauses).split()
        for _ in range(len(block) // 4):
            block[chance.randrange(len(block))] = chance.choice(words)
        blocks.append(" ".join(block))
    text, at, made = "\n\n".join(blocks), 0, []
    for n, block in enumerate(blocks, start=1):
        end = at + len(block)
        made.append(Clause(f"para_{n}", f"para. {n}", "paragraph", str(n), "", at, end, at, end))
        at = end + 2
    return Document(
        id=stable_id("document", text),
        slug=f"news-{number}",
        title=f"Report {number}",
        kind="news",
        language="en",
        text=text,
        text_sha256=sha256(text),
        clauses=tuple(made),
    )


def fill(opened: Store, clauses: int) -> None:
    """Store so many clauses."""
    corpus = intake.corpus(CORPUS)
    own = [text.text[one.body : one.own_end] for text in corpus for one in text.reviewable()]
    words = sorted({word for text in corpus for word in text.text.split()})
    chance = random.Random(1)
    with opened.write("add_documents") as write:
        for number in range(clauses // _A_TEXT):
            opened.add_document(made_up(number, chance, own, words), write=write)


def main(clauses: int) -> None:
    """Print a line for the index, and one for each search with how much it found."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        with store.open(path) as opened:
            fill(opened, clauses)
        with store.open(path) as opened:
            size, steps = path.stat().st_size, [time.process_time()]
            opened.follow_search(lambda *_: steps.append(time.process_time()))
            longest = max(after - before for before, after in itertools.pairwise(steps))
            spent = steps[-1] - steps[0]
        with store.open(path) as opened:
            print(
                f"index of {clauses:,} clauses: {spent:.1f} s in {len(steps) - 1} steps, the "
                f"longest {longest * 1e3:.0f} ms; {(path.stat().st_size - size) / 1e6:.0f} MB "
                f"more than {size / 1e6:.0f}"
            )
            rows = dict[str, list[float]]()
            for typed, filters in _ASKED:
                times = list[float]()
                for _ in range(5):
                    begun = time.process_time()
                    found = opened.search(parse(typed), filters)
                    times.append((time.process_time() - begun) * 1e3)
                narrowed = " (one text)" if filters and filters.document else ""
                asked = f"{typed or 'all not reviewed'}{narrowed}"
                rows[f"{asked}: {found.total:,}"] = times
            table(rows)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clauses", type=int, default=100_000)
    main(options.parse_args().clauses)
