"""Gamma where its package is installed, said in a line where it is not; the others stand."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from annotator.compare import Gamma, Text, gamma
from annotator.model import Annotation, Document, Review, new_id

SMALL = """
class Continuum:
    def __init__(self):
        self.given = {}

    def add_annotator(self, name):
        self.given[name] = []

    def add(self, name, place, label):
        self.given[name].append([*place, label])

    def compute_gamma(self, how, *, n_samples, fast):
        print("the solver says something")
        assert (how, n_samples, fast) == ({"alpha": 1, "beta": 1, "delta_empty": 1}, 30, True)
        assert self.given["ana"] == [[0, 4, "privacy risk"]]
        assert [len(found) for found in self.given.values()] == [1, 2]
        import numpy

        class Found:
            gamma = numpy.float64(numpy.random.random())

        return Found

CombinedCategoricalDissimilarity = dict
"""
"""As much of the package as is used; its figure is drawn by chance."""


@pytest.fixture
def module() -> ModuleType:
    return importlib.import_module("annotator.compare.gamma")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small stand-in for pygamma-agreement, where this process and its children find it."""
    (tmp_path / "pyannote").mkdir()
    core = "def Segment(start, end):\n    return start, end\n"
    (tmp_path / "pyannote" / "core.py").write_text(core, encoding="utf-8")
    made = tmp_path / "pygamma_agreement.py"
    made.write_text(SMALL, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return made


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


@pytest.mark.usefixtures("package")
def test_the_package_is_given_the_marks_and_its_figure_told_the_same_twice(text: Text) -> None:
    found = gamma([text], ["ana", "bo"])
    assert (found.marks, found.state) == (3, "measured")
    assert found.said() == f"{found.value:.2f}"
    assert found == gamma([text], ["bo", "ana"])


def test_without_the_package_that_is_said(text: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    found = gamma([text], ["ana", "bo"])
    assert (found.value, found.state, found.marks) == (None, "not_installed", 3)
    assert found.said().startswith("not installed (pip install")


@pytest.mark.usefixtures("package")
def test_one_reviewer_or_too_many_marks_give_no_figure(
    text: Text, module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gamma([text], ["ana"]).state == "too_few"
    monkeypatch.setattr(module, "MOST_MARKS", 2)
    assert gamma([text], ["ana", "bo"]).state == "too_many"


@pytest.mark.parametrize(
    ("does", "state"),
    [
        ("Continuum = None", "failed"),
        ("import os; os._exit(9)", "failed"),
        ("while True: pass", "too_long"),
    ],
)
def test_whatever_the_package_does_the_other_figures_stand(
    text: Text, package: Path, does: str, state: str
) -> None:
    package.write_text(does, encoding="utf-8")
    found = gamma([text], ["ana", "bo"], seconds=0.5 if state == "too_long" else 60)
    assert found == Gamma(None, 3, state)


def test_there_are_words_for_every_state(module: ModuleType) -> None:
    said = {Gamma(None, 0, state).said() for state in module.STATES if state != "measured"}
    assert len(said) == len(module.STATES) - 1


@pytest.mark.long
@pytest.mark.skipif(
    importlib.util.find_spec("pygamma_agreement") is None, reason="pygamma-agreement is not there"
)
def test_the_real_package_gives_a_figure_twice_the_same(text: Text) -> None:
    first = gamma([text], ["ana", "bo"])
    assert first.state == "measured"
    assert first == gamma([text], ["ana", "bo"])
