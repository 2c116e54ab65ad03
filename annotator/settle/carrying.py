"""Decisions taken over to the next version of a text, where all they rest on is as it was."""

from __future__ import annotations

import dataclasses
from collections import defaultdict

from annotator.compare.deciding import replaced, settle_as
from annotator.compare.opinions import Finding
from annotator.compare.settling import SettledClause, SettledPassage, decide
from annotator.model import Adjudication, Clause, Document, DocumentInfo, HistoryLine
from annotator.settle.bench import Bench, bench
from annotator.store import Store
from annotator.versions import aligned

_View = tuple[tuple[str, ...], tuple[object, ...]]


def earlier(store: Store, document: Document) -> DocumentInfo | None:
    """The latest version before this one in which something was decided; `None` where none was."""
    before = [one for one in store.versions(document.id) if one.version < document.version]
    return next((one for one in reversed(before) if store.adjudications(document=one.id)), None)


def to_carry(store: Store, old: Document, new: Bench, *, adjudicator: str) -> list[Adjudication]:
    """The decisions on the old text that hold in the new one too, to be stored there.

    That is where the clause has the same words, the same readers say the same of the same words in
    it, and it waits. Anything else waits to be decided anew.
    """
    alignment = aligned(old, new.document)
    known = {one.eid: one for one in bench(store, old, adjudicator).clauses}
    found = []
    for clause in new.clauses:
        for pair in alignment.of_new(clause.eid):
            was = known.get(pair.old or "")
            if was and pair.unchanged and not was.reopened and clause.readers == was.readers:
                found += _carried(was, clause, old, new.document, adjudicator)
    return found


def carry(store: Store, old: Document, new: Bench, *, adjudicator: str) -> HistoryLine | None:
    """Store what `to_carry` says, as one line of history that can be undone."""
    rows = to_carry(store, old, new, adjudicator=adjudicator)
    if not rows:
        return None
    by_clause: dict[str, list[Adjudication]] = defaultdict(list)
    for row in rows:
        by_clause[row.eid].append(row)
    instead = [id for eid, own in by_clause.items() for id in replaced(new.clause(eid), own)]
    return store.settle(new.document.id, rows, reviewer=adjudicator, instead=instead)


def _carried(
    was: SettledClause, now: SettledClause, old: Document, new: Document, adjudicator: str
) -> list[Adjudication]:
    there, here = old.clause(was.eid), new.clause(now.eid)
    if old.text[there.body : there.own_end] != new.text[here.body : here.own_end]:
        return []
    waiting = {
        _views(one, here): one
        for one in now.passages
        if one.provenance in ("open", "majority") and one.opinions
    }
    rows = []
    for passage in was.passages:
        row = passage.decision
        if row is None:
            continue
        same = waiting.get(_views(passage, there)) if passage.opinions else None
        finding = _moved(passage.finding, there, here, new)
        if passage.opinions and same is None:
            continue
        if passage.finding and finding is None:
            continue
        if row.outcome == "disagree" and same:
            rows.append(
                decide(
                    now,
                    "disagree",
                    reason=row.reason,
                    adjudicator=adjudicator,
                    passage=same.id,
                    note=row.note,
                )
            )
        elif same or finding:
            rows.append(
                settle_as(
                    now,
                    same,
                    finding,
                    reason=row.reason,
                    adjudicator=adjudicator,
                    note=row.note,
                )
            )
    return rows


def _views(passage: SettledPassage, clause: Clause) -> tuple[_View, ...]:
    """What is said of a passage and by whom, counted from the beginning of its clause."""
    told = []
    for one in passage.opinions:
        finding: tuple[object, ...] = ()
        if one.finding:
            moved = dataclasses.replace(
                one.finding,
                start=one.finding.start - clause.body,
                end=one.finding.end - clause.body,
            )
            finding = dataclasses.astuple(moved)
        told.append((one.reviewers, finding))
    return tuple(told)


def _moved(finding: Finding | None, old: Clause, new: Clause, text: Document) -> Finding | None:
    """The finding in the new clause; `None` where its words are not the same there."""
    if finding is None:
        return None
    start, end = (point - old.body + new.body for point in (finding.start, finding.end))
    if text.text[start:end] != finding.quote:
        return None
    return dataclasses.replace(finding, start=start, end=end)
