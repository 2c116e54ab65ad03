"""A reviewer held against what was settled, month by month."""

from dataclasses import replace

import pytest

from annotator.compare import Text
from annotator.compare.against import over_time
from annotator.compare.settling import decide, settle
from annotator.compare.spans import MATCHINGS

EID = "art_2__para_1"


@pytest.fixture
def at(say):
    """`at("a", "2026-01", "art_1")`: when a reviewer read which clauses."""

    def read(who, month, *eids):
        return [replace(one, updated=f"{month}-09T10:00:00.000Z") for one in say.read(who, *eids)]

    return read


def months(document, marks, reviews, rows=(), reviewer="a"):
    text = Text(document, marks, reviews, [])
    found = settle(document, marks, reviews, "ab", rows)
    return over_time([(text, found)], reviewer)


def figures(month, matching="overlap"):
    one = month.found[MATCHINGS.index(matching)]
    return (one.precision, one.recall, one.f1)


def test_months_are_those_in_which_the_reviewer_read(document, say, at):
    marks = [
        say.mark("a", "keep data"),
        say.mark("b", "keep data"),
        say.mark("a", "seize"),
        say.mark("b", "seize"),
    ]
    reviews = [
        *at("a", "2026-01", "art_1"),
        *at("a", "2026-02", "art_2__para_2__point_a", EID),
        *at("b", "2025-12", "art_1", "art_2__para_2__point_a", EID),
    ]
    found = months(document, marks, reviews)
    assert [(one.month, one.clauses) for one in found] == [("2026-01", 1), ("2026-02", 2)]
    assert [figures(one, "exact") for one in found] == [(1, 1, 1), (1, 1, 1)]
    assert [one.month for one in months(document, marks, reviews, reviewer="b")] == ["2025-12"]
    assert months(document, marks, reviews, reviewer="c") == []


def test_what_an_adjudicator_decided_is_what_one_is_held_against(document, say, at):
    marks = [say.mark("a", "search any"), say.mark("a", "system"), say.mark("b", "may search any")]
    reviews = at("ab", "2026-01", EID)
    (clause,) = [one for one in settle(document, marks, reviews, "ab") if one.eid == EID]
    assert months(document, marks, reviews) == []  # it waits: nothing to be held against

    def after(*outcomes):
        rows = [
            decide(
                clause,
                outcome,
                passage=passage.id,
                finding=next(o.finding for o in passage.opinions if o.finding) if finding else None,
                reason="slip",
                adjudicator="j",
            )
            for passage, (outcome, finding) in zip(clause.passages, outcomes, strict=True)
        ]
        return months(document, marks, reviews, rows)

    (first,) = after(("accept", True), ("none", False))
    assert figures(first) == (0.5, 1, pytest.approx(2 / 3))
    assert figures(after(("none", False), ("none", False))[0]) == (0, None, 0)
    assert after(("accept", True), ("disagree", False)) == []  # both views stand
