"""What reviewers found in the clauses of a text, with the words it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.codebook import Concern
from annotator.errors import CodebookError
from annotator.export.dataset import Dataset, Part
from annotator.export.people import SETTLED
from annotator.model import SEVERITIES, Annotation, Polarity

# As much of a long clause as tells what the marked words are about.
AROUND = 260


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a text, and whether they were marked."""

    words: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one clause under one concern: a risk, or a safeguard.

    `who` says in words how many of those who read the clause marked it; `notes` are what they wrote
    on it, each under the name of who did.
    """

    title: str
    slug: str
    language: str
    eid: str
    citation: str
    heading: str
    polarity: Polarity
    codes: tuple[str, ...]
    severities: tuple[str, ...]
    words: tuple[Stretch, ...]
    who: str
    notes: tuple[tuple[str, str], ...]


def found(dataset: Dataset, part: Part, concern: Concern) -> Iterator[Found]:
    """The findings of a text under a concern, clause by clause; risks before safeguards."""
    marks: dict[tuple[str, str], list[Annotation]] = defaultdict(list)
    for one in part.annotations:
        if one.concern == concern.id:
            marks[one.eid, one.polarity].append(one)
    readers: dict[str, set[str]] = defaultdict(set)
    for review in part.reviews:
        if review.done:
            readers[review.eid].add(review.reviewer)
    order = {eid: place for place, eid in enumerate(part.clauses)}
    for eid, polarity in sorted(marks, key=lambda key: (order.get(key[0], -1), key[1])):
        here = marks[eid, polarity]
        grave = {one.severity for one in here}
        yield Found(
            title=part.document.title,
            slug=part.document.slug,
            language=part.document.language,
            eid=eid,
            citation=part.citation(eid),
            heading=part.headings.get(eid, ""),
            polarity=here[0].polarity,
            codes=tuple(dict.fromkeys(_name(concern, one.code) for one in here if one.code)),
            severities=tuple(one for one in SEVERITIES if one in grave),
            words=tuple(_stretches(part, eid, here)),
            who=_who(here, readers[eid], dataset.names, named=dataset.selection.names),
            notes=tuple(
                dict.fromkeys((dataset.name(one.reviewer), one.note) for one in here if one.note)
            ),
        )


def _name(concern: Concern, code: str) -> str:
    try:
        return concern.code(code).name
    except CodebookError:
        return code


def _who(
    marks: Sequence[Annotation], readers: set[str], names: Mapping[str, str], *, named: bool
) -> str:
    people = {one.reviewer for one in marks}
    if people == {SETTLED.id}:
        return "settled"
    read = len(readers | people)
    if read == 1:
        return "marked by the one reviewer who read it"
    said = f"marked by {len(people)} of {read} reviewers who read it"
    return f"{said}: {', '.join(sorted(names[one] for one in people))}" if named else said


def _stretches(part: Part, eid: str, marks: Sequence[Annotation]) -> Iterator[Stretch]:
    """The clause's own words around what was marked, cut where they are far from it."""
    text = part.document.text
    start, end = min(one.start for one in marks), max(one.end for one in marks)
    clause = part.clauses.get(eid)
    first = min(start, clause.body) if clause else start
    last = max(end, clause.own_end) if clause else end
    at = _cut(text, first, start)
    if at > first:
        yield Stretch("… ", False)
    for begins, ends in _joined((one.start, one.end) for one in marks):
        if begins > at:
            yield Stretch(text[at:begins], False)
        yield Stretch(text[begins:ends], True)
        at = ends
    stop = last if last - at <= AROUND else text.rfind(" ", at, at + AROUND)
    stop = stop if stop > at else min(last, at + AROUND)
    if stop > at:
        yield Stretch(text[at:stop], False)
    if stop < last:
        yield Stretch(" …", False)


def _cut(text: str, first: int, start: int) -> int:
    """Where to begin: at the clause's first word, or at one that is not too far from the mark."""
    if start - first <= AROUND:
        return first
    space = text.find(" ", start - AROUND, start)
    return space + 1 if space >= 0 else start - AROUND


def _joined(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, those that overlap or touch as one."""
    held: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if held and start <= held[1]:
            held = held[0], max(held[1], end)
            continue
        if held:
            yield held
        held = start, end
    if held:
        yield held
