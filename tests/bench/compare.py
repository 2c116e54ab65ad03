"""What all measures of agreement cost, beside alpha alone by the `krippendorff` package.

    python tests/bench/compare.py [--rounds 7] [--clauses 100000]

Five reviewers who leave a tenth of the clauses unread and differ on one in twenty. Then the marks
of two reviewers, matched and measured for twice as many again: near linear is 2. Then the compare
page of a text of a hundred clauses that two have read, alone in its database and among a hundred
thousand clauses: side by side, and the figures over all texts, when they are first asked for and
when nothing has changed since. The figures are processor time, since other work on the machine then
counts little; a round of each page goes before, unmeasured.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import krippendorff
import numpy as np
from crowd import HUNDRED, fill
from measuring import table, verdict
from streamlit.testing.v1 import AppTest

from annotator import store
from annotator.compare import Answers, Question, measure, span_agreements, unitizing
from annotator.model import Annotation, Review, new_id

PRIVACY = Question("concern", "privacy")
AIM = 2.0
PAGE_AIM = 1.2


def judged(clauses: int) -> tuple[np.ndarray, Answers]:
    """A matrix of ones, zeros and gaps as the package takes it, and the same as answers."""
    rng = np.random.default_rng(1)
    truth = rng.random(clauses) < 0.1
    rows = [np.where(rng.random(clauses) < 0.05, ~truth, truth).astype(float) for _ in range(5)]
    matrix = np.stack(rows)
    matrix[rng.random(matrix.shape) < 0.1] = np.nan
    marked = {(int(r), int(n)): 1 for r, n in zip(*np.nonzero(matrix == 1), strict=True)}
    said = {PRIVACY: marked}
    return matrix, Answers(tuple("abcde"), [], ~np.isnan(matrix), said, [PRIVACY])


def marked(count: int, reviewer: str, seed: int) -> list[Annotation]:
    """So many marks of a reviewer in one text, as dense as those of a busy treaty."""
    dice = random.Random(seed)
    found = []
    for place in range(count):
        start = place * 60 + dice.randrange(30)
        end = start + dice.randrange(5, 40)
        found.append(
            Annotation(
                f"{reviewer}{place}", "doc", "art_1", start, end, "x", "privacy", "risk", reviewer
            )
        )
    return found


def spent(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of processor time for each round."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append((time.process_time() - begun) * 1000)
    return times


def compared(path: Path, *, crowded: bool) -> None:
    """A database in which two have read the hundred clauses and differ on one in three."""
    fill(path, crowded=crowded)
    with store.open(path) as db:
        text = db.document(HUNDRED)
        for place, reader in enumerate(db.reviewers()):
            with db.write("bench", reviewer=reader.id, document=text.id) as write:
                for number, clause in enumerate(text.reviewable()):
                    end = clause.body + len("The ministry")
                    write.put(Review(text.id, clause.eid, reader.id, "concern"))
                    write.insert(
                        Annotation(
                            id=new_id(),
                            document=text.id,
                            eid=clause.eid,
                            start=clause.body,
                            end=end,
                            quote=text.text[clause.body : end],
                            concern="privacy",
                            polarity="safeguard" if number % 3 < place else "risk",
                            reviewer=reader.id,
                        )
                    )


def _page() -> None:
    from annotator.ui.pages import compare

    compare.page()


def opened(path: Path, *, whole: bool = False) -> AppTest:
    """The page as somebody opens it; with `whole` at the figures over all texts."""
    os.environ["ANNOTATOR_DB"] = str(path)
    app = AppTest.from_function(_page, default_timeout=120)
    app.query_params["doc"] = HUNDRED
    if whole:
        app.query_params["view"] = "agreement"
        app.session_state["agreement-scope"] = "all"
    app.run()
    assert not app.exception, app.exception
    return app


def pages(rounds: int) -> None:
    """What the page costs to open, alone and in a crowd, and the figures over all texts."""
    with tempfile.TemporaryDirectory() as scratch:
        few, many = (Path(scratch) / name for name in ("few.db", "many.db"))
        compared(few, crowded=False)
        compared(many, crowded=True)
        names = {"page, 100 clauses": few, "page, among 100,000": many}
        rows: dict[str, list[float]] = {name: [] for name in names}
        for number in range(rounds + 1):
            for name, path in names.items():
                taken = spent(lambda path=path: opened(path), 1)
                rows[name] += taken if number else []
        first = spent(lambda: opened(many, whole=True), 1)
        rows["figures over all, first"] = first * 2
        rows["figures over all, kept"] = spent(lambda: opened(many, whole=True), max(2, rounds))
        print("the compare page")
        table(rows)
        alone, among = (statistics.median(rows[name]) for name in names)
        print(
            f"among 100,000: {among / alone:.2f} x ({verdict(among / alone, PAGE_AIM)},"
            f" aim {PAGE_AIM:g})"
        )


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--clauses", type=int, default=100_000)
    given = parser.parse_args()
    matrix, said = judged(given.clauses)

    def alone() -> object:
        return krippendorff.alpha(reliability_data=matrix, level_of_measurement="nominal")

    rows: dict[str, list[float]] = {"alpha alone, the package": [], "all measures": []}
    rows["all measures, with intervals"] = []
    for _ in range(given.rounds):
        rows["alpha alone, the package"] += spent(alone, 1)
        rows["all measures"] += spent(lambda: measure(said, PRIVACY, resamples=0), 1)
        rows["all measures, with intervals"] += spent(lambda: measure(said, PRIVACY), 1)
    print(f"5 reviewers, {given.clauses:,} clauses, one concern, 10 pairs")
    table(rows)
    floor, *others = (statistics.median(times) for times in rows.values())
    for name, times in zip(list(rows)[1:], others, strict=True):
        print(f"{name}: {times / floor:.2f} x ({verdict(times / floor, AIM)}, aim {AIM:g})")

    for name, work in (
        ("spans matched", lambda a, b: span_agreements(a, b)),
        (
            "alpha for unitizing",
            lambda a, b: unitizing(
                {"privacy": [[(m.start, m.end) for m in one] for one in (a, b)]},
                length=len(a) * 60 + 100,
            ),
        ),
    ):
        sizes = (given.clauses // 4, given.clauses // 2)
        half, whole = (
            statistics.median(
                spent(
                    lambda n=n, work=work: work(marked(n, "a", 1), marked(n, "b", 2)), given.rounds
                )
            )
            for n in sizes
        )
        print(f"{name}: {2 * sizes[1]:,} marks {whole:.0f} ms, {whole / half:.2f} x half as many")
    pages(given.rounds)


if __name__ == "__main__":
    main()
