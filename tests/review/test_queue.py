"""What waits for a reviewer: what the definition says, in every order, whatever was done."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import codebook, intake, review, store
from annotator.model import Document, Review, Suggestion, stable_id
from annotator.review import queue
from annotator.review.queue import KINDS, ORDERS, Queue
from annotator.store import Store

BOOK = codebook.load()
TREATY = """\
# {name}

## Chapter I. Powers

### Article 1. Search

1. A court may search {name} systems.

2. An agency may order data of {name}.

### Article 2. Help

Each {name} Party may compel anyone to help.

## Chapter II. Rest

### Article 3. Close

(a) The end of {name}; and

(b) the very end of {name}.
"""
NEWS = "Reporters of {name} were searched.\n\nNobody in {name} said why.\n"


def texts() -> list[Document]:
    return [
        *(
            intake.parse(TREATY.format(name=n), kind="treaty", language="en", slug=n, title=n)
            for n in ("alpha", "beta")
        ),
        intake.parse(
            NEWS.format(name="gamma"), kind="news", language="en", slug="gamma", title="g"
        ),
    ]


TEXTS = texts()


def proposals(document: Document) -> list[Suggestion]:
    """One on the first clause, two on the second, none on the third, and so on."""
    found = []
    for place, clause in enumerate(document.reviewable()):
        for n in range((place + 1) % 3):
            end = clause.body + 4 + n
            found.append(
                Suggestion(
                    id=stable_id("suggestion", document.id, clause.eid, n),
                    document=document.id,
                    eid=clause.eid,
                    start=clause.body,
                    end=end,
                    quote=document.text[clause.body : end],
                    concern="privacy",
                    polarity="risk",
                    rule=f"rule-{n}",
                    score=0.3 + place / 10,
                    reason="It says so.",
                )
            )
    return found


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("queue") / "annotations.db"
    with store.open(path) as opened:
        for document in TEXTS:
            opened.add_document(document)
            opened.set_suggestions(document.id, "rules", proposals(document))
        for name in ("Ana", "Ben", "Chi"):
            opened.add_reviewer(name)
    return path


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Iterator[Store]:
    with store.open(template) as made:
        made.backup(tmp_path / "annotations.db")
    with store.open(tmp_path / "annotations.db") as opened:
        yield opened


def act(opened: Store, chance: random.Random) -> None:
    """Something a reviewer, or whoever runs the project, might do next."""
    document = chance.choice(TEXTS)
    who = chance.choice(opened.reviewers()).id
    clause = chance.choice(list(document.reviewable()))
    others = [one for one in proposals(document) if one.eid == clause.eid]
    what = chance.choice(("judge", "judge", "judge", "decide", "tag", "assess", "assign", "undo"))
    if what == "judge":
        state = chance.choice(("concern", "concern", "no_concern", "reopened"))
        marks = opened.annotations(document=document.id, reviewer=who, eids=[clause.eid])
        if state != "no_concern" or not any(one.polarity == "risk" for one in marks):
            review.judge(opened, document, who, clause.eid, state)
    elif what == "decide" and others:
        if chance.random() < 0.5:
            review.reject(opened, document, who, chance.choice(others).id)
        else:
            review.accept(opened, document, who, chance.choice(others).id, codebook=BOOK)
    elif what == "tag":
        review.tag(
            opened, document, who, start=clause.body, end=clause.body + 3, codebook=BOOK,
            quote=document.text[clause.body : clause.body + 3], concern="privacy",
            polarity=chance.choice(("risk", "safeguard")),
        )  # fmt: skip
    elif what == "assess":
        state = chance.choice(("present", "absent"))
        review.assess(opened, document, who, clause.eid, {"necessity": state}, codebook=BOOK)
    elif what == "assign":
        eid = chance.choice([None, clause.eid, *(c.eid for c in document.clauses)])
        opened.assign(document.id, [(eid, who)])
        if chance.random() < 0.3:
            opened.unassign(opened.assignments(document=document.id)[:2])
    elif what == "undo":
        opened.undo(who)


def defined(opened: Store, who: str, kind: str) -> list[tuple[str, str]]:
    """A queue by its definition, from what is stored, in text order."""
    assignments = opened.assignments()
    found = []
    for info in queue.in_order(opened.documents()):
        document = opened.document(info.id)
        proposed = opened.suggestions(info.id)
        decided = {one.suggestion for one in opened.decisions(document=info.id, reviewer=who)}
        reviews = {(one.eid, one.reviewer): one for one in opened.reviews(document=info.id)}
        for clause in document.reviewable():
            own = reviews.get((clause.eid, who))
            done = own is not None and own.done
            mine = any(
                one.document == info.id
                and one.reviewer == who
                and (
                    one.eid is None
                    or (
                        document.clause(one.eid).start <= clause.start
                        and clause.end <= document.clause(one.eid).end
                    )
                )
                for one in assignments
            )
            waits = any(one.eid == clause.eid and one.id not in decided for one in proposed)
            others = [
                other
                for (eid, other), one in reviews.items()
                if eid == clause.eid and other != who and one.done
            ]
            member = {
                "assigned": mine and not done,
                "unreviewed": not done,
                "suggestions": waits and (mine or not assignments),
                "reopened": own is not None and own.state == "reopened",
                "disagreed": done
                and any(says(opened, info.id, clause.eid, who, other) for other in others),
            }[kind]
            if member:
                found.append((info.id, clause.eid))
    return found


def says(opened: Store, document: str, eid: str, one: str, other: str) -> bool:
    """Whether two who are done with a clause say otherwise of it."""

    def view(who: str) -> tuple[str, set[tuple[str, str]], dict[str, str]]:
        asked = {"document": document, "reviewer": who, "eids": [eid]}
        return (
            opened.reviews(**asked)[0].state,
            {(mark.concern, mark.polarity) for mark in opened.annotations(**asked)},
            {guard.safeguard: guard.state for guard in opened.assessments(**asked)},
        )

    (state, labels, guards), (their_state, their_labels, their_guards) = view(one), view(other)
    both = guards.keys() & their_guards.keys()
    return (
        state != their_state
        or labels != their_labels
        or any(guards[key] != their_guards[key] for key in both)
    )


def walked(opened: Store, who: str, chosen: Queue) -> list[tuple[str, str]]:
    """Everything on a queue, as a reviewer comes to it who goes from one to the next."""
    ids = [info.id for info in queue.in_order(opened.documents())]
    found: list[tuple[str, str]] = []
    document: str | None = None
    eid: str | None = None
    while True:
        ahead = queue.ahead(
            opened, who, chosen, ids, document=document, eids=[eid] if eid else [], at=eid
        )
        if not ahead or (ahead[0].document, ahead[0].eid) in found:
            return found
        document, eid = ahead[0].document, ahead[0].eid
        found.append((document, eid))


@settings(
    max_examples=8, derandomize=True, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(seed=st.integers(0, 10_000))
def test_every_queue_holds_what_its_definition_says(
    template: Path, tmp_path: Path, seed: int
) -> None:
    path = tmp_path / f"{seed}.db"
    path.unlink(missing_ok=True)
    with store.open(template) as made:
        made.backup(path)
    chance = random.Random(seed)
    with store.open(path) as opened:
        for _ in range(chance.randrange(25)):
            act(opened, chance)
        for reviewer in opened.reviewers():
            totals = opened.queue_totals(reviewer.id)
            for kind in KINDS:
                wanted = defined(opened, reviewer.id, kind)
                assert totals[kind] == len(wanted), kind
                counted = opened.queue_documents(reviewer.id, kind)
                assert counted == {d: sum(x == d for x, _ in wanted) for d, _ in wanted}
                for info in opened.documents():
                    listed = opened.queue(reviewer.id, kind, info.id)
                    assert listed == [eid for document, eid in wanted if document == info.id]
                assert walked(opened, reviewer.id, Queue(kind)) == wanted
                by_worth = walked(opened, reviewer.id, Queue(kind, "worth"))
                assert sorted(by_worth) == sorted(wanted)
                worth = [opened.waiting_at(*place).worth for place in by_worth]  # type: ignore[union-attr]  # all of them wait
                assert worth == sorted(worth, reverse=True)
        assert opened.verify() == []


def test_what_is_worth_most_comes_first_and_an_equal_one_in_text_order(project: Store) -> None:
    ana = project.reviewer("Ana").id
    first = walked(project, ana, Queue("unreviewed", "worth"))
    worth = [project.waiting_at(*place).worth for place in first]  # type: ignore[union-attr]  # all of them wait
    assert worth[0] == pytest.approx(2 * 0.7), "two suggestions of strength 0.7"
    assert worth[-1] == 0


def test_a_later_version_takes_the_place_of_the_one_before(project: Store) -> None:
    ana = project.reviewer("Ana").id
    before = project.queue_totals(ana)["unreviewed"]
    longer = TREATY.format(name="alpha") + "\n### Article 4. More\n\nMore of it.\n"
    later = intake.parse(longer, kind="treaty", language="en", slug="alpha", title="alpha")
    project.add_document(later)
    assert project.queue_totals(ana)["unreviewed"] == before + 1
    assert project.queue(ana, "unreviewed", TEXTS[0].id) == []
    assert project.verify() == []


def test_versions_that_come_in_one_write_leave_only_the_latest_waiting(tmp_path: Path) -> None:
    versions = [
        intake.parse(NEWS.format(name=n), kind="news", language="en", slug="gamma", title="g")
        for n in ("one", "two", "three")
    ]
    with store.open(tmp_path / "annotations.db") as opened:
        ana = opened.add_reviewer("Ana").id
        with opened.write("add_documents") as write:
            for version in versions:
                opened.add_document(version, write=write)
        waiting = [opened.queue(ana, "unreviewed", one.id) for one in versions]
        assert waiting == [[], [], ["para_1", "para_2"]]
        assert opened.verify() == []


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ("delete from reader_clauses where what = 'done'", "'done'"),
        ("update clause_work set readers = 9", "readers"),
        ("update clause_work set proposals = 9", "clause_work"),
        ("update clause_work set position = position + 100", "clause_work"),
        ("update reader_counts set clauses = clauses + 1", "reader_counts"),
        ("update document_work set clauses = clauses + 1", "document_work"),
    ],
)
def test_what_is_kept_and_not_what_it_is_derived_from_is_found(
    project: Store, wrong: str, where: str
) -> None:
    review.judge(project, TEXTS[0], project.reviewer("Ana").id, "art_2", "concern")
    project._connection.execute(wrong)
    assert [problem for problem in project.verify() if where in problem]


@pytest.mark.parametrize(
    ("kind", "order", "found"),
    [
        ("assigned", None, Queue("assigned", "text")),
        ("disagreed", "worth", Queue("disagreed", "worth")),
        ("reopened", "backwards", Queue("reopened", "text")),
        ("everything", "text", None),
        (None, None, None),
    ],
)
def test_an_address_names_a_queue(kind: str | None, order: str | None, found: Queue | None) -> None:
    assert queue.chosen(kind, order) == found
    assert ORDERS == ("text", "worth")


def test_a_day_is_counted_from_its_first_moment_to_its_last(project: Store) -> None:
    ana = project.reviewer("Ana").id
    with project.write("load", keep_times=True) as write:
        for eid, at in (
            ("art_1__para_1", "2026-03-11T23:59:59.999Z"),
            ("art_1__para_2", "2026-03-12T00:00:00.000Z"),
            ("art_2", "2026-03-12T23:59:59.999Z"),
            ("art_3__point_a", "2026-03-13T00:00:00.000Z"),
        ):
            write.put(review_of(ana, eid, at))
    day = project.done_between(ana, "2026-03-12T00:00:00.000Z", "2026-03-13T00:00:00.000Z")
    assert (day.clauses, day.tags, day.rejected) == (2, 0, 0)
    assert project.last_worked_on(ana) == (
        TEXTS[0].id, "art_3__point_a", "2026-03-13T00:00:00.000Z",
    )  # fmt: skip


def review_of(who: str, eid: str, at: str) -> Review:
    return Review(TEXTS[0].id, eid, who, "concern", "", at)


def test_where_no_clause_is_at_hand_a_text_begins_at_its_first(project: Store) -> None:
    ana = project.reviewer("Ana").id
    ids = [info.id for info in queue.in_order(project.documents())]
    for document in ids:
        (first,) = queue.ahead(project, ana, Queue("unreviewed"), ids, document=document)
        assert (first.document, first.eid) == (
            document, project.queue(ana, "unreviewed", document)[0],
        )  # fmt: skip
