"""What an adjudicator does with a clause at hand: name the outcome, merge words, keep, accept many.

Everything here gives `Adjudication`s, made by `settling.decide`, for `Store.settle` to keep.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotator.compare.extents import overlap
from annotator.compare.opinions import Finding, Opinion
from annotator.compare.settling import SettledClause, SettledPassage, decide, finding_of
from annotator.model import Adjudication, Document, Outcome, Reason

_UNMARKED = 0.8
_CONCERN, _POLARITY, _CODE, _WORDS, _SEVERITY = 0.9, 1.0, 0.6, 0.4, 0.2


def outcome_of(passage: SettledPassage, finding: Finding | None) -> Outcome:
    """What it is called to settle that finding for the passage; `None` marks nothing.

    `accept` is a view as its holders have it; `merge` puts one view's label on words that begin and
    end where views do, as `merged` and `shared` make them; anything else is a `change`.
    """
    offered = [passage.finding, *(one.finding for one in passage.opinions)]
    if finding is None:
        return "accept" if None in offered[1:] else "none"
    if finding in offered:
        return "accept"
    views = [one for one in offered if one]
    labelled = any(_label(one) == _label(finding) for one in views)
    placed = finding.start in {one.start for one in views} and finding.end in {
        one.end for one in views
    }
    return "merge" if labelled and placed else "change"


def shared(document: Document, passage: SettledPassage, like: Finding) -> Finding | None:
    """The words that all views of a passage have in common, labelled `like`; `None` where none."""
    marked = [one.finding for one in passage.opinions if one.finding] or [like]
    start, end = max(one.start for one in marked), min(one.end for one in marked)
    if start >= end:
        return None
    quote = document.text[start:end]
    return Finding(start, end, quote, like.concern, like.polarity, like.code, like.severity)


@dataclass(frozen=True, slots=True)
class Majority:
    """A passage that waits with a view most of its readers hold, and the clause it stands in."""

    clause: SettledClause
    passage: SettledPassage


def majorities(clauses: Iterable[SettledClause]) -> list[Majority]:
    """All that could be accepted as most see it, in text order.

    Nothing of a clause that was decided before and is open again: somebody is to look at that.
    """
    return [
        Majority(clause, one)
        for clause in clauses
        if not clause.reopened
        for one in clause.passages
        if one.provenance == "majority"
    ]


def accept_all(
    several: Iterable[Majority], *, reason: Reason, adjudicator: str, note: str = ""
) -> list[Adjudication]:
    """Each settled as most of its readers see it."""
    return [
        settle_as(
            one.clause,
            one.passage,
            one.passage.finding,
            reason=reason,
            adjudicator=adjudicator,
            note=note,
        )
        for one in several
    ]


def settle_as(
    clause: SettledClause,
    passage: SettledPassage | None,
    finding: Finding | None,
    *,
    reason: Reason,
    adjudicator: str,
    note: str = "",
) -> Adjudication:
    """The passage settled as that finding, or as nothing; without a passage, a new finding."""
    outcome: Outcome = "new" if passage is None else outcome_of(passage, finding)
    return decide(
        clause,
        "none" if finding is None else outcome,
        reason=reason,
        adjudicator=adjudicator,
        passage=passage.id if passage else "",
        finding=finding,
        note=note,
    )


def keep(
    clause: SettledClause, *, adjudicator: str, only: Collection[str] | None = None
) -> list[Adjudication]:
    """What had been decided on a clause that is open again, decided so once more.

    With `only`, the decisions with these ids. One that has no passage any more is left out, and so
    is what all agree on by now.
    """
    passages = {one.was.id: one for one in clause.passages if one.was}
    kept = []
    for row in clause.outdated:
        passage, finding = passages.get(row.id), finding_of(row)
        if only is not None and row.id not in only:
            continue
        if passage.taken if passage else row.passage or not finding:
            continue
        if row.outcome == "disagree" and passage:
            kept.append(
                decide(
                    clause,
                    "disagree",
                    reason=row.reason,
                    adjudicator=adjudicator,
                    passage=passage.id,
                    note=row.note,
                )
            )
        else:
            kept.append(
                settle_as(
                    clause,
                    passage,
                    finding,
                    reason=row.reason,
                    adjudicator=adjudicator,
                    note=row.note,
                )
            )
    return kept


def replaced(clause: SettledClause, rows: Iterable[Adjudication]) -> list[str]:
    """The ids of what was decided before and gives way to these decisions, for `Store.settle`.

    What was decided on other passages of the clause stays, and waits to be confirmed or decided
    anew. With the last that waits goes what has no passage any more, or one that all agree on.
    """
    decided = {row.passage for row in rows if row.passage}
    gone = {one.was.id for one in clause.passages if one.was and one.id in decided}
    waiting = [one for one in clause.passages if one.decision is None and not one.taken]
    if decided.issuperset(one.id for one in waiting) and decided:
        gone |= {row.id for row in clause.outdated if row.passage}
    return sorted(gone)


def apart(clause: SettledClause) -> float:
    """How far the readers of a clause are apart, 0 (all say the same) to 1, to order a list by.

    Over the passages that wait the largest mean difference between two readers: 1 for a risk
    against a safeguard, less for another concern, no mark at all, another code, words, severity.
    It is no measure of agreement, and no paper stands behind its weights.
    """
    return max((_apart(one.opinions) for one in clause.passages if not one.taken), default=0.0)


def _apart(opinions: Sequence[Opinion]) -> float:
    readers = [one.finding for one in opinions for _ in one.reviewers]
    pairs = list(combinations(readers, 2))
    return sum(_between(*pair) for pair in pairs) / len(pairs) if pairs else 0.0


def _between(one: Finding | None, other: Finding | None) -> float:
    if one is None or other is None:
        return 0.0 if one is other else _UNMARKED
    if one.polarity != other.polarity:
        return _POLARITY
    if one.concern != other.concern:
        return _CONCERN
    if one.code and other.code and one.code != other.code:
        return _CODE
    if (one.start, one.end) != (other.start, other.end):
        union = max(one.end, other.end) - min(one.start, other.start)
        common = overlap(((one.start, one.end),), ((other.start, other.end),))
        return _WORDS * (1 - common / union)
    return _SEVERITY if one.severity and other.severity and one.severity != other.severity else 0.0


def _label(finding: Finding) -> tuple[str, str, str, str | None]:
    return finding.concern, finding.polarity, finding.code, finding.severity
