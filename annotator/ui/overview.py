"""Where the work stands, as the start page tells it: what is done, what waits, where one left.

Everything is counted from stored rows. Those have read a clause who said Done or No concern of it;
only the latest version of each text is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from annotator import review
from annotator.model import (
    Annotation,
    Clause,
    Decision,
    Document,
    DocumentInfo,
    Review,
    Reviewer,
    Suggestion,
)
from annotator.store import Store

# Two in three suggestions of the project's own rules reach it; the rest are for those who read on.
STRONG = 0.7

CellState = Literal["done", "begun", "differ", "open"]
Page = Literal["review", "compare"]
Read = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class TextProgress:
    """A text, how many of its clauses one has read, and how many anyone has.

    `fewest` is the number of readers of its least read clause.
    """

    info: DocumentInfo
    mine: int
    anyone: int
    fewest: int


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
    """A kind of work that waits: how much, and where it begins."""

    name: str
    words: str
    count: int
    button: str
    page: Page
    slug: str
    eid: str | None


@dataclass(frozen=True, slots=True)
class Today:
    """What a reviewer has done since midnight, by this computer's clock."""

    clauses: int
    marks: int
    rejected: int


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
    """Everything the start page shows; what concerns one reviewer is empty without one."""

    texts: tuple[TextProgress, ...]
    reviewers: tuple[tuple[Reviewer, int], ...]
    clauses: int
    read_twice: int
    place: Place | None
    tasks: tuple[Task, ...]
    today: Today | None
    strip: tuple[DocumentInfo, tuple[Group, ...]] | None

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
    """Read the store once and count; `now` carries the time zone that says when a day begins."""
    infos = sorted(store.documents(), key=lambda info: (info.kind != "treaty", info.slug))
    everyone = store.reviewers()
    reviews = [one for one in store.reviews() if one.document in {info.id for info in infos}]
    readers: dict[str, dict[str, set[str]]] = {info.id: defaultdict(set) for info in infos}
    for one in reviews:
        if one.done:
            readers[one.document][one.eid].add(one.reviewer)
    counts = {
        someone.id: sum(one.done for one in reviews if one.reviewer == someone.id)
        for someone in everyone
    }
    own = None
    if reviewer is not None:
        own = _Own(store, reviewer, infos, [one for one in reviews if one.reviewer == reviewer.id])
    place = own.place(document) if own else None
    differing = (
        _differing(store, infos, reviews, readers, own, document)
        if own and len(everyone) > 1
        else {}
    )
    here = place.info if place else infos[0] if infos else None
    treaty = next((info for info in (here, *infos) if info and info.kind == "treaty"), None)
    return Overview(
        texts=tuple(_progress(info, readers[info.id], reviewer) for info in infos),
        reviewers=tuple((someone, counts[someone.id]) for someone in everyone),
        clauses=sum(info.reviewable for info in infos),
        read_twice=sum(len(who) > 1 for of_text in readers.values() for who in of_text.values()),
        place=place,
        tasks=tuple(_tasks(infos, own, place, differing, document)) if own and place else (),
        today=own.today(now) if own else None,
        strip=(treaty, _strip(document(treaty), own.read(treaty), differing.get(treaty.id, ())))
        if treaty and own
        else None,
    )


class _Own:
    """What one reviewer has said, and what is proposed to them."""

    def __init__(
        self, store: Store, reviewer: Reviewer, infos: Sequence[DocumentInfo], reviews: list[Review]
    ) -> None:
        self.id = reviewer.id
        self.infos = {info.id: info for info in infos}
        self.reviews = reviews
        self.annotations: list[Annotation] = store.annotations(reviewer=reviewer.id)
        self.decisions: list[Decision] = store.decisions(reviewer=reviewer.id)
        decided = {one.suggestion for one in self.decisions}
        proposed = {info.id: store.suggestions(info.id) for info in infos}
        self._eids = {one.id: one.eid for several in proposed.values() for one in several}
        self.waiting: dict[str, list[Suggestion]] = {
            key: [one for one in several if one.id not in decided]
            for key, several in proposed.items()
        }

    def read(self, info: DocumentInfo) -> frozenset[str]:
        return frozenset(one.eid for one in self.reviews if one.document == info.id and one.done)

    def place(self, document: Callable[[DocumentInfo], Document]) -> Place | None:
        touched = [(one.updated, one.document, one.eid) for one in self.reviews]
        touched += [(one.updated, one.document, one.eid) for one in self.annotations]
        touched += [
            (one.updated, one.document, self._eids.get(one.suggestion, ""))
            for one in self.decisions
        ]
        touched = [one for one in touched if one[1] in self.infos and one[2]]
        if not touched:
            return None
        at, key, eid = max(touched)
        info = self.infos[key]
        text, read = document(info), self.read(info)
        last = text.clause(eid)
        clause = last if eid not in read else _next_unread(text, eid, read) or last
        sheet = review.sheet_of(text, clause.eid)
        return Place(
            info=info,
            clause=clause,
            last=last,
            heading=sheet.heading if text.kind == "treaty" else "",
            at=datetime.fromisoformat(at),
            waiting=sum(one.eid == clause.eid for one in self.waiting[key]),
            finished=clause.eid in read,
        )

    def today(self, now: datetime) -> Today:
        def is_today(stamp: str) -> bool:
            day: date = datetime.fromisoformat(stamp).astimezone(now.tzinfo).date()
            return day == now.date()

        return Today(
            clauses=sum(one.done and is_today(one.updated) for one in self.reviews),
            marks=sum(is_today(one.created) for one in self.annotations),
            rejected=sum(
                one.decision == "rejected" and is_today(one.updated) for one in self.decisions
            ),
        )


