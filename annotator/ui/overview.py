"""Where the work stands, as the start page tells it: what is done, what waits, where one left.

Those have read a clause who said Done or No concern of it; only the latest version of each text is
looked at. Counts come from lists that the store keeps, so that they cost the same however much
there is. In a blind project what others have read is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from annotator import review
from annotator.model import Clause, Document, DocumentInfo, Reviewer
from annotator.review import blind, queue
from annotator.review.queue import Kind
from annotator.store import Store

CellState = Literal["done", "begun", "differ", "open"]


@dataclass(frozen=True, slots=True)
class TextProgress:
    """A text, how many of its clauses one has read, and how many anyone has.

    `of` counts the clauses that are the reader's to read, `beside` those read that are not;
    `fewest` is the number of readers of the least read clause. Where others' work is hidden,
    `anyone` is None.
    """

    info: DocumentInfo
    mine: int
    of: int
    anyone: int | None
    fewest: int
    beside: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """The clause to go on with: the one last worked on, or the next unread where that one is done.

    `last` is the clause of the latest decision, made at `at`; `waiting` counts the suggestions in
    `clause` on which the reviewer has not decided; `heading` is that of its article.
    """

    info: DocumentInfo
    clause: Clause
    last: Clause
    heading: str
    at: datetime
    waiting: int
    finished: bool


@dataclass(frozen=True, slots=True)
class Task:
    """A queue on which something waits, and how many clauses."""

    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class Today:
    """What a reviewer has done since midnight, by the clock of `zone`."""

    clauses: int
    marks: int
    rejected: int
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """An article in the strip."""

    name: str
    state: CellState


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of a chapter; `number` is empty for what stands in none."""

    number: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the start page shows; what concerns one reviewer is empty without one.

    `reviewers` have with them how many clauses they are done with, and of how many: of those
    assigned to them once anything is, as the page Project counts. `hidden` says that others'
    work is left out, since the project is blind.
    """

    texts: tuple[TextProgress, ...]
    reviewers: tuple[tuple[Reviewer, int, int], ...]
    clauses: int
    read_twice: int
    place: Place | None
    tasks: tuple[Task, ...]
    today: Today | None
    strip: tuple[DocumentInfo, tuple[Group, ...]] | None
    name: str = ""
    hidden: bool = False

    @property
    def begun(self) -> bool:
        """Whether the reviewer has decided anything yet."""
        return self.place is not None


def gather(
    store: Store,
    reviewer: Reviewer | None,
    *,
    document: Callable[[DocumentInfo], Document],
    now: datetime,
) -> Overview:
    """What the start page shows; `now` carries the time zone that says when a day begins."""
    infos = queue.in_order(store.documents())
    hidden = blind.is_blind(store)
    counted = store.done_counts()
    work = store.document_work()
    place = _place(store, reviewer, infos, document) if reviewer else None
    here = place.info if place else infos[0] if infos else None
    whole = sum(info.reviewable for info in infos)
    treaty = next((info for info in (here, *infos) if info and info.kind == "treaty"), None)
    return Overview(
        texts=tuple(_texts(store, infos, reviewer, hidden=hidden)),
        reviewers=tuple(
            (someone, *_standing(store, someone, counted.get(someone.id, 0), whole))
            for someone in store.reviewers()
            if not hidden or (reviewer and someone.id == reviewer.id)
        ),
        clauses=whole,
        read_twice=0 if hidden else sum(one.twice for one in work.values()),
        place=place,
        tasks=tuple(_tasks(store, reviewer)) if reviewer else (),
        today=_today(store, reviewer, now) if reviewer else None,
        strip=(treaty, _treaty_strip(store, document(treaty), reviewer))
        if treaty and reviewer
        else None,
        name=store.settings()["name"],
        hidden=hidden,
    )


def _texts(
    store: Store, infos: Collection[DocumentInfo], reviewer: Reviewer | None, *, hidden: bool
) -> list[TextProgress]:
    lists = store.reader_counts(reviewer.id) if reviewer else {}
    work = store.document_work()
    given_out = store.anything_assigned()
    found = []
    for info in infos:
        together = work.get(info.id)
        yours = lists.get("yours", {}).get(info.id, 0)
        done = mine = lists.get("done", {}).get(info.id, 0)
        if given_out and yours:
            mine = yours - lists.get("assigned", {}).get(info.id, 0)
        found.append(
            TextProgress(
                info,
                mine,
                yours if given_out and yours else info.reviewable,
                None if hidden else together.read if together else 0,
                0 if hidden or not together else together.fewest,
                beside=done - mine,
            )
        )
    return found


def _standing(store: Store, reviewer: Reviewer, done: int, whole: int) -> tuple[int, int]:
    """How many clauses a reviewer is done with, and of how many that are theirs."""
    if not store.anything_assigned():
        return done, whole
    lists = store.reader_counts(reviewer.id)
    theirs = sum(lists.get("yours", {}).values())
    return theirs - sum(lists.get("assigned", {}).values()), theirs


def _place(
    store: Store,
    reviewer: Reviewer,
    infos: Collection[DocumentInfo],
    document: Callable[[DocumentInfo], Document],
) -> Place | None:
    latest = store.last_worked_on(reviewer.id)
    info = next((info for info in infos if latest and info.id == latest[0]), None)
    if latest is None or info is None:
        return None
    text, last = document(info), latest[1]
    read = not store.queue(reviewer.id, "unreviewed", info.id, eids=[last])
    unread = _next_unread(store, reviewer, info, last) if read else last
    clause = text.clause(unread or last)
    decided = {
        one.suggestion
        for one in store.decisions(document=info.id, reviewer=reviewer.id, eids=[clause.eid])
    }
    proposed = store.suggestions(info.id, eids=[clause.eid])
    return Place(
        info=info,
        clause=clause,
        last=text.clause(last),
        heading=review.sheet_of(text, clause.eid).heading if text.kind == "treaty" else "",
        at=datetime.fromisoformat(latest[2]),
        waiting=sum(one.id not in decided for one in proposed),
        finished=read and unread is None,
    )


def _next_unread(store: Store, reviewer: Reviewer, info: DocumentInfo, last: str) -> str | None:
    """The first clause not read after this one, else the first of all."""
    at = store.waiting_at(info.id, last)
    after = at.position if at else -1
    found = store.queue_in_text_order(reviewer.id, "unreviewed", info.id, after=after)
    found = found or store.queue_in_text_order(reviewer.id, "unreviewed", info.id)
    return found[0].eid if found else None


def _tasks(store: Store, reviewer: Reviewer) -> list[Task]:
    """What waits, a row a queue; one on which nothing waits is left out."""
    totals = store.queue_totals(reviewer.id)
    begin: Kind = "assigned" if store.anything_assigned() else "unreviewed"
    kinds: tuple[Kind, ...] = (begin, "suggestions", "reopened", "disagreed")
    return [Task(kind, totals[kind]) for kind in kinds if totals[kind]]


def _today(store: Store, reviewer: Reviewer, now: datetime) -> Today:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    # Not a day of 24 hours: of the two in which clocks change, one is shorter and one longer.
    next_midnight = (midnight + timedelta(hours=36)).replace(hour=0)
    done = store.done_between(reviewer.id, _utc(midnight), _utc(next_midnight))
    return Today(done.clauses, done.tags, done.rejected, str(now.tzinfo or ""))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _treaty_strip(store: Store, document: Document, reviewer: Reviewer) -> tuple[Group, ...]:
    read = {
        one.eid for one in store.reviews(document=document.id, reviewer=reviewer.id) if one.done
    }
    return _strip(document, read, store.queue(reviewer.id, "disagreed", document.id))


def _strip(
    document: Document, read: Collection[str], differing: Collection[str]
) -> tuple[Group, ...]:
    """The articles by chapter (or part), each with how far the reviewer has come."""
    disputed = set(differing)
    groups: list[tuple[Clause | None, list[Cell]]] = []
    for sheet in review.sheets(document):
        within = sheet.within[0] if sheet.within else None
        done = sum(eid in read for eid in sheet.eids)
        state: CellState = "begun" if done else "open"
        if done == len(sheet.eids):
            state = "differ" if disputed & set(sheet.eids) else "done"
        kind = "Article " if sheet.kind == "article" else ""
        name = f"{kind}{sheet.number}. {sheet.heading}" if sheet.number else sheet.heading
        if not groups or groups[-1][0] != within:
            groups.append((within, []))
        groups[-1][1].append(Cell(name.strip(" .") or sheet.kind.capitalize(), state))
    return tuple(
        Group(
            within.number if within else "",
            f"{within.kind.capitalize()} {within.number}. {within.heading}".strip(" .")
            if within
            else "",
            tuple(cells),
        )
        for within, cells in groups
    )
