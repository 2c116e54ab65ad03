"""Which clauses are worth talking about first, and why."""

from annotator.compare import differences, worth_talking


def talks(document, marks, reviews, who="ab"):
    return worth_talking(differences(document, marks, reviews, who))


def why(talk):
    return [one.why for one in talk.reasons]


def test_risk_or_safeguard_comes_before_a_mark_of_one_and_that_before_ends(document, say):
    marks = [
        say.mark("a", "keep data"),
        say.mark("b", "keep data safe"),
        say.mark("a", "search any"),
        say.mark("a", "seize a"),
        say.mark("b", "seize a", polarity="safeguard"),
    ]
    found = talks(document, marks, say.read("ab"))
    assert [(one.citation, why(one)) for one in found] == [
        ("art. 2(2)(a)", ["polarity"]),
        ("art. 2(1)", ["only_one"]),
        ("art. 1", ["ends"]),
    ]


def test_what_somebody_calls_grave_comes_first_among_equals(document, say):
    marks = [say.mark("a", "keep data"), say.mark("a", "search any", severity="high")]
    first, second = talks(document, marks, say.read("ab"))
    assert (first.eid, why(first)) == ("art_2__para_1", ["only_one", "grave"])
    assert (second.eid, first.worth > second.worth) == ("art_1", True)


def test_an_even_split_comes_before_a_single_voice(document, say):
    even = [say.mark(r, "keep data") for r in "ab"]
    alone = [say.mark("a", "search any")]
    first, second = talks(document, alone + even, say.read("abcd"), "abcd")
    assert [(one.eid, why(one)) for one in (first, second)] == [
        ("art_1", ["not_all", "even"]),
        ("art_2__para_1", ["only_one"]),
    ]
    assert (first.reasons[1].n, first.reasons[1].of) == (2, 2)


def test_a_code_that_many_clauses_differ_on_counts_for_all_of_them(document, say):
    quotes = ("keep data", "search any", "without delay", "seize a", "copy the")
    marks = [say.mark("a", quote, code="search") for quote in quotes]
    found = talks(document, marks, say.read("ab"))
    assert {(one.reasons[1].why, one.reasons[1].n) for one in found} == {("recurring", 4)}


def test_the_order_of_reviewers_and_marks_changes_nothing(document, say):
    marks = [
        say.mark("a", "keep data", note="why"),
        say.mark("b", "search any", severity="low"),
        say.mark("a", "search any", severity="high"),
        say.mark("c", "seize a"),
    ]
    before = talks(document, marks, say.read("abc"), "abc")
    assert talks(document, marks[::-1], say.read("cba"), "cba") == before
    assert len(before) == 3


def test_whoever_agrees_has_nothing_to_talk_about(document, say):
    assert talks(document, [say.mark(r, "keep data") for r in "ab"], say.read("ab")) == []