def _next_unread(document: Document, eid: str, read: frozenset[str]) -> Clause | None:
    """The first clause not read after this one, else the first of all."""
    clauses = list(document.reviewable())
    after = next((n for n, clause in enumerate(clauses) if clause.eid == eid), -1) + 1
    return next((c for c in clauses[after:] + clauses[:after] if c.eid not in read), None)


def _progress(
    info: DocumentInfo, readers: Mapping[str, set[str]], reviewer: Reviewer | None
) -> TextProgress:
    mine = sum(reviewer.id in who for who in readers.values()) if reviewer else 0
    complete = len(readers) == info.reviewable and info.reviewable > 0
    fewest = min(len(who) for who in readers.values()) if complete else 0
    return TextProgress(info, mine, len(readers), fewest)


def _differing(
    store: Store,
    infos: Sequence[DocumentInfo],
    reviews: Sequence[Review],
    readers: Mapping[str, Mapping[str, set[str]]],
    own: _Own,
    document: Callable[[DocumentInfo], Document],
) -> dict[str, list[str]]:
    """By text, the clauses of each difference in what the reviewer and someone else have read."""
    found: dict[str, list[str]] = {}
    for info in infos:
        shared = {eid for eid, who in readers[info.id].items() if own.id in who and len(who) > 1}
        if not shared:
            continue
        # Loads NumPy, which a page without anything to compare should not wait for.
        from annotator.compare import differences

        people = {who for eid in shared for who in readers[info.id][eid]}
        several = differences(
            document(info), store.annotations(document=info.id), reviews, sorted(people)
        )
        if at := [one.eid for one in several if one.eid in shared]:
            found[info.id] = at
    return found


def _tasks(
    infos: Sequence[DocumentInfo],
    own: _Own,
    place: Place,
    differing: Mapping[str, Sequence[str]],
    document: Callable[[DocumentInfo], Document],
) -> list[Task]:
    """What waits, the text at hand first; a kind of which there is none is left out."""
    ordered = sorted(infos, key=lambda info: info.id != place.info.id)
    several = f" of {len(infos)} texts" if len(infos) > 1 else ""
    tasks = []
    unread = sum(info.reviewable - len(own.read(info)) for info in infos)
    if unread:
        first = next(info for info in ordered if len(own.read(info)) < info.reviewable)
        from_ = place.last.eid if first.id == place.info.id else ""
        clause = _next_unread(document(first), from_, own.read(first))
        tasks.append(
            Task(
                "Not read yet",
                f"Clauses{several}, from where you are",
                unread,
                "Read on",
                "review",
                first.slug,
                clause.eid if clause else None,
            )
        )
    strong = [(i, s) for i in ordered for s in own.waiting[i.id] if s.score >= STRONG]
    if strong:
        info, suggestion = strong[0]
        tasks.append(
            Task(
                "Strong suggestions waiting",
                "Where the highlighter is surest",
                len(strong),
                "Review",
                "review",
                info.slug,
                suggestion.eid,
            )
        )
    again = [one for one in own.reviews if one.state == "reopened"]
    reopened = [(i, one) for i in ordered for one in again if one.document == i.id]
    if reopened:
        info, one = reopened[0]
        tasks.append(
            Task(
                "Reopened",
                "Clauses you wanted to read again",
                len(reopened),
                "Look again",
                "review",
                info.slug,
                one.eid,
            )
        )
    if differing:
        info = next(info for info in ordered if info.id in differing)
        tasks.append(
            Task(
                "You and others differ",
                "In clauses that both of you have read",
                sum(len(eids) for eids in differing.values()),
                "Compare",
                "compare",
                info.slug,
                None,
            )
        )
    return tasks


def _strip(document: Document, read: frozenset[str], differing: Sequence[str]) -> tuple[Group, ...]:
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
