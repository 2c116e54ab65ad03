"""The settled view: what is taken, what waits, and what reopens a clause."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.compare import differences
from annotator.compare.settling import decide, merged, reasons, settle
from annotator.errors import AnnotatorError
from annotator.model import POLARITIES, SEVERITIES, Annotation

EID = "art_2__para_1"
ANY = "search any"
LONGER = "may search any"


def clause_of(found, eid=EID):
    return next(one for one in found if one.eid == eid)


def only(found, eid=EID):
    (passage,) = clause_of(found, eid).passages
    return passage


@pytest.mark.parametrize(
    ("marks", "readers", "provenance", "taken"),
    [
        ({}, "", "unread", None),
        ({}, "a", "single", None),
        ({"a": {}}, "a", "single", ANY),
        ({"a": {}, "b": {}}, "a", "single", ANY),  # whoever has not read it says nothing yet
        ({}, "ab", "unanimous", None),
        ({"a": {}, "b": {}}, "ab", "unanimous", ANY),
        ({"a": {"quote": "search any system"}, "b": {"quote": "search any system."}}, "ab",
         "unanimous", "search any system"),  # a full stop is no other end
        ({"a": {"code": "search"}, "b": {}}, "ab", "unanimous", ANY),  # left open, not another
        ({"a": {"severity": "high"}, "b": {}}, "ab", "unanimous", ANY),
        ({"a": {}, "b": {}, "c": {}}, "abc", "unanimous", ANY),
        ({"a": {}, "b": {}}, "abc", "majority", ANY),
        ({"a": {}, "b": {}, "c": {"quote": LONGER}}, "abc", "majority", ANY),
        ({"a": {}, "b": {}, "c": {"polarity": "safeguard"}}, "abc", "majority", ANY),
        ({"a": {}}, "abc", "majority", None),  # most have left it unmarked
        ({"a": {}}, "ab", "open", None),
        ({"a": {}, "b": {"quote": LONGER}}, "ab", "open", None),
        ({"a": {}, "b": {"concern": "press_freedom"}}, "ab", "open", None),
        ({"a": {"code": "x"}, "b": {"code": "y"}, "c": {}}, "abc", "open", None),  # 2 and 2
        ({"a": {}, "b": {}}, "abcd", "open", None),  # half is no majority
    ],
)  # fmt: skip
def test_what_readers_said_decides_what_is_taken(document, say, marks, readers, provenance, taken):
    annotations = [say.mark(who, **{"quote": ANY, **more}) for who, more in marks.items()]
    found = clause_of(settle(document, annotations, say.read(readers), "abcd"))
    assert found.provenance == provenance
    assert found.waits == (provenance in ("open", "majority"))
    assert found.settled == (provenance == "unanimous")
    quotes = [one.finding.quote for one in found.passages if one.finding]
    assert quotes == ([taken] if taken else [])


def test_what_some_left_open_is_filled_in_from_those_who_did_not(document, say):
    marks = [say.mark("a", ANY, code="search"), say.mark("b", ANY, severity="high")]
    finding = only(settle(document, marks, say.read("ab"), "ab")).finding
    assert (finding.code, finding.severity) == ("search", "high")


def test_opinions_stand_by_how_many_hold_them_with_those_who_marked_nothing_last(document, say):
    marks = [say.mark("c", ANY), say.mark("a", LONGER), say.mark("b", LONGER)]
    passage = only(settle(document, marks, say.read("abcde"), "abcde"))
    told = [("".join(one.reviewers), one.finding and one.finding.quote) for one in passage.opinions]
    assert told == [("ab", LONGER), ("c", ANY), ("de", None)]


def test_of_two_passages_one_is_taken_and_the_other_waits(document, say):
    marks = [say.mark("a", "Police"), say.mark("b", "Police"), say.mark("a", "any system")]
    found = clause_of(settle(document, marks, say.read("ab"), "ab"))
    assert [one.provenance for one in found.passages] == ["unanimous", "open"]
    assert [one.taken for one in found.passages] == [True, False]
    assert found.provenance == "open"


def test_a_mark_over_two_clauses_shows_in_both_and_is_listed_once(document, say):
    text = document.text
    start, end = text.index("any system"), text.index("without")
    whole = text[start:end].strip()
    found = settle(document, [say.mark("a", whole)], say.read("ab"), "ab")
    both = [clause_of(found), clause_of(found, "art_2__para_2")]
    assert [one.provenance for one in both] == ["open", "open"]
    assert [len(one.passages) for one in both] == [1, 0]


@pytest.fixture
def differing(say):
    """Two marks of one clause that differ in their ends, and their readers' reviews."""
    return [say.mark("a", ANY), say.mark("b", LONGER)], say.read("abc", state="concern")


