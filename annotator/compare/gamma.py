"""Gamma: agreement on where marks are and how they are labelled, both at once.

Y. Mathet, A. Widlöcher, J.-P. Métivier 2015, "The unified and holistic method gamma for
inter-annotator agreement measure and alignment", Computational Linguistics 41. It is computed by
the package pygamma-agreement where somebody has installed it beside this program. It is no
dependency: it brings some 800 MB with it, and the solver of equations it needs is under the GPL.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from annotator.compare.bootstrap import SEED
from annotator.compare.questions import Text
from annotator.compare.reading import Reading
from annotator.compare.unitizing import on_continuum

State = Literal["measured", "not_installed", "too_few", "too_many", "failed"]

PACKAGE = "pygamma_agreement"
MOST_MARKS = 600
"""Some ten seconds' work; with more marks there is no figure."""
_CHANCE_SAMPLES = 30

_SAID: Mapping[State, str] = {
    "not_installed": "not installed (pip install pygamma-agreement)",
    "too_few": "two reviewers with marks are needed",
    "too_many": f"more than {MOST_MARKS} marks take too long: compare fewer texts",
    "failed": "pygamma-agreement could not compute it",
}


@dataclass(frozen=True, slots=True)
class Gamma:
    """Gamma of all marks of the reviewers, and how many there are; `None` where `state` says why.

    1 is full agreement, 0 what chance gives; `state` is "measured" where there is a figure.
    """

    value: float | None
    marks: int
    state: State

    def said(self) -> str:
        """The figure in two decimals, or in a few words why there is none."""
        return _SAID[self.state] if self.value is None else f"{self.value:.2f}"


def gamma(texts: Iterable[Text], reviewers: Sequence[str], *, seed: int = SEED) -> Gamma:
    """Gamma over the words that all these reviewers have read, those of all texts together.

    A mark's label is its concern with its polarity. Place and label weigh alike, as in the paper
    (alpha = beta = 1, an empty place costs 1). Reproducible by the seed, as far as the package is.
    """
    marks = _marks(texts, reviewers)
    number = sum(map(len, marks.values()))
    if importlib.util.find_spec(PACKAGE) is None:
        return Gamma(None, number, "not_installed")
    if sum(map(bool, marks.values())) < 2:
        return Gamma(None, number, "too_few")
    if number > MOST_MARKS:
        return Gamma(None, number, "too_many")
    try:
        with _drawn_from(seed):
            value = _computed(marks)
    except Exception:  # another's package on another's solver; whatever it meets, the rest stands
        return Gamma(None, number, "failed")
    return Gamma(value, number, "measured") if np.isfinite(value) else Gamma(None, number, "failed")


def _computed(marks: Mapping[str, list[tuple[int, int, str]]]) -> float:
    package: Any = importlib.import_module(PACKAGE)
    segment: Any = importlib.import_module("pyannote.core").Segment
    with contextlib.suppress(ImportError, AttributeError):
        # Its solver would write each step to where results are printed.
        importlib.import_module("cvxopt.glpk").options["msg_lev"] = "GLP_MSG_OFF"
    continuum = package.Continuum()
    for reviewer, found in marks.items():
        continuum.add_annotator(reviewer)
        for start, end, label in found:
            continuum.add(reviewer, segment(start, end), label)
    dissimilarity = package.CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    found = continuum.compute_gamma(dissimilarity, n_samples=_CHANCE_SAMPLES, fast=True)
    return float(found.gamma)


def _marks(
    texts: Iterable[Text], reviewers: Sequence[str]
) -> dict[str, list[tuple[int, int, str]]]:
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


@contextlib.contextmanager
def _drawn_from(seed: int) -> Iterator[None]:
    """The package draws chance from numpy's common generator, which is then as it was."""
    before = np.random.get_state()
    np.random.seed(seed)
    try:
        yield
    finally:
        np.random.set_state(before)
