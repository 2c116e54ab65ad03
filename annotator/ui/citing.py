"""What the review view is given of cross-references: where a sheet points, and who points to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from annotator.model import Clause, CrossReference, Document, upwards
from annotator.review import Sheet
from annotator.store import Store
from annotator.ui.linking import claimed, claims_data
from annotator.ui.previews import Texts, tree

Place = Callable[[int, int], dict[str, Any] | None]


def references_data(store: Store, document: Document, sheet: Sheet, place: Place) -> dict[str, Any]:
    """References out of a sheet and into it, with the words of the clauses at their other ends.

    `references` have their place in the sheet (as `place` gives it), the clauses they name, and
    whether they are `claimed`: proposed as a link; `claims` are the sentences of news around
    those. `cited` has, for each clause of the sheet or around it, who refers to it from elsewhere;
    `others` has for each of all these clauses what a preview shows, and the one to go to (`land`).
    A clause is named by its eId, one of another text by that text's id before it and a `#`; for
    such, `others` has the `title` of the text and its slug (`to`).
    """
    by_eid, places = tree(document).by_eid, tree(document).places
    lines = [list(upwards(clause, by_eid)) for clause, _ in sheet.clauses]
    around = {clause.eid: clause for line in lines for clause in line}
    texts = Texts(store, document)
    out: dict[tuple[int, int], dict[str, Any]] = {}
    for one in store.cross_references(document.id, eids=sheet.eids):
        if one.target_document is None or one.target_eid is None:
            continue
        if (name := texts.name(one.target_document, one.target_eid)) is None:
            continue
        if (one.start, one.end) not in out and (span := place(one.start, one.end)):
            out[one.start, one.end] = span | {"id": one.id, "quote": one.quote, "targets": []}
        if (one.start, one.end) in out:
            out[one.start, one.end]["targets"].append(name)
    here = store.references_to(document.id, eids=list(around))
    cited = _cited(here, by_eid, places, texts)
    named = {name for shown in out.values() for name in shown["targets"]}
    named |= {name for citing in cited.values() for name in citing} | set(cited)
    for shown in out.values():
        shown["claimed"] = bool(claimed(document, shown["targets"]))
    by_words = {span: shown["targets"] for span, shown in out.items()}
    claims = claims_data(document, by_words, place)
    return {
        "references": list(out.values()),
        "claims": claims,
        "cited": cited,
        "others": texts.shown(named),
    }


def _cited(
    found: Iterable[CrossReference],
    by_eid: dict[str, Clause],
    places: dict[str, int],
    texts: Texts,
) -> dict[str, list[str]]:
    """The clauses that refer to each, once each, in text order; not those within it.

    Those of other texts come behind, a text after the other.
    """
    cited: dict[str, dict[str, None]] = {}
    for one in found:
        name = texts.name(one.document, one.eid)
        if one.target_eid is None or name is None:
            continue
        citing = by_eid.get(name)
        if citing is None or all(c.eid != one.target_eid for c in upwards(citing, by_eid)):
            cited.setdefault(one.target_eid, {})[name] = None
    last = len(places)
    return {eid: sorted(citing, key=lambda c: places.get(c, last)) for eid, citing in cited.items()}