def test_each_outcome_settles_what_it_says(document, differing):
    marks, reviews = differing
    waiting = clause_of(settle(document, marks, reviews, "ab"))
    (passage,) = waiting.passages
    long = passage.opinions[0].finding
    new = replace(long, start=long.start - 7, end=long.start - 1)
    new = replace(new, quote=document.text[new.start : new.end])
    for outcome, finding in (
        ("accept", passage.opinions[1].finding),
        ("merge", merged(document, passage, long)),
        ("change", replace(long, polarity="safeguard")),
        ("disagree", None),
        ("none", None),
    ):
        row = decide(
            waiting,
            outcome,
            passage=passage.id,
            finding=finding,
            reason="slip",
            adjudicator="j",
            note="So it is.",
        )
        found = clause_of(settle(document, marks, reviews, "ab", [row]))
        assert (found.provenance, found.waits, found.settled) == ("adjudicated", False, True)
        assert only([found]).finding == finding
        assert only([found]).decision == row
        assert only([found]).opinions == passage.opinions
        assert only([found]).disagreed == (outcome == "disagree")
    assert merged(document, passage, long).quote == LONGER
    added = decide(waiting, "new", finding=new, reason="slip", adjudicator="j")
    found = clause_of(settle(document, marks, reviews, "ab", [added]))
    assert [one.provenance for one in found.passages] == ["adjudicated", "open"]
    assert found.waits


@pytest.mark.parametrize(
    ("outcome", "about", "take", "said"),
    [
        ("accept", True, "other", "nobody has marked"),
        ("accept", True, None, "say which words"),
        ("merge", True, None, "say which words"),
        ("none", True, "theirs", "leave the words out"),
        ("disagree", True, "theirs", "leave the words out"),
        ("new", True, "other", "leave the passage out"),
        ("change", False, "other", "name the passage"),
        ("accept", "gone", "theirs", "has changed since"),
    ],
)
def test_what_does_not_go_together_is_refused(document, differing, outcome, about, take, said):
    clause = clause_of(settle(document, *differing, "ab"))
    (passage,) = clause.passages
    theirs = passage.opinions[0].finding
    finding = {"theirs": theirs, "other": replace(theirs, concern="press_freedom")}.get(take)
    id = {True: passage.id, False: ""}.get(about, about)
    with pytest.raises(AnnotatorError, match=said):
        decide(clause, outcome, passage=id, finding=finding, reason="slip", adjudicator="j")


def test_a_majority_is_accepted_without_naming_it(document, say):
    marks = [say.mark("a", ANY), say.mark("b", ANY)]
    clause = clause_of(settle(document, marks, say.read("abc"), "abc"))
    row = decide(clause, "accept", passage=clause.passages[0].id, reason="slip", adjudicator="j")
    assert row.quote == ANY


def decided(document, marks, reviews, reviewers, **more):
    """A decision on every passage that waits."""
    return [
        decide(clause, "none", passage=one.id, reason="slip", adjudicator="j", **more)
        for clause in settle(document, marks, reviews, reviewers)
        for one in clause.passages
        if not one.taken
    ]


