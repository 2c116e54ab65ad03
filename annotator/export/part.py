"""One text of a dataset with what is said of it, sorted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from annotator.export import agreed
from annotator.export.narrowing import Narrowing, over
from annotator.export.selection import Context, Selection
from annotator.model import (
    Adjudication,
    Annotation,
    Assessment,
    Carried,
    Clause,
    Comment,
    Decision,
    Document,
    Link,
    LinkRejection,
    PowerRejection,
    Review,
    Suggestion,
    upwards,
)
from annotator.store import Store

if TYPE_CHECKING:
    from annotator.compare.settling import SettledClause

# Characters on either side of some words: with them, a line to be read at a glance.
_AROUND = 60


@dataclass(frozen=True)
class Part:
    """A version of a text and what the selection takes of what is said of it.

    Annotations, suggestions, links and comments come in the order of their place in the text, the
    rest in that of their clauses; what is at the same place comes in the order of the dataset's
    reviewers. `settled` is how its clauses stand, where any of them was adjudicated or only what is
    settled is taken. Of a text that is `withheld` nothing but the quoted words may be written.
    """

    document: Document
    annotations: tuple[Annotation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    reviews: tuple[Review, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    links: tuple[Link, ...] = ()
    carried: tuple[Carried, ...] = ()
    adjudications: tuple[Adjudication, ...] = ()
    comments: tuple[Comment, ...] = ()
    rejected_powers: tuple[PowerRejection, ...] = ()
    rejected_links: tuple[LinkRejection, ...] = ()
    settled: tuple[SettledClause, ...] = ()
    withheld: bool = False

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """The text's clauses by eId."""
        return {clause.eid: clause for clause in self.document.clauses}

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """By eId the heading a clause is known by: its own, or that of what contains it."""
        if self.withheld:
            return dict.fromkeys(self.clauses, "")
        return {
            clause.eid: next((up.heading for up in upwards(clause, self.clauses) if up.heading), "")
            for clause in self.document.clauses
        }

    def citation(self, eid: str) -> str:
        """How a lawyer cites the clause; "" for words outside every clause."""
        return self.clauses[eid].citation if eid else ""

    def context(self, words: Annotation | Suggestion | Link, how: Context) -> str:
        """The words around some words, in one line: a part of their own line, or their clause.

        "" of a text that is withheld.
        """
        if self.withheld:
            return ""
        text, start, end = self.document.text, words.start, words.end
        if how == "clause" and words.eid:
            clause = self.clauses[words.eid]
            start, end = min(start, clause.body), max(end, clause.own_end)
            return " ".join(text[start:end].split("\n"))
        left = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
        if left and text[left - 1] != "\n":
            # Not in the middle of a word.
            left = text.find(" ", left, start) + 1 or start
        right = text.find("\n", end)
        right = len(text) if right < 0 else right
        if right > end + _AROUND:
            right = max(text.rfind(" ", end, end + _AROUND), end)
        before = "…" if left and text[left - 1] != "\n" else ""
        after = "…" if right < len(text) and text[right] != "\n" else ""
        return f"{before}{text[left:right]}{after}".replace("\n", " ")


