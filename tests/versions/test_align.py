"""Clauses of two versions are followed by their words, not by their numbers."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import versions
from annotator.model import Document
from annotator.versions import Alignment
from annotator.versions.chains import best_first, in_order
from tests.versions.conftest import articles, treaty


def told(alignment: Alignment) -> dict[tuple[str | None, str | None], str]:
    return {(pair.old, pair.new): pair.how for pair in alignment.pairs}


def test_an_article_put_in_and_one_moved_are_seen_through(
    first: Document, second: Document
) -> None:
    assert told(versions.align(first, second)) == {
        (None, "art_1"): "new",
        ("art_1", "art_2"): "renumbered",
        ("art_4", "art_3"): "moved",
        ("art_2__para_1", "art_4__para_1"): "renumbered",
        ("art_2__para_2", "art_4__para_2"): "renumbered",
        (None, "art_4__para_2__point_a"): "new",
        ("art_2__para_2__point_a", "art_4__para_2__point_b"): "renumbered",
        ("art_2__para_2__point_b", "art_4__para_2__point_c"): "renumbered",
        ("art_2__para_2__point_c", "art_4__para_2__point_d"): "renumbered",
        ("art_2__para_3", "art_4__para_3"): "renumbered",
        ("art_3", "art_5"): "renumbered",
    }


def test_what_only_holds_others_is_paired_too(first: Document, second: Document) -> None:
    frames = {(pair.old, pair.new) for pair in versions.align(first, second).frames}
    assert {("chp_I", "chp_I"), ("art_2", "art_4")} <= frames


def test_a_text_is_the_same_as_itself(first: Document) -> None:
    alignment = versions.align(first, first)
    assert {pair.how for pair in (*alignment.pairs, *alignment.frames)} == {"same"}
    assert all(pair.unchanged and pair.score == 1 and not pair.rivals for pair in alignment.pairs)


SPLIT = (
    "Each Party shall see to it that orders are in writing, and shall keep a list of all orders."
)


@pytest.mark.parametrize(
    ("old", "new", "how", "eids"),
    [
        pytest.param(
            articles(f"Orders|{SPLIT}"),
            articles(
                "Orders|1. Each Party shall see to it that orders are in writing.\n\n"
                "2. Each Party shall keep a list of all orders."
            ),
            "split",
            [("art_1", "art_1__para_1"), ("art_1", "art_1__para_2")],
            id="one clause becomes two",
        ),
        pytest.param(
            articles(
                "Orders|1. Each Party shall see to it that orders are in writing.\n\n"
                "2. Each Party shall keep a list of all orders."
            ),
            articles(f"Orders|{SPLIT}"),
            "merged",
            [("art_1__para_1", "art_1"), ("art_1__para_2", "art_1")],
            id="two clauses become one",
        ),
        pytest.param(
            articles(
                "Orders|1. Orders are in writing and signed by judges.\n\n2. A list is kept there.",
                "Reports|Each year the police report to parliament on searches.",
            ),
            articles(
                "Orders|1. A list is kept there.",
                "Reports|1. Each year the police report to parliament on searches.\n\n"
                "2. Orders are in writing and signed by a judge.",
            ),
            "moved",
            [("art_1__para_1", "art_2__para_2")],
            id="a paragraph goes to another article",
        ),
        pytest.param(
            articles("Orders|1. Orders are in writing.\n\n2. The court sits in public here."),
            articles("Orders|1. Orders are in writing.\n\n2. No fee is asked for any of this."),
            "same",
            [("art_1__para_2", "art_1__para_2")],
            id="a paragraph is written anew in its place",
        ),
    ],
)
def test_what_became_of_a_clause(old: str, new: str, how: str, eids: list[tuple[str, str]]) -> None:
    found = told(versions.align(treaty(old), treaty(new)))
    assert {pair: found.get(pair) for pair in eids} == dict.fromkeys(eids, how)


def test_a_heading_and_a_number_hold_an_article_together_whatever_it_says() -> None:
    old = articles("Orders|Judges write orders down at once.", "Fees|None are due.")
    new = articles("Orders|A tribunal may give oral directions.", "Fees|None are due.")
    (pair,) = versions.align(treaty(old), treaty(new)).of_old("art_1")
    assert (pair.new, pair.how) == ("art_1", "same")
    assert pair.score < 0.4


def test_of_clauses_that_read_the_same_one_left_over_is_a_rival() -> None:
    item = "an order of the court is asked for in writing"
    fees = "Fees|No fee is due for an order of any kind."
    old = articles(
        f"Orders|Asked for:\n\n(a) {item};\n\n(b) the name is known;\n\n(c) {item}.", fees
    )
    new = articles(f"Orders|Asked for:\n\n(a) the name is known;\n\n(b) {item}.", fees)
    alignment = versions.align(treaty(old), treaty(new))
    (pair,) = alignment.of_new("art_1__point_b")
    assert {pair.old, *pair.old_rivals} == {"art_1__point_a", "art_1__point_c"}


def test_news_is_followed_paragraph_by_paragraph() -> None:
    from annotator import intake

    one = intake.parse(
        "Police searched the paper.\n\nEditors said so on Monday morning.\n\nNo comment.",
        kind="news", language="en", title="N", slug="n",
    )  # fmt: skip
    two = intake.parse(
        "Updated at noon.\n\nPolice searched the paper.\n\nEditors said so on Monday.",
        kind="news", language="en", title="N", slug="n",
    )  # fmt: skip
    assert told(versions.align(one, two)) == {
        (None, "para_1"): "new",
        ("para_1", "para_2"): "renumbered",
        ("para_2", "para_3"): "renumbered",
        ("para_3", None): "gone",
    }


WORD = st.sampled_from(
    [
        "state",
        "party",
        "judge",
        "order",
        "search",
        "data",
        "person",
        "police",
        "court",
        "may",
        "shall",
    ]
)
BODY = st.lists(WORD, min_size=1, max_size=8).map(lambda words: "X|" + " ".join(words) + ".")


@settings(max_examples=40)
@given(old=st.lists(BODY, min_size=1, max_size=6), new=st.lists(BODY, min_size=1, max_size=6))
def test_every_clause_is_told_of(old: list[str], new: list[str]) -> None:
    one, two = treaty(articles(*old)), treaty(articles(*new))
    alignment = versions.align(one, two)
    assert {pair.old for pair in alignment.pairs if pair.old} == {c.eid for c in one.reviewable()}
    assert {pair.new for pair in alignment.pairs if pair.new} == {c.eid for c in two.reviewable()}
    for pair in alignment.pairs:
        assert 0 <= pair.score <= 1
        assert (pair.how == "new") == (pair.old is None)
        assert (pair.how == "gone") == (pair.new is None)
        if pair.how in ("same", "renumbered", "moved"):
            assert len(alignment.of_old(pair.old)) == len(alignment.of_new(pair.new)) == 1
    assert versions.align(one, two) == alignment


PAIRS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.floats(0.125, 1)),
    max_size=12,
    unique_by=lambda pair: pair[:2],
)


@given(pairs=PAIRS)
def test_a_chain_never_crosses_and_none_is_heavier(pairs: list[tuple[int, int, float]]) -> None:
    chain = in_order(pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(chain))
    best: dict[tuple[int, int], float] = {}
    for i, j, score in sorted(pairs):
        before = [total for (x, y), total in best.items() if x < i and y < j]
        best[i, j] = score + max(before, default=0.0)
    assert sum(pair[2] for pair in chain) == pytest.approx(max(best.values(), default=0.0))


@given(pairs=PAIRS)
def test_the_best_pairs_use_each_end_once(pairs: list[tuple[int, int, float]]) -> None:
    chosen = best_first(pairs)
    assert len({pair[0] for pair in chosen}) == len({pair[1] for pair in chosen}) == len(chosen)
    assert not pairs or max(pair[2] for pair in pairs) == chosen[0][2]


def test_a_long_text_takes_seconds_not_minutes() -> None:
    # 1,500 articles that share most of their words, each with two words of its own.
    bodies = [
        f"H{n}|Every party shall keep word{n} and word{n + 7} in good order." for n in range(1500)
    ]
    one, two = treaty(articles(*bodies)), treaty(articles(*bodies[40:], *bodies[:40]))
    start = time.process_time()
    alignment = versions.align(one, two)
    assert time.process_time() - start < 20
    assert sum(pair.how in ("same", "renumbered", "moved") for pair in alignment.pairs) == 1500
