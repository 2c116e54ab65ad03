"""Where reviewers of the same clause differ, and what each side says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.codebook import Codebook
from annotator.errors import CodebookError
from annotator.export import agreed
from annotator.export.dataset import Dataset, Part
from annotator.export.people import SETTLED

if TYPE_CHECKING:
    from annotator.compare.opinions import Finding
    from annotator.compare.settling import SettledClause, SettledPassage

REASONS = {
    "text_ambiguous": "the text is ambiguous",
    "codebook_gap": "the codebook has a gap",
    "slip": "a slip",
    "legal_disagreement": "genuine legal disagreement",
}


@dataclass(frozen=True, slots=True)
class Side:
    """What some of the readers say: who in words, with which label, of which words."""

    who: str
    says: str
    quote: str


@dataclass(frozen=True, slots=True)
class Split:
    """A passage on which readers differ; `decided` says why that was left to stand, "" if it waits.

    `language` is that of the quotes.
    """

    title: str
    language: str
    citation: str
    heading: str
    sides: tuple[Side, ...]
    decided: str


def splits(dataset: Dataset, part: Part) -> Iterator[Split]:
    """The passages of a text that are open, or that an adjudicator settled as disagreement.

    What more than half of the readers agree on and waits to be accepted is listed too.
    """
    taken = frozenset(one.id for one in dataset.reviewers)
    clauses = part.settled or agreed.clauses(
        part.document, part.annotations, part.reviews, taken - {SETTLED.id}, ()
    )
    for clause in clauses:
        for passage in clause.passages:
            waits = passage.provenance in ("open", "majority") and not passage.taken
            if (waits or passage.disagreed) and _asked(dataset, passage):
                yield _split(dataset, part, clause, passage)


def _asked(dataset: Dataset, passage: SettledPassage) -> bool:
    wanted = dataset.selection.concerns
    return not wanted or any(
        one.finding and one.finding.concern in wanted for one in passage.opinions
    )


def _split(dataset: Dataset, part: Part, clause: SettledClause, passage: SettledPassage) -> Split:
    decision = passage.decision
    decided = ""
    if decision is not None:
        decided = f"Settled as disagreement: {REASONS[decision.reason]}."
        if decision.note and dataset.selection.notes:
            decided += f" {decision.note}"
    return Split(
        title=part.document.title,
        language=part.document.language,
        citation=clause.citation,
        heading=part.headings.get(clause.eid, ""),
        sides=tuple(
            Side(
                who=_who(dataset, one.reviewers),
                says=_label(one.finding, dataset.codebook),
                quote=one.finding.quote if one.finding else "",
            )
            for one in passage.opinions
        ),
        decided=decided,
    )


def _who(dataset: Dataset, reviewers: tuple[str, ...]) -> str:
    if dataset.selection.names:
        return ", ".join(sorted(dataset.name(one) for one in reviewers))
    return f"{len(reviewers)} reviewer{'s' if len(reviewers) > 1 else ''}"


def _label(finding: Finding | None, codebook: Codebook) -> str:
    if finding is None:
        return "read it and marked nothing here"
    try:
        concern = codebook.concern(finding.concern)
        code = concern.code(finding.code).name if finding.code else ""
        named = f"{concern.name}: {code}" if code else concern.name
    except CodebookError:
        named = f"{finding.concern} {finding.code}".strip()
    return ", ".join(filter(None, (named, finding.polarity, finding.severity)))
