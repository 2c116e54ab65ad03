"""What each side says, in a few words, beside what the others say."""

import pytest

from annotator import codebook
from annotator.compare import differences, says


@pytest.fixture(scope="module")
def book():
    return codebook.load()


def lines(document, book, marks, reviews):
    found = differences(document, marks, reviews, "abc")
    return [(d.kind, [says(d, view, document.text, book) for view in d.views]) for d in found]


@pytest.mark.parametrize(
    ("first", "second", "kind", "expected"),
    [
        (
            {"code": "search"},
            {"code": "reach"},
            "label",
            ["Search, seizure and copying", "Reach of a power"],
        ),
        (
            {"code": "search"},
            {"concern": "press_freedom", "code": "sources"},
            "label",
            ["Privacy: Search, seizure and copying", "Press freedom: Sources and material"],
        ),
        ({}, {"concern": "press_freedom"}, "label", ["Privacy", "Press freedom"]),
        ({}, {"polarity": "safeguard"}, "polarity", ["Privacy: risk", "Privacy: safeguard"]),
        ({"severity": "low"}, {"severity": "high"}, "severity", ["low", "high"]),
        ({"code": "gone"}, {"code": "lost"}, "label", ["gone", "lost"]),  # no longer in the book
        ({"concern": "old"}, {}, "label", ["old", "Privacy"]),
    ],
)
def test_labels_polarities_and_severities_are_named(
    document, say, book, first, second, kind, expected
):
    marks = [say.mark("a", "search any", **first), say.mark("b", "search any", **second)]
    [(told, words)] = lines(document, book, marks, say.read("ab"))
    assert told == kind
    assert sorted(words) == sorted(expected)


def test_those_without_the_mark_are_told_so(document, say, book):
    marks = [say.mark("a", "search any")]
    assert lines(document, book, marks, say.read("abc")) == [
        ("only_one", ["Privacy, risk", "no such mark"])
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("may search", "may search any", ["ends with “may search”", "ends with “may search any”"]),
        (
            "Police may search",
            "search",
            ["begins with “Police may search”", "begins with “search”"],
        ),
        ("may search any", "any system", ["“may search any”", "“any system”"]),
    ],
)
def test_ends_are_quoted(document, say, book, first, second, expected):
    marks = [say.mark("a", first), say.mark("b", second)]
    [(kind, words)] = lines(document, book, marks, say.read("ab"))
    assert kind == "ends"
    assert sorted(words) == sorted(expected)
