"""In a blind project no page shows what others said of a clause one is not done with."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import codebook, compare, intake, review, store
from annotator.model import Suggestion, stable_id
from annotator.review import blind, queue
from annotator.review.queue import Queue
from annotator.store import Store
from annotator.ui import desk, overview, queueing

BOOK = codebook.load()
NOW = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
TEXT = """\
# A treaty

### Article 1. Search

1. A court may search systems and keep what is found there.

2. An agency may order data of anybody.

### Article 2. Help

Each Party may compel anyone to help.
"""
TREATY = intake.parse(TEXT, kind="treaty", language="en", slug="treaty", title="A treaty")
CLAUSES = list(TREATY.reviewable())
PROPOSED = [
    Suggestion(
        id=stable_id("suggestion", clause.eid),
        document=TREATY.id,
        eid=clause.eid,
        start=clause.body,
        end=clause.body + 6,
        quote=TREATY.text[clause.body : clause.body + 6],
        concern="privacy",
        polarity="risk",
        rule=f"rule-{clause.eid}",
        score=0.5,
        reason="It says so.",
    )
    for clause in CLAUSES
]


def project(path: Path, *, hides: str = "on") -> Store:
    opened = store.open(path)
    opened.add_document(TREATY)
    opened.set_suggestions(TREATY.id, "rules", PROPOSED)
    for name in ("Ana", "Ben", "Chi"):
        opened.add_reviewer(name)
    opened.set_setting("blind", hides)
    return opened


def said_by_others(opened: Store, seed: int) -> None:
    """Ben and Chi tag, decide, judge and assess at random; a tag may reach over a border."""
    chance = random.Random(seed)
    for _ in range(chance.randrange(1, 9)):
        who = opened.reviewer(chance.choice(("Ben", "Chi"))).id
        clause = chance.choice(CLAUSES)
        what = chance.choice(("tag", "over", "decide", "judge", "note", "assess"))
        if what in ("tag", "over"):
            start = clause.body + chance.randrange(4)
            end = min(len(TREATY.text), clause.own_end + 8) if what == "over" else start + 5
            review.tag(
                opened, TREATY, who, start=start, end=end, quote=TREATY.text[start:end],
                concern=chance.choice(("privacy", "press_freedom")), codebook=BOOK,
                polarity=chance.choice(("risk", "safeguard")),
            )  # fmt: skip
        elif what == "decide":
            review.reject(opened, TREATY, who, stable_id("suggestion", clause.eid))
        elif what == "judge":
            review.judge(opened, TREATY, who, clause.eid, chance.choice(("concern", "reopened")))
        elif what == "note":
            review.note(opened, TREATY, who, clause.eid, f"note {chance.random()}")
        else:
            state = chance.choice(("present", "weak", "absent"))
            review.assess(opened, TREATY, who, clause.eid, {"necessity": state}, codebook=BOOK)


def compared(opened: Store, who: str) -> Any:
    sight = blind.visible(opened, who, TREATY.id)
    annotations = sight.of(opened.annotations(document=TREATY.id))
    reviews = sight.of(opened.reviews(document=TREATY.id))
    people = [one.id for one in opened.reviewers()]
    return compare.differences(TREATY, annotations, reviews, people), annotations, reviews


def assessed(opened: Store, who: str) -> Any:
    return blind.visible(opened, who, TREATY.id).of(opened.assessments(document=TREATY.id))


def started(opened: Store, who: str) -> Any:
    return overview.gather(
        opened, opened.reviewer(who), document=lambda info: opened.document(info.id), now=NOW
    )


def queued(opened: Store, who: str) -> Any:
    sheet = review.sheets(TREATY)[0]
    return [
        queueing.walk_data(
            opened, TREATY, sheet, opened.reviewer(who), Queue(kind, order), at=sheet.eids[0]
        )
        for kind in queue.KINDS
        for order in queue.ORDERS
    ]


def read(opened: Store, who: str) -> Any:
    given = desk.review_data(
        opened, TREATY, review.sheets(TREATY)[0], opened.reviewer(who), BOOK,
        acks={}, focus=None, database="x",
    )  # fmt: skip
    return {name: value for name, value in given.items() if name != "revision"}


PAGES: dict[str, Callable[[Store, str], Any]] = {
    "compare": compared,
    "safeguards": assessed,
    "start": started,
    "queue": queued,
    "review": read,
}


@settings(
    max_examples=12, derandomize=True, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(seed=st.integers(0, 10_000))
def test_nothing_shown_depends_on_what_others_said_of_a_clause_not_done(
    tmp_path: Path, seed: int
) -> None:
    path = tmp_path / f"{seed}.db"
    for file in tmp_path.glob(f"{seed}.db*"):
        file.unlink()
    with project(path) as opened:
        ana = opened.reviewer("Ana").id
        before = {name: page(opened, ana) for name, page in PAGES.items()}
        said_by_others(opened, seed)
        assert {name: page(opened, ana) for name, page in PAGES.items()} == before


def test_a_clause_that_is_done_shows_what_others_said_of_it_and_of_no_other(tmp_path: Path) -> None:
    first, second, third = CLAUSES
    with project(tmp_path / "a.db") as opened:
        ana, ben = opened.reviewer("Ana").id, opened.reviewer("Ben").id
        spans = (
            (first, first.body + 5),
            (second, second.body + 5),
            (first, second.body + 3),
        )
        for clause, end in spans:
            review.tag(
                opened, TREATY, ben, start=clause.body, end=end, concern="privacy",
                quote=TREATY.text[clause.body : end], polarity="risk", codebook=BOOK,
            )  # fmt: skip
        for clause in CLAUSES:
            review.judge(opened, TREATY, ben, clause.eid, "concern")
        review.judge(opened, TREATY, ana, first.eid, "no_concern")
        sight = blind.visible(opened, "Ana", "treaty")
        assert (first.eid in sight, second.eid in sight, third.eid in sight) == (True, False, False)
        shown = sight.of(opened.annotations())
        assert [(one.eid, one.end) for one in shown] == [(first.eid, first.body + 5)], (
            "the tag that reaches into the clause not done is hidden with it"
        )
        assert opened.queue(ana, "disagreed", TREATY.id) == [first.eid]
        review.judge(opened, TREATY, ana, first.eid, "reopened")
        assert blind.visible(opened, "Ana", "treaty").of(opened.annotations()) == []
        assert blind.visible(opened, "Ben", "treaty").of(opened.annotations()) != []
        assert blind.visible(opened, None, "treaty").of(opened.annotations()) == []


@pytest.mark.parametrize("who", ["Ana", None])
def test_a_project_that_is_not_blind_hides_nothing(tmp_path: Path, who: str | None) -> None:
    with project(tmp_path / "a.db", hides="off") as opened:
        review.judge(opened, TREATY, opened.reviewer("Ben").id, CLAUSES[0].eid, "concern")
        sight = blind.visible(opened, who, "treaty")
        assert sight.everything
        assert CLAUSES[2].eid in sight
        assert sight.of(opened.reviews()) == opened.reviews()
