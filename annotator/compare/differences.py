"""Where reviewers of the same clause differ: what each of them marked, side by side.

Marks are first gathered into passages (`passages.py`). Each passage is looked at in the clauses it
touches, among those who have read the clause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from annotator.compare.extents import clip, covers, differing, trimmed
from annotator.compare.passages import InClause, Passage, clauses_of, passages, spot
from annotator.compare.reading import Reading
from annotator.model import Annotation, Document, Review, stable_id

DifferenceKind = Literal["only_one", "not_all", "label", "polarity", "ends", "severity"]
KINDS: tuple[DifferenceKind, ...] = get_args(DifferenceKind)


@dataclass(frozen=True, slots=True)
class View:
    """What some of the reviewers say; without annotations, that they left the words unmarked."""

    reviewers: tuple[str, ...]
    annotations: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing to talk about, in the first clause where it shows.

    | kind | the reviewers of the clause |
    |---|---|
    | `only_one` | left these words unmarked, all but one |
    | `not_all` | did not all mark these words, and those who did agree on the label |
    | `label` | give overlapping words another concern, or another code |
    | `polarity` | agree on the concern and call it a risk here, a safeguard there |
    | `ends` | agree on the label but not on where the words begin or end |
    | `severity` | agree on the label but not on how grave it is |

    `words` are the disputed ranges in code points of the document's text, in order: for `ends` only
    what some marked and others left, for the rest all that was marked. `views` has an entry for
    each different opinion, those without a mark last. `id` stays the same as long as what they say
    does.
    """

    id: str
    kind: DifferenceKind
    document: str
    eid: str
    citation: str
    views: tuple[View, ...]
    words: tuple[tuple[int, int], ...]


def differences(
    document: Document,
    annotations: Iterable[Annotation],
    reviews: Iterable[Review],
    reviewers: Iterable[str],
) -> list[Difference]:
    """Everything on which the given reviewers differ in clauses at least two of them have read.

    The list is in text order, whatever the order of the reviewers and of the annotations. A mark
    counts where its reviewer has read a clause it stands in. What was left open is not an
    opinion: a missing code or severity differs from none. Ends that differ in spaces or
    punctuation only are the same ends. An annotation over several clauses is listed once, in the
    first clause where it makes a difference, and words in clauses not all concerned have read are
    left out. Where a label or polarity differs, ends and severity are not compared as well.
    """
    chosen = frozenset(reviewers)
    reading = Reading(document, reviews)
    found = [
        difference
        for passage in passages(reading, annotations, chosen)
        for difference in in_passage(reading, passage, chosen)
    ]
    order = {clause.eid: place for place, clause in enumerate(reading.clauses)}
    return sorted(found, key=lambda d: (order[d.eid], d.words[0], KINDS.index(d.kind), d.id))


def in_passage(
    reading: Reading, passage: Passage, reviewers: frozenset[str]
) -> Iterator[Difference]:
    """What those reviewers differ on in one passage, each in the first clause where it shows."""
    clauses = clauses_of(passage)
    told: list[tuple[str, frozenset[str]]] = []
    for clause in clauses:
        readers = reading.readers(clause.eid) & reviewers
        if len(readers) > 1:
            for difference in _Here(reading, clause, passage, readers, clauses).differences():
                who = frozenset(r for view in difference.views for r in view.reviewers)
                kind = "not_all" if difference.kind == "only_one" else difference.kind
                if not any(kind == known and who <= before for known, before in told):
                    told.append((kind, who))
                    yield difference


class _Here(InClause):
    """What the readers of one clause differ on in a passage."""

    def differences(self) -> Iterator[Difference]:
        if not self.given:
            return
        said = [a for annotations in self.given.values() for a in annotations]
        concerns = {a.concern for a in said}
        polarities = {(a.concern, a.polarity) for a in said}
        codes = {(a.concern, a.code) for a in said if a.code}
        by_label = self._opinions(lambda a: (a.concern, a.code))
        if len(concerns) > 1 or (len(polarities) == 1 and len(codes) > 1):
            yield self._difference("label", by_label, silent=self.silent)
        if len(polarities) > len(concerns):
            by_polarity = self._opinions(lambda a: (a.concern, a.polarity))
            yield self._difference("polarity", by_polarity, silent=self.silent)
        if len(polarities) > 1 or len(codes) > 1:
            return
        if self.silent:
            kind: DifferenceKind = "only_one" if len(self.given) == 1 else "not_all"
            yield self._difference(kind, by_label, silent=self.silent)
        by_ends = _grouped(self.words)
        if len(by_ends) > 1:
            yield self._difference("ends", by_ends)
        by_severity = self._opinions(lambda a: a.severity)
        if len(by_severity) > 1:
            yield self._difference("severity", by_severity)

    def _opinions(self, about: Callable[[Annotation], Hashable | None]) -> list[tuple[str, ...]]:
        """Reviewers who say the same; those who say nothing about it (`None`) are in no group."""
        says = {
            reviewer: frozenset(map(about, annotations)) - {None}
            for reviewer, annotations in self.given.items()
        }
        return _grouped({reviewer: opinion for reviewer, opinion in says.items() if opinion})

    def _difference(
        self, kind: DifferenceKind, opinions: list[tuple[str, ...]], *, silent: tuple[str, ...] = ()
    ) -> Difference:
        views = [
            View(who, tuple(sorted((a for r in who for a in self.given[r]), key=spot)))
            for who in opinions
        ]
        views.sort(key=lambda view: spot(view.annotations[0]))
        if silent:
            views.append(View(silent, ()))
        extents = [self.words[reviewer] for who in opinions for reviewer in who]
        if kind == "ends":
            words = trimmed(self.document.text, differing(extents))
        else:
            words = covers(part for extent in extents for part in extent)
        if silent:
            # Those without a mark can only be told to have left what they have read.
            words = clip(words, self.read_by_all) or words
        said = sorted((a.reviewer, a.id) for view in views for a in view.annotations)
        return Difference(
            id=stable_id("difference", self.document.id, self.clause.eid, kind, said, silent),
            kind=kind,
            document=self.document.id,
            eid=self.clause.eid,
            citation=self.clause.citation,
            views=tuple(views),
            words=words,
        )


def _grouped(says: Mapping[str, Hashable]) -> list[tuple[str, ...]]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for reviewer in sorted(says):
        groups[says[reviewer]].append(reviewer)
    return [tuple(who) for who in groups.values()]
