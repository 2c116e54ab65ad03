"""Where marks are, over the words that all who are compared have read."""

from dataclasses import replace

import pytest

from annotator.compare import Text, markings, pair_markings


def text(document, annotations, reviews):
    return Text(document, annotations, reviews)


def by_matching(found):
    return {one.found.matching: one for one in found}


def test_pairs_are_matched_in_what_both_have_read(document, say):
    marks = [
        say.mark("a", "keep data"),
        say.mark("b", "keep data"),
        say.mark("a", "search any"),
        say.mark("b", "search any system"),
        say.mark("b", "copy the data"),
    ]
    reviews = say.read("ab", "art_1", "art_2__para_1") + say.read("b")
    found = by_matching(pair_markings([text(document, marks, reviews)], "ab"))
    exact, overlap = found["exact"], found["overlap"]
    assert (exact.first, exact.second, exact.clauses) == ("a", "b", 2)
    # b's mark in art. 2(2)(b) does not count against a, who has not read it.
    assert (exact.found.first, exact.found.second, exact.found.matched) == (2, 2, 1)
    assert overlap.found.f1 == 1.0


def test_one_concern_or_all(document, say):
    marks = [say.mark("a", "keep data"), say.mark("b", "keep data", "whistleblower")]
    both = [text(document, marks, say.read("ab"))]
    assert by_matching(pair_markings(both, "ab"))["position"].found.f1 == 1.0
    assert by_matching(pair_markings(both, "ab"))["exact"].found.f1 == 0.0
    privacy = by_matching(pair_markings(both, "ab", concern="privacy"))["exact"]
    assert (privacy.found.first, privacy.found.second) == (1, 0)


def test_each_concern_can_be_told_after_all_of_them(document, say):
    marks = [say.mark("a", "keep data"), say.mark("b", "search any", "whistleblower")]
    texts = [text(document, marks, say.read("ab"))]
    found = pair_markings(texts, "ab", each=True)
    assert [one.concern for one in found[::4]] == ["", "privacy", "whistleblower"]
    for one in ("privacy", "whistleblower"):
        alone = pair_markings(texts, "ab", concern=one)
        assert [mark for mark in found if mark.concern == one] == alone


def test_neither_the_order_of_reviewers_nor_of_clauses_or_texts_counts(document, say):
    marks = [
        say.mark("a", "keep data"), say.mark("b", "keep"), say.mark("c", "data safe"),
        say.mark("a", "copy the data"), say.mark("b", "copy the", "whistleblower"),
    ]  # fmt: skip
    other = replace(document, id="other", slug="other")
    there = [replace(one, id=f"{one.id}-", document="other") for one in marks[:3]]
    read = [*say.read("abc")]
    texts = [
        Text(document, marks, read),
        Text(other, there, [replace(one, document="other") for one in read]),
    ]
    turned = [replace(one, annotations=one.annotations[::-1]) for one in texts[::-1]]

    def counts(found):
        return {
            (*sorted((one.first, one.second)), one.concern, one.found.matching): (
                one.found.matched,
                one.found.f1,
                one.clauses,
            )
            for one in found
        }

    assert counts(pair_markings(turned, "cba", each=True)) == counts(
        pair_markings(texts, "abc", each=True)
    )
    alphas = [[(one.category, one.alpha) for one in markings(texts, "abc")]]
    alphas += [[(one.category, pytest.approx(one.alpha)) for one in markings(turned, "bca")]]
    assert alphas[0] == alphas[1]


def test_texts_are_counted_together_and_give_an_interval(document, say):
    texts = []
    for n in range(12):
        marks = [say.mark("a", "keep data"), say.mark("b", "keep data" if n % 3 else "data safe")]
        texts.append(text(document, marks, say.read("ab")))
    exact = by_matching(pair_markings(texts, "ab"))["exact"]
    assert exact.clauses == 12 * 5
    assert exact.found.f1 == pytest.approx(8 / 12)
    for around in (exact.interval, exact.precision_interval, exact.recall_interval):
        assert around.low < 8 / 12 < around.high
    assert exact == by_matching(pair_markings(texts, "ab"))["exact"]
    assert by_matching(pair_markings(texts[:9], "ab"))["exact"].interval is None


def test_units_are_told_on_what_all_have_read(document, say):
    marks = [say.mark("a", "keep data"), say.mark("b", "keep data"), say.mark("a", "copy the data")]
    reviews = say.read("ab", "art_1") + say.read("a")
    privacy, together = markings([text(document, marks, reviews)], "ab")
    assert (privacy.category, privacy.units, privacy.alpha) == ("privacy", 2, 1.0)
    assert together.alpha == 1.0
    other = replace(marks[1], start=marks[1].start + 5, quote="data")
    apart, _ = markings([text(document, [marks[0], other], reviews)], "ab")
    assert apart.alpha < 1


def test_nobody_read_or_marked_anything(document):
    assert [one.alpha for one in markings([text(document, [], [])], "ab")] == [None]
    for one in pair_markings([text(document, [], [])], "ab"):
        assert (one.found.f1, one.interval, one.clauses) == (None, None, 0)
