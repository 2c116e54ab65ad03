"""A reviewer held against the settled layer, month by month, as for somebody who is learning.

The layer is not the truth, and where reviewers were unanimous it holds this reviewer's own view: a
figure near 1 is easily had where little had to be decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.compare.opinions import Finding
from annotator.compare.questions import Text
from annotator.compare.reading import Reading
from annotator.compare.settling import SettledClause
from annotator.compare.spans import SpanAgreement, span_agreements
from annotator.model import Annotation


@dataclass(frozen=True, slots=True)
class Month:
    """The settled clauses that a reviewer marked as read in one month, as `2026-01`, in UTC.

    In `found` the settled layer is the first and the reviewer the second: precision is the share of
    the reviewer's marks that were settled so, recall the share of what was settled that they
    marked. One for each way of matching, in the order of `spans.MATCHINGS`.
    """

    month: str
    clauses: int
    found: tuple[SpanAgreement, ...]


def over_time(texts: Iterable[tuple[Text, Sequence[SettledClause]]], reviewer: str) -> list[Month]:
    """Precision, recall and F1 of the reviewer against what is settled, the first month first.

    Each text comes with its settled view. Clauses that wait, that fewer than two have read unless
    an adjudicator decided, or in which readers are settled to disagree, are left out: there is
    nothing to hold anyone against. A mark and a finding belong to the first clause whose words they
    cover. The month is that in which the reviewer last said that the clause is read.
    """
    counted: dict[str, list[list[SpanAgreement]]] = defaultdict(list)
    for text, clauses in texts:
        reading = Reading(text.document, text.reviews)
        read = {
            one.eid: one.updated[:7]
            for one in text.reviews
            if one.document == text.document.id and one.reviewer == reviewer and one.done
        }
        firm = {
            clause.eid
            for clause in clauses
            if clause.settled and not any(one.disagreed for one in clause.passages)
        }
        ours = _by_clause(reading, (a for a in text.annotations if a.reviewer == reviewer))
        layer = _by_clause(
            reading,
            (
                _mark(text, clause, one.finding, number)
                for clause in clauses
                for number, one in enumerate(clause.passages)
                if one.finding and one.taken
            ),
        )
        for eid, month in read.items():
            if eid in firm:
                counted[month].append(span_agreements(layer.get(eid, ()), ours.get(eid, ())))
    return [
        Month(month, len(several), tuple(map(_together, zip(*several, strict=True))))
        for month, several in sorted(counted.items())
    ]


def _by_clause(reading: Reading, annotations: Iterable[Annotation]) -> dict[str, list[Annotation]]:
    found: dict[str, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        if annotation.document == reading.document.id:
            for clause in reading.touched(annotation)[:1]:
                found[clause.eid].append(annotation)
    return found


def _mark(text: Text, clause: SettledClause, finding: Finding, number: int) -> Annotation:
    return Annotation(
        id=f"{clause.eid} {number}",
        document=text.document.id,
        eid=clause.eid,
        start=finding.start,
        end=finding.end,
        quote=finding.quote,
        concern=finding.concern,
        polarity=finding.polarity,
        reviewer="",
        code=finding.code,
        severity=finding.severity,
    )


def _together(several: Sequence[SpanAgreement]) -> SpanAgreement:
    return SpanAgreement(
        several[0].matching,
        sum(one.first for one in several),
        sum(one.second for one in several),
        sum(one.matched for one in several),
    )
