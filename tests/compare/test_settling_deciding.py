"""What an adjudicator does with a clause at hand: outcomes named, words shared, decisions kept."""

import pytest

from annotator.compare.deciding import (
    accept_all,
    apart,
    keep,
    majorities,
    outcome_of,
    settle_as,
    shared,
)
from annotator.compare.lessons import by_code, lessons, stands
from annotator.compare.opinions import Finding
from annotator.compare.settling import decide, merged, settle
from annotator.compare.threads import open_threads, threads
from annotator.errors import AnnotatorError
from annotator.model import Comment

EID = "art_2__para_1"
ANY = "search any"
LONGER = "may search any"


def clause_of(found, eid=EID):
    return next(one for one in found if one.eid == eid)


def only(clause):
    (passage,) = clause.passages
    return passage


def like(finding, document, quote=None, **changes):
    words = quote or finding.quote
    start = document.text.index(words)
    label = {
        name: getattr(finding, name) for name in ("concern", "polarity", "code", "severity")
    } | changes
    return Finding(start, start + len(words), words, **label)


@pytest.mark.parametrize(
    ("quote", "changes", "outcome"),
    [
        (ANY, {}, "accept"),
        (LONGER, {"code": "y"}, "accept"),
        (LONGER, {}, "merge"),  # the words of one, the label of another
        ("any", {}, "change"),  # words that nobody has
        (ANY, {"polarity": "safeguard"}, "change"),
        (ANY, {"severity": "high"}, "change"),
    ],
)
def test_an_outcome_is_called_by_where_words_and_label_come_from(
    document, say, quote, changes, outcome
):
    marks = [say.mark("a", ANY, code="x"), say.mark("b", LONGER, code="y")]
    clause = clause_of(settle(document, marks, say.read("ab"), "ab"))
    finding = like(only(clause).opinions[0].finding, document, quote, **({"code": "x"} | changes))
    assert outcome_of(only(clause), finding) == outcome
    row = settle_as(clause, only(clause), finding, reason="slip", adjudicator="z")
    assert (row.outcome, row.quote) == (outcome, quote)


def test_to_settle_that_nothing_is_marked_is_one_outcome_whoever_left_it_so(document, say):
    clause = clause_of(settle(document, [say.mark("a", ANY)], say.read("ab"), "ab"))
    row = settle_as(clause, only(clause), None, reason="slip", adjudicator="z")
    assert (row.outcome, row.start) == ("none", None)


def test_all_words_and_shared_words(document, say):
    marks = [say.mark("a", LONGER), say.mark("b", "any system")]
    passage = only(clause_of(settle(document, marks, say.read("ab"), "ab")))
    finding = passage.opinions[0].finding
    assert shared(document, passage, finding).quote == "any"
    assert merged(document, passage, finding).quote == "may search any system"
    marks.append(say.mark("c", "Police may"))
    passage = only(clause_of(settle(document, marks, say.read("abc"), "abc")))
    assert shared(document, passage, finding) is None


def test_what_most_see_is_accepted_together(document, say):
    marks = [say.mark("a", ANY), say.mark("b", ANY), say.mark("a", "seize"), say.mark("b", "copy")]
    read = say.read("abc", EID, "art_2__para_2__point_a", "art_2__para_2__point_b")
    found = settle(document, marks, read, "abc")
    several = majorities(found)
    assert [one.clause.eid for one in several] == [
        EID,
        "art_2__para_2__point_a",
        "art_2__para_2__point_b",
    ]
    rows = accept_all(several, reason="slip", adjudicator="z")
    assert [row.outcome for row in rows] == ["accept", "none", "none"]
    settled = settle(document, marks, read, "abc", rows)
    assert all(one.settled for one in settled if one.readers)


def reopened(document, say, outcome, marks, then):
    """The clause after it was decided, and somebody then said something else."""
    clause = clause_of(settle(document, marks, say.read("ab"), "ab"))
    passage = only(clause)
    finding = passage.opinions[0].finding if outcome in ("accept", "change") else None
    if outcome == "change":
        finding = like(finding, document, "any")
    row = decide(
        clause,
        outcome,
        reason="codebook_gap",
        adjudicator="z",
        passage=passage.id,
        finding=finding,
        note="Say it.",
    )
    return clause_of(settle(document, then, say.read("ab"), "ab", [row])), row


@pytest.mark.parametrize(
    ("outcome", "again"),
    [
        # Nobody has the view that was accepted any more: its words are of two by now.
        ("accept", "merge"),
        ("change", "change"),
        ("disagree", "disagree"),
        ("none", "none"),
    ],
)
def test_a_clause_that_is_open_again_is_decided_as_before(document, say, outcome, again):
    first = [say.mark("a", ANY), say.mark("b", LONGER)]
    then = [say.mark("a", ANY), say.mark("b", "may search")]
    clause, row = reopened(document, say, outcome, first, then)
    assert clause.reopened
    (kept,) = keep(clause, adjudicator="y")
    assert (kept.reviewer, kept.reason, kept.note) == ("y", "codebook_gap", "Say it.")
    assert (kept.outcome, kept.quote) == (again, row.quote)
    found = clause_of(settle(document, then, say.read("ab"), "ab", [kept]))
    assert found.settled


