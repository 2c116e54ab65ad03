"""A dataset as what the report says of it, in the order in which it says it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.codebook import Concern, Standard
from annotator.compare import Interval, Measured, Text, meaning
from annotator.export.dataset import Dataset, Part
from annotator.export.measured import measured, readers, text_of
from annotator.export.people import SETTLED
from annotator.export.reporting.grids import Grid, grids
from annotator.export.reporting.passages import Found, found
from annotator.export.reporting.splits import Split, splits
from annotator.model import Review


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the report: what it is, and how much of it was read by one and by several."""

    title: str
    slug: str
    version: int
    language: str
    kind: str
    address: str
    notice: str
    sha256: str
    clauses: int
    read: int
    read_by_several: int


@dataclass(frozen=True, slots=True)
class Concerned:
    """A concern: what it means, how often each code was used, and every finding under it.

    `codes` count the findings, not the marks: what three reviewers marked in a clause is one.
    """

    name: str
    definition: str
    standards: tuple[Standard, ...]
    risks: int
    safeguards: int
    codes: tuple[tuple[str, int], ...]
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One line of the table of agreement; figures are `None` where chance cannot be told."""

    question: str
    clauses: int
    percent: float | None
    alpha: float | None
    interval: Interval | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `latest` is the day of the latest word in it, since a report has no other date.

    `readers` counts those who read a clause to its end, `reviewers` are their names or pseudonyms.
    """

    title: str
    latest: str
    readers: int
    reviewers: tuple[str, ...]
    settled: bool
    narrowed: tuple[str, ...]
    codebook: str
    sources: tuple[Source, ...]
    concerns: tuple[Concerned, ...]
    grids: tuple[Grid, ...]
    splits: tuple[Split, ...]
    agreement: tuple[Agreement, ...]


def content(dataset: Dataset) -> Report:
    """Go through the dataset once and gather what the report says."""
    sources: list[Source] = []
    held: dict[str, list[Found]] = {concern.id: [] for concern in dataset.codebook.concerns}
    tables: list[Grid] = []
    apart: list[Split] = []
    texts: list[Text] = []
    days: set[str] = set()
    titles = _titles(dataset)
    for part in dataset.parts():
        if not _spoken(part):
            continue
        title = titles[part.document.id]
        part = dataclasses.replace(part, document=dataclasses.replace(part.document, title=title))
        text = text_of(dataset, part)
        texts.append(text)
        sources.append(_source(part, text.reviews))
        for concern in _asked(dataset):
            held[concern.id] += found(dataset, part, concern)
        tables += grids(dataset, part)
        apart += splits(dataset, part)
        days |= {one.updated[:10] for one in part.annotations}
        days |= {one.updated[:10] for one in part.reviews}
        days |= {one.updated[:10] for one in part.assessments}
    return Report(
        title=sources[0].title if len(sources) == 1 else f"{len(sources)} texts",
        latest=max(days, default=""),
        readers=len(readers(texts)),
        reviewers=tuple(one.name for one in dataset.reviewers if one.id != SETTLED.id),
        settled=dataset.selection.settled,
        narrowed=tuple(_narrowed(dataset)),
        codebook=dataset.codebook.version,
        sources=tuple(sources),
        concerns=tuple(_concerned(one, held[one.id]) for one in _asked(dataset)),
        grids=tuple(tables),
        splits=tuple(apart),
        agreement=tuple(_agreement(dataset, texts)),
    )


def _titles(dataset: Dataset) -> dict[str, str]:
    """By id the titles of the texts, told apart where two have the same."""
    alike = Counter(one.title for one in dataset.documents)
    versions = Counter(one.slug for one in dataset.documents)
    return {
        one.id: one.title
        if alike[one.title] == 1
        else f"{one.title} ({f'version {one.version}' if versions[one.slug] > 1 else one.slug})"
        for one in dataset.documents
    }


def _spoken(part: Part) -> bool:
    """Whether anybody said anything of the text; others are there for what refers to them."""
    return bool(part.annotations or part.reviews or part.assessments)


def _asked(dataset: Dataset) -> list[Concern]:
    wanted = dataset.selection.concerns
    return [one for one in dataset.codebook.concerns if not wanted or one.id in wanted]


def _source(part: Part, reviews: Sequence[Review]) -> Source:
    document = part.document
    read = Counter(review.eid for review in reviews if review.done)
    return Source(
        title=document.title,
        slug=document.slug,
        version=document.version,
        language=document.language,
        kind=document.kind,
        address=document.source,
        notice=document.notice,
        sha256=document.text_sha256,
        clauses=sum(one.body < one.own_end for one in document.clauses),
        read=len(read),
        read_by_several=sum(count > 1 for count in read.values()),
    )


def _concerned(concern: Concern, findings: Sequence[Found]) -> Concerned:
    codes = Counter(code for one in findings for code in one.codes)
    return Concerned(
        name=concern.name,
        definition=concern.definition,
        standards=concern.standards,
        risks=sum(one.polarity == "risk" for one in findings),
        safeguards=sum(one.polarity == "safeguard" for one in findings),
        codes=tuple(sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))),
        found=tuple(findings),
    )


def _agreement(dataset: Dataset, texts: Sequence[Text]) -> list[Agreement]:
    names = {one.id: one.name for one in dataset.codebook.concerns}
    wanted = {one.id for one in _asked(dataset)}
    return [
        _line(one, names)
        for one in measured(dataset, texts, "concern", "concerns", "severity")
        if not one.question.concern or one.question.concern in wanted
    ]


def _line(found: Measured, names: dict[str, str]) -> Agreement:
    question, alpha = found.question, found.figure("alpha")
    name = names.get(question.concern, "")
    asked = {"concern": f"{name}: marked or not", "severity": f"{name}: how grave"}
    return Agreement(
        question=asked.get(question.kind, "All concerns together"),
        clauses=found.clauses,
        percent=found.figure("percent").value,
        alpha=alpha.value,
        interval=alpha.interval,
        meaning=meaning(found),
    )


def _narrowed(dataset: Dataset) -> list[str]:
    """What the report leaves out, in words."""
    chosen = dataset.selection
    listed = {
        "codes": chosen.codes,
        "polarities": chosen.polarities,
        "concerns": [one.name for one in _asked(dataset)] if chosen.concerns else (),
        "reviewers": [one.name for one in dataset.reviewers] if chosen.reviewers else (),
    }
    said = [f"only {what}: {', '.join(values)}" for what, values in listed.items() if values]
    if chosen.since:
        said.append(f"nothing before {chosen.since}")
    if chosen.until:
        said.append(f"nothing after {chosen.until}")
    if not chosen.notes:
        said.append("without what reviewers wrote")
    return said
