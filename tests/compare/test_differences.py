"""What reviewers of the same clause differ on, kind by kind, and what is no difference."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.compare import KINDS, differences
from annotator.model import POLARITIES, SEVERITIES, Annotation


def told(found):
    """Kind, citation, what each side marked, and the disputed words: short enough to read."""
    return [
        (
            one.kind,
            one.citation,
            [("".join(view.reviewers), [a.quote for a in view.annotations]) for view in one.views],
        )
        for one in found
    ]


def words(document, difference):
    return [document.text[start:end] for start, end in difference.words]


def test_only_one_marked_the_words(document, say):
    [one] = differences(document, [say.mark("a", "search")], say.read("ab"), "ab")
    assert told([one]) == [("only_one", "art. 2(1)", [("a", ["search"]), ("b", [])])]
    assert words(document, one) == ["search"]


def test_two_of_three_marked_the_words(document, say):
    marks = [say.mark("a", "search"), say.mark("c", "search")]
    found = differences(document, marks, say.read("abc"), "abc")
    assert told(found) == [("not_all", "art. 2(1)", [("ac", ["search"] * 2), ("b", [])])]


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ({}, {}, []),
        ({}, {"concern": "press_freedom"}, ["label"]),
        ({"code": "search"}, {"code": "reach"}, ["label"]),
        ({"code": "search"}, {}, []),  # a code left open is not another code
        ({}, {"polarity": "safeguard"}, ["polarity"]),
        ({"code": "search"}, {"polarity": "safeguard", "code": "control"}, ["polarity"]),
        ({"severity": "high"}, {"severity": "low"}, ["severity"]),
        ({"severity": "high"}, {}, []),  # nor is a severity left open another severity
        ({"note": "why"}, {}, []),
        ({"concern": "press_freedom"}, {"polarity": "safeguard"}, ["label"]),
    ],
)
def test_what_is_said_of_the_same_words(document, say, first, second, kinds):
    marks = [say.mark("a", "search any", **first), say.mark("b", "search any", **second)]
    found = differences(document, marks, say.read("ab"), "ab")
    assert [one.kind for one in found] == kinds


def test_ends_are_told_with_the_words_at_issue(document, say):
    marks = [say.mark("a", "may search any system"), say.mark("b", "search any")]
    [one] = differences(document, marks, say.read("ab"), "ab")
    assert one.kind == "ends"
    assert words(document, one) == ["may", "system"]


@pytest.mark.parametrize("other", ["any system.", " any system", "any system"])
def test_ends_that_differ_in_spaces_or_punctuation_are_the_same(document, say, other):
    marks = [say.mark("a", "any system"), say.mark("b", other)]
    assert differences(document, marks, say.read("ab"), "ab") == []


def test_one_long_mark_and_two_short_ones_differ_in_their_ends(document, say):
    marks = [say.mark("a", "Police may search any system")]
    marks += [say.mark("b", "Police"), say.mark("b", "any system")]
    [one] = differences(document, marks, say.read("ab"), "ab")
    assert (one.kind, words(document, one)) == ("ends", ["may search"])


def test_two_adjoining_marks_are_as_good_as_one(document, say):
    marks = [say.mark("a", "search any"), say.mark("b", "search"), say.mark("b", "any")]
    assert differences(document, marks, say.read("ab"), "ab") == []


def test_ends_and_severity_are_both_told_of_the_same_label(document, say):
    marks = [say.mark("a", "search any", severity="high"), say.mark("b", "any", severity="low")]
    found = differences(document, marks, say.read("ab"), "ab")
    assert [one.kind for one in found] == ["ends", "severity"]


def test_a_second_concern_on_the_same_words_is_a_mark_of_its_own(document, say):
    marks = [say.mark(r, "search any", concern="privacy") for r in "ab"]
    marks.append(say.mark("a", "search any", concern="press_freedom"))
    found = differences(document, marks, say.read("ab"), "ab")
    assert told(found) == [("only_one", "art. 2(1)", [("a", ["search any"]), ("b", [])])]
    assert found[0].views[0].annotations[0].concern == "press_freedom"


def test_those_without_a_mark_are_named_beside_the_others(document, say):
    marks = [say.mark("a", "search", polarity="safeguard"), say.mark("c", "search")]
    [one] = differences(document, marks, say.read("abc"), "abc")
    assert one.kind == "polarity"
    assert [view.reviewers for view in one.views] == [("c",), ("a",), ("b",)]
    assert one.views[-1].annotations == ()


@pytest.mark.parametrize("state", ["reopened", None])
def test_a_clause_only_one_has_read_is_left_out(document, say, state):
    reviews = say.read("a") + (say.read("b", state=state) if state else [])
    marks = [say.mark("a", "search"), say.mark("b", "any system")]
    assert differences(document, marks, reviews, "ab") == []


def test_someone_not_chosen_is_left_out(document, say):
    marks = [say.mark("a", "search"), say.mark("c", "search", "press_freedom")]
    assert [d.kind for d in differences(document, marks, say.read("abc"), "ab")] == ["only_one"]
    assert differences(document, marks, say.read("abc"), "a") == []


def crossing(document, first, last):
    return document.text[document.text.index(first) : document.text.index(last) + len(last)]


def test_a_mark_over_several_clauses_is_told_once(document, say):
    marks = [say.mark("a", crossing(document, "without", "phone"))]
    [one] = differences(document, marks, say.read("ab"), "ab")
    assert (one.kind, one.eid) == ("only_one", "art_2__para_2")


def test_a_mark_that_runs_on_into_the_next_clause_has_other_ends(document, say):
    marks = [say.mark("a", "delay"), say.mark("b", crossing(document, "delay", "seize"))]
    [one] = differences(document, marks, say.read("ab"), "ab")
    assert (one.kind, one.eid) == ("ends", "art_2__para_2")
    assert words(document, one) == ["seize"]


def test_words_in_a_clause_not_all_have_read_are_not_at_issue(document, say):
    marks = [say.mark("a", "delay"), say.mark("b", crossing(document, "delay", "seize"))]
    reviews = say.read("ab", "art_2__para_2") + say.read("b", "art_2__para_2__point_a")
    assert differences(document, marks, reviews, "ab") == []


def test_a_mark_that_begins_in_a_clause_read_by_one_is_told_where_both_read(document, say):
    marks = [say.mark("a", crossing(document, "delay", "seize"))]
    reviews = say.read("ab", "art_2__para_2__point_a") + say.read("a", "art_2__para_2")
    [one] = differences(document, marks, reviews, "ab")
    assert (one.kind, one.eid) == ("only_one", "art_2__para_2__point_a")
    assert words(document, one) == ["seize"]


def test_differences_come_in_text_order(document, say):
    marks = [say.mark("a", "copy"), say.mark("b", "data safe"), say.mark("a", "search")]
    found = differences(document, marks, say.read("ab"), "ab")
    assert [one.citation for one in found] == ["art. 1", "art. 2(1)", "art. 2(2)(b)"]


def test_a_difference_keeps_its_id_while_others_come_and_go(document, say):
    marks = [say.mark("a", "search")]
    [before] = differences(document, marks, say.read("ab"), "ab")
    after = differences(document, [*marks, say.mark("b", "data safe")], say.read("ab"), "ab")
    assert before.id in {one.id for one in after}


@st.composite
def readings(draw):
    """Random marks and reviews of three reviewers, as plain tuples that name no document."""
    mark = st.tuples(
        st.sampled_from("abc"),
        st.integers(0, 150),
        st.integers(1, 40),
        st.sampled_from(("privacy", "press_freedom")),
        st.sampled_from(POLARITIES),
        st.sampled_from(("", "one", "two")),
        st.sampled_from((None, *SEVERITIES)),
    )
    return draw(st.lists(mark, max_size=8)), draw(st.lists(st.integers(0, 7), min_size=5))


def build(document, plan):
    marks, unread = plan
    annotations = []
    for n, (reviewer, start, length, concern, polarity, code, severity) in enumerate(marks):
        end = min(start + length, len(document.text))
        at = document.clause_at(start)
        annotations.append(
            Annotation(
                id=f"{n:04}",
                document=document.id,
                eid=at.eid if at else "art_2",
                start=start,
                end=end,
                quote=document.text[start:end],
                concern=concern,
                polarity=polarity,
                reviewer=reviewer,
                code=code,
                severity=severity,
            )
        )
    skipped = {
        (eid, reviewer)
        for number, clause in zip(unread, document.reviewable(), strict=False)
        for bit, reviewer in enumerate("abc")
        for eid in [clause.eid]
        if number >> bit & 1
    }
    return annotations, skipped


@settings(max_examples=150)
@given(readings(), st.permutations("abc"), st.randoms(use_true_random=False))
def test_the_order_of_reviewers_and_marks_makes_no_difference(document, say, plan, order, random):
    annotations, skipped = build(document, plan)
    reviews = [r for r in say.read("abc") if (r.eid, r.reviewer) not in skipped]
    found = differences(document, annotations, reviews, "abc")
    random.shuffle(annotations)
    random.shuffle(reviews)
    assert differences(document, annotations, reviews, order) == found


@settings(max_examples=100)
@given(readings())
def test_there_is_no_difference_where_all_say_the_same(document, say, plan):
    annotations, _ = build(document, plan)
    copies = [
        replace(a, id=f"{a.id}{reviewer}", reviewer=reviewer)
        for a in annotations
        for reviewer in "abc"
    ]
    assert differences(document, copies, say.read("abc"), "abc") == []


@settings(max_examples=150)
@given(readings())
def test_what_is_told_is_true(document, say, plan):
    annotations, skipped = build(document, plan)
    reviews = [r for r in say.read("abc") if (r.eid, r.reviewer) not in skipped]
    found = differences(document, annotations, reviews, "abc")
    assert len({one.id for one in found}) == len(found)
    for one in found:
        said_by = [set(view.reviewers) for view in one.views]
        everyone = set().union(*said_by)
        assert len(one.views) > 1
        assert sum(map(len, said_by)) == len(everyone)
        assert all((one.eid, reviewer) not in skipped for reviewer in everyone)
        assert all(a.reviewer in v.reviewers for v in one.views for a in v.annotations)
        assert all(v.annotations for v in one.views[:-1])
        assert all(0 <= start < end <= len(document.text) for start, end in one.words)
        assert list(one.words) == sorted(one.words)
        assert one.kind in KINDS
        if one.kind == "only_one":
            assert not one.views[-1].annotations


@settings(max_examples=150)
@given(readings())
def test_a_clause_where_one_of_two_marked_something_is_never_passed_over(document, say, plan):
    annotations, _ = build(document, plan)
    only_a = [a for a in annotations if a.reviewer == "a"]
    found = differences(document, only_a, say.read("ab"), "ab")
    assert {a.id for d in found for v in d.views for a in v.annotations} == {
        a.id for a in only_a if any(_overlaps(a, clause) for clause in document.reviewable())
    }


def _overlaps(annotation, clause):
    return annotation.start < clause.own_end and annotation.end > clause.start
