"""What the review view is given of cross-references: where a sheet points, and who points to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from annotator.model import Clause, CrossReference, Document, upwards
from annotator.review import Sheet
from annotator.store import Store
from annotator.ui.jump import landing

Place = Callable[[int, int], dict[str, Any] | None]

_PREVIEW = 700
_MOST = 400


def references_data(store: Store, document: Document, sheet: Sheet, place: Place) -> dict[str, Any]:
    """References out of a sheet and into it, with the words of the clauses at their other ends.

    `references` have their place in the sheet (as `place` gives it) and the eIds they name;
    `cited` has, for each clause of the sheet or around it, who refers to it from elsewhere;
    `others` has for each of those eIds what a preview shows, and the clause to go to (`land`).
    """
    by_eid = {clause.eid: clause for clause in document.clauses}
    lines = [list(upwards(clause, by_eid)) for clause, _ in sheet.clauses]
    around = {clause.eid: clause for line in lines for clause in line}
    out: dict[tuple[int, int], dict[str, Any]] = {}
    for one in store.cross_references(document.id, eids=sheet.eids):
        if one.target_document != document.id or one.target_eid is None:
            continue
        if (one.start, one.end) not in out and (span := place(one.start, one.end)):
            out[one.start, one.end] = span | {"id": one.id, "quote": one.quote, "targets": []}
        if (one.start, one.end) in out:
            out[one.start, one.end]["targets"].append(one.target_eid)
    here = store.references_to(document.id, eids=list(around))
    cited = _cited([one for one in here if one.document == document.id], by_eid)
    named = {eid for one in out.values() for eid in one["targets"]}
    named |= {eid for citing in cited.values() for eid in citing} | set(cited)
    return {
        "references": list(out.values()),
        "cited": cited,
        "others": _others(document, [by_eid[eid] for eid in by_eid if eid in named]),
    }


def _cited(found: Iterable[CrossReference], by_eid: dict[str, Clause]) -> dict[str, list[str]]:
    """The clauses that refer to each, once each, in text order; not those within it."""
    cited: dict[str, dict[str, None]] = {}
    for one in found:
        target, citing = one.target_eid, by_eid.get(one.eid)
        if target is None or citing is None:
            continue
        if all(clause.eid != target for clause in upwards(citing, by_eid)):
            cited.setdefault(target, {})[one.eid] = None
    order = {eid: place for place, eid in enumerate(by_eid)}
    return {eid: sorted(citing, key=order.__getitem__) for eid, citing in cited.items()}


def _others(document: Document, named: list[Clause]) -> dict[str, dict[str, str]]:
    reviewable = list(document.reviewable())
    found: dict[str, dict[str, str]] = {}
    for clause in named:
        words = document.text[clause.body : clause.end] if len(found) < _MOST else ""
        found[clause.eid] = {
            "citation": clause.citation,
            "heading": clause.heading,
            "words": words if len(words) <= _PREVIEW else words[:_PREVIEW].rstrip() + " …",
            "land": landing(reviewable, clause.start),
        }
    return found