def test_what_no_longer_has_a_place_is_not_kept(document, say):
    first = [say.mark("a", ANY), say.mark("b", LONGER)]
    clause, _ = reopened(document, say, "accept", first, [])
    assert keep(clause, adjudicator="y") == []
    clause, _ = reopened(document, say, "accept", first, [say.mark(who, LONGER) for who in "ab"])
    assert keep(clause, adjudicator="y") == [], "all agree by now"


def test_how_far_views_are_apart_orders_the_kinds_of_difference(document, say):
    def far(**other):
        marks = [say.mark("a", ANY, code="x", severity="low")]
        if other is not None:
            marks.append(say.mark("b", **({"quote": ANY, "code": "x", "severity": "low"} | other)))
        return apart(clause_of(settle(document, marks, say.read("ab"), "ab")))

    same = far()
    severity, words = far(severity="high"), far(quote=LONGER)
    code, concern, polarity = far(code="y"), far(concern="press_freedom"), far(polarity="safeguard")
    alone = apart(clause_of(settle(document, [say.mark("a", ANY)], say.read("ab"), "ab")))
    assert same == 0 < words < severity < code < alone < concern < polarity <= 1


# What one reviewer can learn.


def test_lessons_tell_what_was_missed_marked_too_much_or_otherwise(document, say):
    marks = [
        say.mark("a", ANY, code="x"),
        say.mark("b", ANY, code="y"),
        say.mark("b", "seize"),
        say.mark("a", "copy the"),
        say.mark("b", "copy the data"),
    ]
    read = say.read("ab", EID, "art_2__para_2__point_a", "art_2__para_2__point_b")
    found = settle(document, marks, read, "ab")
    assert [len(stands(found, who)) for who in "ab"] == [3, 3]
    assert lessons(document, found, "a") == [], "nothing is settled yet"
    rows = []
    for clause in found:
        for passage in clause.passages:
            mine = next(one.finding for one in passage.opinions if "b" in one.reviewers)
            rows.append(
                decide(
                    clause,
                    "accept",
                    reason="slip",
                    adjudicator="z",
                    passage=passage.id,
                    finding=mine,
                )
            )
    found = settle(document, marks, read, "ab", rows)
    assert [one.kind for one in lessons(document, found, "a")] == ["label", "missed", "words"]
    assert lessons(document, found, "b") == []
    assert [one.alone for one in stands(found, "a")] == [True, True, True]


def test_to_be_settled_to_disagree_teaches_nobody(document, say):
    clause = clause_of(settle(document, [say.mark("a", ANY)], say.read("ab"), "ab"))
    for outcome, taught in (("none", [("extra", "privacy")]), ("disagree", [])):
        row = decide(clause, outcome, reason="slip", adjudicator="z", passage=only(clause).id)
        found = settle(document, [say.mark("a", ANY)], say.read("ab"), "ab", [row])
        # The mark of the second reading has an id of its own; the passage is the same.
        told = lessons(document, found, "a")
        assert [(one.kind, one.about[0]) for one in told] == taught
        assert lessons(document, found, "b") == []


def test_codes_stand_by_how_often_they_were_missed(document, say):
    marks = [say.mark("a", ANY, code="x"), say.mark("a", "seize", code="y"),
             say.mark("a", "copy", code="y")]  # fmt: skip
    read = say.read("ab", EID, "art_2__para_2__point_a", "art_2__para_2__point_b")
    found = settle(document, marks, read, "ab")
    rows = [
        decide(clause, "accept", reason="slip", adjudicator="z", passage=one.id,
               finding=one.opinions[0].finding)
        for clause in found
        for one in clause.passages
    ]  # fmt: skip
    found = settle(document, marks, read, "ab", rows)
    codes = by_code(lessons(document, found, "b"))
    assert [(one.code, len(one.of("missed"))) for one in codes] == [("y", 2), ("x", 1)]


# Comments as threads.


def said(id, parent=None, created="1", resolved="", eid=EID):
    by = "z" if resolved else None
    return Comment(id, "doc", eid, "a", id, parent, None, None, "", resolved, by, created, created)


def test_threads_that_are_open_come_first_with_replies_by_time():
    comments = [
        said("done", created="1", resolved="9"),
        said("open", created="2"),
        said("late", "open", "4"),
        said("early", "open", "3"),
        said("lost", "gone", "5"),
    ]
    found = threads(reversed(comments))
    assert [(one.first.id, [r.id for r in one.replies], one.resolved) for one in found] == [
        ("open", ["early", "late"], False),
        ("done", [], True),
    ]
    assert open_threads(comments) == {("doc", EID): 1}


def test_a_clause_that_has_changed_meanwhile_is_not_decided(document, say):
    clause = clause_of(settle(document, [say.mark("a", ANY)], say.read("ab"), "ab"))
    with pytest.raises(AnnotatorError, match="has changed"):
        clause.passage("another")