def test_what_reopens_a_clause_and_what_does_not(document, say, differing):
    marks, reviews = differing
    reviews = [one for one in reviews if one.reviewer != "c"]
    rows = decided(document, marks, reviews, "abc")
    before = settle(document, marks, reviews, "abc", rows)
    assert clause_of(before).settled
    first, second = marks

    def now(marks=marks, reviews=reviews, reviewers="abc"):
        return clause_of(settle(document, marks, reviews, reviewers, rows))

    # Of no consequence: words beside the mark, a colleague who only begins, other clauses, order.
    assert now([replace(first, note="On reflection."), second]).settled
    assert now([*marks, say.mark("c", ANY)]).settled
    assert now([*marks, say.mark("a", "keep data"), say.mark("b", "seize")]).settled
    assert now(marks[::-1], reviews[::-1], "cba").settled
    assert now(reviewers="a").settled
    # Of consequence: each says who.
    for found, who in (
        (now([first]), ("b",)),
        (now([replace(first, severity="low"), second]), ("a",)),
        (now([replace(first, code="x"), second]), ("a",)),
        (now([*marks, say.mark("a", "Police")]), ("a",)),
        (now(reviews=[*reviews, *say.read("c", EID)]), ("c",)),
        (now(reviews=[one for one in reviews if (one.eid, one.reviewer) != (EID, "a")]), ("a",)),
        (now([replace(first, reviewer="b"), replace(second, reviewer="a")]), ("a", "b")),
    ):
        assert (found.reopened, found.waits, found.settled) == (True, True, False)
        assert found.changed == who
        assert found.outdated == tuple(rows)
        assert all(one.decision is None for one in found.passages)


def test_what_is_as_it_was_holds_again(document, differing):
    marks, reviews = differing
    rows = decided(document, marks, reviews, "ab")
    assert clause_of(settle(document, marks[:1], reviews, "ab", rows)).reopened
    assert clause_of(settle(document, marks, reviews, "ab", rows)).settled


def test_reasons_add_up_by_code(document, say):
    marks = [
        say.mark("a", ANY, code="x"),
        say.mark("b", ANY, code="y"),
        say.mark("a", "seize a", code="x"),
    ]
    clauses = settle(document, marks, say.read("ab"), "ab")
    waiting = [(clause, one) for clause in clauses for one in clause.passages]
    rows = [
        decide(clause, "none", passage=one.id, reason="codebook_gap", adjudicator="j", note=note)
        for (clause, one), note in zip(waiting, ("What is a search?", ""), strict=True)
    ]
    found = [(one.reason, one.code, one.count, one.notes) for one in reasons(rows)]
    assert found == [
        ("codebook_gap", "x", 2, ("What is a search?",)),
        ("codebook_gap", "y", 1, ("What is a search?",)),
    ]


# What holds whatever reviewers did

QUOTES = ("Police", ANY, LONGER, "any system", "system.", "keep data", "seize a 📱 phone",
          "any system.\n\n2. They may", "delay:\n\n(a) seize", "(b) copy the data")  # fmt: skip
MARKS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(QUOTES),
        st.sampled_from(("privacy", "press_freedom")),
        st.sampled_from(POLARITIES),
        st.sampled_from(("", "x", "y")),
        st.sampled_from((None, *SEVERITIES)),
    ),
    max_size=8,
)
EIDS = ("art_1", EID, "art_2__para_2", "art_2__para_2__point_a", "art_2__para_2__point_b")
UNREAD = st.sets(st.tuples(st.sampled_from("abc"), st.sampled_from(EIDS)), max_size=5)


def build(document, plan):
    made = []
    for number, (who, quote, concern, polarity, code, severity) in enumerate(plan):
        start = document.text.index(quote)
        clause = document.clause_at(start)
        made.append(
            Annotation(
                id=f"n{number}",
                document=document.id,
                eid=clause.eid if clause else "art_2",
                start=start,
                end=start + len(quote),
                quote=quote,
                concern=concern,
                polarity=polarity,
                reviewer=who,
                code=code,
                severity=severity,
            )
        )
    return made