def gathered(
    store: Store,
    id: str,
    selection: Selection,
    narrowing: Narrowing,
    places: Mapping[str, int],
    *,
    marks_only: bool = False,
) -> Part:
    """The text with that id and what is taken of it; `places` is the order of the reviewers.

    With `marks_only` it has its annotations and nothing else: a third of what is to be read.
    """
    document = store.document(id)
    if not narrowing.taken(id):
        return Part(document)
    order = _Order(document, places)
    marks = narrowing.said(store.annotations(document=id))
    if marks_only and not selection.settled:
        return Part(document, annotations=order.marks(narrowing.annotations(marks)))
    reviews = narrowing.said(store.reviews(document=id))
    assessments = narrowing.said(store.assessments(document=id))
    adjudications = [
        row
        for row in narrowing.noted(narrowing.said(store.adjudications(document=id)))
        # Of no use to whoever does not get the views over which it was made.
        if narrowing.reviewers.issuperset(over(row))
    ]
    settled: tuple[SettledClause, ...] = ()
    if adjudications or selection.settled:
        settled = agreed.clauses(document, marks, reviews, narrowing.reviewers, adjudications)
    standing = tuple(
        narrowing.settled(
            settled, lambda passage: agreed.changed(passage, marks), agreed.last_read(reviews)
        )
    )
    if selection.settled:
        layer = agreed.layer(document, settled, marks, reviews, assessments)
        return Part(
            document,
            annotations=order.marks(narrowing.annotations(layer.annotations)),
            suggestions=order.proposals(
                row
                for row in store.suggestions(id)
                if selection.suggestions == "all" and narrowing.labelled(row)
            ),
            reviews=order.clauses(narrowing.dated(layer.reviews)),
            assessments=order.safeguards(narrowing.assessments(layer.assessments)),
            settled=standing,
        )
    annotations = narrowing.annotations(marks)
    decisions, suggestions = _proposed(store, id, selection, narrowing, annotations)
    return Part(
        document,
        annotations=order.marks(annotations),
        decisions=order.decisions(decisions, suggestions),
        suggestions=order.proposals(suggestions),
        reviews=order.clauses(narrowing.noted(narrowing.dated(reviews))),
        assessments=order.safeguards(narrowing.assessments(assessments)),
        links=tuple(narrowing.noted(narrowing.dated(narrowing.said(store.links(document=id))))),
        carried=tuple(_carried(store, id, narrowing, annotations)),
        adjudications=tuple(narrowing.adjudications(adjudications)),
        comments=tuple(narrowing.comments(narrowing.said(store.comments(document=id)))),
        rejected_powers=tuple(narrowing.rejected(store.power_rejections(document=id))),
        rejected_links=tuple(narrowing.rejected(store.link_rejections(document=id))),
        settled=standing,
    )


def _proposed(
    store: Store,
    id: str,
    selection: Selection,
    narrowing: Narrowing,
    annotations: Iterable[Annotation],
) -> tuple[list[Decision], list[Suggestion]]:
    if selection.suggestions == "none":
        return [], []
    decided = narrowing.said(store.decisions(document=id))
    known = {one.id: one for one in store.suggestions_by_id({row.suggestion for row in decided})}
    decisions = narrowing.decisions(decided, known.values(), annotations)
    taken = {row.suggestion for row in decisions}
    suggestions = [one for key, one in known.items() if key in taken]
    if selection.suggestions == "all":
        refused = {row.suggestion for row in decided} if not selection.rejected else taken
        suggestions += [
            one
            for one in store.suggestions(id)
            if one.id not in taken and one.id not in refused and narrowing.labelled(one)
        ]
    return decisions, suggestions


def _carried(
    store: Store, id: str, narrowing: Narrowing, annotations: Iterable[Annotation]
) -> Iterable[Carried]:
    """What became here of earlier tags: with the tag that came of it, or else with the earlier."""
    made = {one.id for one in annotations}
    for row in store.carried(document=id):
        if not narrowing.on_days(row.updated):
            continue
        if row.reviewer is None or row.reviewer in narrowing.reviewers:
            origin = None if row.annotation in made else store.annotation(row.origin)
            if row.annotation in made or (
                origin
                and origin.reviewer in narrowing.reviewers
                and narrowing.taken(origin.document)
                and narrowing.annotations([origin])
            ):
                yield row


class _Order:
    """The order of what is said of one text."""

    def __init__(self, document: Document, places: Mapping[str, int]) -> None:
        self._clauses = {clause.eid: place for place, clause in enumerate(document.clauses)}
        self._people = places

    def marks(self, rows: Iterable[Annotation]) -> tuple[Annotation, ...]:
        people = self._people
        return tuple(
            sorted(
                rows,
                key=lambda a: (
                    a.start, a.end, a.concern, a.polarity, people[a.reviewer], a.id
                ),
            )
        )  # fmt: skip

    def proposals(self, rows: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
        return tuple(sorted(rows, key=lambda s: (s.start, s.end, s.rule, s.polarity, s.id)))

    def decisions(
        self, rows: Iterable[Decision], suggestions: Iterable[Suggestion]
    ) -> tuple[Decision, ...]:
        place = {one.id: number for number, one in enumerate(self.proposals(suggestions))}
        people = self._people
        return tuple(sorted(rows, key=lambda d: (place[d.suggestion], people[d.reviewer])))

    def clauses(self, rows: Iterable[Review]) -> tuple[Review, ...]:
        places, people = self._clauses, self._people
        return tuple(sorted(rows, key=lambda r: (places[r.eid], people[r.reviewer])))

    def safeguards(self, rows: Iterable[Assessment]) -> tuple[Assessment, ...]:
        places, people = self._clauses, self._people
        return tuple(sorted(rows, key=lambda a: (places[a.eid], a.safeguard, people[a.reviewer])))
