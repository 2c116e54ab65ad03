"""What all measures of agreement cost, beside alpha alone by the `krippendorff` package.

    python tests/bench/compare.py [--rounds 7] [--clauses 100000]

Five reviewers who leave a tenth of the clauses unread and differ on one in twenty. Then the marks
of two reviewers, matched and measured for twice as many again: near linear is 2. The figures are
processor time, since other work on the machine then counts little.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

import krippendorff
import numpy as np
from measuring import table, verdict

from annotator.compare import Answers, Question, measure, span_agreements, unitizing
from annotator.model import Annotation

PRIVACY = Question("concern", "privacy")
AIM = 2.0


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


if __name__ == "__main__":
    main()
