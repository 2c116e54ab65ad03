"""The settled view as programs and a terminal get it: plain data, and lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.compare.against import Month
from annotator.compare.opinions import PROVENANCES, Finding
from annotator.compare.settling import Gap, SettledClause, SettledPassage, finding_of
from annotator.compare.spans import SpanAgreement
from annotator.listing import count, table
from annotator.model import Adjudication

_READ_BY_FEW = ("single", "unread")
_LONGEST = 60
_SHOWN = ("exact", "overlap")


@dataclass(frozen=True, slots=True)
class View:
    """A document's settled view, the reasons given, and each reviewer (by id) held against it."""

    slug: str
    clauses: tuple[SettledClause, ...]
    gaps: tuple[Gap, ...]
    months: Mapping[str, tuple[Month, ...]]
    names: Mapping[str, str]


def record(clause: SettledClause, names: Mapping[str, str]) -> dict[str, Any]:
    """A clause as JSON; views are given with names where no view, or more than one, is settled.

    Where it is open again, `formerly` tells what had been decided, of a passage or, where that has
    no passage any more, of the clause.
    """
    beside = {one.was.id for one in clause.passages if one.was}
    loose = [row for row in clause.outdated if row.id not in beside]
    provenance = clause.provenance
    if clause.reopened and provenance in ("adjudicated", "unanimous", "majority"):
        provenance = "open"
    return {
        "eid": clause.eid,
        "citation": clause.citation,
        "provenance": provenance,
        "waits": clause.waits,
        "reopened": clause.reopened,
        "changed": _named(clause.changed, names),
        "readers": _named(clause.readers, names),
        "passages": [_passage(passage, names) for passage in clause.passages],
        **({"formerly": [_former(row, names) for row in loose]} if loose else {}),
    }


def view_record(view: View) -> dict[str, Any]:
    """All of it as JSON; figures that there is nothing to count for are null."""
    return {
        "document": view.slug,
        "reviewers": _named(tuple(view.months), view.names),
        "clauses": [record(clause, view.names) for clause in view.clauses],
        "reasons": [
            {
                "reason": gap.reason,
                "concern": gap.concern,
                "code": gap.code,
                "count": gap.count,
                "notes": list(gap.notes),
            }
            for gap in view.gaps
        ],
        "months": [
            {
                "reviewer": name,
                "month": month.month,
                "clauses": month.clauses,
                "matchings": {
                    one.matching: {
                        "settled": one.first,
                        "marked": one.second,
                        "matched": one.matched,
                        "precision": one.precision,
                        "recall": one.recall,
                        "f1": one.f1,
                    }
                    for one in month.found
                },
            }
            for name, month in _months(view)
        ],
    }


def lines(view: View) -> Iterator[str]:
    """A line a passage, and one for a clause without any that waits; then counts and tables.

    Clauses that all left unmarked, and those that fewer than two have read, are only counted.
    """
    cells = [row for clause in view.clauses for row in _cells(clause, view.names)]
    if cells:
        yield from table(("clause", "provenance", "", "words", "label", "who says so"), cells)
        yield ""
    counted = Counter(clause.provenance for clause in view.clauses)
    for provenance in reversed(PROVENANCES):
        if counted[provenance]:
            yield f"{provenance}: {count(counted[provenance], 'clause')}"
    for clause in view.clauses:
        if clause.reopened:
            who = ", ".join(_named(clause.changed, view.names))
            yield f"reopened: {clause.citation}, since {who} said something else than before"
            for row in clause.outdated:
                words, label = _told(finding_of(row))
                what = f"{words} ({label})" if label else row.outcome
                yield f"  was decided: {what}, by {view.names[row.reviewer]}; still right?"
    yield f"waiting: {count(sum(clause.waits for clause in view.clauses), 'clause')}"
    if view.gaps:
        yield ""
        yield from table(
            ("reason", "code", "times", "in which words"),
            [
                (gap.reason, _code(gap.concern, gap.code), str(gap.count), "; ".join(gap.notes))
                for gap in view.gaps
            ],
        )
    # Without anything decided, each reviewer would be held against what they all said.
    if any(clause.provenance == "adjudicated" for clause in view.clauses):
        yield ""
        yield from table(
            ("reviewer", "month", "clauses", "matched by", "precision", "recall", "f1"),
            [
                (name, month.month, str(month.clauses), one.matching, *_figures(one))
                for name, month in _months(view)
                for one in month.found
                if one.matching in _SHOWN
            ],
        )


