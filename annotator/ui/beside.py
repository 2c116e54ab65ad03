"""The same clauses in another language, to be read beside those of a sheet."""

from __future__ import annotations

from typing import Any

from annotator.codebook import Codebook
from annotator.compare import code_name
from annotator.model import Annotation, Document, Reviewer
from annotator.review import Sheet
from annotator.store import Store
from annotator.ui.directions import direction
from annotator.ui.previews import text_of


def languages(store: Store, document: Document) -> list[dict[str, str]]:
    """The texts of the same treaty in other languages."""
    known = store.translations(document.id)
    return [{"id": one.id, "lang": one.language, "title": one.title} for one in known]


def clauses(
    store: Store,
    document: Document,
    sheet: Sheet,
    other: str,
    reviewer: Reviewer,
    codebook: Codebook,
) -> dict[str, Any]:
    """The sheet's clauses as the text `other` says them, by the eIds they have here.

    Of each clause one or several `rows` (citation, words, where to go) and whether they were paired
    by number and place (`sure`), not by length alone; of each row the reviewer's `tags` there, and
    of each whether it was carried here already.
    """
    from annotator.versions import SURE, aligned  # loaded once somebody reads two languages

    there = text_of(store, other)
    pairs = aligned(document, there)
    mine: dict[str, list[Annotation]] = {}
    for tag in store.annotations(document=there.id, reviewer=reviewer.id):
        mine.setdefault(tag.eid, []).append(tag)
    carried = {row.origin for row in store.carried(document=document.id)}
    found = {}
    for eid in sheet.eids:
        rows = []
        of_here = [pair for pair in pairs.of_old(eid) if pair.new]
        for pair in of_here:
            clause = there.clause(pair.new or "")
            rows.append(
                {
                    "eid": clause.eid,
                    "citation": clause.citation,
                    "text": there.text[clause.body : clause.own_end],
                    "tags": [_tag(tag, codebook, carried) for tag in mine.get(clause.eid, [])],
                }
            )
        found[eid] = {"rows": rows, "sure": all(pair.score >= SURE for pair in of_here)}
    return {
        "id": there.id,
        "slug": there.slug,
        "title": there.title,
        "lang": there.language,
        "dir": direction(there),
        "notice": there.notice,
        "clauses": found,
    }


def _tag(tag: Annotation, codebook: Codebook, carried: set[str]) -> dict[str, Any]:
    concern = codebook.concern(tag.concern)
    return {
        "id": tag.id,
        "quote": tag.quote,
        "slot": concern.slot,
        "letter": concern.letter,
        "polarity": tag.polarity,
        "name": code_name(tag, codebook) if tag.code else concern.name,
        "carried": tag.id in carried,
    }
