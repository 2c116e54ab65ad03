"""The one view that holds, as rows like a reviewer's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.export.people import SETTLED
from annotator.model import (
    Adjudication,
    Annotation,
    Assessment,
    Document,
    Review,
    ReviewState,
    stable_id,
)

if TYPE_CHECKING:
    from annotator.compare.settling import SettledClause, SettledPassage


@dataclass(frozen=True, slots=True)
class Layer:
    """What is settled of a text, all of it by the reviewer `people.SETTLED`."""

    annotations: list[Annotation]
    reviews: list[Review]
    assessments: list[Assessment]


def clauses(
    document: Document,
    annotations: Sequence[Annotation],
    reviews: Sequence[Review],
    reviewers: Collection[str],
    adjudications: Sequence[Adjudication],
) -> tuple[SettledClause, ...]:
    """How the text's clauses stand among those reviewers, in text order."""
    # Loaded here only, since few datasets ask for it.
    from annotator.compare import settling

    return tuple(settling.settle(document, annotations, reviews, reviewers, adjudications))


def last_read(reviews: Iterable[Review]) -> dict[str, str]:
    """By the eId of a clause when somebody was last done with it."""
    found: dict[str, str] = {}
    for review in reviews:
        if review.done:
            found[review.eid] = max(review.updated, found.get(review.eid, ""))
    return found


def changed(passage: SettledPassage, annotations: Sequence[Annotation]) -> str:
    """When what stands of a passage was last changed: by the adjudicator, else by its readers."""
    if passage.decision:
        return passage.decision.updated
    return max(
        (
            mark.updated
            for view in passage.opinions
            for mark in annotations
            if (finding := view.finding) is not None
            and mark.reviewer in view.reviewers
            and mark.start < finding.end
            and mark.end > finding.start
            and (mark.concern, mark.polarity) == (finding.concern, finding.polarity)
        ),
        default="",
    )


def layer(
    document: Document,
    clauses: Sequence[SettledClause],
    annotations: Sequence[Annotation],
    reviews: Sequence[Review],
    assessments: Sequence[Assessment],
) -> Layer:
    """What is settled: of a passage the words and label, of a clause whether it has any.

    Where an adjudicator settled that reviewers disagree, no label holds. A safeguard stands as two
    or more say, if nobody says otherwise: it has no adjudicator.
    """
    found: dict[tuple[object, ...], Annotation] = {}
    read = last_read(reviews)
    done = []
    for clause in clauses:
        held = [one for one in clause.passages if one.taken and one.finding]
        for passage in held:
            mark = _annotation(document, clause, passage, annotations)
            found.setdefault((mark.start, mark.end, mark.concern, mark.polarity, mark.code), mark)
        if clause.settled:
            state: ReviewState = "concern" if held else "no_concern"
            at = read.get(clause.eid, "")
            done.append(Review(document.id, clause.eid, SETTLED.id, state, updated=at))
    return Layer(list(found.values()), done, list(_assessments(assessments)))


def _annotation(
    document: Document,
    clause: SettledClause,
    passage: SettledPassage,
    annotations: Sequence[Annotation],
) -> Annotation:
    finding = passage.finding
    assert finding is not None
    decision = passage.decision
    marks = [
        mark
        for mark in annotations
        if mark.reviewer in passage.holding
        and mark.start < finding.end
        and mark.end > finding.start
        and (mark.concern, mark.polarity) == (finding.concern, finding.polarity)
    ]
    notes = dict.fromkeys(mark.note for mark in marks if mark.note)
    here = document.clause_at(finding.start)
    label = (finding.start, finding.end, finding.concern, finding.polarity, finding.code)
    return Annotation(
        id=stable_id("settled", document.id, *label),
        document=document.id,
        eid=here.eid if here else clause.eid,
        start=finding.start,
        end=finding.end,
        quote=finding.quote,
        concern=finding.concern,
        polarity=finding.polarity,
        reviewer=SETTLED.id,
        code=finding.code,
        severity=finding.severity,
        note=decision.note if decision else "\n".join(notes),
        codebook=max((mark.codebook for mark in marks), default=""),
        created=decision.created if decision else min((mark.created for mark in marks), default=""),
        updated=decision.updated if decision else max((mark.updated for mark in marks), default=""),
    )


def _assessments(rows: Sequence[Assessment]) -> Iterator[Assessment]:
    said: dict[tuple[str, str], list[Assessment]] = defaultdict(list)
    for row in rows:
        said[row.eid, row.safeguard].append(row)
    for (eid, safeguard), views in said.items():
        if len(views) > 1 and len({view.state for view in views}) == 1:
            yield Assessment(
                document=views[0].document,
                eid=eid,
                reviewer=SETTLED.id,
                safeguard=safeguard,
                state=views[0].state,
                updated=max(view.updated for view in views),
                note="\n".join(dict.fromkeys(view.note for view in views if view.note)),
                codebook=max(view.codebook for view in views),
            )
