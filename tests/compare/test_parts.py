"""Agreement text by text, along a treaty and over time."""

from dataclasses import replace

import pytest

from annotator.codebook import load
from annotator.compare import Question, Text, answers, measure, measure_parts

PRIVACY = Question("concern", "privacy")
MARCH, MAY = "2026-03-02T09:00:00.000Z", "2026-05-20T09:00:00.000Z"


def at(when, reviews):
    return [replace(one, updated=when) for one in reviews]


def told(found):
    return [(one.document, one.name, one.measured.clauses) for one in found]


@pytest.fixture
def said(document, say):
    """Two have read all, b the last paragraph and its points in May; a third has read one."""
    second = tuple(c.eid for c in document.reviewable() if "para_2" in c.eid)
    first = ("art_1", "art_2__para_1")
    reviews = at(MARCH, say.read("ab", *first) + say.read("a", *second))
    reviews += at(MAY, say.read("b", *second) + say.read("c", "art_1"))
    marks = [say.mark("a", "search any"), say.mark("b", "search any"), say.mark("b", "seize")]
    return answers([Text(document, marks, reviews)], "abc", load())


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("document", [("doc", "", 5)]),
        ("article", [("doc", "art_1", 1), ("doc", "art_2", 4)]),
        ("month", [("", "2026-03", 1), ("", "2026-05", 4)]),
        ("week", [("", "2026-W10", 1), ("", "2026-W21", 4)]),
    ],
)
def test_parts_are_in_the_order_of_the_text_or_of_time(said, kind, parts):
    assert told(measure_parts(said, PRIVACY, kind)) == parts


@pytest.mark.parametrize("kind", ["document", "article", "month", "week"])
def test_parts_add_up_to_the_whole(said, kind):
    whole = measure(said, PRIVACY)
    parts = [one.measured for one in measure_parts(said, PRIVACY, kind, resamples=0)]
    for name in ("clauses", "differing"):
        assert sum(getattr(one, name) for one in parts) == getattr(whole, name)


def test_what_one_alone_has_read_is_in_no_part(document, say):
    reviews = say.read("a") + say.read("b", "art_1")
    said = answers([Text(document, [], reviews)], "ab", load())
    assert told(measure_parts(said, PRIVACY, "article")) == [("doc", "art_1", 1)]