def reviews_but(say, unread):
    return [one for one in say.read("abc") if (one.reviewer, one.eid) not in unread]


@settings(max_examples=150)
@given(MARKS, UNREAD, st.permutations("abc"), st.randoms(use_true_random=False))
def test_no_order_changes_anything(document, say, plan, unread, order, random):
    marks, reviews = build(document, plan), reviews_but(say, unread)
    rows = decided(document, marks, reviews, "abc")
    found = settle(document, marks, reviews, "abc", rows)
    for several in (marks, reviews, rows):
        random.shuffle(several)
    assert settle(document, marks, reviews, order, rows) == found


@settings(max_examples=100)
@given(MARKS)
def test_reviewers_who_say_the_same_are_unanimous(document, say, plan):
    copies = [
        replace(mark, id=f"{mark.id}{who}", reviewer=who)
        for mark in build(document, plan)
        for who in "abc"
    ]
    found = settle(document, copies, say.read("abc"), "abc")
    assert {one.provenance for one in found} == {"unanimous"}
    assert all(one.taken and one.finding for clause in found for one in clause.passages)


@settings(max_examples=150)
@given(MARKS, UNREAD)
def test_what_is_unanimous_is_what_no_difference_is_told_of(document, say, plan, unread):
    marks, reviews = build(document, plan), reviews_but(say, unread)
    found = settle(document, marks, reviews, "abc")
    told = {one.eid for one in differences(document, marks, reviews, "abc")}
    waiting = {one.eid for one in found if not all(p.taken for p in one.passages)}
    assert {one.eid for one in found if one.waits} >= told
    assert {eid for eid in waiting if len(clause_of(found, eid).readers) > 1} <= told
    for clause in found:
        assert (clause.provenance in ("single", "unread")) == (len(clause.readers) < 2)
        assert len({one.id for one in clause.passages}) == len(clause.passages)
        for passage in clause.passages:
            spoken = [who for one in passage.opinions for who in one.reviewers]
            assert set(passage.holding) <= set(spoken)
            if passage.provenance == "unanimous":
                assert passage.holding == clause.readers
            assert sorted(spoken) == list(clause.readers)
            assert passage.finding is None or (
                document.text[passage.finding.start : passage.finding.end] == passage.finding.quote
            )


@settings(max_examples=150)
@given(MARKS, UNREAD)
def test_once_all_is_decided_nothing_waits(document, say, plan, unread):
    marks, reviews = build(document, plan), reviews_but(say, unread)
    rows = decided(document, marks, reviews, "abc")
    found = settle(document, marks, reviews, "abc", rows)
    assert not any(one.waits for one in found)


@settings(max_examples=100)
@given(MARKS, st.sampled_from("abc"), st.sampled_from(QUOTES[:7]), st.sampled_from(POLARITIES))
def test_a_change_reopens_its_clause_and_no_other(document, say, plan, who, quote, polarity):
    plan = [mark for mark in plan if mark[1] in QUOTES[:7]]  # none goes over two clauses
    marks, reviews = build(document, plan), say.read("abc")
    clauses = settle(document, marks, reviews, "abc")
    rows = [
        decide(clause, "new", finding=_words(document, clause), reason="slip", adjudicator="j")
        for clause in clauses
    ]
    later = replace(say.mark(who, quote, "whistleblower"), polarity=polarity)
    found = settle(document, [*marks, later], reviews, "abc", rows)
    assert [one.eid for one in found if one.reopened] == [document.clause_at(later.start).eid]
    assert {one.changed for one in found if one.reopened} == {(who,)}
    assert not any(one.reopened for one in settle(document, marks, reviews, "abc", rows))


def _words(document, clause):
    from annotator.compare.opinions import Finding

    place = document.clause(clause.eid)
    return Finding(
        place.body, place.own_end, document.text[place.body : place.own_end], "privacy", "risk"
    )