def _months(view: View) -> Iterator[tuple[str, Month]]:
    for who in sorted(view.months, key=lambda who: view.names.get(who, who).casefold()):
        for month in view.months[who]:
            yield view.names.get(who, who), month


def _figures(one: SpanAgreement) -> tuple[str, ...]:
    return tuple(
        "" if value is None else f"{value:.2f}" for value in (one.precision, one.recall, one.f1)
    )


def _passage(passage: SettledPassage, names: Mapping[str, str]) -> dict[str, Any]:
    decision = passage.decision
    told: dict[str, Any] = {
        "id": passage.id,
        # What was decided before waits to be confirmed, however its readers stand by now.
        "provenance": "open" if passage.was else passage.provenance,
        "outcome": decision.outcome if decision else None,
        "finding": None if passage.finding is None else finding_record(passage.finding),
    }
    if decision:
        told |= {
            "reason": decision.reason,
            "note": decision.note,
            "adjudicator": names[decision.reviewer],
        }
    if passage.was:
        told["formerly"] = _former(passage.was, names)
    if not passage.taken or passage.disagreed or passage.was:
        told["views"] = [
            {
                "reviewers": _named(one.reviewers, names),
                "finding": None if one.finding is None else finding_record(one.finding),
            }
            for one in passage.opinions
        ]
    return told


def _former(row: Adjudication, names: Mapping[str, str]) -> dict[str, Any]:
    """A decision that no longer holds."""
    finding = finding_of(row)
    return {
        "outcome": row.outcome,
        "finding": None if finding is None else finding_record(finding),
        "reason": row.reason,
        "note": row.note,
        "adjudicator": names[row.reviewer],
    }


def finding_record(finding: Finding) -> dict[str, Any]:
    """Words and label as JSON."""
    return {
        "start": finding.start,
        "end": finding.end,
        "quote": finding.quote,
        "concern": finding.concern,
        "code": finding.code,
        "polarity": finding.polarity,
        "severity": finding.severity,
    }


def _cells(clause: SettledClause, names: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    mark = "reopened" if clause.reopened else ""
    if clause.provenance in _READ_BY_FEW and not clause.reopened:
        return
    if not clause.passages and clause.waits:
        yield clause.citation, clause.provenance, mark or "waits", "", "", ""
    for passage in clause.passages:
        state = mark or ("" if passage.taken or passage.provenance == "single" else "waits")
        opinions = passage.opinions
        if passage.holding or (passage.decision and not passage.disagreed):
            who = _who(passage, names)
            yield clause.citation, passage.provenance, state, *_told(passage.finding), who
            state = "differs"
            opinions = tuple(
                one for one in opinions if not set(one.reviewers) <= set(passage.holding)
            )
            if passage.decision:
                continue
        for one in opinions:
            who = ", ".join(_named(one.reviewers, names))
            what = "disagree" if passage.disagreed else state
            yield clause.citation, passage.provenance, what, *_told(one.finding), who


def _who(passage: SettledPassage, names: Mapping[str, str]) -> str:
    if passage.decision:
        return f"{names[passage.decision.reviewer]} ({passage.decision.outcome})"
    return ", ".join(_named(passage.holding, names))


def _told(finding: Finding | None) -> tuple[str, str]:
    if finding is None:
        return "nothing marked", ""
    words = " ".join(finding.quote.split())
    words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    label = f"{_code(finding.concern, finding.code)} {finding.polarity}"
    return words, f"{label} {finding.severity}" if finding.severity else label


def _code(concern: str, code: str) -> str:
    return f"{concern}: {code}" if code else concern


def _named(reviewers: Sequence[str], names: Mapping[str, str]) -> list[str]:
    return sorted(names.get(one, one) for one in reviewers)
