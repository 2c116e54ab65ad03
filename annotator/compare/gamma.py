"""Gamma: agreement on where marks are and how they are labelled, both at once.

Y. Mathet, A. Widlöcher, J.-P. Métivier 2015, "The unified and holistic method gamma for
inter-annotator agreement measure and alignment", Computational Linguistics 41. It is computed by
the package pygamma-agreement where somebody has installed it beside this program. It is no
dependency: it brings some 600 MB with it, and the solver of equations it needs is under the GPL.
"""

from __future__ import annotations

import importlib.util
import json
import math
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from annotator.compare import gammachild
from annotator.compare.bootstrap import SEED
from annotator.compare.questions import Text
from annotator.compare.reading import Reading
from annotator.compare.unitizing import on_continuum

State = Literal["measured", "not_installed", "too_few", "too_many", "too_long", "failed"]
STATES: tuple[State, ...] = get_args(State)

PACKAGE = "pygamma_agreement"
INSTALL = "pip install pygamma-agreement"
MOST_MARKS = 600
"""Half a minute's work where marks lie apart; with more marks there is no figure."""
SECONDS = 120.0
"""Where many marks share the same words the work grows without bound; then it is given up."""
_CHANCE_SAMPLES = 30

Marks = Mapping[str, list[tuple[int, int, str]]]

_SAID: Mapping[State, str] = {
    "not_installed": f"not installed ({INSTALL})",
    "too_few": "two reviewers with marks are needed",
    "too_many": f"more than {MOST_MARKS} marks take too long: compare fewer texts",
    "too_long": f"given up after {SECONDS:.0f} seconds: too many marks share the same words",
    "failed": "pygamma-agreement could not compute it",
}


@dataclass(frozen=True, slots=True)
class Gamma:
    """Gamma of all marks of the reviewers, and how many there are; `None` where `state` says why.

    1 is full agreement, 0 what chance gives; `state` is "measured" where there is a figure. There
    is no interval: to draw clauses anew would take as long for each draw as the figure does.
    """

    value: float | None
    marks: int
    state: State

    def said(self) -> str:
        """The figure in two decimals, or in a few words why there is none."""
        return _SAID[self.state] if self.value is None else f"{self.value:.2f}"


def gamma_installed() -> bool:
    """Whether the package that computes gamma is there."""
    return importlib.util.find_spec(PACKAGE) is not None


def gamma(
    texts: Iterable[Text], reviewers: Sequence[str], *, seconds: float = SECONDS, seed: int = SEED
) -> Gamma:
    """Gamma over the words that all these reviewers have read, those of all texts together.

    A mark's label is its concern with its polarity. Place and label weigh alike, as in the paper
    (alpha = beta = 1, an empty place costs 1). It is computed in a process of its own, which is
    ended after so many seconds; reproducible by the seed, as far as the package is.
    """
    marks = _marks(texts, reviewers)
    number = sum(map(len, marks.values()))
    if not gamma_installed():
        return Gamma(None, number, "not_installed")
    if sum(map(bool, marks.values())) < 2:
        return Gamma(None, number, "too_few")
    if number > MOST_MARKS:
        return Gamma(None, number, "too_many")
    value, state = _computed(marks, seconds, seed)
    return Gamma(value, number, state)


def _computed(marks: Marks, seconds: float, seed: int) -> tuple[float | None, State]:
    asked = {"seed": seed, "samples": _CHANCE_SAMPLES, "marks": marks}
    try:
        done = subprocess.run(
            [sys.executable, "-P", gammachild.__file__],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        value = json.loads(done.stdout.splitlines()[-1]).get("gamma")
    except subprocess.TimeoutExpired:
        return None, "too_long"
    except (OSError, ValueError, IndexError, AttributeError):
        # It could not start, or ended without an answer, or with one that is none.
        return None, "failed"
    if not isinstance(value, float) or not math.isfinite(value):
        return None, "failed"
    return value, "measured"


def _marks(texts: Iterable[Text], reviewers: Sequence[str]) -> Marks:
    """Each reviewer's marks on one continuum: start, end, label."""
    marks: dict[str, list[tuple[int, int, str]]] = {reviewer: [] for reviewer in sorted(reviewers)}
    length = 0
    for text in texts:
        reading = Reading(text.document, text.reviews)
        read = [
            (clause.body, clause.own_end)
            for clause in reading.clauses
            if reading.readers(clause.eid).issuperset(reviewers)
        ]
        for one in text.annotations:
            if one.reviewer in marks and one.document == text.document.id:
                for start, end in on_continuum([(one.start, one.end)], read)[0]:
                    label = f"{one.concern} {one.polarity}"
                    marks[one.reviewer].append((start + length, end + length, label))
        length += on_continuum((), read)[1]
    return {reviewer: sorted(set(found)) for reviewer, found in marks.items()}
