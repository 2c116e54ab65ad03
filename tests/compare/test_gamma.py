"""Gamma where its package is installed, said in a line where it is not; the others stand."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
import types
from collections import defaultdict

import numpy as np
import pytest

from annotator.compare import gamma as module
from annotator.compare.gamma import Gamma, gamma
from annotator.compare.questions import Text
from annotator.model import Annotation, Document, Review, new_id


@pytest.fixture
def text(document: Document) -> Text:
    """Ana and Bo have read all of it; both marked the first clause, Bo the second too."""
    clauses = list(document.reviewable())
    marks = [
        Annotation(
            new_id(), document.id, clause.eid, clause.body, clause.body + 4,
            document.text[clause.body : clause.body + 4], "privacy", "risk", who,
        )
        for who, clause in (("ana", clauses[0]), ("bo", clauses[0]), ("bo", clauses[1]))
    ]  # fmt: skip
    reviews = [
        Review(document.id, clause.eid, who, "concern")
        for who in ("ana", "bo")
        for clause in clauses
    ]
    return Text(document, marks, reviews)


class Continuum:
    """As much of the package as is used; its figure counts what it was given."""

    def __init__(self) -> None:
        self.given: dict[str, list[object]] = defaultdict(list)

    def add_annotator(self, name: str) -> None:
        self.given[name] += []

    def add(self, name: str, place: object, label: str) -> None:
        self.given[name].append((place, label))

    def compute_gamma(self, _: object, *, n_samples: int, fast: bool) -> types.SimpleNamespace:
        assert n_samples >= 30
        assert fast
        assert self.given["ana"] == [((0, 4), "privacy risk")]
        assert [len(found) for found in self.given.values()] == [1, 2]
        return types.SimpleNamespace(gamma=0.5 + 0 * np.random.random())


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """A small stand-in for pygamma-agreement."""
    fake, core = types.ModuleType("pygamma_agreement"), types.ModuleType("pyannote.core")
    fake.__spec__ = importlib.machinery.ModuleSpec("pygamma_agreement", None)
    fake.Continuum = Continuum
    fake.CombinedCategoricalDissimilarity = dict
    core.Segment = lambda start, end: (start, end)
    for name, made in {
        "pygamma_agreement": fake,
        "pyannote": types.ModuleType("pyannote"),
        "pyannote.core": core,
    }.items():
        monkeypatch.setitem(sys.modules, name, made)
    return fake


@pytest.mark.usefixtures("package")
def test_the_package_is_given_the_marks_and_its_figure_told(text: Text) -> None:
    before = np.random.get_state()[1].tolist()
    found = gamma([text], ["ana", "bo"])
    assert found == Gamma(0.5, 3, "measured")
    assert found.said() == "0.50"
    assert np.random.get_state()[1].tolist() == before, "others' chance is left as it was"


def test_without_the_package_that_is_said(text: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    found = gamma([text], ["ana", "bo"])
    assert (found.value, found.state, found.marks) == (None, "not_installed", 3)
    assert found.said().startswith("not installed")


@pytest.mark.usefixtures("package")
def test_one_reviewer_or_too_many_marks_give_no_figure(
    text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gamma([text], ["ana"]).state == "too_few"
    monkeypatch.setattr(module, "MOST_MARKS", 2)
    assert gamma([text], ["ana", "bo"]).state == "too_many"


def test_what_the_package_meets_does_not_take_the_other_figures_along(
    text: Text, package: types.ModuleType
) -> None:
    package.Continuum = None
    assert gamma([text], ["ana", "bo"]).state == "failed"


@pytest.mark.skipif(
    importlib.util.find_spec("pygamma_agreement") is None, reason="pygamma-agreement is not there"
)
def test_the_real_package_gives_a_figure_twice_the_same(text: Text) -> None:
    first = gamma([text], ["ana", "bo"])
    assert first.state == "measured"
    assert first == gamma([text], ["ana", "bo"])
